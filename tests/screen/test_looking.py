"""When an article that is only on show counts as read, and when it does not."""

from __future__ import annotations

import pytest

from reader.ui.screens import reading, telling
from tests.screen.driving import Driver, running, some_reader, some_rows
from tests.screen.fake_reader import FakeReader


@pytest.fixture(autouse=True)
def short_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "REST_SECONDS", 0.1)


def read_ids(reader: FakeReader) -> set[int]:
    return {row.id for row in reader.stored.values() if row.is_read and row.id % 3}


async def a_while(driver: Driver) -> None:
    await driver.pilot.pause(0.3)


async def test_what_is_first_at_the_start_is_not_read() -> None:
    """Nobody has looked at it yet."""
    reader = some_reader(some_rows())
    async with running(reader) as driver:
        await driver.shows("Isi Harga ikan")
        await a_while(driver)
    assert not read_ids(reader)


@pytest.mark.parametrize("keys", [("slash", *"natuna"), ("h", "j", "j"), ("question_mark",)])
async def test_what_comes_first_while_doing_something_else_is_not_read(keys: tuple[str, ...]) -> None:
    """Typing a filter and walking the sources must not eat news."""
    reader = some_reader(some_rows())
    async with running(reader) as driver:
        await driver.press(*keys)
        await a_while(driver)
    assert not read_ids(reader)


async def test_a_key_in_the_list_shows_that_one_is_at_it() -> None:
    """Whoever moves in the list, even on the spot, has looked at what lies there."""
    reader = some_reader(some_rows())
    async with running(reader) as driver:
        await driver.press("slash", *"harga", "enter", "g")
        await driver.until(lambda: read_ids(reader) == {1})


async def test_a_rest_does_not_come_between_a_step_and_its_undo(monkeypatch: pytest.MonkeyPatch) -> None:
    """“Starred · u undoes it”: that is what the key takes back, and not that the article was looked at meanwhile."""
    monkeypatch.setattr(reading, "REST_SECONDS", 60.0)
    reader = some_reader(some_rows())
    async with running(reader) as driver:
        await driver.press("j")
        monkeypatch.setattr(reading, "REST_SECONDS", 0.5)
        await driver.press("s")  # from here on the rest is counted anew
        await driver.shows("1 article starred · u undoes it")
        await driver.pilot.pause(0.8)
        await driver.press("u")
        await driver.until(lambda: not reader.stored[2].is_starred)


async def test_opening_ends_what_is_told_to_be_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    """`u` takes back the reading that came with it, and the line must not say something else."""
    monkeypatch.setattr(reading, "REST_SECONDS", 60.0)
    reader = some_reader(some_rows())
    async with running(reader) as driver:
        await driver.press("j", "s")
        await driver.shows("1 article starred · u undoes it")
        await driver.press("enter")
        await driver.until(lambda: reader.stored[2].is_read)
        await driver.until(lambda: "undoes it" not in driver.text)


async def test_once_the_step_is_told_no_longer_the_rest_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starred and read on: that is reading."""
    monkeypatch.setattr(telling, "MESSAGE_SECONDS", 0.1)
    reader = some_reader(some_rows())
    async with running(reader) as driver:
        await driver.press("j", "s")
        await driver.until(lambda: reader.stored[2].is_read and reader.stored[2].is_starred)


async def test_what_the_reader_marked_unread_stays_so() -> None:
    """The reader's word stands."""
    reader = some_reader(some_rows())
    async with running(reader) as driver:
        await driver.press("j", "m")
        if not reader.stored[2].is_read:  # on a slow machine the rest was over before the key
            await driver.press("m")
        await driver.press("m")
        await driver.until(lambda: not read_ids(reader))
        await a_while(driver)
    assert not read_ids(reader)
