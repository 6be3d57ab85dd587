"""Large databases for the benchmarks, made through the store's own door and kept for the next run."""

from __future__ import annotations

import asyncio
import random
import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reader.model import (
    Document,
    FeedConfig,
    FeedFacts,
    FeedState,
    Inline,
    Paragraph,
    ParsedEntry,
    RefreshPlan,
    pack,
)
from reader.storage.store import Store
from tests.bench.material import EPOCH, Prose

__all__ = ["FEEDS", "add_long", "built", "feeds_toml"]

FEEDS = 100
"""Feeds the articles are spread over."""

_VERSION = 1
_BATCH = 2_500


def built(articles: int, folder: Path, *, words: int = 150) -> Path:
    """A data folder with so many articles inside ``folder``; the database is made once and then copied."""
    name = f"warta-bench-{_VERSION}-{articles}-{words}.db"
    kept = Path(tempfile.gettempdir()) / name
    if not kept.exists():
        making = kept.with_suffix(".making")
        making.unlink(missing_ok=True)
        asyncio.run(_make(making, articles, words))
        making.rename(kept)
    data = folder / "data"
    data.mkdir(exist_ok=True)
    shutil.copy(kept, data / "warta.db")
    return data


def add_long(data: Path, *, count: int = 40, words: int = 2_000) -> None:
    """Put articles of so many words on top of a library: the newest."""
    asyncio.run(_add_long(data / "warta.db", count, words))


async def _add_long(path: Path, count: int, words: int) -> None:
    store = await Store.open(path, now=lambda: datetime.now(UTC))
    feed = (await store.sync_feeds(_feeds()))[0]
    prose = Prose(8)
    entries = (_entry(prose, number, 0, words) for number in range(count))
    long = tuple(replace(entry, key=f"long-{number}") for number, entry in enumerate(entries))
    state = FeedState(next_due=datetime(2100, 1, 1, tzinfo=UTC), health="ok")
    await store.carry_out(RefreshPlan(feed.id, FeedFacts(title=feed.title), long), state, now=EPOCH)
    await store.close()


def feeds_toml(folder: Path) -> Path:
    """The feeds.toml that goes with it; nothing listens at its addresses."""
    path = folder / "feeds.toml"
    path.write_text(
        "".join(f'[[feeds]]\nurl = "{c.url}"\ntitle = "{c.title}"\nfolder = "{c.folder}"\n' for c in _feeds())
    )
    return path


def _feeds() -> list[FeedConfig]:
    return [FeedConfig(f"http://127.0.0.1:9/{n}", title=f"Feed {n:03}", folder=f"Folder {n % 8}") for n in range(FEEDS)]


async def _make(path: Path, articles: int, words: int) -> None:
    store = await Store.open(path, now=lambda: datetime.now(UTC))
    prose, dice = Prose(7), random.Random(7)
    feeds = await store.sync_feeds(_feeds())
    made = 0
    # Oldest first, as a library grows.
    for batch in range(-(-articles // _BATCH)):
        count = min(_BATCH, articles - made)
        entries = tuple(_entry(prose, made + number, articles, words) for number in range(count))
        feed = feeds[batch % FEEDS]
        await store.carry_out(
            RefreshPlan(feed.id, FeedFacts(title=feed.title), entries),
            FeedState(next_due=datetime(2100, 1, 1, tzinfo=UTC), health="ok"),
            now=EPOCH,
        )
        made += count
    ids = [n for n in range(1, articles + 1) if dice.random() < 0.6]
    for start in range(0, len(ids), 20_000):
        await store.mark(ids[start : start + 20_000], "read")
    await store.mark(sorted(dice.sample(range(1, articles + 1), min(200, articles))), "star")
    await store.close()


def _entry(prose: Prose, number: int, articles: int, words: int) -> ParsedEntry:
    paragraphs = list(prose.paragraphs(words))
    return ParsedEntry(
        key=f"bench-{number}",
        title=prose.title(),
        url=f"https://bench.example/{number}",
        author="A. Writer" if number % 3 else "",
        published=EPOCH - timedelta(minutes=3 * (articles - number)),
        summary=paragraphs[0][:290],
        document=pack(Document(tuple(Paragraph(Inline(text)) for text in paragraphs))),
        text="\n\n".join(paragraphs),
        words=words,
        content_hash=number.to_bytes(8, "big"),
    )
