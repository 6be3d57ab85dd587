"""feeds.toml read from disk, whatever state it is in."""

from __future__ import annotations

import codecs
import stat
import tomllib
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from reader.config.check import check
from reader.config.files import MAX_BYTES, OWNER_ONLY, read_bounded, replace_file
from reader.config.lines import scan
from reader.config.syntax import told_syntax
from reader.i18n import _
from reader.light import late_pattern
from reader.model.config import Config, ConfigProblem

__all__ = ["load", "loads"]

_PLACE = late_pattern(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_WIDE_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class _UnusableError(Exception):
    """The file cannot be read as TOML."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


def load(path: Path, *, last_good: Path | None = None, may_run_commands: bool = False) -> Config:
    """The configuration in a file. Never raises for what is in it, nor for a file that cannot be read.

    Args:
        path: feeds.toml.
        last_good: Where the last copy that was proper TOML is kept. It is written when the file is good, and serves
            when it is not.
        may_run_commands: Whether commands named in the file are obeyed.

    Returns:
        With ``origin`` "last_good" if the kept copy serves, "missing" if there is no file or nothing can be read.

    """
    try:
        content = _read(path)
        config = _parse(content, path, may_run_commands)
    except FileNotFoundError:
        problem = ConfigProblem(_("no such file"), path=str(path))
        return Config(path, problems=(problem,), origin="missing", may_run_commands=may_run_commands)
    except _UnusableError as error:
        problem = ConfigProblem(str(error), path=str(path), line=error.line, column=error.column)
        return _last_good(path, last_good, problem, may_run_commands)
    if last_good is not None:
        _keep(content, last_good)
    return config


def loads(content: bytes, path: Path, *, may_run_commands: bool = False) -> Config | ConfigProblem:
    """The configuration a file would mean with this content; a problem if it would be no TOML."""
    try:
        return _parse(content, path, may_run_commands)
    except _UnusableError as error:
        return ConfigProblem(str(error), path=str(path), line=error.line, column=error.column)


def _read(path: Path) -> bytes:
    try:
        content = read_bounded(path)
    except FileNotFoundError:
        raise
    except IsADirectoryError as error:
        raise _UnusableError(_("this is a folder, not a file")) from error
    except PermissionError as error:
        raise _UnusableError(_("cannot be read: permission denied")) from error
    except (OSError, ValueError) as error:
        from reader.text.told import os_reason

        reason = os_reason(error) if isinstance(error, OSError) else str(error)
        raise _UnusableError(_("cannot be read: {reason}").format(reason=reason)) from error
    if len(content) > MAX_BYTES:
        raise _UnusableError(_("is larger than {limit} MB; is it the right file?").format(limit=MAX_BYTES >> 20))
    return content


def _parse(content: bytes, path: Path, may_run_commands: bool) -> Config:
    source = _decode(content)
    try:
        document = tomllib.loads(source)
    except RecursionError as error:
        raise _UnusableError(_("is nested too deeply")) from error
    except ValueError as error:  # TOMLDecodeError is one; so are a year 0 and a number of 5,000 digits
        raise _syntax(str(error), source) from error
    return check(document, scan(source), path, may_run_commands=may_run_commands)


def _decode(content: bytes) -> str:
    if content.startswith(_WIDE_MARKS) or b"\0" in content[:200]:
        raise _UnusableError(_("is not saved as UTF-8 but as UTF-16 or UTF-32; save it as UTF-8"), 1, 1)
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode()) + 1
        message = _("is not UTF-8 here (byte {byte}); save it as UTF-8").format(byte=f"0x{content[error.start]:02x}")
        raise _UnusableError(message, before.count(b"\n") + 1, column) from error


def _syntax(message: str, source: str) -> _UnusableError:
    line = column = 0
    if place := _PLACE.search(message):
        message = message[: place.start()]
        last = source.rstrip()
        end = last.count("\n") + 1, len(last) - (last.rfind("\n") + 1) + 1
        line, column = (int(place[1]), int(place[2])) if place[1] else end
    return _UnusableError(_("is not valid TOML: {reason}").format(reason=told_syntax(message)), line, column)


def _last_good(path: Path, last_good: Path | None, problem: ConfigProblem, may_run_commands: bool) -> Config:
    """The kept copy in place of the file; an empty configuration if there is none."""
    with suppress(OSError, _UnusableError):
        if last_good is not None:
            kept = _parse(_read(last_good), path, may_run_commands)
            note = ConfigProblem(_("using the last good copy until the file is fixed"), path=str(path))
            return replace(kept, problems=(problem, note), origin="last_good", is_unusable=True)
    return Config(path, problems=(problem,), origin="missing", is_unusable=True, may_run_commands=may_run_commands)


def _keep(content: bytes, last_good: Path) -> None:
    """Keep a copy, if it is another one. Without room or permission the running configuration still stands.

    It holds the passwords that feeds.toml holds, so nobody else may read it, however open feeds.toml is.
    """
    with suppress(OSError):
        if not last_good.exists() or read_bounded(last_good) != content:
            last_good.parent.mkdir(parents=True, exist_ok=True)
            replace_file(last_good, content, is_private=True)
        elif stat.S_IMODE(last_good.stat().st_mode) != OWNER_ONLY:
            last_good.chmod(OWNER_ONLY)
