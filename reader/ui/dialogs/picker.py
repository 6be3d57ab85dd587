"""A dialog to choose one thing by typing a few letters of it, or by moving to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Offset
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.style import Style
from textual.widgets import Input, Static

from reader.i18n import _
from reader.ui.cells import simple
from reader.ui.dialogs.choice_list import ChoiceList
from reader.ui.dialogs.choices import Choice, ranked
from reader.ui.keys import display
from reader.ui.textual_inside import Guarded
from reader.ui.widgets.plain_input import PlainInput

if TYPE_CHECKING:
    from reader.ui.widgets.moving import Move

__all__ = ["Other", "Picker"]

MENU_CELLS = 44
"""Width of a picker that opens at a place."""


class Other(NamedTuple):
    """Another thing that can be done with a choice than to choose it."""

    key: str
    """The key that does it, in Textual's name or as the character it types."""
    label: str
    """What it does, for the line of keys; empty: it is not told there."""
    act: Callable[[Choice], None]
    """Does it, once the dialog is gone."""


class Picker(Guarded, ModalScreen[Choice | None]):
    """Returns the choice; None if it was left."""

    AUTO_FOCUS = "Input"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (64, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down,ctrl+n,j", "move('down')", show=False),
        Binding("up,ctrl+p,k", "move('up')", show=False),
        Binding("pagedown", "move('page_down')", show=False),
        Binding("pageup", "move('page_up')", show=False),
        Binding("home,g", "move('first')", show=False),
        Binding("end,G", "move('last')", show=False),
        Binding("enter", "choose", show=False),
        Binding("q", "leave", show=False),
    ]

    DEFAULT_CSS = """
    Picker {
        align: center top;
        background: $background 70%;
        .box {
            width: 76; max-width: 100%; height: auto; max-height: 90%; margin-top: 2; padding: 1 1 1 1;
            background: $surface;
        }
        .title { height: 1; padding: 0 2; color: $text-muted; text-overflow: ellipsis; text-wrap: nowrap; }
        .none { height: 1; padding: 0 2; color: $text-muted; display: none; }
        Input {
            height: 1; margin: 0 0 1 0; padding: 0 2; border: none; background: $surface; color: $text;
            &:focus { border: none; background: $surface; }
        }
        &:ansi .box { border: round $border; }
        &.-narrow .box { width: 100%; }
        &.-low .box { margin-top: 0; padding: 0; max-height: 100%; }
        &.-low .title { display: none; }
        &.-low Input { margin: 0; }
        .keys { height: 1; margin-top: 1; padding: 0 2; color: $text-muted; }
        &.-low .keys { margin-top: 0; }
        &.-menu { align: left top; background: $background 40%; }
        &.-menu .box { width: 44; margin: 0; padding: 0; border: round $primary 60%; }
    }
    """

    box = query_one(".box", Vertical)
    choice_list = query_one(ChoiceList)
    none = query_one(".none", Static)

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        placeholder: str = "",
        on_moved: Callable[[Choice], None] | None = None,
        enter: str = "",
        others: Sequence[Other] = (),
        at: Offset | None = None,
    ) -> None:
        """Make one.

        Args:
            title: Said above.
            choices: What there is, in order.
            placeholder: Said in the empty input; without it there is no input, only moving.
            on_moved: Told of each choice the cursor comes to, as a preview.
            enter: What Enter does, for the line of keys; empty: there is no such line.
            others: What else can be done, each by a key; letters only without an input.
            at: Where on the screen it opens, as a menu does; None: in the middle above.

        """
        super().__init__()
        self._title = title
        self._choices = tuple(choices)
        self._placeholder = placeholder
        self._on_moved = on_moved
        self._enter = enter
        self._others = tuple(others)
        self._at = at
        self.set_class(at is not None, "-menu")

    def compose(self) -> ComposeResult:
        """Title, input, list."""
        with Vertical(classes="box"):
            yield Static(Content(simple(self._title)), classes="title")
            if self._placeholder:
                yield PlainInput(placeholder=self._placeholder, select_on_focus=False)
            yield Static(Content(_("No match.")), classes="none")
            yield ChoiceList()
            if self._enter:
                yield Static(self._keys(), classes="keys")

    def on_mount(self) -> None:
        """Show all choices."""
        self._show("")

    def on_resize(self) -> None:
        """The list takes what the box leaves."""
        self._fit()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._show(event.value)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_choose()

    @on(ChoiceList.Chosen)
    def _clicked(self, event: ChoiceList.Chosen) -> None:
        self._end(event.choice)

    def on_click(self, event: events.Click) -> None:
        """A click beside the box leaves."""
        if not self.box.region.contains_point(event.screen_offset):
            self._end(None)

    def action_leave(self) -> None:
        """Choose nothing."""
        self._end(None)

    def action_move(self, move: Move) -> None:
        """Move the cursor."""
        self.choice_list.move(move)
        self._tell()

    def on_key(self, event: events.Key) -> None:
        """Do something else with the choice."""
        for number, other in enumerate(self._others):
            if other.key in {event.key, event.character}:
                event.stop()
                event.prevent_default()
                self.action_other(number)
                return

    def action_other(self, number: int) -> None:
        """Do the n-th other thing, from 0."""
        choice = self.choice_list.choice
        if choice is not None and self.is_current:
            self.dismiss(None)
            self._others[number].act(choice)

    def action_choose(self) -> None:
        """Choose what the cursor is on."""
        if (choice := self.choice_list.choice) is not None:
            self._end(choice)

    def _end(self, choice: Choice | None) -> None:
        """Go, once: a second Enter may be on its way already."""
        if self.is_current:
            self.dismiss(choice)

    def _show(self, query: str) -> None:
        matches = ranked(query, self._choices)
        self.none.display = not matches
        self.choice_list.display = bool(matches)
        self.choice_list.show(matches, with_headings=not query.strip())
        self._fit()
        if query:
            self._tell()

    def _fit(self) -> None:
        is_low = self.size.height < 16
        room = self.size.height - (0 if is_low else 6) - (1 if self._placeholder else 0)
        room -= self.box.styles.border.spacing.height + (0 if not self._enter else 1 if is_low else 2)
        self.choice_list.styles.max_height = max(1, room - (0 if is_low or not self._placeholder else 1))
        if self._at is not None:
            self._place(self._at)

    def _place(self, at: Offset) -> None:
        """Open under a place, or above it where there is no room."""
        height = min(self.size.height, len(self._choices) + 3)
        below = at.y + 1
        top = below if below + height <= self.size.height else max(0, min(at.y, self.size.height) - height)
        self.box.styles.offset = (max(0, min(at.x, self.size.width - MENU_CELLS)), top)

    def _keys(self) -> Content:
        parts: list[Content | tuple[str, str]] = []
        told = [("⏎", self._enter, "screen.choose")]
        told += [
            (display(other.key), other.label, f"screen.other({number})")
            for number, other in enumerate(self._others)
            if other.label
        ]
        for key, label, action in (*told, ("Esc", _("cancel"), "screen.leave")):
            one = Content.assemble((key, "bold $text-accent"), (f" {label}", "$text-muted"))
            parts += [one.stylize(Style.from_meta({"@click": action})), ("   ", "")]
        return Content.assemble(*parts[:-1])

    def _tell(self) -> None:
        if self._on_moved is not None and (choice := self.choice_list.choice) is not None:
            self._on_moved(choice)
