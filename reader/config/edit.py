"""Changes to feeds.toml made by the app: comments and order stay, and nothing anybody else wrote is lost.

Each function reads the file anew, changes the text, checks the result by loading it, and replaces the file in one
step. It is refused, with the file untouched, if the file is not the one the caller saw, or would have a new problem.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from reader.config.changing import Target, change_file
from reader.config.entries import changed, rendered
from reader.config.keys import FEED, FILTER
from reader.errors import ConfigError, NotFoundError
from reader.i18n import _
from reader.light import dataclass

if TYPE_CHECKING:
    from reader.config.entries import Entry, Source
    from reader.config.files import Stamp
    from reader.model.config import Config

__all__ = [
    "Removed",
    "Target",
    "add_entries",
    "add_feed",
    "add_feeds",
    "add_filter",
    "edit_feed",
    "edit_filter",
    "move_feed",
    "move_filter",
    "remove_feed",
    "remove_filter",
    "rename_folder",
    "restore",
]


@dataclass(frozen=True, slots=True)
class Removed:
    """An entry that was taken out, for `restore`."""

    array: str
    """``feeds`` or ``filters``."""
    text: str
    """Its lines."""
    index: int
    """Which it was, from 0."""


def add_feed(target: Target, values: Mapping[str, object]) -> Stamp:
    """Append a feed: after the last one of its folder, else after the last one.

    Args:
        target: The file; made if it does not exist.
        values: Keys as feeds.toml has them; None leaves one out.

    Returns:
        The stamp of the file as it is now.

    Raises:
        ConfigError: the change was refused.

    """

    def change(source: Source, config: Config) -> None:
        lines = {feed.line for feed in config.feeds if feed.folder == (values.get("folder") or "")}
        entries = _entries(source, "feeds")
        like = [entry for entry in entries if entry.header in lines] or entries
        at = like[-1].end if like else len(source.lines)
        source.insert(at, rendered("feeds", values, tuple(FEED)))

    return change_file(target, change, may_create=True)


def add_feeds(target: Target, feeds: Sequence[Mapping[str, object]]) -> Stamp:
    """Append many feeds in one step. Raises ConfigError."""
    return add_entries(target, feeds, ())


def add_entries(
    target: Target, feeds: Sequence[Mapping[str, object]], filters: Sequence[Mapping[str, object]]
) -> Stamp:
    """Append many feeds and filters in one step. Raises ConfigError."""

    def change(source: Source, _config: Config) -> None:
        # The later ones first: so the places of the others stay where they are.
        additions = [("feeds", feeds, tuple(FEED)), ("filters", filters, tuple(FILTER))]
        places = []
        for array, added, order in additions:
            entries = _entries(source, array) if added else []
            if added:
                places.append((entries[-1].end if entries else len(source.lines), array, added, order))
        for at, array, added, order in sorted(places, key=lambda place: (place[0], place[1]), reverse=True):
            source.insert(at, "\n".join(rendered(array, values, order) for values in added))

    return change_file(target, change, may_create=True)


def edit_feed(target: Target, url: str, changes: Mapping[str, object]) -> Stamp:
    """Set keys of a feed; None takes one away. Raises ConfigError, NotFoundError."""

    def change(source: Source, config: Config) -> None:
        entry = _feed(source, config, url)
        source.replace(entry, changed("".join(source.lines[entry.start : entry.end]), "feeds", changes))

    return change_file(target, change)


def remove_feed(target: Target, url: str) -> tuple[Removed, Stamp]:
    """Take a feed out, with its comments. Raises ConfigError, NotFoundError."""
    removed: list[Removed] = []

    def change(source: Source, config: Config) -> None:
        entry = _feed(source, config, url)
        removed.append(Removed("feeds", source.cut(entry), entry.index))

    stamp = change_file(target, change)
    return removed[0], stamp


def restore(target: Target, removed: Removed) -> Stamp:
    """Put a removed entry back where it was, as nearly as the file still has that place. Raises ConfigError."""

    def change(source: Source, _config: Config) -> None:
        entries = source.entries(removed.array)
        if removed.index < len(entries):
            at = entries[removed.index].start
        else:
            at = entries[-1].end if entries else len(source.lines)
        source.insert(at, removed.text)

    return change_file(target, change, may_create=True)


def move_feed(target: Target, url: str, *, before: str = "") -> Stamp:
    """Move a feed's entry before another one, or behind the last one. Raises ConfigError, NotFoundError."""

    def change(source: Source, config: Config) -> None:
        if before == url:
            return
        at = _feed(source, config, before).start if before else source.entries("feeds")[-1].end
        _move(source, _feed(source, config, url), at)

    return change_file(target, change)


