"""The list of articles: draws only the rows that are seen, so a million cost what a thousand do."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Literal

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from reader.i18n import _, number
from reader.light import dataclass
from reader.ui.drawing import DrawnByLines
from reader.ui.textual_inside import Guarded, set_virtual_size
from reader.ui.widgets.article_row import row_lines
from reader.ui.widgets.kept_rows import KeptRows
from reader.ui.widgets.moving import moved, nearest, place_of
from reader.ui.widgets.row_map import HEADING, NO_DAYS, RowMap
from reader.ui.widgets.row_painter import COMPONENTS, LOOKS, RowPainter

if TYPE_CHECKING:
    from reader.model import ArticleRow
    from reader.ui.widgets.article_row import Ground, Hits
    from reader.ui.widgets.moving import Move
    from reader.ui.widgets.row_map import Days

__all__ = ["ArticleList"]

Place = Literal["keep", "top"]
RowsMode = Literal["comfortable", "compact"]


class ArticleList(Guarded, DrawnByLines, can_focus=True, inherit_bindings=False):
    """Ids in order, with the rows among them that were looked at. Rows it lacks it asks for by `RowsWanted`."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = set(COMPONENTS)
    PARTS_CSS = LOOKS
    DEFAULT_CSS = """
    ArticleList { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; }
    """

    @dataclass
    class Highlighted(Message):
        """The cursor came to rest on another article."""

        article_id: int | None
        """The article; None: the list is empty."""
        by_hand: bool = False
        """The reader moved the cursor there, rather than the list changing under it."""

        def can_replace(self, message: Message) -> bool:
            """Only the last of a run counts."""
            return isinstance(message, ArticleList.Highlighted)

    @dataclass
    class Opened(Message):
        """The reader wants to read the article: Enter, or a double click."""

        article_id: int
        """The article."""

    @dataclass
    class RowsWanted(Message):
        """Rows will soon be seen that the list does not have; answer by `ArticleList.put_rows`."""

        ids: tuple[int, ...]
        """Their ids."""

    def __init__(self, *, rows: RowsMode = "comfortable") -> None:
        super().__init__()
        self.ids: array[int] = array("q")
        """All ids, in order."""
        self.cursor = 0
        """Index of the article under the cursor; 0 in an empty list."""
        self.above_count = 0
        """New articles that came in above what is seen."""
        self.painter = RowPainter(self.get_component_rich_style)
        """Paints the rows."""
        self.mode: RowsMode = rows
        """The height of rows."""
        self._days: Days = NO_DAYS
        self._rows = KeptRows()
        self._map = RowMap()
        self._anchor: int | None = None
        self._rows_above: int | None = None  # wished for before there was a size

    # What it shows

    @property
    def article_id(self) -> int | None:
        """The article under the cursor."""
        return self.ids[self.cursor] if self.ids else None

    @property
    def page(self) -> int:
        """Rows that fit whole, on this page and on the one before."""
        height, top, rows = self.scrollable_content_region.height, int(self.scroll_offset.y), self._map
        heads = max(rows.heads_between(top, top + height), rows.heads_between(top - height, top)) if rows.heads else 0
        return max(1, (height - heads) // rows.lines)

    @property
    def first(self) -> int:
        """Index of the first visible row."""
        return self._map.at(int(self.scroll_offset.y)).row

    @property
    def cursor_line(self) -> int:
        """The line of the view the cursor begins on."""
        return self._map.line(self.cursor) - int(self.scroll_offset.y)

    def row(self, article_id: int) -> ArticleRow | None:
        """The row of an article, if the list has it."""
        return self._rows.get(article_id)

    def lacking(self, ids: Iterable[int]) -> list[int]:
        """Which of these ids the list has no row for."""
        return self._rows.lacking(ids)

    def picked_ids(self) -> list[int]:
        """The picked range, else the article under the cursor."""
        if not self.ids:
            return []
        low, high = sorted((self.cursor if self._anchor is None else self._anchor, self.cursor))
        return list(self.ids[low : high + 1])

    @property
    def is_picking(self) -> bool:
        """A range is being picked."""
        return self._anchor is not None

    # Data down

    def set_ids(
        self, ids: array[int], *, days: Days = NO_DAYS, place: Place | int = "keep", rows_above: int | None = None
    ) -> None:
        """Show these ids, with a heading above the first of each day.

        ``place`` says where the cursor goes. ``keep``: the article under it stays on its line of the screen, or its
        nearest neighbour does; ``top``: to the first; a number: to the article of that id, if it is there, with
        ``rows_above`` it in sight.
        """
        before, old = self.article_id, self.ids
        offset = self._map.line(self.cursor) - int(self.scroll_offset.y)
        seen = old[self.first : self.first + self.page + 1]
        is_regrouped, self._days = days != self._days, days
        self.ids = ids
        if place == "keep":
            index = nearest(old, self.cursor, ids)
            if ids and before == ids[index]:
                self.above_count += max(0, index - self.cursor)
        else:
            index = 0 if place == "top" else place_of(place, ids) or 0
            rows = self.page // 2 if rows_above is None else min(rows_above, self.page - 1)
            offset = min(index, rows) * self._map.lines
            self._rows_above = None if self.scrollable_content_region.height else rows_above
            self.above_count = 0
        self.cursor = index
        self._anchor = None
        self._resize()
        self._scroll_to_line(self._map.line(index) - offset if index else 0)
        self._show_cursor()
        self.above_count = min(self.above_count, self.first)
        if is_regrouped or self.ids[self.first : self.first + self.page + 1] != seen or self.article_id != before:
            self.refresh()
        if self.article_id != before:
            self.post_message(self.Highlighted(self.article_id))
        self._want_rows()

    def put_rows(self, rows: Iterable[ArticleRow], *, gone: Iterable[int] = ()) -> None:
        """Take over rows: asked for, or changed. ``gone`` are ids the store no longer has."""
        changed = {row.id for row in rows if self._rows.take(row.id, row)}
        changed |= {article_id for article_id in gone if self._rows.take(article_id, None)}
        if not changed:
            return
        self.painter.forget(changed)
        for index in range(self.first, min(self.first + self.page + 2, len(self.ids))):
            if self.ids[index] in changed:
                self._refresh_row(index)

    def forget_rows(self) -> None:
        """Any row may have changed: keep on showing them until they have come anew."""
        ids = list(self.ids[max(0, self.first - self.page) : self.first + 2 * self.page])
        self._rows.keep_only(ids)
        if ids:
            self.post_message(self.RowsWanted(tuple(ids)))

    def set_hits(self, hits: Hits | None) -> None:
        """Mark these places in titles."""
        if hits is not self.painter.hits:
            self.painter.hits = hits
            self._repaint()

    def set_one_feed(self, one_feed: bool) -> None:
        """Whether all rows are of one feed, whose name then need not be told."""
        if one_feed != self.painter.is_one_feed:
            self.painter.is_one_feed = one_feed
            self._repaint()

    def set_mode(self, rows: RowsMode) -> None:
        """Choose the height of rows; the article under the cursor stays in view."""
        self.mode = rows
        self._fit()

    def set_now(self, now: datetime, zone: tzinfo) -> None:
        """Tell ages from this moment on."""
        self.painter.now, self.painter.zone = now, zone
        self._repaint()

    # Moving

    def move(self, move: Move) -> None:
        """Move the cursor."""
        index = moved(move, self.cursor, count=len(self.ids), page=self.page)
        self.move_to(index, jump=move in {"first", "last"}, turn=move not in {"up", "down", "first", "last"})

    def move_to(self, index: int, *, jump: bool = False, turn: bool = False) -> None:
        """Put the cursor on a row and show it; only the two rows it concerns are painted again.

        ``jump``: no row beyond it need be seen; ``turn``: the view goes as far as the cursor, as a page is turned.
        """
        if not self.ids:
            return
        index = max(0, min(index, len(self.ids) - 1))
        old, self.cursor = self.cursor, index
        top = self.scroll_offset.y
        if turn:
            self._scroll_to_row(min(self.first + index - old, len(self.ids) - self.page))
        self._show_cursor(margin=0 if jump else 1)
        if self._anchor is not None:
            self.painter.clear()
            self.refresh()
        elif self.scroll_offset.y == top:
            for row in {old, index}:
                self._refresh_row(row)
        if index != old:
            self.post_message(self.Highlighted(self.article_id, by_hand=True))

    def move_to_id(self, article_id: int) -> bool:
        """Put the cursor on an article; False if the list does not hold it."""
        index = place_of(article_id, self.ids)
        if index is None:
            return False
        self.move_to(index)
        return True

    def pick(self) -> None:
        """Start picking a range at the cursor, or end it."""
        self._anchor = self.cursor if self._anchor is None and self.ids else None
        self._repaint()

    def open(self) -> None:
        """Open the article under the cursor."""
        if (article_id := self.article_id) is not None:
            self.post_message(self.Opened(article_id))

    # Textual's side

    def fit(self) -> None:
        """Fit rows to the new width and height."""
        self._fit()

    def on_focus(self) -> None:
        """The cursor shows where the keys go."""
        self._repaint_cursor()

    def on_blur(self) -> None:
        """The cursor shows that the keys go elsewhere."""
        self._repaint_cursor()

    def notify_style_update(self) -> None:
        """Colours changed."""
        super().notify_style_update()
        self.painter.clear(styles=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for the rows that come into sight; at the top nothing is above any more."""
        super().watch_scroll_y(old_value, new_value)
        if new_value == 0:
            self.above_count = 0
        self._want_rows()

    def validate_scroll_y(self, value: float) -> float:
        """Rows are never cut in two at the top."""
        valid: float = super().validate_scroll_y(value)
        return float(self._map.settled(int(valid)))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll by whole rows."""
        self._wheel(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll by whole rows."""
        self._wheel(event, -1)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the row; open it at the second click."""
        if self.above_count and event.y == 0 and event.x >= self.scrollable_content_region.width - len(self._above()):
            self.move("first")
            return
        index, part = self._map.at(int(self.scroll_offset.y) + event.y)
        if index < len(self.ids) and part != HEADING:
            self.move_to(index, jump=True)
            if event.chain == 2 and event.button == 1:
                self.open()

    def render_line(self, y: int) -> Strip:
        """A line of what is seen."""
        width = self.scrollable_content_region.width
        index, part = self._map.at(int(self.scroll_offset.y) + y)
        if index >= len(self.ids):
            return Strip.blank(width, self.rich_style)
        if part == HEADING:
            strip = self.painter.heading(*self._days.told(index, len(self.ids)), width)
        else:
            strip = self._row_strips(index, width)[part]
        if y == 0 and self.above_count:
            label = self._above()
            chip = Strip([Segment(label, self.get_component_rich_style("article-list--above"))])
            strip = Strip.join([strip.crop(0, max(0, width - chip.cell_length)), chip]).crop(0, width)
        return strip

    # Inside

    def _above(self) -> str:
        return f" ▲ {_('{count} new').format(count=number(self.above_count))} "

    def _row_strips(self, index: int, width: int) -> list[Strip]:
        row = self._rows.get(self.ids[index])
        if row is None:
            return self.painter.missing(self._ground(index), width, self._map.lines)
        return self.painter.strips(row, self._ground(index), width, self._map.lines)

    def _ground(self, index: int) -> Ground:
        picked = self._anchor is not None and min(self._anchor, self.cursor) <= index <= max(self._anchor, self.cursor)
        if index == self.cursor:
            return "picked_cursor" if picked else "focus" if self.has_focus else "cursor"
        return "picked" if picked else "plain"

    def _want_rows(self) -> None:
        """Ask for what is seen and a page on either side, once enough of it is lacking."""
        if wanted := self._rows.wanted(self.ids, self.first, self.page + 1):
            self.post_message(self.RowsWanted(wanted))

    def _fit(self) -> None:
        rows = self.cursor - self.first if self._rows_above is None else self._rows_above
        if self.scrollable_content_region.height:
            self._rows_above = None
        self.painter.clear()
        self._resize()
        self._scroll_to_row(self.cursor - min(rows, self.page - 1))
        self._show_cursor()
        self.refresh()
        self._want_rows()

    def _resize(self) -> None:
        region = self.scrollable_content_region
        height = region.height or self.app.size.height  # before the first layout: roughly
        rows = RowMap(len(self.ids), row_lines(self.mode, region.width, height), self._days.starts)
        self._map = rows
        # At the very end no row is cut in two either.
        beyond = max(0, rows.height - region.height)
        set_virtual_size(self, Size(region.width, rows.height + rows.whole_below(beyond) - beyond))

    def _show_cursor(self, margin: int = 0) -> None:
        height, top = self.scrollable_content_region.height, int(self.scroll_offset.y)
        if self.ids:
            self._scroll_to_line(self._map.shown(self.cursor, first_line=top, height=height, margin=margin))

    def _scroll_to_row(self, first: int) -> None:
        self._scroll_to_line(self._map.top(max(0, first)))

    def _scroll_to_line(self, line: int) -> None:
        self.scroll_to(y=max(0, line), animate=False, force=True, immediate=True)

    def _wheel(self, event: events.MouseEvent, rows: int) -> None:
        event.prevent_default()
        event.stop()
        self._scroll_to_row(self.first + rows * max(1, 3 // self._map.lines))

    def _repaint(self) -> None:
        self.painter.clear()
        self.refresh()

    def _repaint_cursor(self) -> None:
        self._refresh_row(self.cursor)

    def _refresh_row(self, index: int) -> None:
        """Paint one row again, without the scrollbar beside it: a third fewer bytes to the terminal."""
        top = self._map.line(index) - int(self.scroll_offset.y)
        self.refresh(Region(0, top, self.scrollable_content_region.width, self._map.lines))
