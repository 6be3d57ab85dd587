"""The surroundings every test of the screen runs in."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that takes copies, on a machine without a desktop: whose ever it is, its clipboard stays its own."""
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in (
        "DISPLAY",
        "WAYLAND_DISPLAY",
        "SSH_TTY",
        "SSH_CONNECTION",
        "TERM_PROGRAM",
        "TERMUX_VERSION",
        "BROWSER",
    ):
        monkeypatch.delenv(name, raising=False)
