"""Issue 2 in a real terminal: refresh, open, find, read, leave; whatever size, signal or terminal it meets."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import sys
import termios
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.loopback import Answer, Loopback, trickle
from tests.pty.hostile_place import Place
from tests.terminal import Terminal

ENTER, ESCAPE = "\r", "\x1b"
HELP = "Move down"
RESTORED = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?1003l", b"\x1b[?2004l", b"\x1b[?1004l")
"""Back from the other screen, cursor shown, no reports of mouse, paste and focus."""


def feed(*titles: str, name: str) -> bytes:
    """A feed of this name; its articles have addresses of their own, so none is another feed's."""
    items = "".join(
        f"<item><title>{title}</title><link>http://127.0.0.1/{name}/{title.replace(' ', '-')}</link></item>"
        for title in titles
    )
    return f'<rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'.encode()


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Three feeds and one that is absent, refreshed once; then the server is gone."""
    place = Place(tmp_path_factory.mktemp("berita"))
    with Loopback() as server:
        server.answer("/satu", Answer(body=feed("Kapal perintis Natuna berlayar", "Harga ikan turun", name="Satu")))
        server.answer("/dua", Answer(body=feed("Gempa kecil di Ranai", "Timnas menang", name="Dua")))
        server.answer("/tiga", Answer(body=feed("Jaminan sosial Natuna", name="Tiga")))
        names = ("satu", "dua", "tidak", "tiga")
        place.feeds.write_text("\n".join(f'[[feeds]]\nurl = "{server.url(f"/{name}")}"' for name in names))
        assert place.run("refresh").returncode == 1
    return place


@pytest.fixture
def filled(refreshed: Place, tmp_path: Path) -> Place:
    """A copy whose state no other test changes."""
    shutil.copytree(refreshed.folder, tmp_path / "own")
    return Place(tmp_path / "own")


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[Place]:
    """A feed that is quick and one whose answer never ends."""
    place = Place(tmp_path)
    with Loopback() as server:
        server.answer("/cepat", Answer(body=feed("Kabar cepat", name="Cepat")))
        server.answer("/lambat", trickle(pause_seconds=0.2))
        place.feeds.write_text(
            f'[[feeds]]\nurl = "{server.url("/cepat")}"\n[[feeds]]\nurl = "{server.url("/lambat")}"\n'
        )
        yield place


def asks_nothing(terminal: Terminal) -> bool:
    """The terminal is as a shell wants it: it echoes, and gives whole lines."""
    flags = termios.tcgetattr(terminal._fd)[3]
    return bool(flags & termios.ECHO and flags & termios.ICANON)


def left_clean(terminal: Terminal) -> bool:
    """What Warta switched on is switched off."""
    return all(terminal.received.rfind(mode) > 0 for mode in RESTORED) and asks_nothing(terminal)


def test_news_are_read_without_the_server_they_came_from(filled: Place) -> None:
    """The main job, end to end."""
    with filled.open() as terminal:
        terminal.wait(lambda text: all(t in text for t in ("Kapal perintis", "Gempa", "Timnas", "Jaminan", "Harga")))
        terminal.wait_for("not found")
        terminal.send("/natuna")
        terminal.wait(lambda text: "2 of 5" in text and "Gempa" not in text)
        terminal.send(ENTER)
        terminal.wait_for("filter  ? help")
        terminal.send("j")
        terminal.settle()
        terminal.send(ENTER)
        terminal.wait(lambda text: text.count("Kapal perintis") + text.count("Jaminan sosial") >= 3)
        terminal.send("Q")

        assert terminal.ended() == 0, terminal.text
        assert left_clean(terminal)
    assert filled.run("list", "--count", "natuna").stdout == b"2\n"


def test_a_slow_server_holds_nobody_back(slow: Place) -> None:
    """Quitting waits for nothing that is under way."""
    with slow.open(command=slow.command()) as terminal:
        terminal.wait(lambda text: "Kabar cepat" in text and "1/2" in text)
        terminal.send("j?")
        terminal.wait_for(HELP)
        terminal.send(ESCAPE)
        terminal.wait_gone(HELP)
        terminal.send("Q")

        assert terminal.ended() == 0, terminal.text
        assert left_clean(terminal)
    assert b"Kabar cepat" in slow.run("list").stdout


def test_a_list_that_no_longer_fits_gets_its_scrollbar(filled: Place) -> None:
    """The lines make room for it before it is there: the cells between were nothing, and drawing them an error."""
    with filled.open(columns=200, lines=60) as terminal:
        terminal.wait_for("Kapal")
        terminal.settle()
        for size in ((100, 12), (200, 60), (130, 9), (70, 40), (70, 8)):
            terminal.resize(*size)
            terminal.settle()
        terminal.send("Q")

        assert terminal.ended() == 0
    assert list(filled.data.glob("report-*")) == []


def test_any_size_is_survived(filled: Place) -> None:
    """A window is dragged through fifty sizes in a second, while an article, a dialog or the filter is open."""
    sizes = [(24, 8), (250, 60), (79, 24), (80, 24), (119, 11), (120, 12), (1, 1), (5, 2), (40, 8), (24, 8)]
    draw = random.Random(8)
    sizes += [(draw.randint(10, 200), draw.randint(3, 60)) for _ in range(20)]
    with filled.open() as terminal:
        terminal.wait_for("Kapal")
        for keys in ("", ENTER, "?", ESCAPE, "/ika", ESCAPE, "h", "'"):
            terminal.send(keys) if keys else None
            terminal.settle(0.1)
            for size in sizes[:: 1 if not keys else 5]:
                terminal.resize(*size)
                terminal.read(0.01)
        terminal.send(ESCAPE)
        terminal.settle(0.2)
        terminal.resize(24, 8)
        terminal.settle()
        assert terminal.ended(0.0) is None, terminal.text
        terminal.resize(140, 36)
        terminal.wait_for("Harga ikan")
        terminal.send("Q")

        assert terminal.ended() == 0
        assert left_clean(terminal)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_in_order(slow: Place, number: signal.Signals) -> None:
    """During a refresh, too: the shell gets its terminal back, and 128 + n tells it why."""
    with slow.open(command=slow.command()) as terminal:
        terminal.wait(lambda text: "Kabar cepat" in text and "1/2" in text)
        terminal.signal(number)

        assert terminal.ended() == 128 + number
        assert left_clean(terminal)
        assert "Traceback" not in terminal.text


def test_a_closed_window_ends_it_quietly(slow: Place) -> None:
    """The kernel hangs up, continues and takes the terminal away; what remains must not go on for ever."""
    terminal = slow.open(command=slow.command())
    terminal.wait(lambda text: "Kabar cepat" in text and "1/2" in text)
    os.close(terminal._fd)
    end = time.perf_counter() + 10
    while not (ended := os.waitpid(terminal.pid, os.WNOHANG))[0]:
        assert time.perf_counter() < end
        time.sleep(0.02)

    assert os.waitstatus_to_exitcode(ended[1]) == 128 + signal.SIGHUP
    assert not list(slow.data.glob("report-*"))
    assert "Traceback" not in "".join(log.read_text() for log in slow.data.glob("warta.log"))


OF_NO_TERMINAL = """
import os, signal, sys
child = os.fork()
if not child:
    os.setsid()
    signal.alarm(60)
    os.execvp(sys.argv[2], sys.argv[2:])
