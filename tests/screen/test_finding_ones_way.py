"""Jumping, filtering and commands where the sources are folded or in the way."""

from __future__ import annotations

from dataclasses import replace

from reader.model import Failure, FeedState, Source
from reader.ui.dialogs.picker import Picker
from reader.ui.textual_inside import screen_text
from tests.screen.driving import FEEDS, running, some_reader, some_rows
from tests.unit.ui.making import feed

INNER = feed(9, "Kilas Natuna", "Daerah/Kepri")


async def test_jumping_unfolds_what_hides_the_feed() -> None:
    """One must see where one has come to."""
    async with running(some_reader(some_rows(), (*FEEDS, INNER))) as driver:
        driver.screen.lists.fold("folder:Daerah", is_open=False)
        driver.screen.lists.fold("folder:Daerah/Kepri", is_open=False)
        assert "Kilas Natuna" not in driver.text

        await driver.press("apostrophe", *"kilas", "enter")

        await driver.until(lambda: (line := driver.screen.sidebar.line) and line.source == Source("feed", 9))
        await driver.shows("▾ Daerah", "▾ Kepri", "Kilas Natuna")


async def test_the_palette_opens_at_its_first_command() -> None:
    """Whoever opens it wants a command, not the theme he has."""
    async with running(some_reader(some_rows()), (100, 24)) as driver:
        await driver.press("colon")
        await driver.until(lambda: isinstance(driver.app.screen, Picker))
        picker = driver.app.screen
        assert isinstance(picker, Picker)
        await driver.pilot.pause()
        assert picker.choice_list.scroll_offset.y == 0
        assert picker.choice_list.choice is not None
        assert picker.choice_list.choice.kind == "command"
        assert "Next unread" in screen_text(picker)


async def test_filtering_moves_the_sources_out_of_the_way() -> None:
    """Hits one cannot see are none."""
    async with running(some_reader(some_rows()), (60, 20)) as driver:
        driver.screen.panes.do_sidebar_toggle()
        await driver.until(lambda: driver.screen.sidebar.region.width > 0)
        await driver.press("slash", *"natuna")
        await driver.shows("10 of 30", "Kapal perintis Natuna")
        await driver.until(lambda: driver.screen.sidebar.region.width == 0)


async def test_a_status_stands_beside_the_name_and_not_where_counts_stand() -> None:
    """503 unread articles would be another matter."""
    down = FeedState(health="failing", failure=Failure("http_status"), http_status=503)
    async with running(some_reader(some_rows(), (*FEEDS, feed(7, "BPS", state=down)))) as driver:
        await driver.shows("! BPS error 503  ")


async def test_details_without_a_feed_say_what_to_do() -> None:
    """A key that does nothing looks broken."""
    reader = some_reader()
    reader.known_feeds = tuple(replace(known) for known in FEEDS)
    async with running(reader) as driver:
        await driver.press("i")
        await driver.shows("Select a feed first")
