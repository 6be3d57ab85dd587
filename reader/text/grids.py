"""Tables from their rows and cells: rectangular where they hold data, taken apart where they only lay out a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from typing import TYPE_CHECKING

from reader.light import dataclass
from reader.model.document import (
    Code,
    Embed,
    Figure,
    Heading,
    Inline,
    Paragraph,
    Table,
    walk,
)
from reader.text.runs import join

if TYPE_CHECKING:
    from reader.model.document import (
        Block,
    )

__all__ = ["MAX_COLUMNS", "Cell", "Grid", "Row", "flatten", "span_of"]

MAX_COLUMNS = 40
"""Widest table kept; cells beyond are joined to the last."""
_MAX_ROW_SPAN = 200
# A cell this long is a column of a page, not a datum.
_LONG_CELL = 600


@dataclass(slots=True)
class Cell:
    """One cell as it stands in the source."""

    blocks: list[Block] = field(default_factory=list)
    """What it holds."""
    column_span: int = 1
    """Columns it covers."""
    row_span: int = 1
    """Rows it covers."""
    is_header: bool = False
    """Whether it is a ``th``."""


@dataclass(slots=True)
class Row:
    """One row as it stands in the source."""

    cells: list[Cell] = field(default_factory=list)
    """Its own cells."""
    is_head: bool = False
    """Whether it stands in the table's head."""


@dataclass(slots=True)
class Grid:
    """A table while it is read."""

    rows: list[Row] = field(default_factory=list)
    """The rows so far."""
    caption: str = ""
    """Its caption."""
    is_layout: bool = False
    """Whether the source says that it only lays out."""
    is_in_head: bool = False
    """Whether rows read now belong to the head."""
    strays: list[Block] = field(default_factory=list)
    """Blocks found outside of cells."""

    def blocks(self) -> list[Block]:
        """The table as one block if it holds data, else the blocks in its cells, in order."""
        rows = [row for row in self.rows if any(cell.blocks for cell in row.cells)]
        if not self._holds_data(rows):
            caption: list[Block] = [Paragraph(Inline(self.caption), role="small")] if self.caption else []
            return [*self.strays, *caption, *(block for row in rows for cell in row.cells for block in cell.blocks)]
        filled = _without_empty_columns(_rectangular(rows))
        is_headed = rows[0].is_head or (len(rows) > 1 and all(cell.is_header for cell in rows[0].cells))
        header = tuple(filled[0]) if is_headed else ()
        body = tuple(tuple(row) for row in (filled[1:] if is_headed else filled))
        return [*self.strays, Table(body, header, self.caption)]

    def _holds_data(self, rows: list[Row]) -> bool:
        if self.is_layout or not rows:
            return False
        cells = [cell for row in rows for cell in row.cells]
        if any(isinstance(block, Table) or _length(block) > _LONG_CELL for cell in cells for block in cell.blocks):
            return False
        columns = {
            number
            for row in rows
            for number, cell in enumerate(row.cells)
            if any(not isinstance(block, Figure) for block in cell.blocks)
        }
        return len(columns) > 1 and (len(rows) > 1 or any(cell.is_header for cell in cells))


def span_of(value: str | None, limit: int) -> int:
    """A ``colspan`` or ``rowspan`` as a number from 1 to a limit; nonsense is 1."""
    value = (value or "").strip()[:6]
    return max(1, min(int(value), limit)) if value.isascii() and value.isdigit() else 1


def flatten(blocks: Iterable[Block]) -> Inline:
    """All the words of some blocks as one run, a line each."""
    return join(text for block in walk(tuple(blocks)) if (text := _words(block)).text)


def _words(block: Block) -> Inline:
    match block:
        case Paragraph(text=text) | Heading(text=text):
            return text
        case Code(text=text) | Embed(label=text):
            return Inline(text)
        case Figure(caption=caption, alt=alt):
            return caption if caption.text else Inline(alt)
        case Table(rows=rows, header=header):
            return join(join(row, " ") for row in (header, *rows))
        case _:
            return Inline("")


def _length(block: Block) -> int:
    return sum(len(_words(inner).text) for inner in walk((block,)))


def _rectangular(rows: list[Row]) -> list[list[Inline]]:
    """The words of all cells; cells that cover several places leave the others empty."""
    filled: list[list[Inline]] = []
    hanging: dict[int, int] = {}
    for row in rows:
        line: list[Inline] = []
        later = {column: left - 1 for column, left in hanging.items() if left > 1}
        for cell in row.cells:
            while len(line) in hanging and len(line) < MAX_COLUMNS:
                line.append(Inline(""))
            if len(line) >= MAX_COLUMNS:
                line[-1] = join([line[-1], flatten(cell.blocks)], " ")
                continue
            width = min(cell.column_span, MAX_COLUMNS - len(line))
            if cell.row_span > 1:
                later |= {len(line) + step: min(cell.row_span, _MAX_ROW_SPAN) - 1 for step in range(width)}
            line += [flatten(cell.blocks), *[Inline("")] * (width - 1)]
        hanging = later
        filled.append(line)
    width = max(len(line) for line in filled)
    return [line + [Inline("")] * (width - len(line)) for line in filled]


def _without_empty_columns(rows: list[list[Inline]]) -> list[list[Inline]]:
    kept = [column for column in range(len(rows[0])) if any(row[column].text for row in rows)]
    return [[row[column] for column in kept] for row in rows]
