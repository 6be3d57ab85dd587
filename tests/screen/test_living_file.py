"""feeds.toml is saved in an editor while Warta runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.loopback import Loopback
from tests.screen.subscribing_place import Place, site


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with Loopback() as server:
        site(server)
        yield Place(tmp_path, server)


async def test_mistakes_are_listed_and_change_nothing(place: Place) -> None:
    """The old settings stay, the cursor too; `!` tells all of them with their lines."""
    place.write(place.before.replace('title = "RRI"', 'title = "RRI"\nrefresh_minutes = 90'))
    async with place.running() as (driver, reader):
        article = driver.screen.list.article_id
        broken = place.text.replace("= 90", "= 0").replace('"Tetangga"', '"Tetangga"\ntitel = "x"')
        place.write(broken)
        driver.screen.watching.look()
        await driver.shows("refresh_minutes: must be from 1 to 44640 (and 1 more)")
        assert reader.config.feeds[0].refresh_minutes == 90
        assert driver.screen.list.article_id == article

        await driver.press("!")
        await driver.shows("2 problems in feeds.toml", "line 5: refresh_minutes: must be from 1", "line 11")
        await driver.press("q")
        place.write(place.before)
        driver.screen.watching.look()
        await driver.shows("feeds.toml reloaded")
        await driver.press("!")
        await driver.shows("1 feed with problems", "Tetangga: Nothing found at this address")
        assert "problems in feeds.toml" not in driver.text
        assert reader.config.feeds[0].refresh_minutes is None


async def test_a_file_that_is_no_toml_changes_nothing(place: Place) -> None:
    """Half a line is saved now and then."""
    async with place.running() as (driver, reader):
        before = reader.config.feeds
        place.write(place.before + "[[feeds\n")
        driver.screen.watching.look()
        await driver.shows("feeds.toml, line 15, column ", "! for details")
        assert reader.config.feeds == before
        await driver.press("!")
        await driver.shows("feeds.toml cannot be used", "line 15: is not valid TOML")
        await driver.press("q")

        place.path.unlink()
        driver.screen.watching.look()
        await driver.until(lambda: reader.config.origin == "missing")
        assert reader.config.feeds == before


async def test_a_change_of_the_app_is_not_told_as_somebody_elses(place: Place) -> None:
    """Also where the file has a mistake that is not the app's business."""
    place.write(place.before.replace('title = "RRI"', 'title = "RRI"\nkeep_days = -1'))
    async with place.running() as (driver, reader):
        (rri, _other) = await reader.feeds()
        entry = await reader.subscriptions.entry(rri.id)
        sentence = await reader.subscriptions.edit(entry, {"tags": ["radio"]})
        seen = reader.config
        driver.screen.watching.look()
        await driver.app.workers.wait_for_complete()

        assert sentence == "“RRI” changed."
        assert reader.config is seen
        assert "read again" not in driver.text


async def test_an_unknown_theme_is_among_the_problems(place: Place) -> None:
    """What the bottom line counts, the list names."""
    place.write('[settings]\ntheme = "warta-drak"\n' + place.before)
    async with place.running() as (driver, _reader):
        await driver.press("!")
        await driver.shows("1 problem in feeds.toml", "warta-drak", "Did you mean")
