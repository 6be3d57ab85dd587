"""What happens during a refresh, as the screen and the command line hear of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from reader.light import dataclass

if TYPE_CHECKING:
    from reader.model.feeds import Failure, FeedFacts
    from reader.model.parsing import ParsedEntry

Outcome = Literal["new", "updated", "unchanged", "not_modified", "not_due", "failed"]


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """What the store knows of an entry: enough to decide."""

    article_id: int
    """Its article."""
    content_hash: bytes
    """As last stored from this feed."""


@dataclass(frozen=True, slots=True)
class RefreshPlan:
    """What to store of one parsed feed. Made by a pure function; carried out in one transaction."""

    feed_id: int
    """The feed."""
    facts: FeedFacts
    """What it tells of itself."""
    new: tuple[ParsedEntry, ...] = ()
    """Entries never seen in this feed."""
    changed: tuple[tuple[int, ParsedEntry], ...] = ()
    """Article id and entry whose content changed."""
    unchanged: int = 0
    """Entries seen before, the same."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the reader's rules say about an arriving article."""

    muted_by: str = ""
    """Name of the rule that hides it; empty: none. A starred article is never hidden."""
    highlight: str = ""
    """A theme colour's name; empty: none."""
    is_read: bool = False
    """A rule marks it read."""
    is_starred: bool = False
    """A rule stars it."""
    tags: tuple[str, ...] = ()
    """Tags to put on it."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What a transaction stored."""

    new_ids: tuple[int, ...] = ()
    """Articles that are new in the store, newest first."""
    joined: int = 0
    """Entries that turned out to be articles of another feed."""
    updated: int = 0
    """Articles changed in place."""
    muted: int = 0
    """Of the new ones, those a rule hides."""


@dataclass(frozen=True, slots=True)
class FeedRefreshed:
    """One feed is done."""

    feed_id: int
    """The feed."""
    title: str
    """Its name."""
    url: str
    """Its address as subscribed, without credentials."""
    outcome: Outcome
    """What came of it."""
    new: int = 0
    """New articles that no rule hides."""
    muted: int = 0
    """New articles that a rule hides."""
    updated: int = 0
    """Changed articles."""
    new_ids: tuple[int, ...] = ()
    """Ids of the new articles, hidden or not."""
    failure: Failure | None = None
    """Why it failed."""


@dataclass(frozen=True, slots=True)
class RefreshProgress:
    """How far a refresh has come."""

    total: int
    """Feeds to ask."""
    done: int = 0
    """Feeds that ended."""
    new: int = 0
    """New articles so far that no rule hides."""
    failed: int = 0
    """Feeds that failed so far."""
    is_finished: bool = False
    """Nothing is under way any more."""
    last: FeedRefreshed | None = None
    """The feed that ended last."""
