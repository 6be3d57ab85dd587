"""The first start: offers what there is to begin with, and begins."""

from __future__ import annotations

import asyncio
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reader.errors import ConfigError, StorageError
from reader.i18n import _, ngettext, number
from reader.text.clean import clean_line
from reader.ui.commands import COMMANDS
from reader.ui.screens.late import UNFINISHED

if TYPE_CHECKING:
    from reader.core.beginning import Beginning, Begun, Offered
    from reader.core.exchange import Taken
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
        if offer.history is not None:
            # Once its feeds are followed, the list is not offered again: what is broken off would be lost.
            await self._reader.save_state(UNFINISHED, str(offer.history.absolute()))
        try:
            begun = await asyncio.to_thread(beginning.take, offer)
        except ConfigError:
            await self._reader.save_state(UNFINISHED, None)
            raise
        await self._screen.watching.look_now()
        self._screen.dialogs.left_out = begun.left_out
        is_bad = bool(begun.left_out)
        self._screen.say(self._told(begun), is_warning=is_bad)
        if offer.history is not None:
            await self._take_history(offer.history, self._skipped(begun))

    async def go_on(self, path: object) -> None:
        """Take the history in whose taking was broken off; what is here already is not taken twice."""
        if self._reader.config.origin == "missing":
            return  # feeds.toml cannot be read: articles of feeds that are not followed would be left out
        if isinstance(path, str) and await asyncio.to_thread(os.path.isfile, path):
            await self._take_history(Path(path), [])

    async def _take_history(self, path: Path, skipped: list[str]) -> None:
        """Take newsboat's articles in, while the feeds are fetched, and tell what came."""
        screen, name = self._screen, clean_line(path.name)

        def tell(count: int) -> None:
            text = ngettext("{count} article", "{count} articles", count).format(count=number(count))
            screen.telling.work(f"newsboat: {text}")

        try:
            taken = await self._reader.exchange.take_newsboat(path, told=tell)
            told, is_bad = self._told_taken(taken, name), taken.trouble is not None
        except ConfigError as error:
            told, is_bad = f"{name}: {clean_line(str(error))}", True
        except StorageError:
            self._show_anew()
            raise
        finally:
            screen.telling.work("")
        self._show_anew()
        screen.say(" · ".join((told, *skipped)), is_warning=is_bad or bool(skipped))
        await self._reader.save_state(UNFINISHED, None)

    def _show_anew(self) -> None:
        """Show what was stored, also if it is not all."""
        self._screen.list.forget_rows()
        self._screen.lists.ask()
        self._screen.lists.update_sidebar()

    def _told_taken(self, taken: Taken, name: str) -> str:
        """What came of newsboat's articles, and why no more."""
        new = ngettext("{count} article added", "{count} articles added", taken.new).format(count=number(taken.new))
        marked = ngettext("{count} marked", "{count} marked", taken.marked).format(count=number(taken.marked))
        told = f"{new}, {marked}"
        if taken.trouble is None:
            return told
        reason = clean_line(str(taken.trouble))
        return _("{taken}; the rest is missing: {file} {reason}").format(taken=told, file=name, reason=reason)

    def _told(self, begun: Begun) -> str:
        """What came, in the words of ``warta import``."""
        told = [ngettext("{count} feed added", "{count} feeds added", begun.feeds).format(count=number(begun.feeds))]
        if begun.filters:
            text = ngettext("{count} saved filter added", "{count} saved filters added", begun.filters)
            told.append(text.format(count=number(begun.filters)))
        told += self._skipped(begun)
        if begun.hidden:
            text = ngettext(
                "{count} feed that newsboat hid is in the folder {folder}",
                "{count} feeds that newsboat hid are in the folder {folder}",
                begun.hidden,
            )
            told.append(text.format(count=number(begun.hidden), folder=_("Hidden in newsboat")))
        return " · ".join(told)

    def _skipped(self, begun: Begun) -> list[str]:
        """How much could not be taken, and which key tells what."""
        count = len(begun.left_out)
        if not count:
            return []
        key = self._screen.keymap.shown("problems.show").split()
        details = [_("{key} for details").format(key=key[0])] if key else []
        return [ngettext("{count} skipped", "{count} skipped", count).format(count=number(count)), *details]
