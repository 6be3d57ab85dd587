"""Articles from another store, marks and all, taken into this one.

An article that is here already stays as it is, at most gaining feeds, a whole text and a note; which marks it has not
is told, so that they can be put on as one step. What the reader took off since the other store was written stays off,
as far back as the journal goes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from itertools import accumulate
from typing import TYPE_CHECKING

from reader.light import dataclass
from reader.model.exchanging import CarriedArticle, CarriedIn, Marks
from reader.storage.articles import free_place, save_full
from reader.storage.entries import article_values, media_letters, text_of
from reader.storage.indexing import IndexBatch
from reader.storage.joining import Candidate, candidates, choose
from reader.storage.revising import Incoming, revise
from reader.storage.search.index import Indexed
from reader.storage.values import as_json, ids_json, place_of, safe_int, safe_text, seconds, unpacked_json

if TYPE_CHECKING:
    from reader.model import ParsedEntry

__all__ = ["Removals", "carry_in", "last_id", "removals_since"]


@dataclass(frozen=True, slots=True)
class Removals:
    """Marks that the reader took off lately."""

    unread: frozenset[int] = frozenset()
    """Articles marked unread."""
    unstarred: frozenset[int] = frozenset()
    """Articles that lost their star."""
    untagged: frozenset[tuple[int, str]] = frozenset()
    """Articles that lost a tag, with the tag."""


@dataclass(slots=True)
class _Batch:
    """Articles on their way in."""

    feed_ids: Mapping[str, int]
    own: Sequence[range]
    now: int
    fresh: list[CarriedArticle] = field(default_factory=list)
    known: list[tuple[int, CarriedArticle]] = field(default_factory=list)
    homeless: int = 0

    def is_own(self, article_id: int) -> bool:
        """An earlier batch of this import brought it."""
        return any(article_id in ids for ids in self.own)

    def hashes(self, one: CarriedArticle) -> list[tuple[int, int, bytes]]:
        """Feed id, entry hash and content hash of its keys, of feeds that are here."""
        found = ((self.feed_ids.get(key.feed_url), key) for key in one.keys)
        return [(number, safe_int(key.entry_hash), key.content_hash) for number, key in found if number is not None]


def last_id(connection: sqlite3.Connection) -> int:
    """The highest article id ever given."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'statuses'").fetchone()
    return row[0] if row else 0


def removals_since(connection: sqlite3.Connection, since: int) -> Removals:
    """Marks taken off since a time, by a step or by undoing one; only the steps kept in the journal are known.

    Args:
        connection: Any.
        since: Seconds since 1970.

    """
    unread: set[int] = set()
    unstarred: set[int] = set()
    untagged: set[tuple[int, str]] = set()
    steps = connection.execute(
        "SELECT changes, undone_at IS NOT NULL FROM journal WHERE max(at, ifnull(undone_at, 0)) >= ?", (since,)
    )
    for packed, is_undone in steps:
        try:
            changes = unpacked_json(packed)
        except ValueError:
            continue
        for group, found in (("read", unread), ("star", unstarred)):
            for before, gaps in changes.get(group, ()):
                # A mark came off if the step took it off, or if the step put it on and was taken back.
                if bool(before[0]) is not bool(is_undone):
                    found.update(accumulate(gaps))
        for name, gaps in changes.get("tag" if is_undone else "untag", ()):
            untagged.update((number, name) for number in accumulate(gaps))
    return Removals(frozenset(unread), frozenset(unstarred), frozenset(untagged))


def carry_in(
    connection: sqlite3.Connection,
    articles: Sequence[CarriedArticle],
    feed_ids: Mapping[str, int],
    *,
    own: Sequence[range],
    now: int,
) -> CarriedIn:
    """Take a batch of articles in.

    Args:
        connection: The writer's, in a transaction.
        articles: In the order of their ids; entries with the same key become one article.
        feed_ids: Feeds by address without login. Articles of other feeds are left out.
        own: Ids this import made so far. They do not count as known by their address: what came in together is apart.
        now: Seconds since 1970; nothing was seen later.

    """
    batch = _Batch(feed_ids, own, now)
    _sort_out(connection, articles, batch)
    first_id = last_id(connection) + 1
    index = IndexBatch()
    _insert(connection, batch, index)
    index.write(connection)
    _supplement(connection, batch)
    made = range(first_id, first_id + len(batch.fresh))
    return CarriedIn(len(batch.fresh), len(batch.known), batch.homeless, tuple(_lacking(connection, batch)), made)


