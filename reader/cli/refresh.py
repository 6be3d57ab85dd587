"""``warta refresh``: a line a feed as it ends, and a bar on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.cli.feed_names import chosen_feeds
from reader.cli.output import clip_cells
from reader.cli.records import failure_sentence, refresh_record
from reader.core.prefetch import FeedPages
from reader.i18n import _, ngettext, number
from reader.text.urls import without_secrets

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Collection, Mapping, Sequence
    from types import SimpleNamespace

    from reader.cli.output import Output
    from reader.cli.setting import Setting
    from reader.core.prefetch import PrefetchProgress
    from reader.core.reader import Reader
    from reader.model import FeedRefreshed, RefreshProgress

__all__ = ["TITLE_CELLS", "refresh", "summary_text", "tell"]

BAR_CELLS = 24
TITLE_CELLS = 80
"""Widest title told; feeds exist that call themselves by a whole page."""


def refresh(setting: Setting) -> int:
    """Fetch what is due; 1 if a feed failed."""

    async def command(reader: Reader) -> int:
        arguments, output = setting.arguments, setting.output
        chosen = chosen_feeds(await reader.feeds(), arguments.feed) if arguments.feed else None
        results = await reader.refresh(
            chosen,
            urgency="force" if arguments.force else "due",
            listener=lambda progress: tell(progress, output, is_json=arguments.json),
        )
        output.progress("")
        pages = await _whole_articles(reader, chosen, arguments, output)
        if arguments.json:
            feeds = {feed.id: feed for feed in await reader.feeds()}
            output.json_array(
                [refresh_record(result, feeds.get(result.feed_id), pages.get(result.feed_id)) for result in results]
            )
        output.message(summary_text(results))
        return 1 if any(result.outcome == "failed" for result in results) else 0

    return setting.run(command)


async def _whole_articles(
    reader: Reader, chosen: Collection[int] | None, arguments: Namespace | SimpleNamespace, output: Output
) -> Mapping[int, FeedPages]:
    """What came of article pages: of feeds with ``full_text``, and of all that is unread if that was asked for."""
    if not arguments.full and not any(config.full_text for config in reader.config.feeds):
        return {}
    feeds = [feed for feed in await reader.feeds() if chosen is None or feed.id in chosen]
    if not arguments.full and not any(feed.config.full_text for feed in feeds):
        return {}

    def hear(progress: PrefetchProgress) -> None:
        output.progress("" if progress.is_finished else _page_bar(progress))

    runs = [await reader.prefetcher.finished(hear)]
    if arguments.full:
        runs.append(await reader.prefetcher.fetch_unread(feeds, again=arguments.force, listener=hear))
    output.progress("")
    total = FeedPages()
    by_feed: dict[int, FeedPages] = {}
    for run in runs:
        total += run.all
        for feed_id, pages in run.by_feed.items():
            by_feed[feed_id] = by_feed.get(feed_id, FeedPages()) + pages
        for sentence, times in run.sentences:
            output.message(f"! {sentence}" + (f" ({number(times)}×)" if times > 1 else ""))
    if arguments.full or total != FeedPages():
        output.message(_page_summary(total))
    return by_feed


def _page_bar(progress: PrefetchProgress) -> str:
    counts = _("{done}/{total} full articles").format(done=number(progress.done), total=number(progress.total))
    return f"{counts} {_cells(progress.done, progress.total)}"


def _page_summary(pages: FeedPages) -> str:
    stored = ngettext("{count} full article stored", "{count} full articles stored", pages.stored)
    parts = [stored.format(count=number(pages.stored))]
    if pages.shorter:
        text = ngettext("{count} page has no more", "{count} pages have no more", pages.shorter)
        parts.append(text.format(count=number(pages.shorter)))
    if pages.failed:
        parts.append(ngettext("{count} failed", "{count} failed", pages.failed).format(count=number(pages.failed)))
    if pages.left:
        text = ngettext("{count} left for next time", "{count} left for next time", pages.left)
        parts.append(text.format(count=number(pages.left)))
    return " · ".join(parts)


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
            if result.muted:
                counts.append(_muted(result.muted))
            if result.updated:
                text = ngettext("{count} changed", "{count} changed", result.updated)
                counts.append(text.format(count=number(result.updated)))
            return f"  {title}: {', '.join(counts) or _('nothing new')}"
        case "not_due":
            return f"  {title}: {_('not due')}"
        case _:
            return f"  {title}: {_('nothing new')}"


def _bar(progress: RefreshProgress) -> str:
    counts = _("{done}/{total} feeds · {new} new").format(
        done=number(progress.done), total=number(progress.total), new=number(progress.new)
    )
    return f"{counts} {_cells(progress.done, progress.total)}"


def _cells(done: int, total: int) -> str:
    filled = BAR_CELLS * done // max(total, 1)
    return "━" * filled + ("╺" + "─" * (BAR_CELLS - filled - 1) if filled < BAR_CELLS else "")


def _muted(count: int) -> str:
    return ngettext("{count} muted", "{count} muted", count).format(count=number(count))


def summary_text(results: Sequence[FeedRefreshed]) -> str:
    """What came of a refresh of several feeds."""
    asked = [result for result in results if result.outcome != "not_due"]
    failed = sum(result.outcome == "failed" for result in asked)
    waiting = len(results) - len(asked)
    new = sum(result.new for result in asked)
    parts = [
        ngettext("{count} feed checked", "{count} feeds checked", len(asked)).format(count=number(len(asked))),
        ngettext("{count} new", "{count} new", new).format(count=number(new)),
    ]
    if muted := sum(result.muted for result in asked):
        parts.append(_muted(muted))
    if failed:
        parts.append(ngettext("{count} failed", "{count} failed", failed).format(count=number(failed)))
    if waiting:
        parts.append(ngettext("{count} not due", "{count} not due", waiting).format(count=number(waiting)))
    return " · ".join(parts)
