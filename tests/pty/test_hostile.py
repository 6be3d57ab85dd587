"""Issue 2.11: nothing from outside reaches the terminal raw, and nothing of it is taken for markup or a command."""

from __future__ import annotations

import base64
import json
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.loopback import Loopback
from tests.pty.hostile_place import MARKUP, SEQUENCES, Place, hostile_opml, hostile_urls, serve_hostile
from tests.pty.scanning import intruders, literal
from tests.terminal import Terminal

ESCAPE, ENTER, TAB = "\x1b", "\r", "\t"
PASTED = "\x1b[200~berita \x9d0;owned\x9c\x9b31m\u202e\u2028\x7f[/][@click=app.quit]\x1b[201~"
"""An escape itself is no part of what a terminal pastes."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Hostile sources refreshed once, their server still there for pages and a second refresh."""
    made = Place(tmp_path_factory.mktemp("jahat"))
    with Loopback() as server:
        made.feeds.write_text(serve_hostile(server))
        browser = made.folder / "browser"
        browser.write_text('#!/bin/sh\nfor a in "$@"; do echo "$a" >> "$HOME/opened"; done\n')
        browser.chmod(0o755)
        made.feeds.write_text(
            made.feeds.read_text().replace(
                "[settings]", f'[settings]\nbrowser = ["{browser}"]\npipe = ["cat"]\ndownloads = "{made.folder}"'
            )
        )
        done = made.run("refresh")
        assert done.returncode == 1, done.stderr
        assert intruders(done.stdout + done.stderr) == []
        yield made


@pytest.fixture
def own(place: Place, tmp_path: Path) -> Place:
    """A copy whose state no other test changes."""
    shutil.copytree(place.folder, tmp_path / "own")
    return Place(tmp_path / "own")


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",), ("list", "berita"), ("feeds",), ("check",), ("where",), ("refresh", "--force"),
        ("mark", "star", "--dry-run", "[/] \x1b]0;owned\x07"), ("list", "/[/\x1b[2J"), ("show", "\x1b[2J"),
        ("refresh", "\x1b[2J[/]"), ("feeds", "--json"), ("export", "opml"), ("export", "json"), ("check", "--online"),
        ("catalogue", "[/]\x1b[2J"), ("completion", "bash"), ("import", "list.opml"), ("import", "urls"),
        ("add", "\x1b]0;owned\x07[/]"), ("remove", "\x1b[2J[/]"),
    ],
    ids=lambda arguments: ascii(" ".join(arguments)),
)  # fmt: skip
def test_the_command_line_prints_words_only(place: Place, own: Place, arguments: tuple[str, ...]) -> None:
    """A list piped to a terminal is a terminal too; so is what it says of a wrong argument, and of another's list."""
    (own.folder / "list.opml").write_text(hostile_opml())
    (own.folder / "urls").write_text(hostile_urls())
    done = (own if arguments[0] in {"import", "add", "remove"} else place).run(*arguments)

    assert done.returncode in {0, 1, 2}
    assert re.findall(rb"hunter[245]", done.stdout) + re.findall(rb"hunter\d", done.stderr) == []
    assert intruders(done.stdout + done.stderr) == []
    assert b"Traceback" not in done.stderr


def test_tables_for_programs_keep_their_shape(place: Place) -> None:
    """A tab or a line break in a title would make two columns or two articles of it."""
    lines = place.run("list", "--tsv", "--limit", "200").stdout.decode().splitlines()
    articles = json.loads(place.run("list", "--json", "--limit", "200").stdout)

    assert len({line.count("\t") for line in lines}) == 1
    assert len(lines) == len(articles) > 60
    assert intruders(place.run("list", "--json").stdout) == []


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_an_article_is_printed_as_words(place: Place, form: str) -> None:
    """Bodies are the longest way in."""
    for article in json.loads(place.run("list", "--json", "--limit", "3", "berita").stdout):
        done = place.run("show", str(article["id"]), "--format", form)

        assert done.returncode == 0
        assert intruders(done.stdout.replace(b"\t", b"") + done.stderr) == []


