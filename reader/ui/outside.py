"""Hands an address to a browser: only http(s) and mailto, as an argument list, never through a shell."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from reader.text.urls import mail_url, web_url

__all__ = ["Browser", "browse", "browse_in_terminal", "find_browser"]

_TEXT_BROWSERS = frozenset({"lynx", "w3m", "links", "elinks", "www-browser"})


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
        return Browser(tuple(configured), configured[0].rsplit("/", 1)[-1] in _TEXT_BROWSERS)
    import webbrowser

    try:
        found = webbrowser.get()
    except webbrowser.Error:
        return None
    if isinstance(found, webbrowser.GenericBrowser):  # run by us: what it says must not land on the screen
        options = [argument for argument in found.args if argument != "%s"]
        return Browser((found.name, *options), needs_terminal=not isinstance(found, webbrowser.BackgroundBrowser))
    return Browser()


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
        subprocess.run([*browser.arguments, address], check=False)  # noqa: S603  # an argument list, never a shell
    except OSError:
        return False
    return True


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
