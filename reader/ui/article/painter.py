"""Lines of an article in the theme's colours, as strips."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.ui.article.lines import Mark
from reader.ui.joining import joined

if TYPE_CHECKING:
    from reader.ui.article.hints import Hints
    from reader.ui.article.lines import Line, Run

__all__ = ["FOLD", "LINK", "Painter"]

LINK = "article_link"
"""Key of a segment's meta that holds a link's number."""
FOLD = "article_fold"
"""Key of a segment's meta that tells a fold."""

_PARTS: tuple[tuple[Mark, str], ...] = (
    (Mark.LINK, "article--link"),
    (Mark.SMALL, "article--dim"),
    (Mark.CODE, "article--inline-code"),
    (Mark.DATELINE, "article--dateline"),
    (Mark.MARK, "article--mark"),
    (Mark.NUMBER, "article--number"),
    (Mark.HOST, "article--host"),
    (Mark.HIT, "article--hit"),
)
_WEIGHTS = (
    (Mark.STRONG, Style(bold=True)),
    (Mark.EMPHASIS, Style(italic=True)),
    (Mark.STRIKE, Style(strike=True)),
)


class Painter:
    """Turns lines into strips; keeps styles until the theme changes."""

    def __init__(self, whole: Callable[[str], Style], alone: Callable[[str], Style]) -> None:
        """Make one.

        Args:
            whole: The style of a component class on the widget's ground.
            alone: Only what the component class sets.

        """
        self._whole = whole
        self._alone = alone
        self._styles: dict[tuple[str, Mark, bool, bool], Style] = {}

    def forget(self) -> None:
        """Ask for styles again: the theme has changed."""
        self._styles.clear()

    def component(self, name: str) -> Style:
        """The style of a component class by its short name."""
        return self._whole(f"article--{name}")  # the callable is ours

    def strip(
        self,
        line: Line,
        *,
        width: int,
        margin: int,
        current: int = -1,
        hints: Hints | None = None,
        selection: tuple[int, int] | None = None,
        selected: Style | None = None,
    ) -> Strip:
        """One line, padded to ``width``.

        Args:
            line: The line.
            width: Cells of the strip.
            margin: Cells left of the text.
            current: The search hit to show as the current one.
            hints: Letters to show instead of link numbers.
            selection: First selected character, margin counted, and one past the last; -1: to the end.
            selected: The style of what is selected.

        """
        ground = self.component("body")
        segments = [Segment(" " * margin, ground)] if margin else []
        for run in line.runs:
            segment = self._segment(run, current, hints)
            if hints is not None and run.marks & Mark.NUMBER and hints.label(run.link) and segment.text[-1] != " ":
                segments.append(Segment(" ", ground))  # or the letter would read as one of the word
            segments.append(segment)
        if selection is not None and selected is not None:
            segments = _select(segments, selection, selected)
        used = sum(cell_len(segment.text) for segment in segments)
        if used < width:
            segments.append(Segment(" " * (width - used), ground))
        strip = Strip(joined(segments), max(used, width))
        return strip if used <= width else strip.crop(0, width)

    def _segment(self, run: Run, current: int, hints: Hints | None) -> Segment:
        style = self._style(run, is_current=run.find >= 0 and run.find == current)
        text = run.text
        if hints is not None and run.marks & Mark.NUMBER and (label := hints.label(run.link)):
            text = label if text[-1] != " " else label.rjust(len(text) - 1) + " "
            style = self.component("hint")
        if run.link:
            style += Style.from_meta({LINK: run.link})
        elif run.role == "fold":
            style += Style.from_meta({FOLD: True})
        return Segment(text, style)

    def _style(self, run: Run, *, is_current: bool) -> Style:
        key = (run.role, run.marks, run.find >= 0, is_current)
        if (style := self._styles.get(key)) is None:
            style = self._whole(f"article--{run.role}")
            for mark, name in _PARTS:
                if run.marks & mark:
                    style += self._alone(name)
            for mark, weight in _WEIGHTS:
                if run.marks & mark:
                    style += weight
            if run.find >= 0:
                style += self._alone("article--find-current" if is_current else "article--find")
            self._styles[key] = style
        return style

    def bar(self, left: str, right: str, width: int) -> Strip:
        """The search bar: what is typed, and how many hits, in one line."""
        count = f" {right} " if cell_len(right) + 10 < width else ""
        room = width - cell_len(count)
        text = left if cell_len(left) <= room else "…" + set_cell_size(left[-room:], room - 1)
        return Strip(
            [
                Segment(set_cell_size(text, room), self.component("find-bar")),
                Segment(count, self.component("find-count")),
            ],
            width,
        )


def _select(segments: list[Segment], selection: tuple[int, int], selected: Style) -> list[Segment]:
    """The segments with the selected characters restyled; counted in characters, as selections are."""
    first, last = selection
    made: list[Segment] = []
    place = 0
    for text, style, _control in segments:
        start = min(max(first - place, 0), len(text))
        end = len(text) if last == -1 else min(max(last - place, start), len(text))
        for piece, is_selected in ((text[:start], False), (text[start:end], True), (text[end:], False)):
            if piece:
                made.append(Segment(piece, (style + selected if style else selected) if is_selected else style))
        place += len(text)
    return made
