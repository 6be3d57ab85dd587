"""Warta under a clock that runs faster, telling each second how many tasks it has.

python -m tests.soak.app FEEDS_TOML DATA_DIR SPEED SAMPLES_FILE

A file ``quiet`` beside the samples stops the clock: nothing becomes due any more.
"""

from __future__ import annotations

import asyncio
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.ui.port import ReaderPort

BEAT_SECONDS = 1.0


def main(feeds: Path, data: Path, speed: float, samples: Path) -> int:
    """Run until quit; the exit status."""
    from reader.cli.screen import _leave_in_order
    from reader.config.load import load
    from reader.core.reader import Reader
    from reader.ui.app import run

    started, began = time.monotonic(), datetime.now(UTC)
    beating: set[asyncio.Task[None]] = set()
    quiet = samples.with_name("quiet")

    stopped: list[float] = []

    def now() -> datetime:
        return began + timedelta(seconds=((stopped[0] if stopped else time.monotonic()) - started) * speed)

    async def beat(reader: Reader) -> None:
        with samples.open("a", encoding="ascii") as file:
            while True:
                if quiet.exists() and not stopped:
                    stopped.append(time.monotonic())
                # What a minute of the wall clock does: the scheduler looks what is due.
                reader.wake()
                file.write(f"{len(asyncio.all_tasks())}\n")
                file.flush()
                await asyncio.sleep(BEAT_SECONDS)

    async def open_reader() -> ReaderPort:
        reader = await Reader.open(config, data, now=now)
        beating.add(asyncio.create_task(beat(reader), name="beat"))
        return reader

    _leave_in_order()
    config = load(feeds, may_run_commands=True)
    return run(config, data, open_reader=open_reader)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]), Path(sys.argv[4])))
