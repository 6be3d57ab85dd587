"""Connections are used again, whatever else is under way."""

from __future__ import annotations

import asyncio
import threading

from reader.fetch.client import Fetcher
from reader.model.fetching import Fetched
from tests.loopback import Answer, Loopback
from tests.unit.fetch.conftest import Town, ask, get


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
