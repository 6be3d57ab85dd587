"""The politest client a server has met: one GET for a feed, its hops followed by hand, whatever comes of it a value.

Nothing here loads httpx before the first fetch, and then in a thread.
"""

from __future__ import annotations

import asyncio
import os
import ssl
import sys
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import UTC, datetime
from http import HTTPStatus
from importlib import import_module
from typing import TYPE_CHECKING

from reader.fetch.addresses import Trust, is_own_name, parse_address
from reader.fetch.answers import REDIRECTS, judged, next_hop
from reader.fetch.asking import headers_for, may_carry_secrets
from reader.fetch.credentials import Keyring
from reader.fetch.gate import MAX_IN_FLIGHT, SPACING_SECONDS, Gate
from reader.fetch.network import SystemNetwork
from reader.fetch.permission import Permissions, refusal
from reader.fetch.proxies import choose_proxy
from reader.fetch.receiving import PatientReceiver, wants_file
from reader.fetch.robots import Robots
from reader.fetch.schedule import validators_to_send
from reader.fetch.stopping import FetchStoppedError
from reader.fetch.threads import in_thread
from reader.light import dataclass
from reader.model.feeds import FeedConfig, Validators
from reader.model.fetching import Fetched, FetchFailed, NotModified, Redirect
from reader.text.clean import clean_line
from reader.text.urls import without_credentials

if TYPE_CHECKING:
    from reader.fetch.addresses import Address
    from reader.fetch.exchange import Reply
    from reader.fetch.gate import Visit
    from reader.fetch.network import Network
    from reader.fetch.receiving import Receiver
    from reader.fetch.session import Session
    from reader.model.feeds import FeedState
    from reader.model.fetching import FetchOutcome

__all__ = ["MAX_HOPS", "TOTAL_SECONDS", "Fetcher"]

TOTAL_SECONDS = 60.0
"""How long one fetch may take in all, waiting for its turn not counted."""

MAX_HOPS = 10
"""Redirects followed."""


@dataclass(frozen=True, slots=True)
class _Errand:
    """What one fetch is to bring."""

    config: FeedConfig
    """Whose settings hold."""
    start: Address
    """Where to begin."""
    typed: Address | None
    """What the user himself wrote; None: nothing of it."""
    trust: Trust
    """Whom the hops may lead to."""
    validators: Validators = field(default_factory=Validators)
    """To send along."""
    is_page: bool = False
    """An article's page is wanted, not a feed."""
    is_urgent: bool = False
    """Somebody waits for it: ahead of what does not."""
    obeys_robots: bool = False
    """Every hop is asked only if its site's robots.txt allows it."""
    receiver: Receiver | None = None
    """Where the body goes, if it is a file's."""

    @property
    def total_seconds(self) -> float:
        """The time it may take."""
        return self.config.timeout_seconds or TOTAL_SECONDS


