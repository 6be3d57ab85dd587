"""All that is kept, as one JSON document, and back; and what other readers stored.

The form is told in ``docs/exchange.md``. Nothing here holds more than some hundred articles at a time.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader import __version__
from reader.config.taken import AT_HOME, feed_values, filter_values
from reader.core.exchange_records import record_of, record_to_article
from reader.core.lists import FoundList
from reader.core.records import cleaned, timestamp
from reader.errors import ConfigError
from reader.i18n import _
from reader.light import dataclass
from reader.model import FeedConfig, FilterConfig, Verdict
from reader.text.clean import clean_line
from reader.text.json_stream import BrokenJsonError, pieces
from reader.text.urls import without_credentials

if TYPE_CHECKING:
    from reader.core.reader import Reader
    from reader.core.records import Json
    from reader.core.refresh import Refresher
    from reader.fetch.client import Fetcher
    from reader.model.exchanging import CarriedArticle, Marks
    from reader.parse.worker import Parser
    from reader.storage.carrying import Removals
    from reader.storage.store import Store

__all__ = ["FORMAT", "VERSION", "Exchange", "Export", "Taken", "articles_of", "read_export"]

FORMAT = "warta"
VERSION = 1

_AT_ONCE = 200
_MOST_FEEDS = 50_000

Told = Callable[[int], None]
"""Hears how many articles have passed."""


@dataclass(frozen=True, slots=True)
class Export:
    """What an export holds, but for the articles, which are read as they are taken in."""

    exported: datetime
    """When it was made."""
    listed: FoundList
    """Feeds and filters for feeds.toml."""
    own_titles: Mapping[str, str]
    """Every feed's address with what the feed calls itself."""
    unlisted: Mapping[str, FeedConfig]
    """Feeds that were in the database, not in feeds.toml, by address."""
    articles: int
    """How many records of articles."""


@dataclass(slots=True)
class Taken:
    """What came in."""

    new: int = 0
    """Articles that were not here."""
    known: int = 0
    """Articles that were."""
    marked: int = 0
    """Of those, articles that got marks."""
    homeless: int = 0
    """Articles of feeds that are not followed; left out."""
    broken: int = 0
    """Records that are no articles."""
    trouble: ConfigError | None = None
    """Why the rest could not be read; None: all was."""