WALK = (
    ("down the list", "jjjjjjjG"), ("an article", "g" + ENTER), ("its pages", "   bG"), ("back", "h"),
    ("next articles", "nnnJJK"), ("hints", ";"), ("no hints", ESCAPE), ("search in it", "f[/]"),
    ("paste into the search", PASTED), ("leave the search", ESCAPE), ("full article", "x"), ("the list", "h"),
    ("the sources", "h"), ("down the sources", "j" * 13), ("details", "i"), ("leave them", ESCAPE),
    ("the next feed", "jj"), ("its page", ENTER), ("the sources again", "h"), ("the first", "g" + ENTER),
    ("help", "?"), ("help for markup", "[/]"), ("paste into help", PASTED), ("leave help", ESCAPE),
    ("palette", ":"), ("palette for a feed", "F2"), ("leave the palette", ESCAPE),
    ("jump", "'"), ("jump to a feed", "F3"), ("go there", ENTER),
    ("jump to a filter", "'Saringan" + ENTER), ("paste into jump", "'" + PASTED), ("leave jump", ESCAPE),
    ("filter", "/T2 [/"), ("an impossible filter", "\x15/[/("), ("paste into the filter", "\x15" + PASTED),
    ("only that", ENTER), ("clear it", ESCAPE), ("sort", ","), ("leave the sorting", ESCAPE),
    ("star and undo", "smu"), ("copy nothing harmful", "z"), ("and back", "z"), ("refresh", "r"),
    ("everything", "'All" + ENTER),
)  # fmt: skip
"""A way through every screen; names for the message when one of them ends the app."""


@pytest.mark.parametrize("size", [(140, 36), (60, 20)], ids=["wide", "narrow"])
def test_no_screen_sends_the_terminal_anything_but_words(own: Place, size: tuple[int, int]) -> None:
    """One title that moves the cursor, sets the clipboard or is a button that quits, and the reader is not ours."""
    with own.open(columns=size[0], lines=size[1]) as terminal:
        terminal.wait_for("F1")
        steps = _walk(terminal, WALK)
        _click_everywhere(terminal, size)
        terminal.send("Q")
        assert terminal.ended() == 0, terminal.text

    _only_words(bytes(terminal.received), steps)
    text = terminal.received.decode()
    assert [sequence for sequence in SEQUENCES if sequence in text] == []
    shown = literal(terminal.received)
    assert "[/]" in shown
    assert "[@click=app.quit]" in shown or size[0] < 100
    assert list(own.data.glob("report-*")) == []
    assert _opened(own) <= {"http", "https"}


DIALOGS = (
    ("an article", "g" + ENTER), ("links", "L"), ("down the links", "jjjj"), ("leave them", ESCAPE),
    ("files", "e"), ("down the files", "jj"), ("leave them", ESCAPE), ("save it", "S"), ("copy it", "yY"),
    ("pipe it", "|"), ("run that", ENTER), ("leave its output", ESCAPE), ("leave the pipe", ESCAPE),
    ("menu", "M"), ("down the menu", "jj"), ("leave the menu", ESCAPE), ("back", "h"), ("by day", "dd"),
    ("tags", "t"), ("an evil tag", PASTED), ("put it on", ENTER), ("leave the tags", ESCAPE), ("take back", "u"),
    ("add", "a"), ("paste an address", PASTED), ("look there", ENTER), ("leave that", ESCAPE), ("leave adding", ESCAPE),
    ("add a place", "a"), ("its address", "ADDRESS"), ("look there", ENTER), ("leave that", ESCAPE), ("leave", ESCAPE),
    ("the catalogue", "a" + TAB + TAB), ("search it", "[/]"), ("paste there", PASTED), ("leave it", ESCAPE + ESCAPE),
    ("the feed with a login", "'Rahasia" + ENTER), ("how it is", "i"), ("leave that", ESCAPE),
    ("change it", "E"), ("paste a name", PASTED), ("leave the form", ESCAPE), ("really", ESCAPE),
    ("another feed", "'F2" + ENTER), ("change it", "E"), ("leave the form", ESCAPE), ("really", ESCAPE),
    ("remove it", "D"), ("yes", ENTER), ("take that back", "u"), ("take back", "u"),
    ("the filter", "'Saringan" + ENTER), ("change it", "E"), ("paste a name", PASTED), ("leave the form", ESCAPE),
    ("really", ESCAPE), ("save a filter", "/T2 [/" + ENTER + "F"), ("paste its name", PASTED), ("leave", ESCAPE),
    ("what is wrong", "!"), ("leave that", ESCAPE), ("lists of others", "I"), ("leave them", ESCAPE), ("all", ESCAPE),
)  # fmt: skip
"""A way through every dialog."""


