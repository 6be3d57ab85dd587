"""Saving, piping, enclosures, links and copies, by their keys."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reader.config.load import load
from reader.fetch.client import Fetcher
from reader.model import Enclosure, Settings
from reader.ui.dialogs.picker import Picker
from reader.ui.dialogs.text import TextDialog
from tests.loopback import Answer, Loopback
from tests.screen.driving import Driver, running, some_reader, some_rows
from tests.screen.fake_reader import FakeReader


def allowed(settings: Settings) -> FakeReader:
    """A reader whose feeds.toml may run commands."""
    reader = some_reader(some_rows(), settings=settings)
    reader.config = replace(reader.config, may_run_commands=True)
    return reader


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def said(log: Path) -> str:
    """What a program wrote down so far."""
    return log.read_text() if log.exists() else ""


async def gone(driver: Driver) -> None:
    """Wait until no dialog is open."""
    await driver.until(lambda: driver.app.screen is driver.app.get_default_screen())


def recording(tmp_path: Path, name: str = "program") -> Path:
    """A program that writes down how it was called."""
    script = tmp_path / name
    script.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/{name}.log\n')
    script.chmod(0o755)
    return script


async def test_an_article_is_saved_and_the_path_is_told(tmp_path: Path) -> None:
    """`S`, twice: two files."""
    async with running(allowed(Settings(downloads=str(tmp_path)))) as driver:
        await driver.press("S")
        await driver.shows("Saved as")
        await driver.press("S")
        # While it is written it has another name.
        await driver.until(lambda: sum(name.endswith(".md") for name in names(tmp_path)) == 2)

    assert names(tmp_path) == [
        "2025-12-16 Harga ikan di Ranai turun 1 (2).md",
        "2025-12-16 Harga ikan di Ranai turun 1.md",
    ]


async def test_what_the_command_says_is_shown() -> None:
    """`|`: the article goes in as JSON."""
    code = "import json, sys; article = json.load(sys.stdin); print('JUDUL', article['title'].upper())"
    async with running(allowed(Settings(pipe=(sys.executable, "-c", code)))) as driver:
        await driver.press("|")
        await driver.shows("JUDUL HARGA IKAN DI RANAI TURUN 1", "⏎ close", "Q quits")
        await driver.press("enter")
        await gone(driver)


async def test_a_silent_command_takes_one_line() -> None:
    """A box with nothing in it would only have to be closed."""
    async with running(allowed(Settings(pipe=(sys.executable, "-c", "")))) as driver:
        await driver.press("|")
        await driver.shows("ran without output")
        await gone(driver)


async def test_the_quit_key_quits_from_the_box_too() -> None:
    """It is said in its last line."""
    async with running(allowed(Settings(pipe=(sys.executable, "-c", "print(1)")))) as driver:
        await driver.press("|")
        await driver.shows("Q quits")
        await driver.press("Q")
        await driver.until(lambda: not driver.app.is_running)


async def test_a_failing_command_says_why() -> None:
    """Its own words are the help."""
    code = "import sys; sys.stderr.write('no such field'); sys.exit(4)"
    async with running(allowed(Settings(pipe=(sys.executable, "-c", code)))) as driver:
        await driver.press("|")
        await driver.shows("status 4", "no such field")


async def test_leaving_the_dialog_stops_the_command(tmp_path: Path) -> None:
    """Escape means now."""
    code = f"import time, pathlib; pathlib.Path({str(tmp_path)!r}, 'began').touch(); time.sleep(60)"
    async with running(allowed(Settings(pipe=(sys.executable, "-c", code)))) as driver:
        await driver.press("|")
        await driver.shows("Esc stop")
        await driver.until(lambda: names(tmp_path) == ["began"])
        dialog = driver.app.screen
        assert isinstance(dialog, TextDialog)
        job = next(worker for worker in driver.app.workers if worker.node is dialog)
        await driver.press("escape")
        await gone(driver)
        await driver.until(lambda: job.is_finished)


async def test_without_a_command_one_sentence_says_how() -> None:
    """Nobody reads a manual for it."""
    async with running(allowed(Settings()), (160, 36)) as driver:
        await driver.press("|")
        await driver.shows('write pipe = ["jq", "."] under [settings]')


async def test_commands_of_a_file_that_was_only_found_never_run(tmp_path: Path) -> None:
    """Running warta inside somebody's clone must execute nothing."""
    script, path = recording(tmp_path), tmp_path / "feeds.toml"
    keys = "\n".join(f'{key} = ["{script}"]' for key in ("pipe", "player", "browser"))
    path.write_text(f"[settings]\n{keys}\n")
    config = load(path, may_run_commands=False)
    reader = some_reader(some_rows())
    reader.config = replace(reader.config, settings=config.settings, problems=config.problems)
    reader.files = (Enclosure("https://contoh.example/1.mp3", "audio/mpeg"),)

    async with running(reader, (200, 36)) as driver:
        await driver.press("|")
        await driver.shows("pipe is ignored here")
        await driver.press("e")
        await driver.until(lambda: isinstance(driver.app.screen, Picker))
        await driver.press("enter")
        await driver.shows("player is ignored here")

    assert reader.config.settings.browser == ()
    assert not (tmp_path / "program.log").exists()


