"""Order by relevance: titles first, words close together, lately rather than long ago.

BM25 needs the length of every column of every article, which the index does not keep (it would grow by a sixth for
one order of three). In news, where all articles are about as long, it would tell little that the title does not.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reader.query.tree import Family, Text, leaves
from reader.storage.search.conditions import Match
from reader.storage.search.plans import Page
from reader.storage.values import PLACE_BITS

if TYPE_CHECKING:
    from reader.query.tree import Node
    from reader.storage.search.meanings import Compiler
    from reader.storage.search.plans import Plan

__all__ = ["RANKED", "ranked"]

RANKED = 3_000
"""The newest so many matches are ranked; older ones follow by date."""

_TITLE = 4.0
"""What it is worth that all words stand in the title."""
_CLOSE = 1.0
"""What it is worth that all words stand close together."""
_FRESH = 3.0
"""What it is worth to be of this moment; half of it after `_HALF_LIFE_DAYS`."""
_HALF_LIFE_DAYS = 30.0
_NEAR = 8
"""Words between words that are close together."""


def ranked(
    connection: sqlite3.Connection, compiler: Compiler, plan: Plan, tree: Node, now_seconds: int
) -> tuple[array[int], int | None]:
    """The newest matches, best first.

    Returns:
        Their ids, and the place of the oldest of them; None if these are all.

    """
    sql, values = plan.select(Page(RANKED))
    rows = connection.execute(sql, values).fetchall()
    if not rows:
        return array("q"), None
    oldest = rows[-1][1]
    scores = dict.fromkeys((place for _id, place in rows), 0.0)
    for expression, worth in _expressions(compiler, tree):
        found = connection.execute(
            "SELECT rowid FROM search WHERE search MATCH ? AND rowid >= ? ORDER BY rowid DESC LIMIT 100000",
            (expression, oldest),
        )
        for (place,) in found:
            if place in scores:
                scores[place] += worth

    def score(row: tuple[int, int]) -> tuple[float, int]:
        place = row[1]
        age_days = max(now_seconds - (place >> PLACE_BITS), 0) / 86_400
        return -(scores[place] + _FRESH * 0.5 ** (age_days / _HALF_LIFE_DAYS)), -place

    rows.sort(key=score)
    return array("q", (number for number, _place in rows)), oldest if len(rows) == RANKED else None


def _expressions(compiler: Compiler, tree: Node) -> Iterable[tuple[str, float]]:
    """What makes an article better, each with its worth."""
    asked = [leaf for leaf, is_positive in leaves(tree) if is_positive and isinstance(leaf, Text | Family)]
    for leaf in asked:
        match = compiler.condition(leaf)
        if isinstance(match, Match) and leaf.scope in {"any", "title"}:
            yield f"title : ({match.expression})" if leaf.scope == "any" else match.expression, _TITLE / len(asked)
    words = list(dict.fromkeys(leaf.words[0] for leaf in asked if isinstance(leaf, Text) and leaf.scope == "any"))
    if len(words) > 1:
        phrases = " ".join(f'"{word}"' for word in words)
        yield f"NEAR({phrases}, {_NEAR})", _CLOSE
