"""The threads that own the connections."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from pathlib import Path

import pytest

from reader.errors import NotFoundError, StorageError
from reader.model import FeedFacts, FeedState, RefreshPlan, Stored
from reader.storage.store import Store
from tests.unit.storage.making import Clock, Shelf, entry, opened

FOREVER = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


async def test_a_cancelled_read_is_interrupted(shelf: Shelf) -> None:
    """A superseded search must not keep the next one waiting."""
    search = asyncio.ensure_future(shelf.store._reader.run(lambda db: db.execute(FOREVER).fetchone()))
    await asyncio.sleep(0.02)
    search.cancel()

    async with asyncio.timeout(20):
        assert await shelf.store.rows([]) == ()
    with pytest.raises(asyncio.CancelledError):
        await search


async def test_interrupting_one_read_never_hits_the_next(shelf: Shelf) -> None:
    """The one that waits behind a cancelled one is answered."""
    for _ in range(30):
        search = asyncio.ensure_future(shelf.store._reader.run(lambda db: db.execute(FOREVER).fetchone()))
        after = asyncio.ensure_future(shelf.store.feeds())
        await asyncio.sleep(0)
        search.cancel()
        assert await after == ()


async def test_a_long_search_does_not_hold_up_rows(shelf: Shelf) -> None:
    """The list stays scrollable while the tail of a search runs."""
    search = asyncio.ensure_future(shelf.store._searcher.run(lambda db: db.execute(FOREVER).fetchone()))
    await asyncio.sleep(0.02)

    async with asyncio.timeout(20):
        assert await shelf.store.rows([]) == ()
    search.cancel()


async def test_a_cancelled_mark_is_still_made(shelf: Shelf) -> None:
    """Whoever pressed the key meant it; only refreshes that wait are dropped."""
    (rri,) = await shelf.subscribe("rri")
    (number,) = (await shelf.bring(rri, entry("1"))).new_ids
    blocker = asyncio.ensure_future(shelf.store._writer.run(lambda _db: time.sleep(0.05)))
    mark = asyncio.ensure_future(shelf.store.mark([number], "star"))
    refresh = asyncio.ensure_future(shelf.bring(rri, entry("2")))
    await asyncio.sleep(0.02)
    mark.cancel()
    refresh.cancel()
    await blocker

    await shelf.store.undo()
    assert await shelf.store.undo() is None
    assert await shelf.ids() == [number]


async def test_closing_is_quick_and_makes_the_marks_that_wait(tmp_path: Path) -> None:
    """Quit during a refresh takes under a second, and what was starred last is starred."""
    async with opened(tmp_path / "warta.db") as store:
        shelf = Shelf(store, Clock())
        (rri,) = await shelf.subscribe("rri")
        (number,) = (await shelf.bring(rri, entry("1"))).new_ids
        search = asyncio.ensure_future(store._searcher.run(lambda db: db.execute(FOREVER).fetchone()))
        mark = asyncio.ensure_future(store.mark([number], "star"))
        await asyncio.sleep(0)
        async with asyncio.timeout(20):
            await store.close()
        await mark
        with pytest.raises(StorageError):
            await search
        with pytest.raises(StorageError, match="closed"):
            await store.feeds()
    async with opened(tmp_path / "warta.db") as store:
        assert (await store.rows([number]))[0].is_starred


async def test_a_closed_database_is_one_file(tmp_path: Path) -> None:
    """Whoever copies it then has all of it."""
    for number in range(10):
        async with opened(tmp_path / "warta.db") as store:
            await store.save_ui_state("a", number)
        assert not (tmp_path / "warta.db-wal").exists()


async def test_closing_breaks_off_a_transaction_that_does_not_end(tmp_path: Path) -> None:
    """It is rolled back whole."""
    store = await Store.open(tmp_path / "warta.db", now=Clock())

    def endless(db: sqlite3.Connection) -> None:
        db.execute("INSERT INTO meta VALUES ('half', 'done')")
        db.execute(FOREVER).fetchone()

    write = asyncio.ensure_future(store._writer.run(endless))
    await asyncio.sleep(0.02)

    async with asyncio.timeout(20):
        await store.close()

    with pytest.raises(StorageError):
        await write
    async with opened(tmp_path / "warta.db") as again:
        rows = await again._reader.run(lambda db: db.execute("SELECT * FROM meta WHERE key = 'half'").fetchall())
    assert rows == []


async def test_a_failing_function_rolls_back_and_tells_who_awaits(shelf: Shelf) -> None:
    """No exception of sqlite3 leaves the store; others pass as they are."""

    def half(db: sqlite3.Connection) -> None:
        db.execute("INSERT INTO meta VALUES ('half', 'done')")
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        await shelf.store._writer.run(half)
    with pytest.raises(StorageError) as caught:
        await shelf.store._writer.run(lambda db: db.execute("SELECT nothing"))
    assert isinstance(caught.value.__cause__, sqlite3.Error)
    rows = await shelf.store._reader.run(lambda db: db.execute("SELECT * FROM meta WHERE key = 'half'").fetchall())
    assert rows == []


async def test_a_reader_cannot_write(shelf: Shelf) -> None:
    """Nor wait for the writer: they see the state before."""
    with pytest.raises(StorageError):
        await shelf.store._reader.run(lambda db: db.execute("DELETE FROM feeds"))


async def test_a_lock_held_by_another_program_is_waited_for(shelf: Shelf) -> None:
    """Assertion 62: nobody is told that the database is locked."""
    other = sqlite3.connect(shelf.store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.ensure_future(shelf.store.save_ui_state("a", 1))
    await asyncio.sleep(0.3)
    still_waiting = not waiting.done()
    other.execute("COMMIT")
    other.close()
    await waiting

    assert still_waiting
    assert await shelf.store.load_state("a") == 1


async def test_ui_state_keeps_any_json(shelf: Shelf) -> None:
    """Also what SQLite would refuse as it stands."""
    value = {"a": [1, 2.5, None, "\ud800\0", 2**80]}
    await shelf.store.save_ui_state("\ud800", value)

    assert await shelf.store.load_state("\ud800") == value
    assert await shelf.store.load_state("none", 7) == 7


async def test_feeds_that_come_together_share_a_transaction(shelf: Shelf) -> None:
    """A transaction costs as much as ten articles; a cold start brings a hundred feeds at once."""
    feeds = await shelf.subscribe("rri", "antara", "suara")
    statements: list[str] = []
    await shelf.store._writer.run(lambda db: db.set_trace_callback(statements.append))
    stored = await _bring_together(shelf, feeds)

    assert [len(each.new_ids) for each in stored if isinstance(each, Stored)] == [1, 1, 1]
    assert await shelf.found("kapal") == sorted(n for each in stored if isinstance(each, Stored) for n in each.new_ids)
    assert statements.count("COMMIT") == 2  # of turning the trace on, of these three


async def test_one_feed_that_cannot_be_stored_costs_the_others_nothing(shelf: Shelf) -> None:
    """They share a transaction, not their luck."""
    rri, antara = await shelf.subscribe("rri", "antara")
    first, nobody, second = await _bring_together(shelf, [rri, 99, antara])

    assert isinstance(nobody, NotFoundError)
    assert isinstance(first, Stored)
    assert isinstance(second, Stored)
    assert await shelf.found("kapal") == sorted(first.new_ids + second.new_ids)


async def test_a_mark_ends_the_wait_for_other_feeds(shelf: Shelf) -> None:
    """What a person does never waits for what may come."""
    (rri,) = await shelf.subscribe("rri")
    (number,) = (await _bring(shelf, rri, "1")).new_ids
    shelf.store._writer.gather_seconds = 3600
    waiting = asyncio.ensure_future(_bring(shelf, rri, "2", more_soon=True))
    await asyncio.sleep(0)

    assert await shelf.store.mark([number], "star")
    assert len((await waiting).new_ids) == 1


async def _bring_together(shelf: Shelf, feeds: list[int]) -> list[Stored | BaseException]:
    """Each but the last says that another comes."""
    shelf.store._writer.gather_seconds = 3600
    works = [_bring(shelf, feed, str(feed), more_soon=feed != feeds[-1]) for feed in feeds]
    return await asyncio.gather(*works, return_exceptions=True)


async def _bring(shelf: Shelf, feed: int, key: str, *, more_soon: bool = False) -> Stored:
    plan = RefreshPlan(feed, FeedFacts(), (entry(key, "Kapal perintis"),))
    return await shelf.store.carry_out(plan, FeedState(), now=shelf.clock(), more_soon=more_soon)


async def test_only_what_others_commit_is_a_change_elsewhere(shelf: Shelf) -> None:
    """The screen reads everything again for it, which its own marks need not."""
    (rri,) = await shelf.subscribe("rri")
    (number,) = (await shelf.bring(rri, entry("1"))).new_ids
    async with opened(shelf.store.path, shelf.clock) as other:
        await shelf.store.changed_elsewhere()  # opening may have written
        await shelf.store.mark([number], "star")
        assert not await shelf.store.changed_elsewhere()
        assert await other.changed_elsewhere()
        assert not await other.changed_elsewhere()

        await other.mark([number], "read")
        await shelf.store.save_ui_state("x", 1)
        assert await shelf.store.changed_elsewhere()
        assert not await shelf.store.changed_elsewhere()


async def test_looking_for_changes_takes_no_lock(shelf: Shelf) -> None:
    """A long write of another process, or one that hangs, must not hold it up, nor it the other."""
    blocker = sqlite3.connect(shelf.store.path, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    try:
        async with asyncio.timeout(20):
            assert not await shelf.store.changed_elsewhere()
    finally:
        blocker.close()
