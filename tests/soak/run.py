"""One soak: Warta in a pseudo-terminal, keys pressed by chance, feeds that fail, and what it holds at both ends."""

from __future__ import annotations

import os
import random
import signal
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.loopback import Loopback
from tests.soak.measuring import Held, held, least, workers
from tests.soak.publisher import Publisher
from tests.terminal import Terminal

__all__ = ["Soaked", "soak"]

ENTER, ESCAPE, TAB = "\r", "\x1b", "\t"
BURSTS = (
    "jjjj", "kk", "JJK", "np", "nnn", "G", "g", ENTER + "   b" + "h", ENTER + "f" + "kapal" + ENTER + ESCAPE,
    "/gempa" + ENTER + "jj" + ESCAPE, "/~pelabuhan" + ESCAPE + ESCAPE, "/is:unread natuna" + ESCAPE + ESCAPE,
    "/[/(" + ESCAPE + ESCAPE, "s", "m", "u", "A", "u", "r", "R", "x", ";" + ESCAPE, "?" + "kapal" + ESCAPE + ESCAPE,
    ":" + "ref" + ESCAPE, "'" + "feed1" + ENTER, "'All" + ENTER, "h" + "jjjj" + "l", "i" + ESCAPE, "zz", "d", "d",
    "." + ".", "," + ESCAPE, "t" + ESCAPE, "o", "S", "e" + ESCAPE, "E" + ESCAPE, "a" + ESCAPE, TAB + TAB + TAB, "}{",
)  # fmt: skip
"""What a reader does, in any order; nothing that quits, and nothing that removes a feed."""
SIZES = ((140, 36), (100, 30), (60, 20), (24, 8), (200, 50))
PROBE = "zqx"
WINDOW_SECONDS = 2.0
EVERY_SECONDS = 10.0
PATIENCE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Soaked:
    """What came of it."""

    start: Held
    """After every feed was asked once."""
    end: Held
    """At the end, in the same state."""
    first_seconds: float
    """From a key to its letter on the screen at the start: the median."""
    last_seconds: float
    """The same at the end."""
    status: int | None
    """Exit status."""
    turns: Counter[str]
    """What the publisher answered."""
    keys: int
    """Pressed."""
    articles: int
    """Stored at the end."""
    reports: tuple[str, ...]
    """Of unexpected errors."""


def soak(
    seconds: float, *, feeds: int = 200, speed: float = 300.0, seed: int = 1, kills: bool = False,
    tell: Callable[[str], None] = lambda _text: None,
) -> Soaked:  # fmt: skip
    """Run for so many real seconds.

    Args:
        seconds: Between the two measurements.
        feeds: How many the publisher has.
        speed: How much faster than the wall clock Warta's runs.
        seed: Of everything that is left to chance.
        kills: Kill a parser now and then, as a system short of memory does.
        tell: Is called with a line of figures now and then.

    """
    publisher = Publisher(seed)
    with tempfile.TemporaryDirectory() as name, Loopback() as server:
        folder, samples = Path(name), Path(name) / "samples"
        server.answer("*", publisher)
        _write_feeds(folder, server, feeds)
        command = [sys.executable, "-m", "tests.soak.app", str(folder / "feeds.toml"), str(folder / "data")]
        environment = {"HOME": name, "WARTA_LANGUAGE": "en", "ESCDELAY": "10"}
        with Terminal([*command, str(speed), str(samples)], columns=140, lines=36, environment=environment) as terminal:
            _wait(terminal, lambda: sum(publisher.turns.values()) >= feeds)
            start, first = _window(terminal, samples), _probe(terminal)
            tell(f"start {start} key {first:.3f} s")

            def now_and_then() -> None:
                tell(str(held(terminal.pid, samples)))
                server.requests.clear()
                if kills and (alive := workers(terminal.pid)):
                    os.kill(alive[0], signal.SIGKILL)

            keys = _live(terminal, seconds, random.Random(seed), now_and_then, lambda: _reports(folder))
            terminal.resize(140, 36)
            (folder / "quiet").touch()
            _come_to_rest(terminal, samples, start.tasks)
            end, last = _window(terminal, samples), _probe(terminal)
            tell(f"end   {end} key {last:.3f} s")
            terminal.send("Q")
            status = terminal.ended()
        return Soaked(
            start, end, first, last, status, publisher.turns, keys, _articles(folder),
            _reports(folder),
        )  # fmt: skip


