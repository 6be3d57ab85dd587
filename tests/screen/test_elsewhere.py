"""What another process changed appears in the open reader."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual import events

from reader.config.load import load
from reader.core import Reader
from reader.model import Question, Source
from reader.ui.app import WartaApp
from reader.ui.dialogs.feed_details import FeedDetailsDialog
from reader.ui.key_order import AWAITED
from tests.loopback import Answer, Loopback
from tests.screen.driving import Driver

RSS = "<rss version='2.0'><channel><title>Kabar</title>{items}</channel></rss>"
ITEM = "<item><guid>{n}</guid><title>Berita {n}</title><pubDate>{n:02} Nov 2026 10:00:00 GMT</pubDate></item>"


def serve(server: Loopback, count: int) -> None:
    """Let the feed have so many articles."""
    body = RSS.format(items="".join(ITEM.format(n=n) for n in range(1, count + 1)))
    server.answer("/feed", Answer(body=body.encode(), headers=(("Content-Type", "application/rss+xml"),)))


class Place:
    """A feed of a loopback server, and two readers on the same file: the screen's, and one as another process."""

    def __init__(self, driver: Driver, other: Reader, server: Loopback, folder: Path) -> None:
        self.driver = driver
        self.other = other
        self.server = server
        self.folder = folder

    async def article(self, title: str) -> int:
        """An article's id."""
        async for answer in self.other.ask(Question(query=f'"{title}"', is_complete_word=True)):
            if answer.is_final:
                return int(answer.ids[0])
        raise AssertionError(title)

    async def bring(self, count: int) -> None:
        """The other process refreshes, and finds so many articles."""
        serve(self.server, count)
        await self.other.refresh(urgency="force")

    def count(self, name: str) -> int:
        """A number of the sidebar."""
        return int(getattr(self.driver.screen.lists.counts, name))


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Place]:
    with Loopback() as server:
        serve(server, 20)
        path = folder / "feeds.toml"
        path.write_text(f'[settings]\nlanguage = "en"\n[[feeds]]\nurl = "{server.url("/feed")}"\ntitle = "Kabar"\n')
        config = load(path)
        other = await Reader.open(config, folder, is_visit=False)
        await other.refresh()
        reader = await Reader.open(config, folder)

        async def open_reader() -> Reader:
            return reader

        app = WartaApp(config, folder, open_reader, network=False)
        app.animation_level = "none"
        try:
            async with app.run_test(size=(130, 24)) as pilot:
                driver = Driver(app, pilot)
                await driver.until(lambda: driver.screen.is_settled)
                await driver.shows("Berita 20")
                yield Place(driver, other, server, folder)
        finally:
            await other.close()


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with opened(tmp_path) as found:
        yield found


async def test_marks_made_elsewhere_appear(place: Place) -> None:
    """Numbers, rows and the open article's header follow without a key."""
    driver, other = place.driver, place.other
    article_id = await place.article("Berita 18")
    await other.mark([article_id], "star")
    await driver.until(lambda: (row := driver.screen.list.row(article_id)) and row.is_starred)
    await driver.until(lambda: place.count("starred") == 1)

    driver.screen.list.move_to_id(article_id)
    await driver.press("enter")
    await driver.until(lambda: driver.screen.article.article_id == article_id)
    await other.tag([article_id], add=["ikan"])
    await driver.shows("#ikan")
    await driver.until(lambda: driver.screen.article._page.card.tags == ("ikan",))
    await other.undo()
    await driver.until(lambda: "ikan" not in driver.text)


async def test_the_command_line_is_seen(place: Place) -> None:
    """A real second process."""
    place_of_reader = (f"--feeds={place.folder / 'feeds.toml'}", f"--data={place.folder}")
    command = (sys.executable, "-m", "reader", *place_of_reader, "mark", "read", "feed:Kabar")
    process = await asyncio.create_subprocess_exec(
        *command,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env=os.environ | {"WARTA_LANGUAGE": "en", "HOME": str(place.folder)},
    )
    said, _nothing = await process.communicate()

    assert said.decode() == "20 articles marked read\n"
    await place.driver.until(lambda: place.count("unread") == 0)


async def test_new_articles_do_not_move_the_list(place: Place) -> None:
    """They are told above it, the article under the cursor stays on its line."""
    driver = place.driver
    await driver.press("j", "j", "j", "j", "j", "j")
    before = driver.screen.list.article_id
    driver.screen.list.scroll_to(y=4, animate=False, immediate=True)
    line = driver.screen.list.cursor_line
    await place.bring(23)

    await driver.shows("▲ 3 new")
    assert (driver.screen.list.article_id, driver.screen.list.cursor_line) == (before, line)
    assert place.count("total") == 23


async def test_the_article_under_the_cursor_stays_among_the_unread(place: Place) -> None:
    """What was read elsewhere leaves the list, but not from under the eyes, and not what was opened here."""
    driver, other = place.driver, place.other
    opened_here, under, third = [await place.article(f"Berita {n}") for n in (20, 19, 18)]
    driver.screen.lists.go(Source("unread"))
    await driver.until(
        lambda: driver.screen.lists.answer and driver.screen.lists.answer.question.source.name == "unread"
    )
    await driver.press("enter")
    await driver.until(lambda: place.count("unread") == 19)
    driver.screen.panes.show_list()
    driver.screen.list.move_to_id(under)
    await other.mark([under, third], "read")

    await driver.until(lambda: third not in driver.screen.list.ids)
    assert list(driver.screen.list.ids[:2]) == [opened_here, under]
    assert driver.screen.list.article_id == under


async def test_a_range_being_picked_is_not_forgotten(place: Place) -> None:
    """What is read again meanwhile would end it."""
    driver = place.driver
    article_id = await place.article("Berita 10")
    await driver.press("v", "j", "j")
    await place.other.mark([article_id], "star")
    await driver.until(lambda: driver.screen.watching.elsewhere.is_stale)
    assert len(driver.screen.list.picked_ids()) == 3
    await driver.press("v")
    await driver.until(lambda: place.count("starred") == 1)


async def test_details_count_what_was_marked_before_them(place: Place) -> None:
    """In one breath, while another process writes: what was shown had been read before the marks were stored."""
    driver = place.driver
    other = sqlite3.connect(place.folder / "warta.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    for key in ("W", "d", "enter", "A", "i"):
        driver.app.post_message(events.Key(key, key if len(key) == 1 else "\r"))

    def is_shown() -> bool:
        return isinstance(driver.app.screen, FeedDetailsDialog)

    def under_way() -> int:
        return sum(worker.group == AWAITED and not worker.is_finished for worker in driver.app.workers)

    await driver.until(lambda: is_shown() or under_way() == 2)
    other.execute("COMMIT")
    other.close()
    await driver.until(is_shown)

    await driver.shows("20 articles, 0 unread")
