"""One request and its whole answer, every way this can fail told as one of ours. Loaded late, with `session`."""

from __future__ import annotations

import ssl
import struct
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import aclosing, contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING

import httpcore
import httpx
from socksio.exceptions import SOCKSError

from reader.fetch.answers import REDIRECTS
from reader.fetch.decoding import MAX_BODY_BYTES, BodyDecoder
from reader.fetch.fields import joined
from reader.fetch.receiving import beginning
from reader.fetch.stopping import FetchStoppedError
from reader.light import dataclass

if TYPE_CHECKING:
    from reader.fetch.addresses import Address, Policy
    from reader.fetch.fields import Fields
    from reader.fetch.proxies import ProxyAddress
    from reader.fetch.receiving import Receiver
    from reader.fetch.session import Session
    from reader.model.feeds import FailureKind

__all__ = ["Reply", "exchange"]

EXCERPT_BYTES = 65_536
"""How much of an error's body is read, for its first line."""

_MAX_FIELDS = 256
_MAX_FIELD_BYTES = 65_536
Take = Callable[[bytes], Awaitable[None]]
_GOOD = {HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION}


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, read."""

    status: int
    """The HTTP status."""
    fields: Fields
    """Header fields as received."""
    body: bytes
    """Decoded: whole if the status is a good one, else its beginning."""


async def exchange(
    session: Session,
    address: Address,
    headers: list[tuple[bytes, bytes]],
    *,
    proxy: ProxyAddress | None,
    policy: Policy,
    receiver: Receiver | None = None,
) -> Reply:
    """Send one GET and read what comes; a receiver is given the body of a good answer as it comes.

    Raises: FetchStoppedError, and nothing else that a network can cause.
    """
    with _told(address, proxy):
        response = await session.send(address, headers, proxy, policy)
        try:
            with _told(address, proxy, status=response.status_code):
                return await _read(response, address, receiver)
        finally:
            await response.aclose()


async def _read(response: httpx.Response, address: Address, receiver: Receiver | None) -> Reply:
    fields = response.headers.raw
    if len(fields) > _MAX_FIELDS or sum(len(name) + len(value) for name, value in fields) > _MAX_FIELD_BYTES:
        raise FetchStoppedError("too_large", "too many header fields")
    status = response.status_code
    if status in _GOOD and receiver is not None:
        await receiver.begin(beginning(address.url, fields))
        await _pour(response, receiver.take)
        return Reply(status, fields, b"")
    if status in _GOOD:
        return Reply(status, fields, await _whole(response, joined(fields, b"content-encoding")))
    if status in REDIRECTS:  # what stands beside it is nobody's news
        return Reply(status, fields, b"")
    return Reply(status, fields, await _beginning(response, joined(fields, b"content-encoding")))


async def _whole(response: httpx.Response, encoding: str) -> bytes:
    decoder = BodyDecoder(encoding, MAX_BODY_BYTES)
    await _pour(response, _taking(decoder))
    return decoder.finish()


async def _beginning(response: httpx.Response, encoding: str) -> bytes:
    """What can be had of an error's body; it may be anything, and the error stays the same."""
    try:
        decoder = BodyDecoder(encoding, EXCERPT_BYTES)
    except FetchStoppedError:
        return b""
    try:
        await _pour(response, _taking(decoder))
        return decoder.finish()
    except (FetchStoppedError, httpcore.NetworkError, httpcore.ProtocolError):
        return bytes(decoder.body)


def _taking(decoder: BodyDecoder) -> Take:
    async def take(piece: bytes) -> None:
        decoder.feed(piece)

    return take


async def _pour(response: httpx.Response, take: Take) -> None:
    pieces = response.aiter_raw()
    assert isinstance(pieces, AsyncGenerator)
    async with aclosing(pieces):
        async for piece in pieces:
            await take(piece)


@contextmanager
def _told(address: Address, proxy: ProxyAddress | None, *, status: int | None = None) -> Iterator[None]:
    """Turn whatever the libraries below raise into our one exception."""
    try:
        yield
    except FetchStoppedError as stopped:
        if proxy is not None and status is None and stopped.failure.kind != "offline":
            raise FetchStoppedError("proxy", stopped.failure.detail) from stopped
        stopped.status = stopped.status or status
        raise
    except (httpcore.ProxyError, SOCKSError, AssertionError, struct.error) as error:
        # socksio checks a proxy's words by assert.
        raise FetchStoppedError("proxy", str(error)) from error
    except httpcore.TimeoutException as error:
        raise FetchStoppedError("timeout", address.host, status=status) from error
    except httpcore.RemoteProtocolError as error:
        kind, detail = _broken(str(error), status)
        raise FetchStoppedError(kind, detail, status=status) from error
    except httpcore.LocalProtocolError as error:
        raise FetchStoppedError("bad_url", "a header field or the address cannot be sent") from error
    except (httpcore.NetworkError, OSError) as error:
        kind, detail = _cut(error, address, is_answering=status is not None)
        raise FetchStoppedError(kind, detail, status=status) from error
    except (httpx.InvalidURL, httpcore.UnsupportedProtocol, UnicodeError) as error:
        raise FetchStoppedError("bad_url", address.host) from error
    except (ValueError, LookupError) as error:  # a fault of ours or of a library: that feed's failure, nobody else's
        kind = "connection" if status is None else "truncated"
        raise FetchStoppedError(kind, "the response is not valid HTTP", status=status) from error


def _broken(message: str, status: int | None) -> tuple[FailureKind, str]:
    """h11 tells its troubles in words only."""
    if "without sending complete message body" in message or "incomplete" in message:
        return "truncated", "the connection closed before the end"
    if "Receive buffer too long" in message or "too many" in message.lower():
        return "too_large", "header fields too long"
    if "disconnected" in message:
        return "connection", "the server closed the connection without a response"
    return "connection" if status is None else "truncated", "the response is not valid HTTP"


def _cut(error: BaseException, address: Address, *, is_answering: bool) -> tuple[FailureKind, str]:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "tls", f"{address.host}: {cause.verify_message}"
        if isinstance(cause, ssl.SSLError):
            return "tls", f"{address.host}: {(cause.reason or 'TLS failed').replace('_', ' ').lower()}"
        cause = cause.__cause__ or cause.__context__
    if is_answering:
        return "truncated", "the connection was lost before the end"
    return "connection", f"{address.host}: connection lost"
