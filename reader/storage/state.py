"""What the screen leaves for its next start: JSON values by name."""

from __future__ import annotations

import sqlite3
from typing import Any

from reader.storage.values import as_json, from_json, safe_text

__all__ = ["load_value", "save_value"]


def load_value(connection: sqlite3.Connection, key: str, default: Any = None) -> Any:
    """The value of a name; the default if there is none or it is damaged."""
    row = connection.execute("SELECT value FROM ui_state WHERE key = ?", (safe_text(key),)).fetchone()
    return from_json(row[0], default) if row else default


def save_value(connection: sqlite3.Connection, key: str, value: Any) -> None:
    """Keep a value that JSON can say."""
    connection.execute("INSERT OR REPLACE INTO ui_state (key, value) VALUES (?, ?)", (safe_text(key), as_json(value)))
