"""What stands on the screen of a widget, so that only lines that differ are drawn again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.geometry import Region

if TYPE_CHECKING:
    from textual.geometry import Size
    from textual.strip import Strip

__all__ = ["Drawn"]


class Drawn:
    """The lines of a widget as they were given to the screen last."""

    def __init__(self) -> None:
        self._lines: dict[int, Strip] = {}

    def note(self, y: int, strip: Strip) -> Strip:
        """Remember a line on its way to the screen."""
        self._lines[y] = strip
        return strip

    def stale(self, line: Callable[[int], Strip], size: Size) -> list[Region]:
        """Where a line is now another than the one on the screen.

        Args:
            line: Gives a line as it is now.
            size: The lines' width and number.

        """
        regions: list[Region] = []
        for y in range(size.height):
            if line(y) == self._lines.get(y):
                continue
            before = regions[-1] if regions else Region()
            if before.bottom == y and before.height:
                regions[-1] = Region(0, before.y, size.width, before.height + 1)
            else:
                regions.append(Region(0, y, size.width, 1))
        return regions
