"""Which keys the status line reminds of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.i18n import _
from reader.ui.commands import command
from reader.ui.widgets.status_line import Hint

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen

__all__ = ["hints"]

_BY_PANE = {
    "list": (
        "article.open", "filter.focus", "help.open", "sidebar.toggle", "article.toggle_star", "step.undo",
        "article.page_on", "article.next_unread",
    ),
    "article": (
        "article.page_on", "article.next_unread", "view.back", "help.open", "article.toggle_star", "find.open",
        "link.hint", "article.browse", "article.fetch",
    ),
    "sidebar": ("article.open", "filter.focus", "help.open", "feed.refresh", "feed.details", "source.jump"),
}  # fmt: skip
"""Commands by weight; as many are shown as fit."""


def hints(screen: MainScreen) -> tuple[Hint, ...]:
    """The keys that help in the pane that has them."""
    if screen.bar.field.has_focus:
        shown = (("⏎", _("to the list")), ("Esc", _("leave")), ("Ctrl+G", _("everywhere")))
        return tuple(Hint(key, label) for key, label in shown)
    focused = screen.panes.focused
    place = "article" if focused is screen.article else "sidebar" if focused is screen.sidebar else "list"
    return tuple(
        Hint(keys.split()[0], _(command(id_).label).lower(), f"screen.command('{id_}')")
        for id_ in _BY_PANE[place]
        if (keys := screen.keymap.shown(id_)) and (id_ != "sidebar.toggle" or screen.panes.mode != "three")
    )