signal.signal(signal.SIGHUP, signal.SIG_IGN)
status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
with open(sys.argv[1] + ".part", "w") as file:
    file.write(str(status))
os.rename(sys.argv[1] + ".part", sys.argv[1])
"""
"""Runs a command in a session of its own, as `su -c` and containers do: nobody tells it that the terminal is gone."""


def test_a_terminal_that_goes_without_a_word_ends_it(filled: Place) -> None:
    """All it would hear is that there is nothing to read, over and over: a processor's whole time, for ever."""
    told = filled.folder / "status"
    terminal = filled.open(command=[sys.executable, "-c", OF_NO_TERMINAL, str(told), *filled.command()])
    terminal.wait_for("Kapal")
    os.close(terminal._fd)
    end = time.perf_counter() + 20
    while not told.exists():
        assert time.perf_counter() < end
        time.sleep(0.02)
    os.waitpid(terminal.pid, 0)

    assert int(told.read_text()) == 128 + signal.SIGHUP


def test_a_terminal_that_took_nothing_more_before_it_went_does_not_keep_it(filled: Place) -> None:
    """Its last screens are still to be written when the line breaks: nobody will ever take them."""
    terminal = filled.open(columns=200, lines=60)
    terminal.wait_for("Kapal")
    for _ in range(100):
        terminal.send("\x0c")  # all of the screen again
        time.sleep(0.02)
    os.close(terminal._fd)
    end = time.perf_counter() + 20
    while not (ended := os.waitpid(terminal.pid, os.WNOHANG))[0]:
        if time.perf_counter() > end:
            os.kill(terminal.pid, signal.SIGKILL)
        time.sleep(0.02)

    assert os.waitstatus_to_exitcode(ended[1]) == 128 + signal.SIGHUP


