"""Opening the database, whatever state it is in."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from reader.errors import StorageError, StorageTooNewError
from reader.storage.connection import suspect_marker
from reader.storage.migrations import MIGRATIONS, backup_path, migrate, version_of
from reader.storage.opening import SMALL_BYTES, _open_writable, open_database
from tests.unit.storage.checking import assert_sound
from tests.unit.storage.making import START, Clock, Shelf, entry, opened


async def _filled(path: Path, articles: int = 200) -> list[int]:
    """A database with articles, a star, tags and a step to undo; closed. Ids newest first."""
    async with opened(path) as store:
        shelf = Shelf(store, Clock())
        feeds = await shelf.subscribe("rri", "antara")
        for feed_id in feeds:
            await shelf.bring(
                feed_id,
                *(
                    entry(f"{feed_id}-{n}", text=f"kata{n} " * 100, summary="ringkas " * 35, merge_key=f"{feed_id}-{n}")
                    for n in range(articles // 2)
                ),
            )
        ids = await shelf.ids()
        await store.mark(ids[::10], "star")
        await store.tag(ids[::20], "penting")
        await store.save_ui_state("theme", "warta-dark")
    return ids


def _damage(path: Path, offset: int, length: int) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(os.urandom(length))


def _leaf_page(path: Path, content: bytes) -> int:
    """The first page of table rows, counted from 0, that holds some text."""
    pages = path.read_bytes()
    starts = range(0, len(pages), 8192)
    return next(at // 8192 for at in starts if pages[at] == 0x0D and content in pages[at : at + 8192])


async def test_a_new_database_asks_for_nothing(tmp_path: Path) -> None:
    """First run: the folder is made, nothing is told."""
    async with opened(tmp_path / "a" / "b" / "warta.db") as store:
        assert (store.notices, store.is_read_only, await store.feeds()) == ((), False, ())
    assert_sound(tmp_path / "a" / "b" / "warta.db")


async def test_a_path_with_special_characters_is_a_path(tmp_path: Path) -> None:
    """SQLite gets an URI; `?` and `#` in a folder's name must not end it."""
    path = tmp_path / "a?b#c%20 d" / "warta.db"
    async with opened(path):
        pass
    assert path.stat().st_size > 0


async def test_a_zero_byte_file_is_a_new_database(tmp_path: Path) -> None:
    """Assertion 64: there is nothing in it to keep."""
    path = tmp_path / "warta.db"
    path.touch()
    async with opened(path) as store:
        assert store.notices == ()
    assert sorted(os.listdir(tmp_path)) == ["warta.db", "warta.db.lock"]  # noqa: PTH208 - names only


async def test_a_file_that_is_no_database_is_moved_aside(tmp_path: Path) -> None:
    """Assertion 64: never overwritten; the reader is told and starts afresh."""
    path = tmp_path / "warta.db"
    path.write_bytes(b"not a database" * 1000)

    async with opened(path) as store:
        assert len(store.notices) == 1
        assert await store.feeds() == ()

    aside = tmp_path / f"warta.db.damaged-{START:%Y%m%dT%H%M%S}"
    assert aside.read_bytes() == b"not a database" * 1000


async def test_a_second_damaged_file_does_not_overwrite_the_first(tmp_path: Path) -> None:
    """Two in one second get two names."""
    path = tmp_path / "warta.db"
    for content in (b"one" * 100, b"two" * 100):
        path.write_bytes(content)
        async with opened(path):
            pass

    aside = f"warta.db.damaged-{START:%Y%m%dT%H%M%S}"
    assert [(tmp_path / name).read_bytes()[:3] for name in (aside, aside + "-2")] == [b"one", b"two"]


