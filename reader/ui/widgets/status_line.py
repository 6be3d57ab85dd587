"""The bottom line: one thing at a time, by weight, and the keys that help here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from reader.i18n import _, ngettext, number
from reader.light import dataclass
from reader.ui.cells import clip_cells, simple

if TYPE_CHECKING:
    from reader.model import RefreshProgress

__all__ = ["Hint", "Status", "StatusLine", "progress_text", "status_content"]

_BAR_CELLS = 20
_LEAST_IDLE = 20
"""Cells that how things stand keeps before the first hints go after all."""
_LEAST_WITH_HELP = 50
"""From so many cells on the way to help stays beside whatever is said."""
_HINTS_FIRST = 3
"""So many hints are worth more than how things stand."""


class Hint(NamedTuple):
    """A key, what it does, and the action a click on it runs."""

    key: str
    label: str
    action: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """What there is to say. Bad news come first, then the first that is not empty."""

    progress: RefreshProgress | None = None
    """A refresh that is under way."""
    message: str = ""
    """Something that just happened."""
    idle: str = ""
    """How things stand."""
    is_warning: bool = False
    """The message is bad news."""
    is_kept: bool = False
    """The message goes before the progress of what it began."""


def progress_text(progress: RefreshProgress) -> str:
    """``12/20 feeds · 84 new · 2 failed``."""
    done = _("{done}/{total} feeds").format(done=number(progress.done), total=number(progress.total))
    new = _("{count} new").format(count=number(progress.new)) if progress.new else ""
    failed = ngettext("{count} failed", "{count} failed", progress.failed).format(count=progress.failed)
    return " · ".join(filter(None, (done, new, failed if progress.failed else "")))


def status_content(status: Status, hints: Sequence[Hint], width: int) -> Content:
    """The line in exactly so many cells: what is said at the left, as many hints as fit at the right."""
    kept = _needed([hint for hint in hints if "help.open" in hint.action]) if width >= _LEAST_WITH_HELP else 0
    left = _left(status, width, _needed(hints[:_HINTS_FIRST]), kept)
    room = width - left.cell_length - 5
    right = Content("")
    spare = kept + 2 if kept else 0
    for hint in hints:
        one = _hint(hint)
        longer = Content.assemble(right, "  ", one) if right else one
        is_kept = "help.open" in hint.action
        if longer.cell_length + (0 if is_kept else spare) > room:
            if spare and not is_kept:
                continue
            break
        spare = 0 if is_kept else spare
        right = longer
    gap = max(0, width - 2 - left.cell_length - right.cell_length)
    return Content.assemble(" ", left, " " * gap, right, " ")


def _needed(hints: Sequence[Hint]) -> int:
    return sum(_hint(hint).cell_length for hint in hints) + 2 * max(0, len(hints) - 1)


def _left(status: Status, width: int, needed: int, kept: int) -> Content:
    if (progress := status.progress) and not (status.message and (status.is_warning or status.is_kept)):
        text = Content(f"↻ {clip_cells(progress_text(progress), max(4, width - 6))}")
        cells = min(_BAR_CELLS, width - text.cell_length - 4)
        return Content.assemble(text, "  ", _bar(progress, cells)) if cells >= 6 else text
    if status.message:
        text = Content(clip_cells(simple(status.message), max(1, width - 2 - (kept + 3 if kept else 0))))
        return text.stylize("$text-warning" if status.is_warning else "$text")
    idle = simple(status.idle)
    while " · " in idle and cell_len(idle) + 5 + needed > width:
        idle = idle.partition(" · ")[2]
    room = width - 5 - needed
    return Content(clip_cells(idle, room if room >= _LEAST_IDLE else max(1, width - 2))).stylize("$text-muted")


def _bar(progress: RefreshProgress, cells: int) -> Content:
    done = cells if not progress.total else round(cells * progress.done / progress.total)
    full = "━" * done
    return Content.assemble((full, "$primary"), ("─" * (cells - done), "$foreground 40%"))


def _hint(hint: Hint) -> Content:
    content = Content.assemble((hint.key, "$primary"), (f" {hint.label}", "$text-muted"))
    if hint.action:
        content = content.stylize(Style.from_meta({"@click": hint.action}))
    return content


class StatusLine(Widget):
    """Paints `Status`."""

    DEFAULT_CSS = "StatusLine { height: 1; }"

    auto_links = False
    status: reactive[Status] = reactive(Status())
    """What is said."""
    hints: reactive[tuple[Hint, ...]] = reactive(())
    """Keys, the weightiest first."""

    def render(self) -> Content:
        """One line."""
        return status_content(self.status, self.hints, self.size.width)
