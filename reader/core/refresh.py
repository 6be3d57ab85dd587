"""One refresh: ask the feeds that are due, parse what changed, store what is new."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from reader.core.following import followed
from reader.core.plan import plan
from reader.errors import StorageError
from reader.fetch.schedule import Urgency, after, why_not_due
from reader.light import dataclass
from reader.model import (
    Failure,
    FeedRefreshed,
    Fetched,
    FetchFailed,
    NotModified,
    ParsedFeed,
    ParseFailed,
    ParseJob,
    RefreshProgress,
)
from reader.text.urls import host, web_url, without_credentials

if TYPE_CHECKING:
    from reader.core.rules import ReadyRules
    from reader.fetch.client import Fetcher
    from reader.model import (
        Feed,
        FetchOutcome,
        ParseOutcome,
        Settings,
    )
    from reader.parse.worker import Parser
    from reader.storage.store import Store

__all__ = ["HOSTS_THAT_TELL", "Listener", "Refresher", "Urgency", "body_hash", "spread"]

Listener = Callable[[RefreshProgress], None]

LEASE_SECONDS = 180
"""Longer than any refresh of one feed may take: fetch deadline, parse deadline and a busy disk together."""

HOSTS_THAT_TELL = 2
"""So many hosts without an address, and none with one, mean that there is no network; one is enough where there was
none the last time."""

AT_ONCE = 64
"""Feeds between asked and stored; the fetcher has its own, lower bound on connections."""

HELD_BYTES = 6 << 20
"""Bodies that came and are not stored yet; with more of them no further feed is asked. Bounds memory."""


def body_hash(body: bytes) -> bytes:
    """A fingerprint of a body, to tell that it is the same again."""
    return hashlib.blake2b(body, digest_size=16).digest()


def spread(feeds: Iterable[Feed]) -> list[Feed]:
    """The feeds in an order that never asks one host twice in a row if it can be helped."""
    by_host: dict[str, list[Feed]] = {}
    for feed in feeds:
        by_host.setdefault(urlsplit(web_url(feed.address)).netloc, []).append(feed)
    return [feed for round_ in itertools.zip_longest(*by_host.values()) for feed in round_ if feed is not None]


@dataclass(slots=True)
class _Batch:
    """One refresh on its way."""

    settings: Settings
    rules: ReadyRules
    listener: Listener
    results: list[FeedRefreshed]
    progress: RefreshProgress
    unresolved: list[tuple[Feed, FetchFailed]] = field(default_factory=list)
    rhythms: dict[int, int | None] = field(default_factory=dict)
    """The usual gap between each feed's articles in minutes, as far as it is known."""
    in_parser: int = 0
    """Feeds whose bodies came and are not understood yet."""
    places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    def tell(self, result: FeedRefreshed) -> None:
        """Note that a feed is done."""
        self.results.append(result)
        self.progress = _advance(self.progress, result)
        self.listener(self.progress)

    @contextmanager
    def parsing(self) -> Iterator[None]:
        """Count a feed as being understood."""
        self.in_parser += 1
        try:
            yield
        finally:
            self.in_parser -= 1

    def nameless(self) -> list[tuple[Feed, FetchFailed]]:
        """The feeds whose host has no address. If nobody's has, it is the network that is missing, not the hosts."""
        hosts = {host(feed.address) for feed, _failed in self.unresolved}
        asked = [result for result in self.results if result.outcome != "not_due"]
        was_reached = any(not result.failure or result.failure.kind != "offline" for result in asked)
        was_offline = any(feed.state.failure == Failure("offline") for feed, _failed in self.unresolved)
        if was_reached or not (was_offline or len(hosts) >= HOSTS_THAT_TELL):
            return self.unresolved
        return [(feed, replace(failed, failure=Failure("offline"))) for feed, failed in self.unresolved]