async def test_an_enclosure_is_played_and_stopped(tmp_path: Path) -> None:
    """`e`, Enter; `e`, s."""
    script = tmp_path / "player"
    script.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/called\nexec sleep 60\n')
    script.chmod(0o755)
    reader = allowed(Settings(player=(str(script), "--quiet")))
    reader.files = (
        Enclosure("https://contoh.example/ep%2041.mp3", "audio/mpeg", 43_000_000, 2712, "Episode 41"),
        Enclosure("https://contoh.example/foto.jpg", "image/jpeg"),
    )
    async with running(reader) as driver:
        await driver.press("e")
        await driver.shows("Episode 41  audio · 45:12 · 43 MB", "foto.jpg", "contoh.example", "⏎ play", "d download")
        await driver.press("enter")
        await driver.shows("Playing · e s stops it")
        await driver.until(lambda: said(tmp_path / "called"))
        player = driver.screen.late.taking._player
        assert player is not None
        await driver.press("e")
        await driver.shows("s stop playing")
        await driver.press("s")
        await driver.until(lambda: not player.is_running)

    assert (tmp_path / "called").read_text() == "--quiet https://contoh.example/ep%2041.mp3\n"


async def test_what_plays_unseen_ends_with_warta(tmp_path: Path) -> None:
    """Nobody could stop it any more."""
    script = tmp_path / "player"
    script.write_text("#!/bin/sh\nexec sleep 60\n")
    script.chmod(0o755)
    reader = allowed(Settings(player=(str(script),)))
    reader.files = (Enclosure("https://contoh.example/1.mp3", "audio/mpeg"),)
    async with running(reader) as driver:
        await driver.press("e")
        await driver.shows("1.mp3")
        await driver.press("enter")
        await driver.shows("Playing")
        player = driver.screen.late.taking._player
        assert player is not None
        assert player.is_running
        await driver.press("q")

    player._process.wait(20)


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as running_:
        yield running_


@pytest.fixture
async def podcast(server: Loopback, tmp_path: Path) -> AsyncIterator[FakeReader]:
    """Every article brings an episode from a host that may be asked."""
    reader = allowed(Settings(downloads=str(tmp_path)))
    own = replace(reader.known_feeds[1], config=replace(reader.known_feeds[1].config, url=server.url("/feed")))
    reader.known_feeds = (reader.known_feeds[0], own, *reader.known_feeds[2:])
    reader.files = (Enclosure(server.url("/ep.mp3"), "audio/mpeg"),)
    reader.fetcher = Fetcher(environ={}, spacing_seconds=0.0)
    yield reader
    await reader.fetcher.close()


async def test_an_enclosure_is_downloaded(podcast: FakeReader, server: Loopback, tmp_path: Path) -> None:
    """`e`, d; the path is told."""
    server.answer("/ep.mp3", Answer(body=b"suara"))
    async with running(podcast) as driver:
        await driver.press("e")
        await driver.shows("ep.mp3")
        await driver.press("d")
        await driver.shows("Downloaded to")
        await driver.press("e")
        await driver.shows("ep.mp3  audio")
        await driver.press("enter")
        await driver.shows("Already downloaded to")

        script = recording(tmp_path, "player")
        podcast.config = replace(podcast.config, settings=replace(podcast.config.settings, player=(str(script),)))
        await driver.press("e")
        await driver.shows("⏎ play")
        await driver.press("enter")
        await driver.until(lambda: said(tmp_path / "player.log"))

    assert (tmp_path / "ep.mp3").read_bytes() == b"suara"
    assert said(tmp_path / "player.log") == f"{tmp_path / 'ep.mp3'}\n"


async def test_a_text_browser_is_not_given_what_it_cannot_play(tmp_path: Path) -> None:
    """It would take the terminal, and show nothing."""
    reader = allowed(Settings(browser=(str(recording(tmp_path, "w3m")),)))
    reader.files = (Enclosure("https://contoh.example/1.mp3", "audio/mpeg"),)
    async with running(reader) as driver:
        await driver.press("e")
        await driver.shows("1.mp3")
        await driver.press("enter")
        await driver.shows("No player: write player")

    assert not (tmp_path / "w3m.log").exists()


