"""A reader in memory: the screen's tests need no disk and no network."""

from __future__ import annotations

import asyncio
from array import array
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any, Literal

from reader.core.exchange import Taken
from reader.core.filters import Alert, FilterPreview, FilterSaved
from reader.core.outgoing import Outgoing
from reader.core.subscriptions import FeedEntry, FeedsAdded
from reader.core.whole import WholeArticle
from reader.errors import NotFoundError
from reader.fetch.client import Fetcher
from reader.model import (
    Answer,
    Article,
    ArticleRow,
    Config,
    Document,
    Enclosure,
    Feed,
    FeedConfig,
    FeedRefreshed,
    FilterConfig,
    Health,
    Inline,
    MarkKind,
    Paragraph,
    Question,
    RefreshProgress,
    SourceCounts,
    SourceKind,
    Span,
    Step,
    Understood,
)
from reader.model.discovering import Discovery, DiscoveryProgress
from reader.query import Completion
from reader.ui.port import Listener
from tests.unit.ui.making import NOW

SCREENFUL = 100


class NoFilters:
    """Saves nothing; what saving does is tested on the real reader."""

    async def preview(self, wish: FilterConfig) -> FilterPreview:
        return FilterPreview()

    async def save(self, wish: FilterConfig, *, old: str = "", apply: bool = False) -> FilterSaved:
        return FilterSaved("")

    async def move(self, name: str, by: int) -> bool:
        return False

    async def delete(self, name: str) -> str:
        return ""

    async def apply(self, name: str) -> Step | None:
        return None

    async def alerts(self, ids: Sequence[int]) -> tuple[Alert, ...]:
        return ()


class NoSubscriptions:
    """Follows nothing; what following does is tested on the real reader."""

    async def discover(self, address: str, listener: Callable[[DiscoveryProgress], None] | None = None) -> Discovery:
        return Discovery()

    def followed(self, url: str, kind: SourceKind = "feed") -> FeedConfig | None:
        return None

    async def entry(self, feed_id: int) -> FeedEntry:
        raise NotFoundError(str(feed_id))

    def problems(self, values: Mapping[str, object], *, entry: FeedEntry | None = None) -> dict[str, str]:
        return {}

    async def add(self, wishes: Sequence[Mapping[str, object]], *, titles: Sequence[str] = ()) -> FeedsAdded:
        return FeedsAdded("")

    async def edit(self, entry: FeedEntry, changes: Mapping[str, object]) -> str:
        return ""

    async def remove(self, feed_id: int) -> str:
        return ""

    async def move(self, feed_id: int, by: int) -> bool:
        return False

    async def rename_folder(self, old: str, new: str) -> str:
        return ""


class NoExchange:
    """Takes nothing in; what comes from newsboat is tested on the real reader."""

    async def take_newsboat(self, path: Path, *, told: Callable[[int], None]) -> Taken:
        return Taken()


