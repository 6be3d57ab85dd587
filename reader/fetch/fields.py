"""What an answer's header fields say: validators, wishes about the next time, where to go. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from reader.model.feeds import Validators
from reader.model.fetching import ServerWishes
from reader.text.clean import clean_line

__all__ = ["Fields", "is_challenge", "merged_validators", "read_validators", "read_wishes"]

Fields = Sequence[tuple[bytes, bytes]]
"""Header fields as received, in order."""

_MAX_VALIDATOR_BYTES = 4_096
_LONGEST_SECONDS = 10 * 365 * 86_400
_MAX_AGE = re.compile(r'max-age\s*=\s*"?(\d+)"?\s*$', re.IGNORECASE)
_SECONDS = re.compile(r"\d+(\.\d*)?")
_CHALLENGES = (b"just a moment...", b"/cdn-cgi/challenge-platform/", b"attention required! | cloudflare", b"cf-chl-")


def first(fields: Fields, name: bytes) -> bytes | None:
    """The first value of a field; None if it is not there."""
    return next((value for key, value in fields if key.lower() == name), None)


def joined(fields: Fields, name: bytes) -> str:
    """All values of a field as one list, as RFC 9110 §5.3 reads them; latin-1."""
    return ", ".join(value.decode("latin-1") for key, value in fields if key.lower() == name)


def read_validators(fields: Fields) -> Validators:
    """ETag and Last-Modified, byte for byte. Empty or monstrous ones count as absent: they could not be sent back."""
    return Validators(_validator(fields, b"etag"), _validator(fields, b"last-modified"))


def merged_validators(sent: Validators, fields: Fields) -> Validators:
    """The pair to keep after a 304: what it brought replaces, the rest stays.

    Source: RFC 9111 §3.2; a reader that ignores the new ETag of a 304 asks in full for ever after.
    """
    brought = read_validators(fields)
    return Validators(brought.etag or sent.etag, brought.last_modified or sent.last_modified)


def read_wishes(fields: Fields, status: int, now: datetime) -> ServerWishes:
    """When the server would like to be asked again.

    Source: RFC 9111 §5.2.2.1 and §5.3 (max-age wins over Expires), RFC 9110 §10.2.3 (Retry-After).
    """
    # A server's own clock measures its own dates; ours may be wrong by a year.
    its_now = _date(first(fields, b"date")) or now
    max_age = _max_age(joined(fields, b"cache-control"))
    if max_age is None:
        max_age = _seconds_until(_date(first(fields, b"expires")), its_now)
    retry_after = None
    if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        retry_after = _retry_after(first(fields, b"retry-after"), its_now)
    return ServerWishes(max_age or None, retry_after)


def content_type(fields: Fields) -> str:
    """The Content-Type field, cleaned; empty if none."""
    return clean_line((first(fields, b"content-type") or b"").decode("latin-1"), 200)


def is_challenge(fields: Fields, body: bytes) -> bool:
    """Whether an error is a page that wants to see a browser (Cloudflare's), which no reader can pass."""
    if (first(fields, b"cf-mitigated") or b"").strip().lower() == b"challenge":
        return True
    start = body[:65_536].lower()
    return any(mark in start for mark in _CHALLENGES)


def _validator(fields: Fields, name: bytes) -> bytes | None:
    value = first(fields, name)
    return value if value and len(value) <= _MAX_VALIDATOR_BYTES else None


def _max_age(cache_control: str) -> int | None:
    """Seconds; 0 where the server wants no waiting, which silences Expires too; None if it does not tell."""
    directives = [directive.strip() for directive in cache_control.split(",")]
    if any(directive.lower().partition("=")[0].strip() in {"no-cache", "no-store"} for directive in directives):
        return 0
    for directive in directives:
        if found := _MAX_AGE.match(directive):
            return _bounded(found[1])
    return None


def _retry_after(value: bytes | None, its_now: datetime) -> int | None:
    text = (value or b"").decode("latin-1").strip()
    if _SECONDS.fullmatch(text):
        return _bounded(text.partition(".")[0])
    return _seconds_until(_date(value), its_now)


def _bounded(digits: str) -> int:
    return int(digits) if len(digits) < 12 else _LONGEST_SECONDS


def _date(value: bytes | None) -> datetime | None:
    try:
        found = parsedate_to_datetime((value or b"").decode("latin-1"))
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _seconds_until(then: datetime | None, now: datetime) -> int | None:
    if then is None:
        return None
    seconds = int((then - now).total_seconds())
    return min(seconds, _LONGEST_SECONDS) if seconds > 0 else None
