"""``warta add`` and ``warta remove``: feeds into feeds.toml, and out of it."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader.cli.feed_names import find_feed
from reader.i18n import _
from reader.text.times import zone as zone_named
from reader.text.urls import canonical, without_secrets

if TYPE_CHECKING:
    from reader.cli.setting import Setting
    from reader.core.reader import Reader
    from reader.model import Config
    from reader.model.discovering import Candidate, Discovery

__all__ = ["add", "remove"]

MOST_NAMED = 8


def add(setting: Setting) -> int:
    """Append what stands at an address, or a source of the catalogue; 1 if there is none, or more to choose from."""
    from reader.cli.catalogue import append, meant, pick

    config = setting.config_to_change()
    address = setting.arguments.url or _piped()
    if address is None:
        return pick(setting, lambda typed: _add_found(setting, config, typed))
    if not address:
        setting.output.message(_("nothing to add: `warta add ADDRESS`, or a name from `warta catalogue`"))
        return 2
    match meant(address):
        case None:
            return _add_found(setting, config, address)
        case (entry,):
            return append(setting, [entry])
        case ():
            message = _(
                '"{name}" is not an address, and no source in the catalogue has that name; `warta catalogue` lists all'
            )
            setting.output.message(message.format(name=address))
        case entries:
            names = [entry.name for entry in entries]
            candidates = ", ".join(names[:MOST_NAMED]) + (" …" if len(names) > MOST_NAMED else "")
            message = _('"{name}" matches several sources; be more specific: {candidates}')
            setting.output.message(message.format(name=address, candidates=candidates))
    return 1


def _add_found(setting: Setting, config: Config, address: str) -> int:
    """Find what can be followed at an address and append it; 1 if there is nothing, or more than one to choose from."""
    found = _search(setting, address)
    if not found.candidates:
        setting.output.message(found.sentence)
        if found.page is not None:
            message = _("its article links seem to match: link_pattern = '{pattern}'")
            setting.output.message(message.format(pattern=found.link_pattern))
        return 1
    if len(found.candidates) > 1 and not setting.arguments.yes:
        for candidate in found.candidates:
            setting.output.result(f"{candidate.url}\n    {_preview(candidate, config)}")
        setting.output.message(_("several found; add one by its address, or the first with --yes"))
        return 1
    return _append(setting, config, found.candidates[0])


def remove(setting: Setting) -> int:
    """Take a feed out of feeds.toml."""

    async def command(reader: Reader) -> int:
        feed = find_feed(await reader.feeds(), setting.arguments.feed)
        await reader.subscriptions.remove(feed.id)
        message = _("Removed {title} from {path}; its articles stay in the database")
        setting.output.result(message.format(title=without_secrets(feed.title), path=setting.located.path))
        return 0

    return setting.run(command)


def _piped() -> str | None:
    """The address from standard input; None if that is a terminal, where a person can be asked."""
    if sys.stdin is None:
        return ""
    return None if sys.stdin.isatty() else sys.stdin.readline(10_000).strip()


def _search(setting: Setting, address: str) -> Discovery:
    from reader.cli.log import start_log
    from reader.cli.loop import run_until_done
    from reader.core.discover import discover_alone

    found: list[Discovery] = []

    async def session() -> int:
        setting.output.progress(_("searching for feeds …"))
        found.append(await discover_alone(address))
        setting.output.progress("")
        return 0

    start_log(setting.located.log, setting.arguments.log_level)
    if status := run_until_done(session):
        raise SystemExit(status)
    return found[0]


def _append(setting: Setting, config: Config, candidate: Candidate) -> int:
    shown = without_secrets(candidate.url)
    for feed in config.feeds:
        if canonical(feed.url) == canonical(candidate.url) and feed.kind == candidate.kind:
            message = _("{url} is already in feeds.toml, on line {line}")
            setting.output.message(message.format(url=shown, line=feed.line))
            return 1
    arguments = setting.arguments
    values = {
        "url": candidate.url,
        "kind": None if candidate.kind == "feed" else candidate.kind,
        "title": arguments.title or None,
        "folder": arguments.folder.strip("/") or None,
        "auth": candidate.auth or None,
    }

    async def command(reader: Reader) -> int:
        await reader.subscriptions.add([values], titles=[candidate.title])
        setting.output.result(_("added {url}").format(url=shown) + f"\n    {_preview(candidate, config)}")
        if candidate.auth:
            message = _("the login in the address was saved in {path} as auth")
            setting.output.message(message.format(path=setting.located.path))
        return 0

    return setting.run_with(setting.load_config(), command)


def _preview(candidate: Candidate, config: Config) -> str:
    """What it is and what it brings, in a line."""
    from reader.core.discover import candidate_told

    told = candidate_told(candidate, datetime.now(UTC), zone_named(config.settings.timezone))
    return f"{candidate.title} · {told}"
