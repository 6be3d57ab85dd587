"""A web page under ``[[feeds]]``: the feed meant is looked for and said, never followed by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.config.load import load
from reader.core import Reader
from reader.core.lookout import looked_around
from reader.fetch.client import Fetcher
from reader.parse.worker import Parser
from tests.hostile import item, rss
from tests.loopback import Answer, Loopback

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
PAGE = b'<!doctype html><title>Situs</title><link rel=alternate type="application/rss+xml" href="/umpan"><p>Halo'


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as running:
        running.answer("*", Answer(status=404))
        running.answer("/", Answer(body=PAGE))
        running.answer("/umpan", Answer(body=rss(item(1), item(2))))
        yield running


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def reader(server: Loopback, clock: Clock, tmp_path: Path) -> AsyncIterator[Reader]:
    path = tmp_path / "feeds.toml"
    path.write_text(f'[[feeds]]\nurl = "{server.url("/")}"\n')
    opened = await Reader.open(load(path), tmp_path / "data", now=clock)
    yield opened
    await opened.close()


async def test_the_feed_of_a_page_is_said_not_followed(reader: Reader, server: Loopback) -> None:
    """Who typed the front page's address is told what to follow instead."""
    await reader.refresh()

    (feed,) = await reader.feeds()
    assert (feed.config.url, feed.articles, feed.state.health) == (server.url("/"), 0, "not_a_feed")
    assert (feed.state.found_url, feed.state.found_title) == (server.url("/umpan"), "Uji")
    assert reader.sentence(feed).endswith(f"Feed found for it: Uji, {server.url('/umpan')}")
    assert reader.config.feeds[0].url == server.url("/")


async def test_a_page_is_searched_once_a_week(reader: Reader, server: Loopback, clock: Clock) -> None:
    """A dozen requests at each refresh would be rude."""
    await reader.refresh()
    asked = len(server.requests)
    clock.time += timedelta(days=2)
    await reader.refresh(urgency="force")
    assert len(server.requests) == asked + 1

    clock.time += timedelta(days=6)
    await reader.refresh(urgency="force")
    assert len(server.requests) > asked + 2


async def test_what_was_found_is_forgotten_once_the_address_is_a_feed(
    reader: Reader, server: Loopback, clock: Clock
) -> None:
    """A site that was under repair for an hour."""
    await reader.refresh()
    server.answer("/", Answer(body=rss(item(1))))
    clock.time += timedelta(days=1)
    await reader.refresh(urgency="force")

    (feed,) = await reader.feeds()
    assert (feed.state.found_url, feed.state.looked_at, feed.articles) == ("", None, 1)


async def test_what_was_a_feed_is_searched_for_only_after_a_while(
    reader: Reader, server: Loopback, clock: Clock
) -> None:
    """A page of excuses for an hour is no reason to search the site; a redesign is."""
    server.answer("/", Answer(body=rss(item(1))), Answer(body=PAGE))
    await reader.refresh()
    found = []
    for _day in range(3):
        clock.time += timedelta(days=1)
        await reader.refresh(urgency="force")
        found.append((await reader.feeds())[0].state.found_url)

    assert found == ["", "", server.url("/umpan")]


async def test_accepting_keeps_the_feed_and_fetches(reader: Reader, server: Loopback) -> None:
    """It is the same source under the right address, and undo takes it back."""
    await reader.refresh()
    (page,) = await reader.feeds()
    entry = await reader.subscriptions.entry(page.id)
    await reader.subscriptions.edit(entry, {"url": page.state.found_url})
    await reader.refresh()

    (feed,) = await reader.feeds()
    assert (feed.id, feed.config.url, feed.articles) == (page.id, server.url("/umpan"), 2)
    await reader.undo()
    assert reader.config.feeds[0].url == server.url("/")


async def test_a_login_page_is_no_site_to_search(reader: Reader, server: Loopback) -> None:
    """What stands behind it is not to be guessed."""
    server.answer("/", Answer(body=b"<!DOCTYPE html><title>Log in</title><input type=password>"))

    await reader.refresh()

    assert len(server.requests) == 1


async def test_what_goes_through_a_proxy_is_not_searched_for_without_it(
    reader: Reader, server: Loopback, clock: Clock
) -> None:
    """The site would see who asks."""
    await reader.refresh()
    (feed,) = await reader.feeds()
    asked = len(server.requests)
    hidden = replace(feed, config=replace(feed.config, proxy="socks5://proxy.example:1080"))
    state = replace(feed.state, looked_at=None)
    fetcher, parser = Fetcher(environ={}), Parser(1)

    assert await looked_around(hidden, state, fetcher=fetcher, parser=parser, now=clock()) == state
    assert await looked_around(feed, state, fetcher=fetcher, parser=parser, now=clock()) != state

    assert len(server.requests) > asked
    await fetcher.close()
    await parser.close()
