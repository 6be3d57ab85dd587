"""The screen in a pseudo-terminal: first paint, cursor, filter keystrokes, opening an article.

python -m tests.bench.screen [--articles 100000] [--runs 5]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.library import built, feeds_toml
from tests.bench.material import Prose
from tests.terminal import Terminal

COLUMNS, LINES = 140, 40


def warta(folder: Path, data: Path) -> list[str]:
    """The command that opens a generated library."""
    feeds = feeds_toml(folder)
    return [
        sys.executable,
        "-m",
        "reader",
        "--feeds",
        str(feeds),
        "--data",
        str(data),
        "--no-refresh",
        "--language",
        "en",
    ]


def bare() -> list[str]:
    """The command of the yardstick."""
    return [sys.executable, "-m", "tests.bench.bare"]


def first_paint(command: Sequence[str], text: str) -> float:
    """Seconds from the start of the process to a text on the screen."""
    with Terminal(command, columns=COLUMNS, lines=LINES) as terminal:
        return terminal.wait_for(text, 60)


def cpu_seconds(pid: int) -> float:
    """CPU time a process has used, itself alone."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def response(terminal: Terminal, keys: str) -> tuple[float, int]:
    """Seconds from a key to the last byte it caused, and the bytes."""
    before = len(terminal.received)
    start = time.perf_counter()
    terminal.send(keys)
    last = start
    while True:
        seen = len(terminal.received)
        terminal.read(0.25)
        if len(terminal.received) == seen:
            return last - start, seen - before
        last = time.perf_counter()


def keystroke(terminal: Terminal, key: str) -> float:
    """Seconds from a key to the first change of the list, below the bar's own line."""
    start = time.perf_counter()
    before = terminal.screen.display[4:-2]
    terminal.send(key)
    end = start + 5
    while terminal.screen.display[4:-2] == before and time.perf_counter() < end:
        terminal.read(0.02)
    return time.perf_counter() - start


def main() -> None:
    """Print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = warta(folder, built(given.articles, folder))
        first_paint(command, "Feed 0")
        ours, theirs = [], []
        for _ in range(given.runs):
            theirs.append(first_paint(bare(), "ready now"))
            ours.append(first_paint(command, "Feed 0"))
        ratios = sorted(a / b for a, b in zip(ours, theirs, strict=True))
        print(f"{given.articles:,} articles, {COLUMNS} × {LINES}, {given.runs} pairs\n")
        print("| what | figure |\n|---|---|")
        print(f"| first paint ÷ a bare Textual app (min, median, max) | {_spread(ratios)} |")
        with Terminal(command, columns=COLUMNS, lines=LINES) as terminal:
            terminal.wait_for("Feed 0", 60)
            terminal.settle(1.5)
            _moves(terminal, given.runs)
            _filter(terminal)


def _moves(terminal: Terminal, runs: int) -> None:
    bytes_each, seconds = [], []
    before = cpu_seconds(terminal.pid)
    for _ in range(runs * 4):
        took, count = response(terminal, "j")
        bytes_each.append(count)
        seconds.append(took)
    cpu = (cpu_seconds(terminal.pid) - before) / (runs * 4)
    print(f"| cursor move with preview, bytes (median) | {statistics.median(bytes_each):.0f} |")
    print(f"| cursor move with preview, CPU ms | {cpu * 1000:.1f} |")
    opened, _ = response(terminal, "\r")
    print(f"| open the article, ms | {opened * 1000:.0f} |")
    terminal.send("q")
    terminal.settle()


def _filter(terminal: Terminal) -> None:
    times = []
    for rank in (0, 5, 40, 300, 2_000, 9_000):
        terminal.send("/")
        terminal.settle(0.3)
        for letter in Prose(7).vocabulary[rank]:
            times.append(keystroke(terminal, letter))
            terminal.settle(0.1)
        terminal.send("\x1b")
        terminal.settle(0.2)
        terminal.send("\x1b")
        terminal.settle(0.3)
    times.sort()
    print(
        f"| filter keystroke → list changed, ms (p50, p95 of {len(times)}) "
        f"| {statistics.median(times) * 1000:.0f}, {times[int(len(times) * 0.95)] * 1000:.0f} |"
    )


def _spread(values: Sequence[float]) -> str:
    return f"{min(values):.2f}, **{statistics.median(values):.2f}**, {max(values):.2f}"


if __name__ == "__main__":
    main()
