"""The feeds' rows: what feeds.toml says, what the feed told, what we keep about asking it, who asks right now."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from reader.light import dataclass
from reader.model import Feed, Validators
from reader.storage.feed_values import config_in, config_out, facts_in, facts_out, state_in, state_out
from reader.storage.values import PLACE_BITS, from_json, ids_json, moment, safe_int, safe_text, seconds
from reader.text.urls import without_credentials

if TYPE_CHECKING:
    from reader.model import FeedConfig, FeedFacts, FeedState

__all__ = [
    "FeedRow",
    "claim",
    "is_synced",
    "load_feeds",
    "readdress",
    "release",
    "rhythm_minutes",
    "save_facts",
    "save_state",
    "sync_feeds",
]

LONGEST_LEASE_SECONDS = 3600
"""A lease that claims to last longer was written by a clock that has jumped since."""


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A stored feed with what only the store knows of it."""

    feed: Feed
    """The feed, with the configuration that was stored."""
    is_listed: bool
    """It is in feeds.toml."""
    revision: int
    """Grows with each refresh, whichever process made it."""


def load_feeds(connection: sqlite3.Connection) -> list[FeedRow]:
    """All feeds, listed ones first, in file order."""
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    cursor.execute(
        """
        SELECT f.id, f.url, f.config, f.facts, f.etag, f.last_modified, f.state, f.body_hash, f.item_hashes,
               f.is_listed, f.revision, c.articles, c.unread,
               (SELECT max(place) FROM feed_articles WHERE feed_id = f.id) AS newest
          FROM feeds AS f
          JOIN feed_counts AS c ON c.feed_id = f.id
         ORDER BY f.is_listed DESC, f.position, f.id
        """
    )
    return [_feed_row(row) for row in cursor]


def _feed_row(row: sqlite3.Row) -> FeedRow:
    known = state_in(
        row["state"],
        validators=Validators(row["etag"], row["last_modified"]),
        body_hash=row["body_hash"],
        item_hashes=row["item_hashes"],
    )
    newest = row["newest"]
    feed = Feed(
        row["id"],
        config_in(row["url"], row["config"]),
        facts_in(row["facts"]),
        known,
        row["articles"],
        row["unread"],
        None if newest is None else moment(newest >> PLACE_BITS),
    )
    return FeedRow(feed, bool(row["is_listed"]), row["revision"])


def is_synced(connection: sqlite3.Connection, configs: Sequence[FeedConfig]) -> bool:
    """Whether the stored feeds already say what feeds.toml says, so that a start need not write."""
    stored = connection.execute(
        "SELECT url, config, folder FROM feeds WHERE is_listed = 1 ORDER BY position LIMIT ?", (len(configs) + 1,)
    ).fetchall()
    return stored == [(safe_text(c.url), config_out(c), safe_text(c.folder)) for c in configs]


def sync_feeds(connection: sqlite3.Connection, configs: Sequence[FeedConfig]) -> None:
    """Make the stored feeds say what feeds.toml says, matched by URL.

    Feeds that are in the file no more are hidden, with the articles that stand in no other feed; those that
    reappear come back with everything.
    """
    before = {
        url: (number, bool(is_listed), from_json(facts, {}))
        for number, url, is_listed, facts in connection.execute("SELECT id, url, is_listed, facts FROM feeds")
    }
    shown: list[int] = []
    listed: set[str] = set()
    for position, config in enumerate(configs):
        url = safe_text(config.url)
        number, was_listed, facts = before.get(url, (None, True, {}))
        title = _shown_title(url, config.title, facts.get("title", ""))
        values = (title, safe_text(config.folder), position, config_out(config))
        listed.add(url)
        if number is None:
            connection.execute(
                "INSERT INTO feeds (title, folder, position, config, url) VALUES (?, ?, ?, ?, ?)", (*values, url)
            )
        else:
            connection.execute(
                "UPDATE feeds SET title = ?, folder = ?, position = ?, config = ?, is_listed = 1 WHERE id = ?",
                (*values, number),
            )
            if not was_listed:
                shown.append(number)
    hidden = [number for url, (number, was_listed, _facts) in before.items() if was_listed and url not in listed]
    connection.execute(
        "UPDATE feeds SET is_listed = 0 WHERE id IN (SELECT value FROM json_each(?))", [ids_json(hidden)]
    )
    _show_articles(connection, shown)
    _hide_articles(connection, hidden)


def _show_articles(connection: sqlite3.Connection, feed_ids: Sequence[int]) -> None:
    if feed_ids:
        connection.execute(
            """
            UPDATE statuses
               SET is_listed = 1
             WHERE is_listed = 0
               AND id IN (SELECT article_id FROM feed_articles WHERE feed_id IN (SELECT value FROM json_each(?)))
            """,
            (ids_json(feed_ids),),
        )


def _hide_articles(connection: sqlite3.Connection, feed_ids: Sequence[int]) -> None:
    if feed_ids:
        connection.execute(
            """
            UPDATE statuses
               SET is_listed = 0
             WHERE is_listed = 1
               AND id IN (SELECT article_id FROM feed_articles WHERE feed_id IN (SELECT value FROM json_each(?)))
               AND NOT EXISTS (
                   SELECT 1
                     FROM feed_articles AS other
                     JOIN feeds ON feeds.id = other.feed_id
                    WHERE other.article_id = statuses.id AND feeds.is_listed = 1)
            """,
            (ids_json(feed_ids),),
        )


