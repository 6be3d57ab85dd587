"""A look at a database file from outside, which neither makes nor changes anything."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from reader.storage.opening import connect_reader
from reader.storage.retention import store_size

if TYPE_CHECKING:
    from reader.model import StoreSize

__all__ = ["look_at"]


def look_at(path: Path) -> StoreSize | None:
    """How large a database is; None if there is none that can be read.

    Without a write-ahead log beside it nobody has it open, and it is read without locks, which would be files.
    """
    connection = None
    try:
        if not path.is_file():
            return None
        connection = connect_reader(path, is_frozen=not path.with_name(path.name + "-wal").exists())
        return store_size(connection, path)
    except (sqlite3.Error, OSError, ValueError):
        return None
    finally:
        if connection is not None:
            connection.close()
