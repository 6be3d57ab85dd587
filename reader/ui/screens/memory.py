"""What the screen remembers from one start to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.timer import Timer

from reader.ui.screens.listing import listing_from_state, listing_to_state

if TYPE_CHECKING:
    from reader.ui.port import ReaderPort
    from reader.ui.screens.main import MainScreen

__all__ = ["Memory"]

KEY = "screen"
QUIET_SECONDS = 1.0
"""So long nothing changes before it is written."""


class Memory:
    """Source, filter, article, folds and widths."""

    def __init__(self, screen: MainScreen, reader: ReaderPort) -> None:
        self._screen = screen
        self._reader = reader
        self._timer: Timer | None = None
        self._kept: dict[str, Any] = {}

    async def restore(self) -> int | None:
        """Take over what the last session left.

        Returns:
            The article the cursor was on; None: none.

        """
        state = await self._reader.load_state(KEY, {})
        if not isinstance(state, dict):
            return None
        self._kept = state
        lists = self._screen.lists
        lists.listing = listing_from_state(state.get("listing"))
        folded = state.get("folded")
        lists.folded = {str(key) for key in folded} if isinstance(folded, list) else set()
        self._screen.panes.from_state(state.get("panes"))
        self._screen.bar.set_query(lists.listing.query)
        article_id = state.get("article")
        return article_id if isinstance(article_id, int) else None

    def later(self) -> None:
        """Something changed: write it once nothing changes for a moment."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._screen.set_timer(QUIET_SECONDS, lambda: self._screen.work(self.save, "memory"))

    async def save(self) -> None:
        """Write it, if it is another than before."""
        lists = self._screen.lists
        state = {
            "listing": listing_to_state(lists.listing),
            "article": self._screen.list.article_id,
            "folded": sorted(lists.folded),
            "panes": self._screen.panes.to_state(),
        }
        if state != self._kept:
            self._kept = state
            await self._reader.save_state(KEY, state)