def _sort_out(connection: sqlite3.Connection, articles: Sequence[CarriedArticle], batch: _Batch) -> None:
    stored = _stored_keys(connection, [key for one in articles for key in batch.hashes(one)])
    wanted = [one.merge_hash for one in articles if one.merge_hash is not None]
    taken: set[tuple[int, int]] = set()
    by_feed: dict[int, dict[int, list[Candidate]]] = {}
    for one in articles:
        keys = batch.hashes(one)
        if not keys:
            batch.homeless += 1
            continue
        found = next((stored[key[:2]] for key in keys if key[:2] in stored), None)
        if found is None and one.merge_hash is not None:
            home = keys[0][0]
            if home not in by_feed:
                by_feed[home] = candidates(connection, home, wanted, any_feed=True)
            same_address = by_feed[home].get(one.merge_hash, ())
            found = _same(one, [each for each in same_address if not batch.is_own(each.article_id)])
        if found is not None:
            batch.known.append((found, one))
        elif not taken.intersection(key[:2] for key in keys):
            batch.fresh.append(one)
            taken.update(key[:2] for key in keys)


def _same(one: CarriedArticle, among: Sequence[Candidate]) -> int | None:
    """The stored article it is by its address, or None."""
    if one.entry is None:
        return among[0].article_id if len(among) == 1 else None
    chosen = choose(one.entry, among)
    return chosen.article_id if chosen else None


def _stored_keys(connection: sqlite3.Connection, keys: Iterable[tuple[int, int, bytes]]) -> dict[tuple[int, int], int]:
    by_feed: dict[int, list[int]] = {}
    for feed_id, entry_hash, _content in keys:
        by_feed.setdefault(feed_id, []).append(entry_hash)
    found: dict[tuple[int, int], int] = {}
    for feed_id, hashes in by_feed.items():
        rows = connection.execute(
            """
            SELECT entry_hash, article_id
              FROM feed_entries
             WHERE feed_id = ? AND entry_hash IN (SELECT value FROM json_each(?))
            """,
            (feed_id, as_json(hashes)),
        )
        found.update(((feed_id, entry_hash), article_id) for entry_hash, article_id in rows)
    return found


def _insert(connection: sqlite3.Connection, batch: _Batch, index: IndexBatch) -> None:
    listed = {number for (number,) in connection.execute("SELECT id FROM feeds WHERE is_listed = 1")}
    taken: set[int] = set()
    for article_id, one in enumerate(batch.fresh, last_id(connection) + 1):
        keys = batch.hashes(one)
        feeds = tuple(dict.fromkeys(number for number, _entry, _content in keys))
        seen = min(max(seconds(one.first_seen) or 0, 0), batch.now)
        place = place_of(one.entry.published if one.entry else None, seen, article_id)
        place = free_place(connection, place, taken)
        taken.add(place)
        is_listed = one.entry is not None and not listed.isdisjoint(feeds)
        _insert_status(connection, article_id, place, seen, one, is_listed=is_listed)
        if one.entry is not None:
            index.add(place, _insert_article(connection, article_id, one, one.entry, feeds))
            connection.executemany(
                "INSERT INTO feed_articles (feed_id, place, article_id) VALUES (?, ?, ?)",
                [(number, place, article_id) for number in feeds],
            )
        _remember_keys(connection, article_id, keys)


