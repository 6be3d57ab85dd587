"""A small menu of what can be done with what the cursor or the mouse is on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING

from textual.geometry import Offset

from reader.i18n import _
from reader.ui.commands import COMMANDS
from reader.ui.dialogs.choices import Choice
from reader.ui.dialogs.picker import Other, Picker

if TYPE_CHECKING:
    from textual import events

    from reader.ui.commands import KeyMap
    from reader.ui.screens.main import MainScreen

__all__ = ["MENUS", "Menus", "menu_choices"]

_OF_A_SOURCE = ("feed.refresh", "list.mark_read")
_IN_FILE = ("source.edit", "source.move_up", "source.move_down", "source.remove")
MENUS: Mapping[str, tuple[str, ...]] = {
    "place": _OF_A_SOURCE,
    "filter": (*_OF_A_SOURCE, "filter.apply", *_IN_FILE),
    "tag": _OF_A_SOURCE,
    "folder": (*_OF_A_SOURCE, "folder.rename"),
    "feed": (
        "feed.details", *_OF_A_SOURCE, "feed.open_site", "feed.rename", "feed.move", "feed.toggle", *_IN_FILE,
    ),
    "article": (
        "article.open", "article.toggle_read", "article.toggle_star", "article.tag", "article.browse",
        "article.copy_link", "article.copy_title", "article.copy_markdown", "link.list", "article.files",
        "article.save", "article.pipe", "article.fetch", "feed.details", "feed.open_site",
    ),
}  # fmt: skip
"""What is clicked to the commands its menu offers, in order."""


def menu_choices(
    kind: str, keymap: KeyMap, *, without: Collection[str] = (), labels: Mapping[str, str] | None = None
) -> tuple[Choice, ...]:
    """The lines of a menu, each with the keys it has where the menu is opened.

    Args:
        kind: What the menu is of.
        keymap: The keys.
        without: Commands that make no sense now.
        labels: What some are called now, because of what they would do.

    """
    rows = {row.id: row for row in COMMANDS}
    called = labels or {}
    places = {"app", "list", "article"} if kind == "article" else {"app", "sidebar"}
    return tuple(
        Choice(
            "command",
            id_,
            called.get(id_) or _(row.label),
            key=keymap.shown(id_) if row.where in places else "",
        )
        for id_ in MENUS.get(kind, ())
        if id_ not in without and (row := rows.get(id_)) is not None
    )


class Menus:
    """Menus of sources and articles."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def do_menu_open(self) -> None:
        """Open the menu of what the cursor is on, beside it."""
        screen = self._screen
        if screen.panes.focused is screen.sidebar:
            line = screen.sidebar.cursor - int(screen.sidebar.scroll_offset.y)
            self._open_source(screen.sidebar.region.offset + Offset(4, line))
        elif screen.panes.focused is screen.article:
            self._open_article(screen.article.region.offset + Offset(4, 1))
        else:
            self._open_article(screen.list.region.offset + Offset(4, screen.list.cursor_line))

    def open_at(self, event: events.Click) -> None:
        """Open the menu of what was clicked; the click has put the cursor there."""
        screen = self._screen
        at = Offset(event.screen_x, event.screen_y)
        if event.widget is screen.sidebar:
            self._open_source(at)
        elif event.widget in {screen.list, screen.article}:
            self._open_article(at)

    def _open_source(self, at: Offset) -> None:
        line = self._screen.sidebar.line
        if line is not None and line.source is not None:
            self._open(line.kind, line.label, at)

    def _open_article(self, at: Offset) -> None:
        article_id = self._screen.list.article_id
        row = self._screen.list.row(article_id) if article_id is not None else None
        if row is not None:
            self._open("article", row.title, at)

    def _open(self, kind: str, title: str, at: Offset) -> None:
        keymap = self._screen.keymap
        choices = menu_choices(kind, keymap, without=self._senseless(kind), labels=self._labels(kind))
        others = [
            Other(key, "", partial(self._key, str(choice.value)))
            for choice in choices
            for key in keymap.keys(str(choice.value))
            if choice.key and key not in {"enter", "up", "down", "escape"}
        ]
        self._screen.app.push_screen(Picker(title, choices, others=others, at=at), self._chosen)

    def _senseless(self, kind: str) -> tuple[str, ...]:
        """Commands that could only say that there is nothing."""
        article, article_id = self._screen.article, self._screen.list.article_id
        is_known = kind == "article" and article_id is not None and article.article_id == article_id
        return ("article.files",) if is_known and not article.has_files else ()

    def _labels(self, kind: str) -> dict[str, str]:
        """Which of two things a command will do."""
        feed = self._screen.dialogs.feed() if kind == "feed" else None
        if feed is None:
            return {}
        return {"feed.toggle": _("Disable the feed") if feed.config.is_enabled else _("Enable the feed")}

    def _key(self, id_: str, _choice: Choice) -> None:
        self._screen.action_command(id_)

    def _chosen(self, choice: Choice | None) -> None:
        if choice is not None:
            self._screen.action_command(str(choice.value))
