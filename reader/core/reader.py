"""`Reader`: everything Warta can do, for the screen and the command line alike."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from reader.core.library import Library
from reader.core.names import names_of
from reader.core.retention import PURGE_EVERY, REWRITTEN_FROM, keeps_for_a_time
from reader.core.turns import Turns
from reader.errors import NotFoundError, StorageError
from reader.i18n import _
from reader.storage.store import Store
from reader.text.times import zone as zone_named

if TYPE_CHECKING:
    from reader.core.exchange import Exchange
    from reader.core.filters import Filters
    from reader.core.outgoing import Outgoing
    from reader.core.prefetch import Prefetcher
    from reader.core.refresh import Listener, Refresher
    from reader.core.rules import Rules
    from reader.core.subscriptions import Subscriptions
    from reader.core.whole import WholeArticle
    from reader.fetch.client import Fetcher
    from reader.fetch.network import Network
    from reader.fetch.schedule import Urgency
    from reader.model import (
        Config,
        Feed,
        FeedRefreshed,
        MarkKind,
        RefreshProgress,
        Step,
    )
    from reader.parse.worker import Parser

__all__ = ["DATABASE", "Reader", "utc_now"]

DATABASE = "warta.db"
"""The database's name in the data folder."""

SCHEDULER_SECONDS = 60
"""How often the scheduler asks what is due."""

_FILTER_KEYS = frozenset({"filters", "name", "query", "action"})
"""What a problem is about that may have left a filter out: then nothing is known of the rules that are gone."""


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


