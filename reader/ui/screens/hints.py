"""Which keys the status line reminds of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.i18n import _
from reader.ui.commands import command
from reader.ui.keys import display
from reader.ui.widgets.status_line import Hint

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen

__all__ = ["hints"]

_BY_PANE = {
    "list": (
        "article.open", "filter.focus", "help.open", "sidebar.toggle", "article.toggle_star", "step.undo",
        "article.page_on", "article.next_unread", "menu.open",
    ),
    "article": (
        "article.page_on", "view.back", "article.next_unread", "help.open", "article.toggle_star", "find.open",
        "link.hint", "article.browse", "article.fetch", "article.save", "menu.open",
    ),
    "sidebar": (
        "article.open", "filter.focus", "help.open", "feed.refresh", "feed.details", "feed.add", "source.edit",
        "source.jump", "menu.open",
    ),
    "range": ("list.pick", "article.toggle_read", "article.toggle_star", "article.tag", "help.open"),
}  # fmt: skip
"""Commands by weight; as many are shown as fit."""


def hints(screen: MainScreen) -> tuple[Hint, ...]:
    """The keys that help in the pane that has them."""
    if screen.bar.field.has_focus:
        return _of_the_bar(screen)
    if screen.exit_status:  # nothing else is of use
        return _named(screen, ("help.open", "app.quit"))
    if screen.article.is_hinting:
        return (Hint("a–z", _("type a letter")), Hint("Esc", _("cancel")))
    focused = screen.panes.focused
    place = "article" if focused is screen.article else "sidebar" if focused is screen.sidebar else "list"
    if place == "list" and screen.list.is_picking:
        place = "range"
    ids = [id_ for id_ in _BY_PANE[place] if id_ != "sidebar.toggle" or screen.panes.mode != "three"]
    if place == "article" and screen.reading.other_text:
        ids.insert(2, "article.fetch")
    return _named(screen, tuple(dict.fromkeys(ids)))


def _named(screen: MainScreen, ids: Sequence[str]) -> tuple[Hint, ...]:
    return tuple(
        Hint(keys.split()[0], _label(screen, id_), f"screen.command('{id_}')")
        for id_ in ids
        if (keys := screen.keymap.shown(id_))
    )


def _label(screen: MainScreen, id_: str) -> str:
    other = screen.reading.other_text if id_ == "article.fetch" else ""
    return other or _(command(id_).label).lower()


def _of_the_bar(screen: MainScreen) -> tuple[Hint, ...]:
    """While a filter is typed only keys that type nothing help."""
    rows = (("filter.complete", _("complete")), ("filter.save", _("save")), ("filter.widen", _("everywhere")))
    found = [Hint("⏎", _("to the list")), Hint("Esc", _("leave"))]
    for id_, label in rows:
        silent = [key for key in screen.keymap.keys(id_) if len(key) > 1]
        found += [Hint(display(key), label) for key in silent[:1]]
    return tuple(found)
