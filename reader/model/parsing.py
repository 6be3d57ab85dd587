"""What a document came to in the parse worker. Everything here crosses a process border, so it is small and plain."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from reader.light import dataclass

if TYPE_CHECKING:
    from reader.model.articles import Enclosure
    from reader.model.feeds import Failure, FeedConfig, FeedFacts


@dataclass(frozen=True, slots=True)
class ParseJob:
    """A body to parse, with what the worker must know of its feed."""

    body: bytes
    """The decoded body."""
    url: str
    """The address that answered: base of relative links."""
    content_type: str
    """The Content-Type field; may be empty."""
    config: FeedConfig
    """Kind, selectors, encoding, title_strip of the feed."""
    known_items: bytes = b""
    """`FeedState.item_hashes` of the last parse: items whose hash is among them are skipped."""
    now: datetime | None = None
    """The clock for dates without a year; None: no such rescue."""


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """One entry of a feed, clean and ready to store."""

    key: str
    """What it is known by inside its feed: a site's numeric id, guid, canonical URL, or a hash. Distinct there."""
    title: str
    """One clean line; may be empty."""
    url: str = ""
    """Its page, absolute; http(s) or empty."""
    merge_key: str = ""
    """What it is known by across feeds: canonical URL or a site's numeric id. Empty: do not merge."""
    author: str = ""
    """One clean line."""
    published: datetime | None = None
    """UTC; None if absent or nonsense."""
    updated: datetime | None = None
    """UTC; None if absent or nonsense."""
    raw_date: str = ""
    """The date as it stood there, cleaned."""
    summary: str = ""
    """One line, at most 300 characters."""
    place: str = ""
    """The dateline's place; may be empty."""
    document: bytes = b""
    """`model.document.pack` of its text."""
    text: str = ""
    """Plain text of the document for search, bounded."""
    words: int = 0
    """Words in `text`."""
    categories: tuple[str, ...] = ()
    """The publisher's categories."""
    enclosures: tuple[Enclosure, ...] = ()
    """Files that come with it."""
    image_url: str = ""
    """A picture for it; http(s) or empty."""
    comments_url: str = ""
    """A page of comments; http(s) or empty."""
    content_hash: bytes = b""
    """8 bytes over all that would be stored but `updated`; another value means the article changed."""


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A document understood."""

    facts: FeedFacts
    """About the feed."""
    entries: tuple[ParsedEntry, ...]
    """In document order, keys distinct; without the skipped ones."""
    skipped: int = 0
    """Items that were known already and not parsed."""
    item_hashes: bytes = b""
    """For `FeedState.item_hashes`; empty if the document did not split."""
    is_partial: bool = False
    """The document broke off; what could be saved is here, validators must not advance."""
    follow: tuple[str, ...] = ()
    """It is an index: addresses of the documents that hold the entries, the most promising first."""


@dataclass(frozen=True, slots=True)
class ParseFailed:
    """The document could not be understood."""

    failure: Failure
    """Why."""


ParseOutcome = ParsedFeed | ParseFailed


@dataclass(frozen=True, slots=True)
class PageJob:
    """An article's page to take the whole article from."""

    body: bytes
    """The decoded body."""
    url: str
    """The address that answered."""
    content_type: str
    """The Content-Type field; may be empty."""
    content: tuple[str, ...] = ()
    """CSS selectors, tried in order."""
    remove: tuple[str, ...] = ()
    """CSS selectors to drop."""
    title: str = ""
    """The article's title, to drop its repetition at the top."""


@dataclass(frozen=True, slots=True)
class PageText:
    """The whole article as its page has it."""

    document: bytes
    """`model.document.pack` of it."""
    text: str
    """Plain text of it."""
    words: int
    """Words in `text`."""
    author: str = ""
    """A byline found on the page."""
    place: str = ""
    """The dateline's place."""
    selector: str = ""
    """The selector that matched; empty: none of ours, an extractor found it."""
