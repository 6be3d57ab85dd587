"""Carrying out a refresh plan: what one feed brought, stored in one transaction.

Everything is looked up and written in batches: a query for all entries instead of one each, and the search index fed
in the order of its rowids, which spares it from flushing its buffer for each article.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from reader.errors import NotFoundError
from reader.i18n import _
from reader.light import dataclass
from reader.model import KnownEntry, Stored, Verdict
from reader.storage.entries import article_values, media_letters, text_of
from reader.storage.feeds import save_facts, save_state
from reader.storage.indexing import IndexBatch, indexed_rows
from reader.storage.joining import Candidate, candidates, choose
from reader.storage.revising import Incoming, revise
from reader.storage.search.index import Indexed
from reader.storage.values import PLACE_BITS, as_json, key_hash, place_of, safe_int, safe_text, seconds

if TYPE_CHECKING:
    from reader.model import FeedState, PageText, ParsedEntry, RefreshPlan

__all__ = ["Work", "carry_out", "free_place", "in_turn", "known", "save_full", "save_vain"]

_NO_VERDICT = Verdict()

T = TypeVar("T")

Work = Callable[[sqlite3.Connection, IndexBatch], T]
"""Part of a transaction that shares its changes to the search index with others."""


@dataclass(slots=True)
class _Fresh:
    """An article the store has never seen."""

    entry: ParsedEntry
    merge_hash: int | None
    keys: list[tuple[int, bytes]]
    """Entry hash and content hash of every entry of the document that is this article; mostly one."""
    article_id: int = 0
    place: int = 0


@dataclass(slots=True)
class _Sorted:
    """A plan's entries by what has to be done with them."""

    fresh: list[_Fresh] = field(default_factory=list)
    incoming: list[Incoming] = field(default_factory=list)
    twins: int = 0
    """Entries that are the same article as another entry of the same document."""


def known(connection: sqlite3.Connection, feed_id: int, keys: Iterable[str]) -> dict[str, KnownEntry]:
    """What the store knows of a feed's entries, by key; unknown keys are left out."""
    by_key = {key: key_hash(key) for key in keys}
    found = _known(connection, feed_id, by_key.values())
    return {key: found[number] for key, number in by_key.items() if number in found}


def _known(connection: sqlite3.Connection, feed_id: int, hashes: Iterable[int]) -> dict[int, KnownEntry]:
    rows = connection.execute(
        """
        SELECT entry_hash, article_id, content_hash
          FROM feed_entries
         WHERE feed_id = ? AND entry_hash IN (SELECT value FROM json_each(?))
        """,
        (safe_int(feed_id), as_json(list(hashes))),
    )
    return {entry_hash: KnownEntry(article_id, content_hash) for entry_hash, article_id, content_hash in rows}


def in_turn(connection: sqlite3.Connection, works: Sequence[Work[T]]) -> list[T]:
    """Carry out several works in one transaction; what each came to.

    The search index gets all their articles in one piece, in the order of its rowids: one segment to be merged later
    instead of many, which is most of what storing costs.
    """
    index = IndexBatch()
    results = [work(connection, index) for work in works]
    index.write(connection)
    return results


def carry_out(
    connection: sqlite3.Connection,
    index: IndexBatch,
    plan: RefreshPlan,
    state: FeedState,
    *,
    now: datetime,
    merge: bool = True,
    verdicts: Mapping[str, Verdict] | None = None,
) -> Stored:
    """Store what a feed brought, what it told of itself and what is remembered of it; release its lease.

    Args:
        connection: The writer's, in a transaction.
        index: Told what changes for the search index; whoever gives it writes it.
        plan: What to store. What another process has stored meanwhile is seen and not stored twice.
        state: Replaces the feed's state.
        now: When the new articles were first seen.
        merge: An entry may join an article of another feed; False: only one of its own feed.
        verdicts: What the rules say, by entry key. Applied to articles that are new in the store.

    Raises:
        NotFoundError: there is no such feed.

    """
    feed_id = plan.feed_id
    row = connection.execute("SELECT is_listed FROM feeds WHERE id = ?", (safe_int(feed_id),)).fetchone()
    if row is None:
        raise NotFoundError(_("No feed {id}.").format(id=feed_id))
    seen = seconds(now) or 0
    todo = _sort_out(connection, plan, merge=merge)
    if todo.incoming:
        # They may be articles that are still on their way into the index; it forgets only what it knows.
        index.write(connection)
    _number(connection, todo.fresh, seen)
    _insert(connection, feed_id, todo.fresh, verdicts or {}, seen, is_listed=row[0])
    for one in todo.fresh:
        index.add(one.place, _indexed(one.entry, feed_id))
    updated = revise(connection, feed_id, todo.incoming, now=seen, index=index) if todo.incoming else 0
    _remember_entries(connection, feed_id, todo)
    save_facts(connection, feed_id, plan.facts)
    save_state(connection, feed_id, state)
    joined = todo.twins + sum(one.is_join for one in todo.incoming)
    newest_first = sorted(todo.fresh, key=lambda one: -one.place)
    muted = sum(bool(_muted_by((verdicts or {}).get(one.entry.key, _NO_VERDICT))) for one in todo.fresh)
    return Stored(tuple(one.article_id for one in newest_first), joined, updated, muted)


