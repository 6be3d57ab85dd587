"""What servers see of the whole program: restarts, copies of it, doubled lines, quitting."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.config.load import loads
from reader.core import Reader
from reader.core.reader import DATABASE
from reader.model import Config, FeedConfig, FeedState, Validators
from tests.loopback import Answer, Loopback, conditional, feed, redirect, trickle

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that a test moves."""

    time: datetime = NOW

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as running:
        yield running


def config(server: Loopback, *paths: str, folder: Path) -> Config:
    return Config(folder / "feeds.toml", feeds=tuple(FeedConfig(server.url(path)) for path in paths))


async def state(reader: Reader) -> FeedState:
    return (await reader.feeds())[0].state


async def test_a_restart_asks_for_nothing_before_it_is_due(server: Loopback, clock: Clock, tmp_path: Path) -> None:
    """Validators and due times live in the database: a program started ten times a day asks no more often."""
    server.answer("/feed", conditional(feed(), etag=b'"\xe2\x82\xac"', last_modified=b"some day"))
    wanted = config(server, "/feed", folder=tmp_path)

    for minutes in (0, 1, 30, 59, 70):
        clock.time = NOW + timedelta(minutes=minutes)
        reader = await Reader.open(wanted, tmp_path, now=clock)
        await reader.refresh()
        await reader.close()

    assert len(server.requests) == 2
    assert server.requests[1].all("If-None-Match") == [b'"\xe2\x82\xac"']
    assert server.requests[1].all("If-Modified-Since") == [b"some day"]


@pytest.mark.parametrize("answer", [
    Answer(500), Answer(body=b""), Answer(body=b"<!DOCTYPE html><title>Log in</title>"), Answer(body=b"not a feed"),
    Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n<rss"), redirect("/feed"), Answer(429),
])  # fmt: skip
async def test_no_bad_answer_costs_articles_or_validators(
    server: Loopback, clock: Clock, tmp_path: Path, answer: Answer
) -> None:
    """The good answer of yesterday stays what is known until there is a better one."""
    bad = replace(answer, headers=(*answer.headers, ("ETag", '"bad"')))
    good = conditional(feed("Satu", "Dua"), etag=b'"1"')
    server.answer("/feed", good, bad, good)
    reader = await Reader.open(config(server, "/feed", folder=tmp_path), tmp_path, now=clock)

    kept = []
    for _ in range(3):
        await reader.refresh(urgency="force")
        kept.append(((await state(reader)).validators, (await reader.counts()).total))
        clock.time += timedelta(days=2)
    health = (await state(reader)).health
    await reader.close()

    assert kept == [(Validators(b'"1"', None), 2)] * 3
    assert server.requests[2].all("If-None-Match") == [b'"1"']
    assert health == "ok"


async def test_a_manual_refresh_is_conditional_too(server: Loopback, clock: Clock, tmp_path: Path) -> None:
    """And comes within max-age only if it is repeated, never before a Retry-After."""
    server.answer(
        "/feed",
        conditional(feed(), etag=b'"1"', headers=(("Cache-Control", "max-age=7200"),)),
        Answer(304),
        Answer(429, (("Retry-After", "3600"),)),
    )
    reader = await Reader.open(config(server, "/feed", folder=tmp_path), tmp_path, now=clock)

    asked = []
    for urgency in ("due", "polite", "force", "force", "force"):
        clock.time += timedelta(minutes=1)
        await reader.refresh(urgency=urgency)
        asked.append(len(server.requests))
    await reader.close()

    assert asked == [1, 1, 2, 3, 3]
    assert [request.header("If-None-Match") for request in server.requests] == [None, b'"1"', b'"1"']


async def test_two_wartas_ask_once(server: Loopback, clock: Clock, tmp_path: Path) -> None:
    """The app and `warta refresh` from cron share a lease, and what the other one has just learnt."""
    server.answer("*", lambda _: Answer(body=feed(), delay_seconds=0.02))
    wanted = config(server, *(f"/{number}" for number in range(20)), folder=tmp_path)
    readers = [await Reader.open(wanted, tmp_path, now=clock) for _ in range(2)]

    await asyncio.gather(*(reader.refresh() for reader in readers))
    await asyncio.gather(*(reader.refresh() for reader in reversed(readers)))
    for reader in readers:
        await reader.close()

    assert sorted(request.path for request in server.requests) == sorted(f"/{number}" for number in range(20))


async def test_two_lines_with_one_address_are_one_feed(server: Loopback, clock: Clock, tmp_path: Path) -> None:
    """A server does not care how often it stands in somebody's file."""
    server.answer("/feed", Answer(body=feed()))
    line = f'[[feeds]]\nurl = "{server.url("/feed")}"\n'
    wanted = loads((line + line).encode(), tmp_path / "feeds.toml")
    assert isinstance(wanted, Config)

    reader = await Reader.open(wanted, tmp_path, now=clock)
    await reader.refresh()
    await reader.close()

    assert len(server.requests) == 1


async def test_quitting_during_a_refresh_is_quick_and_clean(server: Loopback, clock: Clock, tmp_path: Path) -> None:
    """Servers that trickle or say nothing hold nobody up, and what was stored is whole."""
    server.answer("*", Answer(body=feed("Satu")))
    for number in range(20):
        server.answer(f"/{number}", trickle() if number % 2 else Answer(delay_seconds=60))
    wanted = config(server, *(f"/{number}" for number in range(30)), folder=tmp_path)
    reader = await Reader.open(wanted, tmp_path, now=clock)
    refresh = asyncio.create_task(reader.refresh())
    while len(server.requests) < 16:  # noqa: ASYNC110 - the server lives in threads
        await asyncio.sleep(0.01)

    refresh.cancel()
    async with asyncio.timeout(20):  # a third of the time the silent ones take
        await asyncio.gather(refresh, return_exceptions=True)
        await reader.close()

    with sqlite3.connect(tmp_path / DATABASE) as database:
        found = database.execute("PRAGMA integrity_check").fetchall()
    database.close()
    assert found == [("ok",)]


async def test_a_clock_that_jumps_a_year_neither_bursts_nor_starves(
    server: Loopback, clock: Clock, tmp_path: Path
) -> None:
    """A year ahead and back: one request each time, then the usual hour."""
    server.answer("*", conditional(feed(), etag=b'"1"'))
    reader = await Reader.open(config(server, "/feed", folder=tmp_path), tmp_path, now=clock)

    counts: list[int] = []
    for jump in (0, 365, 0):
        for minutes in range(0, 60, 10):
            clock.time = NOW + timedelta(days=jump, minutes=minutes + (100 if counts else 0))
            await reader.refresh()
        counts.append(len(server.requests))
    await reader.close()

    assert counts == [1, 2, 3]


async def test_an_adopted_address_is_kept_and_never_written_to_the_file(
    server: Loopback, clock: Clock, tmp_path: Path
) -> None:
    """A permanent redirect of a week is asked directly from then on; the file stays the reader's."""
    server.answer("/old", redirect("/new", 301))
    server.answer("/new", conditional(feed(), etag=b'"1"'))
    reader = await Reader.open(config(server, "/old", folder=tmp_path), tmp_path, now=clock)

    for _ in range(3):
        await reader.refresh()
        clock.time += timedelta(days=4)
    adopted = (await reader.feeds())[0].address
    await reader.refresh()
    await reader.close()

    assert adopted == server.url("/new")
    assert [request.path for request in server.requests] == ["/old", "/new"] * 3 + ["/new"]
    assert not (tmp_path / "feeds.toml").exists()