def _write_feeds(folder: Path, server: Loopback, feeds: int) -> None:
    lines = ["[settings]", 'browser = ["true"]', 'pipe = ["cat"]', f'downloads = "{folder}"', 'animation = "off"']
    for number in range(feeds):
        lines += ["[[feeds]]", f'url = "{server.url(f"/feed{number}")}"', f'folder = "Folder {number % 9}"']
    lines += ["[[filters]]", 'name = "Gempa"', 'query = "gempa"', "[[filters]]", 'name = "Kapal"', 'query = "~kapal"']
    lines += ["[[filters]]", 'name = "Bintang"', 'query = "title:3"', 'action = "star"']
    (folder / "feeds.toml").write_text("\n".join(lines) + "\n")


def _reports(folder: Path) -> tuple[str, ...]:
    """What unexpected errors left behind."""
    return tuple(report.read_text() for report in (folder / "data").glob("report-*"))


def _live(
    terminal: Terminal, seconds: float, dice: random.Random, now_and_then: Callable[[], None],
    reports: Callable[[], tuple[str, ...]],
) -> int:  # fmt: skip
    """Press keys and change the window's size by chance; the number of keys."""
    end, done, keys = time.monotonic() + seconds, time.monotonic(), 0
    while time.monotonic() < end:
        burst = dice.choice(BURSTS)
        for key in burst:
            terminal.send(key)
            _look_on(terminal, 0.02)
        keys += len(burst)
        for _ in range(3):
            terminal.send(ESCAPE)
            _look_on(terminal, 0.05)
        if dice.random() < 0.05:
            terminal.resize(*dice.choice(SIZES))
        if terminal.ended(0.0) is not None:
            raise AssertionError("\n".join((f"Warta ended after {burst!r}", *reports(), terminal.text)))
        terminal.received.clear()
        if time.monotonic() - done > EVERY_SECONDS:
            done = time.monotonic()
            now_and_then()
    return keys


def _look_on(terminal: Terminal, seconds: float) -> None:
    """Take in what is painted for so long. An escape needs that: with the next key it would be another key."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        terminal.read(left)


def _wait(terminal: Terminal, condition: Callable[[], bool], seconds: float = 240.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert terminal.ended(0.0) is None, terminal.text
        assert time.monotonic() < end, terminal.text
        terminal.read(0.1)


def _come_to_rest(terminal: Terminal, samples: Path, tasks: int) -> None:
    """Wait until the refresh under way is over, or what it left behind will not go."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end and held(terminal.pid, samples).tasks > tasks + 3:
        _look_on(terminal, 1.0)


def _window(terminal: Terminal, samples: Path) -> Held:
    """What is held with nothing pressed, over some seconds."""
    seen, end = [], time.monotonic() + WINDOW_SECONDS
    while time.monotonic() < end:
        terminal.read(0.2)
        seen.append(held(terminal.pid, samples))
    return least(seen)


def _probe(terminal: Terminal) -> float:
    """Seconds from a key to its letter on the screen: the median of several."""
    took = []
    for _ in range(3):
        for key in (ESCAPE, ESCAPE, ESCAPE, "/", "\x15"):
            terminal.send(key)
            _look_on(terminal, 0.2)
        terminal.send(PROBE)
        took.append(terminal.wait_for(PROBE))
        terminal.send("\x15" + ESCAPE)
        terminal.wait_gone(PROBE)
    return statistics.median(took)


def _articles(folder: Path) -> int:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(folder / "data" / "warta.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        database.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 0)")
        return int(database.execute("SELECT count(*) FROM articles").fetchone()[0])
