"""A process that is killed while it writes loses nothing it has committed."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.unit.storage.checking import assert_sound
from tests.unit.storage.making import Clock, Shelf, opened

ROOT = Path(__file__).resolve().parents[2]
KILLS = 30

WRITER = """
import asyncio, sys, uuid
from pathlib import Path
from tests.unit.storage.making import Clock, Shelf, entry
from reader.storage.store import Store

async def main() -> None:
    store = await Store.open(Path(sys.argv[1]), now=Clock())
    shelf = Shelf(store, Clock())
    feeds = await shelf.subscribe("a", "b")
    print("ready", flush=True)
    while True:
        run = uuid.uuid4().hex
        brought = [entry(f"{run}{n}", text=f"gempa di {run} " * 40, merge_key=f"{run}{n}") for n in range(20)]
        stored = await shelf.bring(feeds[0], *brought)
        await store.mark(stored.new_ids[:1], "star")
        print("star", stored.new_ids[0], flush=True)
        await shelf.bring(feeds[1], *brought[:5])
        await shelf.bring(feeds[0], *(entry(one.key, "Baru", one.text) for one in brought[:3]))
        await store.mark(stored.new_ids[1:], "read")
        print("read", *stored.new_ids[1:], flush=True)

asyncio.run(main())
"""


@pytest.mark.parametrize("round_", range(2))
async def test_a_killed_process_loses_no_committed_mark(tmp_path: Path, round_: int) -> None:
    """Assertion 61: at random points under load; the file is sound and every mark that was told stands."""
    path = tmp_path / "warta.db"
    rng = random.Random(round_)
    starred: set[int] = set()
    read: set[int] = set()

    for _ in range(KILLS // 2):
        for line in _run_until_killed(path, rng.uniform(0.0, 0.12)):
            kind, *ids = line.split()
            {"star": starred, "read": read, "ready": set[int]()}[kind].update(map(int, ids))
        assert_sound(path)

    async with opened(path) as store:
        rows = {row.id: row for row in await store.rows(await Shelf(store, Clock()).ids())}
        assert store.notices == ()
    assert starred
    assert all(rows[number].is_starred for number in starred)
    assert all(rows[number].is_read for number in read)


def _run_until_killed(path: Path, seconds: float) -> list[str]:
    """Lines the writer printed until it was killed, so long after it began to write. A half line does not count."""
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    with process:
        lines = [process.stdout.readline()]
        timer = threading.Timer(seconds, process.kill)
        timer.start()
        lines += process.stdout
        timer.join()
    assert process.returncode == -9
    return [line for line in lines if line.endswith("\n")]
