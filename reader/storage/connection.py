"""SQLite on threads of its own: each connection lives on one daemon thread, which runs functions for the event loop.

A writer runs each function in a ``BEGIN IMMEDIATE`` transaction, so it never meets SQLITE_BUSY_SNAPSHOT, and runs it
again when another process holds the lock; a function given to it must therefore bear being run again. A reader runs
each function in a transaction too: all it reads is of one moment.

What refreshes bring comes in floods, and a transaction costs as much as ten articles: such functions are submitted with
`SqlThread.join` and carried out several at a time, all or, if one of them fails, each by itself.

What the reader did (marks) is committed with synchronous=FULL and survives a power cut. What can be fetched again is
committed with NORMAL: a power cut may take back the last transactions, whole, and a process that dies takes nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar

from reader.errors import StorageError
from reader.i18n import _
from reader.storage.jobs import Job, Shared
from reader.storage.trouble import is_busy, is_damage, removed, translated

__all__ = ["SqlThread", "configure", "suspect_marker"]

T = TypeVar("T")
W = TypeVar("W")

OPERATIONS_BETWEEN_LOOKS = 50_000
"""Steps of SQLite's machine, some milliseconds, after which a read looks whether it is still wanted."""

BUSY_SECONDS = 30.0
"""How long a transaction is tried again while another process holds the lock."""
CLOSE_SECONDS = 0.25
"""How long waiting transactions may still take when the store is closed; then they are interrupted."""

GATHER_SECONDS = 0.5
"""How long the first of several functions waits for the others."""
GATHER_WEIGHT = 400
"""Articles in one transaction, about a quarter of a second: a mark may have to wait for it."""

_BUSY_STEP_MILLISECONDS = 100
"""SQLite's own waiting, which cannot be broken off; kept short and repeated."""


def suspect_marker(path: Path) -> Path:
    """A file that says: SQLite met damage in this database; look at all of it at the next start."""
    return path.with_name(path.name + ".suspect")


def configure(connection: sqlite3.Connection, *, cache_kib: int) -> None:
    """Settings that a connection keeps only for itself."""
    connection.isolation_level = None
    # Damage inside a text goes unnoticed by SQLite; one bad byte must not cost the article, or the start.
    connection.text_factory = _decoded
    connection.execute(f"PRAGMA cache_size = -{cache_kib}")
    connection.execute("PRAGMA temp_store = MEMORY")
    # Debian's SQLite overwrites deleted content with zeros, which costs a write for each page freed.
    connection.execute("PRAGMA secure_delete = OFF")


def _decoded(text: bytes) -> str:
    return text.decode("utf-8", "replace")


