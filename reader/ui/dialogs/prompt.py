"""A dialog that asks for one line of text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
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

    def __init__(
        self,
        title: str,
        *,
        value: str = "",
        placeholder: str = "",
        suggestions: Sequence[str] = (),
        may_be_empty: bool = False,
    ) -> None:
        """Make one.

        Args:
            title: Said above.
            value: What stands in it at first.
            placeholder: Said in the empty field.
            suggestions: Offered while one types; the right arrow takes one.
            may_be_empty: Nothing typed is an answer too.

        """
        super().__init__()
        self._suggestions = tuple(suggestions)
        self._may_be_empty = may_be_empty
        self._title = title
        self._value = value
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        """Title and field."""
        with Vertical(classes="box"):
            yield Static(Content(simple(self._title)), classes="title")
            suggester = SuggestFromList(self._suggestions, case_sensitive=False) if self._suggestions else None
            yield FilterInput(self._value, placeholder=self._placeholder, compact=True, suggester=suggester)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        typed = event.value.strip()
        self.dismiss(typed if typed or self._may_be_empty else None)

    def on_click(self, event: events.Click) -> None:
        """A click beside the box leaves."""
        if not self.box.region.contains_point(event.screen_offset):
            self.dismiss(None)

    def action_leave(self) -> None:
        """Type nothing."""
        self.dismiss(None)
