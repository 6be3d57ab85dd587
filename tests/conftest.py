"""Options of the whole suite."""

from __future__ import annotations

import os

import pytest

# Some tests start Warta a dozen times: compiled modules are kept, or each start would compile two hundred.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options must be known before any folder is collected."""
    parser.addoption("--fuzz-seconds", type=float, default=None, help="how long each fuzz target runs")
    parser.addoption("--kills", type=int, default=2, help="how often a refreshing, marking Warta is killed")


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: every other test waits for a terminal, a server or a deadline."""
    return (os.cpu_count() or 1) + 1
