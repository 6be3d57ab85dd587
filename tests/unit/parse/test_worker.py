"""The worker processes: killed at the deadline, replaced after a crash, never in the way of the loop."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from reader.model import Failure, FeedConfig, PageJob, PageText, ParsedFeed, ParseFailed, ParseJob, ParseOutcome
from reader.parse import jobs
from reader.parse.worker import Parser
from tests.hostile import item, rss

from .hanging import hang
from .helpers import job

GOOD = rss(*(item(number) for number in range(3)))
DEADLINE = 1.5


@pytest.fixture
async def parser() -> AsyncIterator[Parser]:
    parser = Parser(workers=1, deadline_seconds=DEADLINE)
    yield parser
    await parser.close()


async def _hang(parser: Parser) -> ParseOutcome:
    """A job that holds its worker until that is killed."""
    return await parser._run(hang, job(b""))


def _pids(parser: Parser) -> set[int]:
    pool: Any = parser._pool
    return set() if pool is None else set(pool._pool_manager.worker_manager.workers)


async def test_parses_a_feed_in_another_process(parser: Parser) -> None:
    """The result crosses a process border, so it must be plain and whole."""
    outcome = await parser.feed(job(GOOD))

    assert isinstance(outcome, ParsedFeed)
    assert [entry.key for entry in outcome.entries] == ["g0", "g1", "g2"]


async def test_takes_an_article_from_its_page(parser: Parser) -> None:
    """Pages are as untrusted as feeds and go the same way."""
    body = b"<nav>Menu</nav><div id='isi'><p>Hujan deras turun di Natuna sejak pagi.</p></div>"

    outcome = await parser.page(PageJob(body, "https://kabar.example/1", "text/html", content=("#isi",)))

    assert isinstance(outcome, PageText)
    assert outcome.text == "Hujan deras turun di Natuna sejak pagi."


async def test_a_job_is_killed_at_its_deadline(parser: Parser) -> None:
    """A regular expression holds the whole interpreter: only killing the process ends it."""
    await parser.feed(job(GOOD))

    outcome = await _hang(parser)

    assert outcome == ParseFailed(Failure("parse_deadline", f"{DEADLINE} s"))
    assert isinstance(await parser.feed(job(GOOD)), ParsedFeed)


async def test_the_loop_is_free_while_a_job_hangs(parser: Parser) -> None:
    """Keys must be answered whatever a feed does."""
    await parser.feed(job(GOOD))
    hanging = asyncio.create_task(_hang(parser))
    turns = 0

    while not hanging.done():
        await asyncio.sleep(0.01)
        turns += 1

    assert turns > 15  # of 150; a loop that waits for the job has one


async def test_a_crashed_worker_is_replaced(parser: Parser) -> None:
    """A crash is that feed's error; the next feed gets a new process."""
    await parser.feed(job(GOOD))
    hanging = asyncio.create_task(_hang(parser))
    await asyncio.sleep(0.3)
    (pid,) = _pids(parser)

    os.kill(pid, signal.SIGKILL)

    assert await hanging == ParseFailed(Failure("parse_crash"))
    assert isinstance(await parser.feed(job(GOOD)), ParsedFeed)


async def test_a_worker_that_died_idle_costs_no_job(parser: Parser) -> None:
    """The system may kill an idle process; no feed is to blame."""
    await parser.feed(job(GOOD))
    for pid in _pids(parser):
        os.kill(pid, signal.SIGKILL)
    await asyncio.sleep(0.2)

    assert isinstance(await parser.feed(job(GOOD)), ParsedFeed)


async def test_a_cancelled_job_frees_its_worker(parser: Parser) -> None:
    """Leaving a feed must not leave a process at work for it."""
    await parser.feed(job(GOOD))
    hanging = asyncio.create_task(_hang(parser))
    await asyncio.sleep(0.2)

    hanging.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await hanging

    assert isinstance(await parser.feed(job(GOOD)), ParsedFeed)


async def test_closing_kills_what_runs_at_once() -> None:
    """Quitting during a refresh takes under a second."""
    parser = Parser(deadline_seconds=30)
    await parser.feed(job(GOOD))
    hanging = [asyncio.create_task(_hang(parser)) for _n in range(2)]
    await asyncio.sleep(0.2)
    pids = _pids(parser)

    async with asyncio.timeout(10):  # a third of the deadline
        await parser.close()
        outcomes = await asyncio.gather(*hanging)

    assert outcomes == [ParseFailed(Failure("parse_crash"))] * len(hanging)
    assert pids
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            _wait_gone(pid)
    await parser.close()
    assert isinstance(await parser.feed(job(GOOD)), ParseFailed)


def _wait_gone(pid: int) -> None:
    for _ in range(50):
        os.kill(pid, 0)
        time.sleep(0.02)


async def test_a_worker_is_replaced_after_its_share_of_jobs() -> None:
    """What feedparser leaks ends with the process."""
    parser = Parser(workers=1, jobs_per_worker=2)
    try:
        await parser.feed(job(GOOD))
        first = _pids(parser)
        outcomes = [await parser.feed(job(GOOD)) for _ in range(4)]

        assert all(isinstance(outcome, ParsedFeed) for outcome in outcomes)
        assert _pids(parser) != first
    finally:
        await parser.close()


async def test_idle_processes_end_and_come_back() -> None:
    """Between two refreshes an hour passes; two idle interpreters would hold their memory all the while."""
    parser = Parser(workers=1, idle_seconds=0.05)
    try:
        await parser.feed(job(GOOD))
        await asyncio.sleep(0.1)

        assert _pids(parser) == set()
        assert isinstance(await parser.feed(job(GOOD)), ParsedFeed)
    finally:
        await parser.close()


async def test_memory_is_bounded(parser: Parser) -> None:
    """A feed that asks for gigabytes is that feed's error."""
    body = b"[" + b"{}," * 5_000_000 + b"{}]"
    huge = ParseJob(body * 6, "https://kabar.example/", "", FeedConfig("https://kabar.example/"))

    outcome = await parser.feed(huge)

    assert isinstance(outcome, ParseFailed)
    assert isinstance(await parser.feed(job(GOOD)), ParsedFeed)


def test_a_job_leaves_nothing_behind() -> None:
    """feedparser's parsers go round in circles, each with its document: a worker of 400 jobs would hold them all."""
    gc.collect()
    gc.disable()
    try:
        jobs.run_feed(job(GOOD))
    finally:
        gc.enable()

    assert gc.collect() == 0
