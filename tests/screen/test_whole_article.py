"""The whole article on the screen: fetched by a key, and changed for the feed's text by the same."""

from __future__ import annotations

from dataclasses import replace

from tests.screen.driving import running, some_reader, some_rows


async def test_the_key_fetches_and_then_changes_between_both_texts() -> None:
    """What is shown is said above it, what the key brings stands among the hints."""
    async with running(some_reader(some_rows(3)), (120, 40)) as driver:
        await driver.press("enter")
        await driver.shows("Isi Harga ikan")
        await driver.press("x")
        await driver.shows("from its page", "x the feed's text")
        await driver.press("x")
        await driver.shows("the feed's text · x: the full article", "x the full article")
        await driver.press("x")
        await driver.shows("from its page")


async def test_where_the_article_is_not_in_sight_the_key_says_so() -> None:
    """In one pane, changing a text nobody sees would look like nothing."""
    reader = some_reader(some_rows(3))
    reader.whole.add(1)
    async with running(reader, (60, 20)) as driver:
        await driver.press("x")
        await driver.shows("The full article is already stored")


async def test_what_was_fetched_behind_the_screen_is_shown_by_the_key() -> None:
    """A feed with full_text: the snippet is on show when its whole article comes; the key must not hide it."""
    reader = some_reader(some_rows(3))
    async with running(reader, (120, 40)) as driver:
        await driver.press("enter")
        await driver.shows("Isi Harga ikan")
        article_id = driver.screen.article.article_id
        assert article_id is not None
        reader.whole.add(article_id)
        await driver.press("x")
        await driver.shows("from its page")


async def test_another_text_is_told_and_shown_from_its_top() -> None:
    """The place in one text means nothing in the other, and what was said of the first is over."""
    rows = [replace(one, title=one.title + " panjang sekali" * 120) for one in some_rows(3)]
    async with running(some_reader(rows), (120, 20)) as driver:
        await driver.press("enter", "x")
        await driver.shows("Full article stored")
        driver.screen.article.move("last")
        await driver.until(lambda: driver.screen.article.scroll_offset.y > 0)
        await driver.press("x")
        await driver.shows("The feed's text is shown.")
        await driver.until(lambda: driver.screen.article.scroll_offset.y == 0)
        assert "stored" not in driver.text
        await driver.press("x")
        await driver.shows("The full article is shown.")


async def test_what_came_of_a_refresh_passes_even_where_a_feed_failed() -> None:
    """The line has better to say; which feeds are in trouble stands there anyway."""
    async with running(some_reader(some_rows(3))) as driver:
        driver.screen.telling.add("nothing new · 1 failed", is_warning=True)
        assert driver.screen.telling.is_passing
        driver.screen.say("The disk is full.", is_warning=True)
        assert not driver.screen.telling.is_passing
