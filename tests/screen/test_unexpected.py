"""Something nobody expected: told, written down, and no reason to throw the reader out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from textual import events
from textual.geometry import Size

from reader.ui.textual_inside import MOST_ENDURED
from reader.ui.widgets.article_list import ArticleList
from tests.screen.driving import Driver, running, some_reader, some_rows


def fail(*_args: object, **_kwargs: object) -> NoReturn:
    raise RuntimeError("nobody expected this")


def break_key(driver: Driver) -> None:
    driver.screen.do_find_open = fail  # type: ignore[method-assign]  # what breaks
    driver.app.post_message(events.Key("f", "f"))


def break_message(driver: Driver) -> None:
    driver.screen.reading.rest_on = fail  # type: ignore[method-assign]
    driver.screen.list.post_message(ArticleList.Highlighted(3))


def break_timer(driver: Driver) -> None:
    driver.screen.set_timer(0.01, fail)


@pytest.mark.parametrize("break_it", [break_key, break_message, break_timer])
async def test_an_error_in_a_handler_is_written_down_and_the_reader_goes_on(
    break_it: Callable[[Driver], None], tmp_path: Path
) -> None:
    """Forty tabs of news are not to vanish for one wrong line of ours."""
    reader = some_reader(some_rows())
    async with running(reader, (200, 40), folder=tmp_path) as driver:
        driver.app.endures = True
        break_it(driver)
        await driver.shows("Something went wrong; a report is in")
        assert driver.app.report is not None
        report = driver.app.report.read_text()
        assert driver.app.report.parent == tmp_path
        assert "nobody expected this" in report
        assert "Traceback" in report
        driver.screen.telling.hush()

        await driver.press("h", "j")
        await driver.until(lambda: driver.screen.lists.listing.source.name == "unread")
        await driver.press("Q")
        await driver.until(lambda: not driver.app.is_running or driver.app._exit)
        assert driver.app.return_code == 0


async def test_a_flood_of_errors_ends_it(tmp_path: Path) -> None:
    """What can do nothing but fail is better closed than spinning."""
    async with running(some_reader(some_rows()), folder=tmp_path) as driver:
        driver.app.endures = True
        outcomes = [driver.app.endure(RuntimeError(str(n))) for n in range(MOST_ENDURED + 1)]

        assert outcomes == [True] * MOST_ENDURED + [False]


async def test_where_no_report_can_be_written_the_error_itself_is_told(tmp_path: Path) -> None:
    """A full disk may be what went wrong."""
    folder = tmp_path / "file"
    folder.write_text("no folder")
    async with running(some_reader(some_rows()), (200, 40), folder=folder) as driver:
        driver.app.endures = True
        driver.screen.set_timer(0.01, fail)
        await driver.shows("no report could be written: RuntimeError('nobody expected this')")


@pytest.mark.parametrize(
    "message", [events.Resize(Size(60, 20), Size(60, 20)), events.Mount()], ids=["resize", "mount"]
)
async def test_a_dialog_that_goes_misses_none_of_its_parts(message: events.Event) -> None:
    """`t` and Esc in one packet, or a window dragged while a dialog closes: its parts go first, and Warta ended."""
    async with running(some_reader(some_rows())) as driver:
        await driver.press("t" if isinstance(message, events.Mount) else "i")
        dialog = driver.app.screen
        dialog._pruning = True
        await dialog.query("*").remove()
        dialog.post_message(message)
        await driver.pilot.pause()
        await driver.app.run_action("screen.scroll(1)")
        await driver.pilot.pause()

        assert driver.app.is_running


async def test_a_list_that_became_shorter_meanwhile_is_not_opened_beyond_its_end() -> None:
    """The next unread article was looked for in the list before this one."""
    async with running(some_reader(some_rows(3))) as driver:
        driver.screen.reading._open_at(7)

        assert driver.screen.list.cursor == 0
