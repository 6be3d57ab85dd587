"""Which line of a long list shows what: rows of one height, and headings above some of them. Pure.

Every answer costs the logarithm of the headings, never the rows.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from reader.light import dataclass

__all__ = ["HEADING", "NO_DAYS", "At", "Days", "RowMap"]

HEADING = -1
"""`At.part` of a heading."""


class At(NamedTuple):
    """What stands on a line."""

    row: int
    """Which row; of a heading, the row below it."""
    part: int
    """Which of the row's lines, from 0; `HEADING`."""


@dataclass(frozen=True, slots=True)
class RowMap:
    """Lines to rows and back."""

    count: int = 0
    """Rows."""
    lines: int = 1
    """Lines of each row."""
    heads: Sequence[int] = ()
    """Rows with a heading of one line above them, in order."""

    @property
    def height(self) -> int:
        """All lines."""
        return self.count * self.lines + len(self.heads)

    def top(self, index: int) -> int:
        """A row's first line, its heading included."""
        return index * self.lines + bisect_left(self.heads, index)

    def line(self, index: int) -> int:
        """A row's first line of its own."""
        return index * self.lines + bisect_right(self.heads, index)

    def end(self, index: int) -> int:
        """The line after a row."""
        return self.line(index) + self.lines

    def at(self, line: int) -> At:
        """What stands on a line; beyond the end the index goes on."""
        above = bisect_right(range(len(self.heads)), line, key=self._head_line)
        if above and self._head_line(above - 1) == line:
            return At(self.heads[above - 1], HEADING)
        return At(*divmod(line - above, self.lines))

    def settled(self, line: int) -> int:
        """The nearest line at or above one at which no row is cut in two."""
        return line - max(0, self.at(line).part)

    def whole_below(self, line: int) -> int:
        """The nearest line at or below one at which no row is cut in two."""
        part = self.at(line).part
        return line + self.lines - part if part > 0 else line

    def heads_between(self, start: int, end: int) -> int:
        """Headings on the lines from ``start`` to before ``end``."""
        known = range(len(self.heads))
        return bisect_left(known, end, key=self._head_line) - bisect_left(known, start, key=self._head_line)

    def shown(self, index: int, *, first_line: int, height: int, margin: int = 0) -> int:
        """The first visible line after a view moved just far enough to show a row, ``margin`` rows around it too."""
        margin = min(margin, max(0, (height // self.lines - 1) // 2))
        top = self.top(max(0, index - margin))
        if self.end(index) - top > height:  # a heading and its row do not fit both
            top = self.line(index)
        bottom = self.end(min(self.count - 1, index + margin))
        if top < first_line:
            return max(0, top)
        if bottom > first_line + height:
            return min(self.line(index), self.whole_below(bottom - height))
        return first_line

    def _head_line(self, place: int) -> int:
        return self.heads[place] * self.lines + place


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a list that is in the order of dates."""

    starts: tuple[int, ...] = ()
    """Index of the first article of each day."""
    days: tuple[date, ...] = ()
    """Which day it is."""
    is_final: bool = False
    """The list will not grow, so that the last day is known whole."""

    def told(self, index: int, count: int) -> tuple[date, int]:
        """The day that begins at an index, and how many articles it has; 0: not known yet."""
        place = bisect_left(self.starts, index)
        if place + 1 < len(self.starts):
            return self.days[place], self.starts[place + 1] - index
        return self.days[place], count - index if self.is_final else 0


NO_DAYS = Days()
"""Of a list that is not grouped."""
