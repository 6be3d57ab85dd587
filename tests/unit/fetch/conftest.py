"""A fetcher against a server on this machine, in a network of the test's own making."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from reader.fetch.addresses import is_public_address
from reader.fetch.client import Fetcher
from reader.model.feeds import FeedConfig, FeedState
from reader.model.fetching import Fetched, FetchFailed, FetchOutcome, NotModified
from tests.loopback import Loopback

NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


@dataclass
class Town:
    """A network: 127.0.0.2 and above stand for public addresses, names lead where the test says."""

    names: dict[str, Sequence[str]] = field(default_factory=dict)
    """Addresses of each name; an unknown name is none."""
    answers: dict[str, list[Sequence[str]]] = field(default_factory=dict)
    """Addresses that change from one question to the next."""
    route: bool = True
    """Whether there is a way out."""
    no_server: bool = False
    """Whether name servers are out of reach."""
    asked: list[str] = field(default_factory=list)
    """Names asked for."""

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        if self.no_server:
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        if self.answers.get(host):
            return self.answers[host].pop(0)
        if host not in self.names:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return self.names[host]

    def is_public(self, address: str) -> bool:
        return (address.startswith("127.0.0.") and address != "127.0.0.1") or is_public_address(address)

    def has_route(self) -> bool:
        return self.route


@dataclass
class Clock:
    """A clock a test sets."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **duration: float) -> None:
        self.now += timedelta(**duration)


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server() -> Iterator[Loopback]:
    """A host on the reader's own machine."""
    with Loopback() as running:
        yield running


@pytest.fixture
def public(town: Town) -> Iterator[Loopback]:
    """A host of the public internet, called ``news.example``."""
    with Loopback(host="127.0.0.2") as running:
        town.names["news.example"] = ["127.0.0.2"]
        yield running


@pytest.fixture
async def fetcher(town: Town, clock: Clock) -> AsyncIterator[Fetcher]:
    fetcher = Fetcher(now=clock, network=town, environ={}, spacing_seconds=0.0)
    yield fetcher
    await fetcher.close()


def at(public: Loopback, path: str = "/feed", *, host: str = "news.example") -> str:
    """An address of a public server by its name."""
    return public.url(path, host=host)


async def ask(fetcher: Fetcher, config: FeedConfig | str, state: FeedState | None = None) -> FetchOutcome:
    """One fetch at the subscribed address."""
    config = FeedConfig(config) if isinstance(config, str) else config
    return await fetcher.fetch(config, state or FeedState(), address=config.url)


async def get(fetcher: Fetcher, config: FeedConfig | str, state: FeedState | None = None) -> Fetched:
    """One fetch that brings a body."""
    outcome = await ask(fetcher, config, state)
    assert isinstance(outcome, Fetched), outcome
    return outcome


async def unchanged(fetcher: Fetcher, config: FeedConfig | str, state: FeedState) -> NotModified:
    """One fetch that brings a 304."""
    outcome = await ask(fetcher, config, state)
    assert isinstance(outcome, NotModified), outcome
    return outcome


async def fail(fetcher: Fetcher, config: FeedConfig | str, state: FeedState | None = None) -> FetchFailed:
    """One fetch that fails."""
    outcome = await ask(fetcher, config, state)
    assert isinstance(outcome, FetchFailed), outcome
    return outcome
