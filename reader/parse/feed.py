"""RSS, Atom, RDF and CDF through feedparser: only what changed, and never more than that feed's error.

feedparser gets a stream (given bytes it opens files), no sanitiser and no link resolver (three quarters of its time;
we build blocks of text, not HTML), and a document already in UTF-8 without document type, comments or bad references.
"""

from __future__ import annotations

import io
import re
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from reader.light import dataclass
from reader.model import Failure, FeedFacts, ParsedFeed, ParseFailed
from reader.parse import jsonfeed, markup, sniff
from reader.parse.assembly import BUDGET_SECONDS, hashes, with_keys
from reader.parse.drafts import Origin, compose, line_of_html
from reader.parse.entries import draft_of, links_of
from reader.parse.identity import Traits
from reader.parse.library import feedparser
from reader.parse.split import split
from reader.parse.values import number
from reader.text.clean import clean_line
from reader.text.urls import resolve

if TYPE_CHECKING:
    from reader.model import ParseJob, ParseOutcome
    from reader.parse.drafts import Composed, Draft
    from reader.parse.split import Item, Pieces

__all__ = ["parse_feed"]

CHUNK = 100
"""Items that go through feedparser together."""

# What feedparser raises on hostile input instead of telling so (its issues 591 and 599, and regular expressions made
# of the document).
_RAISED = (
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    TypeError,
    AssertionError,
    RecursionError,
    re.error,
)

