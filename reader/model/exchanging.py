"""Articles with the reader's marks, on their way from one store to another."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from reader.light import dataclass

if TYPE_CHECKING:
    from reader.model.parsing import PageText, ParsedEntry


@dataclass(frozen=True, slots=True)
class EntryKey:
    """What an article is known by inside one feed."""

    feed_url: str
    """The feed's address, without a login."""
    entry_hash: int
    """`storage.values.key_hash` of the entry's key."""
    content_hash: bytes = b""
    """The entry's content as last stored from this feed; empty: unknown."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The reader's own, and what rules did."""

    is_read: bool = False
    """The reader has read it."""
    read_at: datetime | None = None
    """When; None: unread, or unknown."""
    is_starred: bool = False
    """The reader keeps it."""
    starred_at: datetime | None = None
    """When; None: not starred, or unknown."""
    tags: tuple[str, ...] = ()
    """The reader's tags."""
    note: str = ""
    """The reader's note."""
    muted_by: str = ""
    """Name of the rule that hides it; empty: none."""
    highlight: str = ""
    """A highlight rule's theme colour; empty: none."""


@dataclass(frozen=True, slots=True)
class CarriedArticle:
    """An article with all that is to be kept of it."""

    keys: tuple[EntryKey, ...]
    """What it is known by; its home feed's first."""
    first_seen: datetime
    """When it was first seen. UTC."""
    marks: Marks = Marks()
    """The reader's marks."""
    merge_hash: int | None = None
    """What it is known by across feeds; None: by nothing."""
    entry: ParsedEntry | None = None
    """What the feed said; its keys are empty. None: the article was purged, its marks outlive it."""
    full: PageText | None = None
    """The whole article from its page, if it was stored."""
    changed_at: datetime | None = None
    """When its text was last seen to change."""


@dataclass(frozen=True, slots=True)
class CarriedIn:
    """What came of a batch of articles."""

    new: int = 0
    """Articles the store had not."""
    known: int = 0
    """Articles it had."""
    homeless: int = 0
    """Articles of feeds that are not followed here; left out."""
    marks: tuple[tuple[int, Marks], ...] = ()
    """For known articles: id, and the marks that they have not."""
    ids: range = range(0)
    """Ids of the new ones."""


@dataclass(frozen=True, slots=True)
class ForeignItem:
    """An item as another reader stored it: nothing cleaned, nothing believed."""

    feed_url: str
    """Its feed's address."""
    guid: str = ""
    """Its guid; empty: it had none."""
    url: str = ""
    """Its page."""
    title: str = ""
    """Its title."""
    author: str = ""
    """Its author."""
    published: datetime | None = None
    """When it was published; UTC."""
    content: str = ""
    """Its text as HTML."""
    enclosure_url: str = ""
    """A file that comes with it."""
    enclosure_type: str = ""
    """That file's MIME type."""
    is_read: bool = False
    """It was read there."""
    flags: str = ""
    """Letters it was flagged with there."""


@dataclass(frozen=True, slots=True)
class ForeignJob:
    """Items of one feed, to be cleaned in the worker."""

    items: tuple[ForeignItem, ...]
    """The items."""
    url: str
    """The feed's address: base of relative links."""
    title_strip: tuple[str, ...] = ()
    """Tails to take off titles."""


@dataclass(frozen=True, slots=True)
class ForeignEntries:
    """What a job's items became."""

    entries: tuple[ParsedEntry, ...]
    """One for each item, in their order."""