def save_full(connection: sqlite3.Connection, article_id: int, page: PageText) -> None:
    """Store the whole article from its page beside the feed's text.

    Raises:
        NotFoundError: there is no such article.

    """
    with _reindexed(connection, article_id):
        connection.execute(
            "UPDATE texts SET full_document = ?, full_text = ? WHERE id = ?",
            (page.document, safe_text(page.text), article_id),
        )
        connection.execute(
            """
            UPDATE articles
               SET words = max(feed_words, :words),
                   media = replace(replace(media, 'x', ''), 'f', '') || 'f',
                   author = iif(author = '', :author, author),
                   dateline = iif(dateline = '', :place, dateline)
             WHERE id = :id
            """,
            {
                "words": page.words,
                "author": safe_text(page.author),
                "place": safe_text(page.place),
                "id": article_id,
            },
        )


def save_vain(connection: sqlite3.Connection, article_id: int) -> None:
    """Remember that an article's page gave no more than the feed; forgotten when the article changes.

    Raises:
        NotFoundError: there is no such article.

    """
    with _reindexed(connection, article_id):
        connection.execute(
            "UPDATE articles SET media = media || 'x' WHERE id = ? AND instr(media, 'x') = 0", (article_id,)
        )


@contextlib.contextmanager
def _reindexed(connection: sqlite3.Connection, article_id: int) -> Iterator[None]:
    """Bring the search index in step with what is done to an article meanwhile."""
    before = indexed_rows(connection, [article_id])
    if not before:
        raise NotFoundError(_("No article {id}.").format(id=article_id))
    yield
    index = IndexBatch()
    for place, indexed in before:
        index.remove(place, indexed)
    for place, indexed in indexed_rows(connection, [article_id]):
        index.add(place, indexed)
    index.write(connection)


def free_place(connection: sqlite3.Connection, place: int, taken: Collection[int]) -> int:
    """The place itself, or the next one of the same second, that nobody has. Ids a million apart share low bits."""
    second = place >> PLACE_BITS << PLACE_BITS
    while True:
        if place not in taken and not connection.execute("SELECT 1 FROM statuses WHERE place = ?", (place,)).fetchone():
            return place
        place = second | (place + 1) & (1 << PLACE_BITS) - 1


def _sort_out(connection: sqlite3.Connection, plan: RefreshPlan, *, merge: bool) -> _Sorted:
    entries = [*plan.new, *(entry for _id, entry in plan.changed)]
    hashes = [key_hash(entry.key) for entry in entries]
    stored = _known(connection, plan.feed_id, hashes)
    merge_hashes = [key_hash(entry.merge_key) if entry.merge_key else None for entry in entries]
    among = candidates(
        connection, plan.feed_id, (number for number in merge_hashes if number is not None), any_feed=merge
    )
    todo = _Sorted()
    by_merge_hash: dict[int, list[_Fresh]] = {}
    for entry, entry_hash, merge_hash in zip(entries, hashes, merge_hashes, strict=True):
        if before := stored.get(entry_hash):
            if before.content_hash != entry.content_hash:
                todo.incoming.append(Incoming(before.article_id, entry, is_join=False))
            continue
        if merge_hash is not None:
            if twin := _twin(entry, by_merge_hash.get(merge_hash, ())):
                twin.keys.append((entry_hash, entry.content_hash))
                todo.twins += 1
                continue
            if chosen := choose(entry, among.get(merge_hash, ())):
                todo.incoming.append(Incoming(chosen.article_id, entry, is_join=True))
                continue
        one = _Fresh(entry, merge_hash, [(entry_hash, entry.content_hash)])
        todo.fresh.append(one)
        if merge_hash is not None:
            by_merge_hash.setdefault(merge_hash, []).append(one)
    return todo


