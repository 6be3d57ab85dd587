"""The very first start."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from reader.config.load import load
from reader.config.locate import Located
from reader.core import Reader
from reader.core.beginning import Beginning
from reader.ui.app import WartaApp
from reader.ui.port import ReaderPort
from reader.ui.screens.late import UNFINISHED
from tests.damage import damaged_cache
from tests.screen.driving import Driver


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Of somebody who used newsboat."""
    (tmp_path / ".newsboat").mkdir()
    (tmp_path / ".newsboat/urls").write_text('https://[::1]:9/rss "~RRI [b]"\n')
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@asynccontextmanager
async def begun(
    home: Path, size: tuple[int, int], shows: str = "Welcome to Warta"
) -> AsyncIterator[tuple[Driver, Path]]:
    located = Located(home / ".config/warta/feeds.toml", home / "data", True)

    async def opened() -> ReaderPort:
        return await Reader.open(load(located.path), located.data_dir)

    app = WartaApp(
        load(located.path), located.data_dir, opened, network=False,
        load_config=lambda: load(located.path), beginning=Beginning(located, home),
    )  # fmt: skip
    app.animation_level = "none"
    async with app.run_test(size=size) as pilot:
        driver = Driver(app, pilot)
        await driver.shows(shows)
        yield driver, located.path


def fill(cache: Path, count: int) -> None:
    """As newsboat leaves it, the first article read."""
    with closing(sqlite3.connect(cache)) as database, database:
        database.execute("CREATE TABLE rss_item (guid, title, url, feedurl, content, unread, flags)")
        rows = [
            (f"g{n}", f"Lama {n}", f"https://rri.example/{n}", "https://[::1]:9/rss", "isi", int(n > 0))
            for n in range(count)
        ]
        database.executemany("INSERT INTO rss_item VALUES (?, ?, ?, ?, ?, ?, '')", rows)


async def remembered(home: Path) -> object:
    """The history that is still to be taken."""
    reader = await Reader.open(load(home / ".config/warta/feeds.toml"), home / "data", is_visit=False)
    try:
        return await reader.load_state(UNFINISHED)
    finally:
        await reader.close()


async def remember(home: Path, value: object) -> None:
    """As a start leaves it that was broken off: newsboat's list is followed, its history not taken."""
    beginning = Beginning(Located(home / ".config/warta/feeds.toml", home / "data", True), home)
    beginning.take(next(offer for offer in beginning.look() if offer.kind == "newsboat"))
    reader = await Reader.open(load(home / ".config/warta/feeds.toml"), home / "data", is_visit=False)
    try:
        await reader.save_state(UNFINISHED, value)
    finally:
        await reader.close()


@pytest.mark.parametrize("size", [(200, 50), (100, 30), (60, 20)])
async def test_it_offers_what_there_is_and_begins_with_one_key(home: Path, size: tuple[int, int]) -> None:
    """Nothing is fetched or written before somebody said with what to begin."""
    async with begun(home, size) as (driver, path):
        await driver.shows("Starter list: 20 sources", "newsboat's list: 1 feed", "~/.newsboat/urls · RRI [b]")
        await driver.shows("~/.config/warta/feeds.toml")
        assert not path.exists()
        await driver.press("down", "up", "2")
        await driver.shows("1 feed added")
        assert [feed.title for feed in load(path).feeds] == ["RRI [b]"]

        await driver.press("I")
        await driver.shows("No other reader's list with new feeds", "⏎ choose   Esc not now")


async def test_what_a_list_holds_beside_feeds_is_told(home: Path) -> None:
    """As `warta import` does: what became a filter, what was skipped; `!` has the lines."""
    (home / ".newsboat/urls").write_text(
        'https://[::1]:9/rss "~RRI"\n"query:Ikan:title =~ \\"ikan\\""\nexec:date\nfile:///etc/passwd\n'
    )
    async with begun(home, (100, 30)) as (driver, path):
        await driver.press("2")
        await driver.shows("1 feed added · 1 saved filter added · 2 skipped · ! for details")
        assert [saved.name for saved in load(path).filters] == ["Ikan"]

        await driver.press("!")
        await driver.shows("2 skipped by the import", "exec:date", "file:///etc/passwd")


async def test_newsboats_articles_and_what_was_read_of_them_come_along(home: Path) -> None:
    """All of it unread again is no beginning for who has read it in newsboat."""
    fill(home / ".newsboat/cache.db", 2)
    async with begun(home, (100, 30)) as (driver, _path):
        await driver.shows("newsboat's list: 1 feed, with what you have read")
        await driver.press("2")
        await driver.shows("2 articles added, 0 marked")
        await driver.shows("Lama 0", "Lama 1")
        await driver.until(lambda: driver.screen.lists.counts.unread == 1)


async def test_a_history_whose_taking_was_broken_off_is_taken_at_the_next_start(home: Path) -> None:
    """Whoever quits a second after choosing the list would never be offered it again: all its feeds are followed."""
    fill(home / ".newsboat/cache.db", 2_000)
    async with begun(home, (100, 30)) as (driver, path):
        await driver.press("2")
        await driver.until(path.exists)
    async with begun(home, (100, 30), "Lama 1999") as (driver, _path):
        await driver.until(lambda: (answer := driver.screen.lists.answer) is not None and len(answer.ids) == 2_000)


