"""The hairline between two panes; dragging it makes them wider or narrower."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from reader.light import dataclass
from reader.ui.once import PlainLines
from reader.ui.textual_inside import Guarded

__all__ = ["Divider"]


class Divider(Guarded, Widget):
    """One column."""

    ALLOW_SELECT = False

    @dataclass
    class Dragged(Message):
        """The mouse wants the divider elsewhere."""

        divider: Divider
        """Which one."""
        cells: int
        """How far, to the right."""

    def __init__(self, *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._styles_cache = PlainLines()
        self._piece: Strip | None = None

    def notify_style_update(self) -> None:
        """Paint in the new colours."""
        super().notify_style_update()
        self._piece = None

    def render_line(self, y: int) -> Strip:  # noqa: ARG002  # every line is alike
        """A piece of the line."""
        if self._piece is None:
            self._piece = Strip([Segment("│", self.rich_style)], 1)
        return self._piece

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold."""
        event.stop()
        self.capture_mouse()
        self.add_class("-held")

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go."""
        event.stop()
        self.release_mouse()
        self.remove_class("-held")

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Go along."""
        cells = event.screen_x - self.region.x
        if self.has_class("-held") and cells:
            self.post_message(self.Dragged(self, cells))
