"""A document from outside: whether everything in it is what it should be. Pure."""

from __future__ import annotations

from dataclasses import replace

from reader.model.document import (
    Block,
    Code,
    Cut,
    Document,
    Embed,
    Figure,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
    walk,
)
from reader.text.clean import clean, clean_line
from reader.text.urls import mail_url, web_url

__all__ = ["cleaned", "is_sound"]

_DEEPEST = 100
_MOST_BLOCKS = 100_000


def is_sound(document: Document) -> bool:
    """Whether every value has its type, and every place in a text and number of a link is there."""
    blocks = []
    for block in walk(document.blocks):
        blocks.append(block)
        if len(blocks) > _MOST_BLOCKS:
            return False
    return all(_is_sound(block, len(document.links)) for block in blocks)


def cleaned(document: Document) -> Document:
    """The document without what a terminal would obey, and with links of the web only."""
    links = tuple(web_url(link) or mail_url(link) for link in document.links)
    return Document(tuple(_cleaned(block, 0) for block in document.blocks), links)


def _cleaned(block: Block, depth: int) -> Block:
    if depth > _DEEPEST:
        raise ValueError("too deep")
    match block:
        case Paragraph(text=text) | Heading(text=text):
            return replace(block, text=_inline(text))
        case ListBlock(items=items):
            return replace(block, items=tuple(tuple(_cleaned(each, depth + 1) for each in item) for item in items))
        case Quote(blocks=blocks):
            return Quote(tuple(_cleaned(each, depth + 1) for each in blocks))
        case Table(rows=rows, header=header, caption=caption):
            cells = tuple(tuple(map(_inline, row)) for row in rows)
            return Table(cells, tuple(map(_inline, header)), clean_line(caption))
        case Code(text=text, language=language):
            return Code(clean(text), clean_line(language, 100))
        case Figure(caption=caption, credit=credit, alt=alt):
            return replace(block, caption=_inline(caption), credit=clean_line(credit), alt=clean_line(alt))
        case Embed(label=label):
            return replace(block, label=clean_line(label))
        case Rule() | Cut():
            return block


def _inline(inline: Inline) -> Inline:
    """Spans hold for the very text they were made for."""
    text = clean(inline.text)
    return inline if text == inline.text else Inline(text)


def _is_sound(block: Block, links: int) -> bool:
    match block:
        case Paragraph(text=text, role=role, dateline=dateline):
            return (
                _is_inline(text, links)
                and role in {"body", "related", "small"}
                and _is_number(dateline, len(text.text))
            )
        case Heading(text=text, level=level):
            return _is_inline(text, links) and _is_number(level, 6) and level > 0
        case ListBlock(is_ordered=is_ordered, start=start):
            return is_ordered in {True, False} and _is_number(abs(start), 10**9)
        case Table(rows=rows, header=header):
            widths = {len(row) for row in (*rows, *([header] if header else []))}
            return len(widths) <= 1 and all(_is_inline(cell, links) for row in (header, *rows) for cell in row)
        case Figure(caption=caption, link=link):
            return _is_inline(caption, links) and _is_link(link, links)
        case Embed(link=link):
            return _is_link(link, links)
        case Cut(reason=reason):
            return reason in {"size", "depth", "time"}
        case Quote() | Code() | Rule():
            return True


def _is_inline(inline: Inline, links: int) -> bool:
    return all(_is_span(span, len(inline.text), links) for span in inline.spans)


def _is_span(span: Span, length: int, links: int) -> bool:
    is_within = _is_number(span.start, length) and _is_number(span.end, length) and span.start <= span.end
    return is_within and _is_link(span.link, links)


def _is_link(link: object, links: int) -> bool:
    return isinstance(link, int) and not isinstance(link, bool) and -1 <= link < max(links, 0)


def _is_number(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
