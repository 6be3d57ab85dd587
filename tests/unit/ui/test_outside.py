"""What a browser is given: one checked address behind the command, and never through a shell."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import pytest

from reader.ui.outside import Browser, browse, browse_in_terminal, find_browser

EVIL = (
    "--version", "-x", "javascript:alert(1)", "JavaScript:alert(1)", "java\nscript:alert(1)", "file:///etc/passwd",
    "data:text/html,x", "%action", "app.quit", "", " ", "https://", "http:///x", "https://a\nb/", "https://\x1b[2J/",
    "mailto:-x@a.example", "mailto:", "ftp://a.example/", "vbscript:x", "//a.example", "a.example",
)  # fmt: skip
GOOD = {
    "https://a.example/x": "https://a.example/x",
    " http://a.example/a b;ls|id&$(id)`id` ": "http://a.example/a%20b;ls%7Cid&$(id)%60id%60",
    "mailto:redaksi@a.example?body=x": "mailto:redaksi@a.example",
    "https://bank.example@jahat.example/": "https://bank.example@jahat.example/",
}


@pytest.fixture
def recorder(tmp_path: Path) -> tuple[Browser, Path]:
    """A browser that writes each argument on a line of its own, and where."""
    script = tmp_path / "browser"
    script.write_text(f'#!/bin/sh\nfor a in "$@"; do echo "$a" >> {tmp_path}/opened; done\n')
    script.chmod(0o755)
    return Browser((str(script), "--new")), tmp_path / "opened"


@pytest.mark.parametrize("url", EVIL, ids=ascii)
def test_what_is_no_address_never_reaches_a_program(url: str, recorder: tuple[Browser, Path]) -> None:
    """An option or a script in an article's link is run by the browser, not by the page."""
    browser, log = recorder

    assert not browse(url, browser)
    assert not browse_in_terminal(url, browser)
    assert not log.exists()


@pytest.mark.parametrize("url", GOOD)
def test_an_address_is_one_argument(url: str, recorder: tuple[Browser, Path]) -> None:
    """Whatever stands in it means nothing to a shell."""
    browser, log = recorder

    assert browse(url, browser)
    for thread in threading.enumerate():
        if thread.name == "browser":
            thread.join(10)
    assert browse_in_terminal(url, browser)
    assert log.read_text().splitlines() == ["--new", GOOD[url]] * 2


def test_an_interrupt_meant_for_the_browser_does_not_end_warta(tmp_path: Path) -> None:
    """Ctrl+C stops a page in lynx; the terminal sends it to both."""
    script = tmp_path / "lynx"
    script.write_text(f"#!/bin/sh\nkill -INT $PPID\necho on > {tmp_path}/went\n")
    script.chmod(0o755)
    before = signal.getsignal(signal.SIGINT)

    assert browse_in_terminal("https://a.example/", Browser((str(script),), needs_terminal=True))
    assert (tmp_path / "went").read_text() == "on\n"
    assert signal.getsignal(signal.SIGINT) is before


def test_a_browser_that_is_not_there_is_none() -> None:
    """“Opened in browser” must be true."""
    assert find_browser(("/nowhere/firefox",)) is None
    assert find_browser(("sh", "-c")) == Browser(("sh", "-c"))
    assert find_browser(("/bin/sh",)) == Browser(("/bin/sh",))


def test_the_systems_opener_is_run_by_us(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run by Python's module it would write its complaints over the screen."""
    monkeypatch.setattr("webbrowser._tryorder", None)
    monkeypatch.setattr("webbrowser._browsers", {})
    monkeypatch.setenv("BROWSER", "sh %s &")

    assert find_browser() == Browser(("sh",))


@pytest.mark.parametrize(
    ("wish", "display", "expected"),
    [
        ("lynx", ":0", True),
        ("/usr/bin/w3m -no-mouse %s", ":0", True),
        ("sh", ":0", False),
        ("sh", "", True),
        ("sh %s &", "", False),
        ("/nowhere/browser", ":0", None),
    ],
)
def test_the_readers_own_browser_is_honoured(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, wish: str, display: str, expected: bool | None
) -> None:
    """A text browser gets the terminal, one with a window does not take it away."""
    for name in ("lynx", "w3m"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setattr("webbrowser._tryorder", None)
    monkeypatch.setattr("webbrowser._browsers", {})
    monkeypatch.setenv("BROWSER", wish.replace("/usr/bin", str(tmp_path)))
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)

    found = find_browser()

    assert (found.needs_terminal if found else None) is expected
