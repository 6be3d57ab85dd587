"""A parsed feeds.toml turned into the model, with a problem for all that is passed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from reader.config.keys import COMMANDS, FEED, FILTER, OTHER_NAMES, SETTINGS, TABLES
from reader.config.values import BadValueError, key_list, nearest
from reader.i18n import _
from reader.light import dataclass
from reader.model.config import Config, ConfigProblem, FilterAction, FilterConfig, Settings
from reader.model.feeds import FeedConfig
from reader.text.clean import clean_line
from reader.text.urls import canonical, without_credentials, without_secrets

if TYPE_CHECKING:
    from reader.config.lines import Positions
    from reader.config.values import Check

__all__ = ["check"]


def check(document: Mapping[str, object], positions: Positions, path: Path, *, may_run_commands: bool) -> Config:
    """The configuration a document means. Never raises: what cannot be obeyed becomes a problem."""
    checker = _Checker(positions, str(path), may_run_commands)
    for name in document:
        if name not in TABLES:
            checker.unknown((name,), name, TABLES)
    settings = Settings(**checker.settings(document.get("settings", {})))
    feeds = checker.feeds(document.get("feeds", []))
    filters = checker.filters(document.get("filters", []))
    keys = checker.keys(document.get("keys", {}))
    return Config(
        path=path,
        settings=settings,
        feeds=feeds,
        filters=filters,
        keys=keys,
        problems=tuple(sorted(checker.problems, key=lambda problem: (problem.line, problem.column))),
        may_run_commands=may_run_commands,
    )


@dataclass(slots=True)
class _Checker:
    positions: Positions
    path: str
    may_run_commands: bool
    problems: list[ConfigProblem] = field(default_factory=list)

    def report(self, at: tuple[str | int, ...], message: str, *, key: str = "", suggestion: str = "") -> None:
        line, column = self.positions.of(*at)
        self.problems.append(
            ConfigProblem(message, path=self.path, line=line, column=column, key=key, suggestion=suggestion, at=at)
        )

    def unknown(self, at: tuple[str | int, ...], key: str, known: Mapping[str, object] | tuple[str, ...]) -> None:
        other = OTHER_NAMES.get(key.casefold(), "")
        suggestion = other if other in known else nearest(key, known)
        shown = clean_line(key, 60)
        if suggestion:
            message = _('unknown key "{key}"; did you mean "{suggestion}"?').format(key=shown, suggestion=suggestion)
        else:
            message = _('unknown key "{key}"').format(key=shown)
        self.report(at, message, key=shown, suggestion=suggestion)

    def table(self, at: tuple[str | int, ...], found: object, known: dict[str, Check]) -> dict[str, Any]:
        """The checked values of a table; bad and unknown ones are reported and left out."""
        values: dict[str, Any] = {}
        for key, value in found.items() if isinstance(found, dict) else ():
            here = (*at, key)
            if (test := known.get(key)) is None:
                self.unknown(here, key, known)
            elif key in COMMANDS and not self.may_run_commands:
                self.report(here, self._refusal(key), key=key)
            else:
                self._one(here, key, value, test, values)
        return values

    def _one(self, at: tuple[str | int, ...], key: str, value: object, test: Check, values: dict[str, Any]) -> None:
        try:
            values[key] = test(value)
        except BadValueError as bad:
            message = _("{key}: {reason}").format(key=key, reason=bad)
            if bad.suggestion:
                message = _("{problem}; did you mean {suggestion}?").format(problem=message, suggestion=bad.suggestion)
            self.report(at, message, key=key, suggestion=bad.suggestion)

    def _refusal(self, key: str) -> str:
        return _(
            "{key} is ignored here: commands run only from the file in the config folder, "
            "or one named by --feeds or $WARTA_FEEDS"
        ).format(key=key)

    def settings(self, found: object) -> dict[str, Any]:
        if not isinstance(found, dict):
            self.report(("settings",), _("must be a table: [settings]"), key="settings")
        return self.table(("settings",), found, SETTINGS)

    def entries(self, name: str, found: object) -> list[tuple[tuple[str | int, ...], dict[str, object]]]:
        """The entries of an array of tables with their places; one written as a plain table counts."""
        if isinstance(found, dict):
            self.report((name,), _("write [[{name}]] in double brackets, once per entry").format(name=name), key=name)
            return [((name,), found)]
        entries: list[tuple[tuple[str | int, ...], dict[str, object]]] = []
        for index, entry in enumerate(found if isinstance(found, list) else [found]):
            if isinstance(entry, dict):
                entries.append(((name, index), entry))
            else:
                self.report((name, index), _("an entry must be a table: [[{name}]]").format(name=name), key=name)
        return entries

    def feeds(self, found: object) -> tuple[FeedConfig, ...]:
        feeds: list[FeedConfig] = []
        seen: dict[str, FeedConfig] = {}
        for at, entry in self.entries("feeds", found):
            if (feed := self.feed(at, entry)) is None:
                continue
            same = feed.kind + canonical(feed.url)
            first = seen.get(feed.url) or seen.get(same)
            if first:
                message = _("same address as on line {line}: {url}").format(line=first.line, url=_shown(feed.url))
                self.report((*at, "url"), message, key="url")
                continue
            seen[feed.url] = seen[same] = feed
            feeds.append(feed)
        return tuple(feeds)

    def feed(self, at: tuple[str | int, ...], entry: dict[str, object]) -> FeedConfig | None:
        values = self.table(at, entry, FEED)
        if "url" not in values:
            if "url" not in entry:
                self.report(at, _('a feed needs an address: url = "https://…"'), key="url")
            return None
        if "enabled" in values:
            values["is_enabled"] = values.pop("enabled")
        feed = FeedConfig(**values, line=self.positions.line(*at))
        if feed.kind == "page" and not (feed.item or feed.link_pattern):
            message = _('a page needs "item" (CSS of one article in the list) or "link_pattern"')
            self.report(at, message, key="item")
        return feed

    def filters(self, found: object) -> tuple[FilterConfig, ...]:
        filters: dict[str, FilterConfig] = {}
        for at, entry in self.entries("filters", found):
            values = self.table(at, entry, FILTER)
            missing = [key for key in ("name", "query") if not values.get(key)]
            for key in missing:
                if key not in entry or values.get(key) == "":
                    self.report(at, _('a filter needs "{key}"').format(key=key), key=key)
            if missing or not self.action((*at, "action"), values):
                continue
            new = FilterConfig(**values, line=self.positions.line(*at))
            if first := filters.get(new.name.casefold()):
                message = _('the name "{name}" is already used on line {line}').format(name=new.name, line=first.line)
                self.report((*at, "name"), message, key="name")
                continue
            filters[new.name.casefold()] = new
        return tuple(filters.values())

    def action(self, at: tuple[str | int, ...], values: dict[str, Any]) -> bool:
        """Split ``tag:NAME``; whether the action is known. A rule that is not understood must not become another."""
        known = [name for name in get_args(FilterAction) if name]
        name, colon, tag = str(values.get("action", "")).partition(":")
        tag = tag.strip().removeprefix("#").strip()
        is_tag = name == "tag" and tag
        if is_tag or (name in {"", *known} - {"tag"} and not colon):
            values["action"], values["tag"] = name, tag
            return True
        shown = ", ".join("tag:NAME" if action == "tag" else action for action in known)
        suggestion = nearest(name, known)
        message = _('action: unknown value "{value}"; use one of: {known}').format(value=clean_line(name), known=shown)
        self.report(at, message, key="action", suggestion="tag:NAME" if suggestion == "tag" else suggestion)
        return False

    def keys(self, found: object) -> dict[str, str]:
        if not isinstance(found, dict):
            self.report(("keys",), _("must be a table: [keys]"), key="keys")
            return {}
        return self.table(("keys",), _flat(found), dict.fromkeys(_flat(found), key_list))


def _flat(table: dict[str, object], prefix: str = "") -> dict[str, object]:
    """Command ids have a dot: written without quotation marks they arrive as nested tables."""
    flat: dict[str, object] = {}
    for key, value in table.items():
        if isinstance(value, dict) and prefix.count(".") < 3:
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = value
    return flat


def _shown(url: str) -> str:
    return clean_line(without_secrets(without_credentials(url)), 200)
