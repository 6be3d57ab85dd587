"""A dialog of text: what a command printed, or what could not be copied any other way."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.i18n import _
from reader.text.clean import clean
from reader.ui.cells import simple
from reader.ui.textual_inside import Guarded

if TYPE_CHECKING:
    from reader.core.piping import Ran

__all__ = ["TextDialog"]

MOST_LINES = 5_000
"""More of it would take long to lay out, and nobody reads it here."""


class TextDialog(Guarded, ModalScreen[bool]):
    """Shows a text to be read, and selected with the mouse; or runs something and shows what came of it.

    Returns whether something was run that had nothing to say.
    """

    AUTO_FOCUS = ".body"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "leave", show=False),
        Binding("Q", "quit", show=False),
        Binding("j,down", "scroll('line', 1)", show=False),
        Binding("k,up", "scroll('line', -1)", show=False),
        Binding("space,ctrl+f,pagedown", "scroll('page', 1)", show=False),
        Binding("b,ctrl+b,pageup", "scroll('page', -1)", show=False),
        Binding("g,home", "scroll('all', -1)", show=False),
        Binding("G,end", "scroll('all', 1)", show=False),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]
    DEFAULT_CSS = """
    TextDialog {
        align: center middle;
        background: $background 70%;
        .box { width: 100; max-width: 100%; height: auto; max-height: 90%; padding: 1 3; background: $surface; }
        .title { height: 1; color: $text-muted; text-overflow: ellipsis; text-wrap: nowrap; }
        .problem { height: auto; color: $text-warning; display: none; }
        .body { height: auto; margin: 1 0; scrollbar-size-vertical: 1; background: $surface; }
        .body:focus { background-tint: $surface 0%; }
        .text { height: auto; color: $text; }
        .keys { height: 1; color: $text-muted; }
        &:ansi .box { border: round $border; }
        &.-low .box { padding: 0 1; max-height: 100%; }
        &.-low .body { margin: 0; }
    }
    """

    box = query_one(".box", Vertical)
    body = query_one(".body", VerticalScroll)
    problem = query_one(".problem", Static)
    text = query_one(".text", Static)
    keys = query_one(".keys", Static)

    def __init__(self, title: str, text: str = "", *, job: Callable[[], Awaitable[Ran]] | None = None) -> None:
        """Make one.

        Args:
            title: Said above.
            text: What it shows.
            job: Instead: what is run, and stopped if the dialog is left.

        """
        super().__init__()
        self._title = title
        self._text = text
        self._job = job

    def compose(self) -> ComposeResult:
        """Title, trouble, text, keys."""
        with Vertical(classes="box"):
            yield Static(Content(simple(self._title)), classes="title")
            yield Static(Content(""), classes="problem")
            with VerticalScroll(classes="body"):
                yield Static(Content(""), classes="text")
            yield Static(Content(""), classes="keys")

    def on_mount(self) -> None:
        """Show the text, or run the job."""
        if self._job is None:
            self._show(self._text)
        else:
            self.text.update(Content(_("running…")).stylize("$text-muted"))
            self.keys.update(Content(_("Esc stop")))
            self.run_worker(self._run(self._job), group="job", exclusive=True, exit_on_error=False)

    def on_resize(self) -> None:
        """The text takes what the box leaves."""
        is_low = self.size.height < 16
        room = self.size.height * (100 if is_low else 90) // 100 - self.box.gutter.height - (3 if is_low else 5)
        self.body.styles.max_height = max(1, room)

    def on_click(self, event: events.Click) -> None:
        """A click beside the box leaves."""
        if not self.box.region.contains_point(event.screen_offset):
            self.action_leave()

    def action_leave(self) -> None:
        """Close; what runs is stopped."""
        if self.is_current:
            self.dismiss(False)

    async def action_quit(self) -> None:
        """Quit Warta, as the key does everywhere."""
        self.action_leave()
        await self.app.get_default_screen().run_action("command('app.quit')")

    def action_scroll(self, unit: str, by: int) -> None:
        """Scroll by lines or pages, or as far as it goes."""
        rows = {"line": 1, "page": max(1, self.body.size.height - 1)}.get(unit, len(self._text) + 1)
        self.body.scroll_relative(y=by * rows, animate=False)

    async def _run(self, job: Callable[[], Awaitable[Ran]]) -> None:
        ran = await job()
        if ran.problem:
            self.problem.update(Content(clean(ran.problem)))
            self.problem.display = True
        said = [ran.output, ran.errors] if ran.problem or not ran.output else [ran.output]
        if not any(text.strip() for text in (ran.problem, *said)):
            if self.is_current:
                self.dismiss(True)
            return
        self._show("\n\n".join(filter(None, said)))

    def _show(self, text: str) -> None:
        lines = clean(text).expandtabs(4).splitlines()
        more = len(lines) > MOST_LINES
        self._text = "\n".join([*lines[:MOST_LINES], *(["…"] if more else [])])
        self.text.update(Content(self._text))
        copy = _("Ctrl+C copies the mouse selection") if self._job else _("Shift+mouse selects")
        keys = (_("⏎ close"), _("j k Space b scroll"), copy, _("Q quits Warta"))
        self.keys.update(Content(" · ".join(keys)))
