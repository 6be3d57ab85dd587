"""Lists of feeds that other readers keep, taken into feeds.toml."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reader.errors import ConfigError
from reader.i18n import _
from reader.light import dataclass
from reader.text.urls import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reader.config.edit import Target
    from reader.model import Config

__all__ = ["FoundList", "add_missing", "missing_of", "newsboat_list", "parse_list", "read_list"]


@dataclass(frozen=True, slots=True)
class FoundList:
    """What another reader's list holds."""

    form: Literal["opml", "newsboat", "warta"]
    """What kind of list it is."""
    feeds: tuple[Mapping[str, object], ...] = ()
    """Feeds by the keys of feeds.toml, each address once."""
    filters: tuple[Mapping[str, object], ...] = ()
    """Saved queries by the keys of feeds.toml, each name once."""
    duplicates: int = 0
    """Feeds that stood in it more than once."""
    left_out: tuple[str, ...] = ()
    """What could not be taken: for each a line of what and why, in the current language."""
    hidden: int = 0
    """Feeds that the other reader hid."""

    def __bool__(self) -> bool:
        return bool(self.feeds or self.filters)


def newsboat_list(home: Path | None = None) -> tuple[Path, FoundList] | None:
    """The list of newsboat in its usual place, if there is one that holds anything."""
    from reader.config.newsboat import usual_urls

    try:
        path = usual_urls(home or Path.home())
        found = read_list(path) if path else None
    except (ConfigError, OSError, RuntimeError):
        return None
    return (path, found) if path and found else None


def read_list(path: Path) -> FoundList:
    """The list in a file.

    Raises:
        ConfigError: it cannot be read, or is no list of feeds.

    """
    from reader.config.files import read_bounded
    from reader.config.opml import MAX_BYTES

    try:
        content = read_bounded(path, MAX_BYTES)
    except OSError as error:
        from reader.text.told import os_reason

        raise ConfigError(_("cannot be read: {reason}").format(reason=os_reason(error)), path=str(path)) from error
    try:
        return parse_list(content)
    except ConfigError as error:
        raise ConfigError(str(error), path=str(path), line=error.line, column=error.column) from error


def parse_list(content: bytes) -> FoundList:
    """The list in a document: OPML, or the lines of newsboat's ``urls``.

    Raises:
        ConfigError: it is no list of feeds.

    """
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if not start:
        raise ConfigError(_("is empty"))
    if start == b"<":
        return _opml(content)
    from reader.config import newsboat

    if len(content) > newsboat.MAX_BYTES:
        raise ConfigError(_("is larger than {size} MiB").format(size=newsboat.MAX_BYTES // 1024**2))
    found = newsboat.parse_urls(content)
    if not found.feeds and not found.filters:
        raise ConfigError(
            _("is not a feed list Warta can read: it imports OPML, newsboat's urls and cache.db, and its own JSON")
        )
    told = _("line {line}: {text} ({reason})")
    return FoundList(
        "newsboat",
        found.feeds,
        found.filters,
        found.duplicates,
        tuple(told.format(line=one.line, text=one.text, reason=one.reason) for one in found.left_out),
        found.hidden,
    )


def missing_of(found: FoundList, config: Config) -> FoundList:
    """Of a list, what feeds.toml has not: feeds by their address, filters by name or by what they ask."""
    known = {(feed.kind, canonical(feed.url)) for feed in config.feeds}
    names = {saved.name for saved in config.filters}
    queries = {(saved.query, saved.action) for saved in config.filters}
    feeds = tuple(
        values for values in found.feeds if (values.get("kind", "feed"), canonical(str(values["url"]))) not in known
    )
    hidden = sum(values.get("folder") == _("Hidden in newsboat") for values in feeds)
    return replace(
        found,
        feeds=feeds,
        hidden=min(found.hidden, hidden),
        filters=tuple(
            values
            for values in found.filters
            if values["name"] not in names and (values["query"], values.get("action", "")) not in queries
        ),
    )


def add_missing(missing: FoundList, target: Target) -> None:
    """Append a list to feeds.toml in one step; comments and order of what is there stay.

    Raises:
        ConfigError: the change was refused; the file is as it was.

    """
    from reader.config.edit import add_entries

    if missing:
        add_entries(target, missing.feeds, missing.filters)


def _opml(content: bytes) -> FoundList:
    from reader.config.opml import parse_opml

    found = parse_opml(content)
    reason = _("not a web source")
    left_out = tuple(f"{address} ({reason})" for address in found.refused)
    return FoundList("opml", found.feeds, duplicates=found.duplicates, left_out=left_out)