def readdress(connection: sqlite3.Connection, old_url: str, new_url: str, facts: FeedFacts | None = None) -> bool:
    """Give a feed another URL, so that it keeps its articles when its line in feeds.toml is edited.

    A feed that once had the new URL and is in feeds.toml no more makes way: it keeps its articles, hidden. With
    ``facts`` it is known at once what the feed there tells of itself.

    Returns:
        False if there is no such feed, or the new URL is a listed feed's that has articles already.

    """
    other = connection.execute(
        """
        SELECT f.id, f.is_listed, c.articles
          FROM feeds AS f
          JOIN feed_counts AS c ON c.feed_id = f.id
         WHERE f.url = ?
        """,
        (safe_text(new_url),),
    ).fetchone()
    if connection.execute("SELECT 1 FROM feeds WHERE url = ?", (safe_text(old_url),)).fetchone() is None:
        return False
    if other is not None:
        number, is_listed, articles = other
        if is_listed and articles:
            return False
        connection.execute("UPDATE feeds SET url = url || '#' || id, is_listed = 0 WHERE id = ?", (number,))
    changed = connection.execute(
        """
        UPDATE feeds
           SET url = ?, etag = NULL, last_modified = NULL, next_due = NULL, state = '{}', body_hash = x'',
               item_hashes = x'', revision = revision + 1
         WHERE url = ?
        RETURNING id
        """,
        (safe_text(new_url), safe_text(old_url)),
    ).fetchone()
    if changed and facts is not None:
        save_facts(connection, changed[0], facts)
    return changed is not None


def claim(
    connection: sqlite3.Connection,
    revisions: Mapping[int, int | None],
    *,
    owner: str,
    now: int,
    until: int,
) -> frozenset[int]:
    """Take the lease of feeds, so that no other process asks them meanwhile.

    Args:
        connection: The writer's.
        revisions: Feed ids with the revision the caller has seen; None: any. A feed that another process has
            refreshed since is not given, for it is not due any more.
        owner: Who asks.
        now: Seconds since 1970.
        until: When the lease ends by itself.

    Returns:
        The feeds that may be asked now.

    """
    claimed = set()
    for number, revision in revisions.items():
        row = connection.execute(
            """
            UPDATE feeds
               SET lease_owner = :owner, lease_until = :until
             WHERE id = :id
               AND (lease_owner IN ('', :owner) OR lease_until <= :now OR lease_until > :now + :longest)
               AND (:revision IS NULL OR revision = :revision)
            RETURNING id
            """,
            {
                "owner": safe_text(owner),
                "until": until,
                "id": safe_int(number),
                "now": now,
                "longest": LONGEST_LEASE_SECONDS,
                "revision": revision,
            },
        ).fetchone()
        if row:
            claimed.add(number)
    return frozenset(claimed)


def release(connection: sqlite3.Connection, feed_ids: Iterable[int], owner: str) -> None:
    """Give leases back; those that others hold by now stay."""
    connection.execute(
        """
        UPDATE feeds
           SET lease_owner = '', lease_until = 0
         WHERE lease_owner = ? AND id IN (SELECT value FROM json_each(?))
        """,
        (safe_text(owner), ids_json(feed_ids)),
    )


def save_state(connection: sqlite3.Connection, feed_id: int, state: FeedState) -> None:
    """Store what is remembered of a feed between refreshes, and release its lease."""
    validators = state.validators
    connection.execute(
        """
        UPDATE feeds
           SET etag = ?, last_modified = ?, next_due = ?, state = ?, body_hash = ?, item_hashes = ?,
               lease_owner = '', lease_until = 0, revision = revision + 1
         WHERE id = ?
        """,
        (
            validators.etag,
            validators.last_modified,
            seconds(state.next_due),
            state_out(state),
            state.body_hash,
            state.item_hashes,
            safe_int(feed_id),
        ),
    )


def save_facts(connection: sqlite3.Connection, feed_id: int, facts: FeedFacts) -> None:
    """Store what a feed tells of itself, and the name that follows from it."""
    row = connection.execute("SELECT url, config, facts FROM feeds WHERE id = ?", (feed_id,)).fetchone()
    told = facts_out(facts)
    if row is None or row[2] == told:
        return
    url, config, _before = row
    title = _shown_title(url, from_json(config, {}).get("title", ""), facts.title)
    connection.execute("UPDATE feeds SET facts = ?, title = ? WHERE id = ?", (told, title, feed_id))


def rhythm_minutes(connection: sqlite3.Connection, feed_id: int) -> int | None:
    """Median gap between a feed's latest 20 dated articles, at least 1; None if it has fewer than three."""
    rows = connection.execute(
        """
        SELECT latest.place
          FROM (SELECT place, article_id FROM feed_articles WHERE feed_id = ? ORDER BY place DESC LIMIT 60) AS latest
          JOIN articles AS a ON a.id = latest.article_id
         WHERE a.published IS NOT NULL
         ORDER BY latest.place DESC
         LIMIT 20
        """,
        (safe_int(feed_id),),
    )
    times: list[int] = [place >> PLACE_BITS for (place,) in rows]
    if len(times) < 3:
        return None
    gaps = sorted(later - earlier for later, earlier in itertools.pairwise(times))
    return max(gaps[len(gaps) // 2] // 60, 1)


def _shown_title(url: str, users: str, own: str) -> str:
    return safe_text(users or own or without_credentials(url))
