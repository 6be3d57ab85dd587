"""Refreshing from the screen: progress about ten times a second, lists about once, the cursor never."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Literal

from textual.timer import Timer

from reader.i18n import _, ngettext, number
from reader.text.times import ago, clock, exact
from reader.ui.cells import simple

if TYPE_CHECKING:
    from reader.model import Config, Feed, FeedRefreshed, RefreshProgress
    from reader.ui.port import ReaderPort
    from reader.ui.screens.main import MainScreen

__all__ = ["Refreshing", "idle_text", "result_text"]

PROGRESS_SECONDS = 0.1
LONGEST_WAIT = timedelta(days=30)
"""No server's wish is honoured for longer; a later date stands for never."""
LISTS_EVERY = 10
"""Lists and numbers are read again at every tenth progress, and at the end."""


def idle_text(feeds: Sequence[Feed], reader: ReaderPort, key: str = "", *, is_brief: bool = False) -> str:
    """``updated 5 minutes ago · 2 feeds with problems · 2 problems in feeds.toml (!)``; ``key`` tells which.

    What is wrong stands last, the key behind it: what comes first goes first where it is narrow.
    """
    checked = max((feed.state.last_checked for feed in feeds if feed.state.last_checked), default=None)
    parts, troubles = [], []
    if checked:
        parts.append(_("updated {when}").format(when=ago(checked, reader.now(), reader.zone)))
    failing = [feed for feed in feeds if feed.state.failure]
    if failing and all(feed.state.failure and feed.state.failure.kind == "offline" for feed in failing):
        has_stored = any(feed.articles for feed in feeds)
        parts.append(_("offline: stored articles can still be read") if has_stored else _("offline"))
    elif failing:
        troubles.append(_failing(len(failing), is_brief=is_brief))
    if mistakes := _mistakes(reader.config):
        troubles.append(mistakes)
    if troubles and key:
        troubles[-1] += f" ({key})"
    return " · ".join(parts + troubles)


def _failing(count: int, *, is_brief: bool) -> str:
    if is_brief:
        text = ngettext("{count} feed failing", "{count} feeds failing", count)
    else:
        text = ngettext("{count} feed with problems", "{count} feeds with problems", count)
    return text.format(count=number(count))


def _mistakes(config: Config) -> str:
    """What is wrong with feeds.toml, as long as it is."""
    if config.is_unusable:
        return _("feeds.toml cannot be used")
    if config.origin == "missing" or not config.problems:
        return ""
    count = len(config.problems)
    return ngettext("{count} problem in feeds.toml", "{count} problems in feeds.toml", count).format(
        count=number(count)
    )


def result_text(results: Sequence[FeedRefreshed]) -> str:
    """What came of a refresh that was asked for; empty if nothing could be asked."""
    if not results:
        return ""
    new = sum(result.new for result in results)
    failed = [result for result in results if result.outcome == "failed"]
    parts = [_("{count} new").format(count=number(new)) if new else _("nothing new")]
    if muted := sum(result.muted for result in results):
        parts.append(ngettext("{count} muted", "{count} muted", muted).format(count=number(muted)))
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
        self._has_updates = False
        self._refused: tuple[frozenset[int] | None, bool] = None, False

    def start(self) -> None:
        """Ask what is due, now and then."""
        self._screen.work(partial(self._reader.run_scheduler, self.hear), "scheduler")

    def hear(self, progress: RefreshProgress) -> None:
        """A refresh went on."""
        self._latest = progress
        self._screen.late.filtering.alerts.hear(progress)
        last = progress.last
        self._stale = (
            self._stale
            or progress.is_finished
            or bool(last and (last.new or last.muted or last.updated or last.failure))
        )
        self._has_updates = self._has_updates or bool(last and last.updated)
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

    def refresh(self, ids: Sequence[int] | None, *, keeps_message: bool = False) -> None:
        """Fetch these feeds, or all; what its server does not want to be asked yet only at the second time.

        ``keeps_message``: what was just told stays in sight.
        """
        if not self._reader.config.feeds:
            self._screen.say(_("No feed to refresh"))
            return
        if not keeps_message:
            self._screen.telling.hush()
        wanted = None if ids is None else frozenset(ids)
        is_second = self._refused == (wanted, True)
        self._refused = None, False
        self._screen.work(partial(self._run, wanted, "force" if is_second else "polite"), "refresh")

    async def _run(self, ids: frozenset[int] | None, urgency: Literal["polite", "force"]) -> None:
        results = await self._reader.refresh(ids, urgency=urgency, listener=self.hear)
        asked = [result for result in results if result.outcome != "not_due"]
        waiting = {result.feed_id for result in results if result.outcome == "not_due"}
        parts = [result_text(asked)] if asked else []
        if waiting and (not asked or urgency == "polite"):
            parts.append(self._why_not(ids, waiting, urgency, is_one=len(results) == 1))
        if parts := list(filter(None, parts)):
            is_bad = any(result.outcome == "failed" for result in asked)
            self._screen.telling.add(" · ".join(parts), is_warning=is_bad)

    def _why_not(
        self, ids: frozenset[int] | None, waiting: Set[int], urgency: Literal["polite", "force"], *, is_one: bool
    ) -> str:
        """When what was not asked may be, and whether asking again helps; empty: of several, it never may."""
        now, zone = self._reader.now(), self._reader.zone
        latest = now + LONGEST_WAIT
        feeds = [
            feed
            for feed in self._screen.lists.feeds
            if feed.id in waiting and (self._reader.when_askable(feed, "force") or now) <= latest
        ]
        if not feeds:
            return _("This feed is not refreshed: gone or disabled") if is_one else ""
        if any(self._reader.when_askable(feed, "force") is None for feed in feeds) and urgency == "polite":
            self._refused = ids, True
            soonest = min((when for feed in feeds if (when := self._reader.when_askable(feed, "polite"))), default=now)
            if len(feeds) > 1:
                text = ngettext("{count} feed paused until {time}", "{count} feeds paused until {time}", len(feeds))
            else:
                text = _("Paused until {time}")
            rests = text.format(count=number(len(feeds)), time=clock(soonest, zone))
            return _("{rests}; press again to refresh now").format(rests=rests)
        waits = [when for feed in feeds if (when := self._reader.when_askable(feed, "force"))]
        if not waits:  # another Warta is asking them
            return ""
        if is_one:
            return _("The server asks to wait until {time}").format(time=exact(waits[0], zone))
        text = ngettext("{count} feed paused until {time}", "{count} feeds paused until {time}", len(waits))
        return text.format(count=number(len(waits)), time=exact(min(waits), zone, short=True))

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
            if self._has_updates:
                self._has_updates = False
                self._screen.list.forget_rows()
                self._screen.reading.look()
            self._screen.lists.update_sidebar()
            self._screen.lists.ask()
        elif not progress.is_finished and self._stale:
            self._timer = self._screen.set_timer(PROGRESS_SECONDS, self._flush)
