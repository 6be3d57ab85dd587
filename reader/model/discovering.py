"""What was found at an address that a person gave."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from reader.light import dataclass

if TYPE_CHECKING:
    from reader.model.feeds import SourceKind


@dataclass(frozen=True, slots=True)
class PageLeads:
    """Addresses a page names that may be feeds. Absolute; http(s) only."""

    title: str = ""
    """The page's title; one clean line."""
    feeds: tuple[str, ...] = ()
    """By ``<link rel=alternate>``, comments last."""
    links: tuple[str, ...] = ()
    """Ordinary links that speak of feeds."""
    link_pattern: str = ""
    """What the addresses of its articles seem to have in common, for ``kind = "page"``; empty: nothing."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A source that was tried and works."""

    url: str
    """Its address."""
    kind: SourceKind
    """What stands there."""
    title: str
    """Its own title, or where it stands."""
    items: int
    """Articles it has now."""
    newest: datetime | None
    """When its newest article came; None if none is dated."""
    is_full: bool
    """Whether it brings whole articles."""
    auth: str = ""
    """The login that was in the address as typed, if it is of the same server: ``user:password``. A secret."""
    keys: frozenset[str] = frozenset()
    """What its articles are known by: two candidates with the same ones are one source."""


@dataclass(frozen=True, slots=True)
class DiscoveryProgress:
    """How far a search is."""

    url: str
    """What is asked now; without secrets."""
    asked: int
    """Requests so far, this one included."""
    most: int
    """Requests it may make."""
    candidates: tuple[Candidate, ...] = ()
    """What was found so far, in the order it was found."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """What came of a search."""

    candidates: tuple[Candidate, ...] = ()
    """The best first."""
    sentence: str = ""
    """Why there is none."""
    was_page: bool = False
    """There is none, but a page stands there."""
    page_url: str = ""
    """The address that answered, as it was asked; empty: none."""
    page: Candidate | None = None
    """That page as a source of its own, by `link_pattern`; None: no articles were made out on it."""
    link_pattern: str = ""
    """What the addresses of its articles have in common."""
