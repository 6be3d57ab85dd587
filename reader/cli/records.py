"""The JSON objects the command line prints; their keys are a promise to scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.core.records import timestamp
from reader.fetch.reasons import reason
from reader.text.urls import without_secrets

if TYPE_CHECKING:
    from reader.core.prefetch import FeedPages
    from reader.core.records import Json
    from reader.model import Feed, FeedRefreshed, Health

__all__ = ["failure_sentence", "feed_record", "refresh_record"]


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


def refresh_record(result: FeedRefreshed, feed: Feed | None, pages: FeedPages | None) -> dict[str, Json]:
    """A feed of ``warta refresh``; ``pages``: what came of its articles' pages, if any were asked."""
    return {
        "url": without_secrets(result.url),
        "title": without_secrets(result.title),
        "outcome": result.outcome,
        "new": result.new,
        "muted": result.muted,
        "updated": result.updated,
        "error": failure_sentence(result, feed),
        "whole": None if pages is None else _pages_record(pages),
    }


def _pages_record(pages: FeedPages) -> dict[str, Json]:
    return {"stored": pages.stored, "shorter": pages.shorter, "failed": pages.failed, "left": pages.left}


def failure_sentence(result: FeedRefreshed, feed: Feed | None) -> str | None:
    """Why a feed failed; None if it did not."""
    if result.failure is None:
        return None
    return reason(result.failure, feed.state.http_status if feed else None)
