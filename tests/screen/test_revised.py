"""What a publisher changed, or a feed's new name, is seen at once; the reader stays where he was."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from textual.widgets import Input

from reader.core import Reader
from reader.model import Article, ArticleRow, Config, FeedConfig, Settings
from reader.ui.app import WartaApp
from tests.loopback import Answer, Loopback
from tests.screen.driving import FEEDS, Driver, running, some_reader, some_rows
from tests.screen.fake_reader import FakeReader
from tests.screen.subscribing_place import Place, site

RSS = "<rss version='2.0'><channel><title>Kabar</title>{items}</channel></rss>"
ITEM = (
    "<item><guid>{n}</guid><title>{title} {n}</title><pubDate>{n:02} Nov 2026 10:00:00 GMT</pubDate>"
    "<description>{text}</description></item>"
)
TEXT = "".join(f"&lt;p&gt;Paragraf {n} tentang kapal perintis.&lt;/p&gt;" for n in range(60))


def serve(server: Loopback, title: str, *, count: int = 20, text: str = TEXT) -> None:
    """Let the feed's articles be called so."""
    items = "".join(ITEM.format(n=n, title=title, text=text) for n in range(1, count + 1))
    body = RSS.format(items=items).encode()
    server.answer("/feed", Answer(body=body, headers=(("Content-Type", "application/rss+xml"),)))


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as running:
        serve(running, "Lama")
        yield running


@asynccontextmanager
async def opened(server: Loopback, folder: Path) -> AsyncIterator[Driver]:
    """The app on a feed that was fetched once."""
    feeds = (FeedConfig(server.url("/feed"), title="Kabar"),)
    config = Config(folder / "feeds.toml", settings=Settings(language="en"), feeds=feeds)
    reader = await Reader.open(config, folder)
    await reader.refresh()

    async def open_reader() -> Reader:
        return reader

    app = WartaApp(config, folder, open_reader, network=False)
    app.animation_level = "none"
    async with app.run_test(size=(130, 24)) as pilot:
        driver = Driver(app, pilot)
        await driver.until(lambda: driver.screen.is_settled)
        await driver.shows("Lama 20")
        yield driver


def titles(driver: Driver) -> list[str]:
    """What the rows in sight are called."""
    view = driver.screen.list
    rows = (view.row(article_id) for article_id in view.ids[view.first : view.first + view.page])
    return [row.title if row else "" for row in rows]


def first_paragraph(driver: Driver) -> int:
    """Number of the first paragraph in sight."""
    found = re.search(r"Paragraf (\d+)", driver.text)
    return int(found[1]) if found else -1


async def test_changed_titles_and_text_are_seen_after_a_refresh(server: Loopback, tmp_path: Path) -> None:
    """Neither the rows nor the open article wait until they are visited."""
    async with opened(server, tmp_path) as driver:
        await driver.press("j", "j", "enter")
        await driver.until(lambda: driver.screen.article._page.card.title == "Lama 18")
        await driver.press("space")
        await driver.until(lambda: first_paragraph(driver) > 0)
        place = driver.screen.list.article_id, driver.screen.list.cursor_line, first_paragraph(driver)

        serve(server, "Baru")
        await driver.press("R")
        await driver.shows("nothing new")
        await driver.until(lambda: all(title.startswith("Baru") for title in titles(driver)))
        await driver.until(lambda: driver.screen.article._page.card.title == "Baru 18")

        view = driver.screen.list
        assert place == (view.article_id, view.cursor_line, first_paragraph(driver))
        assert "Lama" not in driver.text


@dataclass
class Counting(FakeReader):
    """Notes what is read."""

    read: list[object] = field(default_factory=list)

    async def rows(self, ids: Sequence[int]) -> tuple[ArticleRow, ...]:
        self.read.append(tuple(ids))
        return await super().rows(ids)

    async def article(self, article_id: int) -> Article:
        self.read.append(article_id)
        return await super().article(article_id)


async def test_a_refresh_that_changed_nothing_reads_nothing_again() -> None:
    """Most refreshes are such."""
    reader = Counting(some_reader().config, {row.id: row for row in some_rows(5)}, FEEDS)
    async with running(reader) as driver:
        await driver.shows("Harga ikan di Ranai turun 1")
        await driver.press("enter")
        await driver.until(lambda: driver.screen.article.article_id == 1)
        reader.arriving, asked = [[]], len(reader.questions)
        reader.read.clear()
        await driver.press("R")
        await driver.shows("nothing new")
        await driver.until(lambda: len(reader.questions) > asked)
        await driver.pilot.pause()

        assert reader.read == []


@pytest.mark.parametrize("way", ["form", "editor"])
async def test_an_open_article_says_its_feeds_new_name(tmp_path: Path, way: str) -> None:
    """Renamed in the form or in an editor; neither the article nor its row waits until it is opened again."""
    with Loopback() as running_server:
        site(running_server)
        place = Place(tmp_path, running_server)
        async with place.running() as (driver, _reader):
            await driver.press("enter", "enter")
            await driver.until(lambda: driver.screen.article._page.card.byline.startswith("RRI"))
            if way == "form":
                await driver.press("E")
                await driver.until(lambda: driver.app.screen.query("#field-title"))
                driver.app.screen.query_one("#field-title", Input).value = "Radio Ranai"
                await driver.press("enter")
            else:
                place.write(place.text.replace('"RRI"', '"Radio Ranai"'))

            await driver.until(lambda: driver.app.screen is driver.screen)
            await driver.until(lambda: driver.screen.article._page.card.byline.startswith("Radio Ranai"))
            view = driver.screen.list
            await driver.until(lambda: (row := view.row(view.ids[0])) and row.feed == "Radio Ranai")
