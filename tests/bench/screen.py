"""The screen in a pseudo-terminal: first paint, cursor, filter keystrokes, opening an article.

python -m tests.bench.screen [--articles 100000] [--runs 5]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tests.bench.answers import Answer, Part, answer, part
from tests.bench.environment import compiled
from tests.bench.library import add_long, built, feeds_toml
from tests.bench.material import Prose
from tests.bench.processes import cpu_so_far, memory_megabytes
from tests.bench.report import Figure, percentile, table
from tests.terminal import Terminal

COLUMNS, LINES = 140, 40
NARROW = 79
MOVES_BEFORE_SCROLLING = 10
COUNT_COLUMNS = 24
"""The end of the first line, where the count stands."""
COUNTED_SECONDS = 0.45
"""No longer than this nothing is written while the exact count is being found; the field's cursor blinks after 0.5."""
NOWHERE = "zqxv"
"""No article has a word that begins so."""


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


def measure(articles: int, runs: int) -> list[Figure]:
    """First paint as a ratio; then one session: cursor, pages, an article, keystrokes in the filter, memory."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = built(articles, folder)
        add_long(data)
        command = warta(folder, data)
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
    panes = watched(terminal)
    previewed = [answer(terminal, "j") for _ in range(runs * 4)]
    answer(terminal, "\r")
    opened = [answer(terminal, "J", panes) for _ in range(runs * 2)]
    terminal.send("q")
    terminal.settle(0.5)
    # Where the article has no pane beside the list there is nothing but the move.
    terminal.resize(NARROW, LINES)
    terminal.send("g")
    terminal.settle(0.5)
    moves = [answer(terminal, "j") for _ in range(MOVES_BEFORE_SCROLLING)]
    scrolling = [answer(terminal, "j") for _ in range(MOVES_BEFORE_SCROLLING * 2)][-MOVES_BEFORE_SCROLLING:]
    pages = [answer(terminal, "\x06") for _ in range(runs * 2)]
    terminal.resize(COLUMNS, LINES)
    terminal.send("g")
    terminal.settle(0.5)
    return [
        Figure("cursor move, bytes", "≤ 1,024", tuple(move.bytes for move in moves)),
        Figure("cursor move, CPU", "≤ 10", tuple(move.cpu * 1000 for move in moves), "ms"),
        Figure("cursor move that scrolls the list, bytes", "≤ 1,024", tuple(move.bytes for move in scrolling)),
        Figure("cursor move that scrolls the list, CPU", "≤ 10", tuple(move.cpu * 1000 for move in scrolling), "ms"),
        Figure("cursor move with preview, bytes", "", tuple(move.bytes for move in previewed)),
        Figure("cursor move with preview, CPU", "", tuple(move.cpu * 1000 for move in previewed), "ms"),
        Figure("page down in the list, bytes", "", tuple(page.bytes for page in pages)),
        *_opening(opened),
        *_filtering(terminal, panes, articles),
        Figure("memory", "≤ 150", (memory_megabytes(terminal.pid),), "MB"),
    ]


def watched(terminal: Terminal) -> dict[str, Part]:
    """The parts of the screen that are watched: list and article between their dividers, without scrollbars."""
    line = terminal.screen.display[LINES // 2]
    left, right = (x for x, character in enumerate(line) if character == "│")
    return {
        "list": part(range(left + 1, right - 1), range(1, LINES - 1)),  # and what the filter was taken to mean
        "article": part(range(right + 1, COLUMNS - 1), range(2, LINES - 1)),
        "count": part(range(COLUMNS - COUNT_COLUMNS, COLUMNS), range(1)),
    }


def _opening(opened: Sequence[Answer]) -> list[Figure]:
    what = "open an article of 2,000 words"
    stood = tuple((each.stood["article"] or each.last) * 1000 for each in opened)
    return [
        Figure(f"{what}, until it stands there", "≤ 60", stood, "ms"),
        Figure(f"{what}, CPU of all threads until all is quiet", "≤ 60", tuple(e.cpu * 1000 for e in opened), "ms"),
        Figure(f"{what}, bytes", "", tuple(each.bytes for each in opened)),
    ]


def _filtering(terminal: Terminal, panes: dict[str, Part], articles: int) -> list[Figure]:
    """Words letter by letter: the commonest, which most articles have, down to one that none has."""
    typed: list[Answer] = []
    for word in (*(Prose(7).vocabulary[rank] for rank in (0, 5, 40, 300, 2_000, 9_000)), NOWHERE):
        terminal.send("/")
        terminal.settle(0.3)
        typed += [answer(terminal, letter, panes, quiet_seconds=COUNTED_SECONDS) for letter in word]
        for _ in range(2):
            terminal.send("\x1b")
            terminal.settle(0.3)
    lists = [stood * 1000 for each in typed if (stood := each.stood["list"]) is not None]
    counts = [stood * 1000 for each in typed if (stood := each.stood["count"]) is not None]
    asked = "≤ 150" if articles > 100_000 else "≤ 50"
    note = f"{len(typed)} keystrokes"
    return [
        Figure("filter keystroke → first screenful", "", tuple(lists), "ms"),
        Figure("filter keystroke → first screenful, p95", asked, (percentile(lists, 0.95),), "ms", note),
        Figure("filter keystroke → exact count, p95", "≤ 1,000", (percentile(counts, 0.95),), "ms"),
        Figure("filter keystroke, CPU of all threads until all is quiet", "", tuple(e.cpu * 1000 for e in typed), "ms"),
        Figure("filter keystroke, bytes", "", tuple(each.bytes for each in typed)),
    ]


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
