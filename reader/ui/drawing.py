"""Draws only what differs from what stands on the terminal, by the inner names of Textual's compositor.

Textual draws a widget's region when the widget says that something in it may have changed: a whole pane for one row, a
whole scrollbar for one cell, and each piece of text with all its colours. Over a slow line those bytes are the wait.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from rich.color import Color, ColorSystem
from rich.style import Style
from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.screen import Screen
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip

from reader.ui.covering import hidden
from reader.ui.once import FitsAtOnce
from reader.ui.pen import Pen, differing

if TYPE_CHECKING:
    from rich.console import Console
    from textual._compositor import LayoutUpdate

__all__ = [
    "DrawnByLines",
    "DrawnUnderDialogs",
    "draw_again_after_a_stop",
    "draw_all_again",
    "draw_now",
    "draw_what_changed",
]

DRAWN_SECONDS = 0.5
"""How long drawing is waited for; a screen under a dialog draws nothing."""


class DrawnByLines(FitsAtOnce):
    """A view whose lines are all there is to draw: no border, padding, tint or opacity of its style sheet's.

    Textual looks for those on every line; the lines of these views are kept by what paints them.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region of the view."""
        strips = [self.render_line(y) for y in crop.line_range]
        if filters := self.get_line_filters():
            _base, background = self.background_colors
            for each in filters:
                strips = [strip.apply_filter(each, background) for strip in strips]
        # Where a scrollbar is laid out it lies over the last cells; where there might be one, or one comes with the
        # next layout, nothing does.
        if not self._has_bar and any(strip.cell_length < crop.right for strip in strips):
            ground = self.rich_style
            strips = [strip.adjust_cell_length(max(strip.cell_length, crop.right), ground) for strip in strips]
        if crop.x == 0 and all(strip.cell_length <= crop.width for strip in strips):
            return strips
        return [strip.crop(*crop.column_span) for strip in strips]

    @property
    def _has_bar(self) -> bool:
        """Whether a scrollbar stands beside the lines in the layout that is drawn."""
        return self._vertical_scrollbar in self.screen._compositor.visible_widgets  # noqa: SLF001

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scrollbar; made when it is first asked for, as Textual does it."""
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = bar = _Bar(name="vertical", thickness=self.scrollbar_size_vertical)
            bar.display = False
            self.app._start_widget(self, bar)  # noqa: SLF001
        return self._vertical_scrollbar


class _Bar(ScrollBar):
    """A scrollbar whose cells are not each looked at for borders: that takes longer than to draw the list beside it."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The cells of a region of the bar."""
        painted = self.render()
        if not isinstance(painted, ScrollBarRender) or self.styles.gutter or not painted.window_size:
            return super().render_lines(crop)
        ground = Style() if isinstance(painted.style, str) else painted.style
        cells = painted.render_bar(
            self.size.height,
            painted.virtual_size,
            painted.window_size,
            painted.position,
            self.size.width,
            back_color=ground.bgcolor or Color.default(),
            bar_color=ground.color or Color.default(),
        ).segments
        # The layout may give it more lines than it knows of yet; one that nobody draws ends the drawing of all.
        blank = Strip.blank(crop.width, ground)
        strips = [Strip([cell], self.size.width) for cell in list(cells)[crop.y : crop.bottom]]
        strips = [strip.adjust_cell_length(crop.width, ground) for strip in strips]
        strips += [blank] * (crop.height - len(strips))
        _base, background = self.background_colors
        for each in self.get_line_filters():
            strips = [strip.apply_filter(each, background) for strip in strips]
        return strips


class Shown:
    """What stands on the terminal, as far as it is known: for each line the pieces drawn last, by their first cell."""

    def __init__(self) -> None:
        self._cuts: list[list[int]] = []
        self._lines: list[dict[int, Strip]] = []

    def forget(self) -> None:
        """Something else was drawn."""
        self._cuts = []

    def fit(self, cuts: list[list[int]]) -> None:
        """Lines are cut into pieces at these cells now; cut elsewhere, nothing is known of them."""
        if cuts != self._cuts:
            self._cuts = [list(cut) for cut in cuts]
            self._lines = [{} for _cut in cuts]

    def take(self, x: int, y: int, strip: Strip) -> Strip | None:
        """Remember a piece; what stood in its place, if that is known."""
        line = self._lines[y]
        before = line.get(x)
        line[x] = strip
        return before


class Changes(ChopsUpdate):
    """Of a part of the screen, the pieces that are others than those on the terminal."""

    def __init__(
        self,
        chops: Sequence[Mapping[int, Strip | None]],
        spans: list[tuple[int, int, int]],
        cuts: list[list[int]],
        shown: Shown,
    ) -> None:
        super().__init__(chops, spans, [cut[1:] for cut in cuts])
        self._drawn_cuts = cuts
        self._shown = shown

    def render_segments(self, console: Console) -> str:
        """What to write to the terminal; it is taken to be written."""
        pen = Pen(console._color_system or ColorSystem.TRUECOLOR)  # noqa: SLF001
        self._shown.fit(self._drawn_cuts)
        for y, first, end in self.spans:
            for piece_end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                if strip is None or x >= end or piece_end <= first:
                    continue
                before = self._shown.take(x, y, strip)
                if before is None:
                    pen.draw(x, y, strip)
                elif before is not strip and (parts := differing(before, strip, pen.colours)):
                    pen.draw(x + parts[0], y, parts[1])
        return pen.written()


