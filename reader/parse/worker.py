"""The processes in which untrusted documents are parsed, each job under a deadline.

A process and not a thread: a 40 KB feed can hold feedparser's regular expressions, and with them the whole
interpreter, for a quarter of a minute, and only a process can be killed.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from reader.model import Failure, PageJob, PageText, ParseFailed, ParseJob, ParseOutcome
from reader.model.discovering import PageLeads
from reader.model.exchanging import ForeignEntries, ForeignJob
from reader.parse import jobs
from reader.text.clean import clean_line

if TYPE_CHECKING:
    from pebble import ProcessPool

__all__ = ["Parser"]

JobT = TypeVar("JobT", ParseJob, PageJob, ForeignJob)
ResultT = TypeVar(
    "ResultT", ParseOutcome, PageText | ParseFailed, PageLeads | ParseFailed, ForeignEntries | ParseFailed
)

_START_SECONDS = 30.0
"""A worker that has not even begun a job after so long never will."""
_LOOK_SECONDS = 0.5
"""How often a job that is waited for looks whether its pool still lives."""
_CLOSE_SECONDS = 0.25


class Parser:
    """Parses feeds and pages in worker processes. Of one event loop.

    The processes start with the first job, or with `warm`, and end after a rest without jobs.
    """

    def __init__(
        self,
        workers: int = 2,
        deadline_seconds: float = 10.0,
        *,
        idle_seconds: float = 90.0,
        jobs_per_worker: int = 400,
    ) -> None:
        """Nothing starts yet.

        Args:
            workers: most processes at a time.
            deadline_seconds: a job that takes longer is killed with its worker, and another worker takes its place.
            idle_seconds: after so long without a job the processes end and give their memory back.
            jobs_per_worker: after so many jobs a process is replaced: feedparser's leaks end with it.

        """
        self._workers = workers
        self._deadline_seconds = deadline_seconds
        self._idle_seconds = idle_seconds
        self._jobs_per_worker = jobs_per_worker
        self._turns = asyncio.Semaphore(workers)
        self._starting = asyncio.Lock()
        self._starter = ThreadPoolExecutor(1, thread_name_prefix="parser-start")
        self._pool: ProcessPool | None = None
        self._pending: set[
            asyncio.Future[ParseOutcome]
            | asyncio.Future[PageText | ParseFailed]
            | asyncio.Future[PageLeads | ParseFailed]
            | asyncio.Future[ForeignEntries | ParseFailed]
        ] = set()
        self._rest: asyncio.TimerHandle | None = None
        self._is_closed = False

    async def feed(self, job: ParseJob) -> ParseOutcome:
        """The entries of a feed's document, or why there are none."""
        return await self._run(jobs.run_feed, job)

    async def page(self, job: PageJob) -> PageText | ParseFailed:
        """The whole article from its page, or why there is none."""
        return await self._run(jobs.run_page, job)

    async def look(self, job: ParseJob) -> PageLeads | ParseFailed:
        """What a page says of feeds, or why it could not be looked at."""
        return await self._run(jobs.run_look, job)

    async def foreign(self, job: ForeignJob) -> ForeignEntries | ParseFailed:
        """The entries of items that another reader stored, or why there are none."""
        return await self._run(jobs.run_foreign, job)

    async def warm(self) -> None:
        """Start the processes now, so that the first job need not wait for them."""
        if not self._is_closed:
            await self._started()
            self._rest_later()

    async def close(self) -> None:
        """Kill what runs; jobs under way end as failed. Takes 0.3 s at most, may be called twice."""
        self._is_closed = True
        self._stop_resting()
        for waiter in self._pending:
            waiter.cancel()
        self._starter.shutdown(wait=False, cancel_futures=True)
        pool, self._pool = self._pool, None
        if pool is not None:
            ended = asyncio.Event()
            loop = asyncio.get_running_loop()
            _dispose(pool, lambda: loop.call_soon_threadsafe(ended.set))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(ended.wait(), _CLOSE_SECONDS)

    async def _run(self, function: Callable[[JobT], ResultT], job: JobT) -> ResultT | ParseFailed:
        async with self._turns:
            self._stop_resting()
            try:
                # A worker that dies between two jobs breaks the pool, which is not this job's fault.
                for _ in range(2):
                    if self._is_closed:
                        break
                    outcome = await self._attempt(function, job)
                    if outcome is not None:
                        return outcome
                return _failed("parse_crash")
            finally:
                self._rest_later()

    async def _attempt(self, function: Callable[[JobT], ResultT], job: JobT) -> ResultT | ParseFailed | None:
        """What became of the job; None if the pool broke before it could tell."""
        from concurrent.futures.process import BrokenProcessPool

        from pebble import ProcessExpired

        try:
            pool = await self._started()
        except OSError as no_process:
            return _failed("parse_crash", clean_line(str(no_process)))
        try:
            waiter = asyncio.wrap_future(pool.schedule(function, args=(job,), timeout=self._deadline_seconds))
        except RuntimeError:
            self._drop(pool)
            return None
        self._pending.add(waiter)
        try:
            is_broken = await self._waited(waiter, pool)
        finally:
            self._pending.discard(waiter)
            is_stuck = not waiter.done()
            waiter.cancel()
        if is_stuck:
            self._drop(pool)
        if is_stuck and is_broken:
            return None
        if waiter.cancelled() or is_stuck:
            return _failed("parse_crash")
        match waiter.exception():
            case None:
                return waiter.result()
            case TimeoutError():
                return _failed("parse_deadline", f"{self._deadline_seconds:g} s")
            case ProcessExpired():
                return _failed("parse_crash")
            case BrokenProcessPool():
                self._drop(pool)
                return None
            case error:
                return _failed("parse_error", type(error).__name__)

    async def _waited(self, waiter: asyncio.Future[ResultT], pool: ProcessPool) -> bool:
        """Wait for a job's outcome as long as that may take; True if the pool broke meanwhile.

        A pool that breaks ends the jobs it has, but forgets one that comes to it in the same moment.
        """
        until = time.monotonic() + self._deadline_seconds + _START_SECONDS
        is_broken = False
        while not waiter.done() and not is_broken and (left := until - time.monotonic()) > 0:
            is_broken = not pool.active
            await asyncio.wait({waiter}, timeout=min(left, _LOOK_SECONDS))
        return is_broken

    async def _started(self) -> ProcessPool:
        async with self._starting:
            pool = self._pool
            if pool is not None and not pool.active:
                self._drop(pool)  # it broke: a thread, its pipes and maybe a process of it are still there
                pool = None
            if pool is None:
                pool = await self._new()
                if self._is_closed:
                    _dispose(pool)
                else:
                    self._pool = pool
            return pool

    async def _new(self) -> ProcessPool:
        """Another pool; one that comes up for nobody, because its job was given up, is put away again."""
        start = self._starter.submit(_start, self._workers, self._jobs_per_worker)
        try:
            return await asyncio.wrap_future(start)
        except asyncio.CancelledError:
            start.add_done_callback(_dispose_unwanted)
            raise

    def _drop(self, pool: ProcessPool) -> None:
        """Part with a pool, unless another job has already."""
        if self._pool is pool:
            self._pool = None
            _dispose(pool)

    def _rest_later(self) -> None:
        self._stop_resting()
        if not self._is_closed:
            self._rest = asyncio.get_running_loop().call_later(self._idle_seconds, self._rest_now)

    def _stop_resting(self) -> None:
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None

    def _rest_now(self) -> None:
        if self._pool is not None and not self._pending and not self._starting.locked():
            self._drop(self._pool)


