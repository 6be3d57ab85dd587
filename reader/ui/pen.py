"""Writes pieces of lines to a terminal: of each only what differs from what stands there, and of its style too."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.strip import Strip

if TYPE_CHECKING:
    from rich.color import ColorSystem
    from rich.segment import Segment
    from rich.style import Style

__all__ = ["Pen", "differing"]

Looks = tuple[str, str, str]
"""Codes of a style: attributes, colour of the text, colour of the ground."""

_PLAIN: Looks = ("", "", "")
_MOST_STYLES = 1_000


def differing(
    before: Iterable[Segment], after: Iterable[Segment], colours: ColorSystem
) -> tuple[int, list[Segment]] | None:
    """How many cells in a piece begins to differ from the one in its place, and what to write from there on.

    None if they look the same: what a click does where a text stands is no part of its looks.
    """
    old, new = list(before), list(after)
    both = min(len(old), len(new))
    first = last = cells = 0
    while first < both and _is_same(old[first], new[first], colours):
        cells += len(new[first].text)
        first += 1
    while last < both - first and _is_same(old[-1 - last], new[-1 - last], colours):
        last += 1
    rest = new[first : len(new) - last]
    there = old[first : len(old) - last]
    if rest and there:
        rest[-1] = _without_end(there[-1], rest[-1], colours)
        kept = _common(there[0], rest[0], colours)
        cells += kept
        rest[0] = rest[0]._replace(text=rest[0].text[kept:])
    return (cells, rest) if any(segment.text for segment in rest) else None


def _without_end(old: Segment, new: Segment, colours: ColorSystem) -> Segment:
    """A piece without the blanks at its end that stand there already."""
    if not new.text.isascii() or not old.text.isascii() or looks(old.style, colours) != looks(new.style, colours):
        return new
    blank = min(len(text) - len(text.rstrip(" ")) for text in (old.text, new.text))
    return new._replace(text=new.text[: len(new.text) - blank])


def _common(old: Segment, new: Segment, colours: ColorSystem) -> int:
    """With how many characters that stand there already a piece begins."""
    if looks(old.style, colours) != looks(new.style, colours):
        return 0
    same = sum(1 for _both in takewhile(lambda both: both[0] == both[1], zip(old.text, new.text, strict=False)))
    return same if new.text[:same].isascii() else 0


def _is_same(old: Segment, new: Segment, colours: ColorSystem) -> bool:
    """Whether two pieces look alike and are as wide in every terminal."""
    if old.text != new.text or not _is_even(new.text):
        return False
    return old.style == new.style or looks(old.style, colours) == looks(new.style, colours)


def _is_even(text: str) -> bool:
    """Whether each character takes one cell: terminals do not agree about all others."""
    return text.isascii() or cell_len(text) == len(text)


class Pen:
    """Writes pieces of text in styles, naming of each style only what differs from the one before."""

    def __init__(self, colours: ColorSystem) -> None:
        self.colours = colours
        """How many colours there are."""
        self._out: list[str] = []
        self._now = _PLAIN

    def draw(self, x: int, y: int, segments: Iterable[Segment]) -> None:
        """Write at a place of the screen."""
        self._out.append(f"\x1b[{y + 1};{x + 1}H")
        for text, style, control in segments:
            if control or (style is not None and style.link):
                self._change(_PLAIN)
                self._out.append(text if style is None else style.render(text, color_system=self.colours))
            elif text:
                self._change(looks(style, self.colours))
                self._out.append(text)

    def written(self) -> str:
        """All of it; what is written after it stands in no style."""
        self._change(_PLAIN)
        return "".join(self._out)

    def _change(self, wanted: Looks) -> None:
        if wanted == self._now:
            return
        attributes, text, ground = wanted
        if wanted == _PLAIN:
            self._out.append("\x1b[0m")
        elif attributes != self._now[0] or self._now == _PLAIN:
            self._out.append(f"\x1b[{';'.join(filter(None, ('0' if self._now != _PLAIN else '', *wanted)))}m")
        else:
            parts = (text or "39" if text != self._now[1] else "", ground or "49" if ground != self._now[2] else "")
            self._out.append(f"\x1b[{';'.join(filter(None, parts))}m")
        self._now = wanted


_looks: dict[tuple[Style, ColorSystem], Looks] = {}


def looks(style: Style | None, colours: ColorSystem) -> Looks:
    """The codes of a style."""
    if style is None:
        return _PLAIN
    found = _looks.get((style, colours))
    if found is None:
        if len(_looks) > _MOST_STYLES:
            _looks.clear()
        text = style.color.downgrade(colours).get_ansi_codes() if style.color else ()
        ground = style.bgcolor.downgrade(colours).get_ansi_codes(foreground=False) if style.bgcolor else ()
        attributes = Strip.render_ansi(style.without_color, colours)
        found = _looks[style, colours] = (attributes, ";".join(text), ";".join(ground))
    return found
