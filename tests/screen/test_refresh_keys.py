"""Refreshing by hand, with a real server, a real store and the real screen."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.core import Reader
from reader.demo.configuration import Demo, demo
from reader.model import Config, FeedConfig, FilterConfig, Settings, Source
from reader.ui.app import WartaApp
from tests.loopback import Answer, Loopback
from tests.screen.driving import Driver


@pytest.fixture(scope="module")
def demonstration() -> Iterator[Demo]:
    with demo(datetime.now(UTC)) as running:
        yield running


@asynccontextmanager
async def opened(config: Config, folder: Path, *, network: bool = False) -> AsyncIterator[tuple[Driver, Reader]]:
    reader = await Reader.open(replace(config, settings=Settings(language="en")), folder)

    async def open_reader() -> Reader:
        return reader

    app = WartaApp(config, folder, open_reader, network=network)
    app.animation_level = "none"
    async with app.run_test(size=(130, 36)) as pilot:
        driver = Driver(app, pilot)
        await driver.until(lambda: driver.screen.is_settled)
        yield driver, reader


async def test_the_first_key_says_when_and_the_second_asks(demonstration: Demo, tmp_path: Path) -> None:
    """A server's max-age is honoured until the reader insists."""
    async with opened(demonstration.config, tmp_path) as (driver, reader):
        await driver.press("R")
        await driver.shows("61 new")
        await driver.until(lambda: driver.screen.refreshing.progress is None)
        checked = {feed.id: feed.state.last_checked for feed in await reader.feeds() if not feed.state.failure}

        await driver.press("R")
        await driver.shows("8 feeds paused until", "press again to refresh now")
        kept = {feed.id: feed.state.last_checked for feed in await reader.feeds() if not feed.state.failure}
        await driver.press("R")
        await driver.shows("nothing new · 1 feed failed")

        asked = {feed.id: feed.state.last_checked for feed in await reader.feeds()}
        assert checked == kept
        assert all(asked[number] != checked[number] for number in checked)


async def test_a_feed_that_is_gone_is_not_told_at_each_refresh_of_all(tmp_path: Path) -> None:
    """“This feed” was one of twenty, and R does not mean it."""
    body = b"<rss version='2.0'><channel><title>Kabar</title><item><title>Satu</title></item></channel></rss>"
    with Loopback() as server:
        server.answer("/good", Answer(200, body=body, headers=(("Content-Type", "application/rss+xml"),)))
        server.answer("/gone", Answer(410))
        server.answer("/wait", Answer(429, headers=(("Retry-After", "1800"),)))
        config = Config(
            tmp_path / "feeds.toml", feeds=tuple(FeedConfig(server.url(path)) for path in ("/good", "/gone", "/wait"))
        )
        async with opened(config, tmp_path) as (driver, reader):
            await driver.press("R")
            await driver.shows("1 new · 2 feeds failed")
            await driver.until(lambda: driver.screen.refreshing.progress is None)
            await driver.press("R")
            await driver.shows("nothing new · 1 feed paused until")
            assert "gone or disabled" not in driver.text

            await driver.until(lambda: driver.screen.refreshing.progress is None)
            (gone,) = [feed for feed in await reader.feeds() if feed.config.url.endswith("/gone")]
            driver.screen.lists.go(Source("feed", gone.id))
            await driver.press("r")
            await driver.shows("This feed is not refreshed: gone or disabled")


async def test_a_moved_feed_can_be_kept_at_its_address(tmp_path: Path) -> None:
    """A server's answer is a suggestion; the file's address is the reader's."""
    body = b"<rss version='2.0'><channel><title>Pindah</title><item><title>Satu</title></item></channel></rss>"
    with Loopback() as server:
        server.answer("/new", Answer(200, body=body, headers=(("Content-Type", "application/rss+xml"),)))
        server.answer("/old", Answer(301, headers=(("Location", server.url("/new")),)))
        config = Config(tmp_path / "feeds.toml", feeds=(FeedConfig(server.url("/old")),))
        async with opened(config, tmp_path) as (driver, reader):
            await driver.press("R")
            await driver.shows("1 new")
            await driver.shows("Satu")

            await driver.press("i")
            await driver.shows("used after a week")
            await driver.press("b")
            await driver.shows("original address is used again")

            (feed,) = await reader.feeds()
            assert (feed.state.redirect_to, feed.state.refused_url) == ("", server.url("/new"))


async def test_what_a_rule_hides_is_not_told_as_new(tmp_path: Path) -> None:
    """“3 new” sends the reader looking for what is not to be seen."""
    items = "".join(f"<item><title>{title}</title></item>" for title in ("Gosip satu", "Gosip dua"))
    body = f"<rss version='2.0'><channel><title>Kabar</title>{items}</channel></rss>".encode()
    with Loopback() as server:
        server.answer("/feed", Answer(200, body=body, headers=(("Content-Type", "application/rss+xml"),)))
        feeds, rules = (FeedConfig(server.url("/feed")),), (FilterConfig("Sunyi", "gosip", action="mute"),)
        async with opened(Config(tmp_path / "feeds.toml", feeds=feeds, filters=rules), tmp_path) as (driver, _reader):
            await driver.press("R")
            await driver.shows("Kabar · nothing new · 2 muted")
