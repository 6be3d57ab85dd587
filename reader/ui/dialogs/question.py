"""A message that waits for an answer: a question with its answers, or one to be read and closed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.style import Style
from textual.widgets import Static

from reader.i18n import _
from reader.text.clean import clean
from reader.ui.textual_inside import Guarded

__all__ = ["Answer", "QuestionDialog", "tell"]


class Answer(NamedTuple):
    """One way to answer."""

    key: str
    """The key that gives it; one letter or digit."""
    label: str
    """What it means."""
    value: str
    """What the dialog returns."""


class QuestionDialog(Guarded, ModalScreen[str | None]):
    """Returns the answer's value; None if it was left. Enter gives the first answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "answer('')", show=False),
        Binding("enter", "first", show=False),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]

    DEFAULT_CSS = """
    QuestionDialog {
        align: center middle;
        background: $background 70%;
        .box { width: 64; max-width: 100%; height: auto; max-height: 100%; padding: 1 3; scrollbar-size-vertical: 1;
            background: $surface; }
        .text { height: auto; }
        .answers { margin-top: 1; height: auto; }
        &:ansi .box { border: round $border; }
        &.-low .box { padding: 0 1; }
    }
    """

    box = query_one(".box", VerticalScroll)

    def __init__(
        self, title: str, paragraphs: Sequence[str], answers: Sequence[Answer], *, warns: bool = False
    ) -> None:
        super().__init__()
        self._title = title
        self._paragraphs = tuple(paragraphs)
        self._answers = tuple(answers)
        self._warns = warns

    def compose(self) -> ComposeResult:
        """Title, text, answers."""
        parts: list[Content | tuple[str, str]] = [
            (clean(self._title), "bold $text-warning" if self._warns else "bold $text")
        ]
        parts += [(f"\n\n{clean(paragraph)}", "$text") for paragraph in self._paragraphs]
        with VerticalScroll(classes="box"):
            yield Static(Content.assemble(*parts), classes="text")
            yield Static(self._offers(), classes="answers")

    def _offers(self) -> Content:
        parts: list[Content | tuple[str, str]] = []
        for number, answer in enumerate(self._answers):
            one = Content.assemble((answer.key, "bold $text-accent"), (f" {clean(answer.label)}", "$text"))
            # The number, not the value: nothing that could come from outside stands in an action.
            parts += [one.stylize(Style.from_meta({"@click": f"screen.answer_number({number})"})), ("    ", "")]
        return Content.assemble(*parts[:-1])

    def on_key(self, event: events.Key) -> None:
        """A key of an answer gives it."""
        for answer in self._answers:
            if event.character == answer.key or event.key == answer.key.lower():
                event.stop()
                self.dismiss(answer.value or None)
                return

    def on_click(self, event: events.Click) -> None:
        """A click beside the box leaves."""
        if not self.box.region.contains_point(event.screen_offset):
            self.dismiss(None)

    def action_answer(self, value: str) -> None:
        """Give an answer; an empty one: leave."""
        self.dismiss(value or None)

    def action_answer_number(self, number: int) -> None:
        """Give the n-th answer, from 0."""
        self.dismiss(self._answers[number].value)

    def action_first(self) -> None:
        """Give the first answer."""
        self.dismiss(self._answers[0].value if self._answers else None)


def tell(title: str, *paragraphs: str, warns: bool = False) -> QuestionDialog:
    """A message to be read and closed."""
    return QuestionDialog(title, paragraphs, (Answer("q", _("close"), ""),), warns=warns)
