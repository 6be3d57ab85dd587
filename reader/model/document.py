"""An article's text as typed blocks, free of HTML and of anything a terminal would obey.

The parse worker makes documents; the article pane lays them out. Stored as zlib-compressed JSON (`pack`, `unpack`).
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from typing import Any, Literal

from reader.light import dataclass

SpanKind = Literal["emphasis", "strong", "code", "strike", "mark", "small", "sub", "super", "link"]
CutReason = Literal["size", "depth", "time"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of characters in an `Inline` that has a meaning."""

    start: int
    """First character, from 0."""
    end: int
    """One past the last character."""
    kind: SpanKind
    """What the stretch is."""
    link: int = -1
    """For ``link``: index into `Document.links`."""


@dataclass(frozen=True, slots=True)
class Inline:
    """A run of text with spans; a newline in it is a line break the author made."""

    text: str
    """Clean text."""
    spans: tuple[Span, ...] = ()
    """Sorted by start; may nest and overlap."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the article."""

    text: Inline
    """The words."""
    level: int = 2
    """1 to 6."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    text: Inline
    """The words."""
    role: Literal["body", "related", "small"] = "body"
    """``related``: a "Baca juga" line, folded away by default; ``small``: credits and notes."""
    dateline: int = 0
    """How many leading characters are the dateline (``KBRN, Natuna:``); 0 for none."""


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; an item is a run of blocks, so lists nest."""

    items: tuple[tuple[Block, ...], ...]
    """The items in order."""
    is_ordered: bool = False
    """Numbered rather than bulleted."""
    start: int = 1
    """First number of an ordered list."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quotation."""

    blocks: tuple[Block, ...]
    """What is quoted."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of text cells; every row has the same number of cells."""

    rows: tuple[tuple[Inline, ...], ...]
    """Body rows."""
    header: tuple[Inline, ...] = ()
    """Header cells, or empty."""
    caption: str = ""
    """The table's caption."""


@dataclass(frozen=True, slots=True)
class Code:
    """Preformatted text; line breaks and spaces count."""

    text: str
    """The text, without a trailing newline."""
    language: str = ""
    """A programming language's name if the source told one."""


@dataclass(frozen=True, slots=True)
class Figure:
    """An image with what is said about it."""

    caption: Inline = Inline("")
    """The caption, without the credit."""
    credit: str = ""
    """Who made it, without the brackets: ``RRI Ranai/Contoh``."""
    alt: str = ""
    """The image's alternative text, if it says more than the caption."""
    link: int = -1
    """The image's address: index into `Document.links`; -1 if unknown."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""


@dataclass(frozen=True, slots=True)
class Embed:
    """Something a terminal cannot show: a video, a post, a frame."""

    label: str
    """What it is, in the source's words or its host's name."""
    link: int = -1
    """Where it is: index into `Document.links`; -1 if unknown."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Says that the rest was left out, and why."""

    reason: CutReason
    """Which bound was reached."""


Block = Heading | Paragraph | ListBlock | Quote | Table | Code | Figure | Rule | Embed | Cut


@dataclass(frozen=True, slots=True)
class Document:
    """What an article says, in reading order."""

    blocks: tuple[Block, ...] = ()
    """The blocks; empty for an article without text."""
    links: tuple[str, ...] = ()
    """Absolute addresses, each once, in order of appearance; link n on screen is ``links[n - 1]``."""

    def __bool__(self) -> bool:
        return bool(self.blocks)


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block in reading order, the blocks inside lists and quotes included. Iterative."""
    stack: list[Block] = list(reversed(blocks))
    while stack:
        block = stack.pop()
        yield block
        if isinstance(block, Paragraph):  # most of them
            continue
        match block:
            case ListBlock(items=items):
                stack.extend(inner for item in reversed(items) for inner in reversed(item))
            case Quote(blocks=inner_blocks):
                stack.extend(reversed(inner_blocks))


# The packed form: a list per value, the first element a letter for the type. Short, and stable across versions.
# Depth is bounded by the converter (text/), so recursion here is bounded too.


_AS_JSON = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def pack(document: Document) -> bytes:
    """The document as compressed bytes for the store; empty bytes for an empty document."""
    if not document.blocks and not document.links:
        return b""
    value = [1, list(document.links), [_block_out(block) for block in document.blocks]]
    return zlib.compress(_AS_JSON(value).encode(), 6)


def unpack(packed: bytes) -> Document:
    """The document that `pack` was given.

    Raises:
        ValueError: the bytes are damaged or of a later form.

    """
    if not packed:
        return Document()
    try:
        version, links, blocks = json.loads(zlib.decompress(packed))
        if version != 1:
            raise ValueError(f"document of form {version}")
        return Document(tuple(_block_in(block) for block in blocks), tuple(links))
    except (zlib.error, TypeError, IndexError, KeyError) as error:
        raise ValueError("damaged document") from error


_SPAN_OUT: dict[SpanKind, str] = {
    "emphasis": "e", "strong": "s", "code": "c", "strike": "k", "mark": "m",
    "small": "l", "sub": "b", "super": "p", "link": "a",
}  # fmt: skip
_SPAN_IN: dict[str, SpanKind] = {letter: kind for kind, letter in _SPAN_OUT.items()}


def _inline_out(inline: Inline) -> Any:
    if not inline.spans:
        return inline.text
    return [inline.text, [[_SPAN_OUT[s.kind], s.start, s.end, s.link] for s in inline.spans]]


def _inline_in(value: Any) -> Inline:
    if isinstance(value, str):
        return Inline(value)
    text, spans = value
    return Inline(text, tuple(Span(start, end, _SPAN_IN[kind], link) for kind, start, end, link in spans))


def _block_out(block: Block) -> list[Any]:
    match block:
        case Paragraph(text, role, dateline):
            return ["p", _inline_out(text), role, dateline]
        case Heading(text, level):
            return ["h", _inline_out(text), level]
        case ListBlock(items, is_ordered, start):
            return ["l", [[_block_out(b) for b in item] for item in items], is_ordered, start]
        case Quote(blocks):
            return ["q", [_block_out(b) for b in blocks]]
        case Table(rows, header, caption):
            cells = [[_inline_out(c) for c in row] for row in rows]
            return ["t", cells, [_inline_out(c) for c in header], caption]
        case Code(text, language):
            return ["c", text, language]
        case Figure(caption, credit, alt, link):
            return ["f", _inline_out(caption), credit, alt, link]
        case Rule():
            return ["r"]
        case Embed(label, link):
            return ["e", label, link]
        case Cut(reason):
            return ["x", reason]


def _block_in(value: Any) -> Block:
    match value:
        case ["p", text, role, dateline]:
            return Paragraph(_inline_in(text), role, dateline)
        case ["h", text, level]:
            return Heading(_inline_in(text), level)
        case ["l", items, is_ordered, start]:
            return ListBlock(tuple(tuple(_block_in(b) for b in item) for item in items), is_ordered, start)
        case ["q", blocks]:
            return Quote(tuple(_block_in(b) for b in blocks))
        case ["t", rows, header, caption]:
            cells = tuple(tuple(_inline_in(c) for c in row) for row in rows)
            return Table(cells, tuple(_inline_in(c) for c in header), caption)
        case ["c", text, language]:
            return Code(text, language)
        case ["f", caption, credit, alt, link]:
            return Figure(_inline_in(caption), credit, alt, link)
        case ["r"]:
            return Rule()
        case ["e", label, link]:
            return Embed(label, link)
        case ["x", reason]:
            return Cut(reason)
        case _:
            raise ValueError("damaged document")
