"""Long prefixes that many words begin with, like ``menga``: what to do until FTS5 has put them together.

The index answers prefixes of up to four letters as they stand. For a longer one FTS5 first merges the articles of
every word that begins so, which in a large store takes a second for the most productive ones; then almost every
article matches. So the first screenful is found by looking at the newest articles that have the first four letters.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.query.tree import And, Or, Saved, Text
from reader.storage.search.terms import goes_on_in

if TYPE_CHECKING:
    from reader.query.tree import Node

__all__ = ["INDEXED_LETTERS", "roughly"]

INDEXED_LETTERS = 4
"""The longest prefix that stands in the index, as `schema` says."""

_MANY = 30
"""Words that begin so, from which on a prefix is productive."""
_SMALL_STORE = 20_000
"""Articles up to which the merging takes no time to speak of."""


def roughly(connection: sqlite3.Connection, tree: Node) -> tuple[Node, Node] | None:
    """The tree with its long, productive prefixes cut short, and what was cut short: what must be looked at.

    None if there is no such prefix, or merging takes no time.
    """
    if connection.execute("SELECT listed FROM totals").fetchone()[0] <= _SMALL_STORE:
        return None
    parts = tree.parts if isinstance(tree, And) else (tree,)
    cut = [(_cut_short(connection, part), part) for part in parts]
    changed = tuple(part for shorter, part in cut if shorter != part)
    return (And(tuple(shorter for shorter, _part in cut)), And(changed)) if changed else None


def _cut_short(connection: sqlite3.Connection, node: Node) -> Node:
    match node:
        case Text(words=words, is_prefix=True) if len(words[-1]) > INDEXED_LETTERS:
            if goes_on_in(connection, words[-1], _MANY) < _MANY:
                return node
            return replace(node, words=(*words[:-1], words[-1][:INDEXED_LETTERS]))
        case Saved(name=name, part=part):
            return Saved(name, _cut_short(connection, part))
        case And(parts=parts) | Or(parts=parts):
            return type(node)(tuple(_cut_short(connection, part) for part in parts))
        case _:
            return node
