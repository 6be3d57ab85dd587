"""The command line on a real terminal."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path

from tests.loopback import Answer, Loopback, feed
from tests.terminal import Terminal


def test_a_refresh_shows_its_progress_in_one_line(tmp_path: Path) -> None:
    """Lines of feeds scroll by above it, and at the end it is gone; nothing wraps at 40 columns.

    The second article is the first one again (same address), so only one is new.
    """
    hold = threading.Event()
    path = tmp_path / "feeds.toml"
    with Loopback() as server:
        server.answer("/satu", Answer(body=feed("Satu", name="Warta Satu")))
        server.answer("/dua", Answer(body=feed("Dua", name="Warta Dua"), hold=hold))
        path.write_text("".join(f'[[feeds]]\nurl = "{server.url(name)}"\n' for name in ("/satu", "/dua")))
        command = [sys.executable, "-m", "reader", "refresh", "--feeds", str(path), "--data", str(tmp_path / "data")]
        environment = {"WARTA_LANGUAGE": "en", "HOME": str(tmp_path)}
        with Terminal(command, columns=40, lines=10, environment=environment) as terminal:
            terminal.wait_for("1/2 feeds · 1 new ━")
            halfway = terminal.text
            hold.set()
            terminal.wait_for("2 feeds checked · 1 new")

            assert "  Warta Satu: 1 new\n1/2 feeds" in halfway
            assert "━" not in terminal.text


def test_the_demo_leaves_nothing_when_it_is_terminated(tmp_path: Path) -> None:
    """A closed window or a shutdown: the terminal is put right and the folder is gone."""
    environment = {"WARTA_LANGUAGE": "en", "HOME": str(tmp_path), "TMPDIR": str(tmp_path)}
    with Terminal([sys.executable, "-m", "reader", "demo"], environment=environment) as terminal:
        terminal.wait_for("Natuna", 60)
        folders = list(tmp_path.glob("warta-demo-*"))
        terminal.signal(signal.SIGTERM)
        while terminal.read(5):
            pass
        status = terminal.ended()

    assert (len(folders), status) == (1, 143)
    assert list(tmp_path.glob("warta-demo-*")) == []
    assert b"\x1b[?1049l" in terminal.received
