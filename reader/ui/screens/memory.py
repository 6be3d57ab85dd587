"""What the screen remembers from one start to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.timer import Timer

from reader.light import dataclass
from reader.ui.screens.listing import listing_from_state, listing_to_state

if TYPE_CHECKING:
    from reader.ui.port import ReaderPort
    from reader.ui.screens.main import MainScreen

__all__ = ["LeftAt", "Memory"]

KEY = "screen"
QUIET_SECONDS = 1.0
"""So long nothing changes before it is written."""
SPOTS = 100
"""Articles whose place is kept from one start to the next."""


@dataclass(frozen=True, slots=True)
class LeftAt:
    """Where the reader was in the list."""

    article_id: int | None = None
    """The article under the cursor; None: none."""
    rows_above: int | None = None
    """Rows of the list in sight above it; None: not known."""
    is_reading: bool = False
    """The article had the keys."""


class Memory:
    """Source, filter, article, folds, widths, and how far list and articles are scrolled."""

    def __init__(self, screen: MainScreen, reader: ReaderPort) -> None:
        self._screen = screen
        self._reader = reader
        self._timer: Timer | None = None
        self._kept: dict[str, Any] = {}

    async def restore(self) -> LeftAt:
        """Take over what the last session left; where in the list it was."""
        state = await self._reader.load_state(KEY, {})
        if not isinstance(state, dict):
            return LeftAt()
        self._kept = state
        lists = self._screen.lists
        lists.listing = listing_from_state(state.get("listing"))
        folded = state.get("folded")
        lists.folded = {str(key) for key in folded} if isinstance(folded, list) else set()
        self._screen.panes.from_state(state.get("panes"))
        self._screen.bar.set_query(lists.listing.query)
        self._screen.article.spots.from_state(state.get("spots"))
        article_id, above = state.get("article"), state.get("rows_above")
        return LeftAt(
            article_id if isinstance(article_id, int) else None,
            above if isinstance(above, int) and 0 <= above < 1000 else None,
            state.get("is_reading") is True,
        )

    def watch(self) -> None:
        """Notice from now on how far list and article are scrolled."""
        for view in (self._screen.list, self._screen.article):
            self._screen.watch(view, "scroll_y", self.later, init=False)

    def later(self) -> None:
        """Something changed: write it once nothing changes for a moment."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._screen.set_timer(QUIET_SECONDS, lambda: self._screen.work(self.save, "memory"))

    async def save(self) -> None:
        """Write it, if it is another than before."""
        screen, lists = self._screen, self._screen.lists
        state = {
            "listing": listing_to_state(lists.listing),
            "article": screen.list.article_id,
            "rows_above": max(0, screen.list.cursor - screen.list.first),
            "is_reading": screen.panes.focused is screen.article and screen.article.article_id is not None,
            "spots": screen.article.spots.to_state(SPOTS),
            "folded": sorted(lists.folded),
            "panes": screen.panes.to_state(),
        }
        if state != self._kept:
            self._kept = state
            await self._reader.save_state(KEY, state)
