"""The whole article from its page, on demand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reader.i18n import _
from reader.model import Fetched, PageJob, ParseFailed

if TYPE_CHECKING:
    from reader.fetch.client import Fetcher
    from reader.model import Article, FeedConfig
    from reader.parse.worker import Parser
    from reader.storage.store import Store

__all__ = ["WholeArticle", "fetch_whole"]


@dataclass(frozen=True, slots=True)
class WholeArticle:
    """What came of fetching a whole article."""

    outcome: Literal["stored", "shorter", "failed"]
    """``shorter``: the page gave less than the feed did, the feed's text stays."""
    sentence: str
    """What to tell the reader."""


async def fetch_whole(
    article: Article, config: FeedConfig | None, *, store: Store, fetcher: Fetcher, parser: Parser
) -> WholeArticle:
    """Fetch an article's page once, and store its whole text if it says more than the feed.

    Args:
        article: The article.
        config: Its feed's settings, for selectors and request headers; None if the feed is not in the file any more.
        store: Where the text goes.
        fetcher: Asks the page.
        parser: Takes the article out of it.

    Returns:
        What came of it; never raises for what the page or its server does.

    """
    if not article.row.url:
        return WholeArticle("failed", _("This article has no page of its own."))
    answer = await fetcher.page(article.row.url, config=config)
    if not isinstance(answer, Fetched):
        from reader.fetch.reasons import reason

        return WholeArticle("failed", reason(answer.failure, answer.status))
    page = await parser.page(
        PageJob(
            answer.body,
            answer.final_url,
            answer.content_type,
            config.content if config else (),
            config.remove if config else (),
            article.row.title,
        )
    )
    if isinstance(page, ParseFailed):
        found = page.failure.detail
        sentence = (
            _("No article was found on the page ({reason}).") if found else _("No article was found on the page.")
        )
        return WholeArticle("failed", sentence.format(reason=found))
    if page.words < max(article.feed_words, 1):
        return WholeArticle(
            "shorter", _("The page gives less than the feed; a log-in or a consent page, perhaps. The summary stays.")
        )
    await store.save_full(article.row.id, page)
    return WholeArticle("stored", _("Whole article stored."))
