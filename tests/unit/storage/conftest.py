"""A store in a fresh folder."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.unit.storage.making import Clock, Shelf, opened


@pytest.fixture
async def shelf(tmp_path: Path) -> AsyncIterator[Shelf]:
    clock = Clock()
    async with opened(tmp_path / "warta.db", clock) as store:
        yield Shelf(store, clock)
