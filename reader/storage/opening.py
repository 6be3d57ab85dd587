"""Opening the database file, whatever state it is in.

A new or empty file gets its tables, an older one is migrated, a newer one refused, a damaged one moved aside and what
can still be read of it saved. A lock file keeps two copies of Warta from doing any of this at once.

A file up to `SMALL_BYTES` is looked at as a whole at each start. That would take seconds for a large one, so a large
one is looked at where SQLite begins to read, and as a whole after SQLite has met damage in it (`suspect_marker`).
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from reader.errors import StorageError, StorageFullError, StorageReadOnlyError
from reader.i18n import _
from reader.light import dataclass
from reader.storage.connection import configure, suspect_marker
from reader.storage.indexing import mend_index
from reader.storage.migrations import MIGRATIONS, migrate, version_of
from reader.storage.trouble import is_damage, translated

if TYPE_CHECKING:
    from reader.storage.migrations import Migration

if sys.platform != "win32":
    import fcntl

__all__ = ["Opened", "connect_reader", "open_database"]

SMALL_BYTES = 4 << 20
"""Files up to this size are checked whole at each start (some 10 ms)."""
WRITER_CACHE_KIB = 6 << 10
"""Pages the writer keeps: a refresh comes back to the same index pages."""
READER_CACHE_KIB = 8 << 10
"""Pages a reader keeps."""
PAGE_BYTES = 8192
"""Page size of new files: the text of an article spans fewer pages."""
OPENING_BUSY_SECONDS = 10.0
"""How long opening waits for another copy that copies its log into the file, or closes: it holds all locks then."""
CHECKPOINT_PAGES = 2000
"""Length of the write-ahead log (16 MB) from which on it is copied into the database."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A database ready for use."""

    notices: tuple[str, ...] = ()
    """What the reader must be told: sentences."""
    is_read_only: bool = False
    """It can be read, not written."""
    is_frozen: bool = False
    """Read without locks, because not even those can be written."""


def open_database(
    path: Path, *, now: datetime, migrations: Sequence[Migration] = MIGRATIONS
) -> tuple[sqlite3.Connection, Opened]:
    """The writer's connection to a sound database of today's version.

    Args:
        path: The file; it and its folder are made if absent.
        now: For the name of a damaged file moved aside.
        migrations: All migrations in order.

    Raises:
        StorageTooNewError: a newer Warta wrote it.
        StorageReadOnlyError: there is none, and none can be made.
        StorageFullError: no room is left to make or migrate it.
        StorageError: anything else that keeps it from being used.

    """
    try:
        if not _make_file(path):
            return _open_read_only(path)
        with _alone(path):
            notices = _put_aside_if_damaged(path, now, migrations)
            connection = _open_writable(path, migrations)
            if suspect_marker(path).exists():
                mend_index(connection)
                suspect_marker(path).unlink(missing_ok=True)
            return connection, Opened(notices)
    except sqlite3.Error as error:
        raise translated(error, path) from error


def connect_reader(path: Path, *, is_frozen: bool = False) -> sqlite3.Connection:
    """A connection that cannot write."""
    connection = _connect(path, "mode=ro&immutable=1" if is_frozen else "mode=ro")
    configure(connection, cache_kib=READER_CACHE_KIB)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _connect(path: Path, options: str) -> sqlite3.Connection:
    # `interrupt` comes from the event loop's thread; everything else stays on one.
    address = f"file:{quote(str(path.absolute()))}?{options}"
    return sqlite3.connect(address, timeout=OPENING_BUSY_SECONDS, uri=True, check_same_thread=False)


