"""The database's file goes away under a running Warta."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import StorageError
from tests.unit.storage.making import opened


@pytest.mark.parametrize("replacement", ["nothing", "file", "directory"])
async def test_a_mark_is_refused_once_the_file_is_gone(tmp_path: Path, replacement: str) -> None:
    """SQLite would go on writing where no path leads, and say all is well; the reader must be told instead."""
    path = tmp_path / "warta.db"
    async with opened(path) as store:
        await store.save_ui_state("before", 1)
        path.unlink()
        if replacement == "file":
            path.write_bytes(b"")
        elif replacement == "directory":
            path.mkdir()

        with pytest.raises(StorageError, match="removed or replaced"):
            await store.save_ui_state("after", 1)
