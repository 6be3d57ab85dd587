"""What Warta can begin with: the starter that ships, and lists that other readers left on this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reader.errors import ConfigError
from reader.light import dataclass

if TYPE_CHECKING:
    from reader.config.locate import Located
    from reader.core.lists import FoundList
    from reader.model import Config

__all__ = ["Beginning", "Begun", "Offered"]

MOST_ENTRIES = 2_000
"""Names looked at in one folder."""
MOST_LISTS = 6
"""Lists read; the newest of each folder first."""
LARGEST_BYTES = 8 * 1024 * 1024
NAMED = 12
"""Feeds an offer names."""
_DOWNLOADS = ("Downloads", "Unduhan", "Documents", "Dokumen")
_LIST_NAMES = (".opml", ".opml.xml")


@dataclass(frozen=True, slots=True)
class Offered:
    """Something to begin with."""

    kind: Literal["starter", "newsboat", "opml"]
    """What it is."""
    count: int
    """Feeds in it that are not followed yet."""
    names: tuple[str, ...]
    """Some of them."""
    path: Path
    """Where it is."""
    history: Path | None = None
    """newsboat's articles beside its list, and what was read of them; None: there are none."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What came of an offer."""

    feeds: int
    """Feeds that came."""
    filters: int = 0
    """Saved filters that were made of the list's queries."""
    hidden: int = 0
    """Feeds that the other reader hid."""
    left_out: tuple[str, ...] = ()
    """What could not be taken: for each a line of what and why."""


class Beginning:
    """Looks around once, and writes what was chosen into feeds.toml. Its methods read files: not on the event loop."""

    def __init__(self, located: Located, home: Path | None = None) -> None:
        self._located = located
        self._home = home

    @property
    def is_first(self) -> bool:
        """There is no feeds.toml in the config folder yet, and no other was named."""
        path = self._located.path
        return self._located.origin == "config_folder" and not path.exists() and not path.is_symlink()

    def look(self) -> tuple[Offered, ...]:
        """What is there and not followed yet: the starter only at the very first start."""
        config = self._config()
        offers = [self._starter()] if self.is_first else []
        for path, found in self._lists():
            if offer := _offered(path, found, config):
                offers.append(replace(offer, history=self._history(path)) if offer.kind == "newsboat" else offer)
        return tuple(offers)

    def take(self, offer: Offered) -> Begun:
        """Write it into feeds.toml.

        Raises:
            ConfigError: the list or the file cannot be read or written; nothing was changed.

        """
        from reader.config.changing import Target
        from reader.config.locate import create_first
        from reader.core.lists import add_missing, missing_of, read_list

        try:
            if offer.kind == "starter":
                create_first(self._located)
                return Begun(len(self._config().feeds))
            missing = missing_of(read_list(offer.path), self._config())
            self._located.path.parent.mkdir(parents=True, exist_ok=True)
            add_missing(missing, Target(self._located.path, may_run_commands=self._located.may_run_commands))
        except OSError as error:
            from reader.text.told import os_reason

            raise ConfigError(os_reason(error), path=str(self._located.path)) from error
        return Begun(len(missing.feeds), len(missing.filters), missing.hidden, missing.left_out)

    def _config(self) -> Config:
        from reader.config.load import load

        return load(self._located.path, may_run_commands=self._located.may_run_commands)

    def _history(self, urls: Path) -> Path | None:
        from reader.config.newsboat import usual_cache

        with suppress(OSError):
            return usual_cache(urls, self._home or Path.home())
        return None

    def _starter(self) -> Offered:
        from reader.config.load import load
        from reader.config.locate import starter_path

        path = starter_path()
        feeds = load(path).feeds
        return Offered("starter", len(feeds), tuple(feed.title or feed.url for feed in feeds[:NAMED]), path)

    def _lists(self) -> Iterator[tuple[Path, FoundList]]:
        from reader.core.lists import newsboat_list, read_list

        home = self._home or Path.home()
        if newsboat := newsboat_list(home):
            yield newsboat
        read = 0
        for path in _opml_files(home):
            if read == MOST_LISTS:
                return
            with suppress(ConfigError):
                yield path, read_list(path)
                read += 1


def _offered(path: Path, found: FoundList, config: Config) -> Offered | None:
    from reader.core.lists import missing_of
    from reader.text.urls import display_host

    feeds = missing_of(found, config).feeds
    names = tuple(str(feed.get("title") or display_host(str(feed["url"]))) for feed in feeds[:NAMED])
    return Offered("newsboat" if found.form == "newsboat" else "opml", len(feeds), names, path) if feeds else None


def _opml_files(home: Path) -> Iterator[Path]:
    """OPML files at the top of a few folders, the newest first; a folder that cannot be read has none."""
    for folder in (home, *(home / name for name in _DOWNLOADS)):
        found: list[tuple[float, Path]] = []
        with suppress(OSError), os.scandir(folder) as entries:
            for number, entry in enumerate(entries):
                if number == MOST_ENTRIES:
                    break
                if entry.name.lower().endswith(_LIST_NAMES) and entry.is_file():
                    stat = entry.stat()
                    if stat.st_size <= LARGEST_BYTES:
                        found.append((stat.st_mtime, Path(entry.path)))
        yield from (path for _when, path in sorted(found, reverse=True))