class Exchange:
    """Gives away and takes in. Made by `Reader.exchange`."""

    def __init__(
        self, reader: Reader, store: Store, start: Callable[[], Awaitable[tuple[Fetcher, Parser, Refresher]]]
    ) -> None:
        self._reader = reader
        self._store = store
        self._start = start

    async def export(self, *, is_ascii: bool = False) -> AsyncIterator[str]:
        """The lines of the document, an article a line. Logins, headers and proxies stay at home."""

        def line(value: Json) -> str:
            return json.dumps(cleaned(value), ensure_ascii=is_ascii)

        feeds = await self._store.feeds(include_unlisted=True)
        listed = {config.url for config in self._reader.config.feeds}
        told = [
            {**_feed_values(feed.config), "own_title": feed.facts.title, "listed": feed.config.url in listed}
            for feed in feeds
        ]
        yield f'{{"format": "{FORMAT}", "version": {VERSION}, "warta": {line(__version__)}, '
        yield f'"exported": "{timestamp(self._reader.now())}",'
        # What stands in feeds.toml comes back to the letter; escaped, it is harmless all the same.
        for text in _array("feeds", map(json.dumps, told)):
            yield text
        for text in _array("filters", (json.dumps(_filter_values(saved)) for saved in self._reader.config.filters)):
            yield text
        yield '"articles": ['
        held = ""
        async for articles in self._store.carriage.articles():
            for article in articles:
                if held:
                    yield held + ","
                held = line(record_of(article))
        if held:
            yield held
        yield "]}"

    async def take_in(self, path: Path, export: Export, *, told: Told) -> Taken:
        """Take the articles of an export in. Its feeds should stand in feeds.toml by now.

        Raises:
            ConfigError: nothing of the file can be read.
            StorageError: the database cannot be used.

        """
        feed_ids = await self._store.carriage.feed_ids(export.own_titles, export.unlisted)
        return await self.take(_aiter(articles_of(path)), feed_ids, export.exported, path.name, told)

    async def take_newsboat(self, path: Path, *, told: Told) -> Taken:
        """Take newsboat's ``cache.db`` in: articles of feeds that are followed, read or not, flags as star and tags.

        Raises:
            ConfigError: it is no cache of newsboat's, or nothing of it can be read.
            StorageError: the database cannot be used.

        """
        from reader.core.newsboat import articles_of_cache
        from reader.fetch.threads import in_thread
        from reader.storage.newsboat_cache import feed_urls

        urls = await in_thread(lambda: feed_urls(path))
        feed_ids = await self._store.carriage.feed_ids(dict.fromkeys(urls, ""))
        configs = {feed.id: feed.config for feed in await self._store.feeds(include_unlisted=True)}
        feeds = {url: configs[number] for url, number in feed_ids.items()}
        _fetcher, parser, _refresher = await self._start()
        articles = articles_of_cache(path, feeds, parser=parser, now=self._reader.now())
        since = datetime.fromtimestamp(path.stat().st_mtime, UTC)  # noqa: ASYNC240 - once
        return await self.take(articles, feed_ids, since, path.name, told)

    async def take(
        self,
        articles: AsyncIterator[CarriedArticle | None],
        feed_ids: Mapping[str, int],
        since: datetime,
        label: str,
        told: Told,
    ) -> Taken:
        """Take articles in as they come. What a refresh stores meanwhile gains their marks like what was there before.

        Where they break off, what came until then is taken, marks and all, and `Taken.trouble` says why no more came.

        Args:
            articles: None for each record that is none.
            feed_ids: Feeds by address.
            since: Marks taken off after it stay off.
            label: What the step of marks is called.
            told: Hears how many articles are through.

        """
        carriage = self._store.carriage
        removals = await carriage.removals_since(since)
        own: list[range] = []
        taken, passed = Taken(), 0
        batch: list[CarriedArticle] = []
        lacking: dict[Verdict, list[int]] = {}

        async def store() -> None:
            done = await carriage.take_in(batch, feed_ids, own=own, now=self._reader.now())
            taken.new += done.new
            taken.known += done.known
            taken.homeless += done.homeless
            for number, marks in done.marks:
                is_own = any(number in ids for ids in own)
                if not is_own and (verdict := _verdict(number, marks, removals)) != Verdict():
                    lacking.setdefault(verdict, []).append(number)
            if own and own[-1].stop == done.ids.start:
                own[-1] = range(own[-1].start, done.ids.stop)
            elif done.ids:
                own.append(done.ids)
            batch.clear()

        try:
            async for article in articles:
                if article is None:
                    taken.broken += 1
                else:
                    batch.append(article)
                passed += 1
                if len(batch) >= _AT_ONCE:
                    await store()
                    told(passed)
        except ConfigError as error:
            if not passed:
                raise
            taken.trouble = error
        if batch:
            await store()
        taken.marked = await self._mark(lacking, label)
        return taken

    async def _mark(self, lacking: Mapping[Verdict, Iterable[int]], label: str) -> int:
        """Put on the marks that known articles lack, as one step, which `undo` takes back; how many got any."""
        verdicts: dict[int, Verdict] = {}
        for verdict, numbers in lacking.items():
            for number in numbers:
                verdicts[number] = _joined(verdicts.get(number), verdict)
        if not verdicts:
            return 0
        step = self._reader.count_step(await self._store.judge(verdicts, kind="import", label=label))
        return step.count if step else 0


