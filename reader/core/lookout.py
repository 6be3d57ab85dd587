"""A feed's address brings a web page: looks for the feed that is meant, so that it can be offered."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.fetch.client import Fetcher
    from reader.model import Feed, FeedState
    from reader.parse.worker import Parser

__all__ = ["LOOK_AGAIN", "looked_around"]

LOOK_AGAIN = timedelta(days=7)
"""So long one search is enough: it takes up to a dozen requests."""

OFTEN = 3
"""What was a feed once may bring a page for an hour; after so many in a row it has probably moved."""

LOOK_SECONDS = 60.0
"""How long it may take; the feed's refresh waits for it, the others do not."""


async def looked_around(feed: Feed, state: FeedState, *, fetcher: Fetcher, parser: Parser, now: datetime) -> FeedState:
    """The feed's state after a refresh, with what was found instead of it, where a web page came instead of a feed.

    Nothing is replaced: what is found is said, and the reader decides.
    """
    failure = state.failure
    is_page = failure is not None and failure.kind == "html_page" and failure.detail != "login"
    # What was to go through a proxy is not asked without it.
    if not is_page or feed.config.kind != "feed" or feed.config.proxy:
        return state
    if state.last_success is not None and state.failures < OFTEN:
        return state
    if state.looked_at is not None and now - state.looked_at < LOOK_AGAIN:
        return state
    from reader.core.discover import discover

    try:
        async with asyncio.timeout(LOOK_SECONDS):
            found = await discover(feed.config.url, fetcher=fetcher, parser=parser, login=feed.config.auth)
    except TimeoutError:
        return replace(state, looked_at=now)
    best = next((one for one in found.candidates if one.url != feed.config.url), None)
    if best is None:
        return replace(state, looked_at=now, found_url="", found_title="", found_kind="feed")
    return replace(state, looked_at=now, found_url=best.url, found_title=best.title, found_kind=best.kind)
