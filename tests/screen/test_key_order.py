"""Keys typed faster than the screen follows."""

from __future__ import annotations

import pytest
from textual import events

from tests.screen.driving import Driver, running, some_reader, some_rows

NAMES = {"/": "slash", "\x1b": "escape", "\r": "enter", "'": "apostrophe", ":": "colon", "?": "question_mark"}


def at_once(driver: Driver, keys: str) -> None:
    """Send keys as a terminal does whose packet holds several."""
    for key in keys:
        driver.app.post_message(events.Key(NAMES.get(key, key), key))


@pytest.mark.parametrize("before", ["\x1b", "\x1b\x1b\x1b", "j\x1b", "jk"])
async def test_what_follows_the_filters_key_is_typed_into_it(before: str) -> None:
    """The Esc before it came last and left the filter: `A` then marked everything read, `x` asked a server."""
    async with running(some_reader(some_rows())) as driver:
        at_once(driver, before + "/Axz")
        await driver.until(lambda: driver.screen.bar.query_text)
        await driver.pilot.pause()

        assert driver.screen.bar.query_text == "Axz"
        assert driver.screen.bar.field.has_focus


@pytest.mark.parametrize("before", ["", "j", "jjj\x1b"])
async def test_a_jump_in_one_breath_goes_where_it_says(before: str) -> None:
    """The letters were commands before the dialog was there, and Enter chose its first line."""
    async with running(some_reader(some_rows())) as driver:
        at_once(driver, before + "'Tempo\r")
        await driver.shows("The server gave no answer in time.")

        assert driver.app.screen is driver.screen
        assert driver.screen.lists.listing.query == ""


@pytest.mark.parametrize("key", ["t", "a", "?", ":", "'"])
async def test_what_follows_a_dialogs_key_is_typed_into_it(key: str) -> None:
    """Also where the dialog has to ask the library first; `A` and `Q` are commands everywhere else."""
    reader = some_reader(some_rows())
    async with running(reader) as driver:
        at_once(driver, key + "AQz")
        await driver.shows("AQz")

        assert len(driver.app.screen_stack) == 2
        assert reader.journal == []


async def test_a_key_whose_widget_went_away_holds_nobody_up() -> None:
    """Nothing would come back from there."""
    async with running(some_reader(some_rows())) as driver:
        driver.app._under_way = 1
        driver.app._sent = float("-inf")
        at_once(driver, "/Axz")
        await driver.until(lambda: driver.screen.bar.query_text == "Axz")


async def test_keys_wait_only_for_a_time() -> None:
    """Even if nothing more is typed, what waits is taken in the end."""
    async with running(some_reader(some_rows())) as driver:
        at_once(driver, "j/Axz")
        driver.app._under_way += 1
        await driver.until(lambda: driver.screen.bar.query_text == "Axz")


@pytest.mark.parametrize("key", ["t", "E", "a", "i", "e", "L", "M", "?", ":", "'", ",", "F", "!", "I", "S"])
async def test_a_dialog_left_before_it_is_there_is_gone(key: str) -> None:
    """`t` by mistake and Esc at once, in one packet: its parts went before it looked for them, and Warta ended."""
    async with running(some_reader(some_rows())) as driver:
        for _ in range(3):
            at_once(driver, key + "\x1b" * 2)
            await driver.pilot.pause()
        for _ in range(3):
            await driver.press("escape")
        await driver.until(lambda: len(driver.app.screen_stack) == 1)
        await driver.press("?")
        await driver.shows("Move down")
