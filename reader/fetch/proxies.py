"""Which proxy a request takes: the feed's own, else the environment's. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from reader.fetch.stopping import FetchStoppedError
from reader.light import dataclass

if TYPE_CHECKING:
    from reader.fetch.addresses import Address

__all__ = ["ProxyAddress", "choose_proxy"]

_SCHEMES = {"http": "http", "https": "https", "socks": "socks5", "socks5": "socks5", "socks5h": "socks5"}
_PORTS = {"http": 80, "https": 443, "socks5": 1080}


@dataclass(frozen=True, slots=True)
class ProxyAddress:
    """A proxy in the pieces a connection needs; hashable, since connections are kept by proxy."""

    scheme: str
    """``http``, ``https`` or ``socks5`` (which resolves names itself)."""
    host: str
    """Name or literal."""
    port: int
    """The port."""
    credentials: tuple[str, str] | None = None
    """User and password; a secret."""


def choose_proxy(own: str, address: Address, environ: Mapping[str, str]) -> ProxyAddress | None:
    """The proxy for an address; None: straight there.

    ``HTTP_PROXY``, ``HTTPS_PROXY``, ``ALL_PROXY`` and ``NO_PROXY`` (small letters first) are obeyed on purpose; the
    reader's own machine is never asked through the environment's proxy. ``.netrc`` is not read at all.

    Raises: FetchStoppedError of kind ``proxy`` if what is written is no proxy's address.
    """
    if own:
        return _parse(own)
    if _is_this_machine(address.host) or _is_exempt(address, _look_up(environ, "no_proxy")):
        return None
    found = _look_up(environ, f"{address.scheme}_proxy") or _look_up(environ, "all_proxy")
    return _parse(found) if found else None


def _parse(text: str) -> ProxyAddress:
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        scheme, port = _SCHEMES.get(parts.scheme.lower(), ""), parts.port
    except ValueError as error:
        raise FetchStoppedError("proxy", "the proxy's address cannot be read") from error
    host = parts.hostname or ""
    if not scheme or not host or not host.isascii() or not host.isprintable():
        raise FetchStoppedError("proxy", "only http, https and socks5 proxies are supported")
    credentials = (unquote(parts.username or ""), unquote(parts.password or "")) if "@" in parts.netloc else None
    return ProxyAddress(scheme, host, _PORTS[scheme] if port is None else port, credentials)


def _look_up(environ: Mapping[str, str], name: str) -> str:
    return (environ.get(name) or environ.get(name.upper()) or "").strip()


def _is_this_machine(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _is_exempt(address: Address, no_proxy: str) -> bool:
    return any(_matches(address, entry.strip().lower()) for entry in no_proxy.split(",") if entry.strip())


def _matches(address: Address, entry: str) -> bool:
    if entry == "*":
        return True
    try:
        return ip_address(address.host) in ip_network(entry.strip("[]"), strict=False)
    except ValueError:
        pass  # a name on one side: compared as names
    name, _, port = entry.removeprefix("*").removeprefix(".").partition(":")
    if port and port != str(address.port):
        return False
    return bool(name) and (address.host == name or address.host.endswith("." + name))
