"""The SQL for a condition: a union of conjunctions, each driven by the index that leaves the least to look at.

Every conjunction gives ``(id, place)`` in the order of places without sorting, so the first screenful costs a
screenful. `INDEXED BY` and `CROSS JOIN` say which index drives: SQLite has no statistics here and would guess. All SQL
here is put together from our own words; values are bound.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from math import isqrt
from typing import TYPE_CHECKING

from reader.light import dataclass
from reader.storage.search.conditions import (
    NOTHING,
    Feeds,
    Match,
    Unknown,
    Where,
    Within,
    any_feed,
    both,
    branches,
    match_everything_but,
)
from reader.storage.search.meanings import FIRST_PLACE, LAST_PLACE

if TYPE_CHECKING:
    from reader.storage.search.conditions import (
        Condition,
        Parameter,
    )

__all__ = ["Page", "Plan", "plan_for"]

_LISTED = "s.is_listed = 1"
_NOT_MUTED = "s.muted_by = ''"
# To try one article in the search index costs, for each phrase, as much as going on by so many in a search's result.
_CANDIDATE_COST = 75


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a result is wanted."""

    limit: int
    """At most so many; -1: all."""
    is_oldest_first: bool = False
    """Order."""
    after: int | None = None
    """Only what comes after this place in that order."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One conjunction."""

    match: str = ""
    """The index's part; empty: none."""
    feeds: tuple[tuple[int, ...], ...] = ()
    """In one of each of these sets of feeds."""
    start: int = FIRST_PLACE
    """First place, inclusive."""
    end: int = LAST_PLACE
    """Last place, exclusive."""
    wheres: tuple[Where, ...] = ()
    """Conditions on tables."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A SELECT of ``id`` and ``place``."""

    sql: str
    """Without ORDER BY and LIMIT."""
    parameters: tuple[Parameter, ...]
    """Values in order."""
    place: str
    """What it is ordered by."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a condition is answered."""

    statements: tuple[Statement, ...] = ()
    """The conjunctions; none: nothing matches."""
    is_exact: bool = True
    """False: these are only candidates, Python has to look at each."""

    def select(self, page: Page) -> tuple[str, tuple[Parameter, ...]]:
        """The statement for a part of the result, in order; columns ``id`` and ``place``."""
        direction = "ASC" if page.is_oldest_first else "DESC"
        parts: list[str] = []
        values: list[Parameter] = []
        for statement in self.statements:
            sql = statement.sql
            values += statement.parameters
            if page.after is not None:
                sql += f" AND {statement.place} {'>' if page.is_oldest_first else '<'} ?"
                values.append(page.after)
            sql += f" ORDER BY {statement.place} {direction} LIMIT ?"
            parts.append(f"SELECT id, place FROM ({sql})")  # noqa: S608
            values.append(page.limit)
        if len(parts) == 1:
            return parts[0], tuple(values)
        return f"{' UNION '.join(parts)} ORDER BY place {direction} LIMIT ?", (*values, page.limit)

    def count(self, connection: sqlite3.Connection) -> int:
        """How many there are."""
        if not self.statements:
            return 0
        if len(self.statements) == 1:
            statement = self.statements[0]
            sql = f"SELECT count(*) FROM ({statement.sql})"  # noqa: S608
            return int(connection.execute(sql, statement.parameters).fetchone()[0])
        sql, values = self.select(Page(-1))
        return int(connection.execute(f"SELECT count(*) FROM ({sql})", values).fetchone()[0])  # noqa: S608


def plan_for(connection: sqlite3.Connection, condition: Condition, *, is_muted_shown: bool) -> Plan | None:
    """The plan for a condition; None if it is too tangled for SQL.

    Args:
        connection: Asked how large small sets are.
        condition: What is wanted.
        is_muted_shown: Muted articles are not left out.

    """
    found = branches(condition)
    if found is None:
        return None
    is_exact = not any(isinstance(simple, Unknown) for branch in found for simple in branch)
    made = [branch for simples in found if (branch := _branch(simples)) is not None]
    planner = _Planner(connection, is_muted_shown)
    return Plan(tuple(planner.statement(branch) for branch in made), is_exact)


