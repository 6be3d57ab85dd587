"""Which words stand in the search index, asked of the index itself.

Its list of words is sorted, so looking up many of them is a walk along two sorted lists: each step leaps over
everything that lies between. No copy of the vocabulary is kept.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterable

__all__ = ["beginning", "existing", "goes_on_in", "prepare"]


def prepare(connection: sqlite3.Connection) -> None:
    """Make the table of words this connection asks. It lives in memory and copies nothing."""
    found = connection.execute("SELECT 1 FROM temp.sqlite_master WHERE name = 'search_terms'").fetchone()
    if found is None:
        # A connection that may not write may not make this either; it is no part of the file.
        is_query_only = connection.execute("PRAGMA query_only").fetchone()[0]
        connection.execute("PRAGMA query_only = OFF")
        connection.execute("CREATE VIRTUAL TABLE temp.search_terms USING fts5vocab (main, search, instance)")
        connection.execute(f"PRAGMA query_only = {int(is_query_only)}")


def existing(connection: sqlite3.Connection, words: Iterable[str]) -> list[str]:
    """Those of the words that stand in the index, sorted as the index sorts."""
    # FTS5 sorts by bytes; for what `fold` makes, code points sort alike.
    wanted = sorted(set(words))
    found: list[str] = []
    at = 0
    while at < len(wanted):
        row = connection.execute("SELECT term FROM temp.search_terms WHERE term >= ? LIMIT 1", (wanted[at],)).fetchone()
        if row is None:
            break
        if row[0] == wanted[at]:
            found.append(wanted[at])
            at += 1
        else:
            at = bisect_left(wanted, row[0], at + 1)
    return found


def goes_on_in(connection: sqlite3.Connection, prefix: str, limit: int) -> int:
    """In how many words of the index a prefix goes on; not counted beyond the limit."""
    return len(beginning(connection, prefix, limit))


def beginning(connection: sqlite3.Connection, prefix: str, limit: int) -> list[str]:
    """The first words of the index that begin so, at most `limit`."""
    found: list[str] = []
    next_word = prefix
    while len(found) < limit:
        row = connection.execute("SELECT term FROM temp.search_terms WHERE term >= ? LIMIT 1", (next_word,)).fetchone()
        if row is None or not row[0].startswith(prefix):
            break
        found.append(row[0])
        next_word = row[0] + "\0"
    return found