def _start(workers: int, jobs_per_worker: int) -> ProcessPool:
    """A pool with its processes on their way. Imports much, so it is called in a thread, and not before a job."""
    import multiprocessing

    import pebble

    # How long a stop may take: the loops of the pool look up so often, and a worker obeys SIGTERM at once.
    pebble.CONSTS.sleep_unit = 0.05
    pebble.CONSTS.term_timeout = 0.5
    with _real_stderr():
        pool = pebble.ProcessPool(
            max_workers=workers,
            max_tasks=jobs_per_worker,
            initializer=jobs.prepare,
            context=multiprocessing.get_context("spawn"),
        )
        is_active = pool.active  # asking starts it
    if not is_active:
        raise OSError("the parser processes do not start")
    return pool


@contextlib.contextmanager
def _real_stderr() -> Iterator[None]:
    """Give `multiprocessing` a standard error with a file behind it.

    Its resource tracker hands ``sys.stderr.fileno()`` to a new process; Textual's stand-in answers -1, which no process
    can be started with.
    """
    kept = sys.stderr
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        sys.stderr = nowhere
        try:
            yield
        finally:
            sys.stderr = kept


def _dispose(pool: ProcessPool, then: Callable[[], object] = lambda: None) -> None:
    """Kill the pool's processes, in a thread that nobody has to wait for."""

    def stop() -> None:
        with contextlib.suppress(RuntimeError, OSError):
            pool.stop()  # type: ignore[no-untyped-call]  # pebble annotates only some
            pool.join()
        with contextlib.suppress(RuntimeError):  # the loop is closed
            then()

    threading.Thread(target=stop, name="parser-stop", daemon=True).start()


def _dispose_unwanted(start: Future[ProcessPool]) -> None:
    if not start.cancelled() and start.exception() is None:
        _dispose(start.result())


def _failed(kind: jobs.ParseFailureKind, detail: str = "") -> ParseFailed:
    return ParseFailed(Failure(kind, detail))