class _NearCompositor(Compositor):
    """Has only the widgets and lines rendered that overlap what is to be drawn, and only what changed drawn.

    Textual asks every widget of the screen for all its lines whenever anything changes: it compares with where a widget
    may be seen at most, which is mostly the whole screen, and not with where it is. What holds other widgets is hidden
    by them, and is rendered all the same.
    """

    def __init__(self) -> None:
        super().__init__()
        self.shown = Shown()
        self._wanted: dict[int, list[tuple[int, int]]] | None = None  # of each line, the cells to draw; None: all

    def render_full_update(self, simplify: bool = False) -> LayoutUpdate:
        """All of the screen."""
        self.shown.forget()
        return super().render_full_update(simplify)

    def render_partial_update(self) -> ChopsUpdate | None:
        """What changed in the regions where something may have."""
        self._wanted = {}
        for y, first, end in self._regions_to_spans(self._dirty_regions):
            self._wanted.setdefault(y, []).append((first, end))
        try:
            update = super().render_partial_update()
        finally:
            self._wanted = None
        return update and Changes(update.chops, update.spans, self.cuts, self.shown)

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        if not crop:
            yield from super()._get_renders(crop)
            return
        front: list[Region] = []
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            if not seen.overlaps(crop):
                continue
            for top, bottom in self._stretches(seen.intersection(crop), seen.column_span):
                lines = Region(seen.x, top, seen.width, bottom - top)
                if not hidden(lines, front):
                    front.append(lines)
                    yield region, lines, widget.render_lines(lines.translate((-region.x, -region.y)))

    def _stretches(self, region: Region, columns: tuple[int, int]) -> Iterable[tuple[int, int]]:
        """The lines of a region that are to be drawn between two columns: of each stretch, the first and the end."""
        wanted, (left, right) = self._wanted, columns
        if wanted is None:
            yield region.line_span
            return
        top: int | None = None
        for y in region.line_range:
            if any(first < right and end > left for first, end in wanted.get(y, ())):
                top = y if top is None else top
            elif top is not None:
                yield top, y
                top = None
        if top is not None:
            yield top, region.bottom


class DrawnUnderDialogs(Screen[Any]):
    """A screen whose changes show behind a dialog, each once.

    Textual has the dialog draw what lies behind it in the regions that changed. Meanwhile it takes the screen behind
    for all dirty, but only in those regions: it draws them again and again, and what changes elsewhere never. In the
    dialog it forgets what the dialog's own widgets asked for at that moment.
    """

    def _compositor_refresh(self) -> None:
        front, changed = self.app.screen, self._compositor._dirty_regions  # noqa: SLF001
        if self is front or self not in self.app._background_screens:  # noqa: SLF001
            super()._compositor_refresh()
            return
        if changed:
            stack = self.app.screen_stack
            for screen in stack[stack.index(self) + 1 :]:  # each has what lies behind it among its own lines
                screen._set_dirty(*changed)  # noqa: SLF001
            front._dirty_widgets.add(front)  # noqa: SLF001
            front.check_idle()
            changed.clear()
        self._dirty_widgets.clear()


def draw_what_changed(screen: Screen[Any]) -> None:
    """Spare a screen the rendering and the terminal the drawing of what did not change."""
    screen._compositor = _NearCompositor()  # noqa: SLF001


def draw_all_again(screen: Screen[Any]) -> None:
    """Something else was drawn on the terminal: rely on nothing that stands there."""
    if isinstance(screen._compositor, _NearCompositor):  # noqa: SLF001
        screen._compositor.shown.forget()  # noqa: SLF001


def draw_again_after_a_stop(screen: Screen[Any]) -> None:
    """Draw everything again once another program, or the shell, had the terminal."""

    def draw(_app: object) -> None:
        draw_all_again(screen)
        screen.app.screen.refresh()

    screen.app.app_resume_signal.subscribe(screen, draw)


async def draw_now(screen: Screen[Any]) -> None:
    """Have a screen draw what changed, without waiting for the turn of its next frame; comes back when it is drawn."""
    drawn = asyncio.Event()

    def draw() -> None:
        try:
            screen._on_timer_update()  # noqa: SLF001
        finally:
            drawn.set()

    for widget in screen._compositor.visible_widgets:  # noqa: SLF001
        if widget is not screen:  # which would take its own wish for a layout as done
            widget._check_refresh()  # noqa: SLF001
    if screen.call_later(draw):
        with suppress(TimeoutError):
            await asyncio.wait_for(drawn.wait(), DRAWN_SECONDS)