class SqlThread:
    """One connection on a daemon thread of its own."""

    def __init__(self, path: Path, kind: Literal["writer", "reader"]) -> None:
        self.path = path
        """The database file."""
        self.gather_seconds = GATHER_SECONDS
        """How long the first of several works waits for the others."""
        self._kind = kind
        self._queue: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._taken: deque[Job | None] = deque()
        self._lock = threading.Lock()
        self._current: Job | None = None
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._closing = threading.Event()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._main, name=f"warta-{kind}", daemon=True)

    async def start(self, connect: Callable[[], tuple[sqlite3.Connection, T]]) -> T:
        """Open the connection on the thread.

        Args:
            connect: Called there; returns the connection and whatever the caller wants to know about it.

        Raises:
            StorageError: the database cannot be used.

        """

        def opened(_connection: sqlite3.Connection) -> T:
            self._connection, told = connect()
            # Opening waits as long as it takes; from here on it is this thread that tries again.
            self._connection.execute(f"PRAGMA busy_timeout = {_BUSY_STEP_MILLISECONDS}")
            self._file = _file_at(self.path)
            if self._kind == "reader":
                # `interrupt` does nothing between two statements; this stops the next one too.
                self._connection.set_progress_handler(self._is_unwanted, OPERATIONS_BETWEEN_LOOKS)
            return told

        self._thread.start()
        try:
            return await self._submit(opened, durable=False, droppable=False)
        except BaseException:
            self.stop()
            raise

    async def run(
        self, function: Callable[[sqlite3.Connection], T], *, durable: bool = True, droppable: bool = False
    ) -> T:
        """Run a function on the thread, in a transaction.

        Args:
            function: Gets the connection. May be run more than once, so it changes nothing but the database.
            durable: For the writer: the commit survives a power cut.
            droppable: For the writer: if the awaiting task is cancelled before the turn comes, nothing is done.
                Otherwise what was submitted is carried out. A reader drops and interrupts what nobody awaits.

        Raises:
            StorageError: the database cannot be used.

        """
        return await self._submit(function, durable=durable, droppable=droppable or self._kind == "reader")

    async def join(
        self,
        function: Callable[[sqlite3.Connection, Sequence[W]], Sequence[T]],
        work: W,
        *,
        weight: int = 1,
        more_soon: bool = False,
        droppable: bool = False,
    ) -> T:
        """Run a function on the thread for several works at once: for this one, and for others that are submitted.

        The commit is not durable.

        Args:
            function: Gets the connection and the works; returns a result for each. If it raises, nothing is kept, and
                it is run again for each work by itself.
            work: This one.
            weight: How many articles it is about: bounds a transaction.
            more_soon: Wait a moment for others. Anything else that is submitted ends the wait.
            droppable: If the awaiting task is cancelled before the turn comes, this work is left out.

        Raises:
            StorageError: the database cannot be used.

        """
        shared = Shared(function, work, weight, more_soon)

        def alone(connection: sqlite3.Connection) -> T:
            return function(connection, (work,))[0]

        return await self._submit(alone, durable=False, droppable=droppable, shared=shared)

    async def catch_up(self) -> None:
        """Wait until what was submitted to `run` before this is done, or has failed.

        Raises:
            StorageError: the database cannot be used.

        """
        await self._submit(lambda _connection: None, durable=False, droppable=True, is_bare=True)

    async def data_version(self) -> int:
        """A number that is another one once a connection other than this committed something.

        It is told from shared memory: nothing is written, nothing read from the disk, and no writer waited for.

        Raises:
            StorageError: the database cannot be used.

        """
        return await self._submit(_data_version, durable=False, droppable=True, is_bare=True)

    def stop(self) -> None:
        """Take no more functions; those waiting are still run."""
        if not self._closing.is_set():
            self._closing.set()
            self._queue.put(None)

    async def ended(self) -> None:
        """Wait until the thread has closed its connection, at most about half a second.

        Reads are broken off at once; transactions get a moment, then are rolled back.
        """
        started = time.monotonic()
        while not self._ended.is_set():
            waited = time.monotonic() - started
            if waited > 2 * CLOSE_SECONDS:
                return
            if self._kind == "reader" or waited > CLOSE_SECONDS:
                self._interrupt()
            await asyncio.sleep(0.002)

    async def _submit(
        self,
        function: Callable[[sqlite3.Connection], T],
        *,
        durable: bool,
        droppable: bool,
        shared: Shared | None = None,
        is_bare: bool = False,
    ) -> T:
        if self._closing.is_set():
            raise StorageError(_("The database is closed."), path=str(self.path))
        future = asyncio.get_running_loop().create_future()
        job = Job(function, future, durable=durable, droppable=droppable, shared=shared, is_bare=is_bare)
        self._queue.put(job)
        try:
            result: T = await job.future
        except asyncio.CancelledError:
            self._abandon(job)
            raise
        return result

    def _abandon(self, job: Job) -> None:
        with self._lock:
            job.abandoned = job.droppable
            if self._current is job and self._kind == "reader" and self._connection:
                self._connection.interrupt()

    def _is_unwanted(self) -> bool:
        """Whether nobody awaits what the thread is reading. Called by SQLite on the thread."""
        job = self._current
        return self._closing.is_set() or (job is not None and job.abandoned)

    def _interrupt(self) -> None:
        with self._lock:
            if self._connection and self._current:
                self._connection.interrupt()

    def _main(self) -> None:
        while (job := self._next()) is not None:
            jobs = [job, *self._companions(job)]
            if len(jobs) == 1 or not self._run_together(jobs):
                for each in jobs:
                    self._run(each)
            del job, jobs
        self._leave()

    def _next(self) -> Job | None:
        return self._taken.popleft() if self._taken else self._queue.get()

    def _companions(self, first: Job) -> list[Job]:
        """The jobs after the first that share its transaction; what came between is left for its turn."""
        jobs: list[Job] = []
        if first.shared is None:
            return jobs
        weight, job = first.shared.weight, first
        until = time.monotonic() + self.gather_seconds
        while weight < GATHER_WEIGHT and job.shared:
            patience = max(until - time.monotonic(), 0.0) if job.shared.more_soon else 0.0
            try:
                following = self._queue.get(timeout=patience) if patience else self._queue.get_nowait()
            except queue.Empty:
                break
            if following is not None and following.is_bare:  # too small to end the wait
                self._run(following)
                continue
            if following is None or following.shared is None or following.shared.function is not first.shared.function:
                self._taken.append(following)
                break
            job = following
            jobs.append(job)
            weight += following.shared.weight
        return jobs

    def _run(self, job: Job) -> None:
        with self._lock:
            if job.abandoned:
                return
            self._current = job
        result, error = self._outcome(job)
        with self._lock:
            self._current = None
        job.finish(result, error)

    def _run_together(self, jobs: list[Job]) -> bool:
        """Carry out jobs in one transaction; False if that failed and nothing is done."""
        with self._lock:
            wanted = [job for job in jobs if not job.abandoned and job.shared]
        shared = [job.shared for job in wanted if job.shared]
        if not shared:
            return True

        def together(connection: sqlite3.Connection) -> Sequence[Any]:
            return shared[0].function(connection, [each.work for each in shared])

        job = Job(together, wanted[0].future, durable=False, droppable=False)
        with self._lock:
            self._current = job
        results, error = self._outcome(job)
        with self._lock:
            self._current = None
        if error is None:
            for each, result in zip(wanted, results, strict=True):
                each.finish(result, None)
        return error is None

    def _outcome(self, job: Job) -> tuple[Any, BaseException | None]:
        try:
            return self._perform(job), None
        except sqlite3.Error as error:
            if is_damage(error):
                with contextlib.suppress(OSError):
                    suspect_marker(self.path).touch()
            ours = translated(error, self.path)
            ours.__cause__ = error
            return None, ours
        except BaseException as error:  # noqa: BLE001 - whatever it is, it belongs to who awaits the result
            return None, error

    def _perform(self, job: Job) -> Any:
        connection = self._connection
        if connection is None:
            return job.function(None)  # type: ignore[arg-type]  # the function that connects
        give_up = time.monotonic() + BUSY_SECONDS
        pause = 0.005
        while True:
            try:
                return self._transaction(connection, job)
            except sqlite3.Error as error:
                if self._closing.is_set():
                    give_up = min(give_up, time.monotonic() + CLOSE_SECONDS)
                if not is_busy(error) or time.monotonic() > give_up or job.abandoned:
                    raise
            time.sleep(pause)
            pause = min(pause * 2, 0.1)

    def _transaction(self, connection: sqlite3.Connection, job: Job) -> Any:
        if job.is_bare:
            return job.function(connection)
        if self._kind == "reader":
            connection.execute("BEGIN")
        else:
            if _file_at(self.path) != self._file:
                # SQLite would go on writing into a file that no path leads to, and the marks would be gone.
                raise removed(self.path)
            connection.execute("PRAGMA synchronous = " + ("FULL" if job.durable else "NORMAL"))
            connection.execute("BEGIN IMMEDIATE")
        try:
            result = job.function(connection)
            connection.execute("COMMIT")
        except BaseException:
            # A full disk or an I/O error has rolled back already.
            if connection.in_transaction:
                with contextlib.suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
            raise
        return result

    def _leave(self) -> None:
        connection = self._connection
        with self._lock:
            self._connection = None
        if connection:
            with contextlib.suppress(sqlite3.Error):
                connection.close()
        self._ended.set()


def _data_version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA data_version").fetchone()
    return int(version)


def _file_at(path: Path) -> tuple[int, int] | None:
    """Which file stands at a path; None: none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
