"""Whether a database is sound: what must hold after anything."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from reader.storage.indexing import indexed_rows
from reader.storage.search.index import columns

__all__ = ["assert_indexed", "assert_sound"]

_COUNTERS = """
    SELECT c.feed_id, c.articles, c.unread,
           (SELECT count(*) FROM feed_articles AS fa WHERE fa.feed_id = c.feed_id),
           (SELECT count(*)
              FROM feed_articles AS fa
              JOIN statuses AS s ON s.id = fa.article_id
             WHERE fa.feed_id = c.feed_id AND s.is_read = 0 AND s.muted_by = '')
      FROM feed_counts AS c
"""
_TOTALS = """
    SELECT t.listed, t.unread, t.starred,
           (SELECT count(*) FROM statuses WHERE is_listed = 1 AND muted_by = ''),
           (SELECT count(*) FROM statuses WHERE is_listed = 1 AND muted_by = '' AND is_read = 0),
           (SELECT count(*) FROM statuses WHERE is_starred = 1)
      FROM totals AS t
"""
_BROKEN = {
    "an article without a status": "SELECT id FROM articles WHERE id NOT IN (SELECT id FROM statuses)",
    "an article without a text": "SELECT id FROM articles WHERE id NOT IN (SELECT id FROM texts)",
    "a text without an article": "SELECT id FROM texts WHERE id NOT IN (SELECT id FROM articles)",
    "an article in no feed": "SELECT id FROM articles WHERE id NOT IN (SELECT article_id FROM feed_articles)",
    "a listed status without an article": """
        SELECT id FROM statuses WHERE is_listed = 1 AND id NOT IN (SELECT id FROM articles)""",
    "a place that is not the status's": """
        SELECT s.id FROM feed_articles AS fa JOIN statuses AS s ON s.id = fa.article_id WHERE fa.place <> s.place""",
    "a hidden starred article": "SELECT id FROM statuses WHERE is_starred = 1 AND muted_by <> ''",
    "a wrong is_listed": """
        SELECT id
          FROM statuses AS s
         WHERE is_listed <> EXISTS (
               SELECT 1
                 FROM feed_articles AS fa
                 JOIN feeds AS f ON f.id = fa.feed_id
                WHERE fa.article_id = s.id AND f.is_listed = 1)""",
    "an entry without a status": """
        SELECT article_id FROM feed_entries WHERE article_id NOT IN (SELECT id FROM statuses)""",
}


def assert_sound(path: Path) -> None:
    """The file is whole, references lead somewhere, counters say what counting says, the index has every article."""
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute("INSERT INTO search (search) VALUES ('integrity-check')")
        for broken, query in _BROKEN.items():
            assert connection.execute(query).fetchall() == [], broken
        for feed_id, articles, unread, counted, counted_unread in connection.execute(_COUNTERS):
            assert (articles, unread) == (counted, counted_unread), feed_id
        (totals,) = connection.execute(_TOTALS).fetchall()
        assert totals[:3] == totals[3:]
        # Every article carries this label, so it counts what the index holds.
        indexed = {place for (place,) in connection.execute("SELECT rowid FROM search WHERE search MATCH '\"·\"'")}
        stored = {place for (place,) in connection.execute("SELECT place FROM statuses JOIN articles USING (id)")}
        assert indexed == stored
    finally:
        connection.close()


def assert_indexed(path: Path) -> None:
    """The index holds exactly the words of what is stored: none too few, none left over. For small databases."""
    connection = sqlite3.connect(path)
    try:
        connection.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab (main, search, instance)")
        held = set(connection.execute("SELECT doc, col, term FROM temp.terms"))
        ids = [number for (number,) in connection.execute("SELECT id FROM articles")]
        names = ("title", "body", "author", "labels")
        expected = {
            (place, column, word)
            for place, indexed in indexed_rows(connection, ids)
            for column, text in zip(names, columns(indexed), strict=True)
            for word in text.split()
        }
        assert held == expected
    finally:
        connection.close()
