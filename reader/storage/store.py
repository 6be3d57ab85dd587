"""`Store`: everything stored, for the event loop. It only hands functions to the threads that own the connections."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import sqlite3
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from reader.errors import StorageError
from reader.i18n import _
from reader.storage import feeds, indexing, rows
from reader.storage.counts import load_counts
from reader.storage.marking import Marking
from reader.storage.opening import connect_reader, open_database
from reader.storage.search import asking
from reader.storage.search.facts import matching

if TYPE_CHECKING:
    from reader.model import (
        Answer,
        Article,
        ArticleRow,
        Feed,
        FeedConfig,
        FeedFacts,
        FeedState,
        KnownEntry,
        PageText,
        Question,
        RefreshPlan,
        SourceCounts,
        Stored,
        StoreSize,
        Verdict,
    )
    from reader.query import Query
    from reader.storage.carriage import Carriage
    from reader.storage.pages import PageWish

__all__ = ["Store"]

T = TypeVar("T")

_PURGED_AT_ONCE = 500
"""Articles in one transaction of a purge, so that others get their turn between."""


class Store(Marking):
    """Articles, feeds and the reader's marks, in one SQLite file."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        """Use `Store.open`."""
        super().__init__(path, now)
        self._configs: dict[str, FeedConfig] = {}
        self._revisions: dict[int, int] = {}
        self._rebuilding: asyncio.Task[None] | None = None
        self._data_version = 0

    @classmethod
    async def open(cls, path: Path, *, now: Callable[[], datetime]) -> Store:
        """Open the database file; it is made if absent, migrated if older, moved aside if damaged.

        Args:
            path: The file.
            now: The clock, in UTC.

        Raises:
            StorageError: it cannot be used; `StorageTooNewError` if a newer Warta wrote it.

        """
        store = cls(path, now)
        opened = await store._writer.start(lambda: open_database(path, now=now()))
        store.notices, store.is_read_only = opened.notices, opened.is_read_only

        def connect() -> tuple[sqlite3.Connection, None]:
            return connect_reader(path, is_frozen=opened.is_frozen), None

        try:
            store._data_version = await store._writer.data_version()
            await asyncio.gather(store._reader.start(connect), store._searcher.start(connect))
            if not store.is_read_only:
                await store._mend_index()
        except BaseException:
            await store.close()
            raise
        return store

    async def close(self) -> None:
        """Close within half a second: reads are broken off, marks that wait are still made."""
        if self._rebuilding:
            self._rebuilding.cancel()
            with contextlib.suppress(asyncio.CancelledError, StorageError):
                await self._rebuilding
        for thread in (self._searcher, self._reader):
            thread.stop()
        await asyncio.gather(self._searcher.ended(), self._reader.ended())
        # Whoever closes last folds the write-ahead log into the database, which only the writer may.
        self._writer.stop()
        await self._writer.ended()

    async def changed_elsewhere(self) -> bool:
        """Whether another process, or another store here, changed anything since this was last asked.

        Asked the first time: since the store was opened. What is done through this store does not count.
        """
        # All that is written here goes through the writer, and that does not see its own commits in this number.
        version = await self._writer.data_version()
        is_changed, self._data_version = version != self._data_version, version
        return is_changed

    # Feeds

    async def sync_feeds(self, configs: Sequence[FeedConfig]) -> tuple[Feed, ...]:
        """Take over feeds.toml, matched by URL: vanished feeds are hidden, reappearing ones come back.

        Returns:
            The feeds in file order, with the configuration given here, secrets included.

        """
        by_url: dict[str, FeedConfig] = {}
        for config in configs:
            by_url.setdefault(config.url, config)
        once = tuple(by_url.values())
        self._configs = by_url
        if not self.is_read_only and not await self._reader.run(lambda db: feeds.is_synced(db, once)):
            await self._write(feeds.sync_feeds, once)
        return await self.feeds()

    async def feeds(self, *, include_unlisted: bool = False) -> tuple[Feed, ...]:
        """The feeds in file order; those no longer in the file, if asked for, after them."""
        found = await self._reader.run(feeds.load_feeds)
        self._revisions = {row.feed.id: row.revision for row in found}
        return tuple(
            replace(row.feed, config=self._configs.get(row.feed.config.url, row.feed.config))
            for row in found
            if row.is_listed or include_unlisted
        )

    async def readdress(self, old_url: str, new_url: str, facts: FeedFacts | None = None) -> bool:
        """Give a feed another URL, with what it tells of itself there; it keeps its articles. False: that cannot be."""
        return await self._write(feeds.readdress, old_url, new_url, facts)

    async def claim(self, feed_ids: Iterable[int], *, owner: str, seconds: float) -> frozenset[int]:
        """Take the lease of feeds before asking them.

        A feed that another process is asking, or has refreshed since `feeds` was last called here, is not given.

        Args:
            feed_ids: The feeds that are due.
            owner: Names this process.
            seconds: After so long the lease ends by itself.

        Returns:
            Those that may be asked now.

        """
        revisions = {number: self._revisions.get(number) for number in feed_ids}
        now = int(self._now().timestamp())
        return await self._write(
            feeds.claim, revisions, owner=owner, now=now, until=now + max(int(seconds), 1), durable=False
        )

    async def release(self, feed_ids: Iterable[int], owner: str) -> None:
        """Give leases back without a result."""
        await self._write(feeds.release, tuple(feed_ids), owner, durable=False)

    async def rhythms(self, feed_ids: Iterable[int]) -> dict[int, int | None]:
        """Median gap in minutes between each feed's latest 20 dated articles; None if it has fewer than three."""
        ids = tuple(feed_ids)
        return await self._reader.run(lambda db: {number: feeds.rhythm_minutes(db, number) for number in ids})

    async def save_state(self, feed_id: int, state: FeedState) -> None:
        """Store what is remembered of a feed after a refresh that brought nothing; release its lease."""
        from reader.storage import articles

        await self._writer.join(articles.in_turn, lambda db, _index: feeds.save_state(db, feed_id, state))

    # What refreshes bring

    async def known(self, feed_id: int, keys: Sequence[str]) -> dict[str, KnownEntry]:
        """What is known of a feed's entries, by key; unknown keys are left out."""
        from reader.storage import articles

        return await self._reader.run(lambda db: articles.known(db, feed_id, keys))

    async def carry_out(
        self,
        plan: RefreshPlan,
        state: FeedState,
        *,
        now: datetime,
        merge: bool = True,
        verdicts: Mapping[str, Verdict] | None = None,
        more_soon: bool = False,
    ) -> Stored:
        """Store what a feed brought, all or nothing; see `articles.carry_out`.

        ``more_soon``: other feeds are about to be stored too, so this one waits a moment to be stored with them.
        """
        from reader.storage import articles

        work = functools.partial(articles.carry_out, plan=plan, state=state, now=now, merge=merge, verdicts=verdicts)
        weight = 1 + len(plan.new) + len(plan.changed)
        return await self._writer.join(articles.in_turn, work, weight=weight, more_soon=more_soon, droppable=True)

    async def save_full(self, article_id: int, page: PageText) -> None:
        """Store an article's whole text beside the feed's."""
        from reader.storage import articles

        await self._write(articles.save_full, article_id, page, durable=False)

    async def save_vain(self, article_id: int) -> None:
        """Remember that an article's page gave no more than the feed."""
        from reader.storage import articles

        await self._write(articles.save_vain, article_id, durable=False)

    async def wanted_pages(self, wish: PageWish) -> tuple[tuple[int, str], ...]:
        """Id and address of unread articles without their whole text, newest first."""
        from reader.storage.pages import wanted_pages

        return await self._searcher.run(lambda db: wanted_pages(db, wish))

    # Reading

    async def rows(self, ids: Sequence[int]) -> tuple[ArticleRow, ...]:
        """Rows for ids, in their order; ids that are gone are left out."""
        return await self._reader.run(lambda db: rows.load_rows(db, ids))

    async def dates(self, ids: Sequence[int]) -> tuple[datetime | None, ...]:
        """The dates that ids are sorted by, in their order; None for those that are gone."""
        return await self._reader.run(lambda db: rows.load_dates(db, ids))

    async def article(self, article_id: int) -> Article:
        """One article, whole.

        Raises:
            NotFoundError: there is no such article.

        """
        from reader.storage.whole import load_article

        return await self._reader.run(lambda db: load_article(db, article_id))

    async def counts(self, *, today_start: datetime) -> SourceCounts:
        """Numbers for the sidebar, but for the saved filters'."""
        return await self._reader.run(lambda db: load_counts(db, today_start=today_start))

    async def ask(self, question: Question, query: Query) -> AsyncGenerator[Answer, None]:
        """Answers to a question, each with all ids so far: a screenful at once, the last one with the exact count.

        Closing the iterator, or cancelling the task that awaits it, stops the search.
        """
        async for answer in asking.ask(self._searcher.run, question, query):
            yield answer

    async def count(self, question: Question, query: Query) -> int:
        """How many articles a question finds."""
        return await self._searcher.run(lambda db: asking.count(db, question, query))

    async def matching(self, ids: Sequence[int], query: Query) -> tuple[int, ...]:
        """Those of a few articles that a query matches and no rule hides, in their order."""
        return await self._reader.run(lambda db: matching(db, ids, query))

    async def place_names(self, typed: str) -> tuple[str, ...]:
        """Places that reports are from, with a word that begins so."""
        from reader.storage.search.places import place_names

        return await self._reader.run(lambda db: place_names(db, typed))

    async def per_day(self, feed_id: int, days: int, zone: tzinfo) -> tuple[int, ...]:
        """How many articles of a feed are dated on each of the last days in a zone, oldest first."""
        now = self._now()
        return await self._reader.run(lambda db: rows.per_day(db, feed_id, days=days, zone=zone, now=now))

    # Upkeep

    @property
    def carriage(self) -> Carriage:
        """Takes articles out and in, marks and all."""
        from reader.storage.carriage import Carriage

        return Carriage(self._searcher.run, self._writer.run)

    async def purge(
        self, *, keep_days: int = 0, max_articles: int = 0, unlisted_too: bool = False, dry_run: bool = False
    ) -> int:
        """Take out old articles by the feeds' rules, or by these where a feed has none of its own.

        Args:
            keep_days: 0: for ever.
            max_articles: For each feed; 0: no bound.
            unlisted_too: Empty the feeds that are in feeds.toml no more.
            dry_run: Only count.

        Returns:
            How many went, or would go.

        """
        from reader.storage import retention

        rule = retention.Retention(self._now(), keep_days, max_articles, unlisted_too)
        ids = await self._searcher.run(lambda db: retention.purgeable(db, rule))
        if dry_run:
            return len(ids)
        gone = 0
        for start in range(0, len(ids), _PURGED_AT_ONCE):
            gone += await self._write(retention.purge, rule, ids[start : start + _PURGED_AT_ONCE], durable=False)
        return gone

    async def compact(self, *, rewrite_index: bool = False) -> int:
        """Give free space of the file back to the disk, in small transactions between which others get their turn.

        Args:
            rewrite_index: Take the words of articles that are gone out of the search index first; worth it when many
                went.

        Returns:
            Bytes given back. A full disk ends it early, and loses nothing.

        """
        from reader.storage.compacting import compact

        return await compact(self._write, self._reader.run, rewrite_index=rewrite_index)

    async def size(self) -> StoreSize:
        """How large the store is."""
        from reader.storage import retention

        return await self._reader.run(lambda db: retention.store_size(db, self.path))

    async def _mend_index(self) -> None:
        """Build the search index anew if it has an older form; what takes long goes on behind."""
        if await self._reader.run(indexing.is_current):
            return
        await self._write(indexing.begin_rebuild)
        if await self._write(indexing.rebuild_step, 500):
            self.notices += (_("The search index is being rebuilt; older articles can be found when it is done."),)
            self._rebuilding = asyncio.create_task(self._rebuild())

    async def _rebuild(self) -> None:
        is_unfinished = True
        with contextlib.suppress(StorageError):
            while is_unfinished:
                is_unfinished = await self._write(indexing.rebuild_step, durable=False, droppable=True)
