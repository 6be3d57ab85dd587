"""Whose turn it is to change feeds.toml."""

from __future__ import annotations

import asyncio
import functools
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine

__all__ = ["Turns", "in_turn"]

Args = ParamSpec("Args")
Result = TypeVar("Result")


class Turns:
    """One change after the other: each begins with what the one before it left. A turn may hold further ones."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._holder: asyncio.Task[Any] | None = None

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until no other task changes the file."""
        task = asyncio.current_task()
        if task is not None and self._holder is task:
            yield
            return
        async with self._lock:
            self._holder = task
            try:
                yield
            finally:
                self._holder = None


class HasTurns(Protocol):
    """What changes the file."""

    turns: Turns
    """Shared by all that do."""


Owner = TypeVar("Owner", bound=HasTurns)


def in_turn(
    method: Callable[Concatenate[Owner, Args], Coroutine[Any, Any, Result]],
) -> Callable[Concatenate[Owner, Args], Coroutine[Any, Any, Result]]:
    """A method that looks at what is followed, changes the file and journals it, and nobody comes between."""

    @functools.wraps(method)
    async def wrapped(self: Owner, /, *args: Args.args, **kwargs: Args.kwargs) -> Result:
        async with self.turns.turn():
            return await method(self, *args, **kwargs)

    return wrapped
