"""Giving disk space back after a purge, a little at a time.

SQLite keeps freed pages in the file for what comes next. Here they are moved to its end and cut off, in transactions of
some milliseconds: another Warta may read and write between them, a disk that is full or a process that dies loses
nothing, and no second copy of the file is needed, as it would be for ``VACUUM``.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

from reader.errors import StorageFullError

__all__ = ["can_release", "compact", "merge_index", "release_pages"]

T = TypeVar("T")

AT_ONCE = 256
"""Pages in one transaction."""
_INCREMENTAL = 2
_FEWEST_BYTES = 4 << 20
_LEAST_SHARE = 16


class _Write(Protocol):
    """`Store._write`: a function carried out in a transaction of the writer's."""

    def __call__(
        self, function: Callable[..., T], *args: Any, durable: bool = True, droppable: bool = False, **options: Any
    ) -> Awaitable[T]:
        """Carry it out."""
        ...


class _Read(Protocol):
    """`SqlThread.run` of a reader."""

    def __call__(self, function: Callable[[sqlite3.Connection], T]) -> Awaitable[T]:
        """Read."""
        ...


async def compact(write: _Write, read: _Read, *, rewrite_index: bool) -> int:
    """See `Store.compact`."""
    given = 0
    with contextlib.suppress(StorageFullError):
        is_first = True
        while rewrite_index and await write(merge_index, AT_ONCE, is_first=is_first, durable=False, droppable=True):
            is_first = False
        if await read(can_release):
            while step := await write(release_pages, AT_ONCE, durable=False, droppable=True):
                given += step
    return given


def can_release(connection: sqlite3.Connection) -> bool:
    """Whether so much is free that giving it back pays: 4 MB, and a sixteenth of the file."""
    pages, page_bytes, free, mode = (
        _pragma(connection, name) for name in ("page_count", "page_size", "freelist_count", "auto_vacuum")
    )
    return mode == _INCREMENTAL and free * page_bytes >= _FEWEST_BYTES and free >= pages // _LEAST_SHARE


def release_pages(connection: sqlite3.Connection, most: int) -> int:
    """Give back at most so many free pages; how many bytes that were. 0: there are none."""
    before = _pragma(connection, "page_count")
    connection.execute(f"PRAGMA incremental_vacuum({int(most)})").fetchall()
    return (before - _pragma(connection, "page_count")) * _pragma(connection, "page_size")


def merge_index(connection: sqlite3.Connection, pages: int, *, is_first: bool) -> bool:
    """Write a part of the search index anew, without the words of articles that are gone; True while there is more.

    Source: SQLite, FTS5 §6.10 (the merge command).

    Args:
        connection: The writer's, in a transaction.
        pages: About so many pages are written.
        is_first: Begin with the whole index; else go on.

    """
    before = connection.total_changes
    connection.execute("INSERT INTO search (search, rank) VALUES ('merge', ?)", (-pages if is_first else pages,))
    return connection.total_changes - before > 1


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    value: int = connection.execute(f"PRAGMA {name}").fetchone()[0]
    return value