class Reader(Library):
    """The articles, the feeds they come from, and the reader's marks on them."""

    def __init__(self, config: Config, data_dir: Path, store: Store, *, now: Callable[[], datetime]) -> None:
        """Use `Reader.open`."""
        super().__init__(config, store, now=now)
        self.reading = config
        """feeds.toml as last read: where it has mistakes, what stood there before may still be obeyed."""
        self.data_dir = data_dir
        """Folder of database, log and reports."""
        self.notices: tuple[str, ...] = store.notices
        """What the reader must be told about the database: sentences."""
        self.turns = Turns()
        """Changes of feeds.toml, one after the other."""
        self.steps = 0
        """Steps that were made here and not taken back: orders changes of the file among them."""
        self._network: Network | None = None
        self._filters: Filters | None = None
        self._outgoing: Outgoing | None = None
        self._prefetcher: Prefetcher | None = None
        self._rules: Rules | None = None
        self._subscriptions: Subscriptions | None = None
        self._purged_at = datetime.min.replace(tzinfo=UTC)
        self._machinery: tuple[Fetcher, Parser, Refresher] | None = None
        self._starting = asyncio.Lock()
        self._wake = asyncio.Event()

    @classmethod
    async def open(
        cls,
        config: Config,
        data_dir: Path,
        *,
        now: Callable[[], datetime] = utc_now,
        is_visit: bool = True,
        network: Network | None = None,
    ) -> Reader:
        """Open the database in a folder (made if absent) and take over the feeds of a configuration.

        Nothing of network or parsing is loaded before it is needed. ``is_visit``: somebody sits down to read, so
        ``is:new`` counts from here next time; a command run by cron is none. ``network``: instead of the machine's own.

        Raises:
            StorageError: the database cannot be used.

        """
        try:
            data_dir.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 - once, before there is anything to block
        except OSError as error:
            from reader.text.told import os_reason

            message = _("The data folder {path} cannot be created: {reason}. Choose another with --data.")
            raise StorageError(message.format(path=data_dir, reason=os_reason(error)), path=str(data_dir)) from error
        store = await Store.open(data_dir / DATABASE, now=now)
        reader = cls(config, data_dir, store, now=now)
        reader._network = network
        try:
            await reader._take_over(config)
            reader._last_start = await reader._remember_start(is_visit=is_visit)
            if is_visit:
                # The sidebar asks at once.
                reader._just_read = reader._stamp, tuple(reader._feeds.values())
        except BaseException:
            await store.close()
            raise
        return reader

    async def close(self) -> None:
        """Stop everything at once; what was under way is dropped, what was stored stays."""
        if self._prefetcher is not None:
            await self._prefetcher.close()
        machinery, self._machinery = self._machinery, None
        if machinery:
            fetcher, parser, _refresher = machinery
            await parser.close()
            await fetcher.close()
        await self._store.close()

    async def use_config(self, config: Config) -> None:
        """Obey another reading of feeds.toml from now on; where it has mistakes, what was obeyed before stays."""
        from reader.core.standing import kept

        self.reading = config
        await self._take_over(kept(config, self.config))

    @property
    def filters(self) -> Filters:
        """Saves, changes and applies filters."""
        if self._filters is None:
            from reader.core.filters import Filters

            self._filters = Filters(self, self._store)
        return self._filters

    @property
    def subscriptions(self) -> Subscriptions:
        """Finds, follows, changes and removes feeds."""
        if self._subscriptions is None:
            from reader.core.subscriptions import Subscriptions

            self._subscriptions = Subscriptions(self, self._store, self._start)
        return self._subscriptions

    @property
    def outgoing(self) -> Outgoing:
        """Saves, pipes and downloads."""
        if self._outgoing is None:
            from reader.core.outgoing import Outgoing

            self._outgoing = Outgoing(self, self._start_fetching)
        return self._outgoing

    @property
    def prefetcher(self) -> Prefetcher:
        """Fetches whole articles before they are opened."""
        if self._prefetcher is None:
            from reader.core.prefetch import Prefetcher

            self._prefetcher = Prefetcher(self, self._store)
        return self._prefetcher

    @property
    def exchange(self) -> Exchange:
        """Gives away all that is kept, and takes in what another store or reader gave."""
        from reader.core.exchange import Exchange

        return Exchange(self, self._store, self._start)

    # The reader's marks

    async def mark(self, ids: Sequence[int], kind: MarkKind, *, label: str = "") -> Step | None:
        """Mark articles ``read``, ``unread``, ``star`` or ``unstar`` as one step; None if nothing changed."""
        return self.count_step(await self._store.mark(ids, kind, label=label))

    async def tag(
        self, ids: Sequence[int], *, add: Sequence[str] = (), remove: Sequence[str] = (), label: str = ""
    ) -> Step | None:
        """Put tags on articles and take others off, as one step; None if nothing changed."""
        return self.count_step(await self._store.retag(ids, add=add, remove=remove, label=label))

    async def undo(self) -> Step | None:
        """Take the last step back, whoever made it; None if there is none.

        A change of a filter made since the last mark is taken back first, as a step of kind ``filter``.

        Raises:
            ConfigError: it was a change of feeds.toml, and the file cannot be changed now.
            NotFoundError: so it was, and somebody changed the file at that place since.

        """
        if (taken := await self.filters.take_back(self.steps)) is not None:
            return taken
        last = await self._store.last_step()
        if last is not None and last[1] is not None:
            step: Step | None = last[0]
            try:
                await self.subscriptions.take_back(last[0], last[1])
            except NotFoundError:
                self.steps -= 1
                raise
        else:
            step = await self._store.undo()
        self._stamp += 1
        self.steps -= step is not None
        return step

    def count_step(self, step: Step | None) -> Step | None:
        """Keep in mind that a step was made, so that numbers are counted anew; the step."""
        self._stamp += 1
        self.steps += step is not None
        return step

    # Refreshing

    async def refresh(
        self, feed_ids: Collection[int] | None = None, *, urgency: Urgency = "due", listener: Listener | None = None
    ) -> tuple[FeedRefreshed, ...]:
        """Refresh feeds: all of them, or those named.

        Raises:
            StorageError: the database cannot be used.

        """
        feeds = [feed for feed in await self.feeds() if feed_ids is None or feed.id in feed_ids]
        _fetcher, _parser, refresher = await self._start()
        results = await refresher.refresh(
            feeds,
            settings=self.config.settings,
            rules=self._rules_now().ready(self._names, now=self.now(), zone=self.zone),
            urgency=urgency,
            listener=listener or _ignore,
        )
        self._stamp += 1
        if any(feed.config.full_text for feed in feeds):
            self.prefetcher.arrived(feeds, results)
        return tuple(results)

    async def refuse_redirect(self, feed_id: int) -> None:
        """Ask a feed at its subscribed address again, and never adopt the address its server moved it to.

        Raises:
            NotFoundError: there is no such feed in feeds.toml.

        """
        feed = self.feed(feed_id)
        from reader.fetch.schedule import refuse_redirect

        await self._store.save_state(feed_id, refuse_redirect(feed.state))

    @property
    def rule_troubles(self) -> tuple[str, ...]:
        """Which rules are off, and why: sentences."""
        if not any(filter_.action for filter_ in self.config.filters):
            return ()
        return self._rules_now().troubles(self._names, now=self.now(), zone=self.zone)

    def when_askable(self, feed: Feed, urgency: Urgency = "polite") -> datetime | None:
        """When a feed may be asked; None: now."""
        from reader.core.refresh import when_askable

        return when_askable(feed, self.now(), urgency)

    async def run_scheduler(self, listener: Listener) -> None:
        """Refresh what is due, at once and then every minute, until cancelled.

        A database that cannot be written right now (a full disk) is tried again next time.
        """
        while True:
            self._wake.clear()
            try:
                feeds = await self.feeds()
                if any(self.when_askable(feed, "due") is None for feed in feeds):
                    await self.refresh(urgency="due", listener=listener)
                if keeps_for_a_time(self.config) and self.now() - self._purged_at > PURGE_EVERY:
                    self._purged_at = self.now()
                    await self.compact(await self.purge())
            except StorageError as error:
                self.notices = (*self.notices[-9:], str(error))
            try:
                async with asyncio.timeout(SCHEDULER_SECONDS):
                    await self._wake.wait()
            except TimeoutError:
                continue

    async def purge(self, *, dry_run: bool = False, removed_too: bool = False) -> int:
        """Take out what is older than the retention of feeds.toml allows; how many articles went, or would go.

        Starred, tagged, noted and unread articles stay whatever their age. ``removed_too``: empty the feeds that are
        in feeds.toml no more, of what is not starred, tagged or noted.
        """
        settings = self.config.settings
        self._stamp += 1
        return await self._store.purge(
            keep_days=settings.keep_days,
            max_articles=settings.max_articles,
            unlisted_too=removed_too,
            dry_run=dry_run,
        )

    async def compact(self, gone: int) -> int:
        """Give the space of articles that went back to the disk, where that pays; how many bytes."""
        left = (await self._store.size()).articles
        return await self._store.compact(rewrite_index=gone > 0 and gone * REWRITTEN_FROM >= left)

    def wake(self) -> None:
        """Let the scheduler look at once: the machine slept, or the network came back."""
        self._wake.set()

    async def fetch_whole(self, article_id: int, *, is_asked_for: bool = True) -> WholeArticle:
        """Fetch the whole article from its page and store it if it says more than the feed.

        ``is_asked_for``: a person waits for it; else the site's robots.txt is obeyed.

        Raises:
            NotFoundError: there is no such article.
            StorageError: the database cannot be used.

        """
        from reader.core.whole import WholeFetcher

        article = await self.article(article_id)
        feed = self._feeds.get(article.row.feed_id)
        fetcher, parser, _refresher = await self._start()
        whole = WholeFetcher(self._store, fetcher, parser)
        return await whole.fetch(article, feed.config if feed else None, is_asked_for=is_asked_for)

    async def _take_over(self, config: Config) -> None:
        self.config = config
        self._stamp += 1
        self.zone = zone_named(config.settings.timezone)
        self._rules = None
        feeds = await self._store.sync_feeds(config.feeds)
        if config.origin == "file" and not any(problem.key in _FILTER_KEYS for problem in config.problems):
            muting = [filter_.name for filter_ in config.filters if filter_.action == "mute"]
            await self._store.release_unruled(muting)
        self._feeds = {feed.id: feed for feed in feeds}
        self._names = names_of(feeds, config.filters, tags=self._tags, last_start=self._last_start)

    def _rules_now(self) -> Rules:
        if self._rules is None:
            from reader.core.rules import Rules

            self._rules = Rules(self.config.filters)
        return self._rules

    async def _remember_start(self, *, is_visit: bool) -> datetime:
        before = await self._store.load_state("started", 0)
        if is_visit:
            await self._store.save_ui_state("started", int(self.now().timestamp()))
        return datetime.fromtimestamp(before, UTC) if before else self.now() - timedelta(days=1)

    async def _start_fetching(self) -> Fetcher:
        return (await self._start())[0]

    async def _start(self) -> tuple[Fetcher, Parser, Refresher]:
        async with self._starting:
            if self._machinery is None:
                from reader.core.refresh import Refresher
                from reader.fetch.client import Fetcher
                from reader.parse.worker import Parser

                fetcher, parser = Fetcher(now=self.now, network=self._network), Parser()
                refresher = Refresher(
                    store=self._store, fetcher=fetcher, parser=parser, now=self.now, random=random.random
                )
                self._machinery = fetcher, parser, refresher
            return self._machinery


def _ignore(_progress: RefreshProgress) -> None:
    pass
