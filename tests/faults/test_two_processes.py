"""Two copies of Warta at once lose nothing and tell nobody that the database is locked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.unit.storage.checking import assert_sound
from tests.unit.storage.making import Clock, Shelf, entry, opened

ROOT = Path(__file__).resolve().parents[2]

HAMMER = """
import asyncio, sys
from pathlib import Path
from tests.unit.storage.making import Clock, Shelf, entry
from reader.storage.store import Store

async def main(me: str, first: int, last: int) -> None:
    store = await Store.open(Path(sys.argv[1]), now=Clock())
    shelf = Shelf(store, Clock())
    feeds = await shelf.subscribe("a", "b")
    for number in range(first, last):
        await store.mark([number], "read")
        await store.tag([number], me)
        claimed = await store.claim(feeds, owner=me, seconds=60)
        print("claimed", *claimed, flush=True)
        for feed_id in claimed:
            await shelf.bring(feed_id, entry(f"{me}-{number}-{feed_id}"))
        print("released", *claimed, flush=True)
        await store.feeds()
    print("tags", (await store.counts(today_start=Clock()())).tags[me], flush=True)
    await store.close()

asyncio.run(main(sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
"""


async def test_two_processes_hammering_lose_no_mark(tmp_path: Path) -> None:
    """Assertion 62."""
    path = tmp_path / "warta.db"
    async with opened(path) as store:
        shelf = Shelf(store, Clock())
        first, _second = await shelf.subscribe("a", "b")
        ids = sorted((await shelf.bring(first, *(entry(str(number)) for number in range(200)))).new_ids)

    processes = [
        subprocess.Popen(  # noqa: ASYNC220 - nothing else runs here
            [sys.executable, "-c", HAMMER, str(path), me, str(start), str(end)],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for me, start, end in (("one", ids[0], ids[100]), ("two", ids[100], ids[199] + 1))
    ]  # fmt: skip
    outputs = [process.communicate(timeout=60) for process in processes]

    assert [errors for _output, errors in outputs] == ["", ""]
    async with opened(path) as store:
        rows = await store.rows(ids)
        kinds = [step.kind for _ in range(100) if (step := await store.undo())]
    assert all(row.is_read for row in rows)
    assert [row.tags for row in rows] == [("one",)] * 100 + [("two",)] * 100
    assert len(kinds) == 100
    assert_sound(path)
