"""The names a query may use, from feeds and filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from reader.query import FeedName, Names
from reader.text.urls import without_secrets

if TYPE_CHECKING:
    from reader.model import Feed, FilterConfig

__all__ = ["feed_name", "names_of"]


def names_of(
    feeds: Sequence[Feed], filters: Iterable[FilterConfig], *, tags: Iterable[str] = (), last_start: datetime | None
) -> Names:
    """What queries may refer to.

    Args:
        feeds: In file order.
        filters: Saved filters and rules.
        tags: The reader's tags on articles.
        last_start: When Warta was started before now, for ``is:new``.

    """
    folders = dict.fromkeys(part for feed in feeds for part in _path(feed.config.folder))
    saved = tuple(filters)
    every_tag = dict.fromkeys([*tags, *(tag for feed in feeds for tag in feed.config.tags)])
    return Names(
        feeds=tuple(feed_name(feed) for feed in feeds),
        folders=tuple(folders),
        tags=tuple(every_tag),
        filters={filter_.name: filter_.query for filter_ in saved},
        muting=frozenset(filter_.name for filter_ in saved if filter_.action == "mute"),
        last_start=last_start,
    )


def feed_name(feed: Feed) -> FeedName:
    """A feed as queries see it."""
    address = without_secrets(feed.config.url)
    title = feed.config.title or feed.facts.title or address
    return FeedName(feed.id, title, address, feed.config.folder, feed.config.tags)


def _path(folder: str) -> list[str]:
    """A folder and those around it, outermost first: ``A/B`` gives ``A`` and ``A/B``."""
    parts = [part for part in folder.split("/") if part]
    return ["/".join(parts[: depth + 1]) for depth in range(len(parts))]
