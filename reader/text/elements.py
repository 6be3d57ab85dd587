"""What elements of text do: spans, headings, lists, quotations, tables, code."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.model.document import Embed, Heading, ListBlock, Quote
from reader.text.build import MAX_NESTING
from reader.text.clean import clean_line
from reader.text.grids import Cell, Grid, Row, flatten, span_of
from reader.text.tags import POST_CLASSES, SPANS, language_of

if TYPE_CHECKING:
    from reader.model.document import Block
    from reader.text.build import Builder, Closer, Handler
    from reader.text.media import Attributes

__all__ = ["TEXT_HANDLERS"]


def _span(builder: Builder, tag: str, _: Attributes) -> Closer:
    builder.run.open(SPANS[tag])
    return builder.run.close


def _anchor(builder: Builder, _: str, attributes: Attributes) -> Closer | None:
    href = (attributes.get("href") or "").strip()
    number = builder.link(href) if href and not href.startswith("#") else -1
    if number < 0:
        return None
    builder.run.open("link", number)
    return builder.run.close


def _quotation(builder: Builder, _: str, __: Attributes) -> Closer:
    builder.text("“")
    return partial(builder.text, "”")


def _ruby_text(builder: Builder, _: str, __: Attributes) -> Closer:
    builder.text("(")
    return partial(builder.text, ")")


def _line_break(builder: Builder, _: str, __: Attributes) -> None:
    builder.run.line_break()


def _heading(builder: Builder, tag: str, _: Attributes) -> Closer:
    builder.flush()
    before, builder.leaf = builder.leaf, partial(Heading, level=int(tag[1]))

    def close() -> None:
        builder.flush()
        builder.leaf = before

    return close


def _preformatted(builder: Builder, _: str, attributes: Attributes) -> Closer:
    builder.start_code(language_of(attributes))
    return builder.end_code


def _list(builder: Builder, tag: str, attributes: Attributes) -> Closer:
    if builder.nesting >= MAX_NESTING:
        builder.flush()
        return builder.flush
    builder.nesting += 1
    builder.push("list")
    start = (attributes.get("start") or "1").strip()[:9]

    def close() -> None:
        frame = builder.pop()
        builder.nesting -= 1
        if frame.blocks:
            frame.items.append(tuple(frame.blocks))
        if frame.items:
            first = int(start) if start.isascii() and start.isdigit() else 1
            builder.add(ListBlock(tuple(frame.items), is_ordered=tag == "ol", start=first))

    return close


def _item(builder: Builder, tag: str, _: Attributes) -> Closer:
    builder.flush()
    parent = builder.frames[-1]
    if parent.kind != "list":
        return builder.flush
    # A term and what is said of it are one item: both gather in the list's own blocks.
    if parent.blocks and tag != "dd":
        parent.items.append(tuple(parent.blocks))
        parent.blocks = []
    if tag == "dd":
        return builder.flush
    if tag == "dt":
        builder.run.open("strong")
        return partial(_end_term, builder)
    builder.push("item")
    return partial(_end_item, builder)


def _end_term(builder: Builder) -> None:
    builder.flush()
    builder.run.close()


def _end_item(builder: Builder) -> None:
    if blocks := builder.pop().blocks:
        builder.frames[-1].items.append(tuple(blocks))


def _quote(builder: Builder, _: str, attributes: Attributes) -> Closer:
    if builder.nesting >= MAX_NESTING:
        builder.flush()
        return builder.flush
    builder.nesting += 1
    builder.push("quote")
    names = (POST_CLASSES.get(name) for name in (attributes.get("class") or "").split())
    post = next((name for name in names if name), "")
    place = attributes.get("data-instgrm-permalink") or attributes.get("cite") or ""

    def close() -> None:
        blocks = builder.pop().blocks
        builder.nesting -= 1
        if blocks:
            builder.add(Quote(tuple(blocks)))
        number = builder.link(place) if place else _last_link(blocks)
        if post and number >= 0:
            builder.add(Embed(post, number))

    return close


def _last_link(blocks: list[Block]) -> int:
    return next((span.link for span in reversed(flatten(blocks).spans) if span.kind == "link"), -1)


def _table(builder: Builder, _: str, attributes: Attributes) -> Closer:
    builder.push("table")
    builder.grids.append(Grid(is_layout=attributes.get("role") in {"presentation", "none"}))
    return partial(_end_table, builder)


def _end_table(builder: Builder) -> None:
    grid = builder.grids.pop()
    grid.strays = builder.pop().blocks
    # Its rows and blocks were counted as they came.
    builder.frames[-1].blocks.extend(grid.blocks())


def _head(builder: Builder, _: str, __: Attributes) -> Closer | None:
    if not builder.grids:
        return None
    grid = builder.grids[-1]
    grid.is_in_head = True
    return partial(setattr, grid, "is_in_head", False)


def _row(builder: Builder, _: str, __: Attributes) -> None:
    if builder.grids and builder.spend():
        builder.grids[-1].rows.append(Row(is_head=builder.grids[-1].is_in_head))


def _cell(builder: Builder, tag: str, attributes: Attributes) -> Closer | None:
    if not builder.grids or not builder.grids[-1].rows:
        return None
    cell = Cell(
        column_span=span_of(attributes.get("colspan"), 50),
        row_span=span_of(attributes.get("rowspan"), 500),
        is_header=tag == "th",
    )
    builder.grids[-1].rows[-1].cells.append(cell)
    builder.push("cell")

    def close() -> None:
        cell.blocks = builder.pop().blocks

    return close


def _table_caption(builder: Builder, _: str, __: Attributes) -> Closer | None:
    if not builder.grids:
        return None
    grid = builder.grids[-1]
    builder.push("cell")

    def close() -> None:
        grid.caption = clean_line(flatten(builder.pop().blocks).text)

    return close


TEXT_HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(SPANS, _span),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    **dict.fromkeys(("ul", "ol", "dl"), _list),
    **dict.fromkeys(("li", "dt", "dd"), _item),
    **dict.fromkeys(("td", "th"), _cell),
    "a": _anchor,
    "blockquote": _quote,
    "br": _line_break,
    "caption": _table_caption,
    "pre": _preformatted,
    "q": _quotation,
    "rt": _ruby_text,
    "table": _table,
    "thead": _head,
    "tr": _row,
}
"""Handlers by element."""
