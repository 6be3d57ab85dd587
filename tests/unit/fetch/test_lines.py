"""Connections are used again, whatever else is under way."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.fetch.client import Fetcher
from reader.model.fetching import Fetched
from tests.loopback import Answer, Loopback
from tests.unit.fetch.conftest import Clock, Town, ask, get

CERTIFICATE = Path(__file__).with_name("certificate.pem")


async def test_many_feeds_of_one_server_share_a_few_connections(fetcher: Fetcher, server: Loopback) -> None:
    """Opening a connection costs more than asking on it."""
    server.answer("*", Answer(body=b"<rss/>"))

    await asyncio.gather(*(get(fetcher, server.url(f"/feed?{number}")) for number in range(60)))

    assert server.connections <= 16


async def test_a_connection_outlasts_what_is_asked_elsewhere(fetcher: Fetcher, server: Loopback, town: Town) -> None:
    """A host is asked for its next feed a second later; meanwhile others are."""
    is_over = threading.Event()
    server.answer("*", Answer(body=b"<rss/>", hold=is_over))
    slow = asyncio.create_task(get(fetcher, server.url("/slow")))
    with Loopback(host="127.0.0.2") as two, Loopback(host="127.0.0.3") as three:
        for running, name in ((two, "two.example"), (three, "three.example")):
            town.names[name] = [running.host]
            running.answer("*", Answer(body=b"<rss/>"))
        for _ in range(3):
            await get(fetcher, two.url("/feed", host="two.example"))
            await get(fetcher, three.url("/feed", host="three.example"))

        assert (two.connections, three.connections) == (1, 1)
    is_over.set()
    await slow


async def test_connections_a_server_closed_disturb_nobody(fetcher: Fetcher, server: Loopback) -> None:
    """Many servers keep none, and say so by closing: all who look for one at once find the same closed ones."""
    server.answer("*", Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>"))

    outcomes = await asyncio.gather(*(ask(fetcher, server.url(f"/{number}")) for number in range(100)))

    assert [outcome for outcome in outcomes if not isinstance(outcome, Fetched)] == []


def plain(body: bytes) -> bytes:
    """A whole answer."""
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


@pytest.mark.parametrize("length", [6, 65_536 - len(plain(b"")) - 4, 131_072 - len(plain(b"")) - 5, 300_000])
@pytest.mark.parametrize("is_secure", [False, True])
async def test_what_follows_an_answer_is_never_the_next_ones(
    town: Town, clock: Clock, server: Loopback, length: int, is_secure: bool
) -> None:
    """A second answer nobody asked for would be taken for another feed's, wherever on its way it waits."""
    body, is_over = b"a" * length, threading.Event()
    head = (("Content-Length", str(length)),)

    def with_more() -> Iterator[bytes]:
        yield body + plain(b"evil")
        is_over.wait(10)  # the connection stays open

    with Loopback(host="127.0.0.2", tls=_serving() if is_secure else None) as public:
        public.answer("/a", Answer(headers=head, pieces=with_more, is_bare=True))
        public.answer("/b", Answer(body=b"<b/>"))
        bodies = await _one_by_one(town, clock, server, public, "/a", "/b", is_over=is_over)

    assert bodies == [body, b"<b/>"]


async def test_silent_connections_are_kept_by_tls_too(town: Town, clock: Clock, server: Loopback) -> None:
    """The looking must not cost what it guards: a handshake for each feed."""
    with Loopback(host="127.0.0.2", tls=_serving()) as public:
        public.answer("*", Answer(body=b"<rss/>"))
        await _one_by_one(town, clock, server, public, "/1", "/2", "/3", "/4", is_over=threading.Event())

        assert public.connections == 1


async def _one_by_one(
    town: Town, clock: Clock, server: Loopback, public: Loopback, *paths: str, is_over: threading.Event
) -> list[bytes]:
    """Ask for one after the other while something else is asked, so that connections are kept."""
    town.names["news.example"] = [public.host]
    server.answer("/slow", Answer(body=b"<rss/>", hold=is_over))
    fetcher = Fetcher(now=clock, network=town, environ={}, spacing_seconds=0.0, make_tls=_trusting)
    slow = asyncio.create_task(get(fetcher, server.url("/slow")))
    try:
        return [(await get(fetcher, public.url(path, host="news.example"))).body for path in paths]
    finally:
        is_over.set()
        await slow
        await fetcher.close()


def _serving() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def _trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(CERTIFICATE))
