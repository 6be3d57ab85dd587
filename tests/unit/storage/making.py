"""Feeds, entries and plans for the store's tests, short to write."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from reader.model import (
    Document,
    FeedConfig,
    FeedFacts,
    FeedState,
    Inline,
    Paragraph,
    ParsedEntry,
    RefreshPlan,
    Stored,
    Verdict,
    pack,
)
from reader.storage.store import Store

_NO_FACTS = FeedFacts()
_NO_STATE = FeedState()

START = datetime(2025, 12, 16, 10, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that stands still until it is told."""

    time: datetime = START

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **by: float) -> None:
        self.time += timedelta(**by)


def entry(key: str, title: str = "", text: str = "", **fields: Any) -> ParsedEntry:
    """An entry whose content hash follows from what it says."""
    title = title or f"Berita {key}"
    digest = hashlib.blake2b(
        repr((title, text, sorted(fields.items()))).encode("utf-8", "replace"), digest_size=8
    ).digest()
    document = pack(Document((Paragraph(Inline(text.encode("utf-8", "replace").decode())),))) if text else b""
    known: dict[str, Any] = {"document": document, "text": text, "words": len(text.split()), "content_hash": digest}
    return ParsedEntry(key, title, **{**known, **fields})


@dataclass
class Shelf:
    """A store with a clock, and the shortest way to bring something into it."""

    store: Store
    clock: Clock
    feed_ids: list[int] = field(default_factory=list)

    async def subscribe(self, *urls: str) -> list[int]:
        """Feeds for addresses; their ids."""
        feeds = await self.store.sync_feeds([FeedConfig(f"https://{url}.example/feed", title=url) for url in urls])
        self.feed_ids = [feed.id for feed in feeds]
        return self.feed_ids

    async def bring(
        self,
        feed_id: int,
        *entries: ParsedEntry,
        merge: bool = True,
        verdicts: dict[str, Verdict] | None = None,
        facts: FeedFacts = _NO_FACTS,
        state: FeedState = _NO_STATE,
    ) -> Stored:
        """What a refresh of the feed with exactly these entries does."""
        known = await self.store.known(feed_id, [one.key for one in entries])
        new = tuple(one for one in entries if one.key not in known)
        changed = tuple(
            (known[one.key].article_id, one)
            for one in entries
            if one.key in known and known[one.key].content_hash != one.content_hash
        )
        plan = RefreshPlan(feed_id, facts, new, changed, len(entries) - len(new) - len(changed))
        return await self.store.carry_out(plan, state, now=self.clock(), merge=merge, verdicts=verdicts)

    async def ids(self) -> list[int]:
        """All stored articles, newest first."""
        return await self.store._reader.run(
            lambda db: [
                number
                for (number,) in db.execute(
                    "SELECT a.id FROM articles a JOIN statuses s USING (id) ORDER BY place DESC"
                )
            ]
        )

    async def titles(self) -> list[str]:
        """Titles of all stored articles, newest first."""
        return [row.title for row in await self.store.rows(await self.ids())]

    async def found(self, word: str) -> list[int]:
        """Articles the search index has for a word."""
        return await self.store._reader.run(
            lambda db: [
                number
                for (number,) in db.execute(
                    "SELECT s.id FROM search JOIN statuses s ON s.place = search.rowid WHERE search MATCH ? ORDER BY 1",
                    (f'"{word}"',),
                )
            ]
        )


@asynccontextmanager
async def opened(path: Path, clock: Callable[[], datetime] | None = None) -> AsyncIterator[Store]:
    """A store that is closed at the end."""
    store = await Store.open(path, now=clock or Clock())
    try:
        yield store
    finally:
        await store.close()
