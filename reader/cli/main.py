"""The entry point: arguments in, exit status out."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

from reader.cli.output import Output
from reader.config.locate import locate, peek_language
from reader.errors import ConfigError, NotFoundError, QueryError, ReaderError, StorageError
from reader.i18n import _, begin_speaking

if TYPE_CHECKING:
    from reader.cli.setting import Setting

__all__ = ["main", "to_open"]

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run Warta with these arguments (default: the process's); the exit status."""
    if argv is not None:
        return _told(argv)
    # All that a command makes is wanted until it ends, and then nothing is: Python need not look for what went round in
    # circles, neither on the way nor at the end.
    gc.set_threshold(20_000, 20, 20)
    status = _told(sys.argv[1:])
    gc.freeze()
    return status


def _told(argv: Sequence[str]) -> int:
    """Run it, and tell if not all of the result could be written."""
    output = Output.standard()
    status = _guarded(list(argv), output)
    output.close()
    if output.trouble:
        from reader.text.told import os_reason

        message = _("warta: cannot write to standard output ({reason}); the result is incomplete")
        output.message(message.format(reason=os_reason(output.trouble)))
        return status or 1
    return status


def _guarded(argv: list[str], output: Output) -> int:
    """Run the command; whatever goes wrong becomes a sentence and an exit status."""
    try:
        return _run(argv, output)
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    except ReaderError as error:
        output.message(_("warta: {message}").format(message=_sentence(error)))
        return _status(error)
    except Exception as error:  # noqa: BLE001 - the command line's funnel: a sentence for the user, the rest for the log
        output.message(_unexpected(error))
        return 70


def _run(argv: list[str], output: Output) -> int:
    named = {name: _ahead(argv, f"--{name}") for name in ("feeds", "data", "language")}
    located = locate(named["feeds"], environ=os.environ, cwd=Path.cwd(), data=named["data"])
    begin_speaking(named["language"], peek_language(located.path))

    from reader.cli.setting import Setting

    if arguments := to_open(argv):
        from reader.cli.screen import open_reader

        return open_reader(Setting(arguments, located, output))

    from reader.cli.arguments import parse

    parsed = parse(argv)
    return _command(parsed.command)(Setting(parsed, located, output))


def to_open(argv: Sequence[str]) -> SimpleNamespace | None:
    """What `arguments.parse` makes of the plain ways to open the reader, for a tenth of its time; None: ask that."""
    found = {"feeds": "", "data": "", "language": "", "log_level": "warning", "no_refresh": False, "command": ""}
    words = iter(argv)
    for word in words:
        if word == "--no-refresh":
            found["no_refresh"] = True
        elif word in {"--feeds", "--data"} and (value := next(words, "")) and not value.startswith("-"):
            found[word[2:]] = value
        elif word == "--language" and (value := next(words, "")) in {"auto", "id", "en"}:
            found["language"] = value
        else:
            return None
    return SimpleNamespace(**found)


def _command(name: str) -> Callable[[Setting], int]:
    """The function of a command; each loads only what it needs."""
    from reader.cli.commands import COMMANDS

    module, _colon, function = COMMANDS[name].place.partition(":")
    command: Callable[[Setting], int] = getattr(import_module(f"reader.cli.{module}"), function)
    return command


def _ahead(argv: Sequence[str], option: str) -> str:
    """The last value an option has, before the arguments are parsed: errors and help want the language."""
    value = ""
    for position, word in enumerate(argv):
        if word == "--":
            break
        if word == option and position + 1 < len(argv):
            value = argv[position + 1]
        elif word.startswith(option + "="):
            value = word.partition("=")[2]
    return value


def _sentence(error: ReaderError) -> str:
    if isinstance(error, ConfigError) and error.path:
        return ":".join([error.path, *(str(n) for n in (error.line, error.column) if n), f" {error}"])
    if isinstance(error, QueryError) and error.column:
        return _("{message} (column {column})").format(message=str(error).rstrip("."), column=error.column)
    if isinstance(error, StorageError) and error.path and error.path not in str(error):
        return f"{error.path}: {error}"
    return str(error)


def _status(error: ReaderError) -> int:
    match error:
        case StorageError():
            return 3
        case NotFoundError():
            return 1
        case _:
            return 2


def _unexpected(error: Exception) -> str:
    import logging  # 10 ms, for this case only

    if logging.getLogger().handlers:  # without one, logging would print the traceback
        logging.getLogger("reader").critical("unexpected", exc_info=error)
    from reader.text.redacting import redact

    return _("warta: something unexpected went wrong: {error}").format(error=redact(f"{type(error).__name__}: {error}"))
