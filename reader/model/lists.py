"""What the screen asks the reader for, and what comes back."""

from __future__ import annotations

from array import array
from dataclasses import field
from datetime import datetime
from typing import Literal

from reader.light import dataclass

SourceName = Literal["all", "unread", "today", "starred", "folder", "feed", "filter", "tag"]
SortOrder = Literal["new", "old", "rank"]
MarkKind = Literal["read", "unread", "star", "unstar"]


@dataclass(frozen=True, slots=True)
class Source:
    """What is selected in the sidebar."""

    name: SourceName = "all"
    """Which kind of list."""
    value: str | int = ""
    """Folder path, feed id, filter name or tag."""


@dataclass(frozen=True, slots=True)
class Question:
    """A list asked for. Answers carry it, so a stale one is known by it."""

    source: Source = Source()
    """What is selected."""
    query: str = ""
    """The filter bar's text, in the filter language."""
    sort: SortOrder = "new"
    """Order, unless the query says ``sort:``."""
    show_read: bool = True
    """False: unread ones only (and those of `sticky`)."""
    sticky: frozenset[int] = frozenset()
    """Ids that stay in an unread list although they were read meanwhile."""
    is_complete_word: bool = False
    """False: the query is being typed, its last word is a prefix."""
    limit: int = 0
    """At most so many ids; 0: all."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a query was taken to mean."""

    meaning: str = ""
    """In words, in the current language; empty for an empty query."""
    problem: str = ""
    """The first problem, in words; empty: none."""
    column: int = 0
    """Where it stands, from 1; 0: nowhere."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Ids for a question: first a screenful, later all of them."""

    question: Question
    """What was asked."""
    ids: array[int]
    """Article ids in order (array ``'q'``). A later answer to the same question extends it at the end."""
    total: int | None = None
    """The exact count; None: not known yet."""
    population: int | None = None
    """How many the source holds without the query; None: not known yet."""
    understood: Understood = Understood()
    """What the query was taken to mean."""
    term_counts: tuple[tuple[str, int], ...] = ()
    """When nothing matched: each word of the query with its own count."""
    is_final: bool = False
    """No further answer follows."""
    order: SortOrder = "new"
    """The order it is in."""


@dataclass(frozen=True, slots=True)
class SourceCounts:
    """Numbers for the sidebar."""

    total: int = 0
    """All listed articles."""
    unread: int = 0
    """Of them, unread."""
    today: int = 0
    """Unread ones dated today in the reader's zone."""
    starred: int = 0
    """Starred ones."""
    filters: dict[str, int] = field(default_factory=dict)
    """Saved filter's name to its unread count."""
    tags: dict[str, int] = field(default_factory=dict)
    """The reader's tags with their counts."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the undo journal."""

    id: int
    """Its number; larger is later."""
    kind: str
    """``read``, ``unread``, ``star``, ``unstar``, ``tag``, ``untag``, ``mute`` …"""
    count: int
    """How many articles it changed."""
    label: str = ""
    """A title or a query that tells which."""


@dataclass(frozen=True, slots=True)
class StoreSize:
    """How large the store is."""

    articles: int
    """Articles stored."""
    feeds: int
    """Feeds, those no longer in feeds.toml included."""
    database_bytes: int
    """Size of the database file."""
    free_bytes: int
    """Of it, not in use."""
    journal_bytes: int
    """Size of the write-ahead log beside it."""
    oldest: datetime | None = None
    """Sorting date of the oldest article; None if there is none."""
