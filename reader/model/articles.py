"""What the store gives of an article: a row for lists, the whole for reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from reader.model.document import Block, Code, Document, Figure, Heading, Paragraph, Table, walk


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that comes with an article: an episode, a video, an image."""

    url: str
    """http(s) address."""
    type: str = ""
    """MIME type, lower case; may be empty."""
    length: int | None = None
    """Bytes as the feed tells; often a lie."""
    duration_seconds: int | None = None
    """Playing time, for audio and video."""
    title: str = ""
    """What the feed calls it."""


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
    """Letters: ``a`` audio, ``v`` video, ``i`` image, ``f`` whole article stored."""
    published: datetime | None = None
    """As the feed tells, UTC; None if it tells none or nonsense. `date` stands in for it."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article, whole."""

    row: ArticleRow
    """What lists show."""
    document: Document
    """The feed's text as blocks."""
    full: Document | None = None
    """The whole article from its page, if it was fetched."""
    published: datetime | None = None
    """As the feed tells; UTC; None if it tells none or nonsense."""
    updated: datetime | None = None
    """As the feed tells; UTC."""
    raw_date: str = ""
    """The feed's date as it stood there, cleaned."""
    categories: tuple[str, ...] = ()
    """The publisher's categories."""
    enclosures: tuple[Enclosure, ...] = ()
    """Files that come with it."""
    image_url: str = ""
    """A picture for it."""
    comments_url: str = ""
    """A page of comments."""
    changed_at: datetime | None = None
    """When we last saw its text change; None: never."""
    read_at: datetime | None = None
    """When the reader read it."""
    note: str = ""
    """The reader's note."""
    text: str = ""
    """Plain text of the longest text stored, paragraphs apart by blank lines."""

    @property
    def feed_words(self) -> int:
        """Words of the feed's own text."""
        return sum(len(text.split()) for text in _texts(self.document.blocks))

    @property
    def best(self) -> Document:
        """The whole article if it was fetched, else the feed's text."""
        return self.full or self.document


def _texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in walk(blocks):
        match block:
            case Paragraph(text=text) | Heading(text=text) | Figure(caption=text):
                yield text.text
            case Code(text=code):
                yield code
            case Table(rows=rows, header=header):
                yield from (cell.text for row in (header, *rows) for cell in row)
            case _:
                pass
