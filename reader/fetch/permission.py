"""Which addresses of which sites may be asked by a machine: every site's robots.txt, remembered for a day."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from reader.fetch.robots import Robots, parse_robots
from reader.fetch.stopping import FetchStoppedError
from reader.model.fetching import Fetched, FetchFailed

if TYPE_CHECKING:
    from reader.fetch.addresses import Address
    from reader.model.fetching import FetchOutcome

__all__ = ["KEPT", "Permissions", "refusal", "robots_url"]

KEPT = timedelta(hours=24)
"""How long a robots.txt is believed. Source: RFC 9309 §2.4."""

_Origin = tuple[str, str, int]


class Permissions:
    """The robots.txt of all sites asked so far."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._known: dict[_Origin, tuple[datetime, Robots]] = {}
        self._turns: dict[_Origin, asyncio.Lock] = defaultdict(asyncio.Lock)

    def knows(self, address: Address) -> bool:
        """Whether a site's rules are at hand, so that nobody has to be asked for them."""
        since, _robots = self._known.get(address.origin, (None, Robots()))
        return since is not None and timedelta() <= self._now() - since < KEPT

    async def of(self, address: Address, ask: Callable[[str], Awaitable[FetchOutcome]]) -> Robots | FetchFailed:
        """A site's rules, or why they could not be had: then nothing there may be asked.

        A site without a robots.txt allows everything. Source: RFC 9309 §2.3.1.
        """
        async with self._turns[address.origin]:
            if self.knows(address):
                return self._known[address.origin][1]
            answer = await ask(robots_url(address))
            if isinstance(answer, FetchFailed) and not _is_unavailable(answer):
                return answer
            robots = parse_robots(answer.body) if isinstance(answer, Fetched) else Robots()
            self._known[address.origin] = (self._now(), robots)
            return robots


def robots_url(address: Address) -> str:
    """Where a site's robots.txt stands."""
    host = f"[{address.host}]" if ":" in address.host else address.host
    return f"{address.scheme}://{host}:{address.port}/robots.txt"


def refusal(address: Address) -> FetchStoppedError:
    """What an address that may not be asked comes to."""
    return FetchStoppedError("robots", f"robots.txt of {address.host} forbids {address.target.decode('ascii')}")


def _is_unavailable(failed: FetchFailed) -> bool:
    if failed.failure.kind in {"too_many_redirects", "bad_redirect"}:
        return True
    return failed.status is not None and 400 <= failed.status < 500 and failed.status != 429
