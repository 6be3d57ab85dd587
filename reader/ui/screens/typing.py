"""Helps with typing in the filter bar: completion by Tab, what was asked before by Up."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.i18n import _
from reader.ui.widgets.completing import Cycle, begin

if TYPE_CHECKING:
    from reader.ui.port import ReaderPort
    from reader.ui.screens.main import MainScreen

__all__ = ["KEPT", "Typing"]

HISTORY_KEY = "filter_history"
KEPT = 50
"""Queries remembered."""


class Typing:
    """What the keys of the filter bar do beside typing."""

    def __init__(self, screen: MainScreen, reader: ReaderPort) -> None:
        self._screen = screen
        self._reader = reader
        self._cycle: Cycle | None = None
        self._history: list[str] | None = None
        self._at = -1

    async def do_filter_complete(self) -> None:
        """Complete the word; again: the next option."""
        await self._complete(1)

    async def do_filter_complete_back(self) -> None:
        """The option before."""
        await self._complete(-1)

    async def do_filter_older(self) -> None:
        """In an empty bar: what was asked before; again: before that."""
        history = await self._asked()
        text = self._screen.bar.query_text
        at = self._at + 1 if self._is_browsing(text) else 0 if not text.strip() else len(history)
        if at < len(history):
            self._at = at
            self._screen.bar.type_in(history[at])

    def do_filter_newer(self) -> None:
        """What was asked after it; from what is typed: to the list."""
        if not self._is_browsing(self._screen.bar.query_text):
            self._screen.panes.show_list()
            return
        self._at -= 1
        self._screen.bar.type_in(self._history[self._at] if self._history and self._at >= 0 else "")

    def leave(self, query: str) -> None:
        """The keys went elsewhere: say what is wrong with what was asked, and keep it, the latest first."""
        self._screen.lists.tell_problem()
        if query.strip():
            self._screen.work(partial(self._remember, query.strip()), "history", exclusive=False)

    async def _complete(self, by: int) -> None:
        """Put an option in place; where nothing fits, say so and stay: what is typed next is meant for the field."""
        field = self._screen.bar.field
        cycle = self._cycle
        here = field.value, field.cursor_position
        if cycle is not None and len(cycle.options) > 1 and here == self._place(cycle):
            cycle = cycle.step(by)
        else:
            cycle = begin(field.value, await self._reader.complete(*here), by)
            if here != (field.value, field.cursor_position):
                return  # typing went on meanwhile
        self._cycle = cycle
        if cycle is not None:
            self._screen.bar.type_in(cycle.text, cycle.cursor, told=cycle.told)
        else:
            self._screen.bar.tell(_("Nothing to complete; ⏎ goes to the list"))

    def _place(self, cycle: Cycle) -> tuple[str, int]:
        return cycle.text, cycle.cursor

    def _is_browsing(self, text: str) -> bool:
        return (
            bool(self._history) and 0 <= self._at < len(self._history or ()) and (self._history or ())[self._at] == text
        )

    async def _asked(self) -> list[str]:
        if self._history is None:
            kept = await self._reader.load_state(HISTORY_KEY, [])
            self._history = [text for text in kept if isinstance(text, str)] if isinstance(kept, list) else []
        return self._history

    async def _remember(self, query: str) -> None:
        before = await self._asked()
        self._at = -1
        self._history = [query, *(text for text in before if text != query)][:KEPT]
        if self._history != before:
            await self._reader.save_state(HISTORY_KEY, self._history)
