"""The first start: offers what there is to begin with, and begins."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Literal

from reader.i18n import _, ngettext, number
from reader.ui.commands import COMMANDS

if TYPE_CHECKING:
    from reader.core.beginning import Beginning, Offered
    from reader.ui.port import ReaderPort
    from reader.ui.screens.main import MainScreen

__all__ = ["Beginnings"]

ADD = "feed.add"


class Beginnings:
    """Lists of feeds that could be taken in."""

    def __init__(self, screen: MainScreen, reader: ReaderPort) -> None:
        self._screen = screen
        self._reader = reader

    async def do_feeds_begin(self) -> None:
        """Offer the starter, other readers' lists, or an address of one's own."""
        beginning = self._screen.beginning
        if beginning is None:
            self._screen.say(_("Nothing to import: the demo has its own feeds"))
            return
        from reader.ui.dialogs.welcome import Welcome

        offers = await asyncio.to_thread(beginning.look)
        has_own = any(row.id == ADD for row in COMMANDS)
        page = Welcome(offers, path=self._reader.config.path, is_first=beginning.is_first, has_own=has_own)
        self._screen.app.push_screen(page, partial(self._chosen, beginning))

    def _chosen(self, beginning: Beginning, choice: Offered | Literal["own"] | None) -> None:
        if choice == "own":
            self._screen.action_command(ADD)
        elif choice is not None:
            self._screen.work(partial(self._take, beginning, choice), "command", exclusive=False)

    async def _take(self, beginning: Beginning, offer: Offered) -> None:
        count = await asyncio.to_thread(beginning.take, offer)
        await self._screen.watching.look_now()
        text = ngettext("{count} feed added", "{count} feeds added", count)
        self._screen.say(text.format(count=number(count)))
