"""A sitemap as a source: Google's news sitemaps, plain ones with ``lastmod``, and indexes of them.

Source: sitemaps.org protocol 0.9; Google's news sitemap namespace 0.9.
"""

from __future__ import annotations

import heapq
import re
import zlib
from collections.abc import Sequence
from dataclasses import field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from xml.parsers import expat

from reader.light import dataclass
from reader.model import Failure, FeedFacts, ParsedFeed, ParseFailed
from reader.parse import markup, sniff
from reader.parse.assembly import finished
from reader.parse.drafts import Draft, Origin
from reader.text.clean import clean_line
from reader.text.dates import parse_date
from reader.text.urls import resolve

if TYPE_CHECKING:
    from reader.model import ParseJob, ParseOutcome

__all__ = ["MAX_ENTRIES", "MAX_FOLLOWED", "parse_sitemap"]

MAX_ENTRIES = 1_000
"""Of more addresses the newest are taken."""
MAX_FOLLOWED = 3
"""Documents of an index that are worth a request."""
_MAX_BYTES = 50 * 1024 * 1024
_MAX_ADDRESSES = 60_000
_MAX_FIELD = 4_000
_GZIP = b"\x1f\x8b"
_NEVER = datetime(1, 1, 1, tzinfo=UTC)

_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(urlset|sitemapindex)\b", re.IGNORECASE)
_SLUG_TAIL = re.compile(r"\.(?:s?html?|php|aspx?|amp)$", re.IGNORECASE)
_NUMBERS = re.compile(r"^(?:[a-z]?\d{5,}|[0-9a-f]{16,})-|-(?:[a-z]?\d{5,}|[0-9a-f]{16,})$")


@dataclass(slots=True)
class _Address:
    """A ``url`` or ``sitemap`` element, by the path of the elements inside it."""

    fields: dict[str, str] = field(default_factory=dict)

    def first(self, *paths: str) -> str:
        """The first of these that says something."""
        return next((value for path in paths if (value := self.fields.get(path, "").strip())), "")

    @property
    def date(self) -> str:
        """When it was published, as it stands there, else when it was changed."""
        return self.first("news/publication_date", "lastmod")


class _Enough(Exception):  # noqa: N818 - no error: the rest is not wanted
    """More addresses than a sitemap may hold."""


class _Collector:
    """Takes what expat tells."""

    def __init__(self) -> None:
        self.addresses: list[_Address] = []
        self._path: list[str] = []
        self._text: list[str] = []
        self._length = 0

    @property
    def is_inside(self) -> bool:
        """Whether the last address is not complete."""
        return len(self._path) > 1

    def opened(self, name: str, _attributes: object) -> None:
        self._path.append(name.rpartition(":")[2].lower())
        self._text, self._length = [], 0
        if len(self._path) == 2:
            if len(self.addresses) == _MAX_ADDRESSES:
                raise _Enough
            self.addresses.append(_Address())

    def told(self, text: str) -> None:
        if self._length < _MAX_FIELD:
            self._text.append(text)
            self._length += len(text)

    def closed(self, _name: str) -> None:
        if 3 <= len(self._path) <= 5 and self._text:
            self.addresses[-1].fields.setdefault("/".join(self._path[2:]), "".join(self._text)[:_MAX_FIELD])
        self._path.pop()
        self._text, self._length = [], 0


