"""The screen on a real terminal, over real HTTP and a real database."""

from __future__ import annotations

import re
import sys
import threading
from pathlib import Path

import pytest

from tests.loopback import Answer, Loopback, feed
from tests.terminal import Terminal


def open_warta(folder: Path, feeds: str, **environment: str) -> Terminal:
    path = folder / "feeds.toml"
    path.write_text(feeds)
    command = [sys.executable, "-m", "reader", "--feeds", str(path), "--data", str(folder / "data")]
    settings = {"WARTA_LANGUAGE": "en", "HOME": str(folder), **environment}
    return Terminal(command, columns=130, lines=36, environment=settings)


def test_news_is_fetched_read_starred_and_found(tmp_path: Path) -> None:
    """The main job from end to end: nothing in it is a stand-in."""
    with Loopback() as server:
        server.answer("/rri", Answer(body=feed("Kapal perintis berlayar lagi", name="Warta Natuna")))
        with open_warta(tmp_path, f'[[feeds]]\nurl = "{server.url("/rri")}"\n') as terminal:
            terminal.wait_for("● Kapal perintis berlayar lagi", 60)
            terminal.wait_for("Warta Natuna")
            terminal.send("s")
            terminal.wait_for("★")
            terminal.send("/kapal")
            terminal.wait_for("of ")
            terminal.send("\r")
            terminal.settle()
            terminal.send("Q")
            assert terminal.ended() == 0
        with open_warta(tmp_path, f'[[feeds]]\nurl = "{server.url("/rri")}"\n') as terminal:
            terminal.wait_for("★", 60)
            terminal.wait_for("kapal")


def test_quitting_waits_for_no_server(tmp_path: Path) -> None:
    """Closing is not a negotiation with somebody else's machine."""
    hold = threading.Event()
    with Loopback() as server:
        server.answer("/lambat", Answer(body=feed("Satu"), hold=hold))
        with open_warta(tmp_path, f'[[feeds]]\nurl = "{server.url("/lambat")}"\n') as terminal:
            terminal.wait_for("0/1 feeds", 60)
            terminal.send("Q")
            status = terminal.ended(20)
            hold.set()

    assert status == 0


def test_a_cursor_move_costs_less_than_a_kilobyte(tmp_path: Path) -> None:
    """Over a slow line every byte is felt. The preview of the article comes later and is not counted."""
    titles = [f"Berita panjang dari pelabuhan kecil di ujung utara nomor {n}" for n in range(9)]
    with Loopback() as server:
        server.answer("/rri", Answer(body=feed(*titles, name="Warta Natuna")))
        settings = "[settings]\nmark_read = 'manual'\n"
        with open_warta(tmp_path, f'{settings}[[feeds]]\nurl = "{server.url("/rri")}"\n') as terminal:
            terminal.wait_for("● Berita", 60)
            terminal.settle(1.0)
            before = len(terminal.received)
            terminal.send("j")
            terminal.wait(lambda _text: len(terminal.received) > before)
            frame = bytes(terminal.received[before:])

    assert "▌".encode() in frame
    assert len(frame) < 1024


@pytest.mark.parametrize("name", ["dumb", "xterm-256color"])
def test_without_colours_none_is_sent(tmp_path: Path, name: str) -> None:
    """NO_COLOR is obeyed, and the cursor can still be seen."""
    with Loopback() as server:
        server.answer("/rri", Answer(body=feed("Satu", "Dua")))
        text = f'[[feeds]]\nurl = "{server.url("/rri")}"\n'
        with open_warta(tmp_path, text, NO_COLOR="1", TERM=name) as terminal:
            terminal.wait_for("▌● ", 60)
            terminal.settle()

    assert re.findall(rb"\x1b\[[0-9;]*[34]8;[25];", bytes(terminal.received)) == []
