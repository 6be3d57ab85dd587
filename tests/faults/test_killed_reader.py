"""Warta killed while it refreshes and marks: the file is sound, marks stand, and no process is left behind."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.loopback import Answer, Loopback, Received
from tests.soak.measuring import workers
from tests.unit.storage.checking import assert_sound
from tests.unit.storage.making import Clock, Shelf, opened

ROOT = Path(__file__).resolve().parents[2]
FEEDS = 6
PATIENCE_SECONDS = 20.0

BUSY = """
import asyncio, sys
from pathlib import Path
from reader.config.load import load
from reader.core.reader import Reader
from reader.model import Question, Source

async def refresh(reader):
    while True:
        await reader.refresh(urgency="force")

async def mark(reader):
    while True:
        ids = []
        async for answer in reader.ask(Question(Source("all"), "is:unread", limit=5)):
            ids = list(answer.ids)
        if not ids:
            await asyncio.sleep(0.001)
            continue
        await reader.mark(ids[:1], "star")
        print("star", ids[0], flush=True)
        await reader.mark(ids, "read")
        print("read", *ids, flush=True)

async def main():
    reader = await Reader.open(load(Path(sys.argv[1])), Path(sys.argv[2]))
    await reader.refresh(urgency="force")
    print("ready", flush=True)
    await asyncio.gather(refresh(reader), mark(reader))

if __name__ == "__main__":
    asyncio.run(main())
"""


async def test_a_killed_refresh_loses_no_committed_mark(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    """Assertion 61, by all of it: feeds over HTTP, parsers in processes, one writer. By hand with ``--kills 100``."""
    kills = pytestconfig.getoption("--kills")
    rng = random.Random(61)
    script, feeds, database = tmp_path / "busy.py", tmp_path / "feeds.toml", tmp_path / "data" / "warta.db"
    script.write_text(BUSY)
    starred: set[int] = set()
    read: set[int] = set()
    with Loopback() as server:
        server.answer("*", Growing())
        feeds.write_text("".join(f'[[feeds]]\nurl = "{server.url(f"/{number}")}"\n' for number in range(FEEDS)))
        for _ in range(kills):
            for line in _run_until_killed(script, feeds, database.parent, rng.uniform(0.0, 0.6)):
                kind, *ids = line.split()
                {"star": starred, "read": read, "ready": set[int]()}[kind].update(map(int, ids))
            assert_sound(database)

    async with opened(database) as store:
        rows = {row.id: row for row in await store.rows(await Shelf(store, Clock()).ids())}
        assert store.notices == ()
    assert starred
    assert len(rows) >= FEEDS * Growing.STEP
    assert all(rows[number].is_starred for number in starred)
    assert all(rows[number].is_read for number in read)


class Growing:
    """Feeds that bring new articles each time they are asked."""

    STEP = 4

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked: Counter[str] = Counter()

    def __call__(self, request: Received) -> Answer:
        with self._lock:
            self._asked[request.path] += 1
            last = self._asked[request.path] * self.STEP
        path = request.path.strip("/")
        items = "".join(
            f"<item><title>Berita {path} {number}</title><guid isPermaLink='false'>{path}-{number}</guid>"
            f"<link>http://127.0.0.1:9/{path}/{number}</link>"
            f"<description>{f'gempa {number} ' * 40}</description></item>"
            for number in range(last, last - 2 * self.STEP, -1)
        )
        return Answer(body=f"<rss><channel><title>{path}</title>{items}</channel></rss>".encode())


def _run_until_killed(script: Path, feeds: Path, data: Path, seconds: float) -> list[str]:
    """Lines it printed until it was killed, so long after it was busy; then nothing of it runs any more."""
    process = subprocess.Popen(
        [sys.executable, str(script), str(feeds), str(data)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert process.stdout
    with process:
        lines = [process.stdout.readline()]
        assert lines == ["ready\n"]
        parsers = workers(process.pid)
        timer = threading.Timer(seconds, process.kill)
        timer.start()
        lines += process.stdout
        timer.join()
    assert process.returncode == -9
    end = time.monotonic() + PATIENCE_SECONDS
    while any(_runs(pid) for pid in parsers):
        assert time.monotonic() < end, "a parser outlives the program it works for"
        time.sleep(0.02)
    return [line for line in lines if line.endswith("\n")]


def _runs(pid: int) -> bool:
    """Whether a process is there and no mere entry that nobody has asked about."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