async def test_what_is_remembered_is_told_as_it_would_have_been_and_forgotten(home: Path) -> None:
    """Taking it twice doubles nothing, but costs."""
    cache = home / ".newsboat/cache.db"
    fill(cache, 2)
    await remember(home, str(cache))
    async with begun(home, (100, 30), "2 articles added, 0 marked") as (driver, _path):
        await driver.shows("Lama 0", "Lama 1")
    assert await remembered(home) is None


async def test_a_chosen_history_is_forgotten_once_it_is_taken(home: Path) -> None:
    """The usual way: nobody breaks it off."""
    fill(home / ".newsboat/cache.db", 2)
    async with begun(home, (100, 30)) as (driver, _path):
        await driver.press("2")
        await driver.shows("2 articles added, 0 marked")
    assert await remembered(home) is None


async def test_a_remembered_history_that_is_no_good_is_told_once(home: Path) -> None:
    """Not at each start again."""
    cache = home / ".newsboat/cache.db"
    cache.write_bytes(b"SQLite format 3" + bytes(200))
    await remember(home, str(cache))
    async with begun(home, (100, 30), "cache.db: cannot be read"):
        pass
    assert await remembered(home) is None


@pytest.mark.parametrize("value", ["gone.db", "a\0b", "\udcff", 7, ["x"], "."])
async def test_a_remembered_history_that_is_not_there_troubles_nobody(home: Path, value: object) -> None:
    """A disk that is not there today may be there tomorrow."""
    await remember(home, value)
    async with begun(home, (100, 30), "Nothing is stored yet") as (driver, _path):
        await driver.until(lambda: driver.screen.is_settled)
        assert driver.app.report is None
    assert await remembered(home) == value


async def test_a_remembered_history_waits_for_a_feeds_file_that_can_be_read(home: Path) -> None:
    """Without its feeds it would all be left out, and then forgotten."""
    cache, feeds = home / ".newsboat/cache.db", home / ".config/warta/feeds.toml"
    fill(cache, 2)
    await remember(home, str(cache))
    kept = feeds.read_text()
    feeds.write_text("[[feeds")
    async with begun(home, (100, 30), "feeds.toml") as (driver, _path):
        await driver.until(lambda: driver.screen.is_settled)
        await driver.until(lambda: not any(worker.group == "command" for worker in driver.app.workers))
        assert await remembered(home) == str(cache)
    feeds.write_text(kept)
    async with begun(home, (100, 30), "2 articles added, 0 marked"):
        pass


async def test_a_list_that_could_not_be_written_leaves_nothing_to_take(home: Path) -> None:
    """Its history belongs to feeds that are not followed."""
    fill(home / ".newsboat/cache.db", 2)
    (home / ".config").write_text("a file where a folder should be")
    async with begun(home, (100, 30)) as (driver, _path):
        await driver.press("2")
        await driver.until(lambda: driver.screen.status.status.is_warning)
    (home / ".config").unlink()
    assert await remembered(home) is None


async def test_a_cache_that_cannot_be_read_costs_no_feed(home: Path) -> None:
    """What is wrong with it is told."""
    (home / ".newsboat/cache.db").write_bytes(b"SQLite format 3" + bytes(200))
    async with begun(home, (100, 30)) as (driver, path):
        await driver.press("2")
        await driver.shows("cache.db: cannot be read")
        assert [feed.title for feed in load(path).feeds] == ["RRI [b]"]
        assert driver.app.report is None


async def test_what_a_damaged_cache_still_held_is_shown(home: Path) -> None:
    """How much came is told, with the reason why no more; the list has it at once, and marks come along."""
    taken = damaged_cache(home / ".newsboat/cache.db", "https://[::1]:9/rss")
    async with begun(home, (160, 30)) as (driver, _path):
        await driver.press("2")
        await driver.shows(f"{taken} articles added, 0 marked; the rest is missing: cache.db cannot be read:")
        await driver.until(lambda: driver.screen.status.status.is_warning)
        await driver.until(lambda: (answer := driver.screen.lists.answer) is not None and len(answer.ids) == taken)
        assert driver.app.report is None


async def test_leaving_it_writes_nothing_and_it_can_be_opened_again(home: Path) -> None:
    """Who only looks around is not bound to anything."""
    async with begun(home, (100, 30)) as (driver, path):
        await driver.press("escape")
        await driver.shows("No feeds yet", "use the starter list or import one")
        assert not path.exists()
        await driver.press("I")
        await driver.shows("Welcome to Warta")
        line = next(n for n, line in enumerate(driver.text.split("\n")) if "Starter list" in line)
        await driver.pilot.click(offset=(30, line))
        await driver.until(path.exists)


async def test_a_file_that_cannot_be_written_is_told(home: Path) -> None:
    """Never a traceback in the first minute."""
    (home / ".config").write_text("a file where a folder should be")
    async with begun(home, (100, 30)) as (driver, _path):
        await driver.press("enter")
        await driver.until(lambda: driver.screen.status.status.is_warning)
        assert driver.app.report is None
