"""What rules did to articles, taken back or given another name when feeds.toml changes.

None of it is a step of the journal: it follows from the file, and what the file says again is done again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable

from reader.storage.values import ids_json, safe_text

__all__ = ["hide_again", "recolor", "release", "release_unruled", "rename_rule"]

_MUTED = "muted_by <> ''"
"""As the partial index has it, so that only muted articles are looked at."""


def release(connection: sqlite3.Connection, rule: str) -> tuple[int, ...]:
    """Show what a rule hid; the articles it hid."""
    rows = connection.execute(
        f"UPDATE statuses SET muted_by = '' WHERE {_MUTED} AND muted_by = ? RETURNING id",  # noqa: S608 - our own words
        (safe_text(rule),),
    )
    return tuple(number for (number,) in rows)


def release_unruled(connection: sqlite3.Connection, rules: Collection[str]) -> int:
    """Show what was hidden by rules that are not among these; how many articles that were."""
    names = [safe_text(rule) for rule in rules]
    marks = ", ".join("?" * len(names))
    hidden = f"{_MUTED} AND muted_by NOT IN ({marks})"
    if connection.execute(f"SELECT 1 FROM statuses WHERE {hidden} LIMIT 1", names).fetchone() is None:  # noqa: S608
        return 0
    return connection.execute(f"UPDATE statuses SET muted_by = '' WHERE {hidden}", names).rowcount  # noqa: S608


def hide_again(connection: sqlite3.Connection, ids: Iterable[int], rule: str) -> None:
    """Hide what a rule hid before; what was starred meanwhile stays in sight."""
    connection.execute(
        """
        UPDATE statuses
           SET muted_by = ?
         WHERE id IN (SELECT value FROM json_each(?)) AND is_starred = 0 AND muted_by = ''
        """,
        (safe_text(rule), ids_json(ids)),
    )


def rename_rule(connection: sqlite3.Connection, old: str, new: str) -> None:
    """Let what a rule hid be hidden by its new name."""
    connection.execute(
        f"UPDATE statuses SET muted_by = ? WHERE {_MUTED} AND muted_by = ?",  # noqa: S608 - our own words
        (safe_text(new), safe_text(old)),
    )


def recolor(connection: sqlite3.Connection, ids: Iterable[int], *, old: str, new: str) -> tuple[int, ...]:
    """Give another highlight to those of the articles that have the old one; those that had it."""
    rows = connection.execute(
        """
        UPDATE statuses
           SET highlight = :new
         WHERE id IN (SELECT value FROM json_each(:ids)) AND highlight = :old
        RETURNING id
        """,
        {"ids": ids_json(ids), "old": safe_text(old), "new": safe_text(new)},
    )
    return tuple(number for (number,) in rows)
