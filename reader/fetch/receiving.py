"""Takes an answer's body piece by piece, for files that are too large to be held."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from reader.fetch.fields import content_type, first, joined
from reader.fetch.stopping import FetchStoppedError
from reader.light import dataclass
from reader.text.clean import clean_line

if TYPE_CHECKING:
    from reader.fetch.fields import Fields
    from reader.fetch.gate import Visit

__all__ = ["IDLE_SECONDS", "Beginning", "PatientReceiver", "Receiver", "beginning", "wants_file"]

IDLE_SECONDS = 60.0
"""How long a server may send nothing in the midst of a file. In all it may take as long as it likes."""

_MAX_DISPOSITION = 2_000


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is known before the first byte."""

    url: str
    """The address that answered."""
    content_type: str
    """Its Content-Type, cleaned; empty if none."""
    disposition: str
    """Its Content-Disposition, cleaned; empty if none."""
    length: int | None
    """Bytes that will come; None: not told."""


class Receiver(Protocol):
    """Where a file goes. What its methods raise ends the fetch, and reaches the caller as it is unless an OSError."""

    async def begin(self, beginning: Beginning) -> None:
        """A good answer begins."""
        ...

    async def take(self, piece: bytes) -> None:
        """Some more of it."""
        ...


class PatientReceiver:
    """Gives a fetch as long as something comes, and its place at the host to the next one: this may take an hour."""

    def __init__(self, receiver: Receiver, limit: asyncio.Timeout, visit: Visit) -> None:
        self._receiver = receiver
        self._limit = limit
        self._visit = visit

    async def begin(self, beginning: Beginning) -> None:
        """A good answer begins."""
        self._visit.leave()
        self._wait_on()
        await self._receiver.begin(beginning)

    async def take(self, piece: bytes) -> None:
        """Some more of it."""
        self._wait_on()
        await self._receiver.take(piece)

    def _wait_on(self) -> None:
        self._limit.reschedule(asyncio.get_running_loop().time() + IDLE_SECONDS)


def beginning(url: str, fields: Fields) -> Beginning:
    """What an answer's fields say of its body. Raises: FetchStoppedError if it is encoded, which was not asked for."""
    encoding = joined(fields, b"content-encoding").strip().lower()
    if encoding not in {"", "identity"}:
        raise FetchStoppedError("bad_encoding", f"Content-Encoding: {encoding}")
    length = (first(fields, b"content-length") or b"").decode("latin-1").strip()
    disposition = (first(fields, b"content-disposition") or b"").decode("utf-8", "replace")
    return Beginning(
        url,
        content_type(fields),
        clean_line(disposition, _MAX_DISPOSITION),
        int(length) if length.isascii() and length.isdigit() and len(length) < 16 else None,
    )


def wants_file(fields: Fields) -> list[tuple[bytes, bytes]]:
    """The fields of a request for a feed, turned into one for any file, as it is."""
    ours = {b"accept": b"*/*", b"accept-encoding": b"identity"}
    return [(name, ours.get(name.lower(), value)) for name, value in fields]
