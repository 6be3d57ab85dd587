"""How many requests a host meets at once, and how soon after each other."""

from __future__ import annotations

import asyncio
import threading
from itertools import pairwise

import pytest

from reader.fetch.client import Fetcher
from reader.fetch.gate import Gate
from reader.model.feeds import FeedConfig, FeedState, Validators
from tests.loopback import Answer, Loopback, feed, redirect
from tests.unit.fetch.conftest import Clock, Town, ask, at


@pytest.fixture
def spaced(town: Town, clock: Clock) -> Fetcher:
    return Fetcher(now=clock, network=town, environ={}, spacing_seconds=0.05)


async def test_a_public_host_meets_one_request_at_a_time_with_pauses(
    spaced: Fetcher, public: Loopback, town: Town
) -> None:
    """Fifty feeds of one publisher are fifty requests in a row, not a wave; another host does not wait for them."""
    public.answer("*", Answer(body=feed()))
    with Loopback(host="127.0.0.3") as other:
        town.names["other.example"] = ["127.0.0.3"]
        other.answer("*", Answer(body=feed()))

        outcomes = await asyncio.gather(
            *(ask(spaced, at(public, f"/{number}")) for number in range(20)),
            ask(spaced, at(other, host="other.example")),
        )

        asked_elsewhere = other.requests[0].at
    assert all(hasattr(outcome, "body") for outcome in outcomes)
    assert public.most_at_once == 1
    assert min(later.at - earlier.at for earlier, later in pairwise(public.requests)) >= 0.05
    assert asked_elsewhere < public.requests[5].at


async def test_a_host_of_ones_own_is_asked_at_full_speed(spaced: Fetcher, server: Loopback) -> None:
    """16 at once and no pause: nobody there has to be spared."""
    together = threading.Event()

    def hold(_: object) -> Answer:
        if server.most_at_once >= 16:
            together.set()
        together.wait(5)
        return Answer(body=feed())

    server.answer("*", hold)

    await asyncio.gather(*(ask(spaced, server.url(f"/{number}")) for number in range(40)))

    assert server.most_at_once == 16
    assert len(server.requests) == 40


async def test_connections_are_used_again_and_not_kept(fetcher: Fetcher, public: Loopback) -> None:
    """Ten feeds of a host need one handshake; when the refresh is over, the server may forget us."""
    state = FeedState(validators=Validators(b'"1"'))
    public.answer("*", Answer(304))
    public.answer("/full", Answer(body=feed()))

    await asyncio.gather(*(ask(fetcher, at(public, path), state) for path in ("/1", "/2", "/full", "/3")))
    connections_while_busy = public.connections
    await ask(fetcher, at(public, "/4"), state)

    assert (connections_while_busy, public.connections) == (1, 2)


async def test_waiting_for_a_host_is_not_counted_as_slowness(town: Town, clock: Clock, public: Loopback) -> None:
    """Else the fiftieth feed of a host would always be too slow."""
    fetcher = Fetcher(now=clock, network=town, environ={}, spacing_seconds=0.2)
    public.answer("*", Answer(body=feed()))

    async with asyncio.timeout(10):
        feeds = [FeedConfig(at(public, f"/{number}"), timeout_seconds=0.3) for number in range(4)]
        outcomes = await asyncio.gather(*(ask(fetcher, config) for config in feeds))

    assert [type(outcome).__name__ for outcome in outcomes] == ["Fetched"] * 4


async def test_a_redirect_gives_the_first_host_back(spaced: Fetcher, public: Loopback, town: Town) -> None:
    """Two feeds that redirect to each other's host must not wait for each other for ever."""
    with Loopback(host="127.0.0.3") as other:
        town.names["other.example"] = ["127.0.0.3"]
        public.answer("/a", redirect(at(other, "/b", host="other.example")))
        other.answer("/a", redirect(at(public, "/b")))
        public.answer("/b", Answer(body=feed()))
        other.answer("/b", Answer(body=feed()))

        async with asyncio.timeout(5):
            outcomes = await asyncio.gather(
                ask(spaced, at(public, "/a")), ask(spaced, at(other, "/a", host="other.example"))
            )

    assert [type(outcome).__name__ for outcome in outcomes] == ["Fetched", "Fetched"]


