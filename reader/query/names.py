"""What a query may refer to by name, and what it is parsed against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from reader.light import dataclass

__all__ = ["FeedName", "Names"]


@dataclass(frozen=True, slots=True)
class FeedName:
    """A feed as queries see it."""

    id: int
    """Its number in the store."""
    title: str
    """The name shown; without one, its address."""
    url: str = ""
    """Its address, without a login: a query is shown, saved and shared."""
    folder: str = ""
    """``A/B`` nests."""
    tags: tuple[str, ...] = ()
    """The user's tags for all its articles."""


@dataclass(frozen=True, slots=True)
class Names:
    """All names a query may use."""

    feeds: tuple[FeedName, ...] = ()
    """The subscribed feeds, in file order."""
    folders: tuple[str, ...] = ()
    """Folder paths."""
    tags: tuple[str, ...] = ()
    """The reader's tags."""
    filters: Mapping[str, str] = field(default_factory=dict)
    """Saved filters: name to query."""
    muting: frozenset[str] = frozenset()
    """Those of the filters that hide what they match: selected, they show what is hidden."""
    places: tuple[str, ...] = ()
    """Places that begin as the word that is being completed; empty: not asked for."""
    last_start: datetime | None = None
    """When Warta was last started before now: ``is:new`` is what arrived since."""
