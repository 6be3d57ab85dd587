"""The surroundings every test of the screen runs in."""

from __future__ import annotations

import pytest

from reader.ui import key_order
from reader.ui.screens import reading, telling


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
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long a busy machine takes from one key to the next, it is no rest, and what is told stays to be seen."""
    monkeypatch.setattr(reading, "REST_SECONDS", 60.0)
    monkeypatch.setattr(telling, "MESSAGE_SECONDS", 60.0)
    monkeypatch.setattr(key_order, "PATIENCE_SECONDS", 10.0)
