"""Connections to checked addresses only: resolve, check, then connect to what was checked.

A name resolved twice may answer differently the second time (DNS rebinding), so the address that passed the check is
the one connected to; TLS still verifies the name. Loaded late: it brings httpcore.
"""

from __future__ import annotations

import asyncio
import errno
import socket
from collections import deque
from collections.abc import Iterable, Sequence
from ipaddress import ip_address
from itertools import zip_longest
from typing import TYPE_CHECKING

import httpcore

from reader.fetch.stopping import FetchStoppedError
from reader.fetch.wire import Wire

if TYPE_CHECKING:
    from reader.fetch.addresses import Policy
    from reader.fetch.network import Network

__all__ = ["CheckedBackend", "Memory"]

_HEAD_START_SECONDS = 0.25
_NO_WAY = {errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.EHOSTDOWN}
_NO_ANSWER = {socket.EAI_AGAIN}


class Memory:
    """What connecting taught: which names are public for good, and which prove that name resolution works."""

    def __init__(self) -> None:
        self.public_hosts: set[str] = set()
        """Names that had a public address once; a private one later is an attack."""
        self.witnesses: deque[str] = deque(maxlen=4)
        """Public names that were reached lately."""

    def reached(self, host: str) -> None:
        """A public host was connected to."""
        self.public_hosts.add(host)
        if host not in self.witnesses:
            self.witnesses.append(host)


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections for httpcore under one policy."""

    def __init__(self, network: Network, policy: Policy, memory: Memory) -> None:
        self._network = network
        self._policy = policy
        self._memory = memory
        self._plain = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  # httpcore's signature
        local_address: str | None = None,  # noqa: ARG002  # httpcore's signature, never used by us
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002  # the same
    ) -> httpcore.AsyncNetworkStream:
        """Connect to an address of the host that the policy admits.

        Raises: FetchStoppedError, of kind forbidden_address, dns, offline, refused, timeout or connection.
        """
        try:
            async with asyncio.timeout(timeout):
                admitted = self._admitted(host, await self._resolve(host, port))
                stream = await self._first_to_answer(host, admitted, port)
        except TimeoutError as error:
            raise FetchStoppedError("timeout", f"{host} did not accept the connection within {timeout:g} s") from error
        if self._network.is_public(admitted[0]):
            self._memory.reached(host)
        return Wire(stream)

    async def _resolve(self, host: str, port: int) -> Sequence[str]:
        if _is_literal(host):
            return (host,)
        try:
            addresses = await self._network.resolve(host, port)
        except UnicodeError as error:
            raise FetchStoppedError("dns", f"{host}: not a valid host name") from error
        except OSError as error:
            is_unanswered = error.errno in _NO_ANSWER
            if not self._network.has_route() or (is_unanswered and await self._nothing_resolves(host, port)):
                raise FetchStoppedError("offline", "no network") from error
            raise FetchStoppedError("dns", host) from error
        if not addresses:
            raise FetchStoppedError("dns", host)
        return addresses

    async def _nothing_resolves(self, host: str, port: int) -> bool:
        """Whether a name that was reached before fails too: then it is the network, not this name."""
        for witness in reversed(self._memory.witnesses):
            if witness != host:
                try:
                    return not await self._network.resolve(witness, port)
                except OSError:
                    return True
        return True

    def _admitted(self, host: str, addresses: Sequence[str]) -> list[str]:
        """Those addresses the policy allows, families taking turns. Raises: FetchStoppedError if there is none."""
        if self._policy != "open":
            public = [address for address in addresses if self._network.is_public(address)]
            if not public and not self._may_be_private(host, addresses):
                raise FetchStoppedError("forbidden_address", f"{host} resolves to {addresses[0]}")
            addresses = public or addresses
        newer = [address for address in addresses if ":" in address]
        older = [address for address in addresses if ":" not in address]
        first, second = (newer, older) if ":" in addresses[0] else (older, newer)
        return [address for pair in zip_longest(first, second) for address in pair if address]

    def _may_be_private(self, host: str, addresses: Sequence[str]) -> bool:
        """A typed name with private addresses only: a name server of the reader's own network knows it so.

        Never this machine or a link-local one (cloud metadata), never a name that was public before.
        """
        return (
            self._policy == "typed"
            and host not in self._memory.public_hosts
            and not any(_is_this_machine_or_link(address) for address in addresses)
        )

    async def _first_to_answer(self, host: str, addresses: Sequence[str], port: int) -> httpcore.AsyncNetworkStream:
        """Connect to the addresses in turn, the next one starting when one fails or lets wait (RFC 8305 §5)."""
        if len(addresses) == 1:
            try:
                return await self._plain.connect_tcp(addresses[0], port)
            except httpcore.ConnectError as error:
                raise self._connect_failure(host, error) from error
        waiting = deque(addresses)
        trying: set[asyncio.Task[httpcore.AsyncNetworkStream]] = set()
        problem: BaseException | None = None
        try:
            while waiting or trying:
                if waiting:
                    trying.add(asyncio.ensure_future(self._plain.connect_tcp(waiting.popleft(), port)))
                pause = _HEAD_START_SECONDS if waiting else None
                done, trying = await asyncio.wait(trying, timeout=pause, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    problem = task.exception()
                    if problem is None:
                        done.discard(task)
                        trying |= done
                        return task.result()
        finally:
            await _give_up(trying)
        raise self._connect_failure(host, problem) from problem

    def _connect_failure(self, host: str, problem: BaseException | None) -> FetchStoppedError:
        code = _error_number(problem)
        if code == errno.ECONNREFUSED:
            return FetchStoppedError("refused", host)
        if code in _NO_WAY:
            if not self._network.has_route() and self._policy != "open":
                return FetchStoppedError("offline", "no network")
            return FetchStoppedError("connection", f"{host}: no route to host")
        if code == errno.ETIMEDOUT:
            return FetchStoppedError("timeout", host)
        return FetchStoppedError("connection", f"{host}: {errno.errorcode.get(code, 'no connection')}")


async def _give_up(tasks: set[asyncio.Task[httpcore.AsyncNetworkStream]]) -> None:
    """End attempts that are no longer wanted, and close those that came through meanwhile."""
    for task in tasks:
        task.cancel()
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        if not isinstance(outcome, BaseException):
            await outcome.aclose()


def _error_number(error: BaseException | None) -> int:
    """The first errno among an exception and its causes; 0 if none has one."""
    while error is not None:
        if isinstance(error, OSError) and error.errno:
            return error.errno
        error = error.__cause__ or error.__context__
    return 0


def _is_literal(host: str) -> bool:
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, host.partition("%")[0])
        except OSError:
            continue
        return True
    return False


def _is_this_machine_or_link(address: str) -> bool:
    found = ip_address(address.partition("%")[0])
    found = getattr(found, "ipv4_mapped", None) or found
    return found.is_loopback or found.is_link_local or found.is_unspecified or found.is_multicast