def test_it_can_be_stopped_and_continued(filled: Place) -> None:
    """Ctrl+Z from another program's habit: the shell's terminal in between, the same screen after it."""
    with filled.open() as terminal:
        terminal.wait_for("Kapal")
        terminal.settle()
        terminal.signal(signal.SIGTSTP)
        while not os.waitpid(terminal.pid, os.WUNTRACED | os.WNOHANG)[0]:
            terminal.read(0.02)
        terminal.settle()
        assert left_clean(terminal)

        terminal.screen.reset()
        terminal.signal(signal.SIGCONT)
        terminal.wait_for("Kapal")
        terminal.settle()
        assert not asks_nothing(terminal)
        terminal.send("?")
        terminal.wait_for(HELP)
        terminal.send(ESCAPE)
        terminal.wait_gone(HELP)
        terminal.send("Q")
        assert terminal.ended() == 0


def test_what_another_program_wrote_over_it_can_be_drawn_again(filled: Place) -> None:
    """`wall`, a broken pipe's complaint, a line that lost some bytes: only what differs is written otherwise."""
    with filled.open() as terminal:
        terminal.wait_for("Kapal")
        terminal.settle()
        before = terminal.text
        terminal.screen.reset()
        terminal.send("\x0c")
        terminal.wait_for("Kapal")
        terminal.settle()

        assert terminal.text == before
        terminal.send("Q")
        assert terminal.ended() == 0


@pytest.mark.parametrize(
    "environ",
    [
        {"NO_COLOR": "1"}, {"TERM": "dumb", "COLORTERM": ""}, {"TERM": "vt100", "COLORTERM": ""}, {"TERM": ""},
        {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=["no colour", "dumb", "vt100", "no terminal type", "no UTF-8"],
)  # fmt: skip
def test_a_poor_terminal_is_enough(filled: Place, environ: dict[str, str]) -> None:
    """Nobody is shut out: letters are readable, and it leaves as clean as anywhere."""
    with filled.open(columns=100, lines=20, **environ) as terminal:
        terminal.wait_for("Kapal perintis Natuna")
        terminal.send("?")
        terminal.wait_for(HELP)
        terminal.send(ESCAPE)
        terminal.wait_gone(HELP)
        terminal.send("Q")

        assert terminal.ended() == 0
        assert left_clean(terminal)
    if "NO_COLOR" in environ:
        colours = re.findall(rb"[34]8;2;(\d+);(\d+);(\d+)", terminal.received)
        assert [colour for colour in colours if len(set(colour)) > 1] == []
    if "LANG" in environ:
        assert terminal.received.isascii()


def test_keys_typed_ahead_reach_the_field_they_are_meant_for(filled: Place) -> None:
    """In one packet of a slow line: taken for commands, `/A…` would mark everything read."""
    with filled.open() as terminal:
        terminal.wait_for("Kapal")
        terminal.settle()
        terminal.send("/Anatuna")
        terminal.wait(lambda text: "Anatuna" in text.splitlines()[0])
        terminal.send("\x15gempx\x7fa")
        terminal.wait(lambda text: "gempa" in text.splitlines()[0] and "1 of 5" in text)
        terminal.send("\x15" + ESCAPE)
        terminal.wait(lambda text: "gempa" not in text)
        terminal.settle()
        terminal.send("?whole")
        terminal.wait(lambda text: "Full article" in text and HELP not in text)
        terminal.send(ESCAPE)
        terminal.wait_gone("Full article")
        terminal.send("Q")

        assert terminal.ended() == 0


def send_slowly(terminal: Terminal, data: bytes) -> None:
    """Type more than the kernel takes at once."""
    for at in range(0, len(data), 4096):
        terminal.send(data[at : at + 4096])


def test_a_paste_of_ten_megabytes_keeps_no_key_waiting(filled: Place) -> None:
    """A slip of the clipboard: it held keys for 40 seconds and 160 MB, now for none to speak of."""
    pasted = b"\x1b[200~" + b"kapal " * (10_000_000 // 6) + b"\x1b[201~"
    with filled.open() as terminal:
        terminal.wait_for("Kapal")
        terminal.send("/")
        terminal.settle()
        sending = threading.Thread(target=send_slowly, args=(terminal, pasted))
        sending.start()
        terminal.wait_for("kapal kapal")
        while sending.is_alive():
            terminal.read(0.05)
        terminal.send("\x15gempa")
        terminal.wait_for("1 of 5")
        terminal.send(ESCAPE)
        terminal.settle()
        terminal.send("Q")

        assert terminal.ended() == 0
