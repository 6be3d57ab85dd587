"""Every feed asked once, to see how it does: nothing of it is stored, nothing known of it is sent."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from reader.core.following import followed
from reader.core.health import health_now
from reader.core.refresh import HOSTS_THAT_TELL, spread
from reader.fetch.schedule import after
from reader.light import dataclass
from reader.model import Failure, Feed, FeedState, Fetched, FetchFailed, ParsedFeed, ParseFailed, ParseJob, Settings
from reader.text.urls import host, without_credentials

if TYPE_CHECKING:
    from reader.fetch.client import Fetcher
    from reader.fetch.network import Network
    from reader.model import FetchOutcome, ParseOutcome
    from reader.parse.worker import Parser

__all__ = ["Tried", "try_feeds", "try_feeds_alone"]

_AT_ONCE = 16
_FOR_GOOD = frozenset({HTTPStatus.MOVED_PERMANENTLY.value, HTTPStatus.PERMANENT_REDIRECT.value})


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of asking a feed."""

    feed: Feed
    """The feed, with its health and numbers as this answer alone tells them."""
    redirects_to: str = ""
    """Where its server led, without a login; empty: nowhere."""
    is_moved: bool = False
    """Its server says that it has moved there for good."""
    seconds: float = 0.0
    """From the question to the entries."""
    waits_until: datetime | None = None
    """Its server asked to be left alone until then, so it was not asked."""


async def try_feeds_alone(
    feeds: Sequence[Feed], *, told: Callable[[int], None], network: Network | None = None
) -> list[Tried]:
    """`try_feeds` with a fetcher and a parser of its own."""
    from reader.fetch.client import Fetcher
    from reader.parse.worker import Parser

    fetcher, parser = Fetcher(network=network), Parser()
    try:
        return await try_feeds(feeds, fetcher=fetcher, parser=parser, told=told)
    finally:
        await parser.close()
        await fetcher.close()


async def try_feeds(
    feeds: Sequence[Feed], *, fetcher: Fetcher, parser: Parser, told: Callable[[int], None]
) -> list[Tried]:
    """Ask each feed once, as politely as a refresh does; those switched off, and those that asked for rest, are not.

    Args:
        feeds: In any order.
        fetcher: Asks; one request at a time to a host.
        parser: Reads.
        told: Hears how many are done.

    Returns:
        One entry for each feed, in their order.

    """
    places = asyncio.Semaphore(_AT_ONCE)
    done: dict[str, Tried] = {}

    async def attempt(feed: Feed) -> None:
        async with places:
            done[feed.config.url] = await _tried(feed, fetcher, parser)
        told(len(done))

    async with asyncio.TaskGroup() as group:
        for feed in spread(feeds):
            group.create_task(attempt(feed))
    return _without_network([done[feed.config.url] for feed in feeds])


def _without_network(tried: list[Tried]) -> list[Tried]:
    """If no host has an address, it is the network that is missing, not the hosts: each says so."""
    failures = [one.feed.state.failure for one in tried if one.seconds]
    hosts = {host(one.feed.config.url) for one in tried if one.seconds}
    if len(hosts) < HOSTS_THAT_TELL or any(failure is None or failure.kind != "dns" for failure in failures):
        return tried
    offline = Failure("offline")
    return [
        replace(one, feed=replace(one.feed, state=replace(one.feed.state, failure=offline))) if one.seconds else one
        for one in tried
    ]


async def _tried(feed: Feed, fetcher: Fetcher, parser: Parser) -> Tried:
    now = datetime.now(UTC)
    if not feed.config.is_enabled:
        return Tried(_with_health(replace(feed, state=FeedState()), now))
    if (rest := feed.state.not_before) is not None and rest > now:
        return Tried(feed, waits_until=rest)
    began = time.monotonic()
    outcome = await fetcher.fetch(feed.config, FeedState(), address=feed.config.url)
    parsed = await _parsed(feed, outcome, fetcher, parser)
    seconds = time.monotonic() - began
    hops = outcome.redirects
    is_moved = bool(hops) and all(hop.status in _FOR_GOOD for hop in hops)
    return Tried(
        _with_answer(feed, outcome, parsed), without_credentials(hops[-1].url) if hops else "", is_moved, seconds
    )


async def _parsed(feed: Feed, outcome: FetchOutcome, fetcher: Fetcher, parser: Parser) -> ParseOutcome | None:
    if not isinstance(outcome, Fetched):
        return None
    job = ParseJob(outcome.body, outcome.final_url, outcome.content_type, feed.config, now=outcome.at)
    parsed = await parser.feed(job)
    if isinstance(parsed, ParsedFeed) and parsed.follow:
        return await followed(parsed, feed.config, known_items=b"", fetcher=fetcher, parser=parser)
    return parsed


def _with_answer(feed: Feed, outcome: FetchOutcome, parsed: ParseOutcome | None) -> Feed:
    now = outcome.at
    failure: Failure | None = outcome.failure if isinstance(outcome, FetchFailed) else None
    if isinstance(parsed, ParseFailed):
        failure = parsed.failure
    understood = parsed if isinstance(parsed, ParsedFeed) else None
    facts = understood.facts if understood else feed.facts
    state = after(
        feed.config,
        FeedState(),
        outcome,
        default_minutes=Settings().refresh_minutes,
        facts=facts,
        now=now,
        random=0.0,
        parsed=understood,
        failure=failure,
    )
    entries = understood.entries if understood else ()
    newest = max((entry.published for entry in entries if entry.published), default=None)
    return _with_health(Feed(feed.id, feed.config, facts, state, len(entries), 0, newest), now)


def _with_health(feed: Feed, now: datetime) -> Feed:
    return replace(feed, state=replace(feed.state, health=health_now(feed, now)))
