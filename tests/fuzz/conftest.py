"""How long the fuzz targets run."""

from __future__ import annotations

import os

import pytest


@pytest.fixture
def fuzz_seconds(request: pytest.FixtureRequest) -> float:
    """Seconds for each target: ``--fuzz-seconds``, else 30 on a build machine, 3 elsewhere."""
    told = request.config.getoption("--fuzz-seconds")
    if told is not None:
        return float(told)
    return 30.0 if os.environ.get("CI") == "true" else 3.0
