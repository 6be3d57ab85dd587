"""One article, whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from reader.light import dataclass
from reader.model.document import Code, Figure, Heading, Paragraph, Table, walk

if TYPE_CHECKING:
    from reader.model.document import Block, Document
    from reader.model.rows import ArticleRow


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
    highlighted_by: str = ""
    """Name of the rule that highlights it; empty: none does, or it is not known any more."""

    @property
    def feed_words(self) -> int:
        """Words of the feed's own text."""
        return count_words(self.document)

    @property
    def best(self) -> Document:
        """The whole article if it was fetched, else the feed's text."""
        return self.full or self.document


def count_words(document: Document) -> int:
    """Words of a document's text."""
    return sum(len(text.split()) for text in _texts(document.blocks))


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
