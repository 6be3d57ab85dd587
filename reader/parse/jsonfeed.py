"""JSON Feed 1.0 and 1.1.

Source: https://www.jsonfeed.org/version/1.1/
"""

from __future__ import annotations

import html
import json
import time
from typing import TYPE_CHECKING, Any

from reader.model import Enclosure, FeedFacts, ParsedFeed
from reader.parse.assembly import BUDGET_SECONDS, Counted, hashes, with_keys
from reader.parse.drafts import Draft, Origin, compose
from reader.parse.identity import Traits
from reader.parse.split import hash_item
from reader.parse.values import duration, number, paragraphs
from reader.text.clean import clean_line
from reader.text.urls import resolve

if TYPE_CHECKING:
    from reader.model import ParseJob
    from reader.parse.drafts import Composed

__all__ = ["parse_json_feed"]

_MAX_ITEMS = 20_000


def parse_json_feed(text: str, job: ParseJob) -> ParsedFeed | None:
    """The entries of a JSON Feed that are not known yet; None if the document is something else."""
    try:
        document = json.loads(text.lstrip("\ufeff \t\r\n"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        return None
    version = _string(document.get("version"))
    if "jsonfeed.org/version/" not in version and not ("title" in document or "feed_url" in document):
        return None
    items = [item for item in document["items"][:_MAX_ITEMS] if isinstance(item, dict)]
    counted = [Counted(hash_item(_frozen(item)), Traits(_identifier(item), _string(item.get("url")))) for item in items]
    known = hashes(job.known_items)
    facts = _facts(document, version, job)
    origin = Origin(job.url, facts.site_url, facts.language, job.config.title_strip, job.now)
    fresh = [(item, count) for item, count in zip(items, counted, strict=True) if count.hash not in known]
    end = time.monotonic() + BUDGET_SECONDS
    composed: list[Composed] = []
    for item, _ in fresh:
        if time.monotonic() > end:
            break
        composed.append(compose(_draft(item, document), origin))
    left = {count.hash for _, count in fresh[len(composed) :]}
    return ParsedFeed(
        facts,
        with_keys(composed, [each.traits for each in counted], origin, facts),
        skipped=len(items) - len(fresh),
        item_hashes=b"".join(dict.fromkeys(count.hash for count in counted if count.hash not in left)),
        is_partial=bool(left),
    )


def _frozen(item: dict[str, Any]) -> bytes:
    return json.dumps(item, sort_keys=True).encode()


def _facts(document: dict[str, Any], version: str, job: ParseJob) -> FeedFacts:
    hubs = [_string(hub.get("url")) for hub in _dicts(document.get("hubs"))]
    return FeedFacts(
        title=clean_line(_string(document.get("title")), 300),
        site_url=resolve(job.url, _string(document.get("home_page_url"))),
        language=clean_line(_string(document.get("language")), 20).lower(),
        icon_url=resolve(job.url, _string(document.get("icon")) or _string(document.get("favicon"))),
        format="json11" if version.rstrip("/").endswith("1.1") else "json10",
        hub_url=resolve(job.url, hubs[0]) if hubs else "",
    )


def _draft(item: dict[str, Any], document: dict[str, Any]) -> Draft:
    content = _string(item.get("content_html")) or paragraphs(_string(item.get("content_text")))
    summary = _string(item.get("summary"))
    return Draft(
        guid=_identifier(item),
        link=_string(item.get("url")) or _string(item.get("external_url")),
        title=_string(item.get("title")),
        author=_authors(item) or _authors(document),
        published=_string(item.get("date_published")),
        updated=_string(item.get("date_modified")),
        content=content or paragraphs(summary),
        summary=html.escape(summary) if content else "",
        categories=tuple(tag for tag in _list(item.get("tags")) if isinstance(tag, str)),
        enclosures=tuple(_attachment(each) for each in _dicts(item.get("attachments"))),
        image=_string(item.get("image")) or _string(item.get("banner_image")),
    )


def _identifier(item: dict[str, Any]) -> str:
    """Numbers are taken too, as the specification asks of readers."""
    value = item.get("id")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    try:
        return str(value)
    except ValueError:  # an integer of thousands of digits
        return ""


def _authors(holder: dict[str, Any]) -> str:
    people = _dicts(holder.get("authors")) or _dicts([holder.get("author")])
    return ", ".join(dict.fromkeys(name for person in people[:20] if (name := _string(person.get("name")).strip())))


def _attachment(attachment: dict[str, Any]) -> Enclosure:
    return Enclosure(
        _string(attachment.get("url")),
        type=_string(attachment.get("mime_type")),
        length=number(attachment.get("size_in_bytes")),
        duration_seconds=duration(attachment.get("duration_in_seconds")),
        title=_string(attachment.get("title")),
    )


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _dicts(value: object) -> list[dict[str, Any]]:
    return [each for each in _list(value) if isinstance(each, dict)]