async def test_a_download_tells_its_progress_and_can_be_stopped(
    podcast: FakeReader, server: Loopback, tmp_path: Path
) -> None:
    """`e`, d once more; nothing of it stays."""

    def pieces() -> Iterator[bytes]:
        yield b"x" * 2_000_000
        while True:
            yield b"x"

    server.answer("/ep.mp3", Answer(pieces=pieces, pause_seconds=0.05))
    async with running(podcast) as driver:
        await driver.press("e")
        await driver.shows("ep.mp3")
        await driver.press("d")
        await driver.shows("Downloading… · e d stops it")
        await driver.until(lambda: names(tmp_path) == ["ep.mp3.part"])
        driver.screen.telling.hush()
        await driver.shows("⇣ ep.mp3 · 2 MB")
        await driver.press("e")
        await driver.shows("downloading…", "download, or stop it")
        await driver.press("d")
        await driver.shows("nothing was kept")
        await driver.until(lambda: names(tmp_path) == [])


async def test_quitting_leaves_no_half_file(podcast: FakeReader, server: Loopback, tmp_path: Path) -> None:
    """Nobody would know what it is."""

    def pieces() -> Iterator[bytes]:
        while True:
            yield b"x"

    server.answer("/ep.mp3", Answer(pieces=pieces, pause_seconds=0.05))
    async with running(podcast) as driver:
        await driver.press("e")
        await driver.shows("ep.mp3")
        await driver.press("d")
        await driver.until(lambda: names(tmp_path) == ["ep.mp3.part"])
        await driver.press("q")

    assert names(tmp_path) == []


async def test_an_article_without_files_says_so() -> None:
    """Rather than an empty list."""
    async with running(some_reader(some_rows())) as driver:
        await driver.press("e")
        await driver.shows("No enclosures in this article")
        await driver.press("L")
        await driver.shows("No links in this article")


async def test_links_are_listed_with_their_real_hosts(tmp_path: Path) -> None:
    """`L`: Enter or the digit opens, y copies."""
    script = recording(tmp_path)
    reader = allowed(Settings(browser=(str(script),)))
    reader.links = ("https://contoh.example/a", "https://penipu.example/b", "javascript:alert(1)")
    async with running(reader) as driver:
        await driver.press("L")
        await driver.shows("1  Tautan 0", "contoh.example", "2  Tautan 1", "penipu.example", "⏎ open", "y copy")
        assert "Tautan 2" not in "\n".join(line for line in driver.text.splitlines() if "3  " in line)
        await driver.press("j", "y")
        await driver.until(lambda: driver.app.clipboard == "https://penipu.example/b")
        await gone(driver)
        for key in ("2", "enter"):
            await driver.press("L")
            await driver.shows("⏎ open")
            await driver.press(key)
            await gone(driver)
        await driver.until(lambda: len(said(tmp_path / "program.log").splitlines()) == 2)

    assert sorted((tmp_path / "program.log").read_text().split()) == [
        "https://contoh.example/a",
        "https://penipu.example/b",
    ]


async def test_titles_are_copied_too() -> None:
    """By the list of commands."""
    async with running(some_reader(some_rows())) as driver:
        driver.screen.action_command("article.copy_title")
        await driver.until(lambda: driver.app.clipboard == "Harga ikan di Ranai turun 1")
        await driver.shows("Title copied")


async def test_a_program_of_the_desktop_fills_the_clipboard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many terminals refuse OSC 52, and none says so."""
    (tmp_path / "xclip").write_text(f"#!/bin/sh\ncat > {tmp_path}/clipboard\n")
    (tmp_path / "xclip").chmod(0o755)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    async with running(some_reader(some_rows())) as driver:
        await driver.press("y")
        await driver.shows("Link copied")

    assert (tmp_path / "clipboard").read_text() == "https://contoh.example/1"


async def test_where_nothing_copies_the_text_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A console without a mouse protocol still has eyes."""
    monkeypatch.setenv("TERM", "linux")
    async with running(some_reader(some_rows())) as driver:
        await driver.press("y")
        await driver.shows("this terminal has no clipboard access", "https://contoh.example/1")


async def test_the_feeds_site_is_opened_from_the_sources(tmp_path: Path) -> None:
    """`o` there is the feed's, not the article's."""
    script = recording(tmp_path)
    async with running(allowed(Settings(browser=(str(script),)))) as driver:
        driver.screen.sidebar.focus()
        await driver.press(*"jjjjjjj")
        await driver.until(lambda: driver.screen.lists.listing.source.name == "feed")
        await driver.press("o")
        await driver.until(lambda: said(tmp_path / "program.log"))

    assert said(tmp_path / "program.log") == "https://contoh.example/1.xml\n"
