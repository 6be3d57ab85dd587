"""Shows what another process changed in the store: the command line, cron's refresh, a second Warta."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.errors import StorageError

if TYPE_CHECKING:
    from reader.ui.port import ReaderPort
    from reader.ui.screens.main import MainScreen

__all__ = ["Elsewhere"]


class Elsewhere:
    """Asks now and then whether anything changed, and only then reads again what is in sight."""

    def __init__(self, screen: MainScreen, reader: ReaderPort) -> None:
        self._screen = screen
        self._reader = reader
        self._is_looking = False
        self.is_stale = False
        """Something changed that is not shown yet."""

    def look(self) -> None:
        """Ask whether anything changed, unless the last look is not done yet."""
        if not self._is_looking:
            self._is_looking = True
            self._screen.work(self._look, "elsewhere")

    async def _look(self) -> None:
        try:
            self.is_stale = await self._reader.changed_elsewhere() or self.is_stale
            # A list that is asked for again forgets the range that is being picked.
            if self.is_stale and not self._screen.list.is_picking:
                await self._show()
                self.is_stale = False
        except StorageError:
            return  # tried again next time
        finally:
            self._is_looking = False

    async def _show(self) -> None:
        """Numbers, rows, list and article as they are now, the reader where he was."""
        screen = self._screen
        await self._hold(screen.list.article_id)
        screen.list.forget_rows()
        await screen.lists.load_sidebar()
        screen.lists.ask()
        screen.show_status()
        await screen.reading.look_again()

    async def _hold(self, article_id: int | None) -> None:
        """Let the article under the cursor stay in a list of unread ones though somebody else read it."""
        if article_id is not None and any(row.is_read for row in await self._reader.rows([article_id])):
            self._screen.lists.keep(article_id)
