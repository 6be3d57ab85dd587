"""Writing a query that means one feed and no other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.query.names import feed_address, feed_fits
from reader.text.fold import words
from reader.text.urls import without_secrets

if TYPE_CHECKING:
    from reader.query.names import FeedName
    from reader.query.tree import Value

__all__ = ["feed_query"]

_QUOTES = str.maketrans(dict.fromkeys('"“”„«»＂', " "))


def feed_query(feed: FeedName, feeds: Sequence[FeedName]) -> str:
    """A query that finds one of these feeds only, and tells nobody its login.

    By its title where no other feed's has those words, else by its address; where only what is secret tells two
    addresses apart, by its number, too.
    """
    title = " ".join(feed.title.translate(_QUOTES).split())
    address = feed_address(feed.url)
    found = " ".join(words(title))
    if found and not title.startswith("#") and not feed_address(title) and _is_only(feed, (found, False), feeds):
        return f'feed:"{title}"'
    if not address:
        return f"feed:#{feed.id}"
    scope = f'feed:"{_shown(feed.url)}"'
    return scope if _is_only(feed, (address.rstrip("/"), False), feeds) else f"{scope} feed:#{feed.id}"


def _is_only(feed: FeedName, value: Value, feeds: Sequence[FeedName]) -> bool:
    return [other.id for other in feeds if feed_fits(value, other)] == [feed.id]


def _shown(url: str) -> str:
    """An address as it stands between quotes."""
    return without_secrets(url).strip().replace('"', "%22")