async def test_marks_are_saved_from_a_damaged_file(tmp_path: Path) -> None:
    """Assertion 64: with some pages gone, most articles, marks, tags and steps are still there, and sound."""
    path = tmp_path / "warta.db"
    ids = await _filled(path)
    _damage(path, _leaf_page(path, b"Berita 1-50") * 8192, 8192)

    async with opened(path) as store:
        shelf = Shelf(store, Clock())
        counts = await store.counts(today_start=START)
        saved = set(await shelf.ids())
        assert len(store.notices) == 1
        assert len(await store.feeds(include_unlisted=True)) == 2
        assert len(ids) * 0.7 <= len(saved) < len(ids)
        assert (counts.starred, counts.tags["penting"]) == (20, 10)
        assert await store.load_state("theme") == "warta-dark"
        # What was lost comes back with the next refresh.
        rri, _antara = await shelf.subscribe("rri", "antara")
        await shelf.bring(rri, *(entry(f"{rri}-{n}", text=f"kata{n} " * 100) for n in range(len(ids) // 2)))
        assert (await store.feeds())[0].articles == len(ids) // 2
    assert_sound(path)


@pytest.mark.parametrize("page", range(1, 40, 3))
async def test_any_damaged_page_is_survived(tmp_path: Path, page: int) -> None:
    """Wherever SQLite met the damage: no exception, a sound database, and the index has every article."""
    path = tmp_path / "warta.db"
    await _filled(path, 60)
    _damage(path, page * 8192, 8192)
    suspect_marker(path).touch()

    async with opened(path):
        pass

    assert_sound(path)


async def test_a_damaged_index_is_built_anew_without_moving_anything(tmp_path: Path) -> None:
    """Articles and marks have nothing to do with it."""
    path = tmp_path / "warta.db"
    ids = await _filled(path, 60)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE search_data SET block = randomblob(length(block)) WHERE id > 10")
    connection.close()
    suspect_marker(path).touch()

    async with opened(path) as store:
        assert store.notices == ()
        assert await Shelf(store, Clock()).found("kata7") != []
        assert len(await store.rows(ids)) == 60
    assert_sound(path)
    assert not any("damaged" in name for name in os.listdir(tmp_path))  # noqa: PTH208 - names only


async def test_a_truncated_file_is_survived(tmp_path: Path) -> None:
    """A copy that broke off."""
    path = tmp_path / "warta.db"
    await _filled(path)
    os.truncate(path, path.stat().st_size // 3)

    async with opened(path) as store:
        assert len(store.notices) == 1
    assert_sound(path)


async def test_damage_met_while_running_is_mended_at_the_next_start(tmp_path: Path) -> None:
    """A large file is not looked at whole at each start, but after damage was met in it."""
    path = tmp_path / "warta.db"
    await _filled(path)
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE ballast (blob)")
        connection.execute("INSERT INTO ballast VALUES (zeroblob(?))", (SMALL_BYTES,))
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ui_state'").fetchone()[0]
    connection.close()
    _damage(path, (root - 1) * 8192, 4096)

    async with opened(path) as store:
        assert store.notices == ()
        with pytest.raises(StorageError, match="damaged"):
            await store.load_state("theme")
    assert suspect_marker(path).exists()
    async with opened(path) as store:
        assert len(store.notices) == 1
        assert (await store.counts(today_start=START)).starred == 20
    assert not suspect_marker(path).exists()


async def test_somebody_elses_database_is_refused(tmp_path: Path) -> None:
    """It is not ours to move."""
    path = tmp_path / "warta.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE photos (id)")
    connection.close()
    before = path.read_bytes()

    with pytest.raises(StorageError, match="not a Warta database"):
        async with opened(path):
            pass
    assert path.read_bytes() == before


async def test_opening_waits_for_a_copy_that_closes(tmp_path: Path) -> None:
    """The last to close folds the log into the file and keeps all out meanwhile, also who has looked at it already."""
    path = tmp_path / "warta.db"
    await _filled(path, 2)
    closing = sqlite3.connect(path, isolation_level=None)
    closing.execute("PRAGMA locking_mode = EXCLUSIVE")
    closing.execute("BEGIN IMMEDIATE")
    opening = asyncio.create_task(asyncio.to_thread(_open_writable, path, MIGRATIONS))
    done, _ = await asyncio.wait({opening}, timeout=0.5)
    closing.close()
    connection = await opening
    articles = connection.execute("SELECT count(*) FROM articles").fetchone()
    connection.close()

    assert done == set()
    assert articles == (2,)


async def test_a_newer_database_is_refused_and_untouched(tmp_path: Path) -> None:
    """Assertion 64."""
    path = tmp_path / "warta.db"
    await _filled(path, 10)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()

    with pytest.raises(StorageTooNewError):
        async with opened(path):
            pass
    assert path.read_bytes() == before


def _add_column(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE feeds ADD COLUMN extra TEXT NOT NULL DEFAULT 'x'")


def _fail(connection: sqlite3.Connection) -> None:
    _add_column(connection)
    raise RuntimeError("killed")


async def test_an_older_database_is_backed_up_and_migrated(tmp_path: Path) -> None:
    """Assertion 64: backup before each migration."""
    path = tmp_path / "warta.db"
    await _filled(path, 20)

    connection, opened_ = open_database(path, now=START, migrations=(*MIGRATIONS, _add_column))
    extra = connection.execute("SELECT DISTINCT extra FROM feeds").fetchall()
    version = version_of(connection)
    connection.close()

    assert (extra, version, opened_.notices) == ([("x",)], len(MIGRATIONS) + 1, ())
    assert_sound(backup_path(path, len(MIGRATIONS)))


async def test_a_failed_migration_leaves_the_older_database(tmp_path: Path) -> None:
    """All or nothing; the next start tries again."""
    path = tmp_path / "warta.db"
    await _filled(path, 20)

    with pytest.raises(RuntimeError):
        open_database(path, now=START, migrations=(*MIGRATIONS, _fail))

    async with opened(path) as store:
        assert len(await store.feeds(include_unlisted=True)) == 2
    connection, _opened = open_database(path, now=START, migrations=(*MIGRATIONS, _add_column))
    assert version_of(connection) == len(MIGRATIONS) + 1
    connection.close()


KILLED = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from reader.storage.migrations import MIGRATIONS
from reader.storage.opening import open_database

moment = sys.argv[2]

def kill_at(reached):
    if reached == moment:
        os.kill(os.getpid(), 9)

def step(connection):
    connection.execute("ALTER TABLE feeds ADD COLUMN extra TEXT")
    connection.execute("DELETE FROM statuses")
    kill_at("step")
    connection.set_trace_callback(lambda statement: kill_at(statement.lower()))

sys.addaudithook(lambda event, _arguments: kill_at(event))
open_database(Path(sys.argv[1]), now=datetime.now(UTC), migrations=(*MIGRATIONS, step))
"""


@pytest.mark.parametrize("moment", ["os.rename", "step", "commit"])
async def test_a_killed_migration_rolls_back(tmp_path: Path, moment: str) -> None:
    """Assertion 64: as the backup is whole, in the middle of the step, and before its last word."""
    path = tmp_path / "warta.db"
    ids = await _filled(path, 20)

    killed = subprocess.run([sys.executable, "-c", KILLED, str(path), moment], check=False)  # noqa: ASYNC221 - a test

    assert killed.returncode == -9
    assert_sound(path)
    async with opened(path) as store:
        assert len(await store.rows(ids)) == 20


def test_migrations_are_run_once_each_in_order() -> None:
    """From any older version."""
    ran: list[int] = []
    steps = [lambda _connection, number=number: ran.append(number) for number in range(4)]
    connection = sqlite3.connect(":memory:", isolation_level=None)

    migrate(connection, Path("unused"), steps)
    migrate(connection, Path("unused"), steps)

    assert (ran, version_of(connection)) == ([0, 1, 2, 3], 4)
    connection.close()
