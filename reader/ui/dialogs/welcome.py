"""The page of the very first start: what Warta can begin with, one key for each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.style import Style
from textual.widgets import Static

from reader.i18n import _, ngettext, number
from reader.ui.cells import clip_cells, simple
from reader.ui.textual_inside import Guarded

if TYPE_CHECKING:
    from reader.core.beginning import Offered

__all__ = ["Welcome"]

NAMES_TOLD = 6
WIDEST = 76
LOW = 24
"""Below this height there is less air."""


class _Text(Static):
    """The page's text; what can be clicked looks like the rest of it."""

    auto_links = False


class Welcome(Guarded, ModalScreen["Offered | Literal['own'] | None"]):
    """Returns what was chosen; None: nothing yet."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", show=False),
        Binding("enter,l,right", "take", show=False),
        Binding("down,j,tab", "move(1)", show=False),
        Binding("up,k,shift+tab", "move(-1)", show=False),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (LOW, "-high")]
    DEFAULT_CSS = """
    Welcome {
        align: center middle;
        background: $background;
        .box { width: 76; max-width: 100%; height: auto; max-height: 100%; padding: 1 3; scrollbar-size-vertical: 1;
            background: $background; }
        .text { height: auto; }
        &.-low .box { padding: 0 1; }
    }
    """

    def __init__(self, offers: Sequence[Offered], *, path: Path, is_first: bool, has_own: bool) -> None:
        super().__init__()
        self._offers = tuple(offers)
        self._choices: list[Offered | Literal["own"]] = [*offers, *(["own"] if has_own else [])]  # type: ignore[list-item]  # the literal
        self._path = path
        self._is_first = is_first
        self._cursor = 0

    def compose(self) -> ComposeResult:
        """Everything in one text."""
        with VerticalScroll(classes="box", can_focus=False):
            yield _Text(classes="text", markup=False)

    def on_mount(self) -> None:
        """Show the page."""
        self._show()

    def on_resize(self) -> None:
        """Where there is little room, the air between the choices goes."""
        self._show()

    def on_key(self, event: events.Key) -> None:
        """A number takes that one."""
        if event.character and event.character.isdecimal() and 0 < int(event.character) <= len(self._choices):
            event.stop()
            self._end(self._choices[int(event.character) - 1])

    def action_leave(self) -> None:
        """Begin with nothing."""
        self._end(None)

    def action_take(self) -> None:
        """Begin with what the cursor is on."""
        self._end(self._choices[self._cursor] if self._choices else None)

    def action_take_number(self, number: int) -> None:
        """Begin with the n-th choice, from 0."""
        self._end(self._choices[number])

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        if self._choices:
            self._cursor = (self._cursor + by) % len(self._choices)
            self._show()

    def _end(self, choice: Offered | Literal["own"] | None) -> None:
        if self.is_current:
            self.dismiss(choice)

    def _show(self) -> None:
        self.query_one(".text", Static).update(self._content())

    def _content(self) -> Content:
        air = "\n" if self.size.height >= 13 + 3 * len(self._choices) else ""
        parts: list[Content | tuple[str, str]] = []
        if self._is_first:
            parts += [
                (_("Welcome to Warta"), "bold $text"),
                ("\n" + _("News in your terminal: feeds, articles, and search as you type."), "$text-muted"),
                (f"\n{air}" + _("What would you like to start with?"), "$text"),
            ]
        elif self._offers:
            parts.append((_("Feed lists on this machine"), "bold $text"))
        else:
            parts.append((_("No other reader's list with new feeds found here"), "bold $text"))
        parts.append(Content("\n"))
        for place, choice in enumerate(self._choices):
            parts += [Content(f"\n{air}" if place else "\n"), self._choice(place, choice)]
        count = len(self._choices)
        at_once = f"1–{count} {_('at once')}   " if count > 1 else ""
        hints = f"⏎ {_('choose')}   {at_once}Esc {_('not now')}"
        parts.append((f"\n\n{hints}", "$text-muted"))
        if self._is_first:
            where = _("Saved to {path}; edit it as you like.").format(path=simple(_short(self._path)))
            parts.append((f"\n{air}{where}", "$text-muted"))
        return Content.assemble(*parts)

    @property
    def _room(self) -> int:
        """Cells of a line."""
        return min(WIDEST, self.size.width) - (4 if self.size.height < LOW else 7)

    def _choice(self, place: int, choice: Offered | Literal["own"]) -> Content:
        is_here = place == self._cursor
        title, detail = _told(choice)
        bar = ("▌" if is_here else " ", "$primary")
        one = Content.assemble(
            bar, (f" {place + 1}  ", "bold $text-accent"), (title, "bold $text" if is_here else "$text"),
            "\n", bar, (f"    {clip_cells(detail, self._room - 5)}", "$text-muted"),
        )  # fmt: skip
        return one.stylize(Style.from_meta({"@click": f"screen.take_number({place})"}))


def _told(choice: Offered | Literal["own"]) -> tuple[str, str]:
    """What a choice is called, and more about it."""
    if choice == "own":
        return _("Your own address"), _("a feed or a site; Warta finds the feed")
    count = number(choice.count)
    names = ", ".join(simple(name) for name in choice.names[:NAMES_TOLD]) + (" …" if choice.count > NAMES_TOLD else "")
    match choice.kind:
        case "starter":
            text = ngettext("Starter list: {count} source", "Starter list: {count} sources", choice.count)
            return text.format(count=count), names
        case "newsboat":
            text = ngettext("newsboat's list: {count} feed", "newsboat's list: {count} feeds", choice.count)
            text += ", " + _("with what you have read") if choice.history else ""
        case "opml":
            text = ngettext("OPML list: {count} feed", "OPML list: {count} feeds", choice.count)
    return text.format(count=count), f"{simple(_short(choice.path))} · {names}"


def _short(path: Path) -> str:
    """A path as a shell would say it."""
    try:
        return f"~/{path.relative_to(Path.home())}"
    except (ValueError, RuntimeError):
        return str(path)
