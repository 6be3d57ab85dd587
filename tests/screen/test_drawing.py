"""Only what changed is drawn, and what is not drawn again is right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pyte
import pytest
from textual import events
from textual.geometry import Region, Size
from textual.strip import Strip

from reader.ui.article.drawn import Drawn
from reader.ui.covering import hidden
from tests.screen.driving import running, some_reader, some_rows
from tests.screen.watched import Watched, colours, is_right

COLUMNS, LINES = 130, 36
MOST_BYTES = 1_024
"""What moving the cursor by one may cost a slow line; the preview comes on top of it."""


def test_lines_that_stay_are_not_drawn() -> None:
    """A terminal far away gets half the bytes for each article."""
    drawn = Drawn()
    for y in range(6):
        drawn.note(y, Strip.blank(4))
    changed = {1, 2, 4}

    regions = drawn.stale(lambda y: Strip.blank(4 if y not in changed else 5), Size(4, 6))

    assert regions == [Region(0, 1, 4, 2), Region(0, 4, 4, 1)]


@pytest.mark.parametrize("keys", ["j", "j j j k", "G g", "j enter space q", "slash i k a n escape escape", "m s j"])
async def test_the_terminal_shows_what_drawing_all_of_it_gives(keys: str) -> None:
    """Whatever was left as it stood."""
    async with running(some_reader(some_rows()), size=(COLUMNS, LINES)) as driver:
        watched = Watched(driver)
        for key in keys.split():
            await driver.press(key)
        await driver.until(lambda: driver.screen.article.article_id == driver.screen.list.article_id)

        await driver.until(lambda: watched.text == driver.text)


@pytest.mark.parametrize(
    "keys",
    [
        "j",
        "G k k g",
        "slash i k a n enter",
        "slash i k a n backspace backspace escape escape",
        "tab j tab j shift+tab",
        "question_mark escape j",
        "colon escape slash i",
        "f a escape",
        "backslash j backslash",
        "z z j",
        "full_stop comma escape j",
    ],
)
async def test_colours_are_those_that_drawing_all_of_it_gives(keys: str) -> None:
    """What is not written again must look right too: after dialogs, panes that come and go, and filters."""
    async with running(some_reader(some_rows(200)), size=(COLUMNS, LINES)) as driver:
        watched = Watched(driver)
        for key in keys.split():
            await driver.press(key)

        def same() -> bool:
            whole = pyte.Screen(COLUMNS, LINES)
            full = driver.app.screen._compositor
            strips = full.render_strips()
            lines = (strip.render(driver.app.console) for strip in strips)
            pyte.Stream(whole).feed("".join(f"\x1b[{y + 1};1H{line}" for y, line in enumerate(lines)))
            return (whole.display, colours(whole)) == (watched.screen.display, colours(watched.screen))

        await driver.until(same)


async def test_another_size_is_drawn_anew() -> None:
    """What a terminal shows after it was made larger or smaller is its own affair."""
    async with running(some_reader(some_rows(200)), size=(COLUMNS, LINES)) as driver:
        watched = Watched(driver)
        await driver.press("j")
        for size in ((100, 30), (COLUMNS, LINES)):
            watched.screen.reset()
            watched.screen.resize(size[1], size[0])
            await driver.pilot.resize_terminal(*size)
            await driver.press("j")

            await driver.until(lambda: watched.text == driver.text)


async def test_marks_come_with_the_rows_they_are_in() -> None:
    """Marked in the rows of the filter before, the list would be painted once for nothing while one waits for it."""
    async with running(some_reader(some_rows(200)), size=(COLUMNS, LINES)) as driver:
        await driver.press("slash")
        view, heard = driver.screen.list, list[str]()
        set_hits, set_ids, draw = view.set_hits, view.set_ids, driver.app._display

        def listens(name: str, call: Callable[..., None]) -> Callable[..., None]:
            def listening(*given: Any, **named: Any) -> None:
                heard.append(name)
                call(*given, **named)

            return listening

        view.set_hits = listens("hits", set_hits)  # type: ignore[method-assign]  # only listens in
        view.set_ids = listens("ids", set_ids)  # type: ignore[method-assign]
        driver.app._display = listens("drawn", draw)  # type: ignore[method-assign]
        for key in "ikan":
            await driver.press(key)
        await driver.until(lambda: heard.count("hits") and heard[-1] == "drawn")

        following = [heard[place + 1] for place, name in enumerate(heard) if name == "hits"]
        assert set(following) == {"ids"}


async def test_moving_the_cursor_takes_few_bytes() -> None:
    """A key held down over a slow line must not run on after it is let go."""
    async with running(some_reader(some_rows(200)), size=(78, LINES)) as driver:
        watched = Watched(driver)
        before = watched.bytes
        await driver.press("j")
        await driver.until(lambda: watched.text == driver.text)

        assert 0 < watched.bytes - before <= MOST_BYTES


@pytest.mark.parametrize(
    ("front", "is_hidden"),
    [
        ([], False),
        ([Region(0, 0, 10, 4)], True),
        ([Region(0, 0, 4, 4), Region(4, 0, 6, 4)], True),
        ([Region(0, 0, 4, 4), Region(5, 0, 5, 4)], False),
        ([Region(0, 0, 10, 2), Region(0, 2, 9, 2), Region(9, 3, 1, 1)], False),
        ([Region(0, 0, 10, 2), Region(0, 1, 9, 3), Region(8, 2, 5, 2)], True),
    ],
)
def test_what_others_hide_is_known(front: list[Region], is_hidden: bool) -> None:
    """One cell that shows is enough to be drawn."""
    assert hidden(Region(0, 0, 10, 4), front) is is_hidden


async def test_each_mark_that_comes_while_a_menu_stands_is_drawn_once() -> None:
    """The menu drew the lines of the first again and again, and could leave out those of the next."""
    reader = some_reader(some_rows(200))
    async with running(reader, size=(COLUMNS, LINES)) as driver:
        watched, main = Watched(driver), driver.screen
        await driver.press("comma")
        await driver.shows("Sort order")
        for number in (row.id for row in map(main.list.row, main.list.ids[6:12]) if row and not row.is_read):
            wanted = watched.text.count("●") - 1
            main.list.put_rows([replace(reader.stored[number], is_read=True)])
            await driver.until(partial(lambda count: watched.text.count("●") == count, wanted))
        drawn = watched.updates
        for _ in range(20):
            await driver.pilot.pause(0.02)

        assert watched.updates == drawn


async def test_a_mark_from_elsewhere_takes_no_key_of_a_menu_from_the_screen() -> None:
    """Drawn behind the menu, it pushes nothing aside that the menu itself has to draw."""
    reader = some_reader(some_rows(200))
    async with running(reader, size=(COLUMNS, LINES)) as driver:
        watched, main = Watched(driver), driver.screen
        await driver.press("comma")
        await driver.shows("Sort order")
        for key, number in zip("jkjkjkjk", main.list.ids[4:12], strict=True):
            driver.app.post_message(events.Key(key, key))
            main.list.put_rows([replace(reader.stored[number], is_starred=True)])
            await driver.until(lambda: is_right(driver, watched))


async def test_a_scrollbar_has_all_the_lines_it_is_asked_for() -> None:
    """The layout gave it more than it knew of yet, when the filter's lines came in a window that is low."""
    async with running(some_reader(some_rows()), size=(COLUMNS, 12)) as driver:
        bar = driver.screen.list.vertical_scrollbar
        await driver.until(lambda: bar.size.height)
        height, width = bar.size.height, bar.size.width

        strips = bar.render_lines(Region(0, 1, width + 1, height + 2))

        assert [strip.cell_length for strip in strips] == [width + 1] * (height + 2)
        assert bar.render_lines(Region(0, 0, width, height)) == bar.render_lines(bar.size.region)