async def test_a_page_somebody_waits_for_goes_before_feeds(spaced: Fetcher, public: Loopback) -> None:
    """`x` must not wait for the forty other feeds of the host."""
    public.answer("*", Answer(body=feed()))
    feeds = [asyncio.create_task(ask(spaced, at(public, f"/{number}"))) for number in range(10)]
    await asyncio.sleep(0.02)
    asked_before = len(public.requests)

    await spaced.page(at(public, "/article"))

    order = [request.path for request in public.requests]
    assert order.index("/article") <= asked_before + 1
    await asyncio.gather(*feeds)


async def test_who_gives_up_waiting_takes_no_place_along() -> None:
    """A turn handed to a task that was just cancelled must go to the next in line."""
    gate = Gate(in_flight=1, spacing_seconds=0.0)
    entered: list[str] = []

    async def visitor(name: str, hold: asyncio.Event) -> None:
        async with gate.visit() as visit:
            await visit.enter("a.example")
            entered.append(name)
            await hold.wait()

    hold, free = asyncio.Event(), asyncio.Event()
    free.set()
    first = asyncio.create_task(visitor("first", hold))
    second = asyncio.create_task(visitor("second", hold))
    third = asyncio.create_task(visitor("third", free))
    await asyncio.sleep(0)
    hold.set()
    await asyncio.sleep(0)
    second.cancel()

    async with asyncio.timeout(10):
        await asyncio.gather(first, third)
    assert entered[0] == "first"
    assert entered[-1] == "third"


async def test_a_wait_cancelled_as_a_place_becomes_free_ends_quietly() -> None:
    """A refresh that is broken off cancels all at once: who leaves passes over those who wait no more."""
    gate = Gate(in_flight=1)
    await gate.enter_overall(is_urgent=False)
    waiting = [asyncio.ensure_future(gate.enter_overall(is_urgent=False)) for _ in range(3)]
    await asyncio.sleep(0)
    for one in waiting:
        one.cancel()
    gate.leave_overall()
    ended = await asyncio.gather(*waiting, return_exceptions=True)

    assert [type(one) for one in ended] == [asyncio.CancelledError] * 3
    await asyncio.wait_for(gate.enter_overall(is_urgent=False), 1)


async def test_what_is_held_back_keeps_nobody_urgent_waiting() -> None:
    """Feeds wait while bodies pile up; the page a person opened does not, though all places were taken in turn."""
    gate = Gate(in_flight=1, spacing_seconds=0.0)
    entered: list[str] = []

    async def visitor(name: str, *, is_urgent: bool = False) -> None:
        async with gate.visit(is_urgent=is_urgent) as visit:
            await visit.enter("")
            entered.append(name)

    gate.hold_back(is_held=True)
    feeds = [asyncio.create_task(visitor(name)) for name in ("first", "second", "third")]
    async with asyncio.timeout(10):
        await visitor("page", is_urgent=True)
        before = list(entered)
        gate.hold_back(is_held=False)
        await asyncio.gather(*feeds)

    assert before == ["page"]
    assert entered == ["page", "first", "second", "third"]


async def test_a_feed_that_is_held_back_keeps_nobody_urgent_from_its_host() -> None:
    """The page that a person opened is of the very site whose feed waits until bodies are stored."""
    gate = Gate(in_flight=2, spacing_seconds=0.0)
    entered: list[str] = []

    async def visitor(name: str, *, is_urgent: bool = False) -> None:
        async with gate.visit(is_urgent=is_urgent) as visit:
            await visit.enter("rri.example")
            entered.append(name)

    gate.hold_back(is_held=True)
    feeds = [asyncio.create_task(visitor(name)) for name in ("first", "second")]
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await visitor("page", is_urgent=True)
        before = list(entered)
        gate.hold_back(is_held=False)
        await asyncio.gather(*feeds)

    assert before == ["page"]
    assert sorted(entered) == ["first", "page", "second"]
