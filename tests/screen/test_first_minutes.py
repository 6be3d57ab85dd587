"""What one sees where the start does not go as wished."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reader.config.load import load
from reader.model import ConfigProblem, Failure, FeedState
from tests.screen.driving import FEEDS, running, some_reader, some_rows
from tests.unit.ui.making import feed

WRONG = ConfigProblem("“refesh” is no key", path="feeds.toml", line=3, column=1)


async def test_mistakes_in_the_file_stay_told() -> None:
    """A message that goes by in a moment is missed."""
    reader = some_reader(some_rows())
    reader.config = replace(reader.config, problems=(WRONG, WRONG))
    async with running(reader) as driver:
        await driver.shows("feeds.toml, line 3: “refesh” is no key")
        driver.screen.telling.hush()
        await driver.shows("2 problems in feeds.toml (!)")


async def test_what_tells_the_mistakes_is_the_key_that_is_bound() -> None:
    """Who gave the problems another key must not be sent to the usual one."""
    reader = some_reader(some_rows())
    reader.config = replace(reader.config, problems=(WRONG,), keys={"problems.show": "X"})
    async with running(reader) as driver:
        driver.screen.telling.hush()
        await driver.shows("1 problem in feeds.toml (X)")


async def test_a_message_of_trouble_is_not_hidden_by_a_refresh() -> None:
    """The refresh at the start begins before one can have read anything."""
    reader = some_reader(some_rows())
    reader.config = replace(reader.config, problems=(WRONG,))
    reader.arriving = [some_rows(1, first=99)]
    async with running(reader) as driver:
        await driver.until(lambda: 99 in driver.screen.list.ids)
        assert "is no key" in driver.text


async def test_an_unusable_file_is_not_called_missing() -> None:
    """Who mistyped one quote must be told where."""
    broken = ConfigProblem("is not valid TOML: Expected '='", path="/home/budi/feeds.toml", line=7, column=4)
    reader = some_reader(feeds=())
    reader.config = replace(reader.config, origin="missing", is_unusable=True, problems=(broken,))
    async with running(reader) as driver:
        await driver.shows("feeds.toml cannot be used", "/home/budi/feeds.toml:7:4: is not valid", "Fix the file")
        assert "No feeds yet" not in driver.text


async def test_without_network_the_first_start_says_so() -> None:
    """Nobody should wait for news that cannot come."""
    offline = FeedState(failure=Failure("offline"))
    off = replace(FEEDS[0].config, is_enabled=False)
    feeds = (feed(1, "RRI", state=offline), feed(2, "Tempo", state=offline), replace(FEEDS[0], id=3, config=off))
    async with running(some_reader(feeds=feeds)) as driver:
        await driver.shows("No connection", "No network. Warta will retry", "try now")


def test_a_folder_in_its_place_is_unusable(tmp_path: Path) -> None:
    """The page can only tell what the file's reader tells."""
    assert load(tmp_path).is_unusable
    assert not load(tmp_path / "none.toml").is_unusable
