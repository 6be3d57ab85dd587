"""``warta refresh``: a line a feed as it ends, and a bar on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.cli.feed_names import chosen_feeds
from reader.cli.output import clip_cells
from reader.cli.records import failure_sentence, refresh_record
from reader.i18n import _, ngettext, number
from reader.text.urls import without_secrets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.cli.output import Output
    from reader.cli.setting import Setting
    from reader.core.reader import Reader
    from reader.model import FeedRefreshed, RefreshProgress

__all__ = ["TITLE_CELLS", "refresh", "tell"]

BAR_CELLS = 24
TITLE_CELLS = 80
"""Widest title told; feeds exist that call themselves by a whole page."""


def refresh(setting: Setting) -> int:
    """Fetch what is due; 1 if a feed failed."""

    async def command(reader: Reader) -> int:
        arguments, output = setting.arguments, setting.output
        chosen = chosen_feeds(await reader.feeds(), arguments.feed)
        results = await reader.refresh(
            chosen,
            urgency="force" if arguments.force else "due",
            listener=lambda progress: tell(progress, output, is_json=arguments.json),
        )
        output.progress("")
        feeds = {feed.id: feed for feed in await reader.feeds()}
        if arguments.json:
            output.json_array([refresh_record(result, feeds.get(result.feed_id)) for result in results])
        output.message(_summary(results))
        return 1 if any(result.outcome == "failed" for result in results) else 0

    return setting.run(command)


def tell(progress: RefreshProgress, output: Output, *, is_json: bool) -> None:
    """A line for the feed that ended last, and the bar."""
    if progress.last and not is_json:
        output.result(_line(progress.last))
    if progress.total:
        output.progress("" if progress.is_finished else _bar(progress))


def _line(result: FeedRefreshed) -> str:
    title = clip_cells(without_secrets(result.title), TITLE_CELLS)
    match result.outcome:
        case "failed":
            return f"! {title}: {failure_sentence(result, None)}"
        case "new" | "updated":
            counts = []
            if result.new:
                counts.append(ngettext("{count} new", "{count} new", result.new).format(count=number(result.new)))
            if result.updated:
                text = ngettext("{count} changed", "{count} changed", result.updated)
                counts.append(text.format(count=number(result.updated)))
            return f"  {title}: {', '.join(counts) or _('nothing new')}"
        case "not_due":
            return f"  {title}: {_('not due')}"
        case _:
            return f"  {title}: {_('nothing new')}"


def _bar(progress: RefreshProgress) -> str:
    filled = BAR_CELLS * progress.done // max(progress.total, 1)
    bar = "━" * filled + ("╺" + "─" * (BAR_CELLS - filled - 1) if filled < BAR_CELLS else "")
    counts = _("{done}/{total} feeds · {new} new").format(
        done=number(progress.done), total=number(progress.total), new=number(progress.new)
    )
    return f"{counts} {bar}"


def _summary(results: Sequence[FeedRefreshed]) -> str:
    asked = [result for result in results if result.outcome != "not_due"]
    failed = sum(result.outcome == "failed" for result in asked)
    waiting = len(results) - len(asked)
    new = sum(result.new for result in asked)
    parts = [
        ngettext("{count} feed asked", "{count} feeds asked", len(asked)).format(count=number(len(asked))),
        ngettext("{count} new", "{count} new", new).format(count=number(new)),
    ]
    if failed:
        parts.append(ngettext("{count} failed", "{count} failed", failed).format(count=number(failed)))
    if waiting:
        parts.append(ngettext("{count} not due", "{count} not due", waiting).format(count=number(waiting)))
    return " · ".join(parts)
