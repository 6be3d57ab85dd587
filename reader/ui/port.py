"""What the screen needs of `reader.core.Reader`, so that tests may put something small in its place."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any, Literal, Protocol

from reader.model import RefreshProgress

if TYPE_CHECKING:
    from pathlib import Path

    from reader.core.exchange import Taken
    from reader.core.filters import Alert, FilterPreview, FilterSaved
    from reader.core.outgoing import Outgoing
    from reader.core.subscriptions import FeedEntry, FeedsAdded
    from reader.core.whole import WholeArticle
    from reader.model import (
        Answer,
        Article,
        ArticleRow,
        Config,
        Feed,
        FeedConfig,
        FeedRefreshed,
        FilterConfig,
        Health,
        MarkKind,
        Question,
        SourceCounts,
        SourceKind,
        Step,
    )
    from reader.model.discovering import Discovery, DiscoveryProgress
    from reader.query import Completion

__all__ = ["ExchangePort", "FiltersPort", "Listener", "ReaderPort", "SubscriptionsPort"]

Listener = Callable[[RefreshProgress], None]


class FiltersPort(Protocol):
    """Saved filters and rules, as the screen changes them."""

    async def preview(self, wish: FilterConfig) -> FilterPreview:
        """What a filter would find."""
        ...

    async def save(self, wish: FilterConfig, *, old: str = "", apply: bool = False) -> FilterSaved:
        """Write a filter to feeds.toml and obey it."""
        ...

    async def move(self, name: str, by: int) -> bool:
        """Move a filter up or down."""
        ...

    async def delete(self, name: str) -> str:
        """Take a filter out of feeds.toml."""
        ...

    async def apply(self, name: str) -> Step | None:
        """Apply a rule to all stored articles."""
        ...

    async def alerts(self, ids: Sequence[int]) -> tuple[Alert, ...]:
        """What filters with ``notify`` match among new articles."""
        ...


class SubscriptionsPort(Protocol):
    """The feeds of feeds.toml."""

    async def discover(self, address: str, listener: Callable[[DiscoveryProgress], None] | None = None) -> Discovery:
        """What can be followed at an address."""
        ...

    def followed(self, url: str, kind: SourceKind = "feed") -> FeedConfig | None:
        """The entry that follows an address already."""
        ...

    async def entry(self, feed_id: int) -> FeedEntry:
        """A feed's entry as the file has it now."""
        ...

    def problems(self, values: Mapping[str, object], *, entry: FeedEntry | None = None) -> dict[str, str]:
        """What is wrong with an entry's keys."""
        ...

    async def add(self, wishes: Sequence[Mapping[str, object]], *, titles: Sequence[str] = ()) -> FeedsAdded:
        """Follow something."""
        ...

    async def edit(self, entry: FeedEntry, changes: Mapping[str, object]) -> str:
        """Change keys of an entry."""
        ...

    async def remove(self, feed_id: int) -> str:
        """Take a feed out of feeds.toml."""
        ...

    async def move(self, feed_id: int, by: int) -> bool:
        """Move a feed up or down."""
        ...

    async def rename_folder(self, old: str, new: str) -> str:
        """Give another name to a folder."""
        ...


class ExchangePort(Protocol):
    """What other readers left, as the first page takes it in."""

    async def take_newsboat(self, path: Path, *, told: Callable[[int], None]) -> Taken:
        """Take newsboat's articles in."""
        ...