def parse_sitemap(job: ParseJob) -> ParseOutcome:
    """The newest articles of a sitemap, or the documents an index leads to. Never raises for what a body holds."""
    text = sniff.decode(_unpacked(job.body), job.content_type, job.config.encoding)
    root = _ROOT.search(text, 0, 20_000)
    if root is None:
        return ParseFailed(sniff.failure(text))
    addresses, is_whole = _read(text)
    addresses = [address for address in addresses if address.first("loc")]
    if root[1].lower() == "sitemapindex":
        return _index(addresses, job)
    if not addresses and not is_whole:
        return ParseFailed(Failure("truncated"))
    if job.config.link_pattern:
        wanted = re.compile(job.config.link_pattern)
        addresses = [address for address in addresses if wanted.search(address.first("loc"))]
        if not addresses:
            sought = clean_line(job.config.link_pattern, 120)
            return ParseFailed(Failure("nothing_found", f'no match for "{sought}" (link_pattern)'))
    facts = _facts(addresses, job)
    drafts = [_draft(address, job.url) for address in _newest(addresses, MAX_ENTRIES)]
    origin = Origin(job.url, facts.site_url, facts.language, job.config.title_strip, job.now)
    found = finished([draft for draft in drafts if draft.link and draft.title], facts, origin, job)
    return found if is_whole else ParsedFeed(found.facts, found.entries, found.skipped, found.item_hashes, True)


def _unpacked(body: bytes) -> bytes:
    """The body of a ``.gz`` file, up to the size a sitemap may have; what is broken off gives what it has."""
    if not body.startswith(_GZIP):
        return body
    try:
        return zlib.decompressobj(31).decompress(body, _MAX_BYTES)
    except zlib.error:
        return b""


def _read(text: str) -> tuple[list[_Address], bool]:
    """All addresses, and whether the document was read to its end."""
    collector = _Collector()
    for document in (markup.document(text), markup.repair(markup.document(text))):
        collector = _Collector()
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = collector.opened
        parser.EndElementHandler = collector.closed
        parser.CharacterDataHandler = collector.told
        try:
            parser.Parse(document.encode("utf-8", "replace"), True)
        except _Enough:
            return collector.addresses, True
        except expat.ExpatError:
            continue
        return collector.addresses, True
    return collector.addresses[:-1] if collector.is_inside else collector.addresses, False


def _index(addresses: list[_Address], job: ParseJob) -> ParseOutcome:
    """What to ask next: news first, then what changed last."""
    ranked = sorted(addresses, key=lambda each: ("news" in each.first("loc").lower(), _when(each)), reverse=True)
    follow = tuple(dict.fromkeys(filter(None, (resolve(job.url, each.first("loc")) for each in ranked[:100]))))
    if not follow:
        return ParseFailed(Failure("not_a_feed", "a sitemap index without sitemaps"))
    return ParsedFeed(_facts((), job), (), follow=follow[:MAX_FOLLOWED])


def _newest(addresses: list[_Address], count: int) -> list[_Address]:
    """The newest, in the document's order where they are equally old."""
    if len(addresses) <= count:
        return addresses
    return heapq.nlargest(count, addresses, key=_when)


def _when(address: _Address) -> datetime:
    try:
        found = datetime.fromisoformat(address.date)
    except ValueError:
        return parse_date(address.date) or _NEVER
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _draft(address: _Address, base: str) -> Draft:
    url = resolve(base, address.first("loc"))
    is_news = bool(address.first("news/publication_date"))
    return Draft(
        link=url,
        title=address.first("news/title", "video/title") or _title_of(url),
        published=address.date if is_news else "",
        updated="" if is_news else address.date,
        categories=tuple(filter(None, re.split(r"\s*,\s*", address.first("news/keywords", "news/genres"))[:20])),
        image=address.first("image/loc"),
    )


def _title_of(url: str) -> str:
    """Words made of an address: sitemaps without news tell nothing else."""
    segments = [part for part in unquote(urlsplit(url).path).split("/") if part]
    slugs = [_SLUG_TAIL.sub("", part) for part in segments]
    slug = max((part for part in slugs[-2:] if "-" in part), key=len, default=slugs[-1] if slugs else "")
    words = _NUMBERS.sub("", slug.lower()).replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _facts(addresses: Sequence[_Address], job: ParseJob) -> FeedFacts:
    first = addresses[0] if addresses else _Address()
    return FeedFacts(
        title=clean_line(first.first("news/publication/name"), 300),
        site_url=resolve(job.url, "/"),
        language=clean_line(first.first("news/publication/language"), 20).lower(),
        format="sitemap",
    )
