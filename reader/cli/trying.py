"""``warta check --online``: how every feed does right now."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader.cli.feeds import HEALTH, TITLE_CELLS
from reader.cli.output import cells, clip_cells, pad
from reader.core.health import health_sentence
from reader.core.records import timestamp
from reader.i18n import _, number
from reader.model import Feed
from reader.text.times import age, exact
from reader.text.times import zone as zone_named
from reader.text.urls import without_secrets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import tzinfo

    from reader.cli.setting import Setting
    from reader.core.reader import Reader
    from reader.core.records import Json
    from reader.core.trying import Tried
    from reader.model import Config

__all__ = ["check_online"]

FAILED = frozenset({"failing", "blocked", "not_a_feed", "gone"})
"""States that count as a failure; an empty or a quiet feed answers well."""
NUMBERS = frozenset({2, 3, 5})
"""Columns that stand to the right."""


def check_online(setting: Setting, config: Config) -> int:
    """Ask every feed once and tell how it does: 1 if one fails. Of what comes nothing is stored."""
    if setting.located.database.exists():
        return setting.run_with(config, lambda reader: _with_reader(setting, config, reader))
    from reader.cli.log import start_log
    from reader.cli.loop import run_until_done

    start_log(setting.located.log, setting.arguments.log_level)
    feeds = [Feed(position, feed) for position, feed in enumerate(config.feeds, 1)]
    return run_until_done(lambda: _try(setting, config, feeds))


async def _with_reader(setting: Setting, config: Config, reader: Reader) -> int:
    return await _try(setting, config, await reader.feeds())


async def _try(setting: Setting, config: Config, feeds: Sequence[Feed]) -> int:
    from reader.core.trying import try_feeds_alone

    output = setting.output

    def told(done: int) -> None:
        text = _("{done}/{total} feeds checked").format(done=number(done), total=number(len(feeds)))
        output.progress(text)

    tried = await try_feeds_alone(feeds, told=told)
    output.progress("")
    if setting.arguments.json:
        output.json_array([_record(one) for one in tried])
    elif tried:
        _print_table(setting, config, tried)
    return 1 if any(one.feed.state.health in FAILED for one in tried) else 0


def _record(tried: Tried) -> dict[str, Json]:
    feed = tried.feed
    return {
        "title": without_secrets(feed.title),
        "url": without_secrets(feed.config.url),
        "folder": feed.config.folder,
        "kind": feed.config.kind,
        "state": feed.state.health,
        "error": _sentence(feed) if feed.state.failure else None,
        "status": feed.state.http_status,
        "items": feed.articles,
        "newest": timestamp(feed.newest),
        "redirects_to": without_secrets(tried.redirects_to) or None,
        "moved": tried.is_moved,
        "seconds": round(tried.seconds, 3),
        "waits_until": timestamp(tried.waits_until),
    }


def _print_table(setting: Setting, config: Config, tried: Sequence[Tried]) -> None:
    output = setting.output
    now, zone = datetime.now(UTC), zone_named(config.settings.timezone)
    head = (_("feed"), _("state"), _("status"), _("articles"), _("newest"), _("seconds"))
    rows = [head]
    for one in tried:
        feed = one.feed
        was_asked = one.waits_until is None and feed.config.is_enabled
        rows.append(
            (
                clip_cells(without_secrets(feed.title), TITLE_CELLS),
                _(HEALTH[feed.state.health]),
                str(feed.state.http_status or "–"),
                number(feed.articles) if was_asked else "–",
                age(feed.newest, now, zone) if feed.newest else "–",
                f"{one.seconds:.1f}" if was_asked else "–",
            )
        )
    widths = [max(cells(row[column]) for row in rows) for column in range(len(head))]
    notes = [[], *(list(_notes(one, zone)) for one in tried)]
    for row, told in zip(rows, notes, strict=True):
        line = "  ".join(pad(text, widths[at], right=at in NUMBERS) for at, text in enumerate(row)).rstrip()
        output.result(clip_cells(line, output.columns) if output.columns else line)
        for note in told:
            output.result(f"    {note}")


def _notes(tried: Tried, zone: tzinfo) -> Iterator[str]:
    """What else is to be told of a feed."""
    feed = tried.feed
    if feed.state.health in FAILED | {"empty", "stale", "disabled"}:
        yield f"! {_sentence(feed)}"
    if tried.waits_until is not None:
        text = _("skipped: the server asks to wait until {time}")
        yield text.format(time=exact(tried.waits_until, zone))
    if tried.redirects_to:
        text = _("has moved permanently to {url}") if tried.is_moved else _("redirects to {url}")
        yield f"→ {text.format(url=without_secrets(tried.redirects_to))}"


def _sentence(feed: Feed) -> str:
    return health_sentence(feed, feed.state.health, now=datetime.now(UTC))
