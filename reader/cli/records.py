"""The JSON objects the command line prints; their keys are a promise to scripts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader.fetch.reasons import reason
from reader.text.urls import without_secrets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reader.cli.output import Json
    from reader.model import Article, ArticleRow, Feed, FeedRefreshed, Health

__all__ = ["article_record", "failure_sentence", "feed_record", "refresh_record", "row_record", "timestamp"]


def row_record(row: ArticleRow, feeds: Mapping[int, Feed]) -> dict[str, Json]:
    """An article of ``warta list``."""
    feed = feeds.get(row.feed_id)
    return {
        "id": row.id,
        "feed": row.feed,
        "feeds": [row.feed, *row.other_feeds],
        "feed_url": without_secrets(feed.config.url) if feed else None,
        "folder": feed.config.folder if feed else "",
        "title": row.title,
        "url": row.url,
        "author": row.author,
        "published": timestamp(row.published),
        "first_seen": timestamp(row.first_seen),
        "summary": row.summary,
        "tags": list(row.tags),
        "read": row.is_read,
        "starred": row.is_starred,
        "muted": bool(row.muted_by),
    }


def article_record(article: Article, feeds: Mapping[int, Feed], markdown: str) -> dict[str, Json]:
    """The article of ``warta show``."""
    return {
        **row_record(article.row, feeds),
        "published": timestamp(article.published),
        "text": article.text,
        "markdown": markdown,
        "links": list(article.best.links),
        "enclosures": [
            {
                "url": enclosure.url,
                "type": enclosure.type,
                "length": enclosure.length,
                "duration_seconds": enclosure.duration_seconds,
                "title": enclosure.title,
            }
            for enclosure in article.enclosures
        ],
    }


def feed_record(feed: Feed, health: Health) -> dict[str, Json]:
    """A feed of ``warta feeds``; ``health`` is that of now."""
    state = feed.state
    return {
        "id": feed.id,
        "title": feed.title if feed.title != feed.config.url else without_secrets(feed.title),
        "url": without_secrets(feed.config.url),
        "folder": feed.config.folder,
        "kind": feed.config.kind,
        "state": health,
        "error": reason(state.failure, state.http_status) if state.failure else None,
        "status": state.http_status,
        "last_success": timestamp(state.last_success),
        "next_due": timestamp(state.next_due),
        "newest": timestamp(feed.newest),
        "articles": feed.articles,
        "unread": feed.unread,
    }


def refresh_record(result: FeedRefreshed, feed: Feed | None) -> dict[str, Json]:
    """A feed of ``warta refresh``."""
    return {
        "url": without_secrets(result.url),
        "title": without_secrets(result.title),
        "outcome": result.outcome,
        "new": result.new,
        "updated": result.updated,
        "error": failure_sentence(result, feed),
    }


def failure_sentence(result: FeedRefreshed, feed: Feed | None) -> str | None:
    """Why a feed failed; None if it did not."""
    if result.failure is None:
        return None
    return reason(result.failure, feed.state.http_status if feed else None)


def timestamp(when: datetime | None) -> str | None:
    """``2025-12-16T10:05:00Z``, or None."""
    if when is None:
        return None
    return when.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
