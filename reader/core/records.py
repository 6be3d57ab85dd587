"""An article as the JSON object that scripts are given; its keys are a promise to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader.text.clean import clean
from reader.text.times import exact
from reader.text.urls import without_credentials, without_secrets

if TYPE_CHECKING:
    from datetime import tzinfo

    from reader.model import Article, ArticleRow, Feed

__all__ = ["Json", "article_markdown", "article_record", "cleaned", "row_record", "timestamp"]

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]
"""What JSON can say."""


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
        "url": without_credentials(row.url),
        "author": row.author,
        "published": timestamp(row.published),
        "first_seen": timestamp(row.first_seen),
        "summary": row.summary,
        "tags": list(row.tags),
        "read": row.is_read,
        "starred": row.is_starred,
        "muted": bool(row.muted_by),
    }


def article_record(article: Article, feeds: Mapping[int, Feed]) -> dict[str, Json]:
    """The article of ``warta show``, and of the screen's pipe."""
    return {
        **row_record(article.row, feeds),
        "published": timestamp(article.published),
        "text": article.text,
        "markdown": article_markdown(article),
        "links": [without_credentials(link) for link in article.best.links],
        "enclosures": [
            {
                "url": without_credentials(enclosure.url),
                "type": enclosure.type,
                "length": enclosure.length,
                "duration_seconds": enclosure.duration_seconds,
                "title": enclosure.title,
            }
            for enclosure in article.enclosures
        ],
    }


def article_markdown(article: Article, zone: tzinfo | None = None) -> str:
    """An article as Markdown, without a login in any address; with a zone, under its title, source and date."""
    from reader.text.markdown import to_markdown  # a list of articles needs none

    row, best = article.row, article.best
    document = replace(best, links=tuple(without_credentials(link) for link in best.links))
    if zone is None:
        return to_markdown(document)
    date = exact(article.published or row.date, zone)
    return to_markdown(
        document, title=row.title, url=without_credentials(row.url), author=row.author, date=date, source=row.feed
    )


def timestamp(when: datetime | None) -> str | None:
    """``2025-12-16T10:05:00Z``, or None."""
    if when is None:
        return None
    return when.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def cleaned(value: Json) -> Json:
    """The same with every text in it made harmless."""
    match value:
        case str():
            return clean(value)
        case list() | tuple():
            return [cleaned(item) for item in value]
        case dict():
            return {key: cleaned(item) for key, item in value.items()}
    return value
