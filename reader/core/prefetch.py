"""Whole articles fetched before anybody opens them: as they arrive, or all that is unread for a journey.

Politely: as robots.txt allows, one page at a time from a host with a pause between, hosts side by side, and a host in
trouble is left alone. What is stored stays when it is broken off, and the next time goes on from there.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from reader.errors import NotFoundError, StorageError
from reader.light import dataclass
from reader.storage.pages import PageWish
from reader.text.urls import display_host, host

if TYPE_CHECKING:
    from reader.core.reader import Reader
    from reader.core.whole import WholeArticle
    from reader.model import FailureKind, Feed, FeedRefreshed
    from reader.storage.store import Store

__all__ = ["MOST_AT_ONCE", "SNIPPET_WORDS", "FeedPages", "PrefetchProgress", "Prefetcher"]

MOST_AT_ONCE = 300
"""Pages asked in one go; the next one takes the rest."""
SNIPPET_WORDS = 150
"""What a feed says more of an article than this is likely all there is."""
HOSTS_AT_ONCE = 4
TRIES = 3
"""After so many failures in a row a host is left alone for this time."""
_ARRIVED_WITHIN = timedelta(days=2)

_HOST_TROUBLE: frozenset[FailureKind] = frozenset(
    {
        "dns", "refused", "tls", "timeout", "connection", "proxy", "http_status", "blocked", "unauthorized",
        "too_many_redirects", "bad_redirect", "truncated", "bad_encoding",
    }
)  # fmt: skip
_ENOUGH: frozenset[FailureKind] = frozenset({"offline", "rate_limited", "forbidden_address"})
"""After one of these a host is not asked again."""


@dataclass(frozen=True, slots=True)
class FeedPages:
    """What came of the pages of one feed's articles."""

    stored: int = 0
    """Whole articles stored."""
    shorter: int = 0
    """Pages that gave no more than the feed."""
    failed: int = 0
    """Pages that could not be had."""
    left: int = 0
    """Pages left for the next time: their host is in trouble, or there were too many."""

    def __add__(self, other: FeedPages) -> FeedPages:
        return FeedPages(
            self.stored + other.stored,
            self.shorter + other.shorter,
            self.failed + other.failed,
            self.left + other.left,
        )


@dataclass(frozen=True, slots=True)
class PrefetchProgress:
    """How far it has come."""

    total: int
    """Pages to ask."""
    done: int = 0
    """Pages that ended, or were left."""
    by_feed: Mapping[int, FeedPages] = field(default_factory=dict)
    """What came of them, by feed id."""
    sentences: tuple[tuple[str, int], ...] = ()
    """What went wrong, each sentence with how often; the most frequent first."""
    is_finished: bool = False
    """Nothing is under way any more."""
    last: int = 0
    """The article whose whole text was stored last; 0: none yet."""

    @property
    def all(self) -> FeedPages:
        """All feeds together."""
        return sum(self.by_feed.values(), FeedPages())

    def with_more(self, other: PrefetchProgress) -> PrefetchProgress:
        """The two goes, one after the other, as one."""
        feeds = {*self.by_feed, *other.by_feed}
        none = FeedPages()
        return PrefetchProgress(
            self.total + other.total,
            self.done + other.done,
            {feed: self.by_feed.get(feed, none) + other.by_feed.get(feed, none) for feed in feeds},
            (*self.sentences, *other.sentences),
            is_finished=other.is_finished,
            last=other.last or self.last,
        )


Listener = Callable[[PrefetchProgress], None]


