"""Hands an address to a browser: only http(s) and mailto, as an argument list, never through a shell."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath

from reader.light import dataclass
from reader.text.urls import mail_url, web_url

__all__ = ["Browser", "Player", "browse", "browse_in_terminal", "find_browser", "play"]

_TEXT_BROWSERS = frozenset({"lynx", "w3m", "links", "links2", "elinks", "www-browser", "browsh", "carbonyl"})


@dataclass(frozen=True, slots=True)
class Browser:
    """What opens an address."""

    arguments: tuple[str, ...] = ()
    """The command, the address goes behind it; empty: whatever the system has."""
    needs_terminal: bool = False
    """It draws in the terminal, so the screen must make room."""


def find_browser(configured: Sequence[str] = ()) -> Browser | None:
    """The configured browser, else the system's; None if there is none."""
    if configured:
        if shutil.which(configured[0]) is None:
            return None
        return Browser(tuple(configured), needs_terminal=_draws_in_terminal(configured[0]))
    import webbrowser

    try:
        found = webbrowser.get()
    except webbrowser.Error:
        return None
    if isinstance(found, webbrowser.GenericBrowser):  # run by us: what it says must not land on the screen
        if shutil.which(found.name) is None:
            return None
        options = [argument for argument in found.args if argument != "%s"]
        is_background = isinstance(found, webbrowser.BackgroundBrowser)
        return Browser(
            (found.name, *options),
            needs_terminal=_draws_in_terminal(found.name) or not (is_background or _has_desktop(os.environ)),
        )
    return Browser()


def _draws_in_terminal(program: str) -> bool:
    return PurePath(program).stem.lower() in _TEXT_BROWSERS


def _has_desktop(environ: Mapping[str, str]) -> bool:
    """Whether a program may have a window: then what nobody knows by name most likely has one."""
    return sys.platform in {"darwin", "win32"} or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def browse(url: str, browser: Browser) -> bool:
    """Open an address beside Warta; False if it is no http(s) or mailto address.

    It happens on a thread of its own: some browsers return only when they are closed.
    """
    address = web_url(url) or mail_url(url)
    if not address:
        return False
    threading.Thread(target=_open, args=(address, browser.arguments), daemon=True, name="browser").start()
    return True


def browse_in_terminal(url: str, browser: Browser) -> bool:
    """Open an address in the terminal and wait until the reader is done; False if it is none."""
    address = web_url(url) or mail_url(url)
    if not address:
        return False
    try:
        with _deaf_to_interrupts():
            subprocess.run([*browser.arguments, address], check=False)  # noqa: S603  # an argument list, never a shell
    except OSError:
        return False
    return True


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Ctrl+C is for the program in front, but the terminal tells everybody.

    What is started inside hears it all the same: a handler does not outlive ``exec``, being ignored would.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, lambda *_signal: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class Player:
    """A program that plays something beside Warta."""

    def __init__(self, process: subprocess.Popen[bytes], *, has_no_window: bool) -> None:
        self._process = process
        self._has_window = not has_no_window
        threading.Thread(target=process.wait, daemon=True, name="player").start()

    @property
    def is_running(self) -> bool:
        """It has not ended yet."""
        return self._process.poll() is None

    def stop(self, *, at_the_end: bool = False) -> None:
        """End it; at Warta's own end only if it has no window by which the reader could do so."""
        if self.is_running and not (at_the_end and self._has_window):
            with suppress(OSError):
                if sys.platform == "win32":
                    self._process.terminate()
                else:
                    os.killpg(self._process.pid, signal.SIGTERM)


def play(what: str | Path, arguments: Sequence[str], *, has_no_window: bool) -> Player | None:
    """Have a player play a file or an address beside Warta; None if it is no http(s) address or it cannot be run.

    ``has_no_window``: nothing but Warta can stop it.
    """
    address = str(what.absolute()) if isinstance(what, Path) else web_url(what)
    if not address:
        return None
    try:
        process = subprocess.Popen(  # noqa: S603  # an argument list, never a shell
            [*arguments, address],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError):
        return None
    return Player(process, has_no_window=has_no_window)


def _open(address: str, arguments: tuple[str, ...]) -> None:
    import webbrowser

    try:
        if not arguments:
            webbrowser.open(address)
            return
        subprocess.run(  # noqa: S603  # an argument list, never a shell
            [*arguments, address],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, webbrowser.Error):
        return