_DAYS = {day: number for number, day in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_SKIP_HOURS = re.compile(r"<skipHours\b[^>]{0,200}>", re.IGNORECASE)
_SKIP_DAYS = re.compile(r"<skipDays\b[^>]{0,200}>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What feedparser read of a document or a part of it."""

    feed: Mapping[str, Any]
    """About the feed."""
    version: str
    """The format, or empty if it is none."""
    drafts: tuple[Draft, ...]
    """Its entries."""


def parse_feed(job: ParseJob) -> ParseOutcome:
    """The entries of a feed that are not known yet. Never raises for what a body holds."""
    text = sniff.decode(job.body, job.content_type, job.config.encoding)
    if sniff.is_json_like(text):
        return jsonfeed.parse_json_feed(text, job) or ParseFailed(sniff.failure(text))
    if not sniff.is_feed_like(text):
        return ParseFailed(sniff.failure(text))
    document = markup.document(text)
    pieces = split(document.encode("utf-8", "replace"))
    if pieces is None:
        document = markup.repair(document)
        pieces = split(document.encode("utf-8", "replace"))
    if pieces is not None and pieces.is_item_open:
        return ParseFailed(Failure("truncated"))
    if pieces is not None and (found := _parse_pieces(pieces, job)):
        return found
    return _parse_whole(document, text, job, is_partial=pieces is not None and pieces.is_broken_off)


def _parse_pieces(pieces: Pieces, job: ParseJob) -> ParseOutcome | None:
    """The unknown items of a document that was cut; None if feedparser sees other entries than the cut does."""
    known = hashes(job.known_items)
    fresh = [item for item in pieces.items if item.hash not in known and not item.is_absurd]
    frame = pieces.with_items(())
    first = _read(frame)
    if first is None or first.drafts or not (first.version or pieces.items):
        return None
    facts = _facts(first, frame.decode("utf-8", "replace"), job)
    origin = _origin(job, facts)
    began = time.monotonic()
    composed: list[Composed] = []
    done = 0
    while done < len(fresh) and time.monotonic() - began < BUDGET_SECONDS:
        chunk = fresh[done : done + CHUNK]
        drafts = _read_items(pieces, tuple(chunk))
        if drafts is None:
            return None
        composed += [compose(draft, origin) for draft in drafts]
        done += len(chunk)
    left = {item.hash for item in fresh[done:]}
    return ParsedFeed(
        facts,
        with_keys(composed, [Traits(item.guid, item.link or item.guid) for item in pieces.items], origin, facts),
        skipped=sum(item.hash in known for item in pieces.items),
        item_hashes=b"".join(dict.fromkeys(item.hash for item in pieces.items if item.hash not in left)),
        is_partial=pieces.is_broken_off or done < len(fresh),
    )


def _read_items(pieces: Pieces, items: tuple[Item, ...]) -> list[Draft] | None:
    """The items' drafts; one that makes feedparser raise is left out. None if their number is not the items'."""
    reading = _read(pieces.with_items(items))
    if reading is not None:
        return list(reading.drafts) if len(reading.drafts) == len(items) else None
    if len(items) == 1:
        return []
    middle = len(items) // 2
    first = _read_items(pieces, items[:middle])
    second = _read_items(pieces, items[middle:])
    return None if first is None or second is None else first + second


def _parse_whole(document: str, text: str, job: ParseJob, *, is_partial: bool) -> ParseOutcome:
    """A document that cannot be cut."""
    reading = _read(document.encode("utf-8", "replace"))
    if reading is None:
        return ParseFailed(Failure("parse_error", "feedparser"))
    if not reading.drafts and (not reading.version or sniff.is_html_like(text)):
        return ParseFailed(sniff.failure(text))
    facts = _facts(reading, document, job)
    origin = _origin(job, facts)
    composed = [compose(draft, origin) for draft in reading.drafts]
    return ParsedFeed(facts, with_keys(composed, (), origin, facts), is_partial=is_partial)


def _read(document: bytes) -> Reading | None:
    """What feedparser makes of a document in UTF-8; None if it raises."""
    # No content-location: guids would be resolved against it, and change when the feed moves.
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        parsed = feedparser().parse(
            io.BytesIO(document), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
        drafts = tuple(draft_of(entry) for entry in parsed["entries"])
        return Reading(parsed["feed"], parsed.get("version") or "", drafts)
    except _RAISED:
        return None


def _origin(job: ParseJob, facts: FeedFacts) -> Origin:
    return Origin(job.url, facts.site_url, facts.language, job.config.title_strip, job.now)


def _facts(reading: Reading, document: str, job: ParseJob) -> FeedFacts:
    feed = reading.feed
    hubs = links_of(feed, "hub")
    picture = feed.get("image")
    icons = (feed.get("icon"), feed.get("logo"), picture.get("href") if isinstance(picture, dict) else "")
    ttl = number(feed.get("ttl"))
    return FeedFacts(
        title=clean_line(line_of_html(_string(feed.get("title") or feed.get("media_title"))), 300),
        site_url=resolve(job.url, _string(feed.get("link"))),
        language=clean_line(_string(feed.get("language")), 20).lower(),
        icon_url=next(filter(None, (resolve(job.url, _string(icon)) for icon in icons)), ""),
        format=reading.version or "feed",
        ttl_minutes=ttl if ttl and ttl < 1_000_000 else None,
        skip_hours=_skip_hours(document),
        skip_days=_skip_days(document),
        hub_url=resolve(job.url, _string(hubs[0].get("href"))) if hubs else "",
    )


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _skip_hours(document: str) -> frozenset[int]:
    """Hours of the UTC day; RSS 0.91 counts them from 1 to 24."""
    hours = {int(digits) for digits in re.findall(r"\d{1,4}", _inside(_SKIP_HOURS, document))}
    return frozenset(hour % 24 for hour in hours if hour <= 24)


def _skip_days(document: str) -> frozenset[int]:
    words = re.findall(r">\s{0,20}([a-z]{3})[a-z]{0,9}\s{0,20}<", _inside(_SKIP_DAYS, document), re.IGNORECASE)
    return frozenset(_DAYS[word.lower()] for word in words if word.lower() in _DAYS)


def _inside(opening: re.Pattern[str], document: str) -> str:
    """What stands in the first such element; feedparser keeps only the last of its children."""
    found = opening.search(document)
    return document[found.end() : found.end() + 4_000].partition("</skip")[0] if found else ""
