"""``warta check``: what is wrong with feeds.toml and with the feeds."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader.cli.feeds import trouble
from reader.config.lines import positions
from reader.errors import ConfigError
from reader.i18n import _, ngettext, number
from reader.model.config import ConfigProblem, Settings
from reader.text.times import zone as zone_named
from reader.text.urls import without_secrets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.cli.setting import Setting
    from reader.config.lines import Positions
    from reader.core.reader import Reader
    from reader.model import Config

__all__ = ["check"]


def check(setting: Setting) -> int:
    """Tell all that is wrong: 2 if feeds.toml has problems, 1 if a feed has, else 0."""
    config = setting.load_config()
    problems = [*config.problems, *_bad_queries(config), *_bad_looks(config)]
    is_online, is_json = setting.arguments.online, setting.arguments.json
    if is_json and not is_online:
        raise ConfigError(_("--json needs --online"))
    for problem in sorted(problems, key=lambda found: (found.line, found.column)):
        (setting.output.message if is_json else setting.output.result)(str(problem))
    if is_online and config.origin != "missing":
        from reader.cli.trying import check_online

        status = check_online(setting, config)
        return 2 if problems else status
    status = 0
    if config.origin != "missing" and setting.located.database.exists():
        status = setting.run_with(config, lambda reader: _check_feeds(setting, reader))
    if not problems:
        feeds = ngettext("{count} feed", "{count} feeds", len(config.feeds)).format(count=number(len(config.feeds)))
        setting.output.result(_("{path}: {feeds}, no problems in the file").format(path=config.path, feeds=feeds))
    return 2 if problems else status


async def _check_feeds(setting: Setting, reader: Reader) -> int:
    status = 0
    for feed in await reader.feeds():
        if sentence := trouble(reader, feed):
            place = f"{setting.located.path}:{feed.config.line}"
            setting.output.result(f"{place}: {without_secrets(feed.title)}: {sentence}")
            status = 1
    return status


def _bad_looks(config: Config) -> Iterator[ConfigProblem]:
    """Keys and a theme that the screen would not know. Loads the screen's tables only where the file names any."""
    places = positions(config.path)
    if config.keys:
        from reader.ui.commands import KeyMap

        for problem in KeyMap(config.settings.keys, config.keys).problems:
            named = next((id_ for id_ in config.keys if f"“{id_}”" in problem or f" {id_} " in problem), "")
            yield _at(problem, config, places, "keys", named)
    if config.settings.theme not in {Settings().theme, "auto"}:
        from textual.theme import BUILTIN_THEMES

        from reader.ui.themes import THEMES, choose_theme

        known = {*BUILTIN_THEMES, *(theme.name for theme in THEMES)}
        if message := choose_theme(config.settings.theme, {"COLORTERM": "truecolor"}, known).message:
            yield _at(message, config, places, "settings", "theme")


def _at(message: str, config: Config, places: Positions, table: str, key: str) -> ConfigProblem:
    line, column = places.of(table, key) if key else places.of(table)
    return ConfigProblem(message, str(config.path), line, column, key)


def _bad_queries(config: Config) -> Iterator[ConfigProblem]:
    """Saved queries that mean nothing: they are not errors to the program, but no person meant them."""
    from reader.query import Names, parse  # brings the patterns of the language

    names = Names(filters={saved.name: saved.query for saved in config.filters})
    zone = zone_named(config.settings.timezone)
    for saved in config.filters:
        query = parse(saved.query, complete=True, now=datetime.now(UTC), zone=zone, names=names)
        if query.problem:
            message = _("query of {name}: {problem} (column {column} of the query)")
            message = message.format(name=saved.name, problem=query.problem, column=query.column)
            yield ConfigProblem(message, path=str(config.path), line=saved.line, key="query")
