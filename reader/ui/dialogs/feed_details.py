"""The details of a feed: how it is doing, how much it brings, when it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.style import Style
from textual.widgets import Static

from reader.i18n import _, decimal, number
from reader.ui.article.wrap import break_text
from reader.ui.cells import clip_cells, simple
from reader.ui.dialogs.feed_facts import bars, feed_lines, health_word
from reader.ui.textual_inside import Guarded
from reader.ui.widgets.sidebar_model import feed_name

if TYPE_CHECKING:
    from reader.ui.dialogs.feed_facts import FeedDetails

__all__ = ["FeedDetailsDialog", "FeedWish", "details_content"]

FeedWish = Literal["refresh", "browse", "stay", "found", "edit"]
"""What the reader wants done with the feed."""

ROOM_FOR_LABELS = 46
"""Below so many cells labels stand on lines of their own."""


def details_content(details: FeedDetails, width: int) -> Content:
    """The details as text for a width; everything from outside literally."""
    title = clip_cells(feed_name(details.feed), max(8, width - 16))
    word = health_word(details.health)
    well = details.health in {"ok", "new"}
    gap = " " * max(2, width - cell_len(title) - cell_len(word) - 2)
    parts: list[Content | tuple[str, str]] = [
        (title, "bold $text"),
        (gap, ""),
        ("● " if well else "! ", "$text-success" if well else "$text-warning"),
        (word, "$text-success" if well else "$text-warning"),
        ("\n", ""),
    ]
    lines = feed_lines(details)
    label_width = max(len(label) for label, _text in (*lines, (_("per day"), ""))) + 2
    narrow = width < ROOM_FOR_LABELS
    for label, text in lines:
        parts.append(("\n", ""))
        if label:
            parts.append((f"{label}\n" if narrow else label.ljust(label_width), "$text-muted"))
        parts.append((_hanging(simple(text), width, 0 if narrow or not label else label_width), "$text"))
        if not label:
            parts.append(("\n", ""))
    parts += _chart(details, width, label_width if not narrow else 0)
    return Content.assemble(*parts)


def _chart(details: FeedDetails, width: int, label_width: int) -> list[Content | tuple[str, str]]:
    counts = details.per_day[-max(7, width - label_width) :]
    if not counts:
        return []
    average = sum(counts) / len(counts)
    shown = number(round(average)) if average >= 10 or average == round(average) else decimal(average)
    label = _("per day")
    said = _("average {count}, {days} days").format(count=shown, days=len(counts))
    fits = len(counts) + 2 + cell_len(said) <= width - label_width
    return [
        ("\n\n", ""),
        (label.ljust(label_width) if label_width else f"{label}\n", "$text-muted"),
        (bars(counts), "$text-accent"),
        ("  " if fits else "\n" + " " * label_width, ""),
        (said, "$text-muted"),
    ]


def _hanging(text: str, width: int, indent: int) -> str:
    """The text broken at spaces, or anywhere in a long address, its further lines indented."""
    pieces = [text[start:end] for start, end, _joint in break_text(text, max(8, width - indent))]
    return ("\n" + " " * indent).join(pieces)


class FeedDetailsDialog(Guarded, ModalScreen[FeedWish | None]):
    """Returns what the reader wants done; None for nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,i,enter", "leave", show=False),
        Binding("r", "wish('refresh')", show=False),
        Binding("o", "wish('browse')", show=False),
        Binding("b", "wish('stay')", show=False),
        Binding("f", "wish('found')", show=False),
        Binding("E", "wish('edit')", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]

    DEFAULT_CSS = """
    FeedDetailsDialog {
        align: center middle;
        background: $background 70%;
        .box { width: 84; max-width: 100%; height: auto; max-height: 100%; padding: 1 3; scrollbar-size-vertical: 1;
            background: $surface; }
        .keys { margin-top: 1; color: $text-muted; height: auto; }
        &:ansi .box { border: round $border; }
        &.-low .box { padding: 0 1; }
    }
    """

    box = query_one(".box", VerticalScroll)
    text = query_one(".text", Static)
    keys = query_one(".keys", Static)

    def __init__(self, details: FeedDetails) -> None:
        super().__init__()
        self._details = details

    @property
    def _is_moved(self) -> bool:
        state = self._details.feed.state
        return bool(state.adopted_url or state.redirect_to)

    def compose(self) -> ComposeResult:
        """Text, and the keys that do something."""
        with VerticalScroll(classes="box"):
            yield Static("", classes="text", markup=False)
            yield Static("", classes="keys", markup=False)

    def on_resize(self) -> None:
        """Fit the text to the width."""
        width = min(84, self.size.width) - self.box.gutter.width
        self.text.update(details_content(self._details, max(16, width - 2)))
        has_found = bool(self._details.feed.state.found_url)
        self.keys.update(_keys(width, is_moved=self._is_moved, has_found=has_found))

    def on_click(self, event: events.Click) -> None:
        """A click beside the box leaves."""
        if not self.box.region.contains_point(event.screen_offset):
            self.dismiss(None)

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)

    def action_wish(self, wish: FeedWish) -> None:
        """Close, and have something done."""
        is_offered = {"stay": self._is_moved, "found": bool(self._details.feed.state.found_url)}
        if is_offered.get(wish, True):
            self.dismiss(wish)

    def action_scroll(self, rows: int) -> None:
        """Scroll where it does not fit."""
        self.box.scroll_relative(y=rows, animate=False)


def _keys(width: int, *, is_moved: bool, has_found: bool) -> Content:
    """The keys, broken between two of them and never between a key and what it does."""
    content, used = Content(""), 0
    stay = [("b", _("keep the old address"), "screen.wish('stay')")] if is_moved else []
    found = [("f", _("use the feed found"), "screen.wish('found')")] if has_found else []
    for key, label, action in (
        *found,
        ("r", _("refresh now"), "screen.wish('refresh')"),
        ("o", _("open the site"), "screen.wish('browse')"),
        *stay,
        ("E", _("edit"), "screen.wish('edit')"),
        ("Esc", _("close"), "screen.leave"),
    ):
        one = Content.assemble((key, "bold $text-accent"), (f" {label}", "$text-muted"))
        one = one.stylize(Style.from_meta({"@click": action}))
        fits = used + 3 + one.cell_length <= width
        joint = "" if not used else "   " if fits else "\n"
        content = Content.assemble(content, joint, one)
        used = one.cell_length + (used + 3 if used and fits else 0)
    return content