class Refresher:
    """Refreshes feeds. One for a process; knows which feeds it is asking right now."""

    def __init__(
        self,
        *,
        store: Store,
        fetcher: Fetcher,
        parser: Parser,
        now: Callable[[], datetime],
        random: Callable[[], float],
    ) -> None:
        self._store = store
        self._fetcher = fetcher
        self._parser = parser
        self._now = now
        self._random = random
        self._owner = f"{os.getpid()}-{os.urandom(4).hex()}"
        self._under_way: set[int] = set()
        self._held_bytes = 0

    async def refresh(
        self,
        feeds: Sequence[Feed],
        *,
        settings: Settings,
        rules: ReadyRules,
        urgency: Urgency,
        listener: Listener,
    ) -> list[FeedRefreshed]:
        """Ask those of the feeds that may be asked, and store what they bring.

        Args:
            feeds: The candidates.
            settings: For the default interval and for merging.
            rules: Applied to arriving articles in the transaction that stores them.
            urgency: How much reason there is to ask.
            listener: Told after each feed, and once at the start; called in the event loop.

        Returns:
            One entry for each candidate, in the order they ended. A failing feed is an entry, never an exception.

        Raises:
            StorageError: the database cannot be used at all.

        """
        wanted, waiting = self._choose(feeds, urgency)
        claimed = await self._store.claim([f.id for f in wanted], owner=self._owner, seconds=LEASE_SECONDS)
        waiting += [_not_due(feed) for feed in wanted if feed.id not in claimed]
        asked = spread(feed for feed in wanted if feed.id in claimed)
        self._under_way |= claimed
        batch = _Batch(settings, rules, listener, waiting, RefreshProgress(len(asked), is_finished=not asked))
        listener(batch.progress)
        leases = asyncio.create_task(self._keep(claimed))
        try:
            batch.rhythms = await self._store.rhythms(claimed)
            async with asyncio.TaskGroup() as group:
                for feed in asked:
                    group.create_task(self._ask(feed, batch))
            for feed, failed in batch.nameless():
                await self._end(feed, failed, batch)
        except* StorageError as errors:
            raise errors.exceptions[0] from None
        finally:
            leases.cancel()
            left = [feed.id for feed in asked if feed.id in self._under_way]
            self._under_way.difference_update(left)
            if left:
                await asyncio.shield(self._store.release(left, self._owner))
        return batch.results

    async def _ask(self, feed: Feed, batch: _Batch) -> None:
        async with batch.places:
            outcome = await self._fetcher.fetch(feed.config, feed.state, address=feed.address)
            if isinstance(outcome, FetchFailed) and outcome.failure.kind == "dns":
                batch.unresolved.append((feed, outcome))
            else:
                await self._end(feed, outcome, batch)

    async def _end(self, feed: Feed, outcome: FetchOutcome, batch: _Batch) -> None:
        result = await self._settle(feed, outcome, batch)
        self._under_way.discard(feed.id)
        batch.tell(result)

    async def _keep(self, claimed: frozenset[int]) -> None:
        """Renew the leases of feeds that wait for their host's turn; until cancelled."""
        while True:
            await asyncio.sleep(LEASE_SECONDS / 3)
            if waiting := claimed & self._under_way:
                await self._store.claim(waiting, owner=self._owner, seconds=LEASE_SECONDS)

    def _choose(self, feeds: Sequence[Feed], urgency: Urgency) -> tuple[list[Feed], list[FeedRefreshed]]:
        now = self._now()
        wanted, waiting = [], []
        for feed in feeds:
            if feed.id in self._under_way or not may_ask(feed, now, urgency):
                waiting.append(_not_due(feed))
            else:
                wanted.append(feed)
        return wanted, waiting

    async def _settle(self, feed: Feed, outcome: FetchOutcome, batch: _Batch) -> FeedRefreshed:
        match outcome:
            case Fetched():
                return await self._fetched(feed, outcome, batch)
            case NotModified() | FetchFailed():
                await self._save(feed, outcome, batch, None)
                failure = outcome.failure if isinstance(outcome, FetchFailed) else None
                return _result(feed, failure)

    async def _fetched(self, feed: Feed, outcome: Fetched, batch: _Batch) -> FeedRefreshed:
        fingerprint = body_hash(outcome.body)
        if fingerprint == feed.state.body_hash:
            await self._save(feed, outcome, batch, None)
            return replace(_result(feed, None), outcome="unchanged")
        with self._held(len(outcome.body)):
            parsed = await self._parsed(feed, outcome, batch)
            if isinstance(parsed, ParsedFeed) and not parsed.follow:
                return await self._store_parsed(feed, outcome, parsed, batch, fingerprint)
        # What comes now may ask for more, which no body that is held may keep it from.
        if isinstance(parsed, ParsedFeed):
            parsed = await self._followed(feed, parsed, batch)
        if isinstance(parsed, ParseFailed):
            await self._save(feed, outcome, batch, parsed.failure)
            return _result(feed, parsed.failure)
        return await self._store_parsed(feed, outcome, parsed, batch, fingerprint)

    async def _parsed(self, feed: Feed, outcome: Fetched, batch: _Batch) -> ParseOutcome:
        known = feed.state.item_hashes
        job = ParseJob(outcome.body, outcome.final_url, outcome.content_type, feed.config, known, outcome.at)
        with batch.parsing():
            return await self._parser.feed(job)

    async def _followed(self, feed: Feed, index: ParsedFeed, batch: _Batch) -> ParseOutcome:
        known = feed.state.item_hashes
        with batch.parsing():
            return await followed(index, feed.config, known_items=known, fetcher=self._fetcher, parser=self._parser)

    @contextmanager
    def _held(self, body_bytes: int) -> Iterator[None]:
        """Count a body as held; as long as there are too many, no other feed is asked."""
        self._held_bytes += body_bytes
        self._fetcher.hold_back(is_held=self._held_bytes > HELD_BYTES)
        try:
            yield
        finally:
            self._held_bytes -= body_bytes
            self._fetcher.hold_back(is_held=self._held_bytes > HELD_BYTES)

    async def _store_parsed(
        self, feed: Feed, outcome: Fetched, parsed: ParsedFeed, batch: _Batch, fingerprint: bytes
    ) -> FeedRefreshed:
        known = await self._store.known(feed.id, [entry.key for entry in parsed.entries])
        decided = plan(feed.id, parsed, known)
        state = after(
            feed.config,
            feed.state,
            outcome,
            default_minutes=batch.settings.refresh_minutes,
            facts=parsed.facts,
            parsed=parsed,
            body_hash=fingerprint,
            rhythm_minutes=batch.rhythms.get(feed.id),
            newest=feed.newest,
            now=self._now(),
            random=self._random(),
        )
        verdicts = await batch.rules.judged(feed, decided.new, now=outcome.at)
        stored = await self._store.carry_out(
            decided,
            state,
            now=outcome.at,
            merge=batch.settings.merge,
            verdicts=verdicts,
            more_soon=batch.in_parser > 0,
        )
        came = len(stored.new_ids)
        return replace(
            _result(replace(feed, facts=parsed.facts), None),
            outcome="new" if came else "updated" if stored.updated else "unchanged",
            new=came - stored.muted,
            muted=stored.muted,
            updated=stored.updated,
            new_ids=stored.new_ids,
        )

    async def _save(self, feed: Feed, outcome: FetchOutcome, batch: _Batch, failure: Failure | None) -> None:
        state = after(
            feed.config,
            feed.state,
            outcome,
            default_minutes=batch.settings.refresh_minutes,
            facts=feed.facts,
            failure=failure,
            rhythm_minutes=batch.rhythms.get(feed.id),
            newest=feed.newest,
            now=self._now(),
            random=self._random(),
        )
        if failure is not None:
            from reader.core.lookout import looked_around

            state = await looked_around(feed, state, fetcher=self._fetcher, parser=self._parser, now=self._now())
        await self._store.save_state(feed.id, state)


def may_ask(feed: Feed, now: datetime, urgency: Urgency) -> bool:
    """Whether a feed may be asked now, given how much reason there is."""
    return when_askable(feed, now, urgency) is None


def when_askable(feed: Feed, now: datetime, urgency: Urgency) -> datetime | None:
    """When a feed may be asked; None: now."""
    return why_not_due(feed.config, feed.state, now=now, urgency=urgency)


def _not_due(feed: Feed) -> FeedRefreshed:
    return FeedRefreshed(feed.id, feed.title, without_credentials(feed.config.url), "not_due")


def _result(feed: Feed, failure: Failure | None) -> FeedRefreshed:
    outcome: Literal["failed", "not_modified"] = "failed" if failure else "not_modified"
    return FeedRefreshed(feed.id, feed.title, without_credentials(feed.config.url), outcome, failure=failure)


def _advance(progress: RefreshProgress, result: FeedRefreshed) -> RefreshProgress:
    return RefreshProgress(
        progress.total,
        progress.done + 1,
        progress.new + result.new,
        progress.failed + (result.outcome == "failed"),
        is_finished=progress.done + 1 == progress.total,
        last=result,
    )