def _insert_status(
    connection: sqlite3.Connection, article_id: int, place: int, seen: int, one: CarriedArticle, *, is_listed: bool
) -> None:
    marks = one.marks
    connection.execute(
        """
        INSERT INTO statuses (id, merge_hash, place, first_seen, is_listed, muted_by, highlight,
                              is_read, read_at, is_starred, starred_at, note)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            article_id,
            None if one.merge_hash is None else safe_int(one.merge_hash),
            place,
            seen,
            int(is_listed),
            "" if marks.is_starred else safe_text(marks.muted_by),
            safe_text(marks.highlight),
            int(marks.is_read),
            seconds(marks.read_at) if marks.is_read else None,
            int(marks.is_starred),
            seconds(marks.starred_at) if marks.is_starred else None,
            safe_text(marks.note),
        ),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO article_tags (article_id, tag, place) VALUES (?, ?, ?)",
        [(article_id, safe_text(tag), place) for tag in marks.tags],
    )


def _insert_article(
    connection: sqlite3.Connection,
    article_id: int,
    one: CarriedArticle,
    entry: ParsedEntry,
    feeds: tuple[int, ...],
) -> Indexed:
    full = one.full
    media = media_letters(entry, has_full=full is not None)
    words = max(entry.words, full.words if full else 0)
    values = {
        "id": article_id,
        **article_values(entry, feeds[0], media=media, words=words),
        "changed_at": seconds(one.changed_at),
    }
    connection.execute(
        f"INSERT INTO articles ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",  # noqa: S608 - our own names
        tuple(values.values()),
    )
    text, full_text = text_of(entry), safe_text(full.text) if full else ""
    connection.execute(
        "INSERT INTO texts (id, document, text, full_document, full_text) VALUES (?, ?, ?, ?, ?)",
        (article_id, entry.document, text, full.document if full else b"", full_text),
    )
    return Indexed(
        values["title"], text, full_text, values["author"], tuple(sorted(feeds)), values["url"], values["dateline"],
        media, words,
    )  # fmt: skip


def _remember_keys(connection: sqlite3.Connection, article_id: int, keys: Iterable[tuple[int, int, bytes]]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO feed_entries (feed_id, entry_hash, article_id, content_hash) VALUES (?, ?, ?, ?)",
        [(feed_id, entry_hash, article_id, content) for feed_id, entry_hash, content in keys],
    )


def _supplement(connection: sqlite3.Connection, batch: _Batch) -> None:
    """Give articles that are here already what they lack: keys, feeds, the whole text, a note."""
    wanted = ids_json(number for number, _one in batch.known)
    rows = connection.execute(
        "SELECT article_id, feed_id FROM feed_articles WHERE article_id IN (SELECT value FROM json_each(?))", (wanted,)
    )
    standing = set(rows.fetchall())
    joining: dict[int, list[Incoming]] = {}
    for number, one in batch.known:
        keys = batch.hashes(one)
        _remember_keys(connection, number, keys)
        for feed_id in dict.fromkeys(key[0] for key in keys):
            if one.entry is not None and (number, feed_id) not in standing:
                joining.setdefault(feed_id, []).append(Incoming(number, one.entry, is_join=True))
    index = IndexBatch()
    for feed_id, incoming in joining.items():
        revise(connection, feed_id, incoming, now=batch.now, index=index)
        index.write(connection)
        index = IndexBatch()
    whole = {number: one.full for number, one in batch.known if one.full is not None}
    lacking = connection.execute(
        "SELECT id FROM texts WHERE full_text = '' AND id IN (SELECT value FROM json_each(?))", (ids_json(whole),)
    )
    for (number,) in lacking.fetchall():
        save_full(connection, number, whole[number])
    connection.executemany(
        "UPDATE statuses SET note = ? WHERE id = ? AND note = ''",
        [(safe_text(one.marks.note), number) for number, one in batch.known if one.marks.note],
    )


def _lacking(connection: sqlite3.Connection, batch: _Batch) -> Iterable[tuple[int, Marks]]:
    """The articles that lack marks the other store has, with those."""
    wanted = ids_json(number for number, _one in batch.known)
    rows = connection.execute(
        "SELECT id, is_read, is_starred FROM statuses WHERE id IN (SELECT value FROM json_each(?))", (wanted,)
    )
    now = {number: (bool(is_read), bool(is_starred)) for number, is_read, is_starred in rows}
    tags = connection.execute(
        "SELECT article_id, tag FROM article_tags WHERE article_id IN (SELECT value FROM json_each(?))", (wanted,)
    )
    tagged = set(tags.fetchall())
    for number, one in batch.known:
        is_read, is_starred = now[number]
        lacking = Marks(
            is_read=one.marks.is_read and not is_read,
            is_starred=one.marks.is_starred and not is_starred,
            tags=tuple(tag for tag in one.marks.tags if (number, safe_text(tag)) not in tagged),
        )
        if lacking != Marks():
            yield number, lacking
