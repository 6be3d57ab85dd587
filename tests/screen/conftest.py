"""The surroundings every test of the screen runs in."""

from __future__ import annotations

import pytest

from reader.ui.screens import reading


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


@pytest.fixture(autouse=True)
def long_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """No article counts as read because a test, on a busy machine, took two seconds from one key to the next."""
    monkeypatch.setattr(reading, "REST_SECONDS", 60.0)
