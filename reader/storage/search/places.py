"""The places that reports are from, for completion: by the index's labels, so that no article is read for nothing."""

from __future__ import annotations

import sqlite3

from reader.storage.search.conditions import quoted
from reader.storage.search.index import place_label
from reader.storage.search.terms import beginning, prepare
from reader.text.fold import fold, words

__all__ = ["MAX_PLACES", "place_names"]

MAX_PLACES = 50
"""Names at most; as many words of the index are looked at."""
_ARTICLES = 10
"""Newest articles of a word that are looked at: *Tanjung* begins the names of several towns."""

_NAMES = """
    SELECT a.dateline
    FROM (SELECT rowid AS place FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?) AS found
    JOIN statuses AS s ON s.place = found.place AND s.is_listed = 1
    JOIN articles AS a ON a.id = s.id
"""


def place_names(connection: sqlite3.Connection, typed: str) -> tuple[str, ...]:
    """Names of places with a word that begins as the last one typed does, and with the others before it.

    Args:
        connection: Any.
        typed: The beginning of a name; empty: any place.

    """
    prepare(connection)
    wanted = words(typed)
    found: dict[str, str] = {}
    for label in beginning(connection, place_label(wanted[-1] if wanted else ""), MAX_PLACES):
        for (name,) in connection.execute(_NAMES, (quoted((label,)), _ARTICLES)):
            if " ".join(wanted[:-1]) in fold(name):
                found.setdefault(fold(name), name)
    return tuple(sorted(found.values(), key=fold)[:MAX_PLACES])
