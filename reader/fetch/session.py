"""httpx below its client: transports that connect to checked addresses, one TLS context for all. Loaded late.

The client above them would keep cookies, follow redirects, write addresses into the log, read ``.netrc`` and answer a
login by itself; nothing of that is wanted, so requests go straight to a transport.
"""

from __future__ import annotations

import asyncio
import logging
import os
import ssl
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Any

import certifi
import httpcore
import httpx

from reader.fetch.connecting import CheckedBackend, Memory
from reader.fetch.lines import Lines
from reader.fetch.threads import in_thread
from reader.fetch.wire import Wire

if TYPE_CHECKING:
    from reader.fetch.addresses import Address, Policy
    from reader.fetch.network import Network
    from reader.fetch.proxies import ProxyAddress

__all__ = ["Session", "make_tls"]

CONNECT_SECONDS = 10.0
"""How long a host may take to accept a connection, name resolution included."""

_MAX_CONNECTIONS = 64
_MAX_RETRIES = 3

# Both write addresses, httpcore header fields too; either may hold a secret.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)


def make_tls() -> ssl.SSLContext:
    """Trust what the system trusts, and Mozilla's list where the system has none; ``SSL_CERT_FILE`` alone if set."""
    context = ssl.create_default_context()
    if not (os.environ.get("SSL_CERT_FILE") or os.environ.get("SSL_CERT_DIR")):
        context.load_verify_locations(cafile=certifi.where())
    return context


class Session:
    """The open connections, kept apart by proxy and policy: one made for a trusted fetch serves no other."""

    def __init__(self, network: Network, make_tls: Callable[[], ssl.SSLContext]) -> None:
        self._network = network
        self._make_tls = make_tls
        self._tls: ssl.SSLContext | None = None
        self._tls_lock = asyncio.Lock()
        self._memory = Memory()
        self._transports: dict[tuple[ProxyAddress | None, Policy, bool], CheckedTransport] = {}

    async def send(
        self, address: Address, headers: list[tuple[bytes, bytes]], proxy: ProxyAddress | None, policy: Policy
    ) -> httpx.Response:
        """One GET with exactly these headers and ``Host``; the answer is still to be read and to be closed."""
        transport = await self._transport(address, proxy, policy)
        for attempt in range(_MAX_RETRIES + 1):
            request = httpx.Request("GET", address.url, headers=headers, extensions={"target": address.target})
            try:
                return await transport.handle_async_request(request)
            except (httpcore.RemoteProtocolError, httpcore.ReadError):
                # RFC 9110 §9.2.2: a GET on a connection the server closed while it lay idle may be sent again.
                if "is_new" in request.extensions or attempt == _MAX_RETRIES:
                    raise
        raise AssertionError("the last attempt returns or raises")

    async def close(self) -> None:
        """Close every connection; the next request opens new ones."""
        transports, self._transports = self._transports, {}
        for transport in transports.values():
            await transport.aclose()

    async def _transport(self, address: Address, proxy: ProxyAddress | None, policy: Policy) -> CheckedTransport:
        is_tls = address.scheme == "https" or (proxy is not None and proxy.scheme == "https")
        tls = await self._tls_context() if is_tls else None
        key = (proxy, policy, is_tls)
        if key not in self._transports:
            # Who wrote a proxy's address trusts it, wherever it is.
            backend = CheckedBackend(self._network, policy if proxy is None else "open", self._memory)
            self._transports[key] = CheckedTransport(_make_pool(backend, proxy, tls))
        return self._transports[key]

    async def _tls_context(self) -> ssl.SSLContext:
        async with self._tls_lock:
            if self._tls is None:
                self._tls = await in_thread(self._make_tls)
            return self._tls


class CheckedTransport(httpx.AsyncBaseTransport):
    """Connections of httpcore's under httpx's types."""

    def __init__(self, pool: Lines | httpcore.AsyncConnectionPool) -> None:
        self._pool = pool

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request as it is; its extension ``is_new`` tells afterwards that a connection was opened for it."""
        opened: list[httpcore.AsyncNetworkStream] = []

        async def trace(event: str, info: dict[str, Any]) -> None:
            if event.endswith("connect_tcp.started"):
                request.extensions["is_new"] = True
            elif event.endswith("connect_tcp.complete"):
                opened.append(info["return_value"])

        url, target = request.url, request.extensions["target"]
        try:
            answer = await self._pool.handle_async_request(
                httpcore.Request(
                    b"GET",
                    httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=target),
                    headers=request.headers.raw,
                    extensions={"timeout": {"connect": CONNECT_SECONDS}, "trace": trace},
                )
            )
        except BaseException:
            # httpcore forgets a connection whose SOCKS or TLS handshake fails or is cancelled.
            for stream in opened:
                await stream.aclose()
            raise
        if isinstance(wire := answer.extensions.get("network_stream"), Wire):
            wire.head_is_over()
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    async def aclose(self) -> None:
        """Close the pool's connections."""
        await self._pool.aclose()


class _Body(httpx.AsyncByteStream):
    """An answer's body as httpcore streams it, errors as they come."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._answer.aiter_stream():
            yield piece

    async def aclose(self) -> None:
        await self._answer.aclose()


def _make_pool(
    backend: CheckedBackend, proxy: ProxyAddress | None, tls: ssl.SSLContext | None
) -> Lines | httpcore.AsyncConnectionPool:
    if proxy is None:
        return Lines(backend, tls)
    through = httpcore.Proxy(
        httpcore.URL(scheme=proxy.scheme, host=proxy.host, port=proxy.port, target=b"/"),
        auth=proxy.credentials and (proxy.credentials[0].encode(), proxy.credentials[1].encode()),
        ssl_context=tls if proxy.scheme == "https" else None,
    )
    return httpcore.AsyncConnectionPool(
        ssl_context=tls,
        proxy=through,
        max_connections=_MAX_CONNECTIONS,
        # Nothing tells whether a proxy sent more than was asked for, so each request has its own connection.
        max_keepalive_connections=0,
        network_backend=backend,
    )