class ReaderPort(Protocol):
    """Everything Warta can do, as the screen calls it."""

    @property
    def config(self) -> Config:
        """feeds.toml as obeyed."""
        ...

    @property
    def reading(self) -> Config:
        """feeds.toml as last read."""
        ...

    @property
    def notices(self) -> tuple[str, ...]:
        """What must be told about the database."""
        ...

    @property
    def filters(self) -> FiltersPort:
        """Saved filters and rules."""
        ...

    @property
    def exchange(self) -> ExchangePort:
        """Takes in what other readers left."""
        ...

    @property
    def outgoing(self) -> Outgoing:
        """Saves, pipes and downloads."""
        ...

    @property
    def subscriptions(self) -> SubscriptionsPort:
        """The feeds of feeds.toml."""
        ...

    @property
    def rule_troubles(self) -> tuple[str, ...]:
        """Which rules are off, and why."""
        ...

    @property
    def zone(self) -> tzinfo:
        """The reader's time zone."""
        ...

    @property
    def now(self) -> Callable[[], datetime]:
        """The clock."""
        ...

    async def feeds(self) -> tuple[Feed, ...]:
        """Feeds in file order."""
        ...

    async def feed_now(self, feed_id: int) -> Feed | None:
        """A feed, its numbers as they are after all marks asked for before this; None: it is followed no more."""
        ...

    async def counts(self) -> SourceCounts:
        """Numbers for the sidebar."""
        ...

    async def changed_elsewhere(self) -> bool:
        """Whether another process changed anything stored since this was last asked."""
        ...

    async def rows(self, ids: Sequence[int]) -> tuple[ArticleRow, ...]:
        """Rows for ids."""
        ...

    async def dates(self, ids: Sequence[int]) -> tuple[datetime | None, ...]:
        """The dates that ids are sorted by; None for those that are gone."""
        ...

    async def article(self, article_id: int) -> Article:
        """One article, whole."""
        ...

    def ask(self, question: Question) -> AsyncIterator[Answer]:
        """Ids for a question."""
        ...

    def hits(self, query: str, *, is_complete: bool = True) -> Callable[[str], list[tuple[int, int]]]:
        """Where a query's words stand in a text."""
        ...

    async def mark(self, ids: Sequence[int], kind: MarkKind, *, label: str = "") -> Step | None:
        """Mark articles."""
        ...

    async def tag(
        self, ids: Sequence[int], *, add: Sequence[str] = (), remove: Sequence[str] = (), label: str = ""
    ) -> Step | None:
        """Put tags on articles and take others off."""
        ...

    def problem(self, query: str) -> tuple[str, int]:
        """What is wrong with a query that is typed to its end, and in which column; empty: nothing."""
        ...

    async def complete(self, text: str, cursor: int) -> Completion:
        """What Tab offers at a place in a query."""
        ...

    async def undo(self) -> Step | None:
        """Take the last step back."""
        ...

    async def refresh(
        self,
        feed_ids: Collection[int] | None = None,
        *,
        urgency: Literal["due", "polite", "force"] = "due",
        listener: Listener | None = None,
    ) -> tuple[FeedRefreshed, ...]:
        """Refresh feeds."""
        ...

    def when_askable(self, feed: Feed, urgency: Literal["due", "polite", "force"] = "polite") -> datetime | None:
        """When a feed may be asked; None: now."""
        ...

    async def refuse_redirect(self, feed_id: int) -> None:
        """Ask a feed at its subscribed address again."""
        ...

    async def run_scheduler(self, listener: Listener) -> None:
        """Refresh what is due until cancelled."""
        ...

    async def fetch_whole(self, article_id: int) -> WholeArticle:
        """Fetch the whole article from its page."""
        ...

    def health(self, feed: Feed) -> Health:
        """A feed's health as of now."""
        ...

    def sentence(self, feed: Feed) -> str:
        """A feed's health in words."""
        ...

    async def per_day(self, feed_id: int, days: int = 30) -> tuple[int, ...]:
        """Articles of a feed for each of the last days, oldest first."""
        ...

    async def load_state(self, key: str, default: Any = None) -> Any:
        """A value the screen left."""
        ...

    async def save_state(self, key: str, value: Any) -> None:
        """Keep a JSON value."""
        ...

    def wake(self) -> None:
        """Let the scheduler look at once."""
        ...

    async def use_config(self, config: Config) -> None:
        """Obey another reading of feeds.toml."""
        ...

    async def close(self) -> None:
        """Stop everything at once."""
        ...
