"""Dialogs opened from the main screen, and what is done with what was chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import StorageError
from reader.model import FilterConfig, Settings, Source
from reader.ui.app import WartaApp
from reader.ui.commands import COMMANDS
from reader.ui.dialogs.picker import Picker
from reader.ui.port import ReaderPort
from tests.screen.driving import Driver, running, some_reader, some_rows


def is_open(driver: Driver) -> bool:
    return isinstance(driver.app.screen, Picker)


async def test_every_command_has_somebody_to_carry_it_out() -> None:
    """A key that does nothing is a broken promise of the help."""
    async with running(some_reader(some_rows())) as driver:
        screen = driver.screen
        for row in COMMANDS:
            assert screen.doer(row.id) is not None, row.id


async def test_help_carries_out_what_is_chosen() -> None:
    """`?`, a few letters, Enter: it works by the help alone."""
    reader = some_reader(some_rows())
    async with running(reader) as driver:
        await driver.press("?")
        await driver.shows("Navigation")
        await driver.press(*"star", "enter")
        await driver.until(lambda: reader.stored[1].is_starred)


async def test_jump_lists_the_feed_and_goes_to_the_list() -> None:
    """`'`, three letters, Enter."""
    reader = some_reader(some_rows())
    async with running(reader) as driver:
        await driver.press("'", *"antara", "enter")
        await driver.until(lambda: not is_open(driver) and driver.screen.lists.listing.source == Source("feed", 2))

        assert driver.screen.focused is driver.screen.list


async def test_sort_menu_orders_the_list() -> None:
    """The chosen one is in force at once."""
    reader = some_reader(some_rows())
    async with running(reader) as driver:
        await driver.press(",", "j", "enter")
        await driver.until(lambda: not is_open(driver) and reader.questions[-1].sort == "old")


async def test_palette_goes_where_it_is_told() -> None:
    """Filters, too."""
    reader = some_reader(some_rows())
    async with running(reader) as driver:
        await driver.press(":", *"natuna", "enter")
        await driver.until(
            lambda: not is_open(driver) and driver.screen.lists.listing.source == Source("filter", "Natuna")
        )


@pytest.mark.parametrize("key", ["'", ":"])
async def test_rules_are_found_by_their_names(key: str) -> None:
    """What stands in the sidebar can be gone to."""
    rule = FilterConfig("bungkam panjang", "panjang", "mute")
    reader = some_reader(some_rows(), filters=(rule,))
    async with running(reader) as driver:
        await driver.press(key, *"bungkam", "enter")
        await driver.until(
            lambda: not is_open(driver) and driver.screen.lists.listing.source == Source("filter", rule.name)
        )


async def test_theme_is_tried_on_kept_and_taken_back() -> None:
    """Colours are chosen by eye; Escape leaves everything as it was."""
    reader = some_reader(some_rows())
    async with running(reader) as driver:
        driver.screen.action_command("theme.choose")
        await driver.until(lambda: is_open(driver))
        await driver.press("down")
        assert driver.app.theme == "warta-light"
        await driver.press("escape")
        await driver.until(lambda: driver.app.theme == "warta-dark")

        driver.screen.action_command("theme.choose")
        await driver.until(lambda: is_open(driver))
        await driver.press(*"light", "enter")
        await driver.until(lambda: reader.state.get("theme") is not None)

    async with running(reader) as driver:
        assert driver.app.theme == "warta-light"


async def test_theme_written_into_the_file_since_wins() -> None:
    """The file is the last word of the two."""
    reader = some_reader(some_rows(), settings=Settings(theme="nord"))
    reader.state["theme"] = {"setting": "warta-dark", "chosen": "warta-light"}
    async with running(reader) as driver:
        assert driver.app.theme == "nord"


async def test_details_tell_of_the_articles_feed() -> None:
    """`i` on an article asks how its feed is doing."""
    async with running(some_reader(some_rows())) as driver:
        await driver.press("i")
        await driver.shows("per day", "address")
        await driver.press("escape")
        await driver.until(lambda: driver.app.screen is driver.app.get_default_screen())


async def test_markdown_and_link_letters_go_to_the_clipboard() -> None:
    """`Y`; the article's own words, with its address."""
    async with running(some_reader(some_rows())) as driver:
        await driver.press("Y")
        await driver.until(lambda: "# Harga ikan" in driver.app.clipboard)

        assert "https://contoh.example/1" in driver.app.clipboard


async def test_help_opens_even_without_a_database() -> None:
    """Trouble is when one needs it."""

    async def broken() -> ReaderPort:
        raise StorageError("The disk is full.", path="warta.db")

    app = WartaApp(some_reader().config, Path("data"), broken)
    async with app.run_test(size=(100, 30)) as pilot:
        driver = Driver(app, pilot)
        await driver.press("?")
        await driver.shows("Navigation")
        await driver.press("escape", "'", ",", "i")
        await driver.shows("The disk is full.")


async def test_snippet_says_how_to_get_the_rest() -> None:
    """A new reader cannot know that `x` exists."""
    async with running(some_reader(some_rows())) as driver:
        await driver.press("enter", "G")
        await driver.shows("This is all the feed provides. x")


async def test_search_in_the_article_by_keys_alone() -> None:
    """`f`, a word, Enter, n, N, Esc: and n is the next unread again."""
    async with running(some_reader(some_rows())) as driver:
        await driver.press("f", *"isi", "enter")
        await driver.shows("Find: isi", "1 of 72")
        await driver.press("n", "n", "N")
        await driver.shows("2 of 72")
        await driver.press("escape")
        await driver.until(lambda: "Find:" not in driver.text)
        assert driver.screen.article.article_id == 1

        await driver.press("n")
        await driver.until(lambda: driver.screen.article.article_id == 2)


async def test_feeds_in_trouble_are_named_with_their_reason() -> None:
    """The bottom line says how many and which key tells; that must not need a sidebar."""
    async with running(some_reader(some_rows()), (100, 30)) as driver:
        await driver.shows("1 feed with problems (!)")
        await driver.press("!")
        await driver.shows("Tempo: The server gave no answer in time.")


async def test_rows_change_their_height_and_keep_it() -> None:
    """Chosen in the palette, remembered like the theme; another word in the file wins."""
    reader = some_reader(some_rows())
    async with running(reader) as driver:
        await driver.press(":", *"compact", "enter")
        await driver.until(lambda: driver.screen.list.mode == "compact" and "rows" in reader.state)
    async with running(reader) as driver:
        assert driver.screen.list.mode == "compact"
        driver.screen.action_command("list.rows")
        await driver.until(lambda: driver.screen.list.mode == "comfortable")
    reader.state["rows"] = {"setting": "compact", "chosen": "compact"}
    async with running(reader) as driver:
        assert driver.screen.list.mode == "comfortable"
