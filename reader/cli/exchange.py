"""``warta import`` and ``warta export``: what other readers and other machines keep, in and out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import ConfigError, StorageError
from reader.i18n import _, ngettext, number
from reader.text.told import os_reason
from reader.text.urls import without_secrets

if TYPE_CHECKING:
    from reader.cli.setting import Setting
    from reader.core.exchange import Export, Taken
    from reader.core.lists import FoundList
    from reader.core.reader import Reader
    from reader.model import Config

__all__ = ["export", "import_file"]

_DATABASE = b"SQLite format 3\0"
MOST_SHOWN = 20
"""Lines told of what was left out."""


def import_file(setting: Setting) -> int:
    """Take in what a file has and is not here yet; 1 if that is nothing."""
    path = Path(setting.arguments.file).expanduser()
    start = _start(path)
    if start.startswith(_DATABASE):
        return _import_cache(setting, path)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _import_export(setting, path)
    return _import_list(setting, path)


def export(setting: Setting) -> int:
    """Write the feeds as OPML, or everything as JSON; logins, headers and proxies stay at home."""
    if setting.arguments.file == "-":
        setting.arguments.file = ""
    return _export_json(setting) if setting.arguments.form == "json" else _export_opml(setting)


def _import_list(setting: Setting, path: Path) -> int:
    from reader.core.lists import read_list

    found = read_list(path)

    async def command(reader: Reader) -> int:
        missing = await reader.subscriptions.take_list(found, label=path.name)
        _tell_list(setting, found, missing)
        return 0 if missing else 1

    return setting.run_with(setting.config_to_change(), command)


def _import_export(setting: Setting, path: Path) -> int:
    from reader.core.exchange import read_export

    exported = read_export(path)
    if exported is None:
        raise ConfigError(_("is JSON, but not a Warta export"), path=str(path))

    async def command(reader: Reader) -> int:
        missing = await reader.subscriptions.take_list(exported.listed, label=path.name)
        _tell_list(setting, exported.listed, missing)
        taken = await reader.exchange.take_in(path, exported, told=lambda count: _progress(setting, exported, count))
        _tell_taken(setting, taken)
        if taken.trouble:
            raise taken.trouble
        return 0 if missing or taken.new or taken.marked else 1

    return setting.run_with(setting.config_to_change(), command)


def _import_cache(setting: Setting, path: Path) -> int:
    async def command(reader: Reader) -> int:
        def told(count: int) -> None:
            text = ngettext("{count} article", "{count} articles", count)
            setting.output.progress(text.format(count=number(count)))

        taken = await reader.exchange.take_newsboat(path, told=told)
        _tell_taken(setting, taken)
        if taken.homeless:
            setting.output.message(_("import newsboat's feeds first: `warta import` its urls file"))
        if taken.trouble:
            raise taken.trouble
        return 0 if taken.new or taken.marked else 1

    return setting.run(command)


def _export_opml(setting: Setting) -> int:
    from reader.config.opml import render_opml

    config = setting.load_config()
    for problem in config.problems:
        setting.output.message(str(problem))
    if config.origin == "missing":
        return 2
    text = render_opml(config.feeds, _own_names(setting, config))
    if not setting.arguments.file:
        setting.output.result(text.rstrip("\n"))
        return 0 if config.feeds else 1
    from reader.config.files import replace_file

    path = Path(setting.arguments.file).expanduser()
    try:
        replace_file(path, text.encode())
    except OSError as error:
        raise _unwritten(path, error) from error
    count = len(config.feeds)
    message = ngettext("{count} feed written to {path}", "{count} feeds written to {path}", count)
    setting.output.message(message.format(count=number(count), path=path))
    return 0 if config.feeds else 1


def _own_names(setting: Setting, config: Config) -> dict[str, str]:
    """What the feeds without a title call themselves; empty where nothing is stored, or it cannot be read."""
    names: dict[str, str] = {}
    if all(feed.title for feed in config.feeds) or not setting.located.database.exists():
        return names

    async def command(reader: Reader) -> int:
        names.update((feed.config.url, without_secrets(feed.facts.title)) for feed in await reader.feeds())
        return 0

    try:
        setting.run_with(config, command)
    except StorageError as error:
        setting.output.message(str(error))
    return names


def _export_json(setting: Setting) -> int:
    output, path = setting.output, Path(setting.arguments.file).expanduser()

    async def command(reader: Reader) -> int:
        if not setting.arguments.file:
            async for line in reader.exchange.export(is_ascii=output.is_narrow):
                if not output.is_wanted:
                    break
                output.line(line)
            return 0
        from reader.config.files import replacing

        try:
            # What was read, when and with what notes is nobody else's business.
            with replacing(path, is_private=True) as file:
                async for line in reader.exchange.export():
                    file.write(line.encode("utf-8", "replace") + b"\n")
        except OSError as error:
            raise _unwritten(path, error) from error
        output.message(_("everything written to {path}").format(path=path))
        return 0

    return setting.run(command)


def _start(path: Path) -> bytes:
    from reader.config.files import read_bounded

    try:
        return read_bounded(path, 1000)
    except OSError as error:
        raise ConfigError(_("cannot be read: {reason}").format(reason=os_reason(error)), path=str(path)) from error


def _unwritten(path: Path, error: OSError) -> ConfigError:
    return ConfigError(_("cannot be written: {reason}").format(reason=os_reason(error)), path=str(path))


def _progress(setting: Setting, exported: Export, count: int) -> None:
    text = _("{done}/{total} articles").format(done=number(count), total=number(exported.articles))
    setting.output.progress(text)


def _tell_taken(setting: Setting, taken: Taken) -> None:
    output = setting.output
    output.progress("")
    new = ngettext("{count} article added", "{count} articles added", taken.new).format(count=number(taken.new))
    marked = ngettext("{count} marked", "{count} marked", taken.marked).format(count=number(taken.marked))
    output.result(f"{new}, {marked}")
    if taken.homeless:
        message = ngettext(
            "{count} article skipped: its feed is not in feeds.toml",
            "{count} articles skipped: their feeds are not in feeds.toml",
            taken.homeless,
        )
        output.message(message.format(count=number(taken.homeless)))
    if taken.broken:
        message = ngettext("{count} record is not an article", "{count} records are not articles", taken.broken)
        output.message(message.format(count=number(taken.broken)))


def _tell_list(setting: Setting, found: FoundList, missing: FoundList) -> None:
    output = setting.output
    added = len(missing.feeds)
    output.result(ngettext("{count} feed added", "{count} feeds added", added).format(count=number(added)))
    if queries := len(missing.filters):
        text = ngettext("{count} saved filter added", "{count} saved filters added", queries)
        output.result(text.format(count=number(queries)))
    known = len(found.feeds) - added + found.duplicates + len(found.filters) - queries
    if known:
        message = ngettext("{count} already there", "{count} already there", known)
        output.message(message.format(count=number(known)))
    if missing.hidden:
        message = ngettext(
            "{count} feed that newsboat hid is in the folder {folder}",
            "{count} feeds that newsboat hid are in the folder {folder}",
            missing.hidden,
        )
        output.message(message.format(count=number(missing.hidden), folder=_("Hidden in newsboat")))
    if refused := len(found.left_out):
        output.message(ngettext("{count} skipped:", "{count} skipped:", refused).format(count=number(refused)))
        for line in found.left_out[:MOST_SHOWN]:
            output.message(f"  {line}")
        if refused > MOST_SHOWN:
            output.message(_("  … and {count} more").format(count=number(refused - MOST_SHOWN)))
