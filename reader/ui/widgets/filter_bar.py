"""The top line: where one is, the filter, how many match; under it what the filter was taken to mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from reader.i18n import _, number
from reader.light import dataclass
from reader.text.clean import clean_line
from reader.ui.cells import clip_cells, simple
from reader.ui.textual_inside import Guarded
from reader.ui.widgets.plain_input import PlainInput

if TYPE_CHECKING:
    from reader.model import Answer

__all__ = ["FilterBar", "FilterInput", "count_text"]


def count_text(answer: Answer | None, query: str, *, is_wide: bool) -> str:
    """How many match: ``14 of 1,203 · all words``; without a filter only how many there are."""
    if answer is None or answer.total is None:
        return "…" if query else ""
    if not query:
        return number(answer.total)
    if answer.population is None:
        text = number(answer.total)
    else:
        text = _("{count} of {all}").format(count=number(answer.total), all=number(answer.population))
    return f"{text} · {_('everywhere')}" if is_wide else text


def _invitation() -> str:
    return f"/ {_('filter')}…"


class FilterInput(PlainInput):
    """The field itself."""


class Under(Widget):
    """The hairline under the top line, or what stands in its place."""

    DEFAULT_CSS = "Under { height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.can_focus = False

    def tell(self, text: str, *, is_problem: bool = False) -> None:
        """Say this instead of the line; nothing: the line."""
        if (text, is_problem) != (self._text, self.has_class("-problem")):
            self._text = text
            self.set_class(is_problem, "-problem")
            self.set_class(bool(text), "-text")
            self.refresh()

    def render(self) -> Content:
        """One line."""
        return Content(f"  {self._text}") if self._text else Content("─" * self.size.width)


class Counter(Widget):
    """How many match. Of one width: another text must not lay the whole screen out again at every keystroke."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""

    def tell(self, text: str) -> None:
        """Say how many."""
        if text != self._text:
            self._text = text
            self.refresh()

    def render(self) -> Content:
        """One line, at the right."""
        text = clip_cells(self._text, self.size.width)
        return Content(" " * (self.size.width - cell_len(text)) + text)


class FilterBar(Guarded, Vertical):
    """Name of the place, field and count, and the line under them."""

    DEFAULT_CSS = """
    FilterBar { height: 2; }
    FilterBar > Horizontal { height: 1; }
    """

    @dataclass
    class Changed(Message):
        """Another filter stands in the field."""

        query: str
        """Its text."""

    @dataclass
    class Submitted(Message):
        """The reader is done typing and wants to go to the list."""

    @dataclass
    class Left(Message):
        """The keys went elsewhere."""

        query: str
        """What stands in the field."""

    where = query_one(".where", Static)
    field = query_one(FilterInput)
    counter = query_one(Counter)
    under = query_one(Under)

    def __init__(self) -> None:
        super().__init__()
        self._where = ""
        self._told = ""
        self._told_of = ""
        self._wrong: tuple[str, int] = "", 0
        self._wrong_of = ""

    def compose(self) -> ComposeResult:
        """The parts in a row, and one under them."""
        with Horizontal():
            yield Static("Warta", classes="brand", markup=False)
            yield Static("", classes="where", markup=False)
            yield FilterInput(placeholder=_invitation(), compact=True)
            yield Counter()
        yield Under()

    def show_invitation(self) -> None:
        """Say in the current language what the empty field is for."""
        self.field.placeholder = _invitation()

    @property
    def query_text(self) -> str:
        """What stands in the field."""
        return self.field.value

    def set_query(self, query: str) -> None:
        """Put a text into the field without telling anybody."""
        with self.prevent(Input.Changed):
            self.field.value = clean_line(query)

    def type_in(self, text: str, cursor: int | None = None, *, told: str = "") -> None:
        """Put a text into the field as if it were typed.

        ``told`` is said under it, in place of its meaning, until another text stands there.
        """
        field = self.field
        field.value = text
        field.cursor_position = len(field.value) if cursor is None else cursor
        self._told, self._told_of = told, field.value
        if told:
            self.under.tell(told)

    def tell(self, text: str) -> None:
        """Say something under the field as long as what stands in it stays."""
        self._told, self._told_of = text, self.field.value
        self.under.tell(text)

    def complain(self, query: str, problem: str, column: int) -> None:
        """Have a problem of a filter that is typed to its end; `show_answer` tells it as long as that one stands."""
        self._wrong, self._wrong_of = (problem, column), query

    def show_where(self, name: str) -> None:
        """Name the selected source."""
        if name != self._where:
            self._where = name
            self.where.update(Content(simple(name)))

    def show_answer(self, answer: Answer | None, query: str, *, is_wide: bool) -> None:
        """Tell how many match, and while typing what was understood."""
        self.counter.tell(count_text(answer, query, is_wide=is_wide))
        understood = answer.understood if answer else None
        problem, column = (understood.problem, understood.column) if understood else ("", 0)
        if not problem and query and query == self._wrong_of:
            problem, column = self._wrong
        if self._told and self._told_of == self.field.value and self.field.has_focus:
            self.under.tell(self._told)
        elif problem:
            where = _("column {column}").format(column=column) if column else ""
            self.under.tell(", ".join(filter(None, (clean_line(problem).rstrip("."), where))), is_problem=True)
        elif understood and query and self.field.has_focus:
            scope = _("in everything") if is_wide else ""
            self.under.tell(" · ".join(filter(None, (clean_line(understood.meaning), scope))))
        else:
            self.under.tell("")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value))

    def on_descendant_blur(self) -> None:
        """The field lost the keys."""
        self.post_message(self.Left(self.field.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Submitted())
