"""Records of an export are a stranger's until they are checked."""

from __future__ import annotations

from datetime import UTC, datetime

from reader.core.exchange_records import record_to_article

RECORD = {"keys": [["https://a.example/feed", "00" * 8, ""]], "first_seen": "2026-11-22T10:00:00Z", "title": "Natuna"}


def test_a_date_no_zone_can_show_is_not_taken_in() -> None:
    """The last second of year 9999 does not exist in Jakarta: saving such an article failed."""
    article = record_to_article({**RECORD, "published": "9999-12-31T23:59:59Z", "updated": "2026-11-21T10:00:00Z"})
    assert article is not None
    assert article.entry is not None
    assert article.entry.published is None
    assert article.entry.updated == datetime(2026, 11, 21, 10, tzinfo=UTC)
