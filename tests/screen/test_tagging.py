"""Tags on articles, by key, and taken back."""

from __future__ import annotations

from dataclasses import replace

from reader.ui.dialogs.tags import TagDialog, tag_name
from tests.screen.driving import Driver, running, some_reader, some_rows
from tests.screen.fake_reader import FakeReader


def tagged() -> FakeReader:
    """Two articles carry tags, the first of them both."""
    reader = some_reader(some_rows())
    reader.stored[1] = replace(reader.stored[1], tags=("kepri", "laut"))
    reader.stored[2] = replace(reader.stored[2], tags=("laut",))
    return reader


async def opened(driver: Driver) -> None:
    await driver.until(lambda: isinstance(driver.app.screen, TagDialog))


async def closed(driver: Driver) -> None:
    await driver.until(lambda: driver.app.screen is driver.app.get_default_screen())


def in_card(driver: Driver, text: str) -> bool:
    """Whether it stands at the end of a line of the article pane."""
    return any(line.endswith(f"│  {text}") for line in driver.text.splitlines())


async def test_a_new_tag_shows_in_row_and_card_and_is_taken_back() -> None:
    """`t`, a word, Enter; `u`."""
    reader = some_reader(some_rows())
    async with running(reader) as driver:
        await driver.press("t")
        await opened(driver)
        await driver.shows("No tags yet")
        await driver.press(*"laut")
        await driver.shows("+ #laut")
        await driver.press("enter")
        await driver.shows("1 article tagged · u undoes it")
        await driver.until(lambda: "1 min · #laut" in driver.text and in_card(driver, "#laut"))
        assert reader.stored[1].tags == ("laut",)

        await driver.press("u")
        await driver.until(lambda: reader.stored[1].tags == ())
        await driver.shows("Undone: 1 article tagged")
        await driver.until(lambda: "#laut" not in driver.text)


async def test_a_few_letters_find_the_tag_there_is() -> None:
    """Or there would soon be three of a kind."""
    reader = tagged()
    async with running(reader) as driver:
        await driver.press("j", "t")
        await opened(driver)
        await driver.shows("✓ #laut", "  #kepri")
        await driver.press(*"kep", "enter")
        await driver.until(lambda: reader.stored[2].tags == ("kepri", "laut"))


async def test_a_new_tag_takes_none_away_that_holds_the_word() -> None:
    """Enter after typing only puts on."""
    reader = some_reader(some_rows())
    reader.stored[1] = replace(reader.stored[1], tags=("laut natuna",))
    async with running(reader) as driver:
        await driver.press("t")
        await opened(driver)
        await driver.press(*"laut")
        await driver.shows("+ #laut", "✓ #laut natuna", "⏎ add and close")
        await driver.press("enter")
        await driver.until(lambda: reader.stored[1].tags == ("laut", "laut natuna"))
        await closed(driver)

        await driver.press("t")
        await opened(driver)
        await driver.press(*"laut", "down", "enter")
        await closed(driver)
    assert reader.stored[1].tags == ("laut", "laut natuna")


async def test_commas_stand_between_tags() -> None:
    """And in none."""
    reader = some_reader(some_rows())
    async with running(reader) as driver:
        await driver.press("t")
        await opened(driver)
        await driver.press(*"laut, baca nanti,")
        await driver.shows("+ #laut #baca nanti")
        await driver.press("enter")
        await driver.until(lambda: set(reader.stored[1].tags) == {"laut", "baca nanti"})


async def test_several_changes_are_one_step() -> None:
    """Tab turns one on or off and stays; what was taken off comes back with one `u`."""
    reader = tagged()
    async with running(reader) as driver:
        await driver.press("t")
        await opened(driver)
        await driver.shows("✓ #laut", "✓ #kepri")
        await driver.press("tab", "down", "tab", *"pasar", "tab", "enter")
        await driver.until(lambda: reader.stored[1].tags == ("pasar",))
        await closed(driver)
        await driver.press("u")
        await driver.until(lambda: reader.stored[1].tags == ("kepri", "laut"))


async def test_a_range_is_tagged_together_and_says_what_only_some_have() -> None:
    """“–” is neither on nor off."""
    reader = tagged()
    async with running(reader) as driver:
        await driver.press("v", "j", "t")
        await opened(driver)
        await driver.shows("Tags for 2 articles", "✓ #laut", "– #kepri")
        await driver.press(*"kepri", "enter")
        await driver.until(lambda: reader.stored[2].tags == ("kepri", "laut"))
        await closed(driver)
        assert not driver.screen.list.is_picking


async def test_leaving_changes_nothing() -> None:
    """Also what Tab turned."""
    reader = tagged()
    async with running(reader) as driver:
        await driver.press("t")
        await opened(driver)
        await driver.press("tab", "escape")
        await closed(driver)

    assert reader.journal == []


def test_a_tag_is_one_line_without_its_sign() -> None:
    """It has to stand in a query: `#tag`, quoted where it has blanks."""
    assert tag_name('  ##Kep"ri\n\x1b[31mlaut ') == "Kep ri [31mlaut"
    assert tag_name("#") == ""
