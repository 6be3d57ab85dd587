"""Saving what can still be read of a damaged database.

Tables are read row by row from both ends until the damage, then in the gaps between, and references that lead nowhere
any more are mended. The new file's counters come from its triggers; the search index is built anew afterwards.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

__all__ = ["salvage"]

PROBES = 400
"""How often reading starts again inside the gap that damage left, at most."""

_BY_NUMBER = (("feeds", "id"), ("statuses", "id"), ("articles", "id"), ("texts", "id"), ("journal", "id"))
_BY_KEY = (
    ("feed_entries", "feed_id, entry_hash"),
    ("saved_places", "feed_id, place"),
    ("article_tags", "article_id, tag"),
    ("ui_state", "key"),
)
_SOURCE_NAMES = {"saved_places": "feed_articles"}

_MEND = (
    # An article whose status was lost gets a new one, in its old place if that is known: unread, but not lost.
    """
    INSERT OR IGNORE INTO statuses (id, place, first_seen)
    SELECT article_id, place, place >> 20 FROM saved_places WHERE article_id IN (SELECT id FROM articles)
    """,
    """
    INSERT OR IGNORE INTO statuses (id, place, first_seen)
    SELECT id, coalesce(published, 0) << 20 | (id & 0xFFFFF), coalesce(published, 0)
      FROM articles
     WHERE id NOT IN (SELECT id FROM statuses)
    """,
    "DELETE FROM articles WHERE id NOT IN (SELECT id FROM statuses)",
    "DELETE FROM texts WHERE id NOT IN (SELECT id FROM articles)",
    "INSERT INTO texts (id) SELECT id FROM articles WHERE id NOT IN (SELECT id FROM texts)",
    # The number of a lost feed must not become another feed's, so its row is kept without an address.
    """
    INSERT INTO feeds (id, url, title, is_listed)
    SELECT DISTINCT feed_id, 'lost:' || feed_id, '?', 0 FROM articles WHERE feed_id NOT IN (SELECT id FROM feeds)
    """,
    """
    INSERT OR IGNORE INTO feed_articles (feed_id, place, article_id)
    SELECT p.feed_id, s.place, s.id
      FROM saved_places AS p
      JOIN statuses AS s ON s.id = p.article_id
     WHERE s.id IN (SELECT id FROM articles) AND p.feed_id IN (SELECT id FROM feeds)
    """,
    """
    INSERT OR IGNORE INTO feed_articles (feed_id, place, article_id)
    SELECT a.feed_id, s.place, s.id FROM articles AS a JOIN statuses AS s ON s.id = a.id
    """,
    "DELETE FROM feed_entries WHERE article_id NOT IN (SELECT id FROM statuses)",
    "DELETE FROM feed_entries WHERE feed_id NOT IN (SELECT id FROM feeds)",
    "DELETE FROM article_tags WHERE article_id NOT IN (SELECT id FROM statuses)",
    # An entry whose article was lost is stored again when the feed brings it, and every feed is asked once in full.
    "UPDATE feed_entries SET content_hash = x'' WHERE article_id NOT IN (SELECT id FROM articles)",
    """
    UPDATE feeds
       SET etag = NULL, last_modified = NULL, next_due = NULL, state = '{}', body_hash = x'', item_hashes = x'',
           lease_owner = ''
    """,
    """
    UPDATE statuses
       SET muted_by = iif(is_starred, '', muted_by),
           is_listed = EXISTS (
               SELECT 1
                 FROM feed_articles AS fa
                 JOIN feeds AS f ON f.id = fa.feed_id
                WHERE fa.article_id = statuses.id AND f.is_listed = 1)
    """,
)


def salvage(damaged: Path, connection: sqlite3.Connection) -> int:
    """Copy every readable row of a damaged database into a new one of today's version.

    Args:
        damaged: The file moved aside. It is not changed.
        connection: To the new database, in autocommit mode.

    Returns:
        How many articles were saved. A file that is no database at all gives 0.

    """
    source = sqlite3.connect(f"file:{quote(str(damaged.absolute()))}?mode=ro", uri=True)
    source.text_factory = lambda text: text.decode(errors="replace")
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TEMP TABLE saved_places (feed_id INTEGER, place INTEGER, article_id INTEGER)")
        for table, key in _BY_NUMBER:
            if columns := _shared_columns(source, connection, table):
                _copy_by_number(source, _Target(connection, table, columns), columns.index(key))
        for table, order in _BY_KEY:
            if columns := _shared_columns(source, connection, table):
                _copy_by_key(source, _Target(connection, table, columns), order)
        for statement in _MEND:
            connection.execute(statement)
        connection.execute("DROP TABLE temp.saved_places")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        source.close()
    saved: int = connection.execute("SELECT count(*) FROM articles").fetchone()[0]
    return saved


class _Target:
    """A table that takes the rows it can."""

    def __init__(self, connection: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> None:
        self._connection = connection
        self.source = _SOURCE_NAMES.get(table, table)
        self.names = ", ".join(columns)
        marks = ", ".join("?" * len(columns))
        self._insert = f"INSERT OR IGNORE INTO {table} ({self.names}) VALUES ({marks})"  # noqa: S608 - our own names

    def keep(self, row: tuple[object, ...]) -> None:
        """Insert a row; one that damage has made impossible (a wrong type, a lost parent) is left out."""
        with contextlib.suppress(sqlite3.IntegrityError, sqlite3.DataError):
            self._connection.execute(self._insert, row)


def _shared_columns(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """Columns both databases have; none if the old one cannot be asked."""
    wanted = {row[1] for row in target.execute(f"PRAGMA table_info({table})")}
    try:
        columns = source.execute(f"PRAGMA table_info({_SOURCE_NAMES.get(table, table)})").fetchall()
        return tuple(column[1] for column in columns if column[1] in wanted)
    except sqlite3.Error:
        return ()


def _copy_by_number(source: sqlite3.Connection, target: _Target, key: int) -> None:
    """Copy a table with numbered rows: from both ends, then from the middle of each gap that is left."""
    name = target.names.split(", ")[key]
    select = f"SELECT {target.names} FROM {target.source} WHERE {name} BETWEEN ? AND ? ORDER BY {name}"  # noqa: S608
    gaps = deque([(0, 2**62)])
    for _probe in range(PROBES):
        if not gaps:
            return
        low, high = gaps.popleft()
        is_whole, last = _read(source, select, (low, high), target, key)
        if is_whole:
            continue
        low = low if last is None else last + 1
        is_whole, first = _read(source, select + " DESC", (low, high), target, key)
        high = high if first is None else first - 1
        if low < high and not is_whole:
            middle = (low + high) // 2
            gaps += [(low, middle), (middle + 1, high)]


def _copy_by_key(source: sqlite3.Connection, target: _Target, order: str) -> None:
    """Copy a table whose key is no number: from both ends."""
    for direction in ("", " DESC"):
        ordered = ", ".join(column + direction for column in order.split(", "))
        select = f"SELECT {target.names} FROM {target.source} ORDER BY {ordered}"  # noqa: S608 - our own names
        is_whole, _last = _read(source, select, (), target)
        if is_whole:
            return


def _read(
    source: sqlite3.Connection, select: str, parameters: tuple[int, ...], target: _Target, key: int = 0
) -> tuple[bool, int | None]:
    """Copy rows until the end, or until damage; tells which, and the key of the last row read."""
    last: int | None = None
    rows: Iterator[tuple[object, ...]] | None = None
    while True:
        try:
            rows = rows or source.execute(select, parameters)
            row = next(rows, None)
        except (sqlite3.Error, OverflowError):
            return False, last
        if row is None:
            return True, last
        if isinstance(row[key], int):
            last = row[key]
        target.keep(row)
