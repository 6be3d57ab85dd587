"""The header fields a request carries: what every server may see, and what only the feed's own may. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.fetch import USER_AGENT
from reader.fetch.credentials import authorization
from reader.fetch.stopping import FetchStoppedError

if TYPE_CHECKING:
    from reader.fetch.addresses import Address
    from reader.fetch.fields import Fields
    from reader.model.feeds import FeedConfig, Validators

__all__ = ["headers_for", "may_carry_secrets"]

_ACCEPT_FEED = (
    b"application/atom+xml, application/rss+xml, application/feed+json,"
    b" application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)
_ACCEPT_PAGE = b"text/html, application/xhtml+xml, */*;q=0.5"
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_FORBIDDEN_IN_VALUE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")

# Ours to set: another value would break the message, the decoding or the validators.
_OURS = {
    "host", "connection", "content-length", "transfer-encoding", "te", "upgrade", "expect", "accept-encoding",
    "if-none-match", "if-modified-since", "if-match", "if-unmodified-since", "if-range", "range",
}  # fmt: skip


def may_carry_secrets(typed: Address | None, here: Address) -> bool:
    """Whether a hop is the very server the user wrote headers and a login for: same host, port and protocol.

    Its twin by TLS counts as the same.
    """
    return typed is not None and (here.origin == typed.origin or here.is_upgrade_of(typed))


def headers_for(
    config: FeedConfig, validators: Validators, *, is_page: bool, is_known: bool, secret: str
) -> list[tuple[bytes, bytes]]:
    """The fields of one request, without ``Host``. No cookie, no referrer.

    Args:
        config: The feed's own headers and name for us.
        validators: Sent byte for byte; an absent one is not sent at all.
        is_page: Whether a web page is wanted.
        is_known: Whether the feed's own headers may go there.
        secret: For the Authorization field; empty: none.

    Raises:
        FetchStoppedError: A header of the user's cannot be sent.

    """
    own = [_own_field(name, value) for name, value in config.headers if name.strip().lower() not in _OURS] * is_known
    fields = [
        (b"User-Agent", _value("User-Agent", config.user_agent) if config.user_agent else USER_AGENT.encode()),
        (b"Accept", _ACCEPT_PAGE if is_page else _ACCEPT_FEED),
        (b"Accept-Encoding", b"gzip"),
    ]
    if validators.etag is not None:
        fields.append((b"If-None-Match", validators.etag))
    if validators.last_modified is not None:
        fields.append((b"If-Modified-Since", validators.last_modified))
    if secret:
        fields.append((b"Authorization", authorization(secret)))
    return [*_without(fields, own), *own]


def _own_field(name: str, value: str) -> tuple[bytes, bytes]:
    name = name.strip()
    if not _NAME.fullmatch(name):
        raise FetchStoppedError("bad_url", "a name in the feed's headers cannot be sent")
    return name.encode("ascii"), _value(name, value)


def _value(name: str, value: str) -> bytes:
    value = value.strip()
    if _FORBIDDEN_IN_VALUE.search(value):
        raise FetchStoppedError("bad_url", f"the feed's {name} header cannot be sent")
    return value.encode("utf-8")


def _without(fields: list[tuple[bytes, bytes]], replaced: Fields) -> list[tuple[bytes, bytes]]:
    names = {name.lower() for name, _ in replaced}
    return [field for field in fields if field[0].lower() not in names]