def rename_folder(target: Target, old: str, new: str) -> Stamp:
    """Give another name to a folder and to those inside it. Raises ConfigError, NotFoundError."""

    def change(source: Source, config: Config) -> None:
        feeds = [feed for feed in config.feeds if feed.folder == old or feed.folder.startswith(old + "/")]
        if not feeds:
            raise NotFoundError(_("no folder {name}").format(name=old))
        entries = [(_feed(source, config, feed.url), new + feed.folder[len(old) :]) for feed in feeds]
        for entry, folder in sorted(entries, key=lambda pair: -pair[0].start):
            text = "".join(source.lines[entry.start : entry.end])
            source.replace(entry, changed(text, "feeds", {"folder": folder.strip("/") or None}))

    return change_file(target, change)


def add_filter(target: Target, values: Mapping[str, object]) -> Stamp:
    """Append a filter. Raises ConfigError."""

    def change(source: Source, _config: Config) -> None:
        entries = _entries(source, "filters")
        source.insert(entries[-1].end if entries else len(source.lines), rendered("filters", values, tuple(FILTER)))

    return change_file(target, change, may_create=True)


def edit_filter(target: Target, name: str, changes: Mapping[str, object]) -> Stamp:
    """Set keys of a filter; None takes one away. Raises ConfigError, NotFoundError."""

    def change(source: Source, config: Config) -> None:
        entry = _filter(source, config, name)
        source.replace(entry, changed("".join(source.lines[entry.start : entry.end]), "filters", changes))

    return change_file(target, change)


def move_filter(target: Target, name: str, *, before: str = "") -> Stamp:
    """Move a filter's entry before another one, or behind the last one. Raises ConfigError, NotFoundError."""

    def change(source: Source, config: Config) -> None:
        if before == name:
            return
        at = _filter(source, config, before).start if before else source.entries("filters")[-1].end
        _move(source, _filter(source, config, name), at)

    return change_file(target, change)


def remove_filter(target: Target, name: str) -> tuple[Removed, Stamp]:
    """Take a filter out, with its comments. Raises ConfigError, NotFoundError."""
    removed: list[Removed] = []

    def change(source: Source, config: Config) -> None:
        entry = _filter(source, config, name)
        removed.append(Removed("filters", source.cut(entry), entry.index))

    stamp = change_file(target, change)
    return removed[0], stamp


def _entries(source: Source, array: str) -> list[Entry]:
    """The entries, of which there may be more. Raises ConfigError if the file writes them as values."""
    import tomllib

    entries = source.entries(array)
    if not entries and array in tomllib.loads(str(source)):
        raise _unlike(array)
    return entries


def _move(source: Source, entry: Entry, at: int) -> None:
    """Put an entry before a line of the file as it still is."""
    length = len(source.lines)
    text = source.cut(entry)
    if at > entry.start:
        at = max(at - (length - len(source.lines)), entry.start)
    source.insert(min(at, len(source.lines)), text)


def _feed(source: Source, config: Config, url: str) -> Entry:
    line = next((feed.line for feed in config.feeds if feed.url == url), None)
    return _entry(source, "feeds", line, _("no such feed in the file"))


def _filter(source: Source, config: Config, name: str) -> Entry:
    line = next((saved.line for saved in config.filters if saved.name == name), None)
    return _entry(source, "filters", line, _("no filter named {name} in the file").format(name=name))


def _entry(source: Source, array: str, line: int | None, missing: str) -> Entry:
    if line is None:
        raise NotFoundError(missing)
    for entry in source.entries(array):
        if entry.header == line:
            return entry
    raise _unlike(array)


def _unlike(array: str) -> ConfigError:
    return ConfigError(_("this entry is not written as [[{name}]]; edit it by hand").format(name=array))
