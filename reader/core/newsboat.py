"""What newsboat stored, read some items at a time and made articles in the worker."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import ConfigError
from reader.model import ParseFailed
from reader.model.exchanging import CarriedArticle, EntryKey, ForeignItem, ForeignJob, Marks
from reader.storage.newsboat_cache import read_items
from reader.storage.values import key_hash

if TYPE_CHECKING:
    from reader.model import FeedConfig, ParsedEntry
    from reader.parse.worker import Parser

__all__ = ["articles_of_cache"]

_AT_ONCE = 50


async def articles_of_cache(
    path: Path, feeds: Mapping[str, FeedConfig], *, parser: Parser, now: datetime
) -> AsyncIterator[CarriedArticle | None]:
    """The articles of a ``cache.db``; None for each item nothing could be made of.

    Items of feeds that are not followed come without a text, which would be made for nothing.

    Args:
        path: The file.
        feeds: The feeds that are followed, by the address newsboat has.
        parser: Cleans.
        now: Nothing was seen later.

    Raises:
        ConfigError: it is no cache of newsboat's, or cannot be read to its end.

    """
    async for items in _some(path):
        by_feed: dict[str, list[ForeignItem]] = {}
        for item in items:
            by_feed.setdefault(item.feed_url, []).append(item)
        for feed_url, group in by_feed.items():
            if feed_url not in feeds:
                for _item in group:
                    yield CarriedArticle((EntryKey(feed_url, 0),), now)
                continue
            for item, entry in zip(group, await _entries(group, feeds[feed_url], parser), strict=True):
                yield _article(item, entry, now) if entry else None


async def _some(path: Path) -> AsyncIterator[Sequence[ForeignItem]]:
    """The items, some at a time. All are read in one thread: a connection belongs to the one that opened it."""
    items, loop = read_items(path), asyncio.get_running_loop()
    thread = ThreadPoolExecutor(1, "newsboat")
    trouble: ConfigError | None = None

    def gather() -> Sequence[ForeignItem]:
        nonlocal trouble
        batch: list[ForeignItem] = []
        try:
            batch.extend(islice(items, _AT_ONCE))  # keeps what came before an error
        except ConfigError as error:
            trouble = error
        return batch

    try:
        while batch := await loop.run_in_executor(thread, gather):
            yield batch
        if trouble is not None:
            raise trouble
    finally:
        thread.submit(items.close)
        thread.shutdown(wait=False)


async def _entries(items: Sequence[ForeignItem], config: FeedConfig, parser: Parser) -> tuple[ParsedEntry | None, ...]:
    """The entries of items; of a job that fails, the halves apart, so that one bad item costs nobody else."""
    done = await parser.foreign(ForeignJob(tuple(items), config.url, config.title_strip))
    if not isinstance(done, ParseFailed):
        return done.entries
    if len(items) == 1:
        return (None,)
    middle = len(items) // 2
    return (*await _entries(items[:middle], config, parser), *await _entries(items[middle:], config, parser))


def _article(item: ForeignItem, entry: ParsedEntry, now: datetime) -> CarriedArticle:
    """When newsboat first saw it is not told; it is nothing new, so the day it is dated must do."""
    return CarriedArticle(
        (EntryKey(item.feed_url, key_hash(entry.key), entry.content_hash),),
        min(entry.published or now, now),
        Marks(
            is_read=item.is_read,
            is_starred=bool(item.flags),
            tags=tuple(f"flag-{letter}" for letter in item.flags),
        ),
        key_hash(entry.merge_key) if entry.merge_key else None,
        entry,
    )
