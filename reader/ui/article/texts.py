"""Which of an article's two texts is shown: the feed's, or the whole article from its page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reader.i18n import _
from reader.light import dataclass

if TYPE_CHECKING:
    from reader.model import Article

__all__ = ["ShownText", "shown_text"]


@dataclass(frozen=True, slots=True)
class ShownText:
    """An article as it is shown."""

    article: Article
    """With the one text only, and its number of words."""
    note: str = ""
    """Which of the two texts it is; empty if there is but one."""
    other: str = ""
    """What the key brings instead, as short as a footer wants it; empty: nothing."""


def shown_text(article: Article, *, is_feeds: bool, key: str) -> ShownText:
    """The text to show.

    Args:
        article: As stored.
        is_feeds: The reader wants what the feed said, where there is more.
        key: The key that changes between the two; empty: none.

    """
    if article.full is None:
        return ShownText(article)
    if is_feeds:
        note, other = _("the feed's text"), _("the full article")
        article = replace(article, full=None)
    else:
        note, other = _("the full article, from its page"), _("the feed's text")
    from reader.model.articles import count_words  # loaded with the article

    article = replace(article, row=replace(article.row, words=count_words(article.best)))
    return ShownText(article, f"{note} · {key}: {other}" if key else note, other)
