"""Numbers for the sidebar. The large ones are kept by triggers, so they cost the same with a million articles."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from reader.model import SourceCounts
from reader.storage.values import PLACE_BITS, seconds

__all__ = ["load_counts"]


def load_counts(connection: sqlite3.Connection, *, today_start: datetime) -> SourceCounts:
    """All counts that do not depend on a query.

    Args:
        connection: Any.
        today_start: When the reader's day began.

    """
    listed, unread, starred = connection.execute("SELECT listed, unread, starred FROM totals").fetchone()
    today = connection.execute(
        "SELECT count(*) FROM statuses WHERE is_listed = 1 AND muted_by = '' AND is_read = 0 AND place >= ?",
        (max(seconds(today_start) or 0, 0) << PLACE_BITS,),
    ).fetchone()[0]
    tags = connection.execute("SELECT tag, count(*) FROM article_tags GROUP BY tag ORDER BY tag LIMIT 10000")
    return SourceCounts(listed, unread, today, starred, tags=dict(tags.fetchall()))
