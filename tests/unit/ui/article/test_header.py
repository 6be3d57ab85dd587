"""The card above an article."""

from __future__ import annotations

from datetime import UTC

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
