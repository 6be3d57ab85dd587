"""``warta feeds``: the feeds with their health."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.cli.output import cells, clip_cells, pad
from reader.cli.records import feed_record
from reader.i18n import N_, _, number
from reader.text.times import age, ago
from reader.text.urls import without_secrets

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from reader.cli.setting import Setting
    from reader.core.reader import Reader
    from reader.model import Feed, Health

__all__ = ["HEALTH", "list_feeds", "trouble"]

HEALTH: dict[Health, str] = {
    "new": N_("new"),
    "ok": N_("ok"),
    "stale": N_("quiet"),
    "empty": N_("empty"),
    "failing": N_("failing"),
    "blocked": N_("blocked"),
    "not_a_feed": N_("not a feed"),
    "gone": N_("gone"),
    "disabled": N_("off"),
}
"""What a state is called."""

WELL = frozenset({"new", "ok", "disabled"})
"""States in which nobody has to do anything."""

TITLE_CELLS = 30
NUMBERS = frozenset({0, 3, 4})
"""Columns that stand to the right."""


def list_feeds(setting: Setting) -> int:
    """List the feeds; 1 if there is none."""

    async def command(reader: Reader) -> int:
        feeds = await reader.feeds()
        if setting.arguments.json:
            setting.output.json_array([feed_record(feed, reader.health(feed)) for feed in feeds])
        elif feeds:
            _print_table(setting, reader, feeds)
        else:
            setting.output.message(_("no feeds yet; add them to {path}").format(path=setting.located.path))
        return 0 if feeds else 1

    return setting.run(command)


def trouble(reader: Reader, feed: Feed) -> str:
    """What is wrong with a feed, in a sentence; empty if nothing is."""
    return "" if reader.health(feed) in WELL else reader.sentence(feed)


def _print_table(setting: Setting, reader: Reader, feeds: tuple[Feed, ...]) -> None:
    head = (_("id"), _("feed"), _("state"), _("unread"), _("articles"), _("newest"), _("last success"), _("next"))
    now, zone = reader.now(), reader.zone
    rows = [head, *(_row(feed, reader.health(feed), now, zone) for feed in feeds)]
    widths = [max(cells(row[column]) for row in rows) for column in range(len(head))]
    columns = setting.output.columns
    notes = ["", *(trouble(reader, feed) for feed in feeds)]
    for row, note in zip(rows, notes, strict=True):
        fields = zip(row, widths, range(len(head)), strict=True)
        line = "  ".join(pad(text, width, right=column in NUMBERS) for text, width, column in fields).rstrip()
        setting.output.result(clip_cells(line, columns) if columns else line)
        if note:
            setting.output.result(f"{'':>{widths[0]}}  ! {note}")


def _row(feed: Feed, health: Health, now: datetime, zone: tzinfo) -> tuple[str, ...]:
    state = feed.state
    return (
        str(feed.id),
        clip_cells(without_secrets(feed.title), TITLE_CELLS),
        _(HEALTH[health]),
        number(feed.unread),
        number(feed.articles),
        age(feed.newest, now, zone) if feed.newest else "–",
        age(state.last_success, now, zone) if state.last_success else "–",
        _next(feed, health, now, zone),
    )


def _next(feed: Feed, health: Health, now: datetime, zone: tzinfo) -> str:
    due = feed.state.next_due
    if health in {"disabled", "gone"}:
        return "–"
    return ago(due, now, zone) if due and due > now else _("now")
