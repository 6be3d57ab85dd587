"""Taking old articles out of the store, by rules the reader has switched on or on his word.

What the reader starred, tagged or noted is never taken, nor what he has not read, unless it stands only in feeds that
are in feeds.toml no more and he asked for those to be emptied. An article goes only if every feed it stands in lets
it go. Its status stays, and so does what its entries were known by: it does not come back as new.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from reader.light import dataclass
from reader.model import StoreSize
from reader.storage.indexing import IndexBatch, indexed_rows
from reader.storage.values import PLACE_BITS, as_json, from_json, ids_json, moment, seconds

__all__ = ["Retention", "purge", "purgeable", "store_size"]

_DAY_SECONDS = 86_400

_PURGEABLE = """
  WITH rules AS MATERIALIZED (
       SELECT json_extract(value, '$[0]') AS feed_id,
              json_extract(value, '$[1]') AS seen_before,
              json_extract(value, '$[2]') AS place_before,
              json_extract(value, '$[3]') AS is_emptied
         FROM json_each(:rules))
SELECT s.id
  FROM articles AS a
  JOIN statuses AS s ON s.id = a.id
 WHERE (:ids IS NULL OR s.id IN (SELECT value FROM json_each(:ids)))
   AND s.is_starred = 0
   AND s.note = ''
   AND NOT EXISTS (SELECT 1 FROM article_tags AS t WHERE t.article_id = s.id)
   AND NOT EXISTS (
       SELECT 1
         FROM feed_articles AS fa
         LEFT JOIN rules AS r ON r.feed_id = fa.feed_id
        WHERE fa.article_id = s.id
          AND NOT coalesce(r.is_emptied, 0)
          AND NOT (s.is_read = 1
                   AND (coalesce(s.first_seen < r.seen_before, 0) OR coalesce(s.place < r.place_before, 0))))
"""


@dataclass(frozen=True, slots=True)
class Retention:
    """What is to be kept."""

    now: datetime
    """The clock."""
    keep_days: int = 0
    """For feeds without a rule of their own, counted from when an article was first seen; 0: for ever."""
    max_articles: int = 0
    """For feeds without a rule of their own: the newest so many stay; 0: all."""
    unlisted_too: bool = False
    """Empty the feeds that are not in feeds.toml any more."""


def purgeable(connection: sqlite3.Connection, retention: Retention, among: Sequence[int] | None = None) -> list[int]:
    """Articles that retention would take: of all, or of some."""
    rules: list[tuple[int, int | None, int | None, int]] = []
    for feed_id, is_listed, config in connection.execute("SELECT id, is_listed, config FROM feeds").fetchall():
        own = from_json(config, {})
        days = own.get("keep_days", retention.keep_days)
        most = own.get("max_articles", retention.max_articles)
        if not is_listed:
            rules.append((feed_id, None, None, int(retention.unlisted_too)))
        elif days or most:
            seen_before = (seconds(retention.now) or 0) - days * _DAY_SECONDS if days else None
            rules.append((feed_id, seen_before, _oldest_kept(connection, feed_id, most) if most else None, 0))
    if not any(any(rule[1:]) for rule in rules):
        return []
    parameters = {"rules": as_json(rules), "ids": None if among is None else ids_json(among)}
    return [article_id for (article_id,) in connection.execute(_PURGEABLE, parameters)]


def _oldest_kept(connection: sqlite3.Connection, feed_id: int, most: int) -> int | None:
    row = connection.execute(
        "SELECT place FROM feed_articles WHERE feed_id = ? ORDER BY place DESC LIMIT 1 OFFSET ?", (feed_id, most - 1)
    ).fetchone()
    return row[0] if row else None


def purge(connection: sqlite3.Connection, retention: Retention, among: Sequence[int]) -> int:
    """Take those of the articles out of the store that retention still lets go; returns how many went.

    They are looked at again, because the reader may have starred one since they were found.
    """
    ids = purgeable(connection, retention, among)
    wanted = ids_json(ids)
    index = IndexBatch()
    for place, indexed in indexed_rows(connection, ids):
        index.remove(place, indexed)
    index.write(connection)
    # What a hidden feed brought is stored again should the feed be subscribed again, for then it is wanted.
    connection.execute(
        """
        UPDATE feed_entries
           SET content_hash = x''
         WHERE feed_id IN (SELECT id FROM feeds WHERE is_listed = 0)
           AND article_id IN (SELECT value FROM json_each(?))
        """,
        (wanted,),
    )
    connection.execute(
        """
        UPDATE feeds
           SET etag = NULL, last_modified = NULL, body_hash = x'', item_hashes = x'', revision = revision + 1
         WHERE is_listed = 0
        """
    )
    connection.execute("DELETE FROM feed_articles WHERE article_id IN (SELECT value FROM json_each(?))", (wanted,))
    connection.execute("DELETE FROM texts WHERE id IN (SELECT value FROM json_each(?))", (wanted,))
    connection.execute("UPDATE statuses SET is_listed = 0 WHERE id IN (SELECT value FROM json_each(?))", (wanted,))
    gone = connection.execute("DELETE FROM articles WHERE id IN (SELECT value FROM json_each(?))", (wanted,))
    return gone.rowcount


def store_size(connection: sqlite3.Connection, path: Path) -> StoreSize:
    """How large the store is."""
    pages, page_bytes, free = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size", "freelist_count")
    )
    articles = connection.execute("SELECT count(*) FROM articles").fetchone()[0]
    oldest = connection.execute("SELECT min(place) FROM statuses WHERE is_listed = 1 AND muted_by = ''").fetchone()[0]
    wal = path.with_name(path.name + "-wal")
    return StoreSize(
        articles=articles,
        feeds=connection.execute("SELECT count(*) FROM feeds").fetchone()[0],
        database_bytes=pages * page_bytes,
        free_bytes=free * page_bytes,
        journal_bytes=wal.stat().st_size if wal.exists() else 0,
        oldest=None if oldest is None else moment(oldest >> PLACE_BITS),
    )
