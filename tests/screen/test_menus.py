"""Menus of what the cursor or the mouse is on."""

from __future__ import annotations

import pytest

from reader.model import Enclosure
from reader.ui.commands import COMMANDS, KeyMap
from reader.ui.dialogs.picker import Picker
from reader.ui.screens.menus import MENUS, menu_choices
from tests.screen.driving import Driver, running, some_reader, some_rows
from tests.unit.ui.making import HOSTILE, row


async def opened(driver: Driver) -> None:
    await driver.until(lambda: isinstance(driver.app.screen, Picker))


async def closed(driver: Driver) -> None:
    await driver.until(lambda: driver.app.screen is driver.app.get_default_screen())


async def test_a_right_click_on_a_row_offers_what_can_be_done_with_it() -> None:
    """The mouse alone does."""
    reader = some_reader(some_rows())
    async with running(reader) as driver:
        await driver.pilot.click(driver.screen.list, offset=(10, 3), button=3)
        await opened(driver)
        await driver.shows("Timnas menang tipis 2", "Copy link", "Save")
        line = next(n for n, text in enumerate(driver.text.splitlines()) if "  Star  " in text)
        await driver.pilot.click(offset=(driver.text.splitlines()[line].index("  Star  ") + 3, line))
        await driver.until(lambda: reader.stored[2].is_starred)


async def test_a_right_click_on_a_feed_offers_what_can_be_done_with_it() -> None:
    """It is selected by that."""
    async with running(some_reader(some_rows())) as driver:
        await driver.pilot.click(driver.screen.sidebar, offset=(8, 10), button=3)
        await opened(driver)
        await driver.shows("Antara Kepri", "Details", "Refresh", "All read", "Open site")
        await driver.press("r")
        await closed(driver)
        assert driver.screen.lists.listing.source.value == 2


async def test_a_right_click_folds_nothing() -> None:
    """It asks."""
    async with running(some_reader(some_rows())) as driver:
        await driver.pilot.click(driver.screen.sidebar, offset=(1, 8), button=3)
        await opened(driver)
        await driver.press("escape")
        await closed(driver)
        assert driver.screen.sidebar.lines[8].is_open


@pytest.mark.parametrize("size", [(130, 36), (60, 20), (44, 10)])
async def test_the_menu_opens_by_key_and_knows_the_commands_keys(size: tuple[int, int]) -> None:
    """`M`, then what would have done without it; wherever there is room."""
    reader = some_reader(some_rows())
    async with running(reader, size) as driver:
        await driver.press("G", "M")
        await opened(driver)
        await driver.shows("Open", "Read")
        await driver.press("s")
        await driver.until(lambda: reader.stored[30].is_starred)
        await closed(driver)
        await driver.press("M")
        await opened(driver)
        await driver.press("j", "enter")
        await driver.until(lambda: not reader.stored[30].is_read)


async def test_the_menu_of_a_filter_holds_its_commands() -> None:
    """They count only there."""
    async with running(some_reader(some_rows())) as driver:
        await driver.press("'", *"natuna", "enter")
        await closed(driver)
        driver.screen.sidebar.focus()
        await driver.press("M")
        await opened(driver)
        await driver.shows("Edit", "Remove", "Move up", "Apply rule")


def test_menus_show_only_keys_that_hold_there() -> None:
    """`o` on an article is its page, not its feed's site."""
    keymap = KeyMap()
    keys = {choice.value: choice.key for choice in menu_choices("article", keymap)}

    assert keys["article.browse"] == "o"
    assert keys["feed.open_site"] == ""
    assert {choice.value: choice.key for choice in menu_choices("feed", keymap)}["feed.open_site"] == "o"


def test_what_menus_name_exists() -> None:
    """A misspelt command would be missing without a word."""
    assert {id_ for ids in MENUS.values() for id_ in ids} <= {row.id for row in COMMANDS}


@pytest.mark.parametrize("size", [(60, 20), (130, 36)])
async def test_hostile_names_stay_text_in_every_list(size: tuple[int, int]) -> None:
    """Titles, tags, links and files come from strangers; each stands in a menu or a list."""
    files = tuple(Enclosure(f"https://contoh.example/{n}", "audio/[b]", title=text) for n, text in enumerate(HOSTILE))
    for text in HOSTILE[::3]:
        reader = some_reader([row(1, text, tags=HOSTILE)])
        reader.files, reader.links = files, ("https://contoh.example/[/]", "https://[@click=app.quit]/")
        async with running(reader, size) as driver:
            for key in ("M", "t", "e", "L"):
                await driver.press(key)
                await driver.until(lambda: driver.app.screen is not driver.app.get_default_screen())
                await driver.press("down")
                assert all(line.isprintable() for line in driver.text.split("\n"))
                await driver.press("escape")
                await closed(driver)


async def test_a_menu_says_which_of_two_things_it_will_do() -> None:
    """And offers no files where none come with the article."""
    async with running(some_reader(some_rows())) as driver:
        await driver.press("enter")
        await driver.until(lambda: driver.screen.article.article_id is not None)
        await driver.press("M")
        await opened(driver)
        await driver.shows("Copy title")
        assert "Enclosures" not in driver.text
        await driver.press("escape")
        driver.screen.sidebar.focus()
        await driver.press("'", *"rri", "enter")
        await driver.until(lambda: driver.screen.lists.source_name == "RRI")
        driver.screen.sidebar.focus()
        await driver.press("M")
        await driver.shows("Disable the feed")
