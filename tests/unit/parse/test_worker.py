"""The worker processes: killed at the deadline, replaced after a crash, never in the way of the loop."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from pebble.pool.base_pool import PoolStatus

from reader.model import Failure, FeedConfig, PageJob, PageText, ParsedFeed, ParseFailed, ParseJob, ParseOutcome
from reader.parse import jobs
from reader.parse.worker import Parser, _dispose
from tests.hostile import item, rss

from .hanging import hang
from .helpers import job

GOOD = rss(*(item(number) for number in range(3)))
DEADLINE = 1.5

needs_proc = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="what is held is read from /proc")


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


def _at_work(parser: Parser) -> int:
    """How many jobs a worker has begun, once it gave back the lock under which it took the last one."""
    pool: Any = parser._pool
    if pool is None:
        return 0
    with pool._pool_manager.worker_manager.workers_channel.lock(block=False) as is_free:
        tasks = list(pool._pool_manager.task_manager.tasks.values())
        return sum(bool(task.started) for task in tasks) if is_free else 0


async def _comes(is_so: Callable[[], bool]) -> bool:
    """Whether something comes to be within seconds: what pebble's threads do, no event tells."""
    for _ in range(10_000):
        if is_so():
            return True
        await asyncio.sleep(0.001)
    return False


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
    await _comes(lambda: _at_work(parser) == 1)
    (pid,) = _pids(parser)

    os.kill(pid, signal.SIGKILL)

    assert await hanging == ParseFailed(Failure("parse_crash"))
    assert isinstance(await parser.feed(job(GOOD)), ParsedFeed)


async def test_a_worker_that_died_idle_costs_no_job(parser: Parser) -> None:
    """The system may kill an idle process; no feed is to blame."""
    await parser.feed(job(GOOD))
    for pid in _pids(parser):
        os.kill(pid, signal.SIGKILL)
    await _comes(lambda: parser._pool is not None and not parser._pool.active)

    assert isinstance(await parser.feed(job(GOOD)), ParsedFeed)


async def test_a_job_that_a_broken_pool_forgot_is_tried_again(parser: Parser) -> None:
    """It came in the moment the pool broke, after the others were ended: nobody would ever tell what became of it."""
    await parser.feed(job(GOOD))
    hanging = asyncio.create_task(_hang(parser))
    await _comes(lambda: _at_work(parser) == 1)
    pool: Any = parser._pool

    pool._context.status = PoolStatus.ERROR

    assert await hanging == ParseFailed(Failure("parse_deadline", f"{DEADLINE:g} s"))


async def test_a_cancelled_job_frees_its_worker(parser: Parser) -> None:
    """Leaving a feed must not leave a process at work for it."""
    await parser.feed(job(GOOD))
    hanging = asyncio.create_task(_hang(parser))
    await _comes(lambda: _at_work(parser) == 1)

    hanging.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await hanging

    assert isinstance(await parser.feed(job(GOOD)), ParsedFeed)


async def test_closing_kills_what_runs_at_once() -> None:
    """Quitting during a refresh takes under a second."""
    parser = Parser(deadline_seconds=30)
    await parser.feed(job(GOOD))
    hanging = [asyncio.create_task(_hang(parser)) for _n in range(2)]
    await _comes(lambda: _at_work(parser) == 2)
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
    for _ in range(1_000):
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

        assert await _comes(lambda: _pids(parser) == set())
        assert isinstance(await parser.feed(job(GOOD)), ParsedFeed)
    finally:
        await parser.close()


def _held() -> tuple[int, int, int]:
    """Threads, open files and worker processes of this process."""
    workers = multiprocessing.active_children()  # takes leave of those that ended
    return threading.active_count(), len(list(Path("/proc/self/fd").iterdir())), len(workers)


async def _settled(before: tuple[int, int, int]) -> tuple[int, int, int]:
    """What is held once that is no more than before, or at last; ending takes threads a moment.

    Counted once a look: a worker that starts the moment after holds both ends of its pipes for as long as that takes.
    """
    held = before

    def is_no_more() -> bool:
        nonlocal held
        held = _held()
        return all(now <= then for now, then in zip(held, before, strict=True))

    await _comes(is_no_more)
    return held


@pytest.fixture
async def pair() -> AsyncIterator[tuple[Parser, tuple[int, int, int]]]:
    """Two worker processes that did a job already, and what they hold."""
    parser = Parser(workers=2, deadline_seconds=20)
    await asyncio.gather(*(parser.feed(job(GOOD)) for _ in range(4)))
    yield parser, _held()
    await parser.close()


@needs_proc
async def test_jobs_killed_again_and_again_leave_nothing_behind(pair: tuple[Parser, tuple[int, int, int]]) -> None:
    """A hostile feed is asked for months: each kill must give back its threads, files and processes."""
    parser, before = pair
    parser._deadline_seconds = 0.2

    for _ in range(4):
        outcomes = await asyncio.gather(*(_hang(parser) for _ in range(2)))
        assert all(isinstance(outcome, ParseFailed) for outcome in outcomes)

    after = await _settled(before)
    assert all(now <= then for now, then in zip(after, before, strict=True)), (before, after)


@needs_proc
async def test_a_broken_pool_leaves_nothing_behind(pair: tuple[Parser, tuple[int, int, int]]) -> None:
    """A worker that dies between two jobs breaks pebble's pool; its other worker, threads and pipes must go too."""
    parser, before = pair

    for _ in range(4):
        os.kill(min(_pids(parser)), signal.SIGKILL)
        assert await _comes(lambda: parser._pool is not None and not parser._pool.active)
        outcomes = await asyncio.gather(*(parser.feed(job(GOOD)) for _ in range(3)))
        assert all(isinstance(outcome, ParsedFeed) for outcome in outcomes)

    after = await _settled(before)
    assert all(now <= then for now, then in zip(after, before, strict=True)), (before, after)


@needs_proc
async def test_a_pool_that_starts_for_nobody_is_put_away(pair: tuple[Parser, tuple[int, int, int]]) -> None:
    """A dialog that is left while the processes start gives up the job that asked for them."""
    parser, before = pair

    for _ in range(3):
        start = asyncio.create_task(parser._new())
        assert await _comes(lambda: len(multiprocessing.active_children()) > before[2])
        start.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            _dispose(await start)  # it was quicker
    await asyncio.wrap_future(parser._starter.submit(lambda: None))  # behind all of them

    after = await _settled(before)
    assert all(now <= then for now, then in zip(after, before, strict=True)), (before, after)


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
