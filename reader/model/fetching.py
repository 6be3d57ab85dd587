"""What one polite GET came to."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from reader.light import dataclass

if TYPE_CHECKING:
    from reader.model.feeds import Failure, Validators


@dataclass(frozen=True, slots=True)
class ServerWishes:
    """What an answer says about when to ask again. Durations in seconds from the answer."""

    max_age_seconds: int | None = None
    """Cache-Control max-age, else what Expires comes to; None: not told or unusable."""
    retry_after_seconds: int | None = None
    """Retry-After, of a 429 or 503 only."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """One hop."""

    status: int
    """301, 302, 303, 307 or 308."""
    url: str
    """Where it led, absolute."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A 200 answer with its whole body."""

    url: str
    """The address asked first."""
    final_url: str
    """The address that answered."""
    body: bytes
    """Decoded body, within the bound."""
    content_type: str
    """The Content-Type field, cleaned; empty if none."""
    validators: Validators
    """As sent with this answer; the pair replaces the old one."""
    wishes: ServerWishes
    """When the server would like to be asked again."""
    at: datetime
    """When the answer ended. UTC."""
    status: int = 200
    """The HTTP status."""
    redirects: tuple[Redirect, ...] = ()
    """Hops taken, in order."""


@dataclass(frozen=True, slots=True)
class NotModified:
    """A 304: nothing new."""

    url: str
    """The address asked."""
    validators: Validators
    """The pair to keep: the one sent, with what the 304 replaced."""
    wishes: ServerWishes
    """When the server would like to be asked again."""
    at: datetime
    """When the answer ended. UTC."""
    redirects: tuple[Redirect, ...] = ()
    """Hops taken, in order."""


@dataclass(frozen=True, slots=True)
class FetchFailed:
    """No feed came; says why. Validators stay as they were."""

    url: str
    """The address asked."""
    failure: Failure
    """Why."""
    at: datetime
    """When it failed. UTC."""
    status: int | None = None
    """The HTTP status, if an answer came."""
    wishes: ServerWishes = ServerWishes()
    """When the server would like to be asked again."""
    redirects: tuple[Redirect, ...] = ()
    """Hops taken, in order."""


FetchOutcome = Fetched | NotModified | FetchFailed
