"""Keys typed faster than the screen follows."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from textual import events

from reader.model import ArticleRow, MarkKind, Step
from tests.screen.driving import Driver, running, some_reader, some_rows
from tests.screen.fake_reader import FakeReader

NAMES = {"/": "slash", "\x1b": "escape", "\r": "enter", "'": "apostrophe", ":": "colon", "?": "question_mark"}


class SlowReader(FakeReader):
    """Its disk takes longer than a key."""

    async def rows(self, ids: Sequence[int]) -> tuple[ArticleRow, ...]:
        await asyncio.sleep(0.02)
        return await super().rows(ids)

    async def mark(self, ids: Sequence[int], kind: MarkKind, *, label: str = "") -> Step | None:
        await asyncio.sleep(0.02)
        return await super().mark(ids, kind, label=label)


def slow_reader() -> SlowReader:
    """With thirty articles."""
    quick = some_reader(some_rows())
    return SlowReader(quick.config, quick.stored, quick.known_feeds)


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


@pytest.mark.parametrize("keys", ["nnnnn", "nnnnnp"])
async def test_each_key_of_a_burst_counts(keys: str) -> None:
    """Each looks for its article from where the one before went; asked at once, they all found the same."""
    reader = slow_reader()
    async with running(reader) as driver:
        unread = [number for number in driver.screen.list.ids[1:] if not reader.stored[number].is_read]
        at_once(driver, keys)
        wanted = unread[:5]
        await driver.until(lambda: all(reader.stored[number].is_read for number in wanted))
        await driver.pilot.pause()

        assert [number for number in unread if reader.stored[number].is_read] == wanted


async def test_marks_and_undo_in_one_breath_keep_their_order() -> None:
    """The undo came before what it was to take back."""
    reader = slow_reader()
    async with running(reader) as driver:
        at_once(driver, "sjsjsu")
        await driver.until(lambda: len(reader.journal) == 2)
        await driver.pilot.pause()

        assert [number for number, row in reader.stored.items() if row.is_starred] == list(driver.screen.list.ids[:2])


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


class ReaderThatClosesSlowly(FakeReader):
    """Its disk takes longer than a key to keep where the reader was."""

    async def save_state(self, key: str, value: object) -> None:
        await asyncio.sleep(0.05)
        await super().save_state(key, value)


@pytest.mark.parametrize("keys", ["jQa", "jq'", "jQ?"])
async def test_what_follows_the_key_that_quits_opens_nothing(keys: str) -> None:
    """The dialog came up while all was taken down, did not find its parts, and Warta ended with a report."""
    quick = some_reader(some_rows())
    async with running(ReaderThatClosesSlowly(quick.config, quick.stored, quick.known_feeds)) as driver:
        at_once(driver, keys)
        await driver.until(lambda: driver.app._exit)

        assert len(driver.app.screen_stack) == 1
        assert driver.app.return_code == 0
