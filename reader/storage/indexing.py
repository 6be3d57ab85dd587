"""Feeding the search index: in batches while articles are stored, and all over again when its form has changed.

What an index row holds is decided by `search.index`. An index built by an older form is emptied and filled again, the
newest articles first, in small transactions between which everything else goes on; until then
``meta.indexed_from`` tells the place from which on articles are in it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from reader.storage.schema import SEARCH
from reader.storage.search.index import Indexed, columns
from reader.storage.trouble import is_damage
from reader.storage.values import ids_json
from reader.text.fold import FOLD_VERSION

__all__ = ["FORM", "IndexBatch", "begin_rebuild", "indexed_rows", "is_current", "mend_index", "rebuild_step"]

FORM = f"{FOLD_VERSION}.1"
"""Changes when the same article would be indexed by other words: folding, or the labels of `search.index`."""

_NOTHING_YET = 2**62

_ADD = "INSERT INTO search (rowid, title, body, author, labels) VALUES (?, ?, ?, ?, ?)"
_REMOVE = "INSERT INTO search (search, rowid, title, body, author, labels) VALUES ('delete', ?, ?, ?, ?, ?)"
_CONTENT = """
    SELECT s.place, a.title, t.text, t.full_text, a.author,
           (SELECT group_concat(feed_id) FROM feed_articles WHERE article_id = s.id),
           a.url, a.dateline, a.media, a.words
      FROM statuses AS s
      JOIN articles AS a ON a.id = s.id
      JOIN texts AS t ON t.id = s.id
"""
_INDEXED_IDS = f"{_CONTENT} WHERE s.id IN (SELECT value FROM json_each(?))"  # noqa: S608 - our own words
_NEWEST_BEFORE = f"{_CONTENT} WHERE s.place < ? ORDER BY s.place DESC LIMIT ?"


class IndexBatch:
    """Changes to the index, written together in the order of places."""

    def __init__(self) -> None:
        self._removed: list[tuple[int, Indexed]] = []
        self._added: list[tuple[int, Indexed]] = []

    def add(self, place: int, article: Indexed) -> None:
        """An article that was not in the index."""
        self._added.append((place, article))

    def remove(self, place: int, article: Indexed) -> None:
        """An article to take out, exactly as it was put in."""
        self._removed.append((place, article))

    def write(self, connection: sqlite3.Connection) -> None:
        """Carry out what was not yet.

        FTS5 flushes its buffer whenever a rowid is smaller than the one before, hence the order.
        """
        first = _indexed_from(connection)
        connection.executemany(_REMOVE, _ordered(self._removed, first))
        connection.executemany(_ADD, _ordered(self._added, first))
        self._removed, self._added = [], []


def _ordered(changes: list[tuple[int, Indexed]], first: int) -> Iterable[tuple[int, str, str, str, str]]:
    changes.sort(key=lambda change: change[0])
    return ((place, *columns(article)) for place, article in changes if place >= first)


def indexed_rows(connection: sqlite3.Connection, ids: Iterable[int]) -> list[tuple[int, Indexed]]:
    """Place and index content of stored articles."""
    return [_indexed(row) for row in connection.execute(_INDEXED_IDS, (ids_json(ids),))]


def _indexed(row: tuple[Any, ...]) -> tuple[int, Indexed]:
    place, title, text, full_text, author, feed_ids, *rest = row
    feeds = tuple(sorted(int(number) for number in (feed_ids or "").split(",") if number))
    return place, Indexed(title, text, full_text, author, feeds, *rest)


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether the index has today's form and holds every article."""
    return _meta(connection, "index_form") == FORM and _meta(connection, "indexed_from") is None


def begin_rebuild(connection: sqlite3.Connection) -> None:
    """Empty the index, unless an unfinished rebuild of today's form is to be gone on with."""
    if _meta(connection, "index_form") != FORM:
        connection.execute("INSERT INTO search (search) VALUES ('delete-all')")
        _set_meta(connection, "index_form", FORM)
        _set_meta(connection, "indexed_from", str(_NOTHING_YET))


def mend_index(connection: sqlite3.Connection) -> None:
    """Have the index built anew if it is damaged; articles and marks have nothing to do with it.

    Args:
        connection: In autocommit mode.

    """
    try:
        connection.execute("INSERT INTO search (search) VALUES ('integrity-check')")
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DROP TABLE search")
        for statement in SEARCH:
            connection.execute(statement)
        connection.execute("DELETE FROM meta WHERE key IN ('index_form', 'indexed_from')")
        connection.execute("COMMIT")


def rebuild_step(connection: sqlite3.Connection, count: int = 200) -> bool:
    """Index the next newest articles; True while there are more."""
    first = _indexed_from(connection)
    if first == 0:
        return False
    articles = [_indexed(row) for row in connection.execute(_NEWEST_BEFORE, (first, count))]
    connection.executemany(_ADD, _ordered(articles, 0))
    if len(articles) < count:
        connection.execute("DELETE FROM meta WHERE key = 'indexed_from'")
        return False
    _set_meta(connection, "indexed_from", str(articles[0][0]))
    return True


def _indexed_from(connection: sqlite3.Connection) -> int:
    return int(_meta(connection, "indexed_from") or 0)


def _meta(connection: sqlite3.Connection, key: str) -> str | None:
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return row[0] if row else None


def _set_meta(connection: sqlite3.Connection, key: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, value))
