"""A dialog to put tags on articles and take them off: type to find one, or to make a new one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from reader.i18n import _, number
from reader.light import dataclass
from reader.text.clean import clean_line
from reader.text.fold import fold
from reader.ui.cells import simple
from reader.ui.dialogs.choice_list import ChoiceList
from reader.ui.dialogs.choices import Choice, Ranked, ranked
from reader.ui.textual_inside import Guarded
from reader.ui.widgets.plain_input import PlainInput

if TYPE_CHECKING:
    from reader.ui.widgets.moving import Move

__all__ = ["TagDialog", "TagWish", "tag_name", "tag_names"]

MOST_CHARACTERS = 60
State = Literal["all", "some", "none"]
_BETWEEN = "\n"
"""Between the tags of one choice; in no tag."""
_MARKS: dict[State, str] = {"all": "✓", "some": "–", "none": " "}


@dataclass(frozen=True, slots=True)
class TagWish:
    """What is to become of the tags."""

    add: tuple[str, ...] = ()
    """To be put on all the articles."""
    remove: tuple[str, ...] = ()
    """To be taken off all of them."""


def tag_name(typed: str) -> str:
    """A tag as it is kept: one line without its sign and what would end it in a query; empty: none."""
    return clean_line(typed.replace('"', " "), MOST_CHARACTERS).lstrip("#").strip()


def tag_names(typed: str) -> tuple[str, ...]:
    """The tags that are typed, with commas between them."""
    return tuple(dict.fromkeys(filter(None, map(tag_name, typed.split(",")))))


class TagDialog(Guarded, ModalScreen[TagWish | None]):
    """Returns what is to be changed; None if it was left."""

    AUTO_FOCUS = "Input"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("tab", "turn", show=False, priority=True),
        Binding("down,ctrl+n", "move('down')", show=False),
        Binding("up,ctrl+p", "move('up')", show=False),
        Binding("pagedown", "move('page_down')", show=False),
        Binding("pageup", "move('page_up')", show=False),
    ]
    DEFAULT_CSS = """
    TagDialog {
        align: center top;
        background: $background 70%;
        .box {
            width: 64; max-width: 100%; height: auto; max-height: 90%; margin-top: 2; padding: 1;
            background: $surface;
        }
        .title { height: 1; padding: 0 2; color: $text-muted; text-overflow: ellipsis; text-wrap: nowrap; }
        .none { height: auto; padding: 0 2; color: $text-muted; display: none; }
        .keys { height: auto; margin-top: 1; padding: 0 2; color: $text-muted; }
        Input {
            height: 1; margin: 0 0 1 0; padding: 0 2; border: none; background: $surface; color: $text;
            &:focus { border: none; background: $surface; }
        }
        &:ansi .box { border: round $border; }
        &.-low .box { margin-top: 0; padding: 0; max-height: 100%; }
        &.-low .title { display: none; }
        &.-low Input, &.-low .keys { margin: 0; }
    }
    """

    box = query_one(".box", Vertical)
    field = query_one(PlainInput)
    choice_list = query_one(ChoiceList)
    none = query_one(".none", Static)
    keys = query_one(".keys", Static)

    def __init__(self, title: str, tags: Mapping[str, int], states: Mapping[str, State]) -> None:
        """Make one.

        Args:
            title: Said above.
            tags: Every tag there is, and on how many articles.
            states: Of those on the articles: whether on all or on some of them.

        """
        super().__init__()
        self._title = title
        self._tags = dict(tags)
        self._before = dict(states)
        self._now = dict(states)

    def compose(self) -> ComposeResult:
        """Title, field, list, keys."""
        with Vertical(classes="box"):
            yield Static(Content(simple(self._title)), classes="title")
            yield PlainInput(placeholder=_("a tag"), select_on_focus=False)
            yield Static(Content(_("No tags yet: type one.")), classes="none")
            yield ChoiceList()
            yield Static(Content(""), classes="keys")

    def on_mount(self) -> None:
        """Show all tags."""
        self._show()

    def on_resize(self) -> None:
        """The list takes what the box leaves."""
        is_low = self.size.height < 16
        room = self.size.height - (2 if is_low else 9) - self.box.styles.border.spacing.height
        self.choice_list.styles.max_height = max(1, room)

    @on(Input.Changed)
    def _typed(self) -> None:
        self._show()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self._done()

    @on(ChoiceList.Chosen)
    def _clicked(self, event: ChoiceList.Chosen) -> None:
        self._toggle(str(event.choice.value))
        self._show()

    def on_click(self, event: events.Click) -> None:
        """A click beside the box leaves."""
        if not self.box.region.contains_point(event.screen_offset):
            self.action_leave()

    def action_leave(self) -> None:
        """Change nothing."""
        if self.is_current:
            self.dismiss(None)

    def action_move(self, move: Move) -> None:
        """Move the cursor."""
        self.choice_list.move(move)

    def action_turn(self) -> None:
        """Turn the tag under the cursor on or off, and go on."""
        if (choice := self.choice_list.choice) is not None:
            self._toggle(str(choice.value))
            if self.field.value:
                self.field.value = ""
            else:
                self._show(keep=str(choice.value))

    def _done(self) -> None:
        """Put what is typed on; where nothing is, turn the tag under the cursor, unless some were by Tab; go."""
        choice = self.choice_list.choice
        if choice is not None and self.field.value.strip():
            self._put_on(str(choice.value))
        elif choice is not None and self._now == self._before:
            self._toggle(str(choice.value))
        names = [*self._now]
        add = tuple(n for n in names if self._now[n] == "all" and self._before.get(n) != "all")
        remove = tuple(n for n in names if self._now[n] == "none" and self._before.get(n, "none") != "none")
        if self.is_current:
            self.dismiss(TagWish(add, remove) if add or remove else None)

    def _toggle(self, value: str) -> None:
        names = value.split(_BETWEEN)
        is_on = all(self._now.get(name) == "all" for name in names)
        self._put_on(value)
        if is_on:
            self._now |= dict.fromkeys(names, "none")

    def _put_on(self, value: str) -> None:
        for name in value.split(_BETWEEN):
            self._now[name] = "all"
            self._tags.setdefault(name, 0)

    def _show(self, *, keep: str = "") -> None:
        """The tags that match; while nothing is typed those on the articles first."""
        names = tag_names(self.field.value)
        order = sorted(self._tags, key=lambda name: (name not in self._now, -self._tags[name], fold(name)))
        if len(names) > 1:
            several = Choice("tag", _BETWEEN.join(names), " ".join(f"#{name}" for name in names), lead="+ ")
            matches = ranked("", [several])
        else:
            matches = self._meant("".join(names), [self._choice(name) for name in order])
        enter = _("⏎ add and close") if names else _("⏎ toggle and close")
        self.keys.update(Content(" · ".join((enter, _("Tab toggle"), _("Esc cancel")))))
        self.choice_list.show(matches, with_headings=False)
        self.choice_list.display = bool(matches)
        self.none.display = not matches
        while keep and (choice := self.choice_list.choice) is not None and choice.value != keep:
            self.choice_list.move("down")
            if self.choice_list.choice is choice:
                break

    def _meant(self, typed: str, choices: list[Choice]) -> list[Ranked]:
        """First the very tag that is typed, or one it begins that can be put on; else a new one; then what holds it."""
        matches = ranked(typed, choices)
        if not typed:
            return matches
        begins = fold(typed)
        same = [match for match in matches if fold(str(match.choice.value)) == begins]
        same.sort(key=lambda match: match.choice.value != typed)
        longer = [
            match
            for match in matches
            if match not in same
            and fold(str(match.choice.value)).startswith(begins)
            and self._now.get(str(match.choice.value)) != "all"
        ]
        rest = [match for match in matches if match not in same and match not in longer]
        new = Choice("tag", typed, f"#{typed}", _("new tag"), lead="+ ")
        return same + longer + (ranked("", [new]) if typed not in self._tags else []) + rest

    def _choice(self, name: str) -> Choice:
        count = self._tags[name]
        mark = _MARKS[self._now.get(name, "none")]
        return Choice("tag", name, f"#{name}", also=name, key=number(count) if count else "", lead=f"{mark} ")
