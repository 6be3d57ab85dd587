"""The soak, for a few seconds: what grows with every refresh or key shows soon."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak.run import soak


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="what is held is read from /proc")
def test_nothing_piles_up_while_feeds_fail_and_keys_are_pressed() -> None:
    """A reader left open for weeks. Bounds are wide: this machine may be busy, and caches fill at first."""
    soaked = soak(5.0)

    start, end = soaked.start, soaked.end
    assert soaked.status == 0
    assert sum(soaked.turns.values()) > 40
    assert soaked.keys > 3
    assert end.tasks <= start.tasks + 8
    assert end.threads <= start.threads + 3
    assert end.handles <= start.handles + 12
    assert end.children <= start.children + 1
    assert end.megabytes <= start.megabytes * 1.5 + 40
    assert soaked.last_seconds <= soaked.first_seconds * 10 + 3.0
