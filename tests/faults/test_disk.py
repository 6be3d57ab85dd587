"""A disk that is full or may not be written: told, nothing half stored, reading goes on, no restart needed."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.errors import StorageError, StorageFullError, StorageReadOnlyError
from tests.unit.storage.checking import assert_sound
from tests.unit.storage.making import Clock, Shelf, entry, opened

ROOT = Path(__file__).resolve().parents[2]


def _mount(*arguments: str) -> bool:
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 4 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0 or not _mount("-t", "tmpfs", "-o", "size=4m", "warta-test", str(folder)):
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


async def test_a_full_disk_stops_storing_and_nothing_else(small_disk: Path) -> None:
    """Assertion 63, on a real small disk."""
    filler = small_disk / "filler"
    filler.write_bytes(b"x" * (1 << 20))
    async with opened(small_disk / "warta.db") as store:
        shelf = Shelf(store, Clock())
        (rri,) = await shelf.subscribe("rri")
        ids: list[int] = []

        async def fill() -> None:
            for batch in range(1000):
                brought = [entry(f"{batch}-{n}", text=f"kata{batch} dan{n} " * 300) for n in range(10)]
                ids.extend((await shelf.bring(rri, *brought)).new_ids)

        with pytest.raises(StorageFullError):
            await fill()
        assert len(await store.rows(ids)) == len(ids)
        assert (await store.feeds())[0].articles == len(ids)

        filler.unlink()
        stored = await shelf.bring(rri, entry("after"))
        assert await store.mark(stored.new_ids, "star")
    assert_sound(small_disk / "warta.db")


async def test_a_full_disk_while_space_is_given_back_loses_nothing(small_disk: Path) -> None:
    """Even that needs a little room; there being none ends it, and nothing else."""
    clock = Clock()
    async with opened(small_disk / "warta.db", clock) as store:
        shelf = Shelf(store, clock)
        (rri,) = await shelf.subscribe("rri")
        stored = await shelf.bring(rri, *(entry(f"{n}", text=f"kata{n} dan " * 300) for n in range(100)))
        await store.mark(stored.new_ids[1:], "read")
        clock.forward(days=40)
        gone = await store.purge(keep_days=30)
        with contextlib.suppress(OSError), (small_disk / "filler").open("wb", buffering=0) as filler:
            while True:
                filler.write(b"x" * 4096)

        await store.compact(rewrite_index=True)

        assert (gone, len(await store.rows(stored.new_ids))) == (99, 1)
        (small_disk / "filler").unlink()
        await store.compact(rewrite_index=True)
    assert_sound(small_disk / "warta.db")


async def test_a_new_database_on_a_full_disk_is_told(small_disk: Path) -> None:
    """With the path in the sentence."""
    with contextlib.suppress(OSError), (small_disk / "filler").open("wb", buffering=0) as filler:
        while True:
            filler.write(b"x" * 4096)

    with pytest.raises(StorageFullError, match=r"warta\.db"):
        async with opened(small_disk / "warta.db"):
            pass


LIMITED = """
import asyncio, resource, sys
from pathlib import Path
from tests.unit.storage.making import Clock, Shelf, entry
from reader.errors import StorageError
from reader.storage.store import Store

async def main() -> None:
    store = await Store.open(Path(sys.argv[1]), now=Clock())
    shelf = Shelf(store, Clock())
    (feed,) = await shelf.subscribe("a")
    first = await shelf.bring(feed, *(entry(str(n), text="kata " * 500) for n in range(20)))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, resource.RLIM_INFINITY))
    failed = 0
    for batch in range(200):
        try:
            await shelf.bring(feed, *(entry(f"{batch}-{n}", text=f"kata{batch} " * 500) for n in range(20)))
        except StorageError as error:
            failed += 1
            assert "warta.db" in str(error), error
    assert failed
    assert len(await store.rows(first.new_ids)) == 20
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert (await shelf.bring(feed, entry("after"))).new_ids
    await store.close()

asyncio.run(main())
"""


def test_write_errors_are_told_and_overcome(tmp_path: Path) -> None:
    """Assertion 63 for I/O errors: files may not grow for a while."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path / "warta.db")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert_sound(tmp_path / "warta.db")


@pytest.fixture
def frozen_disk(small_disk: Path) -> Iterator[Path]:
    """A file system that the test makes read-only."""
    yield small_disk
    _mount("-o", "remount,rw", str(small_disk))


async def test_a_read_only_disk_can_be_read(frozen_disk: Path) -> None:
    """Assertion 63: reading goes on, writing is told."""
    path = frozen_disk / "warta.db"
    async with opened(path) as store:
        shelf = Shelf(store, Clock())
        (rri,) = await shelf.subscribe("rri")
        ids = (await shelf.bring(rri, entry("1"))).new_ids
    assert _mount("-o", "remount,ro", str(frozen_disk))

    async with opened(path) as store:
        assert store.is_read_only
        assert len(store.notices) == 1
        assert [feed.id for feed in await store.sync_feeds([])] == [rri]
        assert len(await store.rows(ids)) == 1
        await store.save_ui_state("a", 1)
        with pytest.raises(StorageReadOnlyError):
            await store.mark(ids, "read")


async def test_no_database_can_be_made_on_a_read_only_disk(frozen_disk: Path) -> None:
    """A message, not a traceback."""
    assert _mount("-o", "remount,ro", str(frozen_disk))

    with pytest.raises(StorageReadOnlyError, match="is not writable"):
        async with opened(frozen_disk / "warta.db"):
            pass


async def test_a_folder_without_write_permission_is_told(tmp_path: Path) -> None:
    """The same for people who are not root."""
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)

    with pytest.raises(StorageReadOnlyError):
        async with opened(folder / "warta.db"):
            pass


async def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    """Whatever stands at the path, the answer is a `StorageError`."""
    (tmp_path / "warta.db").mkdir()
    (tmp_path / "file").write_text("")

    with pytest.raises(StorageError, match="is not a file"):
        async with opened(tmp_path / "warta.db"):
            pass
    with pytest.raises(StorageError):
        async with opened(tmp_path / "file" / "warta.db"):
            pass