def test_no_dialog_sends_the_terminal_anything_but_words(place: Place, own: Place) -> None:
    """Forms hold what feeds and files say, dialogs list it; and a login is in none of them."""
    address = next(line for line in place.feeds.read_text().splitlines() if "/json" in line).split('"')[1]
    with own.open(columns=110, lines=34) as terminal:
        terminal.wait_for("F1")
        steps = _walk(terminal, DIALOGS, address=address.replace("/json", "/page"))
        _click_everywhere(terminal, (110, 34), button=2)
        for _ in range(3):
            terminal.send(ESCAPE)
            terminal.settle(0.2)
        terminal.send("Q")
        assert terminal.ended() == 0, terminal.text

    received = bytes(terminal.received)
    copied = [base64.b64decode(text) for text in re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", received)]
    _only_words(re.sub(rb"\x1b\]52;c;[A-Za-z0-9+/=]*\x07", b"", received), steps)
    assert copied
    assert intruders(b"".join(copied).replace(b"\t", b"")) == []
    assert "http://••••••••••••@127.0.0.1".encode() in received, "the form of the feed with a login was not reached"
    assert re.findall(rb"hunter\d", received) == []
    assert list(own.data.glob("report-*")) == []
    assert _opened(own) <= {"http", "https"}


def test_a_path_is_words_too(tmp_path: Path) -> None:
    """What the first page says of where things are; a folder may be called anything."""
    made = Place(tmp_path / "a\x1b]0;owned\x07[@click=app.quit]\u202e\x9b31m")
    made.folder.mkdir()
    with made.open() as terminal:
        terminal.wait_for("feeds.toml")
        terminal.settle()
        for _ in range(2):
            terminal.send(ESCAPE)
            terminal.settle()
        terminal.send("Q")
        assert terminal.ended() == 0, terminal.text

    assert intruders(terminal.received) == []
    for arguments in (("where",), ("check",), ("refresh",), ("list",)):
        done = made.run(*arguments)
        assert intruders(done.stdout + done.stderr) == []


def test_every_markup_case_is_shown_as_it_is(own: Place) -> None:
    """Cleaning must not eat what people write in brackets."""
    with own.open(columns=200, lines=3 * len(MARKUP) + 4) as terminal:
        terminal.wait_for("F1")
        terminal.send("'JSON" + ENTER)
        terminal.settle()
        terminal.send("G")
        terminal.settle()
        terminal.send("Q")
        assert terminal.ended() == 0
    shown = literal(terminal.received)

    assert [case for case in MARKUP if case not in shown] == []


Step = tuple[str, int]


def _walk(terminal: Terminal, way: Sequence[tuple[str, str]], *, address: str = "") -> list[Step]:
    """Take a way; after each step, how much was written so far."""
    steps = []
    for step, keys in way:
        for key in [keys] if keys == PASTED else _keys(keys.replace("ADDRESS", address)):
            terminal.send(key)
        terminal.settle(0.3 if keys.endswith(ESCAPE) else 0.1, 5.0)
        assert terminal.ended(0.0) is None, f"Warta ended at: {step}\n{terminal.text}"
        steps.append((step, len(terminal.received)))
    return steps


def _only_words(received: bytes, steps: Sequence[Step]) -> None:
    if found := intruders(received):
        raise AssertionError(next((step, found) for step, end in steps if intruders(received[:end])))


def _keys(keys: str) -> list[str]:
    start, end = keys.find("\x1b[200~"), keys.find("\x1b[201~")
    if start < 0:
        return list(keys)
    return [*keys[:start], keys[start : end + 6], *keys[end + 6 :]]


def _click_everywhere(terminal: Terminal, size: tuple[int, int], *, button: int = 0) -> None:
    """On every row of list and article, where markup would be a button."""
    for row in range(3, size[1], 3):
        for column in (size[0] // 3, size[0] // 2 + 20):
            terminal.send(f"\x1b[<{button};{column};{row}M\x1b[<{button};{column};{row}m")
        terminal.settle(0.05)
    assert terminal.ended(0.0) is None, terminal.text


def _opened(place: Place) -> set[str]:
    """The schemes of what the browser was given."""
    log = place.folder / "opened"
    return {line.partition("://")[0] for line in log.read_text().splitlines()} if log.exists() else set()
