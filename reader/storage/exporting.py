"""Everything that is to be kept of the articles, read some at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from reader.model import PageText, ParsedEntry
from reader.model.exchanging import CarriedArticle, EntryKey, Marks
from reader.storage.entries import enclosures_in, strings_in
from reader.storage.values import moment
from reader.text.urls import without_credentials

__all__ = ["load_carried", "load_keys"]

Keys = Mapping[int, Sequence[tuple[int, EntryKey]]]
"""By article: feed id and key."""


def load_keys(connection: sqlite3.Connection, low: int, high: int) -> Keys:
    """What the articles with ids in (low, high] are known by. Reads all keys there are, so ask for many at once."""
    urls = {number: without_credentials(url) for number, url in connection.execute("SELECT id, url FROM feeds")}
    found: dict[int, list[tuple[int, EntryKey]]] = {}
    rows = connection.execute(
        """
        SELECT article_id, feed_id, entry_hash, content_hash
          FROM feed_entries
         WHERE article_id > ? AND article_id <= ?
        """,
        (low, high),
    )
    for article_id, feed_id, entry_hash, content_hash in rows:
        key = EntryKey(urls.get(feed_id, ""), entry_hash, content_hash)
        found.setdefault(article_id, []).append((feed_id, key))
    return found


def load_carried(
    connection: sqlite3.Connection, low: int, high: int, keys: Keys, *, limit: int
) -> list[tuple[int, CarriedArticle]]:
    """The first of the articles with ids in (low, high], purged ones included, each with its id."""
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    rows = cursor.execute(
        """
        SELECT s.id, s.merge_hash, s.first_seen, s.is_read, s.read_at, s.is_starred, s.starred_at, s.note, s.muted_by,
               s.highlight, a.feed_id, a.title, a.url, a.author, a.summary, a.dateline, a.published, a.updated,
               a.raw_date, a.categories, a.enclosures, a.image_url, a.comments_url, a.feed_words, a.changed_at,
               t.document, t.text, t.full_document, t.full_text,
               (SELECT group_concat(tag, char(10)) FROM article_tags WHERE article_id = s.id) AS tags
          FROM statuses AS s
          LEFT JOIN articles AS a ON a.id = s.id
          LEFT JOIN texts AS t ON t.id = s.id
         WHERE s.id > ? AND s.id <= ?
         ORDER BY s.id
         LIMIT ?
        """,
        (low, high, limit),
    )
    return [(row["id"], _carried(row, keys.get(row["id"], ()))) for row in rows]


def _carried(row: sqlite3.Row, keys: Sequence[tuple[int, EntryKey]]) -> CarriedArticle:
    home_first = sorted(keys, key=lambda key: (key[0] != row["feed_id"], key[0], key[1].entry_hash))
    has_full = bool(row["full_document"] or row["full_text"])
    return CarriedArticle(
        tuple(key for _feed, key in home_first),
        moment(row["first_seen"]),
        Marks(
            bool(row["is_read"]),
            _moment(row["read_at"]),
            bool(row["is_starred"]),
            _moment(row["starred_at"]),
            tuple(sorted(row["tags"].split("\n"))) if row["tags"] else (),
            row["note"],
            row["muted_by"],
            row["highlight"],
        ),
        row["merge_hash"],
        _entry(row) if row["feed_id"] is not None else None,
        PageText(row["full_document"], row["full_text"], len(row["full_text"].split())) if has_full else None,
        _moment(row["changed_at"]),
    )


def _entry(row: sqlite3.Row) -> ParsedEntry:
    return ParsedEntry(
        "",
        row["title"],
        row["url"],
        author=row["author"],
        published=_moment(row["published"]),
        updated=_moment(row["updated"]),
        raw_date=row["raw_date"],
        summary=row["summary"],
        place=row["dateline"],
        document=row["document"] or b"",
        text=row["text"] or "",
        words=row["feed_words"],
        categories=strings_in(row["categories"]),
        enclosures=enclosures_in(row["enclosures"]),
        image_url=row["image_url"],
        comments_url=row["comments_url"],
    )


def _moment(when: Any) -> datetime | None:
    return None if when is None else moment(when)
