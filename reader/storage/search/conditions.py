"""Conditions on articles in the form SQL can answer, and how they combine.

What the search index can answer (words, feeds, sites, media …) stays one `Match` however it is nested, so one
expression of FTS5 answers it, newest first, without a look at a table. What it cannot (marks, dates, tags) stands
beside it. `branches` turns the whole into a union of plain conjunctions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Literal

from reader.light import dataclass
from reader.storage.search.index import ANY, feed_label

__all__ = [
    "EVERYTHING",
    "MAX_BRANCHES",
    "NOTHING",
    "Both",
    "Condition",
    "Either",
    "Feeds",
    "Match",
    "Unknown",
    "Where",
    "Within",
    "any_feed",
    "both",
    "branches",
    "either",
    "match_everything_but",
    "quoted",
]

MAX_BRANCHES = 24
"""Conjunctions one SQL statement is made of at most."""

Driver = Literal["", "unread", "starred", "muted", "new", "tag", "ids"]
Parameter = str | int


@dataclass(frozen=True, slots=True)
class Match:
    """What the search index answers."""

    expression: str
    """In FTS5's syntax; every word in it is quoted."""
    is_negative: bool = False
    """The articles it does not match."""


@dataclass(frozen=True, slots=True)
class Feeds:
    """Articles that stand in one of these feeds: answered by the index or by a table, whichever is cheaper."""

    ids: tuple[int, ...]
    """At least one."""


@dataclass(frozen=True, slots=True)
class Within:
    """Articles with a place in a range."""

    start: int
    """Inclusive."""
    end: int
    """Exclusive."""


@dataclass(frozen=True, slots=True)
class Where:
    """A condition on the tables: ``s`` is statuses, ``a`` is articles."""

    sql: str
    """With ``?`` for parameters."""
    parameters: tuple[Parameter, ...] = ()
    """Values in order."""
    driver: Driver = ""
    """The index that lists exactly these articles; empty: none."""
    needs_articles: bool = False
    """It speaks of ``a``."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """What SQL cannot tell: every article may fit, and Python has to look."""


@dataclass(frozen=True, slots=True)
class Both:
    """All of the parts."""

    parts: tuple[Condition, ...]
    """Without parts: everything."""


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of the parts."""

    parts: tuple[Condition, ...]
    """Without parts: nothing."""


Condition = Match | Feeds | Within | Where | Unknown | Both | Either

EVERYTHING = Both(())
NOTHING = Either(())


def quoted(words: Iterable[str]) -> str:
    """Words in a row as FTS5 takes them; they hold no quote, because words are letters and digits."""
    return f'"{" ".join(words)}"'


def any_feed(ids: Sequence[int]) -> str:
    """The expression for articles of any of these feeds."""
    return " OR ".join(quoted((feed_label(number),)) for number in ids)


def both(parts: Iterable[Condition]) -> Condition:
    """All of the parts, with what the index answers drawn together."""
    flat: list[Condition] = []
    for part in parts:
        if part == NOTHING:
            return NOTHING
        flat.extend(part.parts if isinstance(part, Both) else (part,))
    matches = [part for part in flat if isinstance(part, Match)]
    if len(matches) > 1:
        flat = [_all_matches(matches), *(part for part in flat if not isinstance(part, Match))]
    return flat[0] if len(flat) == 1 else Both(tuple(flat))


def either(parts: Iterable[Condition]) -> Condition:
    """At least one of the parts, with what the index answers drawn together."""
    flat: list[Condition] = []
    for part in parts:
        if part == EVERYTHING:
            return EVERYTHING
        flat.extend(part.parts if isinstance(part, Either) else (part,))
    feeds = sorted({number for part in flat if isinstance(part, Feeds) for number in part.ids})
    matches = [part for part in flat if isinstance(part, Match)]
    others: list[Condition] = [part for part in flat if not isinstance(part, Match | Feeds)]
    if feeds and matches:
        matches.append(Match(any_feed(feeds)))
    elif feeds:
        others.append(Feeds(tuple(feeds)))
    flat = [_any_match(matches), *others] if matches else others
    return flat[0] if len(flat) == 1 else Either(tuple(flat))


def match_everything_but(match: Match) -> str:
    """A match as an expression that stands alone."""
    return f'"{ANY}" NOT ({match.expression})' if match.is_negative else match.expression


def branches(condition: Condition) -> list[list[Condition]] | None:
    """The condition as a union of conjunctions of simple conditions; None if they would be too many."""
    match condition:
        case Either(parts=parts):
            found: list[list[Condition]] = []
            for part in parts:
                inner = branches(part)
                if inner is None or len(found) + len(inner) > MAX_BRANCHES:
                    return None
                found += inner
            return found
        case Both(parts=parts):
            factors = []
            count = 1
            for part in parts:
                inner = branches(part)
                if inner is None:
                    return None
                count *= len(inner)
                if count > MAX_BRANCHES:
                    return None
                factors.append(inner)
            return [[simple for factor in choice for simple in factor] for choice in product(*factors)]
        case _:
            return [[condition]]


def _all_matches(matches: list[Match]) -> Match:
    wanted = [_nested(part.expression) for part in matches if not part.is_negative]
    unwanted = [_nested(part.expression) for part in matches if part.is_negative]
    if not wanted:
        return Match(" OR ".join(unwanted), is_negative=True)
    expression = " AND ".join(wanted)
    return Match(f"({expression}) NOT ({' OR '.join(unwanted)})" if unwanted else expression)


def _any_match(matches: list[Match]) -> Match:
    wanted = [_nested(part.expression) for part in matches if not part.is_negative]
    unwanted = [_nested(part.expression) for part in matches if part.is_negative]
    if not unwanted:
        return Match(" OR ".join(wanted))
    expression = " AND ".join(unwanted)
    return Match(f"({expression}) NOT ({' OR '.join(wanted)})" if wanted else expression, is_negative=True)


def _nested(expression: str) -> str:
    """In brackets, unless it is a single quoted phrase."""
    return expression if expression.count('"') == 2 and expression.endswith('"') else f"({expression})"
