"""All benchmarks: a Markdown table, and JSON with every value.

    python -m tests.bench [--articles 10000 100000] [--runs 5] [--json FILE]

Half an hour at 1,000,000 articles, most of it making the database, which is kept for the next run. Yardsticks are
measured in the same run, turn by turn: a bare Textual app, and newsboat where it is installed.
"""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import tempfile
from importlib.metadata import version
from pathlib import Path

from tests.bench import frames, history, refresh, screen
from tests.bench.environment import compiled
from tests.bench.report import as_json, table


def main() -> None:
    """Measure everything asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[100_000], help="sizes of the stored history")
    parser.add_argument("--runs", type=int, default=5, help="pairs of each comparison")
    parser.add_argument("--feeds", type=int, default=100)
    parser.add_argument("--entries", type=int, default=50)
    parser.add_argument("--words", type=int, default=520)
    parser.add_argument("--json", type=Path, help="where to write every value")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as kept:
        os.environ |= compiled(Path(kept))
        publisher = refresh.Publisher(given.feeds, given.entries, given.words)
        refresh.pair(refresh.Publisher(1, 2, 50), with_newsboat=False)  # compiles
        figures = refresh.measure(publisher, given.runs)
        figures += frames.measure(publisher, max(given.runs // 2, 1))
        for size in given.articles:
            figures += screen.measure(size, given.runs)
            figures += history.measure(size, given.runs)
    print(f"{_machine()}; {given.feeds} feeds of {given.entries} entries of {given.words} words; {given.runs} runs\n")
    print(table(figures))
    if given.json:
        given.json.write_text(as_json(figures))


def _machine() -> str:
    """The machine, in general terms."""
    return (
        f"{os.cpu_count()} processors ({platform.machine()}), {platform.system()}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, Textual {version('textual')}"
    )


if __name__ == "__main__":
    main()
