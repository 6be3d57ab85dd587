"""How long the event loop is kept from its next turn while 100 feeds are refreshed.

python -m tests.bench.frames [--feeds 100] [--entries 50] [--runs 3]
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from reader.config.load import load
from reader.core.reader import Reader
from reader.ui.app import WartaApp
from tests.bench.refresh import Publisher
from tests.bench.report import Figure, percentile, table

if TYPE_CHECKING:
    from reader.core.refresh import Listener
    from reader.model import RefreshProgress

__all__ = ["measure"]

TURN_SECONDS = 0.005
"""How often a turn is asked for."""


def measure(publisher: Publisher, runs: int) -> list[Figure]:
    """The gaps between frames a person could notice."""
    gaps = [asyncio.run(_gaps(publisher)) for _ in range(runs)]
    half = tuple(percentile(each, 0.5) * 1000 for each in gaps)
    most = tuple(percentile(each, 0.95) * 1000 for each in gaps)
    return [
        Figure("frame gap while refreshing, p50", "", half, "ms"),
        Figure("frame gap while refreshing, p95", "≤ 50", most, "ms"),
    ]


async def _gaps(publisher: Publisher) -> list[float]:
    publisher.reset()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "feeds.toml"
        path.write_text("\n".join(f'[[feeds]]\nurl = "{url}"\n' for url in publisher.urls))
        config = load(path, may_run_commands=False)
        done = asyncio.Event()

        async def opened() -> Reader:
            reader = await Reader.open(config, folder)
            schedule = reader.run_scheduler

            async def heard(listener: Listener) -> None:
                def hear(progress: RefreshProgress) -> None:
                    listener(progress)
                    if progress.is_finished and progress.total:
                        done.set()

                await schedule(hear)

            reader.run_scheduler = heard  # type: ignore[method-assign]  # only listens in
            return reader

        gaps: list[float] = []
        app = WartaApp(config, folder, opened, network=True)
        async with app.run_test(size=(140, 40)):
            # The app begins to refresh by itself.
            turn = time.perf_counter()
            while not done.is_set():
                await asyncio.sleep(TURN_SECONDS)
                now = time.perf_counter()
                gaps.append(now - turn)
                turn = now
        return gaps


def main() -> None:
    """Print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("feeds", 100), ("entries", 50), ("words", 520), ("runs", 3)):
        parser.add_argument(f"--{name}", type=int, default=default)
    given = parser.parse_args()
    print(table(measure(Publisher(given.feeds, given.entries, given.words), given.runs)))


if __name__ == "__main__":
    main()
