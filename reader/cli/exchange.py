"""``warta import`` and ``warta export``: lists of feeds from and for other readers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import ConfigError
from reader.i18n import _, ngettext, number
from reader.text.told import os_reason

if TYPE_CHECKING:
    from reader.cli.setting import Setting
    from reader.core.lists import FoundList

__all__ = ["export_feeds", "import_feeds"]

MOST_SHOWN = 20
"""Lines told of what was left out."""


def import_feeds(setting: Setting) -> int:
    """Append what a list has and feeds.toml has not; 1 if that is nothing."""
    from reader.config.edit import Target
    from reader.core.lists import add_missing, missing_of, read_list

    found = read_list(Path(setting.arguments.file).expanduser())
    config = setting.config_to_change()
    missing = missing_of(found, config)
    add_missing(missing, Target(setting.located.path, may_run_commands=setting.located.may_run_commands))
    _tell(setting, found, missing)
    return 0 if missing else 1


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


def _write(path: Path, text: str) -> None:
    from reader.config.files import replace_file

    try:
        replace_file(path, text.encode())
    except OSError as error:
        raise ConfigError(_("cannot be written: {reason}").format(reason=os_reason(error)), path=str(path)) from error


def _tell(setting: Setting, found: FoundList, missing: FoundList) -> None:
    output = setting.output
    added = len(missing.feeds)
    output.result(ngettext("{count} feed added", "{count} feeds added", added).format(count=number(added)))
    if queries := len(missing.filters):
        text = ngettext("{count} saved filter added", "{count} saved filters added", queries)
        output.result(text.format(count=number(queries)))
    known = len(found.feeds) - added + found.duplicates + len(found.filters) - queries
    if known:
        message = ngettext("{count} was there already", "{count} were there already", known)
        output.message(message.format(count=number(known)))
    if found.hidden:
        message = ngettext(
            "{count} feed that newsboat hid is in the folder {folder}",
            "{count} feeds that newsboat hid are in the folder {folder}",
            found.hidden,
        )
        output.message(message.format(count=number(found.hidden), folder=_("Hidden in newsboat")))
    if refused := len(found.left_out):
        output.message(ngettext("{count} left out:", "{count} left out:", refused).format(count=number(refused)))
        for line in found.left_out[:MOST_SHOWN]:
            output.message(f"  {line}")
        if refused > MOST_SHOWN:
            output.message(_("  … and {count} more").format(count=number(refused - MOST_SHOWN)))
