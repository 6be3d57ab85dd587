"""The tree of sources: places, saved filters, tags, folders and feeds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from reader.i18n import number
from reader.light import dataclass
from reader.ui.cells import clip_cells
from reader.ui.drawing import DrawnByLines
from reader.ui.textual_inside import Guarded, set_virtual_size
from reader.ui.widgets.moving import moved, scrolled_to_show
from reader.ui.widgets.sidebar_model import next_unread

if TYPE_CHECKING:
    from reader.model import Source
    from reader.ui.widgets.moving import Move
    from reader.ui.widgets.sidebar_model import SidebarLine

__all__ = ["Sidebar"]

_PARTS = ("place", "heading", "folder", "feed", "unread", "count", "note", "failing", "bar", "cursor", "focus")
_LOOKS = """
.sidebar--place, .sidebar--feed { color: $foreground 80%; }
.sidebar--unread { color: $text; }
.sidebar--folder, .sidebar--heading { color: $text-muted; text-style: bold; }
.sidebar--count, .sidebar--note { color: $text-muted; }
.sidebar--failing { color: $text-warning; }
.sidebar--bar { color: $primary; }
.sidebar--cursor { background: $surface; }
.sidebar--focus { background: $primary 18%; }
Sidebar:ansi .sidebar--focus, Sidebar:nocolor .sidebar--focus { text-style: reverse; }
"""
"""What the parts of a line look like. Where colours are few, the ground of the cursor is turned round."""


class Sidebar(Guarded, DrawnByLines, can_focus=True, inherit_bindings=False):
    """Draws the lines of `sidebar_model` and keeps the cursor on its line while they change."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {f"sidebar--{part}" for part in _PARTS}
    PARTS_CSS = _LOOKS
    DEFAULT_CSS = """
    Sidebar { overflow-x: hidden; scrollbar-size-vertical: 1; }
    """

    @dataclass
    class Selected(Message):
        """The cursor came to rest on a source."""

        source: Source
        """Which."""

        def can_replace(self, message: Message) -> bool:
            """Only the last of a run counts."""
            return isinstance(message, Sidebar.Selected)

    @dataclass
    class Entered(Message):
        """The reader wants to go on to the list of the source."""

    @dataclass
    class Folded(Message):
        """A line is to be folded or unfolded."""

        key: str
        """`SidebarLine.key`."""
        is_open: bool
        """How it is to be from now on."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[SidebarLine, ...] = ()
        """What it shows."""
        self.cursor = 0
        """Index of the line under the cursor."""
        self._styles: dict[str, Style] = {}

    @property
    def line(self) -> SidebarLine | None:
        """The line under the cursor."""
        return self.lines[self.cursor] if self.cursor < len(self.lines) else None

    def set_lines(self, lines: tuple[SidebarLine, ...]) -> None:
        """Show these lines; the cursor stays on the line of the same key, or on what is nearest."""
        if lines == self.lines:
            return
        before, offset = self.line, self.cursor - int(self.scroll_offset.y)
        same_place = [line.key for line in lines] == [line.key for line in self.lines]
        self.lines = lines
        if not same_place:
            self.cursor = self._place_of(before)
            set_virtual_size(self, Size(self.scrollable_content_region.width, len(lines)))
            self.scroll_to(y=max(0, self.cursor - offset), animate=False, force=True, immediate=True)
            self._show_cursor()
        self.refresh()

    def select(self, source: Source) -> bool:
        """Put the cursor on a source without telling anybody; False if no line shows it."""
        for index, line in enumerate(self.lines):
            if line.source == source:
                self._go(index)
                return True
        return False

    def move(self, move: Move) -> None:
        """Move the cursor; the source it comes to is selected."""
        index = moved(move, self.cursor, count=len(self.lines), page=self.size.height)
        step = 1 if index > self.cursor else -1
        while 0 <= index < len(self.lines) and not self.lines[index].can_rest:
            index += step
        if 0 <= index < len(self.lines):
            self.move_to(index)

    def move_to(self, index: int) -> None:
        """Put the cursor on a line and select its source."""
        if index == self.cursor or not self.lines[index].can_rest:
            return
        self._go(index)
        if (line := self.line) and line.source:
            self.post_message(self.Selected(line.source))

    def move_to_unread(self, step: int) -> bool:
        """Go to the next source with something unread, from the last one on to the first; False: there is none."""
        way: Literal[1, -1] = 1 if step > 0 else -1
        index = next_unread(self.lines, self.cursor, way)
        if index is None:
            index = next_unread(self.lines, -1 if way > 0 else len(self.lines), way)
        if index is None or index == self.cursor:
            return False
        self.move_to(index)
        return True

    def fold(self) -> bool:
        """Fold the line, or go out to the one it lies in; False if there is nothing further out."""
        line = self.line
        if line is None:
            return False
        if line.is_open:
            self.post_message(self.Folded(line.key, is_open=False))
            return True
        if line.depth:
            for index in range(self.cursor - 1, -1, -1):
                if self.lines[index].depth < line.depth and self.lines[index].can_rest:
                    self.move_to(index)
                    return True
        return False

    def unfold(self) -> bool:
        """Unfold the line; False if it is open or has nothing inside."""
        line = self.line
        if line is None or line.is_open is not False:
            return False
        self.post_message(self.Folded(line.key, is_open=True))
        return True

    def open(self) -> None:
        """Go on to the list; on a heading: fold or unfold it."""
        line = self.line
        if line is None:
            return
        if line.source is None and line.is_open is not None:
            self.post_message(self.Folded(line.key, is_open=not line.is_open))
        else:
            self.post_message(self.Entered())

    def fit(self) -> None:
        """Keep the cursor in sight."""
        set_virtual_size(self, Size(self.scrollable_content_region.width, len(self.lines)))
        self._show_cursor()

    def on_focus(self) -> None:
        """The cursor shows where the keys go."""
        self.refresh_line(self.cursor)

    def on_blur(self) -> None:
        """The cursor shows that the keys go elsewhere."""
        self.refresh_line(self.cursor)

    def notify_style_update(self) -> None:
        """Colours changed."""
        super().notify_style_update()
        self._styles.clear()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll."""
        self._wheel(event, 2)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll."""
        self._wheel(event, -2)

    def on_click(self, event: events.Click) -> None:
        """Select the line; a click on its fold mark folds it, a second click goes on to the list."""
        index = int(self.scroll_offset.y) + event.y
        if index >= len(self.lines):
            return
        line = self.lines[index]
        self.move_to(index)
        if event.button != 1:
            return
        if line.is_open is not None and (event.x <= 2 * line.depth + 2 or line.source is None):
            self.post_message(self.Folded(line.key, is_open=not line.is_open))
        elif event.chain == 2:
            self.post_message(self.Entered())

    def render_line(self, y: int) -> Strip:
        """A line of what is seen."""
        width = self.scrollable_content_region.width
        index = int(self.scroll_offset.y) + y
        if index >= len(self.lines):
            return Strip.blank(width, self.rich_style)
        segments = _paint(self.lines[index], width, self._style, is_cursor=index == self.cursor)
        if index == self.cursor:
            under = self._style("focus" if self.has_focus else "cursor")
            on = Style(reverse=True) if under.reverse else Style(bgcolor=under.bgcolor)
            segments = [Segment(text, (style or Style()) + on) for text, style, _control in segments]
        return Strip(segments, width)

    def _style(self, part: str) -> Style:
        if part not in self._styles:
            self._styles[part] = self.get_component_rich_style(f"sidebar--{part}")
        return self._styles[part]

    def _place_of(self, before: SidebarLine | None) -> int:
        keys = {line.key: index for index, line in enumerate(self.lines)}
        if before is None or not self.lines:
            return 0
        if before.key in keys:
            return keys[before.key]
        index = min(self.cursor, len(self.lines) - 1)
        while index > 0 and (not self.lines[index].can_rest or self.lines[index].depth > before.depth):
            index -= 1
        return index

    def _go(self, index: int) -> None:
        old, self.cursor = self.cursor, index
        self.refresh_line(old)
        self._show_cursor()
        self.refresh_line(index)

    def _show_cursor(self) -> None:
        first = scrolled_to_show(
            self.cursor, first=int(self.scroll_offset.y), page=self.size.height, count=len(self.lines), margin=1
        )
        self.scroll_to(y=first, animate=False, force=True, immediate=True)

    def _wheel(self, event: events.MouseEvent, lines: int) -> None:
        event.prevent_default()
        event.stop()
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False, force=True, immediate=True)


def _paint(line: SidebarLine, width: int, style_of: Callable[[str], Style], *, is_cursor: bool) -> list[Segment]:
    """Bar, mark, label, the note beside it, and the count at the right."""
    if line.kind == "gap":
        return [Segment(" " * width, style_of("count"))]
    mark = "!" if line.is_failing else {True: "▾", False: "▸", None: " "}[line.is_open]
    count = number(line.count) if line.count else ""
    left = f"{'  ' * line.depth}{mark} "
    room = width - 1 - cell_len(left) - 1
    tail = max(cell_len(count) + 1, 0) if count else 0
    spare = max((room - tail) // 2, room - tail - cell_len(line.label) - 1)
    note = clip_cells(line.note, max(0, min(18, spare))) if line.note else ""
    note_cells = cell_len(note) + 1 if note else 0
    label = clip_cells(line.label, room - tail - note_cells)
    gap = " " * (room - tail - note_cells - cell_len(label))
    name = "unread" if line.count and line.kind in {"feed", "filter", "folder"} else _part(line)
    return [
        Segment("▌" if is_cursor else " ", style_of("bar")),
        Segment(left, style_of("failing" if line.is_failing else "count")),
        Segment(label, style_of(name)),
        Segment(f" {note}" if note else "", style_of("note")),
        Segment(f"{gap} {count}" if count else gap, style_of("count")),
        Segment(" ", style_of("count")),
    ]


def _part(line: SidebarLine) -> str:
    return line.kind if line.kind in {"place", "heading", "folder"} else "feed"
