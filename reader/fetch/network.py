"""Names and routes of the network Warta runs in, behind a seam that tests fill with a network of their own."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from typing import Protocol

from reader.fetch.addresses import is_public_address
from reader.fetch.threads import in_thread

__all__ = ["Network", "SystemNetwork"]

# Documentation addresses (RFC 5737, RFC 3849): nothing is sent there, only the routing table is asked.
_PROBES = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))


class Network(Protocol):
    """What must be known of the network before and after connecting."""

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        """IP addresses of a name, in the order to try. Raises: OSError, `socket.gaierror` for a name that is none."""
        ...

    def is_public(self, address: str) -> bool:
        """Whether an IP address is one of the public internet."""
        ...

    def has_route(self) -> bool:
        """Whether there is a way out at all; sends nothing."""
        ...


class SystemNetwork:
    """The machine's own network."""

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        """Ask the system's resolver, in a thread that quitting does not wait for."""
        found = await in_thread(lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))

    def is_public(self, address: str) -> bool:
        """By IANA's registries."""
        return is_public_address(address)

    def has_route(self) -> bool:
        """Ask the routing table for a way to addresses that are nobody's."""
        return any(_has_route(family, address) for family, address in _PROBES)


def _has_route(family: socket.AddressFamily, address: str) -> bool:
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((address, 9))
    except OSError:
        return False
    return True
