"""What feeds.toml says, checked."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reader.light import dataclass

if TYPE_CHECKING:
    from reader.model.feeds import FeedConfig

FilterAction = Literal["", "mute", "highlight", "star", "read", "tag"]


@dataclass(frozen=True, slots=True)
class FilterConfig:
    """One ``[[filters]]`` entry: a saved query, or a rule if it has an action."""

    name: str
    """Shown in the sidebar."""
    query: str
    """In the filter language."""
    action: FilterAction = ""
    """What happens to what matches; empty: a saved query."""
    tag: str = ""
    """For ``tag:NAME``: the name."""
    notify: bool = False
    """Tell when something new matches."""
    until: date | None = None
    """The rule's last day."""
    color: str = ""
    """For highlight: a theme colour's name."""
    line: int = 0
    """Line in feeds.toml, from 1."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The ``[settings]`` table; the defaults are Warta's."""

    language: Literal["auto", "id", "en"] = "auto"
    """The interface's language."""
    theme: str = "warta-dark"
    """A theme's name, or ``auto``."""
    timezone: str = ""
    """IANA name; empty: the system's."""
    refresh_minutes: int = 60
    """Default interval for feeds, at least 15."""
    mark_read: Literal["open", "end", "manual"] = "open"
    """When an article counts as read."""
    rows: Literal["comfortable", "compact"] = "comfortable"
    """Height of list rows."""
    keys: Literal["default", "newsboat", "emacs"] = "default"
    """Preset of keys."""
    animation: Literal["auto", "off"] = "auto"
    """Whether things move."""
    keep_days: int = 0
    """Retention; 0: everything for ever."""
    max_articles: int = 0
    """Retention per feed; 0: no bound."""
    merge: bool = True
    """The same article of two feeds is one row."""
    browser: tuple[str, ...] = ()
    """Argument list; empty: the system's."""
    player: tuple[str, ...] = ()
    """Argument list for enclosures; empty: the browser's way."""
    pipe: tuple[str, ...] = ()
    """Argument list an article is piped to."""
    downloads: str = "~/Downloads"
    """Folder for saved articles and enclosures."""


@dataclass(frozen=True, slots=True)
class ConfigProblem:
    """Something in feeds.toml that was passed over, and how to mend it."""

    message: str
    """A sentence, in the language in use when the file was read."""
    path: str = ""
    """The file."""
    line: int = 0
    """From 1; 0 if unknown."""
    column: int = 0
    """From 1; 0 if unknown."""
    key: str = ""
    """The key it is about."""
    suggestion: str = ""
    """The nearest known key or value; empty: none near."""
    at: tuple[str | int, ...] = ()
    """Where in the document: table, number of the entry from 0, key; empty: nowhere in it."""

    def __str__(self) -> str:
        where = ":".join([self.path, *(str(n) for n in (self.line, self.column) if n)])
        return f"{where}: {self.message}" if where else self.message


@dataclass(frozen=True, slots=True)
class Config:
    """All of feeds.toml as it is obeyed."""

    path: Path
    """The file."""
    settings: Settings = Settings()
    """The ``[settings]`` table."""
    feeds: tuple[FeedConfig, ...] = ()
    """In file order; each address once."""
    filters: tuple[FilterConfig, ...] = ()
    """In file order; each name once."""
    keys: dict[str, str] = field(default_factory=dict)
    """The ``[keys]`` table: command id to keys."""
    problems: tuple[ConfigProblem, ...] = ()
    """What was passed over."""
    origin: Literal["file", "last_good", "missing"] = "file"
    """``last_good``: the file is no TOML, the kept copy serves; ``missing``: there is neither file nor copy to obey."""
    is_unusable: bool = False
    """There is a file, but it cannot be read, or is no TOML; the problems begin with why."""
    may_run_commands: bool = False
    """Commands named in it are obeyed: it lies in the config folder or was named by the user."""
