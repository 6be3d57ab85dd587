"""``warta completion``: a script that lets a shell complete Warta's commands, made of the very arguments it takes."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from reader.cli.arguments import build_parser
from reader.cli.commands import COMMANDS
from reader.i18n import _
from reader.light import dataclass
from reader.text.clean import clean_line
from reader.text.urls import without_secrets

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.cli.setting import Setting
    from reader.core.reader import Reader

__all__ = ["Option", "Words", "completion", "words_of_commands"]

SHELLS = ("bash", "zsh", "fish")

_KINDS = {
    "feed": "feeds",
    "file": "files",
    "feeds": "files",
    "data": "folders",
    "folder": "shelves",
    "url": "catalogue",
}
"""What the value of an argument is, by its name."""
_QUERIES = frozenset({"list", "search", "mark"})


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a command."""

    names: tuple[str, ...]
    """As typed."""
    help: str
    """What it does."""
    takes: str = ""
    """What its value is: ``files``, ``folders``, ``shelves`` (folders of feeds), ``any``, or words; empty: no value."""


@dataclass(frozen=True, slots=True)
class Words:
    """A command as a shell completes it."""

    name: str
    """As typed; empty: before a command."""
    help: str
    """What it does."""
    options: tuple[Option, ...]
    """Its options."""
    takes: tuple[str, ...]
    """What its arguments are, in order, as for `Option.takes`; also ``feeds``, ``catalogue`` and ``query``. The last
    one may be given again and again."""


def completion(setting: Setting) -> int:
    """Print the script for a shell; or, for such a script, the names there are."""
    wanted = setting.arguments.shell
    if wanted not in SHELLS:
        return _names(setting, wanted)
    if wanted == "bash":
        from reader.cli.completion_bash import script
    elif wanted == "zsh":
        from reader.cli.completion_zsh import script
    else:
        from reader.cli.completion_fish import script
    setting.output.line(script(words_of_commands(), query_words()).rstrip("\n"))
    return 0


def words_of_commands() -> tuple[Words, ...]:
    """The commands, first what may stand before one."""
    parser = build_parser()
    subparsers = next(
        action
        for action in parser._actions  # noqa: SLF001 - argparse shows its tree to nobody
        if isinstance(action, argparse._SubParsersAction)  # noqa: SLF001
    )
    found = [_words("", "", parser)]
    found += [_words(name, _(COMMANDS[name].help), each) for name, each in subparsers.choices.items()]
    return tuple(found)


def query_words() -> tuple[str, ...]:
    """How words of the filter language may begin."""
    from reader.query.fields import FIELDS, TEXT_FIELDS

    fields = [f"{field.name}:{value}" for field in FIELDS.values() for value in field.values]
    fields += [f"{name}:" for name in (*TEXT_FIELDS, *(name for name in FIELDS if not FIELDS[name].values), "search")]
    return (*sorted(fields), "sort:new", "sort:old", "sort:rank", "today", "yesterday", "kemarin", "OR")


def _words(name: str, help_: str, parser: argparse.ArgumentParser) -> Words:
    options: list[Option] = []
    takes: list[str] = []
    for action in parser._actions:  # noqa: SLF001
        if action.option_strings:
            kind = "" if action.nargs == 0 else _kind(name, action)
            help_of = "" if action.help is argparse.SUPPRESS else (action.help or "")
            options.append(Option(tuple(action.option_strings), clean_line(help_of), kind))
        elif not isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            takes.append(_kind(name, action))
    return Words(name, help_, tuple(options), tuple(takes))


def _kind(command: str, action: argparse.Action) -> str:
    if action.choices:
        shown = action.metavar.split("|") if isinstance(action.metavar, str) and "|" in action.metavar else None
        return " ".join(shown or map(str, action.choices))
    if action.dest == "query":
        return "query" if command in _QUERIES else "catalogue"
    return _KINDS.get(action.dest, "any")


def _names(setting: Setting, wanted: str) -> int:
    """Names for the scripts, a line each; never a message: it would stand in the middle of what is being typed."""
    for name in dict.fromkeys(clean_line(name) for name in _found(setting, wanted)):
        setting.output.line(name)
    return 0


def _found(setting: Setting, wanted: str) -> Iterable[str]:
    from reader.config.load import load

    if wanted == "catalogue":
        from reader.core.catalogue import catalogue

        return [entry.name for entry in catalogue()]
    located = setting.located
    if not located.path.exists():
        return []
    config = load(located.path, may_run_commands=False)
    if wanted == "shelves":
        return [feed.folder for feed in config.feeds if feed.folder]
    if not located.database.exists() or all(feed.title for feed in config.feeds):
        return [feed.title or without_secrets(feed.url) for feed in config.feeds]
    titles: list[str] = []

    async def command(reader: Reader) -> int:
        titles.extend(without_secrets(feed.title) for feed in await reader.feeds())
        return 0

    setting.run_with(config, command)
    return titles
