"""Changing stored articles in place: entries whose content changed, and entries that join an article of another feed.

An article's fields follow its home feed, the first it came from. Its text follows whichever feed says most, so joining
never makes an article poorer, and a second feed's shorter headline does not replace the first's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reader.light import dataclass
from reader.storage.entries import article_values, media_letters, text_of
from reader.storage.search.index import Indexed
from reader.storage.values import ids_json, safe_text

if TYPE_CHECKING:
    from reader.model import ParsedEntry
    from reader.storage.indexing import IndexBatch

__all__ = ["Incoming", "revise"]


@dataclass(frozen=True, slots=True)
class Incoming:
    """An entry that turned out to be an article the store knows."""

    article_id: int
    """The article."""
    entry: ParsedEntry
    """What came."""
    is_join: bool
    """This feed brings it for the first time, or under another key."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """What is stored of an article, as far as changing it depends on it."""

    place: int
    home_feed_id: int | None
    """None: the article was purged, only its status is left."""
    text_feed_id: int
    feed_words: int
    indexed: Indexed


def revise(
    connection: sqlite3.Connection, feed_id: int, incoming: Sequence[Incoming], *, now: int, index: IndexBatch
) -> int:
    """Bring stored articles up to date.

    Args:
        connection: The writer's, in a transaction.
        feed_id: The feed that brought the entries; it is among its articles' feeds afterwards.
        incoming: Entry by entry.
        now: Seconds since 1970.
        index: Told what changes for the search index.

    Returns:
        How many articles were changed in place; joining alone does not count.

    """
    before = _standing(connection, {one.article_id for one in incoming})
    after = dict(before)
    changed = set()
    for one in incoming:
        old = after[one.article_id]
        if old.home_feed_id is None:
            after[one.article_id] = _restore(connection, feed_id, one, old)
            continue
        new = _revise_one(connection, feed_id, one, old, now)
        if new is not old and not one.is_join:
            changed.add(one.article_id)
        after[one.article_id] = _with_feed(new, feed_id)
    connection.executemany(
        "INSERT OR IGNORE INTO feed_articles (feed_id, place, article_id) VALUES (?, ?, ?)",
        [(feed_id, new.place, article_id) for article_id, new in after.items()],
    )
    connection.execute(
        """
        UPDATE statuses
           SET is_listed = 1
         WHERE is_listed = 0
           AND id IN (SELECT value FROM json_each(?))
           AND EXISTS (SELECT 1 FROM feeds WHERE id = ? AND is_listed = 1)
        """,
        (ids_json(after), feed_id),
    )
    for article_id, new in after.items():
        old = before[article_id]
        if old.home_feed_id is None:
            index.add(new.place, new.indexed)
        elif old.indexed != new.indexed:
            index.remove(old.place, old.indexed)
            index.add(new.place, new.indexed)
    return len(changed)


def _standing(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, _Standing]:
    rows = connection.execute(
        """
        SELECT s.id, s.place, a.feed_id, a.text_feed_id, a.feed_words, a.title, t.text, t.full_text, a.author,
               (SELECT group_concat(feed_id) FROM feed_articles WHERE article_id = s.id),
               a.url, a.dateline, a.media, a.words
          FROM statuses AS s
          LEFT JOIN articles AS a ON a.id = s.id
          LEFT JOIN texts AS t ON t.id = a.id
         WHERE s.id IN (SELECT value FROM json_each(?))
        """,
        (ids_json(ids),),
    )
    found = {}
    for number, place, home, text_feed, feed_words, title, text, full_text, author, feed_ids, *rest in rows:
        if home is None:
            found[number] = _Standing(place, None, 0, 0, Indexed(""))
            continue
        feeds = tuple(sorted(int(feed) for feed in (feed_ids or "").split(",") if feed))
        indexed = Indexed(title, text, full_text, author, feeds, *rest)
        found[number] = _Standing(place, home, text_feed, feed_words, indexed)
    return found


def _with_feed(standing: _Standing, feed_id: int) -> _Standing:
    feeds = standing.indexed.feed_ids
    if feed_id in feeds:
        return standing
    return replace(standing, indexed=replace(standing.indexed, feed_ids=tuple(sorted((*feeds, feed_id)))))


def _restore(connection: sqlite3.Connection, feed_id: int, one: Incoming, old: _Standing) -> _Standing:
    """Store a purged article again. Its status was kept, so it is as read and starred as it was."""
    entry = one.entry
    media = media_letters(entry, has_full=False)
    values = article_values(entry, feed_id, media=media, words=entry.words)
    marks = ", ".join("?" * (len(values) + 1))
    connection.execute(
        f"INSERT INTO articles (id, {', '.join(values)}) VALUES ({marks})",  # noqa: S608 - our own names
        (one.article_id, *values.values()),
    )
    text = text_of(entry)
    connection.execute(
        "INSERT INTO texts (id, document, text) VALUES (?, ?, ?)", (one.article_id, entry.document, text)
    )
    indexed = _indexed(values, text, "", (feed_id,))
    return _Standing(old.place, feed_id, feed_id, entry.words, indexed)


def _revise_one(connection: sqlite3.Connection, feed_id: int, one: Incoming, old: _Standing, now: int) -> _Standing:
    """Write what the entry changes; the same object comes back if nothing."""
    entry = one.entry
    takes_fields = feed_id == old.home_feed_id and not one.is_join
    takes_text = entry.words > old.feed_words or (feed_id == old.text_feed_id and not one.is_join)
    new = old
    if takes_fields:
        new = _take_fields(connection, one, new)
    if takes_text:
        new = _take_text(connection, feed_id, one, new)
    said_before = (old.indexed.title, old.indexed.text)
    if not one.is_join and said_before != (new.indexed.title, new.indexed.text):
        connection.execute("UPDATE articles SET changed_at = ? WHERE id = ?", (now, one.article_id))
    return new


def _take_fields(connection: sqlite3.Connection, one: Incoming, old: _Standing) -> _Standing:
    indexed = old.indexed
    assert old.home_feed_id is not None
    media = media_letters(one.entry, has_full="f" in indexed.media)
    values = article_values(one.entry, old.home_feed_id, media=media, words=indexed.words)
    for kept in ("feed_id", "text_feed_id", "feed_words"):
        del values[kept]
    connection.execute(
        f"UPDATE articles SET {', '.join(f'{name} = ?' for name in values)} WHERE id = ?",  # noqa: S608 - our own names
        (*values.values(), one.article_id),
    )
    return replace(old, indexed=_indexed(values, indexed.text, indexed.full_text, indexed.feed_ids))


def _take_text(connection: sqlite3.Connection, feed_id: int, one: Incoming, old: _Standing) -> _Standing:
    indexed, entry = old.indexed, one.entry
    words = max(entry.words, len(indexed.full_text.split()))
    author = indexed.author or safe_text(entry.author)
    dateline = indexed.dateline or safe_text(entry.place)
    text = text_of(entry)
    connection.execute(
        """
        UPDATE articles
           SET text_feed_id = ?, feed_words = ?, words = ?, author = ?, dateline = ?
         WHERE id = ?
        """,
        (feed_id, entry.words, words, author, dateline, one.article_id),
    )
    connection.execute("UPDATE texts SET document = ?, text = ? WHERE id = ?", (entry.document, text, one.article_id))
    changed = replace(indexed, text=text, words=words, author=author, dateline=dateline)
    return replace(old, text_feed_id=feed_id, feed_words=entry.words, indexed=changed)


def _indexed(values: dict[str, Any], text: str, full_text: str, feed_ids: tuple[int, ...]) -> Indexed:
    return Indexed(
        values["title"],
        text,
        full_text,
        values["author"],
        feed_ids,
        values["url"],
        values["dateline"],
        values["media"],
        values["words"],
    )
