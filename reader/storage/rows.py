"""Articles as lists show them; no text is touched."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from reader.model import ArticleRow
from reader.storage.values import PLACE_BITS, ids_json, moment, safe_int

__all__ = ["load_dates", "load_rows", "per_day"]


def load_rows(connection: sqlite3.Connection, ids: Sequence[int]) -> tuple[ArticleRow, ...]:
    """Rows for ids, in their order; ids that are gone are left out."""
    wanted = ids_json(ids)
    tags = _tags(connection, wanted)
    others = _other_feeds(connection, wanted)
    found = {}
    rows = connection.execute(
        """
        SELECT a.id, a.feed_id, f.title, a.title, a.url, s.place, s.first_seen, a.author, a.summary, a.dateline,
               s.is_read, s.is_starred, s.muted_by, s.highlight, a.words, a.media,
               a.published
          FROM articles AS a
          JOIN statuses AS s ON s.id = a.id
          JOIN feeds AS f ON f.id = a.feed_id
         WHERE a.id IN (SELECT value FROM json_each(?))
        """,
        (wanted,),
    )
    for (
        number, feed_id, feed, title, url, place, first_seen, author, summary, dateline,
        is_read, is_starred, muted_by, highlight, words, media, published,
    ) in rows:  # fmt: skip
        found[number] = ArticleRow(
            number,
            feed_id,
            feed,
            title,
            url,
            moment(place >> PLACE_BITS),
            moment(first_seen),
            author,
            summary,
            dateline,
            tuple(name for other, name in others.get(number, ()) if other != feed_id),
            tuple(tags.get(number, ())),
            bool(is_read),
            bool(is_starred),
            muted_by,
            highlight,
            words,
            media,
            None if published is None else moment(published),
        )
    return tuple(found[number] for number in ids if number in found)


def load_dates(connection: sqlite3.Connection, ids: Sequence[int]) -> tuple[datetime | None, ...]:
    """The dates that ids are sorted by, in their order; None for those that are gone."""
    rows = connection.execute(
        "SELECT id, place FROM statuses WHERE id IN (SELECT value FROM json_each(?))", (ids_json(ids),)
    )
    places = dict(rows.fetchall())
    return tuple(moment(places[number] >> PLACE_BITS) if number in places else None for number in ids)


def _tags(connection: sqlite3.Connection, wanted: str) -> dict[int, list[str]]:
    tags: dict[int, list[str]] = {}
    rows = connection.execute(
        """
        SELECT article_id, tag
          FROM article_tags
         WHERE article_id IN (SELECT value FROM json_each(?))
         ORDER BY article_id, tag
        """,
        (wanted,),
    )
    for article_id, tag in rows:
        tags.setdefault(article_id, []).append(tag)
    return tags


def _other_feeds(connection: sqlite3.Connection, wanted: str) -> dict[int, list[tuple[int, str]]]:
    others: dict[int, list[tuple[int, str]]] = {}
    rows = connection.execute(
        """
        SELECT fa.article_id, f.id, f.title
          FROM feed_articles AS fa
          JOIN feeds AS f ON f.id = fa.feed_id
         WHERE fa.article_id IN (SELECT value FROM json_each(?)) AND f.is_listed = 1
         ORDER BY fa.article_id, f.position
        """,
        (wanted,),
    )
    for article_id, feed_id, title in rows:
        others.setdefault(article_id, []).append((feed_id, title))
    return others


def per_day(connection: sqlite3.Connection, feed_id: int, *, days: int, zone: tzinfo, now: datetime) -> tuple[int, ...]:
    """How many articles of a feed are dated on each of the last days in a zone, oldest first, today last."""
    today = now.astimezone(zone).date()
    first = int((now - timedelta(days=days + 1)).timestamp())
    counts = [0] * days
    rows = connection.execute(
        "SELECT place FROM feed_articles WHERE feed_id = ? AND place >= ?", (safe_int(feed_id), first << PLACE_BITS)
    )
    for (place,) in rows:
        ago = (today - moment(place >> PLACE_BITS).astimezone(zone).date()).days
        if 0 <= ago < days:
            counts[days - 1 - ago] += 1
    return tuple(counts)
