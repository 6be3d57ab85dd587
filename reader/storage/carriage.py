"""`Carriage`: takes articles out of a store and into it, some at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Protocol, TypeVar

from reader.model import FeedConfig, FeedFacts
from reader.model.exchanging import CarriedArticle, CarriedIn
from reader.storage import carrying, exporting
from reader.storage.carrying import Removals
from reader.storage.feed_values import config_out
from reader.storage.feeds import save_facts
from reader.storage.values import safe_text, seconds
from reader.text.urls import canonical, without_credentials

__all__ = ["Carriage"]

T = TypeVar("T")

_AT_ONCE = 200
"""Articles read in one transaction."""
_KEYS_AT_ONCE = 50_000
"""Articles whose keys are kept in memory; finding the keys of any reads all there are."""


class _Run(Protocol):
    """`SqlThread.run`."""

    def __call__(self, function: Callable[[sqlite3.Connection], T], *, durable: bool = ...) -> Awaitable[T]: ...


class Carriage:
    """Articles out and in. Made by `Store.carriage`."""

    def __init__(self, read: _Run, write: _Run) -> None:
        self._read = read
        self._write = write

    async def articles(self) -> AsyncIterator[Sequence[CarriedArticle]]:
        """All articles, purged ones too, oldest first, some at a time; what comes meanwhile is not among them."""
        last = await self._read(carrying.last_id)
        for low in range(0, last, _KEYS_AT_ONCE):
            high = min(low + _KEYS_AT_ONCE, last)
            keys = await self._read(partial(exporting.load_keys, low=low, high=high))
            at = low
            while at < high:
                some = partial(exporting.load_carried, low=at, high=high, keys=keys, limit=_AT_ONCE)
                found = await self._read(some)
                if not found:
                    break
                at = found[-1][0]
                yield [article for _number, article in found]

    async def feed_ids(
        self, own_titles: Mapping[str, str], unlisted: Mapping[str, FeedConfig] | None = None
    ) -> dict[str, int]:
        """Ids of feeds by address, a login in it or not; those that are not here are left out.

        Args:
            own_titles: The addresses, with what the feeds call themselves: told where nothing is known of a feed yet.
            unlisted: Of them, those that are made here if they are not, hidden as if they had been taken out of
                feeds.toml.

        """
        some = partial(_feed_ids, own_titles=own_titles, unlisted=unlisted or {})
        return await self._write(some, durable=False)

    async def removals_since(self, when: datetime) -> Removals:
        """Marks that the reader took off since then, as far back as the journal goes."""
        since = seconds(when) or 0
        return await self._read(lambda db: carrying.removals_since(db, since))

    async def take_in(
        self, articles: Sequence[CarriedArticle], feed_ids: Mapping[str, int], *, own: Sequence[range], now: datetime
    ) -> CarriedIn:
        """Take a batch of articles in; see `carrying.carry_in`."""
        carry_in = partial(
            carrying.carry_in, articles=articles, feed_ids=feed_ids, own=tuple(own), now=seconds(now) or 0
        )
        return await self._write(carry_in, durable=False)


def _feed_ids(
    connection: sqlite3.Connection, own_titles: Mapping[str, str], unlisted: Mapping[str, FeedConfig]
) -> dict[str, int]:
    here: dict[str, int] = {}
    unknown: set[int] = set()
    for number, url, facts in connection.execute("SELECT id, url, facts FROM feeds ORDER BY is_listed, id DESC"):
        plain = without_credentials(url)
        here[canonical(plain)] = here[plain] = number
        if facts == "{}":
            unknown.add(number)
    found: dict[str, int] = {}
    for url, own_title in own_titles.items():
        plain = without_credentials(url)
        number = here.get(plain) or here.get(canonical(plain))
        if number is None and url in unlisted:
            number = here[plain] = _insert_unlisted(connection, plain, unlisted[url])
            unknown.add(number)
        if number is not None:
            found[url] = number
            if number in unknown and own_title:
                save_facts(connection, number, FeedFacts(title=own_title))
    return found


def _insert_unlisted(connection: sqlite3.Connection, url: str, config: FeedConfig) -> int:
    row = connection.execute(
        "INSERT INTO feeds (url, title, folder, config, is_listed) VALUES (?, ?, ?, ?, 0) RETURNING id",
        (safe_text(url), safe_text(config.title or url), safe_text(config.folder), config_out(config)),
    ).fetchone()
    number: int = row[0]
    return number
