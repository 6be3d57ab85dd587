"""The lines of an article as far as they are laid out, and where in them things stand."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from reader.ui.article.layout import lay_out
from reader.ui.article.lines import Mark

if TYPE_CHECKING:
    from reader.ui.article.layout import Page
    from reader.ui.article.lines import Line
    from reader.ui.widgets.moving import Move

__all__ = ["Laid", "Spot", "Spots", "column_of", "row_after"]

WIDEST = 76
"""Cells of the text column: a line longer than this is hard to read on from."""


def column_of(width: int) -> tuple[int, int]:
    """Margin left of the text, and cells of the text column, in a pane of so many cells."""
    least = 3 if width >= 70 else 2 if width >= 40 else 1 if width >= 24 else 0
    column = max(4, min(WIDEST, width - 2 * least))
    return max(least, (width - column) // 2), column


def row_after(move: Move, top: int, *, page: int, count: int) -> int:
    """The first row in sight after a movement; a page keeps one line of what was seen."""
    step = max(1, page - 1)
    return {
        "down": top + 1,
        "up": top - 1,
        "first": 0,
        "last": count,
        "half_down": top + max(1, page // 2),
        "half_up": top - max(1, page // 2),
        "page_down": top + step,
        "page_up": top - step,
    }[move]


class Spot(NamedTuple):
    """A place in an article that holds at any width."""

    block: int = 0
    """Which block, counted as they were laid out."""
    offset: int = 0
    """Characters of the block before it: those of the text, so that another width cuts the lines elsewhere only."""


class Spots:
    """Where each article was left; the ones longest not seen are forgotten."""

    def __init__(self, limit: int = 500) -> None:
        self._limit = limit
        self._spots: dict[int, Spot] = {}

    def keep(self, article_id: int, spot: Spot) -> None:
        """Remember a place."""
        self._spots.pop(article_id, None)
        self._spots[article_id] = spot
        if len(self._spots) > self._limit:
            del self._spots[next(iter(self._spots))]

    def of(self, article_id: int) -> Spot:
        """The place; the top of an article never seen."""
        return self._spots.get(article_id, Spot())

    def to_state(self, latest: int) -> list[list[int]]:
        """The latest so many for the next start: article, block, offset."""
        kept = [(id_, spot) for id_, spot in self._spots.items() if spot != Spot()]
        return [[article_id, *spot] for article_id, spot in kept[-latest:]]

    def from_state(self, state: object) -> None:
        """Take over what was kept; nonsense counts as nothing."""
        for row in state if isinstance(state, list) else ():
            match row:
                case [int(article_id), int(block), int(offset)] if block >= 0 and offset >= 0:
                    self.keep(article_id, Spot(block, offset))


def _weight(line: Line) -> int:
    """Characters of the text on a line, spaces left out: they vanish where lines break. An empty line counts as one."""
    lead = line.lead if line.joint != "\n" else 0
    return len("".join(line.text[lead:].split())) or 1


class Laid:
    """Lines of one page at one width, made as they are needed."""

    def __init__(self, page: Page, width: int) -> None:
        self.page = page
        """What is laid out."""
        self.width = width
        """Cells a line may take."""
        self.lines: list[Line] = []
        """The lines so far."""
        self.is_complete = False
        """No more lines will come."""
        self.text_end = 0
        """The row after the text's last line; known when complete. The closing sentence and the links follow."""
        self.find_rows: list[int] = []
        """The row on which each hit of the search begins, so far."""
        self._starts: list[int] = []
        self._blocks: Iterator[list[Line]] = lay_out(page, width)

    def advance(self, *, rows: int = 0, spot: Spot | None = None, seconds: float = 0.0) -> None:
        """Lay out until there are ``rows`` lines and ``spot`` is among them, then on until ``seconds`` are over."""
        deadline = time.perf_counter() + seconds
        while not self.is_complete:
            wanted = len(self.lines) < rows or (spot is not None and len(self._starts) <= spot.block)
            if not wanted and time.perf_counter() >= deadline:
                return
            block = next(self._blocks, None)
            if block is None:
                self.is_complete = True
                self.text_end = self._starts[-1] if self._starts else 0
                return
            self._take(block)

    def _take(self, block: list[Line]) -> None:
        self._starts.append(len(self.lines))
        for row, line in enumerate(block, len(self.lines)):
            for run in line.runs:
                # Cells of a table stand side by side, so hits may come out of order.
                while run.find >= len(self.find_rows):
                    self.find_rows.append(row)
        self.lines += block

    def spot(self, row: int) -> Spot:
        """The place of a row."""
        if not self._starts:
            return Spot()
        block = max(0, bisect_right(self._starts, row) - 1)
        start, end = self._bounds(block)
        return Spot(block, sum(map(_weight, self.lines[start : min(row, end)])))

    def row(self, spot: Spot) -> int:
        """The row of a place; it is laid out first if it was not."""
        self.advance(spot=spot)
        if not self._starts:
            return 0
        start, end = self._bounds(min(spot.block, len(self._starts) - 1))
        before = 0
        for row in range(start, end):
            before += _weight(self.lines[row])
            if before > spot.offset:
                return row
        return max(start, end - 1)

    def _bounds(self, block: int) -> tuple[int, int]:
        start = self._starts[block]
        return start, self._starts[block + 1] if block + 1 < len(self._starts) else len(self.lines)

    def links_between(self, first: int, last: int) -> list[int]:
        """Numbers of the links that show their number on these rows, each once, in order."""
        found: dict[int, None] = {}
        for line in self.lines[max(0, first) : last]:
            for run in line.runs:
                if run.link and run.marks & Mark.NUMBER:
                    found[run.link] = None
        return list(found)
