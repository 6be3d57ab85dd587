"""A table as lines: columns where they fit, else one ``name: value`` line a cell."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from reader.light import late_pattern
from reader.ui.article.lines import Mark, Run
from reader.ui.article.wrap import longest_word, natural_width, wrap_runs

__all__ = ["column_widths", "grid", "stacked"]

Cell = Sequence[Run]

GAP = 2
"""Cells between two columns."""
LONGEST_WORD = 14
"""A longer word may be broken before a table is stacked."""
WIDEST = 12
"""More columns than this are stacked whatever their widths."""

_NUMBER = late_pattern(r"[-+(]?\s*(?:[A-Za-z]{1,3}\.?\s?|[$€£¥])?[\d.,\s]*\d\s*(?:%|[a-z]{1,4})?\)?")


def column_widths(rows: Sequence[Sequence[Cell]], width: int, *, has_header: bool) -> list[int] | None:
    """The cells of each column so that the table fits, words and numbers whole; None: it does not fit."""
    columns = list(zip(*rows, strict=True))
    if not columns or len(columns) > WIDEST:
        return None
    room = width - GAP * (len(columns) - 1)
    wanted = [max(1, *(natural_width(cell) if cell else 0 for cell in column)) for column in columns]
    if sum(wanted) <= room:
        return wanted
    least = [
        min(want, LONGEST_WORD)
        if _is_numeric(column[has_header:])
        else min(want, max(3, *(min(longest_word(cell), LONGEST_WORD) for cell in column)))
        for want, column in zip(wanted, columns, strict=True)
    ]
    spare = room - sum(least)
    if spare < 0:
        return None
    lacking = [want - low for want, low in zip(wanted, least, strict=True)]
    total = sum(lacking)
    widths = [low + spare * lack // total for low, lack in zip(least, lacking, strict=True)]
    widths[lacking.index(max(lacking))] += room - sum(widths)
    return widths


def grid(rows: Sequence[Sequence[Cell]], widths: Sequence[int], *, has_header: bool) -> list[tuple[Run, ...]]:
    """The rows in columns; the first one is the header if there is one."""
    right = [_is_numeric([row[column] for row in rows[has_header:]]) for column in range(len(widths))]
    lines: list[tuple[Run, ...]] = []
    tall = False
    for index, row in enumerate(rows):
        cells = [[pieces for pieces, _joint in wrap_runs(cell, size)] for cell, size in zip(row, widths, strict=True)]
        height = max(map(len, cells))
        # A row of several lines needs air, or its neighbours read as one.
        if tall and index > has_header:
            lines.append(())
        tall = height > 1
        for number in range(height):
            line: list[Run] = []
            for column, (cell, size) in enumerate(zip(cells, widths, strict=True)):
                pieces = cell[number] if number < len(cell) else ()
                space = " " * (size - sum(cell_len(piece.text) for piece in pieces))
                if column:
                    line.append(Run(" " * GAP))
                line += [Run(space), *pieces] if right[column] else [*pieces, Run(space)]
            lines.append(tuple(run for run in line if run.text))
        if has_header and index == 0:
            lines.append((Run((" " * GAP).join("─" * size for size in widths), "rule"),))
            tall = False
    return lines


def stacked(rows: Sequence[Sequence[Cell]], width: int, *, has_header: bool) -> list[tuple[Run, ...]]:
    """Each row as a group of ``name: value`` lines, a hair-line between groups."""
    names = rows[0] if has_header else ()
    # The name of a column that is empty throughout would be lost.
    is_empty = [not any(row[index] for row in rows[1:] if index < len(row)) for index in range(len(names))]
    lines: list[tuple[Run, ...]] = []
    for row in rows[has_header:]:
        if lines:
            lines.append((Run("┄" * min(8, width), "rule"),))
        for index, cell in enumerate(row):
            name = names[index] if index < len(names) else ()
            if not cell and not (name and is_empty[index]):
                continue
            runs = [*name, Run(": ", "table-head"), *cell] if name else list(cell)
            first = True
            for pieces, _joint in wrap_runs(runs, width - 2 if width > 8 else width):
                lines.append(pieces if first or width <= 8 else (Run("  "), *pieces))
                first = False
    return lines


def _is_numeric(cells: Sequence[Cell]) -> bool:
    texts = ["".join(run.text for run in cell if not run.marks & Mark.NUMBER).strip() for cell in cells]
    filled = [text for text in texts if text and text not in {"-", "–", "—"}]
    return bool(filled) and all(len(text) <= 24 and _NUMBER.fullmatch(text) for text in filled)
