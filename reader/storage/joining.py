"""Which stored article an arriving entry is, when another feed, or another guid of the same feed, brought it before.

The same article in two feeds is one row with two feeds. Joining wrongly would lose an article, joining too rarely only
shows one twice, so a shared address alone is not enough where it can mislead: feeds exist whose items all link to
the home page.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reader.light import dataclass
from reader.storage.values import as_json, seconds
from reader.text.fold import fold

if TYPE_CHECKING:
    from reader.model import ParsedEntry

__all__ = ["Candidate", "candidates", "choose"]

NEAR_SECONDS = 3 * 86_400
"""Entries of one address whose dates lie further apart need the same title to be one article."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stored article that may be the one arriving."""

    article_id: int
    """Its id."""
    place: int
    """Its place in lists."""
    title: str | None
    """Its title; None if the article was purged."""
    published: int | None
    """Seconds since 1970, as its feed told."""
    is_in_feed: bool
    """It stands in the arriving entry's feed already, under another key."""


def candidates(
    connection: sqlite3.Connection, feed_id: int, merge_hashes: Iterable[int], *, any_feed: bool
) -> dict[int, list[Candidate]]:
    """Articles by merge hash.

    Args:
        connection: The writer's.
        feed_id: The feed that brings the entries.
        merge_hashes: What the arriving entries are known by across feeds.
        any_feed: False: only articles that stand in the same feed.

    """
    found: dict[int, list[Candidate]] = {}
    rows = connection.execute(
        """
        SELECT s.merge_hash, s.id, s.place, a.title, a.published,
               EXISTS (SELECT 1 FROM feed_articles WHERE feed_id = ? AND place = s.place)
          FROM statuses AS s
          LEFT JOIN articles AS a ON a.id = s.id
         WHERE s.merge_hash IN (SELECT value FROM json_each(?))
        """,
        (feed_id, as_json(sorted(set(merge_hashes)))),
    )
    for merge_hash, article_id, place, title, published, is_in_feed in rows:
        if any_feed or is_in_feed:
            candidate = Candidate(article_id, place, title, published, bool(is_in_feed))
            found.setdefault(merge_hash, []).append(candidate)
    return found


def choose(entry: ParsedEntry, among: Sequence[Candidate]) -> Candidate | None:
    """The article the entry is, or None: it is a new one."""
    title = fold(entry.title).split()
    same_title = [c for c in among if c.title is not None and fold(c.title).split() == title]
    if same_title:
        return max(same_title, key=lambda candidate: candidate.place)
    if len(among) != 1 or among[0].is_in_feed:
        return None
    published = seconds(entry.published)
    told = among[0].published
    is_near = published is None or told is None or abs(published - told) <= NEAR_SECONDS
    return among[0] if is_near else None
