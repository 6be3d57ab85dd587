"""What is stored, as the screen and the command line look at it: lists, articles, numbers, health."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from reader.core.health import health_now, health_sentence
from reader.core.names import names_of
from reader.errors import NotFoundError
from reader.model import Question, Source
from reader.query import Names, complete, hits, parse, place_begun
from reader.text.times import zone as zone_named

if TYPE_CHECKING:
    from reader.model import Answer, Article, ArticleRow, Config, Feed, Health, SourceCounts
    from reader.query import Completion, Query
    from reader.storage.store import Store

__all__ = ["Library"]


class Library:
    """The articles and the feeds they come from. Nothing here changes them."""

    def __init__(self, config: Config, store: Store, *, now: Callable[[], datetime]) -> None:
        """``now``: the clock, in UTC."""
        self.config = config
        """feeds.toml as obeyed."""
        self.zone: tzinfo = zone_named(config.settings.timezone)
        """The reader's time zone."""
        self.now = now
        """The clock."""
        self._store = store
        self._feeds: dict[int, Feed] = {}
        self._just_read: tuple[int, tuple[Feed, ...]] | None = None
        self._names = Names()
        self._tags: tuple[str, ...] = ()
        self._stamp = 0
        self._filters_counted: tuple[object, ...] = ()
        self._filter_numbers: dict[str, int] = {}
        self._last_start: datetime | None = None

    # Lists

    async def feeds(self) -> tuple[Feed, ...]:
        """The feeds of feeds.toml in file order, with fresh numbers and health."""
        kept, self._just_read = self._just_read, None
        # Only of this very moment: what was changed since has another stamp.
        feeds = kept[1] if kept is not None and kept[0] == self._stamp else await self._store.feeds()
        self._feeds = {feed.id: feed for feed in feeds}
        self._names = names_of(feeds, self.config.filters, tags=self._tags, last_start=self._last_start)
        return feeds

    async def feed_now(self, feed_id: int) -> Feed | None:
        """A feed, its numbers as they are after all marks asked for before this; None: it is followed no more."""
        await self._store.marked()
        return next((feed for feed in await self.feeds() if feed.id == feed_id), None)

    async def counts(self) -> SourceCounts:
        """Numbers for the sidebar."""
        counts = await self._store.counts(today_start=self.today_start())
        self._tags = tuple(counts.tags)
        return replace(counts, filters=await self._filter_counts(counts))

    async def changed_elsewhere(self) -> bool:
        """Whether another process changed anything stored since this was last asked; costs next to nothing."""
        is_changed = await self._store.changed_elsewhere()
        self._stamp += is_changed
        return is_changed

    async def _filter_counts(self, counts: SourceCounts) -> dict[str, int]:
        """Unread articles of each saved filter; counted anew only when something was stored or marked."""
        now = self._stamp, counts.total, counts.unread, self.today_start()
        if self._filters_counted != now:
            saved = [filter_.name for filter_ in self.config.filters if filter_.action != "mute"]
            query = self.understand("")
            found = {
                name: await self._store.count(Question(Source("filter", name), show_read=False), query)
                for name in saved
            }
            self._filters_counted, self._filter_numbers = now, found
        return self._filter_numbers

    def today_start(self) -> datetime:
        """Midnight in the reader's zone, in UTC."""
        local = self.now().astimezone(self.zone)
        return local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)

    def understand(self, query: str, *, is_complete: bool = True) -> Query:
        """What a query means; never raises."""
        return parse(query, complete=is_complete, now=self.now(), zone=self.zone, names=self._names)

    def problem(self, query: str) -> tuple[str, int]:
        """What is wrong with a query that is typed to its end, and in which column, from 1; empty: nothing."""
        understood = self.understand(query)
        return understood.problem, understood.column

    async def ask(self, question: Question) -> AsyncIterator[Answer]:
        """Ids for a question: a screenful at once, then the rest and the exact count.

        Closing the iterator, or cancelling the task that runs it, stops the search.
        """
        query = self.understand(question.query, is_complete=question.is_complete_word)
        async for answer in self._store.ask(question, query):
            yield answer

    def hits(self, query: str, *, is_complete: bool = True) -> Callable[[str], list[tuple[int, int]]]:
        """Where a query's words stand in a text: a function from text to stretches of characters."""
        return hits(self.understand(query, is_complete=is_complete))

    async def complete(self, text: str, cursor: int) -> Completion:
        """What Tab offers at a place in a query."""
        names, begun = self._names, place_begun(text, cursor)
        if begun is not None:
            names = replace(names, places=await self._store.place_names(begun))
        return complete(text, cursor, names)

    async def rows(self, ids: Sequence[int]) -> tuple[ArticleRow, ...]:
        """Rows for ids, in their order; ids that are gone are left out."""
        return await self._store.rows(ids)

    async def dates(self, ids: Sequence[int]) -> tuple[datetime | None, ...]:
        """The dates that ids are sorted by, in their order; None for those that are gone."""
        return await self._store.dates(ids)

    async def article(self, article_id: int) -> Article:
        """One article, whole.

        Raises:
            NotFoundError: there is no such article.

        """
        article = await self._store.article(article_id)
        return replace(article, highlighted_by=await self._rule_of(article.row)) if article.row.highlight else article

    async def _rule_of(self, row: ArticleRow) -> str:
        """Name of the rule that highlights an article: the first of its colour that finds it; the colour is stored.

        Those with a pattern are not asked: the article is waited for.
        """
        from reader.core.rules import is_in_force, trouble_of, verdict_of
        from reader.query.tree import Regex, leaves

        for rule in self.config.filters:
            query = self.understand(rule.query)
            is_like_it = verdict_of(rule).highlight == row.highlight and not trouble_of(query)
            is_quick = not any(isinstance(leaf, Regex) for leaf, _is in leaves(query.tree))
            is_on = is_in_force(rule, now=self.now(), zone=self.zone)
            if is_like_it and is_quick and is_on and await self._store.matching([row.id], query):
                return rule.name
        return ""

    def feed(self, feed_id: int) -> Feed:
        """A feed as of the last `feeds` call.

        Raises:
            NotFoundError: there is no such feed in feeds.toml.

        """
        try:
            return self._feeds[feed_id]
        except KeyError:
            raise NotFoundError(f"no feed {feed_id}") from None

    def health(self, feed: Feed) -> Health:
        """A feed's health as of now: the last refresh's, or stale, or disabled."""
        return health_now(feed, self.now())

    def sentence(self, feed: Feed) -> str:
        """A feed's health in words a person can act on."""
        return health_sentence(feed, self.health(feed), now=self.now())

    async def per_day(self, feed_id: int, days: int = 30) -> tuple[int, ...]:
        """Articles of a feed for each of the last days in the reader's zone, oldest first."""
        return await self._store.per_day(feed_id, days, self.zone)

    # The screen's memory

    async def load_state(self, key: str, default: Any = None) -> Any:
        """A value the screen left, or the default."""
        return await self._store.load_state(key, default)

    async def save_state(self, key: str, value: Any) -> None:
        """Keep a JSON value for the next start."""
        await self._store.save_ui_state(key, value)
