"""feeds.toml as the app changes it: written, read again, and obeyed as it is then."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from reader.core.turns import in_turn
from reader.errors import ConfigError, NotFoundError
from reader.fetch.threads import in_thread
from reader.i18n import _
from reader.light import dataclass

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

    from reader.config.changing import Target
    from reader.config.files import Stamp
    from reader.config.locate import Located
    from reader.config.steps import FileChange
    from reader.core.reader import Reader
    from reader.model import Config

if sys.platform != "win32":
    import fcntl

__all__ = ["FeedsFile", "FileChanged"]

_PATIENCE = 5.0
"""Seconds another process may take to change the file."""


@dataclass(frozen=True, slots=True)
class FileChanged:
    """What came of a change."""

    note: str
    """A sentence if somebody else had changed the file meanwhile; else empty."""
    change: FileChange
    """What it did, for taking it back."""


class FeedsFile:
    """The file the running configuration came from."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.turns = reader.turns

    async def read(self) -> tuple[Config, Stamp | None]:
        """What the file says now, and its stamp; None if there is no file."""
        place = self._place()
        return await in_thread(lambda: _read(place))

    @in_turn
    async def change(
        self,
        edit: Callable[[Target], object],
        *,
        stamp: Stamp | None = None,
        then: Callable[[], Awaitable[None]] | None = None,
    ) -> FileChanged:
        """Change the file and obey it as it is then.

        Args:
            edit: Changes it.
            stamp: What it was like when the caller saw it: refused if it is another; None: whatever it is now.
            then: Done between writing and obeying.

        Raises:
            ConfigError: it was refused, and nothing was written.
            NotFoundError: what is to be changed is not in the file.

        """
        from reader.config.load import load

        place = self._place()
        known, is_lost = self._reader.reading, bool(self._reader.config.feeds)
        try:
            was_changed, change = await in_thread(lambda: _changed(place, edit, stamp, known, is_lost=is_lost))
        except ConfigError as error:
            message = f"{place.path.name}: {error}"
            raise ConfigError(message, path=error.path, line=error.line, column=error.column) from error
        except NotFoundError as error:
            raise NotFoundError(f"{place.path.name}: {error}") from error
        except OSError as error:
            from reader.text.told import os_reason

            raise ConfigError(f"{place.path.name}: {os_reason(error)}", path=str(place.path)) from error
        if then is not None:
            await then()
        config = await in_thread(
            lambda: load(place.path, last_good=place.last_good, may_run_commands=place.may_run_commands)
        )
        await self._reader.use_config(config)
        note = _("feeds.toml had changed meanwhile; those changes now apply too.") if was_changed else ""
        return FileChanged(note, change)

    def _place(self) -> Located:
        from reader.config.locate import Located

        running = self._reader.config
        return Located(running.path, self._reader.data_dir, running.may_run_commands)


def _read(place: Located) -> tuple[Config, Stamp | None]:
    from reader.config.files import Stamp
    from reader.config.load import load

    stamp = Stamp.of(place.path) if place.path.exists() else None
    return load(place.path, may_run_commands=place.may_run_commands), stamp


def _changed(
    place: Located, edit: Callable[[Target], object], stamp: Stamp | None, known: Config, *, is_lost: bool
) -> tuple[bool, FileChange]:
    """Whether the file was another than when it was last read, and what the edit did to it.

    Args:
        place: The file.
        edit: Changes it.
        stamp: What it must be like.
        known: What it said when it was last read.
        is_lost: Feeds are followed that were in the file: without it there is nothing to change.

    """
    from reader.config.changing import Target
    from reader.config.files import read_bounded
    from reader.config.steps import difference

    with _alone(place.data_dir / "feeds.lock"):
        found, now = _read(place)
        if found.is_unusable:  # the last good copy may be what runs, but it is not what would be changed
            problem = found.problems[0]
            raise ConfigError(problem.message, path=problem.path, line=problem.line, column=problem.column)
        if now is None and is_lost:
            raise ConfigError(_("no such file"), path=str(place.path))
        before = read_bounded(place.path) if now else b""
        edit(Target(place.path, stamp or now, place.may_run_commands))
        was_changed = (found.settings, found.feeds, found.filters) != (known.settings, known.feeds, known.filters)
        return was_changed, difference(before, read_bounded(place.path))


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep the app's other copies from changing the file, where the system can. Raises ConfigError."""
    if sys.platform == "win32":
        yield
        return
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        file = path.open("ab")
    except OSError:  # without a lock it is as it was: what changed meanwhile is seen by the stamp
        yield
        return
    with file:
        _lock(file.fileno())
        yield


def _lock(number: int) -> None:
    end = time.monotonic() + _PATIENCE
    while sys.platform != "win32":
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                raise ConfigError(_("is being changed by another Warta; try again")) from None
            time.sleep(0.02)
        except OSError:  # a file system without locks
            return
        else:
            return
