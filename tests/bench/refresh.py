"""Refresh from loopback, Warta beside newsboat: nothing cached, twice unchanged, one new item a feed.

python -m tests.bench.refresh [--feeds 100] [--entries 50] [--words 520] [--pairs 5]
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.bench.environment import compiled
from tests.bench.material import Prose, feed
from tests.bench.processes import peak_megabytes
from tests.bench.report import Figure, as_json, table


class Server(ThreadingHTTPServer):
    """Takes as many connections at once as a reader opens: one refused is tried again after a whole second."""

    request_queue_size = 128
    daemon_threads = True


class Publisher:
    """Serves the benchmark's feeds with ETags; `step` gives each feed one new item."""

    def __init__(self, feeds: int, entries: int, words: int) -> None:
        self._shape = feeds, entries, words
        self.entries = entries
        """How many items each feed has."""
        self._now = [feed(Prose(n), n, entries, words) for n in range(feeds)]
        self._next = [feed(Prose(n), n, entries, words, extra=1) for n in range(feeds)]
        # The new item comes first; the rest must be the same bytes as before.
        self._next = [_prepend(old, new) for old, new in zip(self._now, self._next, strict=True)]
        self.bodies = list(self._now)
        publisher = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                body = publisher.bodies[int(self.path.strip("/"))]
                etag = f'"{hashlib.blake2b(body, digest_size=8).hexdigest()}"'
                fresh = self.headers.get("If-None-Match") == etag
                self.send_response(304 if fresh else 200)
                self.send_header("ETag", etag)
                if not fresh:
                    self.send_header("Content-Type", "application/rss+xml")
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if not fresh:
                    self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
                pass

        self._http = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    @property
    def urls(self) -> list[str]:
        """The feeds' addresses."""
        return [f"http://127.0.0.1:{self._http.server_address[1]}/{n}" for n in range(self._shape[0])]

    def reset(self) -> None:
        """Serve the first edition."""
        self.bodies[:] = self._now

    def step(self) -> None:
        """Serve the second edition: one new item in each feed."""
        self.bodies[:] = self._next


def _prepend(old: bytes, new: bytes) -> bytes:
    head, _, rest = old.partition(b"<item>")
    item = new.partition(b"<item>")[2].partition(b"</item>")[0]
    return head + b"<item>" + item + b"</item><item>" + rest


def run(command: list[str]) -> tuple[float, float]:
    """Wall and CPU seconds of a command, its children included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    wall = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"{command[0]} failed: {done.stderr[-400:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


class Warta:
    """Warta on the publisher's feeds, with an empty database."""

    def __init__(self, folder: Path, urls: list[str]) -> None:
        self._feeds = folder / "feeds.toml"
        self._feeds.write_text("\n".join(f'[[feeds]]\nurl = "{url}"\n' for url in urls))
        self._data = folder / "data"

    def reload(self) -> tuple[float, float]:
        """One refresh of everything."""
        return run(self.command)

    @property
    def command(self) -> list[str]:
        """What refreshes everything."""
        return [
            *(sys.executable, "-m", "reader", "refresh", "--force"),
            *("--feeds", str(self._feeds), "--data", str(self._data)),
        ]


class Newsboat:
    """newsboat on the same, with as many threads as Warta has connections."""

    def __init__(self, folder: Path, urls: list[str]) -> None:
        (folder / "urls").write_text("\n".join(urls) + "\n")
        (folder / "config").write_text("reload-threads 16\nmax-items 0\n")
        self._folder = folder

    def reload(self) -> tuple[float, float]:
        """One reload of everything."""
        where = self._folder
        return run(
            [
                *("newsboat", "-u", str(where / "urls"), "-c", str(where / "cache.db"), "-C", str(where / "config")),
                *("-x", "reload"),
            ]
        )


STAGES = ("nothing cached", "unchanged", "unchanged again", "one new item a feed")
"""newsboat 2.21 asks with a feed's ETag from its third reload on; in the second it gets all of them whole again."""


def pair(publisher: Publisher, *, with_newsboat: bool) -> dict[str, dict[str, tuple[float, float]]]:
    """One pair: both readers through the stages, stage by stage in turn."""
    figures: dict[str, dict[str, tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        publisher.reset()
        readers: dict[str, Warta | Newsboat] = {"warta": Warta(Path(one), publisher.urls)}
        if with_newsboat:
            readers["newsboat"] = Newsboat(Path(other), publisher.urls)
        for stage in STAGES:
            if stage == STAGES[-1]:
                publisher.step()
            figures[stage] = {name: reader.reload() for name, reader in readers.items()}
    return figures


ASKED = {"nothing cached": "≤ 1", "unchanged": "≤ 0.3", "unchanged again": "≤ 0.3", "one new item a feed": ""}


def measure(publisher: Publisher, pairs: int) -> list[Figure]:
    """The stages as ratios, what a stored article takes on disk, and the most memory."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        readers = Warta(folder, publisher.urls)
        publisher.reset()
        peak = peak_megabytes(readers.command)
        stored = _used(folder / "data" / "warta.db") / len(publisher.urls) / publisher.entries
    has_newsboat = shutil.which("newsboat") is not None
    runs = [pair(publisher, with_newsboat=has_newsboat) for _ in range(pairs)]
    found = []
    for stage in STAGES:
        for place, kind in enumerate(("wall", "CPU")):
            ours = tuple(run[stage]["warta"][place] for run in runs)
            found.append(Figure(f"refresh, {stage}: {kind}", "", ours, "s"))
            if has_newsboat:
                ratios = tuple(run[stage]["warta"][place] / run[stage]["newsboat"][place] for run in runs)
                found.append(Figure(f"refresh, {stage}: {kind} ÷ newsboat", ASKED[stage], ratios))
            else:
                found.append(Figure(f"refresh, {stage}: {kind} ÷ newsboat", ASKED[stage], (), note="no newsboat here"))
    found.append(Figure("refresh, nothing cached: most memory, all processes", "≤ 150", (peak,), "MB"))
    found.append(Figure("database for each article of the feeds", "", (stored / 1000,), "KB"))
    return found


def _used(path: Path) -> int:
    """Bytes of a database without the pages it keeps to be used again."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        pages, free, size = (
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
        )
    return int((pages - free) * size)


def main() -> None:
    """Print a Markdown table of ratios, and JSON with everything measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    for name, default in (("feeds", 100), ("entries", 50), ("words", 520), ("pairs", 5)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    kept = tempfile.TemporaryDirectory()
    os.environ |= compiled(Path(kept.name))
    publisher = Publisher(given.feeds, given.entries, given.words)
    pair(Publisher(1, 2, 50), with_newsboat=False)  # compiles
    size = sum(map(len, publisher.bodies)) // len(publisher.bodies) // 1000
    print(
        f"{given.feeds} feeds of {given.entries} entries, {size} KB each; {os.cpu_count()} processors; "
        f"{given.pairs} pairs\n"
    )
    figures = measure(publisher, given.pairs)
    print(table(figures))
    if given.json:
        given.json.write_text(as_json(figures))


if __name__ == "__main__":
    main()
