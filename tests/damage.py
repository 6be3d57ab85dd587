"""A newsboat cache that can be read up to its middle only, as a failing disk leaves it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

__all__ = ["damaged_cache"]

_ITEMS = 600
_PAGE_BYTES = 4096


def damaged_cache(path: Path, feed_url: str) -> int:
    """Write it, all items read; how many can be read. A chain of pages that hold a long text leads nowhere."""
    # Every text goes on on pages of its own, in order: the list of feeds can be read, and the first items.
    with closing(sqlite3.connect(path)) as cache, cache:
        cache.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
        cache.execute("CREATE TABLE rss_item (guid, title, url, feedurl, unread, flags, content)")
        rows = [
            (f"g{n}", f"Lama {n}", f"https://rri.example/{n}", feed_url, 0, "", "isi " * 3_000) for n in range(_ITEMS)
        ]
        cache.executemany("INSERT INTO rss_item VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    content = bytearray(path.read_bytes())
    pages = range(len(content) // 2 // _PAGE_BYTES * _PAGE_BYTES, len(content), _PAGE_BYTES)
    spoilt = next(at for at in pages if content[at] == 0 and any(content[at : at + 4]))
    content[spoilt : spoilt + 4] = (0x7FFFFF).to_bytes(4, "big")
    path.write_bytes(content)
    with closing(sqlite3.connect(path)) as cache:
        found = cache.execute("SELECT content FROM rss_item ORDER BY rowid")
        for count in range(_ITEMS):
            try:
                found.fetchone()
            except sqlite3.DatabaseError:
                return count
    raise AssertionError("it is not damaged")
