"""Parts of the screen that the first paint does not need: each is loaded with the first command it carries out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reader.ui.port import ReaderPort
    from reader.ui.screens.beginning import Beginnings
    from reader.ui.screens.filtering import Filtering
    from reader.ui.screens.main import MainScreen
    from reader.ui.screens.menus import Menus
    from reader.ui.screens.outings import Outings
    from reader.ui.screens.subscribing import Subscribing
    from reader.ui.screens.tagging import Tagging
    from reader.ui.screens.taking import Taking
    from reader.ui.screens.typing import Typing

__all__ = ["UNFINISHED", "LateParts"]

UNFINISHED = "newsboat_history"
"""The state that names newsboat's articles which were chosen on the first page and are not taken yet."""

_HOMES: Mapping[str, tuple[str, ...]] = {
    "outings": (
        "article.browse", "article.copy_link", "article.copy_markdown", "article.copy_title", "feed.open_site",
        "link.hint", "link.list", "link.open",
    ),
    "taking": ("article.save", "article.pipe", "article.files"),
    "tagging": ("article.tag", "list.tag"),
    "menus": ("menu.open",),
    "filtering": (
        "filter.save", "filter.apply", "list.star",
    ),
    "subscribing": (
        "feed.add", "feed.follow_found", "feed.move", "feed.rename", "feed.toggle", "folder.rename", "source.edit",
        "source.move_down", "source.move_up", "source.remove",
    ),
    "beginnings": ("feeds.begin",),
    "typing": ("filter.complete", "filter.complete_back", "filter.older", "filter.newer"),
}  # fmt: skip
"""Part to the commands it carries out, each in a method ``do_noun_verb``."""

_PART_OF = {id_: part for part, ids in _HOMES.items() for id_ in ids}


class LateParts:
    """Makes each part when it is first asked for."""

    def __init__(self, screen: MainScreen, reader: ReaderPort) -> None:
        self._screen = screen
        self._reader = reader

    def doer(self, id_: str) -> Callable[..., Any] | None:
        """What carries a command out; None if it is none of these parts'."""
        if id_ not in _PART_OF:
            return None
        doer: Callable[..., Any] = getattr(getattr(self, _PART_OF[id_]), f"do_{id_.replace('.', '_')}")
        return doer

    async def go_on(self) -> None:
        """Go on with what the last session left unfinished."""
        if (path := await self._reader.load_state(UNFINISHED)) is not None:
            await self.beginnings.go_on(path)

    def close(self) -> None:
        """Warta ends."""
        if "taking" in vars(self):
            self.taking.close()

    @cached_property
    def outings(self) -> Outings:
        """What leaves Warta."""
        from reader.ui.screens.outings import Outings

        return Outings(self._screen, self._reader)

    @cached_property
    def taking(self) -> Taking:
        """What becomes a file, or another program's."""
        from reader.ui.screens.taking import Taking

        return Taking(self._screen, self._reader)

    @cached_property
    def tagging(self) -> Tagging:
        """The reader's tags."""
        from reader.ui.screens.tagging import Tagging

        return Tagging(self._screen, self._reader)

    @cached_property
    def menus(self) -> Menus:
        """What can be done with what the cursor is on."""
        from reader.ui.screens.menus import Menus

        return Menus(self._screen)

    @cached_property
    def filtering(self) -> Filtering:
        """The reader's filters."""
        from reader.ui.screens.filtering import Filtering

        return Filtering(self._screen, self._reader)

    @cached_property
    def subscribing(self) -> Subscribing:
        """The feeds of feeds.toml."""
        from reader.ui.screens.subscribing import Subscribing

        return Subscribing(self._screen, self._reader)

    @cached_property
    def beginnings(self) -> Beginnings:
        """What there is to begin with."""
        from reader.ui.screens.beginning import Beginnings

        return Beginnings(self._screen, self._reader)

    @property
    def typing(self) -> Typing:
        """The filter bar's keys."""
        return self.filtering.typing
