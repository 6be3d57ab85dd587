"""Takes over feeds.toml when it was saved, and lets the store be watched from the same moment."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reader.i18n import _, number
from reader.model import Config

if TYPE_CHECKING:
    from reader.model.config import ConfigProblem
    from reader.ui.port import ReaderPort
    from reader.ui.screens.elsewhere import Elsewhere
    from reader.ui.screens.main import MainScreen

__all__ = ["ConfigLoader", "Watching", "first_of", "placed"]

ConfigLoader = Callable[[], Config]

LOOK_SECONDS = 2.0
STORE_LOOK_SECONDS = 1.5
"""How often it is asked whether another process changed the store. What changed meanwhile is shown in one go."""


class Watching:
    """Looks at the file now and then: editors replace it in so many ways that nothing else is told by all of them."""

    def __init__(self, screen: MainScreen, reader: ReaderPort, load: ConfigLoader | None) -> None:
        self._screen = screen
        self._reader = reader
        self._load = load
        self._seen = _stamp(reader.config.path)
        self._obeyed = reader.config

    @cached_property
    def elsewhere(self) -> Elsewhere:
        """Watches the store; loaded with the first look."""
        from reader.ui.screens.elsewhere import Elsewhere

        return Elsewhere(self._screen, self._reader)

    def start(self) -> None:
        """Look from now on."""
        self._screen.set_interval(STORE_LOOK_SECONDS, self.look_elsewhere)
        if self._load is not None:
            self._screen.set_interval(LOOK_SECONDS, self.look)

    def look_elsewhere(self) -> None:
        """Ask whether another process changed the store."""
        self.elsewhere.look()

    def look(self) -> None:
        """Take the file over if it is another than before."""
        stamp = _stamp(self._reader.config.path)
        if stamp != self._seen:
            self._seen = stamp
            self._screen.work(self._take_over, "config")

    async def look_now(self) -> None:
        """The file was just written: take it over without waiting for the next look."""
        self._seen = _stamp(self._reader.config.path)
        await self._take_over()

    async def _take_over(self) -> None:
        if self._load is None:
            return
        config = await asyncio.to_thread(self._load)
        from reader.ui.screens.obeying import obey

        screen = self._screen
        before, is_known = self._obeyed, config == self._reader.reading
        if not is_known:  # else the app wrote it itself; somebody else may have written too
            await self._reader.use_config(config)
        self._obeyed = self._reader.config
        told = obey(screen, before, self._obeyed)
        if is_known:
            return
        troubles = [*map(placed, config.problems), *told]
        screen.list.set_now(self._reader.now(), self._reader.zone)
        screen.list.forget_rows()
        await screen.lists.load_sidebar()
        screen.lists.ask()
        screen.reading.look()
        if config.origin != "file":
            screen.say(self._unread(config), is_warning=True)
        elif troubles:
            screen.say(first_of(troubles), is_warning=True)
        else:
            screen.say(_("feeds.toml reloaded"))
        self._reader.wake()

    def _unread(self, config: Config) -> str:
        """Why the file is not obeyed, and where; what is done about it comes last, where it may be cut off."""
        said = _("the previous version stays in use")
        key = self._screen.keymap.shown("problems.show").split()
        more = [_("{key} for details").format(key=key[0])] if key and config.problems else []
        where = [placed(config.problems[0], has_column=True)] if config.problems else [_("feeds.toml cannot be read")]
        return " · ".join((*where, *more, said))


def placed(problem: ConfigProblem, *, is_named: bool = True, has_column: bool = False) -> str:
    """A problem behind its line, and the file's name; the folder it lies in is long, and known."""
    parts = [Path(problem.path).name] if problem.path and is_named else []
    if problem.line:
        parts.append(_("line {line}").format(line=number(problem.line)))
        if problem.column and has_column:
            parts.append(_("column {column}").format(column=number(problem.column)))
    return ": ".join(filter(None, (", ".join(parts), problem.message)))


def first_of(troubles: Sequence[str]) -> str:
    """The first trouble, and how many there are beside it."""
    more = len(troubles) - 1
    return _("{first} (and {count} more)").format(first=troubles[0], count=more) if more else troubles[0]


def _stamp(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except OSError:
        return (0, 0)
    return (stat.st_mtime_ns, stat.st_size)