class Prefetcher:
    """Fetches whole articles for one `Reader`."""

    def __init__(self, reader: Reader, store: Store) -> None:
        self._reader = reader
        self._store = store
        self._arriving: asyncio.Task[PrefetchProgress] | None = None
        self._pending: set[int] = set()
        self._listener: Listener = _ignore
        self._turn = asyncio.Lock()

    async def fetch_unread(
        self, feeds: Sequence[Feed], *, again: bool = False, listener: Listener | None = None
    ) -> PrefetchProgress:
        """Fetch the whole text of what is unread and has only a snippet, newest first.

        Args:
            feeds: Whose articles.
            again: Those too whose page gave no more the last time.
            listener: Told after each page.

        Raises:
            StorageError: the database cannot be used.

        """
        wish = PageWish(
            [feed.id for feed in feeds],
            [feed.id for feed in feeds if feed.config.full_text],
            SNIPPET_WORDS,
            again=again,
            most=10 * MOST_AT_ONCE,
        )
        return await self._fetch(wish, listener or _ignore)

    def arrived(self, feeds: Iterable[Feed], results: Iterable[FeedRefreshed]) -> None:
        """Begin to fetch whole articles of the feeds with ``full_text`` that were refreshed; goes on behind."""
        refreshed = {result.feed_id for result in results if result.outcome not in {"not_due", "failed"}}
        self._pending |= {feed.id for feed in feeds if feed.config.full_text and feed.id in refreshed}
        if self._pending and (self._arriving is None or self._arriving.done()):
            self._arriving = asyncio.create_task(self._fetch_behind())

    async def finished(self, listener: Listener | None = None) -> PrefetchProgress:
        """Wait for what `arrived` began."""
        self._listener = listener or _ignore
        return await self._arriving if self._arriving is not None else PrefetchProgress(0, is_finished=True)

    async def close(self) -> None:
        """Break off what goes on behind; what is stored stays."""
        if self._arriving is not None:
            self._arriving.cancel()
            await asyncio.gather(self._arriving, return_exceptions=True)

    async def _fetch_behind(self) -> PrefetchProgress:
        """What arrived in the feeds that wait, and in those that come to wait meanwhile."""
        progress = PrefetchProgress(0, is_finished=True)
        try:
            while self._pending:
                wanted, self._pending = self._pending, set()
                since = self._reader.now() - _ARRIVED_WITHIN
                wish = PageWish(wanted, wanted, seen_since=since, most=MOST_AT_ONCE)
                progress = progress.with_more(await self._fetch(wish, self._tell))
        except StorageError as error:
            self._reader.notices = (*self._reader.notices[-9:], str(error))
        return progress

    def _tell(self, progress: PrefetchProgress) -> None:
        self._listener(progress)

    async def _fetch(self, wish: PageWish, listener: Listener) -> PrefetchProgress:
        async with self._turn:
            pages = await self._store.wanted_pages(wish)
            rows = {row.id: row.feed_id for row in await self._store.rows([number for number, _url in pages])}
            run = _Run(self._reader, listener, rows, min(len(pages), MOST_AT_ONCE))
            run.leave(number for number, _url in pages[MOST_AT_ONCE:])
            listener(run.progress)
            by_host: dict[str, list[int]] = {}
            for number, url in pages[:MOST_AT_ONCE]:
                by_host.setdefault(host(url), []).append(number)
            try:
                async with asyncio.TaskGroup() as group:
                    for name, ids in by_host.items():
                        group.create_task(run.ask_host(display_host(f"https://{name}/") or name, ids))
            except* StorageError as errors:
                raise errors.exceptions[0] from None
            return run.finish()


class _Run:
    """One go through some pages."""

    def __init__(self, reader: Reader, listener: Listener, feed_of: Mapping[int, int], total: int) -> None:
        self._reader = reader
        self._listener = listener
        self._feed_of = feed_of
        self._places = asyncio.Semaphore(HOSTS_AT_ONCE)
        self._counts: Counter[tuple[int, str]] = Counter()
        self._sentences: Counter[str] = Counter()
        self._is_offline = False
        self.progress = PrefetchProgress(total, is_finished=not total)

    async def ask_host(self, name: str, ids: Sequence[int]) -> None:
        """The pages of one host, one after the other, until it has had enough."""
        failures = 0
        async with self._places:
            for position, number in enumerate(ids):
                if failures >= TRIES or self._is_offline:
                    self._tell(ids[position:], "left")
                    return
                failures = self._weigh(await self._ask(number), name, number, failures)

    def _weigh(self, whole: WholeArticle | None, name: str, number: int, failures: int) -> int:
        """Note what came of a page; how many failures in a row that makes."""
        if whole is None:
            self._tell([number], "left")
            return failures
        if whole.outcome != "stored":
            self._sentences[f"{name}: {whole.sentence}"] += 1
        self._tell([number], whole.outcome)
        if whole.outcome == "stored":
            self.progress = replace(self.progress, last=number)
        if whole.failed is None:
            return 0
        kind = whole.failed.failure.kind
        self._is_offline = self._is_offline or kind == "offline"
        if kind in _ENOUGH or whole.failed.wishes.retry_after_seconds:
            return TRIES
        return failures + 1 if kind in _HOST_TROUBLE else 0

    async def _ask(self, number: int) -> WholeArticle | None:
        """What came of one page; None: the article is gone, or another Warta has fetched it meanwhile."""
        try:
            article = await self._reader.article(number)
            if article.full is not None:
                return None
            return await self._reader.fetch_whole(number, is_asked_for=False)
        except NotFoundError:
            return None

    def leave(self, ids: Iterable[int]) -> None:
        """Pages that are not asked this time."""
        for number in ids:
            self._counts[self._feed_of.get(number, 0), "left"] += 1

    def finish(self) -> PrefetchProgress:
        """The last progress, which is told too."""
        self._tell((), "left", is_finished=True)
        return self.progress

    def _tell(self, ids: Collection[int], outcome: str, *, is_finished: bool = False) -> None:
        for number in ids:
            self._counts[self._feed_of.get(number, 0), outcome] += 1
        feeds = {feed_id for feed_id, _outcome in self._counts}
        self.progress = replace(
            self.progress,
            done=self.progress.done + len(ids),
            by_feed={
                feed_id: FeedPages(*(self._counts[feed_id, name] for name in ("stored", "shorter", "failed", "left")))
                for feed_id in feeds
            },
            sentences=tuple(self._sentences.most_common(20)),
            is_finished=is_finished,
        )
        self._listener(self.progress)


def _ignore(_progress: PrefetchProgress) -> None:
    pass
