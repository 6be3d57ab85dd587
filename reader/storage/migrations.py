"""The numbered steps from an older database to today's.

Each is one transaction together with its number (``PRAGMA user_version``): one that is killed midway never happened.
A file that holds anything is copied first.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from reader.errors import StorageTooNewError
from reader.i18n import _
from reader.storage.schema import SCHEMA

__all__ = ["APPLICATION_ID", "MIGRATIONS", "Migration", "backup_path", "migrate", "version_of"]

Migration = Callable[[sqlite3.Connection], None]

APPLICATION_ID = 0x57415254
"""``WART``: lets ``file`` and us tell the database from others."""


def version_of(connection: sqlite3.Connection) -> int:
    """The number of the last migration the file has seen; 0 for a new file."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def backup_path(path: Path, version: int) -> Path:
    """Where the copy of a database of this version is put before it is migrated."""
    return path.with_name(f"{path.name}.backup-{version}")


def migrate(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration] | None = None) -> int:
    """Bring a database to the newest version.

    Args:
        connection: In autocommit mode, outside a transaction.
        path: Its file, which is copied before anything changes unless it is new.
        migrations: All of them in order; by default `MIGRATIONS`.

    Returns:
        The version it had.

    Raises:
        StorageTooNewError: a newer Warta wrote it; nothing was touched.

    """
    steps = MIGRATIONS if migrations is None else migrations
    before = version_of(connection)
    if before > len(steps):
        message = _("The database was written by a newer Warta ({path}). Update Warta to open it; it was not touched.")
        raise StorageTooNewError(message.format(path=path), path=str(path))
    if 0 < before < len(steps):
        _back_up(connection, backup_path(path, before))
    for number, step in enumerate(steps[before:], before + 1):
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN IMMEDIATE")
        try:
            if version_of(connection) < number:
                step(connection)
                connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    return before


def _back_up(connection: sqlite3.Connection, target: Path) -> None:
    """Copy the database, all of it or nothing: under another name until the copy is whole."""
    unfinished = target.with_name(target.name + ".part")
    with contextlib.suppress(FileNotFoundError):
        unfinished.unlink()
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    copy = sqlite3.connect(unfinished)
    try:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        copy.close()
    unfinished.replace(target)


def _first_tables(connection: sqlite3.Connection) -> None:
    for statement in SCHEMA:
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


MIGRATIONS: tuple[Migration, ...] = (_first_tables,)
"""All migrations; the first makes version 1."""
