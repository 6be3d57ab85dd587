"""`mark_read = "end"`: what counts is the end of what is being read, not of what lies beside the list."""

from __future__ import annotations

import asyncio

import pytest

from reader.model import Article, Settings
from tests.screen.driving import running, some_reader, some_rows


async def test_the_end_of_a_preview_is_not_yet_read() -> None:
    """The wheel over the pane, or a place kept from before, brings it into sight by itself."""
    reader = some_reader(some_rows(), settings=Settings(mark_read="end"))
    async with running(reader, (130, 20)) as driver:
        await driver.press("j")
        await driver.shows("Isi Timnas menang tipis 2")
        driver.screen.article.move("last")
        await driver.until(lambda: driver.screen.article.is_at_end)
        await driver.press("k", "j")
        assert not reader.stored[2].is_read

        await driver.until(lambda: driver.screen.article.article_id == 2)
        driver.screen.article.move("last")
        await driver.until(lambda: driver.screen.reading.seen_end == 2)
        await driver.press("enter")
        await driver.until(lambda: reader.stored[2].is_read)


async def test_the_end_of_what_was_opened_is_read() -> None:
    """By Space, from the list as well."""
    reader = some_reader(some_rows(), settings=Settings(mark_read="end"))
    async with running(reader, (130, 20)) as driver:
        await driver.press("enter")
        await driver.until(lambda: driver.screen.article.article_id == 1)
        assert not reader.stored[1].is_read
        await driver.press("G")
        await driver.until(lambda: reader.stored[1].is_read)
        await driver.press("q", "j")
        await driver.until(lambda: driver.screen.article.article_id == 2)
        for _n in range(6):
            await driver.press("space")
        await driver.until(lambda: reader.stored[2].is_read)


async def test_coming_back_to_an_article_while_another_loads_shows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes late is not what the cursor is on any more."""
    reader = some_reader(some_rows())
    asked, held, left = asyncio.Event(), asyncio.Event(), asyncio.Event()
    at_once = reader.article

    async def article(article_id: int) -> Article:
        if article_id == 1:
            asked.set()
            try:
                await held.wait()
            finally:
                left.set()
        return await at_once(article_id)

    async with running(reader, (130, 20)) as driver:
        await driver.press("j")
        await driver.until(lambda: driver.screen.article.article_id == 2)
        monkeypatch.setattr(reader, "article", article)
        await driver.press("k")
        await driver.until(asked.is_set)
        await driver.press("j")
        await driver.pilot.pause(0.1)
        held.set()
        await driver.until(left.is_set)
        await driver.pilot.pause()

        await driver.until(lambda: driver.screen.article.article_id == 2)
        assert "Timnas menang tipis 2" in driver.text
