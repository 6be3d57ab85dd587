"""Functions on their way to a thread that owns a connection, and back to who awaits their results."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from reader.light import dataclass

__all__ = ["Job", "Shared"]


@dataclass(frozen=True, slots=True)
class Shared:
    """What lets a job share a transaction with others of the same function."""

    function: Callable[[sqlite3.Connection, Sequence[Any]], Sequence[Any]]
    """Carries all works out and returns a result for each."""
    work: Any
    """This job's part."""
    weight: int
    """How many articles it is about."""
    more_soon: bool
    """Others will be submitted in a moment."""


class Job:
    """A function on its way through the thread, and who awaits its result."""

    __slots__ = ("abandoned", "droppable", "durable", "function", "future", "is_bare", "loop", "shared")

    def __init__(
        self,
        function: Callable[[sqlite3.Connection], Any],
        future: asyncio.Future[Any],
        *,
        durable: bool,
        droppable: bool,
        shared: Shared | None = None,
        is_bare: bool = False,
    ) -> None:
        """``is_bare``: run outside a transaction, so without the lock a writer's needs."""
        self.function = function
        self.future = future
        self.loop = future.get_loop()
        self.durable = durable
        self.droppable = droppable
        self.shared = shared
        self.is_bare = is_bare
        self.abandoned = False

    def finish(self, result: Any, error: BaseException | None) -> None:
        """Hand over the outcome; a loop that was closed meanwhile awaits nothing any more."""
        with contextlib.suppress(RuntimeError):
            self.loop.call_soon_threadsafe(self._set, result, error)

    def _set(self, result: Any, error: BaseException | None) -> None:
        if self.future.done():
            return
        if error is None:
            self.future.set_result(result)
        else:
            self.future.set_exception(error)
