"""One change of feeds.toml: read, changed, checked, and replaced in one step, or refused with nothing written."""

from __future__ import annotations

import codecs
import re
import stat
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from reader.config.entries import Source
from reader.config.files import MAX_BYTES, Stamp, read_bounded, replace_file
from reader.config.load import loads
from reader.errors import ConfigError
from reader.i18n import _
from reader.light import dataclass
from reader.model.config import ConfigProblem
from reader.text.told import os_reason

if TYPE_CHECKING:
    from reader.model.config import Config

__all__ = ["Target", "change_file"]


@dataclass(frozen=True, slots=True)
class Target:
    """The file to change."""

    path: Path
    """feeds.toml."""
    stamp: Stamp | None = None
    """What it was like when the caller read it; None: whatever it is now."""
    may_run_commands: bool = False
    """As for `load`."""


def change_file(
    target: Target,
    change: Callable[[Source, Config], None],
    *,
    may_create: bool = False,
    may_bring_problems: bool = False,
) -> Stamp:
    """Change the file's lines, and replace it in one step if the result can be read.

    Args:
        target: The file.
        change: Changes the lines; told what they mean now.
        may_create: Where there is no file, begin with an empty one.
        may_bring_problems: Mistakes that stood in the file once may come back.

    Returns:
        The stamp of the file as it is now.

    Raises:
        ConfigError: the change was refused; the file is as it was.

    """
    path = target.path
    content = _content(target, may_create=may_create)
    before = _checked(content, target)
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    text = content.removeprefix(codecs.BOM_UTF8).decode()
    has_returns = text.count("\r\n") * 2 > text.count("\n")
    source = Source.of(text.replace("\r\n", "\n"))
    change(source, before)
    result = str(source)
    new = mark + (result.replace("\n", "\r\n") if has_returns else result).encode()
    if len(new) > MAX_BYTES:
        message = _("would be larger than {limit} MB and could no longer be read; nothing was written")
        raise ConfigError(message.format(limit=MAX_BYTES >> 20), path=str(path))
    after = _checked(new, target)
    if not may_bring_problems and (new_problem := _new_problem(before, after)):
        raise _refused(new_problem)
    try:
        if target.stamp is not None and Stamp.of(path) != target.stamp:
            raise _changed_meanwhile(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, new)
        return Stamp.of(path)
    except OSError as error:
        raise ConfigError(_("cannot be written: {reason}").format(reason=os_reason(error)), path=str(path)) from error


def _content(target: Target, *, may_create: bool) -> bytes:
    try:
        content = read_bounded(target.path)
        if not target.path.stat().st_mode & stat.S_IWUSR:
            raise ConfigError(_("is read-only; nothing was changed"), path=str(target.path))
        if target.stamp is not None and Stamp.of(target.path) != target.stamp:
            raise _changed_meanwhile(target.path)
    except FileNotFoundError as error:
        if may_create and target.stamp is None:
            return b""
        raise ConfigError(_("no such file"), path=str(target.path)) from error
    except OSError as error:
        message = _("cannot be read: {reason}").format(reason=os_reason(error))
        raise ConfigError(message, path=str(target.path)) from error
    if len(content) > MAX_BYTES:  # only its beginning was read
        message = _("is larger than {limit} MB, so it cannot be changed here; shorten it in an editor")
        raise ConfigError(message.format(limit=MAX_BYTES >> 20), path=str(target.path))
    return content


def _checked(content: bytes, target: Target) -> Config:
    config = loads(content, target.path, may_run_commands=target.may_run_commands)
    if isinstance(config, ConfigProblem):
        raise _refused(config)
    return config


def _new_problem(before: Config, after: Config) -> ConfigProblem | None:
    """A problem the file did not have; line numbers in messages move with the text and do not count."""
    known = Counter(_kind(problem) for problem in before.problems)
    for problem in after.problems:
        known[_kind(problem)] -= 1
        if known[_kind(problem)] < 0:
            return problem
    return None


def _kind(problem: ConfigProblem) -> tuple[str, str]:
    return problem.key, re.sub(r"\d+", "0", problem.message)


def _refused(problem: ConfigProblem) -> ConfigError:
    return ConfigError(problem.message, path=problem.path, line=problem.line, column=problem.column)


def _changed_meanwhile(path: Path) -> ConfigError:
    return ConfigError(_("was changed meanwhile; nothing was written. Try again."), path=str(path))
