"""The card above an article."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from reader.i18n import current_language, set_language
from reader.model import Article, Document
from reader.ui.article.header import article_card
from reader.ui.article.layout import Page, lay_out
from tests.unit.ui.making import NOW, row


def test_dates_are_not_torn_apart() -> None:
    """“1 min” at a line's end and “read” on the next is no line of a newspaper."""
    card = article_card(Article(row(words=400), Document(), published=NOW), zone=UTC, now=NOW)
    for width in range(24, 60):
        lines = ["".join(run.text for run in line.runs).strip() for line in next(lay_out(Page(card), width))]
        assert any(line.endswith("2 min read") for line in lines)
        assert not any(line.endswith("·") for line in lines)


@pytest.mark.parametrize(
    ("width", "date"),
    [(80, "Selasa, 16 Desember 2025 17.05 WIB"), (40, "Selasa, 16 Des 2025 17.05 WIB")],
)
def test_the_date_is_written_out_where_it_fits(width: int, date: str) -> None:
    """In the reader's language and zone; a narrow column takes the month's short name."""
    before = current_language()
    set_language("id")
    try:
        when = datetime(2025, 12, 16, 10, 5, tzinfo=UTC)
        card = article_card(Article(row(words=400), Document(), published=when), zone=ZoneInfo("Asia/Jakarta"), now=NOW)
        lines = ["".join(run.text for run in line.runs).strip() for line in next(lay_out(Page(card), width))]
    finally:
        set_language(before)

    assert any(line.startswith(date) for line in lines)


@pytest.mark.parametrize(("days", "told"), [(1, "yesterday · 2 min read"), (40, "UTC · 2 min read")])
def test_an_old_article_is_not_dated_twice(days: int, told: str) -> None:
    """Its age would be told as the same date again."""
    card = article_card(Article(row(words=400), Document(), published=NOW - timedelta(days=days)), zone=UTC, now=NOW)

    assert card.dates.endswith(told)


@pytest.mark.parametrize(
    ("rule", "told"),
    [("Ranai [b]", "◆ highlighted by the rule “Ranai [b]”"), ("", "◆ highlighted by a rule")],
)
def test_a_highlight_names_its_rule(rule: str, told: str) -> None:
    """One of many rules is to be found, and a deleted one not invented."""
    article = Article(row(highlight="accent"), Document(), highlighted_by=rule)

    assert article_card(article, zone=UTC, now=NOW).notes == (told,)
