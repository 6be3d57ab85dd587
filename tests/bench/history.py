"""A word searched in the whole history, Warta beside newsboat on the same articles.

python -m tests.bench.history [--articles 100000] [--runs 5]
"""

from __future__ import annotations

import argparse
import contextlib
import shutil
import sqlite3
import tempfile
from pathlib import Path

from tests.bench.answers import answer, part
from tests.bench.environment import compiled
from tests.bench.library import built
from tests.bench.material import Prose
from tests.bench.report import Figure, table
from tests.bench.screen import COLUMNS, COUNTED_SECONDS, LINES, warta, watched
from tests.terminal import Terminal

__all__ = ["measure"]

RANKS = (60, 300, 2_000, 9_000, 20_000)
"""How common the words searched for are."""
WHAT = (
    "last letter → first screenful",
    "last letter → exact count",
    "pasted word → first screenful",
    "pasted word → exact count",
)
"""What is waited for; newsboat shows screenful and count at once, after Enter."""
PASTE_BEGINS, PASTE_ENDS = "\x1b[200~", "\x1b[201~"
"""What a terminal puts around a paste for a program that asked for it (xterm's bracketed paste mode)."""
PATIENT_SECONDS = 8.0
"""newsboat writes nothing while it searches."""


def measure(articles: int, runs: int) -> list[Figure]:
    """From the last key of a search to its answer; every run has another word."""
    words = [Prose(7).vocabulary[rank] for rank in RANKS][: max(runs, 1)]
    size = f"{articles:,} articles: search of the whole history"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = built(articles, folder)
        ours = _ours(folder, data, words)
        found = [
            Figure(f"{size}, {what}", "", tuple(took[place] * 1000 for took in ours), "ms")
            for place, what in enumerate(WHAT)
        ]
        if shutil.which("newsboat") is None:
            return [*found, *(Figure(f"{size}, {what} ÷ newsboat", "≤ 0.1", (), note="no newsboat") for what in WHAT)]
        theirs = _theirs(folder, data, words)
        found.append(Figure(f"{size}, newsboat", "", tuple(took * 1000 for took in theirs), "ms"))
        for place, what in enumerate(WHAT):
            ratios = tuple(our[place] / their for our, their in zip(ours, theirs, strict=True))
            found.append(Figure(f"{size}, {what} ÷ newsboat", "≤ 0.1", ratios))
        return found


def _ours(folder: Path, data: Path, words: list[str]) -> list[tuple[float, ...]]:
    """In the order of `WHAT`. The last letter is what Enter is in newsboat: all before it was typed already."""
    times = []
    with Terminal(warta(folder, data), columns=COLUMNS, lines=LINES, environment=compiled(folder)) as terminal:
        terminal.wait_for("Feed 0", 60)
        terminal.settle(1.5)
        panes = watched(terminal)
        for word in words:
            _filter(terminal, word[:-1])
            typed = answer(terminal, word[-1], panes, quiet_seconds=COUNTED_SECONDS).stood
            _leave(terminal)
            _filter(terminal, "")
            pasted = answer(terminal, f"{PASTE_BEGINS}{word}{PASTE_ENDS}", panes, quiet_seconds=COUNTED_SECONDS).stood
            _leave(terminal)
            # Where the last letter changes nothing, what stands there is the answer already.
            times.append(tuple(stood[name] or 0.0 for stood in (typed, pasted) for name in ("list", "count")))
    return times


def _filter(terminal: Terminal, query: str) -> None:
    terminal.send("/")
    terminal.settle(0.3)
    terminal.send(query)
    terminal.settle(COUNTED_SECONDS)


def _leave(terminal: Terminal) -> None:
    for _ in range(2):
        terminal.send("\x1b")
        terminal.settle(0.3)


def _theirs(folder: Path, data: Path, words: list[str]) -> list[float]:
    """The word stands in the prompt: from Enter until all that will be seen of the results does."""
    command = _newsboat(folder, data)
    times = []
    with Terminal(command, columns=COLUMNS, lines=LINES) as terminal:
        terminal.wait_for("Feed 0", 120)
        terminal.settle(1.0)
        for word in words:
            terminal.send("/")
            terminal.wait_for("Search for")
            terminal.send(word)
            terminal.settle(0.3)
            found = answer(
                terminal, "\r", {"results": part(range(COLUMNS), range(LINES - 2))}, quiet_seconds=PATIENT_SECONDS
            )
            times.append(found.stood["results"] or 0.0)
            terminal.send("q")
            terminal.settle(0.5)
    return times


def _newsboat(folder: Path, data: Path) -> list[str]:
    """newsboat's command on a cache with the same articles."""
    with contextlib.closing(sqlite3.connect(data / "warta.db")) as library:
        urls = [url for (url,) in library.execute("SELECT url FROM feeds ORDER BY position")]
        (folder / "urls").write_text("\n".join(urls) + "\n")
        (folder / "config").write_text("auto-reload no\n")
        command = ["newsboat", "-u", str(folder / "urls"), "-c", str(folder / "cache.db"), "-C", str(folder / "config")]
        with Terminal(command, columns=COLUMNS, lines=LINES) as terminal:  # it makes the tables
            terminal.wait_for("127.0.0.1", 60)
            terminal.send("q")
            terminal.ended()
        with contextlib.closing(sqlite3.connect(folder / "cache.db")) as cache:
            cache.executemany(
                "INSERT OR REPLACE INTO rss_feed (rssurl, url, title) VALUES (?, ?, ?)",
                library.execute("SELECT url, url, title FROM feeds"),
            )
            cache.executemany(
                """
                INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                library.execute(
                    """
                    SELECT a.id, a.title, a.author, a.url, f.url, a.published, t.text, 1 - s.is_read
                      FROM articles AS a
                      JOIN texts AS t USING (id)
                      JOIN statuses AS s USING (id)
                      JOIN feeds AS f ON f.id = a.feed_id
                    """
                ),
            )
            cache.commit()
    return command


def main() -> None:
    """Print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    print(table(measure(given.articles, given.runs)))


if __name__ == "__main__":
    main()
