"""Opening links from the screen, and what a feeds.toml that nobody chose may make Warta run."""

from __future__ import annotations

import html
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.loopback import Answer, Loopback
from tests.pty.hostile_place import EVIL_LINKS, Place
from tests.terminal import Terminal

ENTER, ESCAPE = "\r", "\x1b"
GOOD_LINK = "https://contoh.example/a;touch$IFS'x'?b=`id`&c=$(id)"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """One feed whose articles lead to places no program may be sent to; a browser that writes down what it is given."""
    made = Place(tmp_path)
    links = "".join(f"<p><a href='{html.escape(link, quote=True)}'>tautan</a></p>" for link in (*EVIL_LINKS, GOOD_LINK))
    items = "".join(
        f"<item><title>Berita {number:02}</title><guid isPermaLink='false'>{number}</guid>"
        f"<link>{html.escape(link)}</link><description>{html.escape(links)}</description></item>"
        for number, link in enumerate((*EVIL_LINKS, GOOD_LINK))
    )
    recorder = tmp_path / "recorder"
    recorder.write_text('#!/bin/sh\necho "$# $1" >> "$HOME/opened"\n')
    recorder.chmod(0o755)
    with Loopback() as server:
        server.answer("/rss", Answer(body=f"<rss><channel><title>U</title>{items}</channel></rss>".encode()))
        made.feeds.write_text(
            f'[settings]\nbrowser = ["{recorder}"]\n[[feeds]]\nurl = "{server.url("/rss")}"\n'
            f'auth_command = ["{recorder}", "auth"]\n'
        )
        yield made


def opened(place: Place) -> list[str]:
    """What the recorder was given: the number of arguments and the first."""
    log = place.folder / "opened"
    return log.read_text().splitlines() if log.exists() else []


def test_only_addresses_are_opened(place: Place) -> None:
    """Every key that opens, on every article: nothing but http, https and mailto, each as one argument."""
    place.feeds.write_text(place.feeds.read_text().replace("auth_command", "# "))
    assert place.run("refresh").returncode == 0
    with place.open() as terminal:
        terminal.wait_for("Berita 00")
        for _number in range(len(EVIL_LINKS) + 1):
            terminal.send("o")
            terminal.settle(0.05)
            terminal.send("j")
            terminal.settle(0.05)
        terminal.send(ENTER)
        terminal.settle()
        for key in "123456789":
            terminal.send(key)
            terminal.settle(0.05)
        for letter in "asd":
            terminal.send(";")
            terminal.settle(0.1)
            terminal.send(letter)
            terminal.settle(0.05)
        terminal.send(ESCAPE)
        terminal.settle()
        terminal.send("Q")
        assert terminal.ended() == 0, terminal.text

    addresses = set(opened(place))
    assert "1 https://contoh.example/a;touch$IFS'x'?b=%60id%60&c=$(id)" in addresses
    assert {address.partition("://")[0] for address in addresses} <= {"1 http", "1 https"}


def test_a_file_in_the_current_folder_runs_nothing(place: Place) -> None:
    """Issue 7 point 8: `warta` inside somebody's clone must execute nothing, and says what it left out."""
    home = place.folder / "home"
    home.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WARTA", "XDG"))}
    environ = kept | {"HOME": str(home), "PATH": str(home), "DISPLAY": "", "WAYLAND_DISPLAY": "", "BROWSER": ""}
    environ |= {"WARTA_LANGUAGE": "en", "ESCDELAY": "10"}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "reader", *arguments],
            cwd=place.folder, env=environ, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

    checked, refreshed = run("check"), run("refresh")
    command = ["/usr/bin/env", "-C", str(place.folder), sys.executable, "-m", "reader", "--no-refresh"]
    with Terminal(command, columns=140, lines=36, environment=environ) as terminal:
        terminal.wait_for("Berita 00")
        terminal.send("Go")
        terminal.wait_for("No browser available")
        terminal.send("Q")
        assert terminal.ended() == 0

    assert checked.returncode == 2
    assert "browser is ignored here" in checked.stdout
    assert "auth_command is ignored here" in checked.stdout
    assert "1 new" in refreshed.stderr or "15 new" in refreshed.stderr
    assert not list(place.folder.glob("**/opened"))
