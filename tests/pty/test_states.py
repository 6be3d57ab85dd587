"""Issue 2.12: whatever is missing, full, broken or not permitted, a page says what happened and what to do."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.loopback import Answer, Loopback, feed
from tests.pty.hostile_place import Place
from tests.terminal import Terminal

ENTER = "\r"
SIZES = [(140, 36), (60, 20)]
Mount = Callable[..., Path]


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """One feed of one article; then its server is gone."""
    place = Place(tmp_path_factory.mktemp("keadaan"))
    with Loopback() as server:
        server.answer("/a", Answer(body=feed("Kapal perintis Natuna", name="Satu")))
        place.feeds.write_text(f'[[feeds]]\nurl = "{server.url("/a")}"\n')
        assert place.run("refresh").returncode == 0
    return place


@pytest.fixture
def place(refreshed: Place, tmp_path: Path) -> Place:
    """A copy to break."""
    shutil.copytree(refreshed.folder, tmp_path / "own")
    return Place(tmp_path / "own")


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Mount]:
    """Mounts a small file system of its own at a folder; what was in the folder is on it."""
    mounted = []

    def make(folder: Path, options: str) -> Path:
        if os.geteuid() != 0:
            pytest.skip("only root may mount a file system")
        content = tmp_path / "content"
        if folder.exists():
            shutil.copytree(folder, content)
        folder.mkdir(exist_ok=True)
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "warta-test", folder], check=False)
        if done.returncode:
            pytest.skip("no file system can be mounted here")
        mounted.append(folder)
        if content.exists():
            shutil.copytree(content, folder, dirs_exist_ok=True)
        if options == "full":
            with contextlib.suppress(OSError), (folder / "filler").open("wb", buffering=0) as filler:
                while True:
                    filler.write(b"x" * 4096)
        else:
            subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        return folder

    yield make
    for folder in mounted:
        subprocess.run(["umount", "-l", folder], check=True)


def said(terminal: Terminal, *words: str) -> None:
    """Wait until all of this stands on the screen, wherever lines were broken."""
    terminal.wait(lambda text: all(word.replace(" ", "") in _in_one_piece(text) for word in words))


def _in_one_piece(text: str) -> str:
    return "".join(text.replace("│", " ").split())


def ends(terminal: Terminal, status: int) -> None:
    """Every key may be tried first; quitting works from every page."""
    for key in (
        "j",
        "k",
        "g",
        "G",
        " ",
        "b",
        "n",
        "p",
        "m",
        "s",
        "u",
        "A",
        "x",
        "o",
        "y",
        "Y",
        "i",
        ";",
        "z",
        "z",
        "'",
    ):
        terminal.send(key)
    for _dialog in range(5):
        terminal.settle()
        terminal.send("\x1b")
    terminal.settle()
    terminal.send("Q")
    assert terminal.ended() == status, terminal.text


def no_feeds(place: Place) -> tuple[str, ...]:
    place.feeds.write_text("# nothing yet\n")
    return "No feeds yet", "Warta picks them up as soon as you save it", "[[feeds]]"


def missing_file(place: Place) -> tuple[str, ...]:
    place.feeds.unlink()
    return "No feeds yet", "No feeds.toml at", "[[feeds]]"


def broken_file(place: Place) -> tuple[str, ...]:
    shutil.rmtree(place.data)
    place.feeds.write_text('[[feeds]\nurl = "x"\n')
    return "feeds.toml cannot be used", "feeds.toml:1:", "Fix the file and save it"


def broken_file_with_a_copy(place: Place) -> tuple[str, ...]:
    place.feeds.write_text('[[feeds]\nurl = "x"\n')
    return "Kapal perintis Natuna", "using the last good copy"


def folder_as_file(place: Place) -> tuple[str, ...]:
    shutil.rmtree(place.data)
    place.feeds.unlink()
    place.feeds.mkdir()
    return "feeds.toml cannot be used", "this is a folder, not a file"


def nothing_stored(place: Place) -> tuple[str, ...]:
    shutil.rmtree(place.data)
    return "Nothing is stored yet", "Warta was started without refreshing", "R refresh now"


def damaged_database(place: Place) -> tuple[str, ...]:
    (place.data / "warta.db").write_bytes(b"no database" * 1000)
    return "The database was damaged and moved to", "warta.db.damaged-", "R refresh now"


@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
@pytest.mark.parametrize(
    "spoil",
    [
        no_feeds, missing_file, broken_file, broken_file_with_a_copy, folder_as_file, nothing_stored, damaged_database,
    ],
)  # fmt: skip
def test_a_page_says_what_to_do(place: Place, spoil: Callable[[Place], tuple[str, ...]], size: tuple[int, int]) -> None:
    """Never a blank pane, never a traceback; every key is harmless there."""
    expected = spoil(place)
    with place.open(columns=size[0], lines=size[1]) as terminal:
        if size[0] < 80:  # a line of status is clipped there
            expected = tuple(words for words in expected if words != "using the last good copy")
        said(terminal, *expected)
        ends(terminal, 0)
    assert not list(place.data.glob("report-*"))


def newer_database(place: Place) -> tuple[str, ...]:
    with contextlib.closing(sqlite3.connect(place.data / "warta.db")) as database:
        database.execute("PRAGMA user_version = 999")
    return "The database cannot be used", "written by a newer Warta", "Update Warta"


def another_programs_database(place: Place) -> tuple[str, ...]:
    shutil.rmtree(place.data)
    place.data.mkdir()
    with contextlib.closing(sqlite3.connect(place.data / "warta.db")) as database:
        database.execute("CREATE TABLE x (a)")
    return "The database cannot be used", "This is not a Warta database", "Move it away"


def file_as_data_folder(place: Place) -> tuple[str, ...]:
    shutil.rmtree(place.data)
    place.data.write_text("x")
    return "The database cannot be used", "Fix the cause"


@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
@pytest.mark.parametrize("spoil", [newer_database, another_programs_database, file_as_data_folder])
def test_an_unusable_database_is_a_page_and_status_3(
    place: Place, spoil: Callable[[Place], tuple[str, ...]], size: tuple[int, int]
) -> None:
    """What happened, where it lies, that nothing else can be done here; the shell is told as well."""
    expected = spoil(place)
    with place.open(columns=size[0], lines=size[1]) as terminal:
        said(terminal, *expected, "Q quit")
        assert _in_one_piece(terminal.text).count("warta.db") <= 1
        ends(terminal, 3)


def test_a_full_disk_is_told_before_anything_is_lost(place: Place, mount: Mount) -> None:
    """Nothing can be opened for writing there, not even the journal."""
    mount(place.data, "full")
    with place.open() as terminal:
        said(terminal, "The disk is full", "Fix the cause")
        ends(terminal, 3)


def test_a_read_only_folder_can_still_be_read(place: Place, mount: Mount) -> None:
    """Reading goes on; what cannot be kept is said."""
    mount(place.data, "ro")
    with place.open() as terminal:
        said(terminal, "Kapal perintis Natuna", "nothing new can be stored or marked")
        terminal.send("s")
        said(terminal, "The database is not writable")
        ends(terminal, 0)


def test_a_read_only_folder_without_a_database_is_a_page(place: Place, mount: Mount) -> None:
    """There is nothing to read and nowhere to keep it."""
    shutil.rmtree(place.data)
    mount(place.data, "ro")
    with place.open() as terminal:
        said(terminal, "The database cannot be used", "the folder is not writable")
        ends(terminal, 3)


@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
def test_without_a_network_the_stored_news_are_there(place: Place, size: tuple[int, int]) -> None:
    """Its server is gone: the feed says so, the article is read."""
    with place.open(columns=size[0], lines=size[1], command=place.command()) as terminal:
        terminal.send("R")
        said(terminal, "Kapal perintis Natuna", "1 feed failed")
        ends(terminal, 0)


def test_the_words_that_match_nothing_are_named(place: Place) -> None:
    """So that one knows which to take away."""
    with place.open() as terminal:
        said(terminal, "Kapal perintis Natuna")
        terminal.send("/natuna sepakbola")
        said(terminal, "Nothing matches", "natuna 1", "Esc clear the filter")
        terminal.send("\x1b")
        terminal.settle()
        terminal.send("\x1b")
        terminal.wait(lambda text: "Nothing matches" not in text and "Kapal perintis" in text)


def test_all_read_is_said(place: Place) -> None:
    """A quiet line instead of an empty pane."""
    with place.open() as terminal:
        said(terminal, "Kapal perintis Natuna")
        terminal.send("A")
        said(terminal, "1 article marked read")
        terminal.send("'")
        terminal.settle()
        terminal.send("Unread" + ENTER)
        said(terminal, "All read")
        ends(terminal, 0)
