"""Addresses to ask: taken apart once, and told public from the reader's own.

Pure. Whoever connects asks `is_public_address` about the very address it connects to.
"""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Literal
from urllib.parse import unquote, urlsplit

from reader.light import dataclass
from reader.text.urls import resolve, web_url, without_credentials

__all__ = ["Address", "Policy", "Trust", "follow", "is_own_name", "is_public_address", "parse_address"]

Policy = Literal["open", "typed", "guarded"]
"""Whom a name may lead to. ``open``: anyone, it is of the reader's own network by its form. ``typed``: the public; the
private only if it has no public address and never had. ``guarded``: the public only."""

_OWN_SUFFIXES = (
    ".localhost", ".local", ".localdomain", ".lan", ".home", ".home.arpa", ".internal", ".intranet", ".private",
    ".corp", ".test",
)  # fmt: skip
_TARGET = re.compile(r"(?i)https?://[^/?#]*([^#]*)")
_SENDABLE = re.compile(r"[!-\[\]-~]*")
_NAT64 = IPv6Network("64:ff9b::/96")
_GLOBAL_UNICAST = IPv6Network("2000::/3")


@dataclass(frozen=True, slots=True)
class Address:
    """An http(s) address in the pieces a request needs."""

    url: str
    """In ASCII, without credentials and fragment."""
    scheme: Literal["http", "https"]
    """The protocol."""
    host: str
    """Name in punycode or literal without brackets, lower case."""
    port: int
    """The port, also where it is the default."""
    target: bytes
    """What goes into the request line: exactly as written where that can be sent at all."""
    credentials: str = ""
    """``user:password`` from the address, decoded; a secret."""

    @property
    def origin(self) -> tuple[str, str, int]:
        """What must be equal for secrets to go along."""
        return self.scheme, self.host, self.port

    @property
    def is_literal(self) -> bool:
        """Whether the host is an IP address."""
        return _literal(self.host) is not None

    def is_upgrade_of(self, other: Address) -> bool:
        """Whether this is the same host by TLS, each on its usual port."""
        return self.host == other.host and (self.scheme, self.port, other.scheme, other.port) == (
            "https", 443, "http", 80,
        )  # fmt: skip


def parse_address(url: str) -> Address | None:
    """The address in pieces; None if it is no http(s) address that could be asked."""
    clean = web_url(url)
    if not clean:
        return None
    parts = urlsplit(clean)
    scheme: Literal["http", "https"] = "https" if parts.scheme == "https" else "http"
    exact = _TARGET.match(url.strip())
    target = exact[1] if exact and _SENDABLE.fullmatch(exact[1]) else _target(clean)
    bare = without_credentials(clean).partition("#")[0]
    return Address(
        url=bare,
        scheme=scheme,
        host=parts.hostname or "",
        port=(443 if scheme == "https" else 80) if parts.port is None else parts.port,
        target=(target if target.startswith("/") else "/" + target).encode("ascii"),
        credentials=unquote(parts.netloc.rpartition("@")[0]),
    )


def follow(base: Address, location: bytes) -> Address | None:
    """Where a Location field leads from here; None if that is no http(s) address. Its credentials are not taken.

    Source: RFC 9110 §10.2.2; bytes beyond ASCII are sent by many servers and mean UTF-8, else latin-1.
    """
    try:
        text = location.decode("utf-8")
    except UnicodeDecodeError:
        text = location.decode("latin-1")
    return parse_address(without_credentials(resolve(base.url, text)))


def is_own_name(host: str) -> bool:
    """Whether a name is of the reader's own machine or network by its very form: ``localhost``, ``nas``, ``nas.lan``.

    An address literal is not a name: ask `is_public_address`.
    """
    name = "." + host.rstrip(".").lower()
    return _literal(host) is None and (name.count(".") == 1 or name.endswith(_OWN_SUFFIXES))


@lru_cache(256)
def is_public_address(address: str) -> bool:
    """Whether an IP address is one of the public internet; an IPv4 address inside an IPv6 one counts as itself.

    Source: IANA's special-purpose registries (RFC 6890) as `ipaddress` has them; RFC 6052 for NAT64, 3056 for 6to4,
    4380 for Teredo, 4291 §2.5.5 for mapped and compatible addresses.
    """
    found = _literal(address)
    if found is None:
        return False
    if isinstance(found, IPv4Address):
        return _is_public_4(found)
    inside = _embedded(found)
    if inside is not None:
        return _is_public_4(inside)
    return found in _GLOBAL_UNICAST and found.is_global and not found.is_multicast


@dataclass(slots=True)
class Trust:
    """Whom the hops of one fetch may lead to.

    What the user typed may be on his own network. A chain that once left for the public may not come back.
    """

    typed_host: str
    """Host of the address the user wrote; empty: he wrote none."""
    is_typed_own: bool
    """Whether that host is his own by its form or its literal address."""
    is_lost: bool = False
    """A host that is neither has answered: only public ones from here."""

    def policy(self, host: str, *, is_own: bool) -> Policy:
        """What holds for the next hop."""
        if not self.is_lost:
            if host == self.typed_host:
                return "open" if self.is_typed_own else "typed"
            if self.is_typed_own and is_own:
                return "open"
        self.is_lost = True
        return "guarded"


def _target(clean_url: str) -> str:
    found = _TARGET.match(clean_url)
    return found[1] if found else "/"


@lru_cache(256)  # a host is asked about for each feed, and at each hop
def _literal(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text.strip("[]").partition("%")[0])
    except ValueError:
        return None


def _is_public_4(address: IPv4Address) -> bool:
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _embedded(address: IPv6Address) -> IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return None
