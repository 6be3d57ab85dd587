"""A document as plain text, for search and for the clipboard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reader.model.document import (
    Code,
    Embed,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Table,
)

if TYPE_CHECKING:
    from reader.model.document import (
        Block,
        Document,
        Inline,
    )

__all__ = ["plain_text"]

_INDENT = "  "


def plain_text(document: Document) -> str:
    """The words of the document: blocks parted by a blank line, list items and table rows a line each.

    Related lines ("Baca juga") are left out, since they speak of other articles; so are rules and notices of a cut.
    Empty for an empty document.
    """
    return "\n\n".join(_texts(document.blocks))


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    """The text of each block that has any. Recursion goes as deep as lists nest, which the converter bounds."""
    for block in blocks:
        if text := _text(block):
            yield text


def _text(block: Block) -> str:
    match block:
        case Paragraph(role="related"):
            return ""
        case Paragraph(text=inline) | Heading(text=inline):
            return inline.text
        case ListBlock(items=items, is_ordered=is_ordered, start=start):
            return _list(items, start if is_ordered else None)
        case Quote(blocks=blocks):
            return "\n\n".join(_texts(blocks))
        case Table(rows=rows, header=header, caption=caption):
            lines = [caption, *(_row(row) for row in (header, *rows))]
            return "\n".join(line for line in lines if line)
        case Code(text=text):
            return text
        case Figure(caption=inline, credit=credit, alt=alt):
            return " ".join(part for part in (inline.text or alt, f"({credit})" if credit else "") if part)
        case Embed(label=label):
            return label
        case _:
            return ""


def _list(items: Iterable[tuple[Block, ...]], first: int | None) -> str:
    lines: list[str] = []
    for number, item in enumerate(items):
        mark = "• " if first is None else f"{first + number}. "
        text = "\n".join(_texts(item))
        lines.append(mark + text.replace("\n", "\n" + _INDENT))
    return "\n".join(lines)


def _row(cells: Iterable[Inline]) -> str:
    return " | ".join(cell.text.replace("\n", " ") for cell in cells).strip(" |")