def read_export(path: Path) -> Export | None:
    """What an export holds beside its articles, which are counted; None if the file is no export of Warta's.

    Raises:
        ConfigError: it cannot be read, is broken, or was made by a later version.

    """
    head: dict[str, Any] = {}
    feeds: list[Mapping[str, Any]] = []
    filters: list[dict[str, object]] = []
    articles = 0
    for name, value in _pieces(path):
        if name == "articles":
            articles += 1
        elif name == "feeds" and isinstance(value, dict) and len(feeds) < _MOST_FEEDS:
            feeds.append(value)
        elif name == "filters" and isinstance(value, dict) and (found := filter_values(value)):
            filters.append(found)
        elif name in {"format", "version", "exported"}:
            head[name] = value
    if head.get("format") != FORMAT:
        return None
    if not isinstance(head.get("version"), int) or head["version"] > VERSION:
        raise ConfigError(_("was made by a newer Warta; update this one first"), path=str(path))
    checked = [(feed, values) for feed in feeds if (values := feed_values(feed)) is not None]
    own_titles = {str(values["url"]): clean_line(str(feed.get("own_title") or ""), 300) for feed, values in checked}
    unlisted = {str(values["url"]): _config(values) for feed, values in checked if feed.get("listed") is False}
    taken = {str(values["url"]): values for feed, values in checked if feed.get("listed") is not False}
    names = {str(each["name"]): each for each in reversed(filters)}
    listed = FoundList("warta", tuple(taken.values()), tuple(reversed(names.values())))
    return Export(_exported(head.get("exported")), listed, own_titles, unlisted, articles)


def articles_of(path: Path) -> Iterator[CarriedArticle | None]:
    """The articles of an export; None for each record that is none. Raises ConfigError."""
    return (record_to_article(value) for name, value in _pieces(path) if name == "articles")


def _pieces(path: Path) -> Iterator[tuple[str, Any]]:
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            yield from pieces(file)
    except BrokenJsonError as error:
        message = _("is broken or cut off ({reason}); nothing was imported")
        raise ConfigError(message.format(reason=error), path=str(path), line=error.line) from error
    except OSError as error:
        from reader.text.told import os_reason

        raise ConfigError(_("cannot be read: {reason}").format(reason=os_reason(error)), path=str(path)) from error


def _exported(value: object) -> datetime:
    """When the export was made; of one that does not tell, every mark taken off here counts as newer."""
    try:
        when = datetime.fromisoformat(str(value))
        return when if when.tzinfo else datetime.fromtimestamp(0, UTC)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)


def _verdict(number: int, marks: Marks, removals: Removals) -> Verdict:
    """The marks to put on, without those the reader has taken off since."""
    return Verdict(
        is_read=marks.is_read and number not in removals.unread,
        is_starred=marks.is_starred and number not in removals.unstarred,
        tags=tuple(tag for tag in marks.tags if (number, tag) not in removals.untagged),
    )


def _joined(one: Verdict | None, other: Verdict) -> Verdict:
    if one is None:
        return other
    tags = tuple(dict.fromkeys((*one.tags, *other.tags)))
    return Verdict(is_read=one.is_read or other.is_read, is_starred=one.is_starred or other.is_starred, tags=tags)


def _feed_values(config: FeedConfig) -> dict[str, Json]:
    """A feed by the keys of feeds.toml, without secrets and without what is as by default."""
    values: dict[str, Json] = {"url": without_credentials(config.url)}
    for each in fields(FeedConfig):
        key = "enabled" if each.name == "is_enabled" else each.name
        value = getattr(config, each.name)
        if key not in AT_HOME | {"url", "line"} and value != each.default:
            values[key] = list(value) if isinstance(value, tuple) else value
    return values


def _config(values: Mapping[str, object]) -> FeedConfig:
    """The configuration of an entry that is not in the file."""
    told: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    is_enabled = told.pop("enabled", True)
    return FeedConfig(**told, is_enabled=is_enabled)


def _filter_values(saved: FilterConfig) -> dict[str, Json]:
    values: dict[str, Json] = {
        "name": saved.name,
        "query": saved.query,
        "action": f"tag:{saved.tag}" if saved.action == "tag" else saved.action,
        "notify": saved.notify,
        "until": saved.until.isoformat() if saved.until else "",
        "color": saved.color,
    }
    return {key: value for key, value in values.items() if value}


def _array(name: str, lines: Iterable[str]) -> Iterator[str]:
    yield f'"{name}": ['
    held = ""
    for line in lines:
        if held:
            yield held + ","
        held = line
    if held:
        yield held
    yield "],"


async def _aiter(articles: Iterable[CarriedArticle | None]) -> AsyncIterator[CarriedArticle | None]:
    for article in articles:
        yield article
