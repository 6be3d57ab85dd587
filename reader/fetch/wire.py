"""A stream that bounds what comes before an answer's body. Loaded late: it brings httpcore."""

from __future__ import annotations

import ssl
from typing import Any

import httpcore

__all__ = ["MAX_HEAD_BYTES", "Wire"]

MAX_HEAD_BYTES = 131_072
"""From a request to the body of its answer, provisional answers included; they may come without end."""

_PIECE_BYTES = 8_192
"""Read at once while a head is awaited: thousands of provisional answers in one piece would hold up the screen."""


class Wire(httpcore.AsyncNetworkStream):
    """Another stream, which has to come to an answer's body in time."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self._left: int | None = MAX_HEAD_BYTES

    def head_is_over(self) -> None:
        """The body comes now, which is bounded elsewhere."""
        self._left = None

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109  # httpcore's
        """Read what came. Raises: httpcore.RemoteProtocolError if it is too much for a head."""
        if self._left is None:
            return await self._stream.read(max_bytes, timeout)
        if self._left <= 0:
            raise httpcore.RemoteProtocolError("too many bytes before an answer")
        data = await self._stream.read(min(max_bytes, _PIECE_BYTES), timeout)
        self._left -= len(data)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109  # httpcore's
        """Send a request; its head is awaited from here."""
        self._left = MAX_HEAD_BYTES
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        """Close it."""
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109  # httpcore's
    ) -> httpcore.AsyncNetworkStream:
        """The same over TLS."""
        return Wire(await self._stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        """What the other stream knows."""
        return self._stream.get_extra_info(info)