class Fetcher:
    """Fetches feeds and pages; one for the whole program, in one event loop."""

    def __init__(
        self,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        network: Network | None = None,
        environ: Mapping[str, str] = os.environ,
        in_flight: int = MAX_IN_FLIGHT,
        spacing_seconds: float = SPACING_SECONDS,
        make_tls: Callable[[], ssl.SSLContext] | None = None,
    ) -> None:
        self._now = now
        self._network = network or SystemNetwork()
        self._environ = environ
        self._gate = Gate(in_flight=in_flight, spacing_seconds=spacing_seconds)
        self._make_tls = make_tls
        self._keyring = Keyring()
        self._permissions = Permissions(now)
        self._session: Session | None = None
        self._opening = asyncio.Lock()
        self._errands = 0

    async def fetch(self, config: FeedConfig, state: FeedState, *, address: str) -> FetchOutcome:
        """Ask for a feed once, with the validators of its last good answer.

        Args:
            config: What the user wrote of it.
            state: What is remembered of it.
            address: Where to ask: as subscribed, or where a permanent redirect led.

        Returns:
            What came; every failure is a `FetchFailed`. Only cancelling raises.

        """
        typed, start = parse_address(config.url), parse_address(address)
        if start is None or typed is None:
            return self._failed(address, FetchStoppedError("bad_url", "not an http or https address"))
        validators = validators_to_send(state, self._now())
        obeys_robots = config.kind != "feed"
        return await self._run(_Errand(config, start, typed, self._trust(typed), validators, obeys_robots=obeys_robots))

    async def part(self, config: FeedConfig, url: str) -> Fetched | FetchFailed:
        """Ask for another document of a source, as its robots.txt allows: one that its index names."""
        typed, start = parse_address(config.url), parse_address(url)
        if start is None:
            return self._failed(url, FetchStoppedError("bad_url", "not an http or https address"))
        is_same_host = typed is not None and typed.host == start.host
        trust = self._trust(typed if is_same_host else None)
        return self._unconditional(url, await self._run(_Errand(config, start, typed, trust, obeys_robots=True)))

    async def lead(self, url: str, *, config: FeedConfig, named_on: str = "") -> Fetched | FetchFailed:
        """Ask for what a search for feeds came to: the typed address, or one that a document names.

        Only who typed an address of his own network can be led about in it, and only by what stands in it.

        Args:
            url: Where the search came to.
            config: Of the address as typed; what is no feed's is asked only as robots.txt allows.
            named_on: The document that names it, after its redirects; empty: nothing was read yet.

        """
        typed, start = parse_address(config.url), parse_address(url)
        if start is None:
            return self._failed(url, FetchStoppedError("bad_url", "not an http or https address"))
        trust = self._trust(typed)
        if (via := parse_address(named_on)) is not None:
            trust.policy(via.host, is_own=self._is_own(via))  # may lose it
        is_feed = config.kind == "feed"
        errand = _Errand(config, start, typed, trust, is_page=is_feed, is_urgent=is_feed, obeys_robots=not is_feed)
        return self._unconditional(url, await self._run(errand))

    async def robots(self, url: str, *, typed: str) -> Robots | FetchFailed:
        """What the robots.txt of a site says that a search came to from the typed address; asked at most once a day."""
        start = parse_address(url)
        if start is None:
            return self._failed(url, FetchStoppedError("bad_url", "not an http or https address"))
        return await self._rules(_Errand(FeedConfig(url), start, None, self._trust(parse_address(typed))), start)

    async def page(
        self, url: str, *, config: FeedConfig | None = None, is_asked_for: bool = True
    ) -> Fetched | FetchFailed:
        """Ask for an article's page once: the same rules as for a feed, no validators.

        A page on the reader's own network is asked only if its feed stands on the same host.

        Args:
            url: The page.
            config: The settings of the article's feed.
            is_asked_for: A person waits for it, so it goes ahead of feeds that wait. Else it takes its turn, and only
                as robots.txt allows.

        """
        start = parse_address(url)
        if start is None:
            return self._failed(url, FetchStoppedError("bad_url", "not an http or https address"))
        typed = parse_address(config.url) if config is not None else None
        is_same_host = typed is not None and typed.host == start.host
        trust = self._trust(typed if is_same_host else None)
        errand = _Errand(config or FeedConfig(url), start, typed, trust, is_page=True, is_urgent=is_asked_for)
        return self._unconditional(url, await self._run(replace(errand, obeys_robots=not is_asked_for)))

    async def file(self, url: str, receiver: Receiver, *, config: FeedConfig | None = None) -> Fetched | FetchFailed:
        """Ask for a file that comes with an article, and hand it on as it comes; the body of what is returned is empty.

        As for `page`; it may take as long as something comes. What the receiver raises is raised.
        """
        start = parse_address(url)
        if start is None:
            return self._failed(url, FetchStoppedError("bad_url", "not an http or https address"))
        typed = parse_address(config.url) if config is not None else None
        trust = self._trust(typed if typed is not None and typed.host == start.host else None)
        errand = _Errand(config or FeedConfig(url), start, typed, trust, is_urgent=True, receiver=receiver)
        return self._unconditional(url, await self._run(errand))

    def hold_back(self, *, is_held: bool) -> None:
        """Begin no request that nobody waits for, until told otherwise: who asked for the last ones is behind."""
        self._gate.hold_back(is_held=is_held)

    async def close(self) -> None:
        """Close what is open. Fetching again opens anew."""
        if self._session is not None:
            await self._session.close()

    async def _rules(self, errand: _Errand, here: Address) -> Robots | FetchFailed:
        async def ask(url: str) -> FetchOutcome:
            start = parse_address(url) or here
            return await self._run(replace(errand, start=start, validators=Validators(), obeys_robots=False))

        return await self._permissions.of(here, ask)

    async def _permit(self, errand: _Errand, here: Address, visit: Visit) -> None:
        """Stop what robots.txt forbids here, or while it cannot be had."""
        if not self._permissions.knows(here):
            visit.leave()  # robots.txt needs a turn at the same host
        rules = await self._rules(errand, here)
        if isinstance(rules, FetchFailed):
            raise FetchStoppedError(
                rules.failure.kind,
                rules.failure.detail,
                status=rules.status,
                snippet=rules.failure.snippet,
                wishes=rules.wishes,
            )
        if not rules.allows(here.target.decode("ascii")):
            raise refusal(here)

    async def _run(self, errand: _Errand) -> FetchOutcome:
        hops: list[Redirect] = []
        self._errands += 1
        try:
            return await self._follow(errand, hops)
        except FetchStoppedError as stopped:
            return self._failed(errand.start.url, stopped, tuple(hops))
        finally:
            self._errands -= 1
            if not self._errands:
                # No server shall hold a connection open for an hour in vain.
                await self.close()

    async def _follow(self, errand: _Errand, hops: list[Redirect]) -> FetchOutcome:
        """Ask, and go where the answers lead; the hops taken are noted as they are."""
        here, seen = errand.start, {errand.start.url}
        seconds_left = errand.total_seconds
        async with self._gate.visit(is_urgent=errand.is_urgent) as visit:
            while True:
                if errand.obeys_robots:
                    await self._permit(errand, here, visit)
                await visit.enter("" if self._is_own(here) else here.host)
                begun = asyncio.get_running_loop().time()
                reply, secrets = await self._ask_in_time(errand, here, seconds_left, visit)
                seconds_left -= asyncio.get_running_loop().time() - begun
                if reply.status not in REDIRECTS:
                    outcome = judged(reply, errand.start, here, errand.validators, self._now(), secrets)
                    return replace(outcome, redirects=tuple(hops))
                here = next_hop(here, reply)
                hops.append(Redirect(reply.status, here.url))
                if here.url in seen or len(hops) > MAX_HOPS:
                    detail = "they form a loop" if here.url in seen else f"more than {MAX_HOPS}"
                    raise FetchStoppedError("too_many_redirects", detail, status=reply.status)
                seen.add(here.url)

    async def _ask_in_time(
        self, errand: _Errand, here: Address, seconds_left: float, visit: Visit
    ) -> tuple[Reply, tuple[str, ...]]:
        try:
            async with asyncio.timeout(max(seconds_left, 0.0)) as limit:
                patient = PatientReceiver(errand.receiver, limit, visit) if errand.receiver is not None else None
                return await self._ask(errand, here, patient)
        except TimeoutError as error:
            detail = f"{here.host}: not finished after {errand.total_seconds:g} s"
            raise FetchStoppedError("timeout", detail) from error

    async def _ask(self, errand: _Errand, here: Address, receiver: Receiver | None) -> tuple[Reply, tuple[str, ...]]:
        """One hop: its answer, and what went out with it that nobody may read."""
        config = errand.config
        policy = errand.trust.policy(here.host, is_own=self._is_own(here))
        if policy == "guarded" and self._is_own(here):
            raise FetchStoppedError("forbidden_address", f"{here.host} is on your own network")
        proxy = choose_proxy(config.proxy, here, self._environ)
        is_known = may_carry_secrets(errand.typed, here)
        secret = await self._secret(config, errand.typed) if is_known else ""
        headers = headers_for(config, errand.validators, is_page=errand.is_page, is_known=is_known, secret=secret)
        if receiver is not None:
            headers = wants_file(headers)
        session = await self._opened()
        from reader.fetch.exchange import exchange  # loaded by `_opened`

        reply = await exchange(session, here, headers, proxy=proxy, policy=policy, receiver=receiver)
        if reply.status == HTTPStatus.UNAUTHORIZED and config.auth_command:
            self._keyring.forget(config.auth_command)
        query = here.target.decode("ascii").partition("?")[2]
        return reply, (secret, *secret.replace(":", " ", 1).split(" ", 1), query, *(v for _, v in config.headers))

    async def _secret(self, config: FeedConfig, typed: Address | None) -> str:
        """Who the user is to the feed's server, as he wrote it; empty: nobody."""
        if config.auth_command and not config.auth:
            return await self._keyring.ask(config.auth_command)
        return config.auth or (typed.credentials if typed is not None else "")

    async def _opened(self) -> Session:
        async with self._opening:
            if self._session is None:
                await in_thread(_load)
                from reader.fetch.session import Session, make_tls  # loaded by now

                self._session = Session(self._network, self._make_tls or make_tls)
            return self._session

    def _trust(self, typed: Address | None) -> Trust:
        return Trust(typed.host if typed else "", is_typed_own=typed is not None and self._is_own(typed))

    def _is_own(self, address: Address) -> bool:
        """Whether a host is of the reader's own machine or network by its name's form or its literal address."""
        return is_own_name(address.host) or (address.is_literal and not self._network.is_public(address.host))

    def _unconditional(self, url: str, outcome: FetchOutcome) -> Fetched | FetchFailed:
        """Without validators no answer is judged as a 304."""
        if isinstance(outcome, NotModified):
            return self._failed(url, FetchStoppedError("http_status", "304 Not Modified", status=304))
        return outcome

    def _failed(self, url: str, stopped: FetchStoppedError, hops: tuple[Redirect, ...] = ()) -> FetchFailed:
        shown = clean_line(without_credentials(url))
        return FetchFailed(shown, stopped.failure, self._now(), stopped.status, stopped.wishes, hops)


def _load() -> None:
    """Import httpx and what is built on it: a fifth of a second that the screen must not feel."""
    # Where click is installed httpx imports its own command line with it, and that takes as long again.
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # None: importing it fails
    import_module("reader.fetch.exchange")
