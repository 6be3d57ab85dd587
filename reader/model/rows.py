"""An article as lists show it."""

from __future__ import annotations

from datetime import datetime

from reader.light import dataclass


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as lists show it: no text."""

    id: int
    """Its number in the store; never used again for another article."""
    feed_id: int
    """The first feed it came from."""
    feed: str
    """That feed's title."""
    title: str
    """Clean, one line; empty titles have been replaced by the start of the text."""
    url: str
    """Its page; http(s) or empty."""
    date: datetime
    """The date it is sorted by: published, clamped to [1990, first seen]. UTC."""
    first_seen: datetime
    """When we first saw it. UTC."""
    author: str = ""
    """Clean, one line; may be empty."""
    summary: str = ""
    """The start of what the feed says about it, one line, at most 300 characters."""
    place: str = ""
    """The dateline's place, as written; may be empty."""
    other_feeds: tuple[str, ...] = ()
    """Titles of the other feeds it stands in."""
    tags: tuple[str, ...] = ()
    """The reader's tags."""
    is_read: bool = False
    """The reader has read it."""
    is_starred: bool = False
    """The reader keeps it."""
    muted_by: str = ""
    """Name of the rule that hides it; empty: none."""
    highlight: str = ""
    """A highlight rule's theme colour; empty: none."""
    words: int = 0
    """Words of the longest text stored."""
    has_media: str = ""
    """Letters: ``a`` audio, ``v`` video, ``i`` image, ``f`` whole article stored, ``x`` its page gave no more."""
    published: datetime | None = None
    """As the feed tells, UTC; None if it tells none or nonsense. `date` stands in for it."""
