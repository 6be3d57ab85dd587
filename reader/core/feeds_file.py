"""feeds.toml as the app changes it: written, read again, and obeyed as it is then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.errors import ConfigError, NotFoundError
from reader.fetch.threads import in_thread
from reader.i18n import _
from reader.light import dataclass

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from reader.config.changing import Target
    from reader.config.files import Stamp
    from reader.config.locate import Located
    from reader.config.steps import FileChange
    from reader.core.reader import Reader
    from reader.model import Config

__all__ = ["FeedsFile", "FileChanged"]


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

    async def read(self) -> tuple[Config, Stamp | None]:
        """What the file says now, and its stamp; None if there is no file."""
        place = self._place()
        return await in_thread(lambda: _read(place))

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
        known = self._reader.reading
        try:
            was_changed, change = await in_thread(lambda: _changed(place, edit, stamp, known))
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
        note = _("feeds.toml had been changed meanwhile; that is obeyed now too.") if was_changed else ""
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
    place: Located, edit: Callable[[Target], object], stamp: Stamp | None, known: Config
) -> tuple[bool, FileChange]:
    """Whether the file was another than when it was last read, and what the edit did to it."""
    from reader.config.changing import Target
    from reader.config.files import read_bounded
    from reader.config.steps import difference

    found, now = _read(place)
    if found.is_unusable:  # the last good copy may be what runs, but it is not what would be changed
        problem = found.problems[0]
        raise ConfigError(problem.message, path=problem.path, line=problem.line, column=problem.column)
    before = read_bounded(place.path) if now else b""
    edit(Target(place.path, stamp or now, place.may_run_commands))
    was_changed = (found.settings, found.feeds, found.filters) != (known.settings, known.feeds, known.filters)
    return was_changed, difference(before, read_bounded(place.path))