def _branch(simples: Iterable[Condition]) -> Branch | None:
    """A conjunction sorted by what answers it; None if nothing can match."""
    branch = Branch()
    matches: list[Condition] = []
    for simple in simples:
        match simple:
            case Match():
                matches.append(simple)
            case Feeds(ids=ids):
                branch = replace(branch, feeds=(*branch.feeds, ids))
            case Within(start=start, end=end):
                branch = replace(branch, start=max(branch.start, start), end=min(branch.end, end))
            case Where():
                if simple not in branch.wheres:
                    branch = replace(branch, wheres=(*branch.wheres, simple))
            case _:
                pass
    drawn = both(matches)
    if branch.start >= branch.end or drawn == NOTHING:
        return None
    return replace(branch, match=match_everything_but(drawn) if isinstance(drawn, Match) else "")


class _Sql:
    """A statement being put together."""

    def __init__(self, source: str, parameters: Iterable[Parameter] = (), *, place: str = "s.place") -> None:
        self._source = source
        self._first = list(parameters)
        self._conditions: list[str] = []
        self._values: list[Parameter] = []
        self.place = place
        """What the rows are ordered by."""

    def join(self, table: str) -> None:
        """Look something up for each row so far."""
        self._source += f" CROSS JOIN {table}"

    def where(self, condition: str, *values: Parameter) -> None:
        """Keep only what fits."""
        self._conditions.append(condition)
        self._values += values

    def done(self) -> Statement:
        """The statement."""
        sql = f"SELECT s.id AS id, s.place AS place FROM {self._source} WHERE {' AND '.join(self._conditions)}"  # noqa: S608
        return Statement(sql, (*self._first, *self._values), self.place)


# The index that lists exactly what a condition asks for, and the terms that let SQLite use it.
_DRIVEN = {
    "unread": ("statuses AS s INDEXED BY statuses_unread", "s.is_listed = 1 AND s.muted_by = '' AND s.is_read = 0"),
    "starred": ("statuses AS s INDEXED BY statuses_starred", "s.is_starred = 1"),
    "muted": ("statuses AS s INDEXED BY statuses_muted", "s.muted_by <> ''"),
    "new": ("statuses AS s INDEXED BY statuses_by_first_seen", "s.first_seen >= ?"),
}


