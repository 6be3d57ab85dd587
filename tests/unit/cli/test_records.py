"""What scripts are given, and lines that stay lines."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime

import pytest

from reader.cli.output import Output
from reader.cli.refresh import TITLE_CELLS, summary_text, tell
from reader.core.records import article_record
from reader.model import Article, ArticleRow, Document, Enclosure, FeedRefreshed, RefreshProgress

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ADDRESS = "https://me:hunter2@a.example/1"


def test_logins_in_a_publishers_links_stay_with_the_publisher() -> None:
    """JSON is piped to other programs; a login in it would end in their logs."""
    row = ArticleRow(1, 1, "Kabar", "Judul", ADDRESS, NOW, NOW)
    article = Article(row, Document((), (ADDRESS,)), enclosures=(Enclosure(ADDRESS),))

    record = article_record(article, {})

    assert "hunter2" not in json.dumps(record)
    assert record["url"] == "https://a.example/1"


def test_a_title_of_a_megabyte_is_one_short_line() -> None:
    """It once filled the screen of whoever refreshed."""
    out = io.StringIO()
    result = FeedRefreshed(1, "x" * 1_000_000, "https://a.example/", "new", new=3)

    tell(RefreshProgress(1, 1, is_finished=True, last=result), Output(out, None), is_json=False)

    assert len(out.getvalue()) < TITLE_CELLS + 20


@pytest.mark.parametrize(
    ("new", "muted", "line", "summary"),
    [
        (0, 3, "  Kabar: 3 muted\n", "1 feed checked · 0 new · 3 muted"),
        (1, 2, "  Kabar: 1 new, 2 muted\n", "1 feed checked · 1 new · 2 muted"),
        (4, 0, "  Kabar: 4 new\n", "1 feed checked · 4 new"),
    ],
)
def test_what_a_rule_hides_is_not_told_as_new(new: int, muted: int, line: str, summary: str) -> None:
    """Told as new it is looked for, and not found."""
    out = io.StringIO()
    result = FeedRefreshed(1, "Kabar", "https://a.example/", "new", new=new, muted=muted)

    tell(RefreshProgress(1, 1, is_finished=True, last=result), Output(out, None), is_json=False)

    assert (out.getvalue(), summary_text([result])) == (line, summary)
