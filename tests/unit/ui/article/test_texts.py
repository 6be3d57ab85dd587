"""The two texts of an article: which one is shown is said, and counted."""

from __future__ import annotations

from datetime import UTC

from reader.model import Article, Document, Inline, Paragraph
from reader.ui.article.header import article_card
from reader.ui.article.texts import shown_text
from tests.unit.ui.making import NOW, row

SHORT = Document((Paragraph(Inline("kata " * 20)),))
LONG = Document((Paragraph(Inline("kata " * 1_000)),))
BOTH = Article(row(words=1_000), SHORT, LONG, published=NOW)


def test_an_article_with_one_text_says_nothing() -> None:
    """There is nothing to tell apart."""
    article = Article(row(words=20), SHORT, published=NOW)

    shown = shown_text(article, is_feeds=True, key="x")

    assert (shown.article, shown.note, shown.other) == (article, "", "")


def test_the_card_tells_which_text_it_is_and_how_long() -> None:
    """A reading time of five minutes over two lines of text would be a lie."""
    page, feed = (shown_text(BOTH, is_feeds=is_feeds, key="x") for is_feeds in (False, True))
    cards = [article_card(shown.article, zone=UTC, now=NOW, note=shown.note) for shown in (page, feed)]

    assert page.article.best == LONG
    assert feed.article.best == SHORT
    assert [card.notes for card in cards] == [
        ("the full article, from its page · x: the feed's text",),
        ("the feed's text · x: the full article",),
    ]
    assert ["5 min read" in cards[0].dates, "1 min read" in cards[1].dates] == [True, True]
    assert (page.other, feed.other) == ("the feed's text", "the full article")


def test_without_a_key_only_the_text_is_named() -> None:
    """The reader may have taken the key away."""
    assert shown_text(BOTH, is_feeds=False, key="").note == "the full article, from its page"
