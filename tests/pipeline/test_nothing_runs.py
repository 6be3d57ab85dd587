"""Commands named in a feeds.toml that merely lies in the current folder: nothing runs, and that is said."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.config.load import load
from reader.config.locate import locate
from reader.core import Reader
from reader.ui.app import WartaApp
from reader.ui.port import ReaderPort
from tests.loopback import Answer, Loopback
from tests.screen.driving import Driver

KEYS = ("auth_command", "browser", "pipe", "player")
RSS = (
    "<rss version='2.0'><channel><title>Klon</title><item><title>Kapal sandar</title><guid>1</guid>"
    "<link>{base}/berita</link><description>Isi</description>"
    "<enclosure url='{base}/suara.mp3' type='audio/mpeg' length='9'/></item></channel></rss>"
)


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as running:
        running.answer("*", Answer(status=404))
        running.answer("/feed", Answer(body=RSS.format(base=running.url("")).encode()))
        yield running


@pytest.fixture
def clone(tmp_path: Path, server: Loopback) -> Path:
    """Somebody's repository, with a feeds.toml whose every command leaves a trace."""
    folder = tmp_path / "clone"
    folder.mkdir()
    trap = folder / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\necho bearer T\n")
    trap.chmod(0o755)
    command = f'["{trap}"]'
    settings = "".join(f"{key} = {command}\n" for key in KEYS[1:])
    feed = f'[[feeds]]\nurl = "{server.url("/feed")}"\nauth_command = {command}\n'
    (folder / "feeds.toml").write_text(f"[settings]\n{settings}\n{feed}")
    return folder


def run(clone: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    home = clone.parent / "home"
    places = {"HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"), "XDG_DATA_HOME": str(home / "data")}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "WARTA"))}
    return subprocess.run(
        [sys.executable, "-m", "reader", *arguments],
        cwd=clone, env=kept | places, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_commands_of_a_clone_do_not_run(clone: Path, server: Loopback) -> None:
    """`warta refresh` in somebody's folder fetches his feeds, and says which keys it did not obey."""
    done = run(clone, "refresh")

    assert len(server.received("/feed")) == 1
    assert server.requests[0].header("Authorization") is None
    assert [key for key in KEYS if f"{key} is ignored here" not in done.stderr] == []
    assert "--feeds or $WARTA_FEEDS" in done.stderr
    assert not (clone.parent / "sprung").exists()


def test_the_same_file_named_by_the_user_is_obeyed(clone: Path, server: Loopback) -> None:
    """The trap works: what keeps it shut is who named the file."""
    done = run(clone, "refresh", "--feeds", "feeds.toml")

    assert "ignored here" not in done.stderr
    assert server.received("/feed")[0].header("Authorization") == b"Bearer T"
    assert (clone.parent / "sprung").exists()


async def test_no_key_of_the_screen_runs_them(clone: Path, server: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pipe, player and browser are those of the system or none, whatever the file says."""
    monkeypatch.setenv("BROWSER", "true")  # the system's own browser is not to open either
    located = locate("", environ={"HOME": str(clone.parent)}, cwd=clone)
    config = load(located.path, may_run_commands=located.may_run_commands)
    assert (located.origin, config.settings.browser, config.settings.pipe, config.settings.player) == (
        "current_folder", (), (), (),
    )  # fmt: skip
    reader = await Reader.open(config, clone.parent / "data")
    await reader.refresh()

    async def open_reader() -> ReaderPort:
        return reader

    app = WartaApp(config, clone.parent / "data", open_reader, network=False)
    async with app.run_test(size=(130, 40)) as pilot:
        driver = Driver(app, pilot)
        await driver.until(lambda: driver.screen.is_settled and driver.screen.list.article_id is not None)
        await driver.press("|")
        await driver.press("escape", "e")
        await driver.pilot.pause()
        await driver.press("enter", "escape", "o")
        await app.workers.wait_for_complete([worker for worker in app.workers if worker.group == "command"])
    await reader.close()

    assert not (clone.parent / "sprung").exists()
