"""The screen in a pseudo-terminal: first paint, cursor, filter keystrokes, opening an article.

python -m tests.bench.screen [--articles 100000] [--runs 5]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tests.bench.environment import compiled
from tests.bench.library import built, feeds_toml
from tests.bench.material import Prose
from tests.bench.processes import cpu_so_far, memory_megabytes
from tests.bench.report import Figure, percentile, table
from tests.terminal import Terminal

COLUMNS, LINES = 140, 40
NARROW = 79
MOVES_BEFORE_SCROLLING = 10
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


def measure(articles: int, runs: int) -> list[Figure]:
    """First paint as a ratio; then one session: cursor, pages, an article, keystrokes in the filter, memory."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = warta(folder, built(articles, folder))
        environment = compiled(folder)
        first_paint(bare(), "ready now", environment)
        first_paint(command, "Feed 0", environment)
        pairs = [
            (first_paint(bare(), "ready now", environment), first_paint(command, "Feed 0", environment))
            for _ in range(runs)
        ]
        size = f"{articles:,} articles"
        found = [
            Figure(
                f"{size}: first paint ÷ a bare Textual app, {kind}",
                "≤ 1.25",
                tuple(ours[place] / theirs[place] for theirs, ours in pairs),
            )
            for place, kind in enumerate(("wall", "CPU"))
        ]
        found.append(Figure(f"{size}: first paint, wall", "", tuple(ours[0] * 1000 for _, ours in pairs), "ms"))
        with Terminal(command, columns=COLUMNS, lines=LINES, environment=environment) as terminal:
            terminal.wait_for("Feed 0", 60)
            terminal.settle(1.5)
            found += [replace(each, what=f"{size}: {each.what}") for each in _session(terminal, articles, runs)]
        return found


def _session(terminal: Terminal, articles: int, runs: int) -> list[Figure]:
    previewed = [_cost(terminal, "j") for _ in range(runs * 4)]
    opened = [_cost(terminal, "\r", then="q")[0] for _ in range(runs)]
    # Where the article has no pane beside the list there is nothing but the move.
    terminal.resize(NARROW, LINES)
    terminal.send("g")
    terminal.settle(0.5)
    moves = [_cost(terminal, "j") for _ in range(MOVES_BEFORE_SCROLLING)]
    pages = [_cost(terminal, "\x06") for _ in range(runs * 2)]
    terminal.resize(COLUMNS, LINES)
    terminal.settle(0.5)
    times, cpu, unanswered = _filter(terminal)
    asked = "≤ 150" if articles > 100_000 else "≤ 50"
    return [
        Figure("cursor move, bytes", "≤ 1,024", tuple(move[1] for move in moves)),
        Figure("cursor move, CPU", "≤ 10", tuple(move[2] * 1000 for move in moves), "ms"),
        Figure("cursor move with preview, bytes", "", tuple(move[1] for move in previewed)),
        Figure("cursor move with preview, CPU", "", tuple(move[2] * 1000 for move in previewed), "ms"),
        Figure("page down in the list, bytes", "", tuple(page[1] for page in pages)),
        Figure("open the article, until the last byte", "≤ 60", tuple(took * 1000 for took in opened), "ms"),
        Figure("filter keystroke → list or count, p50", "", (percentile(times, 0.5) * 1000,), "ms"),
        Figure(
            "filter keystroke → list or count, p95",
            asked,
            (percentile(times, 0.95) * 1000,),
            "ms",
            f"{len(times)} keystrokes; {unanswered} more changed nothing",
        ),
        Figure("filter keystroke, CPU of all threads until all is quiet", "", cpu, "ms"),
        Figure("memory", "≤ 150", (memory_megabytes(terminal.pid),), "MB"),
    ]


def _cost(terminal: Terminal, keys: str, then: str = "") -> tuple[float, int, float]:
    """Seconds until the last byte, bytes, and CPU seconds that keys cause."""
    before = cpu_so_far(terminal.pid)
    took, count = response(terminal, keys)
    cpu = cpu_so_far(terminal.pid) - before
    if then:
        terminal.send(then)
        terminal.settle(0.3)
    return took, count, cpu


def _filter(terminal: Terminal) -> tuple[list[float], tuple[float, ...], int]:
    times: list[float] = []
    cpu: list[float] = []
    unanswered = 0
    for rank in (0, 5, 40, 300, 2_000, 9_000):
        terminal.send("/")
        terminal.settle(0.3)
        for letter in Prose(7).vocabulary[rank]:
            before = cpu_so_far(terminal.pid)
            took = keystroke(terminal, letter)
            unanswered += took is None
            times += [took] if took is not None else []
            terminal.settle(0.1)
            cpu.append((cpu_so_far(terminal.pid) - before) * 1000)
        for _ in range(2):
            terminal.send("\x1b")
            terminal.settle(0.3)
    return times, tuple(cpu), unanswered


def main() -> None:
    """Print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    print(f"{given.articles:,} articles, {COLUMNS} × {LINES}, {given.runs} pairs\n")
    print(table(measure(given.articles, given.runs)))


if __name__ == "__main__":
    main()
