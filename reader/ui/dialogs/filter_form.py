"""A dialog to save a filter or make a rule of it, with a look at what it would find."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Label, Static
from textual.worker import WorkType

from reader.core.filters import FilterPreview
from reader.i18n import _
from reader.light import dataclass
from reader.model import FilterConfig
from reader.model.config import FilterAction
from reader.ui.cells import simple, wrap
from reader.ui.dialogs.filter_draft import ACTIONS, COLORS, FilterDraft, preview_text
from reader.ui.textual_inside import Guarded
from reader.ui.widgets.filter_bar import FilterInput

__all__ = ["Chooser", "FilterForm", "FilterWish", "FormLines"]

TITLE_LINES = 3
"""Lines of a title that would be found."""
Preview = Callable[[FilterConfig], Awaitable[FilterPreview]]


@dataclass(frozen=True, slots=True)
class FilterWish:
    """What the reader wants saved."""

    filter: FilterConfig
    """The filter."""
    apply: bool
    """To stored articles, too."""


class Chooser(Widget, can_focus=True):
    """One of a few values, gone through with the arrows or Space."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space,l", "go(1)", show=False),
        Binding("left,h", "go(-1)", show=False),
    ]
    DEFAULT_CSS = """
    Chooser { height: 1; width: 1fr; padding: 0 1; background: $background; }
    Chooser:focus { color: $text-accent; text-style: bold; }
    """

    class Changed(Message):
        """Another value was chosen."""

    def __init__(self, options: Sequence[tuple[str, str]], value: str, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._options = tuple(options)
        values = [option for option, _label in self._options]
        self._index = values.index(value) if value in values else 0

    @property
    def value(self) -> str:
        """The value chosen."""
        return self._options[self._index][0]

    def action_go(self, by: int) -> None:
        """Choose the next value, or the one before."""
        self._index = (self._index + by) % len(self._options)
        self.refresh()
        self.post_message(self.Changed())

    def on_click(self) -> None:
        """The next value."""
        self.action_go(1)

    def render(self) -> Content:
        """The value between marks that say there are others."""
        return Content(f"‹ {self._options[self._index][1]} ›")


class FormLines(VerticalScroll, inherit_bindings=False):
    """Scrolls with the line one is in: its own arrow keys would scroll instead of going to the next line."""


class FilterForm(Guarded, ModalScreen[FilterWish | None]):
    """Returns what is to be saved; None if it was left."""

    AUTO_FOCUS = "#name"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("enter,ctrl+s", "save", show=False),
        Binding("down,tab", "app.focus_next", show=False),
        Binding("up,shift+tab", "app.focus_previous", show=False),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]
    DEFAULT_CSS = """
    FilterForm {
        align: center middle;
        background: $background 70%;
        .box { width: 76; max-width: 100%; height: auto; max-height: 100%; padding: 1 3; background: $surface;
            scrollbar-size-vertical: 1; }
        .title { height: 1; margin-bottom: 1; color: $text-muted; }
        .line { height: 1; }
        .line Label { width: 24; color: $text-muted; }
        Input { width: 1fr; height: 1; border: none; padding: 0 1; background: $background; }
        Input:focus { border: none; }
        .preview { height: auto; min-height: 6; margin-top: 1; }
        .keys { height: 1; color: $text-muted; }
        &.-low .box { padding: 0 1; }
        &.-low .title, &.-low .preview { margin: 0; min-height: 1; }
    }
    """

    box = query_one(".box", VerticalScroll)
    told = query_one(".preview", Static)

    def __init__(self, title: str, draft: FilterDraft, *, taken: Collection[str], preview: Preview) -> None:
        """Make one.

        Args:
            title: Said above.
            draft: What stands in it at first.
            taken: Names of the other filters.
            preview: Looks what a filter would find.

        """
        super().__init__()
        self._title = title
        self._draft = draft
        self._taken = tuple(taken)
        self._preview = preview
        self._found = FilterPreview()
        self._problem = ""

    def compose(self) -> ComposeResult:
        """A line for each thing, and what it would find."""
        draft = self._draft
        yes_no = (("", _("no")), ("1", _("yes")))
        until = _("no end, or 2026-12-31")
        fields: tuple[tuple[str, str, Widget], ...] = (
            ("name", _("Name"), FilterInput(draft.name, id="name", compact=True)),
            ("query", _("Query"), FilterInput(draft.query, id="query", compact=True)),
            ("action", _("Action"), Chooser([(name, _(label)) for name, label in ACTIONS], draft.action, id="action")),
            ("tag", _("Tag"), FilterInput(draft.tag, id="tag", compact=True)),
            ("color", _("Colour"), Chooser([(name, name) for name in COLORS], draft.color, id="color")),
            ("until", _("Until"), FilterInput(draft.until, id="until", placeholder=until, compact=True)),
            ("notify", _("Notify on new matches"), Chooser(yes_no, "1" if draft.notify else "", id="notify")),
            ("apply", _("Stored articles too"), Chooser(yes_no, "1" if draft.apply else "", id="apply")),
        )
        with FormLines(classes="box", can_focus=False):
            yield Static(Content(simple(self._title)), classes="title")
            for name, label, widget in fields:
                with Horizontal(classes=f"line {name}"):
                    yield Label(Content(label))
                    yield widget
            yield Static(Content(""), classes="preview")
            yield Static(Content(_("⏎ save · Esc cancel · Tab ↓ next · ← → choose")), classes="keys")

    def on_mount(self) -> None:
        """Look at once."""
        self._look()

    def on_click(self, event: events.Click) -> None:
        """A click beside the box leaves."""
        if not self.box.region.contains_point(event.screen_offset):
            self.dismiss(None)

    def action_leave(self) -> None:
        """Save nothing."""
        self.dismiss(None)

    def action_save(self) -> None:
        """Save it if it can be saved so."""
        draft = self._now()
        self._problem = draft.problem(self._taken)
        if not self._problem and draft.action and self._found.problem:
            self._problem = _("A rule needs a valid query.")
        if self._problem:
            self._show()
        else:
            self.dismiss(FilterWish(draft.filter(), draft.apply and bool(draft.action)))

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_save()

    @on(Input.Changed)
    @on(Chooser.Changed)
    def _changed(self) -> None:
        self._problem = ""
        self._look()

    def _now(self) -> FilterDraft:
        def text(name: str) -> str:
            return self.query_one(f"#{name}", Input).value

        def chosen(name: str) -> str:
            return self.query_one(f"#{name}", Chooser).value

        action: FilterAction = next((known for known, _label in ACTIONS if known == chosen("action")), "")
        return FilterDraft(
            text("name"), text("query"), action, text("tag"), chosen("color"), text("until"),
            notify=bool(chosen("notify")), apply=bool(chosen("apply")),
        )  # fmt: skip

    def _look(self) -> None:
        draft = self._now()
        for name, is_shown in (
            ("tag", draft.action == "tag"),
            ("color", draft.action == "highlight"),
            ("until", bool(draft.action)),
            ("apply", bool(draft.action)),
        ):
            self.query_one(f".{name}", Horizontal).display = is_shown
        job: WorkType[None] = partial(self._find, draft)
        self.run_worker(job, group="preview", exclusive=True, exit_on_error=False)

    async def _find(self, draft: FilterDraft) -> None:
        self._found = await self._preview(draft.filter())
        self._show()

    def _show(self) -> None:
        found, draft = self._found, self._now()
        first = (self._problem, "$text-error") if self._problem else (
            preview_text(found, draft.action, apply=draft.apply), "$text-error" if found.problem else "$text"
        )  # fmt: skip
        room = max(8, (self.told.size.width or self.size.width) - 4)
        titles = "".join(
            "".join(f"\n{'    ' if start else '  '}{line}" for line, start in wrap(simple(title), room, TITLE_LINES))
            for title in found.titles
        )
        self.told.update(Content.assemble(first, (titles, "$text-muted")))