class _Planner:
    """Chooses what drives a conjunction."""

    def __init__(self, connection: sqlite3.Connection, is_muted_shown: bool) -> None:
        self._connection = connection
        self._is_muted_shown = is_muted_shown
        self._listed, self._unread, self._starred = connection.execute(
            "SELECT listed, unread, starred FROM totals"
        ).fetchone()

    def statement(self, branch: Branch) -> Statement:
        """The conjunction as SQL."""
        small = self._small(branch, self._few(branch))
        if small is not None:
            return self._driven(branch, small)
        if branch.match:
            return self._searched(branch)
        return self._without_match(branch)

    def _few(self, branch: Branch) -> int:
        """Up to how many candidates are rather tried one by one than met on the way through a search's result.

        To find a screenful on that way takes (all / candidates) rows for each that is found.
        """
        phrases = max(branch.match.count('"') // 2, 1)
        return max(100, isqrt(100 * self._listed // (_CANDIDATE_COST * phrases)))

    def _small(self, branch: Branch, few: int) -> Where | None:
        """The condition that lists fewest articles, if they are few."""
        sizes = [(self._size(where, branch, few), at) for at, where in enumerate(branch.wheres) if where.driver]
        size, at = min(sizes, default=(few + 1, -1))
        return branch.wheres[at] if size <= few else None

    def _size(self, where: Where, branch: Branch, few: int) -> int:
        """How many articles a condition lists; not counted beyond what counts as few."""
        if where.driver == "ids":
            return 0
        if where.driver == "unread" and self._is_muted_shown:
            return few + 1
        if where.driver == "tag":
            marks = ", ".join("?" * len(where.parameters))
            source, condition = "article_tags AS s", f"s.tag IN ({marks})"
        else:
            source, condition = _DRIVEN[where.driver]
        rows = f"SELECT 1 FROM {source} WHERE {condition} AND s.place >= ? AND s.place < ? LIMIT ?"  # noqa: S608
        sql = f"SELECT count(*) FROM ({rows})"  # noqa: S608
        values = (*where.parameters, branch.start, branch.end, few + 1)
        return int(self._connection.execute(sql, values).fetchone()[0])

    def _without_match(self, branch: Branch) -> Statement:
        """A conjunction that asks for no word: driven by the shortest list there is."""
        sizes: list[tuple[int, Where | tuple[int, ...] | None]] = [(self._listed, None)]
        for where in branch.wheres:
            if where.driver == "unread" and not self._is_muted_shown:
                sizes.append((self._unread, where))
            elif where.driver == "starred":
                sizes.append((self._starred, where))
            elif where.driver == "muted" or (where.driver == "tag" and len(where.parameters) == 1):
                sizes.append((0, where))
        sizes += [(self._feed_size(ids), ids) for ids in branch.feeds]
        _size, driver = min(sizes, key=lambda pair: pair[0])
        if isinstance(driver, Where):
            return self._driven(branch, driver)
        if driver is None:
            hint = "" if self._is_muted_shown else " INDEXED BY statuses_listed"
            return self._finished(_Sql(f"statuses AS s{hint}"), branch)
        rest = replace(branch, feeds=tuple(ids for ids in branch.feeds if ids != driver))
        if len(driver) > 1:
            return self._searched(replace(rest, match=any_feed(driver)))
        sql = _Sql("feed_articles AS fa CROSS JOIN statuses AS s ON s.id = fa.article_id", place="fa.place")
        sql.where("fa.feed_id = ?", driver[0])
        return self._finished(sql, rest)

    def _feed_size(self, ids: tuple[int, ...]) -> int:
        marks = ", ".join("?" * len(ids))
        sql = f"SELECT total(articles) FROM feed_counts WHERE feed_id IN ({marks})"  # noqa: S608
        return int(self._connection.execute(sql, ids).fetchone()[0])

    def _driven(self, branch: Branch, driver: Where) -> Statement:
        """A conjunction in which each article of a short list is tried."""
        rest = replace(branch, wheres=tuple(where for where in branch.wheres if where is not driver))
        match driver.driver:
            case "ids":
                sql = _Sql("json_each(?) AS j CROSS JOIN statuses AS s ON s.id = j.value", driver.parameters)
            case "tag" if len(driver.parameters) == 1:
                sql = _Sql("article_tags AS t CROSS JOIN statuses AS s ON s.id = t.article_id", place="t.place")
                sql.where("t.tag = ?", *driver.parameters)
            case "tag":
                marks = ", ".join("?" * len(driver.parameters))
                sql = _Sql("statuses AS s")
                sql.where(f"s.id IN (SELECT article_id FROM article_tags WHERE tag IN ({marks}))", *driver.parameters)  # noqa: S608
            case _:
                source, condition = _DRIVEN[driver.driver]
                sql = _Sql(source)
                sql.where(condition, *driver.parameters)
        if branch.match:
            sql.join("search")
            sql.where("search.rowid = s.place AND search MATCH ?", branch.match)
        return self._finished(sql, rest)

    def _searched(self, branch: Branch) -> Statement:
        """A conjunction in which the search index gives articles and the tables are asked about each."""
        labels = [f"({any_feed(ids)})" for ids in branch.feeds]
        match = " AND ".join([f"({branch.match})", *labels]) if labels else branch.match
        asked = {where.driver for where in branch.wheres}
        hint = ""
        if "starred" in asked:
            hint = " INDEXED BY statuses_starred"
        elif not self._is_muted_shown:
            hint = " INDEXED BY " + ("statuses_unread" if "unread" in asked else "statuses_listed")
        sql = _Sql(f"search CROSS JOIN statuses AS s{hint} ON s.place = search.rowid", place="search.rowid")
        sql.where("search MATCH ?", match)
        return self._finished(sql, replace(branch, feeds=()))

    def _finished(self, sql: _Sql, branch: Branch) -> Statement:
        """With everything that narrows the driver down."""
        sql.where(_LISTED)
        if not self._is_muted_shown:
            sql.where(_NOT_MUTED)
        place = sql.place
        if branch.start > FIRST_PLACE:
            sql.where(f"{place} >= ?", branch.start)
        if branch.end < LAST_PLACE:
            sql.where(f"{place} < ?", branch.end)
        for ids in branch.feeds:
            marks = ", ".join("?" * len(ids))
            sql.where(
                f"EXISTS (SELECT 1 FROM feed_articles AS e WHERE e.article_id = s.id AND e.feed_id IN ({marks}))",  # noqa: S608
                *ids,
            )
        if any(where.needs_articles for where in branch.wheres):
            sql.join("articles AS a ON a.id = s.id")
        for where in branch.wheres:
            sql.where(where.sql, *where.parameters)
        return sql.done()