@dataclass
class FakeReader:
    """Rows, newest first, and what is done to them."""

    config: Config
    stored: dict[int, ArticleRow] = field(default_factory=dict)
    known_feeds: tuple[Feed, ...] = ()
    data_dir: Path = Path("data")
    notices: tuple[str, ...] = ()
    zone: tzinfo = UTC
    now: Callable[[], datetime] = lambda: NOW
    state: dict[str, Any] = field(default_factory=dict)
    journal: list[tuple[Step, dict[int, ArticleRow]]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    arriving: list[list[ArticleRow]] = field(default_factory=list)
    held: asyncio.Event | None = None
    is_closed: bool = False
    wakes: int = 0
    filters: NoFilters = field(default_factory=NoFilters)
    subscriptions: NoSubscriptions = field(default_factory=NoSubscriptions)
    exchange: NoExchange = field(default_factory=NoExchange)
    rule_troubles: tuple[str, ...] = ()
    whole: set[int] = field(default_factory=set)
    files: tuple[Enclosure, ...] = ()
    links: tuple[str, ...] = ()
    fetcher: Fetcher | None = None

    @property
    def outgoing(self) -> Outgoing:
        """The real one: it needs no more than this."""
        return Outgoing(self, self._fetcher)

    @property
    def reading(self) -> Config:
        return self.config

    def add(self, rows: Iterable[ArticleRow]) -> None:
        """Store articles."""
        self.stored |= {row.id: row for row in rows}

    async def feeds(self) -> tuple[Feed, ...]:
        rows = self.stored.values()
        return tuple(
            replace(
                feed,
                articles=sum(row.feed_id == feed.id for row in rows),
                unread=sum(row.feed_id == feed.id and not row.is_read for row in rows),
            )
            for feed in self.known_feeds
        )

    async def counts(self) -> SourceCounts:
        rows = self.stored.values()
        return SourceCounts(
            total=len(self.stored),
            unread=sum(not row.is_read for row in rows),
            starred=sum(row.is_starred for row in rows),
            tags=dict(Counter(tag for row in rows for tag in row.tags)),
        )

    async def changed_elsewhere(self) -> bool:
        return False

    async def rows(self, ids: Sequence[int]) -> tuple[ArticleRow, ...]:
        await asyncio.sleep(0)
        return tuple(self.stored[n] for n in ids if n in self.stored)

    async def dates(self, ids: Sequence[int]) -> tuple[datetime | None, ...]:
        return tuple(self.stored[n].date if n in self.stored else None for n in ids)

    async def article(self, article_id: int) -> Article:
        if article_id not in self.stored:
            raise NotFoundError("gone")
        row = self.stored[article_id]
        text = f"Isi {row.title}. " * 12
        blocks = tuple(Paragraph(Inline(text.strip())) for _n in range(6))
        whole = Document((*blocks, Paragraph(Inline("Dan selebihnya.")))) if article_id in self.whole else None
        linked = tuple(
            Paragraph(Inline(f"Tautan {index}", (Span(0, 8, "link", index),))) for index in range(len(self.links))
        )
        document = Document((*linked, *blocks), self.links)
        return Article(row, document, whole, published=row.date, text=text, enclosures=self.files)

    async def ask(self, question: Question) -> AsyncIterator[Answer]:
        self.questions.append(question)
        base = [row for row in self.stored.values() if self._stands(row, question)]
        found = [row for row in base if _matches(row, question.query)]
        found.sort(key=lambda row: (row.date, row.id), reverse=question.sort != "old")
        ids = array("q", [row.id for row in found])
        understood = Understood(meaning=question.query)
        await asyncio.sleep(0)
        if len(ids) > SCREENFUL:
            yield Answer(question, ids[:SCREENFUL], understood=understood, order=question.sort)
            await asyncio.sleep(0)
        words = tuple((word, sum(_matches(row, word) for row in base)) for word in question.query.split())
        yield Answer(
            question, ids, len(ids), len(base), understood, () if found else words, is_final=True, order=question.sort
        )

    def hits(self, query: str, *, is_complete: bool = True) -> Callable[[str], list[tuple[int, int]]]:
        def find(text: str) -> list[tuple[int, int]]:
            places = ((text.lower().find(word), len(word)) for word in query.lower().split())
            return sorted((start, start + length) for start, length in places if start >= 0)

        return find

    async def mark(self, ids: Sequence[int], kind: MarkKind, *, label: str = "") -> Step | None:
        before = {n: self.stored[n] for n in ids if n in self.stored}
        for article_id, row in before.items():
            match kind:
                case "read" | "unread":
                    self.stored[article_id] = replace(row, is_read=kind == "read")
                case _:
                    self.stored[article_id] = replace(row, is_starred=kind == "star")
        return self._journalled(kind, before, label)

    async def tag(
        self, ids: Sequence[int], *, add: Sequence[str] = (), remove: Sequence[str] = (), label: str = ""
    ) -> Step | None:
        before = {n: self.stored[n] for n in ids if n in self.stored}
        for article_id, row in before.items():
            tags = sorted({*row.tags, *add} - set(remove))
            self.stored[article_id] = replace(row, tags=tuple(tags))
        return self._journalled("tag" if add else "untag", before, label)

    def problem(self, query: str) -> tuple[str, int]:
        return "", 0

    async def complete(self, text: str, cursor: int) -> Completion:
        return Completion(cursor, cursor)

    async def undo(self) -> Step | None:
        if not self.journal:
            return None
        step, before = self.journal.pop()
        self.stored |= before
        return step

    async def refresh(
        self,
        feed_ids: Collection[int] | None = None,
        *,
        urgency: Literal["due", "polite", "force"] = "due",
        listener: Listener | None = None,
    ) -> tuple[FeedRefreshed, ...]:
        results = []
        total = len(self.arriving)
        for done, rows in enumerate(self.arriving, 1):
            if self.held is not None:
                await self.held.wait()
            self.add(rows)
            result = FeedRefreshed(1, "RRI", "https://contoh.example", "new", new=len(rows))
            results.append(result)
            if listener:
                listener(RefreshProgress(total, done, sum(r.new for r in results), last=result))
            await asyncio.sleep(0)
        self.arriving = []
        if listener:
            listener(RefreshProgress(total, total, sum(r.new for r in results), is_finished=True))
        return tuple(results)

    def when_askable(self, feed: Feed, urgency: Literal["due", "polite", "force"] = "polite") -> datetime | None:
        return None

    async def refuse_redirect(self, feed_id: int) -> None:
        raise NotFoundError(str(feed_id))

    async def run_scheduler(self, listener: Listener) -> None:
        if self.arriving:
            await self.refresh(listener=listener)
        await asyncio.Event().wait()

    async def fetch_whole(self, article_id: int) -> WholeArticle:
        self.whole.add(article_id)
        return WholeArticle("stored", "Full article stored")

    def health(self, feed: Feed) -> Health:
        return feed.state.health

    def sentence(self, feed: Feed) -> str:
        return "The server gave no answer in time."

    async def feed_now(self, feed_id: int) -> Feed | None:
        return next((feed for feed in await self.feeds() if feed.id == feed_id), None)

    async def per_day(self, feed_id: int, days: int = 30) -> tuple[int, ...]:
        return tuple(range(days))

    async def load_state(self, key: str, default: Any = None) -> Any:
        return self.state.get(key, default)

    async def save_state(self, key: str, value: Any) -> None:
        self.state[key] = value

    def wake(self) -> None:
        self.wakes += 1

    async def use_config(self, config: Config) -> None:
        self.config = config

    async def close(self) -> None:
        self.is_closed = True

    def _journalled(self, kind: str, before: dict[int, ArticleRow], label: str) -> Step | None:
        changed = {n: row for n, row in before.items() if self.stored[n] != row}
        if not changed:
            return None
        step = Step(len(self.journal) + 1, kind, len(changed), label)
        self.journal.append((step, changed))
        return step

    async def _fetcher(self) -> Fetcher:
        if self.fetcher is None:
            raise AssertionError("nothing is fetched here")
        return self.fetcher

    def _stands(self, row: ArticleRow, question: Question) -> bool:
        if row.id in question.sticky:
            return True
        if not question.show_read and row.is_read:
            return False
        match question.source.name:
            case "unread":
                return not row.is_read
            case "starred":
                return row.is_starred
            case "feed":
                return row.feed_id == question.source.value
            case "today":
                return (NOW.astimezone(UTC) - row.date).days < 1
            case "folder":
                names = {feed.id: feed.config.folder for feed in self.known_feeds}
                return names.get(row.feed_id, "").startswith(str(question.source.value))
            case _:
                return True


def _matches(row: ArticleRow, query: str) -> bool:
    return all(word in row.title.lower() for word in query.lower().split())
