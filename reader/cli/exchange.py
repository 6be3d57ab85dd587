"""``warta import`` and ``warta export``: lists of feeds from and for other readers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import ConfigError
from reader.i18n import _, ngettext, number
from reader.text.urls import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reader.cli.setting import Setting
    from reader.config.opml import Outlines
    from reader.model import Config

__all__ = ["export_feeds", "import_feeds"]

MOST_SHOWN = 5


def import_feeds(setting: Setting) -> int:
    """Append what a list has and feeds.toml has not; 1 if that is nothing."""
    from reader.config.edit import Target, add_feeds

    found = _outlines(Path(setting.arguments.file).expanduser())
    config = setting.config_to_change()
    fresh = _fresh(found, config)
    if fresh:
        add_feeds(Target(setting.located.path, may_run_commands=setting.located.may_run_commands), fresh)
    _tell(setting, found, len(fresh))
    return 0 if fresh else 1


def export_feeds(setting: Setting) -> int:
    """Write all feeds as OPML; logins, headers and proxies stay at home."""
    from reader.config.opml import render_opml

    config = setting.load_config()
    for problem in config.problems:
        setting.output.message(str(problem))
    if config.origin == "missing":
        return 2
    text = render_opml(config.feeds)
    if not setting.arguments.file:
        setting.output.result(text.rstrip("\n"))
        return 0 if config.feeds else 1
    path = Path(setting.arguments.file).expanduser()
    _write(path, text)
    count = len(config.feeds)
    message = ngettext("{count} feed written to {path}", "{count} feeds written to {path}", count)
    setting.output.message(message.format(count=number(count), path=path))
    return 0 if config.feeds else 1


def _outlines(path: Path) -> Outlines:
    from reader.config.files import read_bounded
    from reader.config.opml import MAX_BYTES, parse_opml

    try:
        content = read_bounded(path, MAX_BYTES)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError(_("cannot be read: {reason}").format(reason=reason), path=str(path)) from error
    try:
        return parse_opml(content)
    except ConfigError as error:
        raise ConfigError(str(error), path=str(path), line=error.line, column=error.column) from error


def _write(path: Path, text: str) -> None:
    from reader.config.files import replace_file

    try:
        replace_file(path, text.encode())
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError(_("cannot be written: {reason}").format(reason=reason), path=str(path)) from error


def _fresh(found: Outlines, config: Config) -> list[Mapping[str, object]]:
    known = {(feed.kind, canonical(feed.url)) for feed in config.feeds}
    return [
        values for values in found.feeds if (values.get("kind", "feed"), canonical(str(values["url"]))) not in known
    ]


def _tell(setting: Setting, found: Outlines, added: int) -> None:
    output = setting.output
    output.result(ngettext("{count} feed added", "{count} feeds added", added).format(count=number(added)))
    if known := len(found.feeds) - added + found.duplicates:
        message = ngettext("{count} was there already", "{count} were there already", known)
        output.message(message.format(count=number(known)))
    if refused := len(found.refused):
        message = ngettext(
            "{count} left out, being no source on the web: {shown}",
            "{count} left out, being no sources on the web: {shown}",
            refused,
        )
        shown = ", ".join(found.refused[:MOST_SHOWN]) + (" …" if refused > MOST_SHOWN else "")
        output.message(message.format(count=number(refused), shown=shown))
