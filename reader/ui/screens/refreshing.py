"""Refreshing from the screen: progress about ten times a second, lists about once, the cursor never."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal

from textual.timer import Timer

from reader.i18n import _, ngettext, number
from reader.model import Feed, FeedRefreshed, RefreshProgress
from reader.text.times import ago
from reader.ui.cells import simple

if TYPE_CHECKING:
    from reader.ui.port import ReaderPort
    from reader.ui.screens.main import MainScreen

__all__ = ["Refreshing", "idle_text", "result_text"]

PROGRESS_SECONDS = 0.1
LISTS_EVERY = 10
"""Lists and numbers are read again at every tenth progress, and at the end."""


def idle_text(feeds: Sequence[Feed], reader: ReaderPort) -> str:
    """``updated 5 minutes ago · 2 feeds in trouble``."""
    checked = max((feed.state.last_checked for feed in feeds if feed.state.last_checked), default=None)
    parts = []
    if checked:
        parts.append(_("updated {when}").format(when=ago(checked, reader.now(), reader.zone)))
    failing = [feed for feed in feeds if feed.state.failure]
    if failing and all(feed.state.failure and feed.state.failure.kind == "offline" for feed in failing):
        parts.append(_("offline: everything stored can be read"))
    elif failing:
        text = ngettext("{count} feed in trouble", "{count} feeds in trouble", len(failing))
        parts.append(text.format(count=number(len(failing))))
    return " · ".join(parts)


def result_text(results: Sequence[FeedRefreshed]) -> str:
    """What came of a refresh that was asked for; empty if nothing could be asked."""
    if not results:
        return ""
    new = sum(result.new for result in results)
    failed = [result for result in results if result.outcome == "failed"]
    parts = [_("{count} new").format(count=number(new)) if new else _("nothing new")]
    if len(results) == 1:
        parts.insert(0, simple(results[0].title))
    if failed:
        text = ngettext("{count} feed failed", "{count} feeds failed", len(failed))
        parts.append(text.format(count=number(len(failed))))
    return " · ".join(parts)


class Refreshing:
    """Starts refreshes and shows how far they are."""

    def __init__(self, screen: MainScreen, reader: ReaderPort) -> None:
        self._screen = screen
        self._reader = reader
        self.progress: RefreshProgress | None = None
        """A refresh under way; None: none."""
        self._latest: RefreshProgress | None = None
        self._timer: Timer | None = None
        self._ticks = 0
        self._stale = False

    def start(self) -> None:
        """Ask what is due, now and then."""
        self._screen.work(partial(self._reader.run_scheduler, self.hear), "scheduler")

    def hear(self, progress: RefreshProgress) -> None:
        """A refresh went on."""
        self._latest = progress
        last = progress.last
        self._stale = self._stale or progress.is_finished or bool(last and (last.new or last.updated or last.failure))
        if self._timer is None:
            self._timer = self._screen.set_timer(PROGRESS_SECONDS, self._flush)

    def do_feed_refresh(self) -> None:
        """Fetch news of the selected source."""
        source = self._screen.lists.listing.source
        match source.name:
            case "feed":
                ids = [feed.id for feed in self._screen.lists.feeds if feed.id == source.value]
            case "folder":
                inside = f"{source.value}/"
                ids = [f.id for f in self._screen.lists.feeds if f"{f.config.folder}/".startswith(inside)]
            case _:
                self.do_feeds_refresh()
                return
        self.refresh(ids)

    def do_feeds_refresh(self) -> None:
        """Fetch news of all feeds that may be asked."""
        self.refresh(None)

    def refresh(self, ids: Sequence[int] | None) -> None:
        """Fetch these feeds, or all; what was asked a moment ago is left alone."""
        if not self._reader.config.feeds:
            self._screen.say(_("There is no feed to fetch"))
            return
        self._screen.work(partial(self._run, ids, "polite"), "refresh")

    async def _run(self, ids: Sequence[int] | None, urgency: Literal["due", "polite", "force"]) -> None:
        results = await self._reader.refresh(ids, urgency=urgency, listener=self.hear)
        asked = [result for result in results if result.outcome != "not_due"]
        text = result_text(asked) or _("Everything was asked a moment ago")
        self._screen.say(text, is_warning=any(result.outcome == "failed" for result in asked))

    def _flush(self) -> None:
        self._timer = None
        progress = self._latest
        if progress is None:
            return
        self.progress = None if progress.is_finished else progress
        self._screen.show_status()
        self._ticks += 1
        if self._stale and (progress.is_finished or self._ticks % LISTS_EVERY == 1):
            self._stale = False
            self._screen.lists.update_sidebar()
            self._screen.lists.ask()
        elif not progress.is_finished and self._stale:
            self._timer = self._screen.set_timer(PROGRESS_SECONDS, self._flush)
