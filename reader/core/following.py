"""The documents an index leads to, read as if they were one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reader.model import Fetched, ParsedFeed, ParseFailed, ParseJob

if TYPE_CHECKING:
    from reader.fetch.client import Fetcher
    from reader.model import FeedConfig, ParsedEntry, ParseOutcome
    from reader.parse.worker import Parser

__all__ = ["MAX_FOLLOWED", "followed"]

MAX_FOLLOWED = 3
"""Requests spent on one index."""


async def followed(
    index: ParsedFeed, config: FeedConfig, *, known_items: bytes, fetcher: Fetcher, parser: Parser
) -> ParseOutcome:
    """The entries of the documents an index names.

    Args:
        index: What the index came to.
        config: The feed.
        known_items: Hashes of the items that need no parse.
        fetcher: Asks for the documents, one after the other.
        parser: Reads them.

    Returns:
        All entries together, marked as partial: an index that did not change may lead to documents that did, so it is
        asked without validators. If no document could be read, the first one's failure.

    """
    parts: list[ParsedFeed] = []
    failures: list[ParseFailed] = []
    for url in index.follow[:MAX_FOLLOWED]:
        answer = await fetcher.part(config, url)
        if not isinstance(answer, Fetched):
            failures.append(ParseFailed(answer.failure))
            continue
        job = ParseJob(answer.body, answer.final_url, answer.content_type, config, known_items, answer.at)
        part = await parser.feed(job)
        if isinstance(part, ParsedFeed):
            parts.append(part)
        else:
            failures.append(part)
    return _joined(index, parts) if parts else failures[0]


def _joined(index: ParsedFeed, parts: list[ParsedFeed]) -> ParsedFeed:
    entries: dict[str, ParsedEntry] = {}
    for part in parts:
        for entry in part.entries:
            entries.setdefault(entry.key, entry)
    told = next((part.facts for part in parts if part.facts.title), parts[0].facts)
    return ParsedFeed(
        replace(told, site_url=told.site_url or index.facts.site_url),
        tuple(entries.values()),
        skipped=sum(part.skipped for part in parts),
        item_hashes=b"".join(part.item_hashes for part in parts),
        is_partial=True,
    )
