"""Who may send a request now: so many overall, one at a time to a public host, with a pause between.

A fetch opens a `Gate.visit` and enters each host its redirects lead to; the turn at the host before is given back.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

__all__ = ["MAX_IN_FLIGHT", "SPACING_SECONDS", "Gate", "Visit"]

MAX_IN_FLIGHT = 16
"""Requests under way at once."""

SPACING_SECONDS = 1.0
"""From the end of one answer of a public host to the next request there."""


class _Turnstile:
    """Lets so many in at once, first come first served, urgent ones first."""

    def __init__(self, capacity: int) -> None:
        self.free = capacity
        self.ready_at = 0.0
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def enter(self, *, is_urgent: bool) -> None:
        """Come in, or wait; a wait that is cancelled takes no place with it."""
        if self.free:
            self.free -= 1
            return
        turn = asyncio.get_running_loop().create_future()
        if is_urgent:
            self._waiting.appendleft(turn)
        else:
            self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.leave()
            elif turn in self._waiting:  # else somebody who left in the same moment has passed over it
                self._waiting.remove(turn)
            raise

    def leave(self) -> None:
        """Hand the place to the next in line."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self.free += 1


class Gate:
    """All turnstiles of one fetcher."""

    def __init__(self, *, in_flight: int = MAX_IN_FLIGHT, spacing_seconds: float = SPACING_SECONDS) -> None:
        self._overall = _Turnstile(in_flight)
        self._may_begin = asyncio.Event()
        self._may_begin.set()
        self._hosts: dict[str, _Turnstile] = {}
        self._spacing_seconds = spacing_seconds

    @asynccontextmanager
    async def visit(self, *, is_urgent: bool = False) -> AsyncIterator[Visit]:
        """One fetch with all its hops; leaves whatever it entered."""
        visit = Visit(self, is_urgent=is_urgent)
        try:
            yield visit
        finally:
            visit.leave()

    async def enter_host(self, host: str, *, is_urgent: bool) -> None:
        """Wait until nobody else asks this host and its pause is over."""
        turnstile = self._hosts.setdefault(host, _Turnstile(1))
        await turnstile.enter(is_urgent=is_urgent)
        try:
            await asyncio.sleep(max(0.0, turnstile.ready_at - asyncio.get_running_loop().time()))
        except asyncio.CancelledError:
            turnstile.leave()
            raise

    def leave_host(self, host: str, *, was_asked: bool = True) -> None:
        """Let the next one in, after the pause; who asked for nothing leaves without one."""
        turnstile = self._hosts[host]
        if was_asked:
            turnstile.ready_at = asyncio.get_running_loop().time() + self._spacing_seconds
        turnstile.leave()

    def hold_back(self, *, is_held: bool) -> None:
        """Let nobody begin a request who is not urgent, until told otherwise."""
        if is_held:
            self._may_begin.clear()
        else:
            self._may_begin.set()

    async def may_begin(self, *, is_urgent: bool) -> None:
        """Wait as long as others are held back, unless it is urgent."""
        if not is_urgent:
            await self._may_begin.wait()

    async def enter_overall(self, *, is_urgent: bool) -> bool:
        """Wait for one of the places in flight; False, and none is taken, if others are held back by then."""
        await self._overall.enter(is_urgent=is_urgent)
        if is_urgent or self._may_begin.is_set():
            return True
        self._overall.leave()
        return False

    def leave_overall(self) -> None:
        """Give that place back."""
        self._overall.leave()


class Visit:
    """What one fetch holds of the gate."""

    def __init__(self, gate: Gate, *, is_urgent: bool) -> None:
        self._gate = gate
        self._is_urgent = is_urgent
        self._host = ""
        self._is_in = False

    async def enter(self, host: str) -> None:
        """Come to a host; empty: one that needs no turn. Staying at the same one needs no new turn.

        The turn at the host is waited for first, so that waiting takes none of the places in flight. Who is held back
        meanwhile gives the turn back: somebody urgent may want the same host.
        """
        if self._is_in and host == self._host:
            return
        self.leave()
        while True:
            await self._gate.may_begin(is_urgent=self._is_urgent)
            if host:
                await self._gate.enter_host(host, is_urgent=self._is_urgent)
                self._host = host
            if await self._gate.enter_overall(is_urgent=self._is_urgent):
                break
            if host:
                self._gate.leave_host(host, was_asked=False)
                self._host = ""
        self._is_in = True

    def leave(self) -> None:
        """Give back what is held."""
        if self._is_in:
            self._gate.leave_overall()
        if self._host:
            self._gate.leave_host(self._host)
        self._is_in, self._host = False, ""
