"""SQLite's errors as ours: sentences a person can act on."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from reader.errors import StorageError, StorageFullError, StorageReadOnlyError
from reader.i18n import _

__all__ = ["is_busy", "is_damage", "removed", "translated"]

_NO_ROOM_BYTES = 1 << 20
"""With less than this free, an I/O error is taken for a full disk: shared memory and journals report it so."""


def _code(error: sqlite3.Error) -> int:
    """The primary result code; 0 where the error is the sqlite3 module's own."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def is_busy(error: sqlite3.Error) -> bool:
    """Another connection holds a lock, or our snapshot is too old to write: trying again helps."""
    return _code(error) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def is_damage(error: sqlite3.Error) -> bool:
    """The file is not, or not any more, a sound database."""
    return _code(error) in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def translated(error: sqlite3.Error, path: Path) -> StorageError:
    """The error to raise instead."""
    code = _code(error)
    where = str(path)
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and _has_no_room(path)):
        return StorageFullError(_("The disk is full: {path}. Nothing already stored is lost.").format(path=where), path=where)  # fmt: skip  # noqa: E501
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}:
        return StorageReadOnlyError(_("The database is not writable: {path}.").format(path=where), path=where)
    if is_damage(error):
        message = _("The database is damaged: {path}. Restart Warta: what can still be read will be saved.")
        return StorageError(message.format(path=where), path=where)
    if is_busy(error):
        message = _("Another program is using the database: {path}. Try again in a moment.")
        return StorageError(message.format(path=where), path=where)
    from reader.text.told import database_reason

    message = _("The database cannot be used: {path} ({reason}).")
    return StorageError(message.format(path=where, reason=database_reason(error)), path=where)


def removed(path: Path) -> StorageError:
    """The error for a database whose file is not at its path any more."""
    message = _("The database was removed or replaced while it was open: {path}. Quit and restart.")
    return StorageError(message.format(path=path), path=str(path))


def _has_no_room(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _NO_ROOM_BYTES
    except OSError:
        return False
