"""Values on their way into SQLite: nothing reaches a bound parameter that it would refuse.

A lone surrogate or a number beyond 63 bits raises when it is bound, and both come out of other people's JSON.
Times are whole seconds since 1970, UTC.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

__all__ = [
    "PLACE_BITS",
    "as_json",
    "from_json",
    "ids_json",
    "key_hash",
    "moment",
    "packed_json",
    "place_of",
    "safe_int",
    "safe_text",
    "seconds",
    "unpacked_json",
]

PLACE_BITS = 20
"""Low bits of a place that tell articles of one second apart."""

_LARGEST = 2**63 - 1
_YEAR_1 = -62_135_596_800
_YEAR_9999 = 253_402_300_799
_YEAR_1990 = 631_152_000


def seconds(when: datetime | None) -> int | None:
    """Whole seconds since 1970 of an aware time; None stays None."""
    return None if when is None else int(when.timestamp() // 1)


def moment(when: int) -> datetime:
    """The aware UTC time of a number of seconds; nonsense is clamped to what `datetime` can say."""
    return datetime.fromtimestamp(min(max(when, _YEAR_1), _YEAR_9999), UTC)


def place_of(published: datetime | None, first_seen: int, number: int) -> int:
    """Where an article stands in lists by date.

    Args:
        published: As the feed tells; clamped to [1990, first seen], so that no future date stays on top.
        first_seen: Seconds since 1970.
        number: Tells articles of one second apart; its low 20 bits count.

    """
    told = seconds(published)
    sorting = first_seen if told is None else min(max(told, _YEAR_1990), first_seen)
    return max(sorting, 0) << PLACE_BITS | number & (1 << PLACE_BITS) - 1


def safe_text(text: str) -> str:
    """The text without what SQLite refuses or cuts off at: lone surrogates, NUL."""
    if "\0" in text:
        text = text.replace("\0", "")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


def safe_int(value: int) -> int:
    """The number, clamped to 64 bits with sign."""
    return min(max(value, -_LARGEST - 1), _LARGEST)


def key_hash(key: str) -> int:
    """64 bits with sign that stand for a key. White space around it does not count."""
    from hashlib import blake2b  # loads OpenSSL, for what a start does not do

    digest = blake2b(key.strip().encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def as_json(value: object) -> str:
    """Compact JSON in pure ASCII, which is always safe to bind."""
    return json.dumps(value, separators=(",", ":"))


def from_json(text: str, default: Any = None) -> Any:
    """The value of a JSON text; the default if it is damaged."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return default


def ids_json(ids: Iterable[int]) -> str:
    """Ids as a JSON list for ``json_each``: one parameter, however many there are. Impossible ids are left out."""
    return "[" + ",".join([str(int(number)) for number in ids if 0 < number <= _LARGEST]) + "]"


def packed_json(value: object) -> bytes:
    """Compressed JSON."""
    return zlib.compress(as_json(value).encode(), 6)


def unpacked_json(packed: bytes) -> Any:
    """What `packed_json` was given.

    Raises:
        ValueError: the bytes are damaged.

    """
    try:
        return json.loads(zlib.decompress(packed))
    except zlib.error as error:
        raise ValueError("damaged") from error
