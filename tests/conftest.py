"""Options of the whole suite."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options must be known before any folder is collected."""
    parser.addoption("--fuzz-seconds", type=float, default=None, help="how long each fuzz target runs")
    parser.addoption("--kills", type=int, default=2, help="how often a refreshing, marking Warta is killed")