def _twin(entry: ParsedEntry, fresh: Sequence[_Fresh]) -> _Fresh | None:
    """The new article of the same document that the entry is once more: its address and its title are the same."""
    among = [Candidate(at, at, one.entry.title, None, is_in_feed=True) for at, one in enumerate(fresh)]
    chosen = choose(entry, among)
    return fresh[chosen.article_id] if chosen else None


def _number(connection: sqlite3.Connection, fresh: Sequence[_Fresh], seen: int) -> None:
    """Give new articles ids and places. What stands first in the document gets the highest, so it is the newest."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'statuses'").fetchone()
    last: int = row[0] if row else 0
    for number, one in enumerate(reversed(fresh), last + 1):
        one.article_id = number
        one.place = place_of(one.entry.published, seen, number)
    taken = {one.place for one in fresh}
    rows = connection.execute(
        "SELECT place FROM statuses WHERE place IN (SELECT value FROM json_each(?))", (as_json(sorted(taken)),)
    )
    clashes = {place for (place,) in rows}
    for one in fresh:
        if one.place in clashes:
            one.place = free_place(connection, one.place, taken)
            taken.add(one.place)


def _insert(
    connection: sqlite3.Connection,
    feed_id: int,
    fresh: Sequence[_Fresh],
    verdicts: Mapping[str, Verdict],
    seen: int,
    *,
    is_listed: int,
) -> None:
    oldest_first = sorted(fresh, key=lambda one: one.article_id)
    judged = [(one, verdicts.get(one.entry.key, _NO_VERDICT)) for one in oldest_first]
    connection.executemany(
        """
        INSERT INTO statuses (id, merge_hash, place, first_seen, is_listed, muted_by, highlight,
                              is_read, read_at, is_starred, starred_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [(one.article_id, one.merge_hash, one.place, seen, is_listed, *_marks(said, seen)) for one, said in judged],
    )
    rows = [_article_row(one, feed_id) for one in oldest_first]
    if rows:
        names = ", ".join(rows[0])
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(
            f"INSERT INTO articles ({names}) VALUES ({marks})",  # noqa: S608 - our own names
            [tuple(row.values()) for row in rows],
        )
    connection.executemany(
        "INSERT INTO texts (id, document, text) VALUES (?, ?, ?)",
        [(one.article_id, one.entry.document, text_of(one.entry)) for one in oldest_first],
    )
    connection.executemany(
        "INSERT INTO feed_articles (feed_id, place, article_id) VALUES (?, ?, ?)",
        sorted((feed_id, one.place, one.article_id) for one in fresh),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO article_tags (article_id, tag, place) VALUES (?, ?, ?)",
        [(one.article_id, safe_text(tag), one.place) for one, said in judged for tag in said.tags],
    )


def _article_row(one: _Fresh, feed_id: int) -> dict[str, object]:
    entry = one.entry
    media = media_letters(entry, has_full=False)
    return {"id": one.article_id, **article_values(entry, feed_id, media=media, words=entry.words)}


def _muted_by(said: Verdict) -> str:
    return "" if said.is_starred else safe_text(said.muted_by)


def _marks(said: Verdict, seen: int) -> tuple[str, str, int, int | None, int, int | None]:
    return (
        _muted_by(said),
        safe_text(said.highlight),
        int(said.is_read),
        seen if said.is_read else None,
        int(said.is_starred),
        seen if said.is_starred else None,
    )


def _indexed(entry: ParsedEntry, feed_id: int) -> Indexed:
    return Indexed(
        safe_text(entry.title),
        text_of(entry),
        "",
        safe_text(entry.author),
        (feed_id,),
        safe_text(entry.url),
        safe_text(entry.place),
        media_letters(entry, has_full=False),
        entry.words,
    )


def _remember_entries(connection: sqlite3.Connection, feed_id: int, todo: _Sorted) -> None:
    rows = [(feed_id, number, one.article_id, content) for one in todo.fresh for number, content in one.keys]
    rows += [(feed_id, key_hash(one.entry.key), one.article_id, one.entry.content_hash) for one in todo.incoming]
    connection.executemany(
        """
        INSERT INTO feed_entries (feed_id, entry_hash, article_id, content_hash)
        VALUES (?, ?, ?, ?)
            ON CONFLICT (feed_id, entry_hash) DO UPDATE SET content_hash = excluded.content_hash
        """,
        sorted(rows),
    )
