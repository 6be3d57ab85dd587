"""The screen in a pseudo-terminal: first paint, cursor, filter keystrokes, opening an article.

python -m tests.bench.screen [--articles 100000] [--runs 5]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.bench.environment import compiled
from tests.bench.library import built, feeds_toml
from tests.bench.material import Prose
from tests.terminal import Terminal

COLUMNS, LINES = 140, 40
COUNT_COLUMNS = 24
"""The end of the first line, where the count stands."""
PATIENCE_SECONDS = 1.0


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


def first_paint(command: Sequence[str], text: str, environment: Mapping[str, str]) -> tuple[float, float]:
    """Wall and CPU seconds from the start of the process to a text on the screen."""
    with Terminal(command, columns=COLUMNS, lines=LINES, environment=environment) as terminal:
        return terminal.first_sight(text), cpu_so_far(terminal.pid)


def cpu_so_far(pid: int) -> float:
    """CPU seconds of a process's threads, to the nanosecond."""
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9


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


def keystroke(terminal: Terminal, key: str) -> float | None:
    """Seconds from a key to its answer: another list, or another count; None if it changes neither.

    The count stands at the right end of the first line; "…" stands there while it is being found.
    """
    start = time.perf_counter()
    rows, count = terminal.screen.display[4:-2], terminal.screen.display[0][-COUNT_COLUMNS:]
    terminal.send(key)
    is_counting = False
    while time.perf_counter() - start < PATIENCE_SECONDS:
        terminal.read(0.02)
        now = terminal.screen.display[0][-COUNT_COLUMNS:]
        is_answered = "…" not in now and (is_counting or now != count)
        if is_answered or terminal.screen.display[4:-2] != rows:
            return time.perf_counter() - start
        is_counting = is_counting or "…" in now
    return None


def main() -> None:
    """Print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = warta(folder, built(given.articles, folder))
        environment = compiled(folder)
        first_paint(bare(), "ready now", environment)
        first_paint(command, "Feed 0", environment)
        pairs = [
            (first_paint(bare(), "ready now", environment), first_paint(command, "Feed 0", environment))
            for _ in range(given.runs)
        ]
        print(f"{given.articles:,} articles, {COLUMNS} × {LINES}, {given.runs} pairs\n")
        print("| what | figure |\n|---|---|")
        for kind, unit in enumerate(("wall", "CPU")):
            ratios = [ours[kind] / theirs[kind] for theirs, ours in pairs]
            print(f"| first paint ÷ a bare Textual app, {unit} (min, median, max) | {_spread(ratios)} |")
        with Terminal(command, columns=COLUMNS, lines=LINES, environment=environment) as terminal:
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
    times: list[float] = []
    unanswered = 0
    for rank in (0, 5, 40, 300, 2_000, 9_000):
        terminal.send("/")
        terminal.settle(0.3)
        for letter in Prose(7).vocabulary[rank]:
            took = keystroke(terminal, letter)
            unanswered += took is None
            times += [took] if took is not None else []
            terminal.settle(0.1)
        terminal.send("\x1b")
        terminal.settle(0.2)
        terminal.send("\x1b")
        terminal.settle(0.3)
    times.sort()
    print(
        f"| filter keystroke → list or count changed, ms (p50, p95 of {len(times)}; {unanswered} changed nothing) "
        f"| {statistics.median(times) * 1000:.0f}, {times[int(len(times) * 0.95)] * 1000:.0f} |"
    )


def _spread(values: Sequence[float]) -> str:
    return f"{min(values):.2f}, **{statistics.median(values):.2f}**, {max(values):.2f}"


if __name__ == "__main__":
    main()
