"""Stored articles as the Python meaning of queries sees them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reader.query import matches
from reader.query.facts import ArticleFacts
from reader.storage.search.index import body
from reader.storage.values import PLACE_BITS, ids_json, moment

if TYPE_CHECKING:
    from reader.query import Query
    from reader.query.names import Names

__all__ = ["load_facts", "load_texts", "matching"]


def load_facts(connection: sqlite3.Connection, ids: Iterable[int], names: Names) -> Iterator[tuple[int, ArticleFacts]]:
    """Facts of stored articles, in the order of the ids; ids that are gone are left out."""
    feeds = {feed.id: feed for feed in names.feeds}
    rows = connection.execute(
        """
        SELECT s.id, s.place, s.first_seen, s.is_read, s.is_starred, s.muted_by, a.title, a.author, a.url, a.dateline,
               a.words, a.media, t.text, t.full_text,
               (SELECT group_concat(feed_id) FROM feed_articles WHERE article_id = s.id),
               (SELECT group_concat(tag, char(0)) FROM article_tags WHERE article_id = s.id)
          FROM json_each(?) AS j
         CROSS JOIN statuses AS s ON s.id = j.value
          JOIN articles AS a ON a.id = s.id
          JOIN texts AS t ON t.id = s.id
         ORDER BY j.key
        """,
        (ids_json(ids),),
    )
    for (
        number, place, first_seen, is_read, is_starred, muted_by, title, author, url, dateline,
        words, media, text, full_text, feed_ids, tags,
    ) in rows:  # fmt: skip
        yield (
            number,
            ArticleFacts(
                title=title,
                body=body(text, full_text),
                author=author,
                date=moment(place >> PLACE_BITS),
                first_seen=moment(first_seen),
                url=url,
                dateline=dateline,
                feeds=tuple(feeds[feed] for feed in _numbers(feed_ids) if feed in feeds),
                tags=tuple(tags.split("\0")) if tags else (),
                words=words,
                media=media,
                is_read=bool(is_read),
                is_starred=bool(is_starred),
                is_muted=bool(muted_by),
            ),
        )


def load_texts(connection: sqlite3.Connection, ids: Iterable[int]) -> Iterator[tuple[int, str, str, str]]:
    """Id, title, body and author of stored articles, in the order of the ids."""
    rows = connection.execute(
        """
        SELECT a.id, a.title, a.author, t.text, t.full_text
          FROM json_each(?) AS j
         CROSS JOIN articles AS a ON a.id = j.value
          JOIN texts AS t ON t.id = a.id
         ORDER BY j.key
        """,
        (ids_json(ids),),
    )
    for number, title, author, text, full_text in rows:
        yield number, title, body(text, full_text) if full_text else text, author


def matching(connection: sqlite3.Connection, ids: Iterable[int], query: Query) -> tuple[int, ...]:
    """Those of a few articles that a query matches and no rule hides, in their order."""
    found = load_facts(connection, ids, query.context.names)
    return tuple(number for number, facts in found if not facts.is_muted and matches(query, facts))


def _numbers(listed: str | None) -> list[int]:
    return [int(number) for number in listed.split(",")] if listed else []
