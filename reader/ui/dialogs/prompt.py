"""A dialog that asks for one line of text."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from reader.ui.cells import simple
from reader.ui.textual_inside import Guarded
from reader.ui.widgets.filter_bar import FilterInput

__all__ = ["PromptDialog"]


class PromptDialog(Guarded, ModalScreen[str | None]):
    """Returns what was typed, without blanks around it; None if it was left or nothing was typed."""

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]
    DEFAULT_CSS = """
    PromptDialog {
        align: center middle;
        background: $background 70%;
        .box { width: 56; max-width: 100%; height: auto; padding: 1 3; background: $surface; }
        .title { height: auto; color: $text-muted; }
        Input { height: 1; border: none; padding: 0 1; background: $background; }
        Input:focus { border: none; }
    }
    """

    box = query_one(".box", Vertical)

    def __init__(self, title: str, *, value: str = "", placeholder: str = "") -> None:
        super().__init__()
        self._title = title
        self._value = value
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        """Title and field."""
        with Vertical(classes="box"):
            yield Static(Content(simple(self._title)), classes="title")
            yield FilterInput(self._value, placeholder=self._placeholder, compact=True)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip() or None)

    def on_click(self, event: events.Click) -> None:
        """A click beside the box leaves."""
        if not self.box.region.contains_point(event.screen_offset):
            self.dismiss(None)

    def action_leave(self) -> None:
        """Type nothing."""
        self.dismiss(None)
