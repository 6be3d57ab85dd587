"""Which articles' pages are worth asking for: unread ones of which only the feed's text is stored."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from datetime import datetime

from reader.light import dataclass
from reader.storage.values import ids_json, seconds

__all__ = ["PageWish", "wanted_pages"]

_WANTED = """
SELECT s.id, a.url
  FROM statuses AS s {index}
  JOIN articles AS a ON a.id = s.id
 WHERE s.is_listed = 1
   AND s.muted_by = ''
   AND s.is_read = 0
   AND s.first_seen >= :seen_since
   AND a.url <> ''
   AND instr(a.media, 'f') = 0
   AND (:again OR instr(a.media, 'x') = 0)
   AND (a.feed_words <= :snippet_words OR a.feed_id IN (SELECT value FROM json_each(:whole_feeds)))
   AND EXISTS (
       SELECT 1
         FROM feed_articles AS fa
        WHERE fa.article_id = s.id
          AND fa.feed_id IN (SELECT value FROM json_each(:feeds)))
 ORDER BY s.place DESC
 LIMIT :most
"""


@dataclass(frozen=True, slots=True)
class PageWish:
    """What is looked for."""

    feeds: Collection[int]
    """Articles that stand in one of these feeds."""
    whole_feeds: Collection[int] = ()
    """Feeds whose articles are wanted whole however long the feed's text is."""
    snippet_words: int = 0
    """Of the others, articles with at most so many words."""
    seen_since: datetime | None = None
    """First seen then or later; None: whenever."""
    again: bool = False
    """Those too whose page gave no more the last time."""
    most: int = 1_000
    """No more than so many."""


def wanted_pages(connection: sqlite3.Connection, wish: PageWish) -> tuple[tuple[int, str], ...]:
    """Id and address of the articles, newest first."""
    # Few are new; without them in mind SQLite walks through all that is unread.
    index = "INDEXED BY statuses_by_first_seen" if wish.seen_since else ""
    rows = connection.execute(
        _WANTED.format(index=index),
        {
            "feeds": ids_json(wish.feeds),
            "whole_feeds": ids_json(wish.whole_feeds),
            "snippet_words": wish.snippet_words,
            "seen_since": seconds(wish.seen_since) or 0,
            "again": wish.again,
            "most": wish.most,
        },
    )
    return tuple(rows)
