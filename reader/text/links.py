"""Links of a document numbered as they are met by a reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.model.document import (
    Document,
    Embed,
    Figure,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Quote,
    Table,
    walk,
)

if TYPE_CHECKING:
    from reader.model.document import (
        Block,
    )

__all__ = ["numbered"]


def numbered(blocks: Sequence[Block], links: Sequence[str]) -> Document:
    """The document of these blocks with only the links they use, in reading order."""
    kept = tuple(blocks)
    order: dict[int, int] = {}
    count = len(links)
    for block in walk(kept) if links else ():
        for number in _numbers(block):
            if 0 <= number < count and number not in order:
                order[number] = len(order)
    if list(order) != list(range(count)):
        kept = tuple(_renumbered(block, order) for block in kept)
    return Document(kept, tuple(links[number] for number in order))


def _numbers(block: Block) -> Iterable[int]:
    if isinstance(block, Paragraph | Heading):
        return [span.link for span in block.text.spans]
    return _more_numbers(block)


def _more_numbers(block: Block) -> Iterator[int]:
    match block:
        case Figure(caption=caption, link=link):
            yield link
            yield from (span.link for span in caption.spans)
        case Embed(link=link):
            yield link
        case Table(rows=rows, header=header):
            yield from (span.link for row in (header, *rows) for cell in row for span in cell.spans)


def _renumbered(block: Block, order: dict[int, int]) -> Block:
    """The block with new link numbers. Lists and quotations nest only as deep as the converter lets them."""
    match block:
        case Paragraph(text=text) | Heading(text=text):
            return replace(block, text=_inline(text, order))
        case Figure(caption=caption, link=link):
            return replace(block, caption=_inline(caption, order), link=order.get(link, -1))
        case Embed(link=link):
            return replace(block, link=order.get(link, -1))
        case Table(rows=rows, header=header):
            return replace(
                block,
                rows=tuple(tuple(_inline(cell, order) for cell in row) for row in rows),
                header=tuple(_inline(cell, order) for cell in header),
            )
        case ListBlock(items=items):
            return replace(block, items=tuple(tuple(_renumbered(inner, order) for inner in item) for item in items))
        case Quote(blocks=inner_blocks):
            return replace(block, blocks=tuple(_renumbered(inner, order) for inner in inner_blocks))
        case _:
            return block


def _inline(inline: Inline, order: dict[int, int]) -> Inline:
    if not any(span.link >= 0 for span in inline.spans):
        return inline
    return Inline(inline.text, tuple(replace(span, link=order.get(span.link, -1)) for span in inline.spans))