def _make_file(path: Path) -> bool:
    """Make folder and file, readable only by their owner; False if the file is there but may not be written.

    An existing file is not opened here: closing it again would drop the locks SQLite holds on it in this process.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        if not path.is_file():
            message = _(
                "{path} is not a file, so it cannot be the database. Move it away or choose another folder with --data."
            )
            raise StorageError(message.format(path=path), path=str(path))
        # WAL mode needs its files beside the database.
        return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StorageFullError(_("The disk is full: {path}.").format(path=path), path=str(path)) from error
        if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
            return _may_be_read(path, error)
        from reader.text.told import os_reason

        message = _("The database cannot be opened: {path} ({reason}).")
        raise StorageError(message.format(path=path, reason=os_reason(error)), path=str(path)) from error


def _may_be_read(path: Path, error: OSError) -> bool:
    if os.access(path, os.R_OK) and path.stat().st_size:
        return False
    message = _("No database can be created there, the folder is not writable: {path}.")
    raise StorageReadOnlyError(message.format(path=path.parent), path=str(path)) from error


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Only one process at a time inspects, migrates or moves the file. The lock dies with its process."""
    if sys.platform == "win32":  # two copies started in the same instant are on their own there
        yield
        return
    lock = os.open(path.with_name(path.name + ".lock"), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _open_read_only(path: Path) -> tuple[sqlite3.Connection, Opened]:
    notice = _("The database is read-only: nothing new can be stored or marked ({path}).").format(path=path)
    try:
        return _readable(path, is_frozen=False), Opened((notice,), is_read_only=True)
    except sqlite3.Error:
        return _readable(path, is_frozen=True), Opened((notice,), is_read_only=True, is_frozen=True)


def _readable(path: Path, *, is_frozen: bool) -> sqlite3.Connection:
    connection = connect_reader(path, is_frozen=is_frozen)
    try:
        version = version_of(connection)
        migrate(connection, path, MIGRATIONS[:version])
        if version < len(MIGRATIONS):
            message = _("The database is from an older Warta and is not writable: {path}.")
            raise StorageReadOnlyError(message.format(path=path), path=str(path))
    except BaseException:
        connection.close()
        raise
    return connection


def _open_writable(path: Path, migrations: Sequence[Migration]) -> sqlite3.Connection:
    connection = _connect(path, "mode=rw")
    try:
        configure(connection, cache_kib=WRITER_CACHE_KIB)
        # A newer file must not even be switched to WAL, so its version is looked at first.
        if version_of(connection) <= len(migrations):
            connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA journal_size_limit = 67108864")
            connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        migrate(connection, path, migrations)
    except BaseException:
        connection.close()
        raise
    return connection


def _put_aside_if_damaged(path: Path, now: datetime, migrations: Sequence[Migration]) -> tuple[str, ...]:
    """Move a damaged file out of the way and save what can be read of it into a new one."""
    if not _is_damaged(path):
        return ()
    from reader.storage.salvage import salvage

    aside = _move_aside(path, now)
    connection = _open_writable(path, migrations)
    try:
        saved = salvage(aside, connection)
    finally:
        connection.close()
    notice = _("The database was damaged and moved to {path}; what could still be read was saved ({count} articles).")
    return (notice.format(path=aside, count=saved),)


def _is_damaged(path: Path) -> bool:
    if path.stat().st_size == 0:
        return False
    is_suspect = path.stat().st_size <= SMALL_BYTES or suspect_marker(path).exists()
    connection = None
    try:
        connection = _connect(path, "mode=ro")
        version = version_of(connection)
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if version == 0 and tables:
            message = _("This is not a Warta database: {path}. Move it away or choose another folder.")
            raise StorageError(message.format(path=path), path=str(path))
        for table in tables & {"feeds", "statuses", "articles", "feed_articles"}:
            connection.execute(f"SELECT * FROM {table} LIMIT 1").fetchone()  # noqa: S608 - one of our own names
        return is_suspect and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok"
    except sqlite3.Error as error:
        if is_damage(error):
            return True
        raise
    finally:
        if connection:
            connection.close()


def _move_aside(path: Path, now: datetime) -> Path:
    """Rename the file and its journal files; no other file is ever overwritten by it."""
    stamp = now.strftime("%Y%m%dT%H%M%S")
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.damaged-{stamp}-{number}")
    for suffix in ("-wal", "-shm", ""):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    return aside
