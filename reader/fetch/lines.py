"""Connections straight to servers: one for each request under way, and those that lie idle kept by server.

httpcore's pool looks at every connection, at its socket too, whenever a request comes or goes, and takes all for idle
when it counts the idle ones: nearly none was used again, and the looking cost more than the asking. Loaded late.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections import OrderedDict
from collections.abc import AsyncIterable, AsyncIterator
from weakref import WeakKeyDictionary

import httpcore

__all__ = ["IDLE_SECONDS", "MAX_IDLE", "Lines"]

IDLE_SECONDS = 4.0
"""How long a connection may lie idle before it is closed."""
MAX_IDLE = 16
"""Idle connections kept."""

_TURNS = 8
"""Of the event loop; what was received already is read within four."""


class Lines:
    """Connections that share a way to connect and a TLS context."""

    def __init__(self, backend: httpcore.AsyncNetworkBackend, tls: ssl.SSLContext | None) -> None:
        self._backend = backend
        self._tls = tls
        # In the order in which they fell idle, with the time they did.
        self._idle: OrderedDict[httpcore.AsyncHTTPConnection, tuple[str, float]] = OrderedDict()
        self._streams: WeakKeyDictionary[httpcore.AsyncHTTPConnection, httpcore.AsyncNetworkStream] = (
            WeakKeyDictionary()
        )
        self._busy: dict[httpcore.AsyncHTTPConnection, str] = {}

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        """Send one request, on a connection that lay idle or on a new one. The answer must be closed."""
        await self._close_old()
        origin = request.url.origin
        connection = await self._reused(str(origin)) or httpcore.AsyncHTTPConnection(
            origin, ssl_context=self._tls, keepalive_expiry=IDLE_SECONDS, network_backend=self._backend
        )
        self._busy[connection] = str(origin)
        try:
            answer = await connection.handle_async_request(request)
        except BaseException:
            await self._part_with(connection)
            raise
        self._streams[connection] = answer.extensions["network_stream"]
        assert isinstance(answer.stream, AsyncIterable)
        content = _Content(answer.stream, self, connection)
        return httpcore.Response(answer.status, headers=answer.headers, content=content, extensions=answer.extensions)

    async def done(self, connection: httpcore.AsyncHTTPConnection) -> None:
        """An answer was closed: keep its connection if it can be used again."""
        if connection not in self._busy:
            return
        if not connection.is_idle() or connection.has_expired() or _holds_more(connection):
            await self._part_with(connection)
            return
        self._idle[connection] = self._busy.pop(connection), time.monotonic()
        await self._close_old()

    async def aclose(self) -> None:
        """Close every connection."""
        connections = [*self._busy, *self._idle]
        self._busy.clear()
        self._idle.clear()
        for connection in connections:
            await connection.aclose()

    async def _reused(self, origin: str) -> httpcore.AsyncHTTPConnection | None:
        """The connection to a server that fell idle last and is still open."""
        for connection in [each for each, (of, _) in self._idle.items() if of == origin][::-1]:
            # Whoever else is on his way may have taken it, while an earlier one was closed.
            if self._idle.pop(connection, None) is None:
                continue
            try:
                is_fit = not connection.has_expired() and await _is_silent(self._streams[connection])
            except BaseException:
                await asyncio.shield(connection.aclose())
                raise
            if is_fit:
                return connection
            await connection.aclose()
        return None

    async def _close_old(self) -> None:
        """Close what has lain idle for too long, or is too much."""
        while self._idle:
            connection, (_, since) = next(iter(self._idle.items()))
            if len(self._idle) <= MAX_IDLE and time.monotonic() - since < IDLE_SECONDS:
                return
            del self._idle[connection]
            await connection.aclose()

    async def _part_with(self, connection: httpcore.AsyncHTTPConnection) -> None:
        self._busy.pop(connection, None)
        # Whoever waits for the answer may have been cancelled; closing takes no time.
        await asyncio.shield(connection.aclose())


def _holds_more(connection: httpcore.AsyncHTTPConnection) -> bool:
    """Whether bytes came after the answer: they would be taken for the answer to the next request.

    httpcore does not tell, so its parser is asked; a version in which it cannot be found keeps no connection.
    """
    parser = getattr(getattr(connection, "_connection", None), "_h11_state", None)
    return parser is None or bool(parser.trailing_data[0])


async def _is_silent(stream: httpcore.AsyncNetworkStream) -> bool:
    """Whether nothing came on an idle connection: not in the socket, nor in what asyncio, anyio or TLS hold back."""
    reading = asyncio.ensure_future(stream.read(1))
    try:
        for _ in range(_TURNS):
            await asyncio.sleep(0)
            if reading.done():
                return False
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
    return reading.cancelled()


class _Content:
    """An answer's body as it comes; closing it gives the connection back."""

    def __init__(self, stream: AsyncIterable[bytes], lines: Lines, connection: httpcore.AsyncHTTPConnection) -> None:
        self._stream = stream
        self._lines = lines
        self._connection = connection

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for piece in self._stream:
                yield piece
        except BaseException:
            await self.aclose()
            raise

    async def aclose(self) -> None:
        """Close it."""
        try:
            if hasattr(self._stream, "aclose"):
                await self._stream.aclose()
        finally:
            await self._lines.done(self._connection)
