"""The list of articles in a terminal of its own."""

from __future__ import annotations

from array import array
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual import on
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip

import reader.ui
from reader.model import ArticleRow
from reader.ui.drawing import draw_what_changed
from reader.ui.once import LateStylesheet
from reader.ui.textual_inside import screen_text
from reader.ui.widgets.article_list import ArticleList
from reader.ui.widgets.moving import Move
from reader.ui.widgets.row_map import Days
from tests.unit.ui.making import HOSTILE, NOW, row

SHEET = Path(reader.ui.__file__).with_name("warta.tcss")


class WatchedList(ArticleList):
    """Remembers which lines were painted."""

    DEFAULT_CSS = "WatchedList { width: 44; }"

    def __init__(self) -> None:
        super().__init__()
        self.painted: list[int] = []

    def render_line(self, y: int) -> Strip:
        self.painted.append(y)
        return super().render_line(y)


class ListApp(App[None]):
    """A list that has what it asks for."""

    CSS_PATH = SHEET

    def __init__(self, count: int = 100) -> None:
        super().__init__()
        self.stylesheet = LateStylesheet(variables=self.get_css_variables())
        self.count = count
        self.asked: list[int] = []
        self.heard: list[object] = []

    def get_default_screen(self) -> Screen[Any]:
        """One that draws as the app's does."""
        screen = super().get_default_screen()
        draw_what_changed(screen)
        return screen

    def compose(self) -> ComposeResult:
        yield WatchedList()

    def on_mount(self) -> None:
        self.view.set_now(NOW, UTC)
        self.view.set_ids(array("q", range(self.count)), place="top")
        self.view.focus()

    @property
    def view(self) -> WatchedList:
        return self.query_one(WatchedList)

    def make(self, article_id: int) -> ArticleRow:
        return row(article_id, f"Berita {article_id}", is_read=article_id % 2 == 1)

    @on(ArticleList.RowsWanted)
    def answer(self, event: ArticleList.RowsWanted) -> None:
        self.asked += event.ids
        self.view.put_rows([self.make(article_id) for article_id in event.ids])

    @on(ArticleList.Highlighted)
    @on(ArticleList.Opened)
    def hear(self, event: ArticleList.Highlighted | ArticleList.Opened) -> None:
        self.heard.append(event)


async def lines(pilot: Pilot[None]) -> list[str]:
    await pilot.pause()
    return screen_text(pilot.app.screen).split("\n")


async def test_a_million_rows_ask_only_for_those_in_sight() -> None:
    """What is not seen costs nothing."""
    app = ListApp(1_000_000)
    async with app.run_test(size=(60, 18)) as pilot:
        app.view.move("last")

        assert any("Berita 999999" in line for line in await lines(pilot))
        assert len(app.asked) < 100


async def test_a_million_rows_by_day_cost_no_more() -> None:
    """Two thousand headings among them are found, not counted through."""
    app = ListApp(1_000_000)
    async with app.run_test(size=(50, 20)) as pilot:
        await pilot.pause()
        starts = tuple(range(0, 1_000_000, 500))
        days = tuple(date(2026, 11, 22) - timedelta(days=number) for number in range(len(starts)))
        app.asked.clear()
        app.view.set_ids(app.view.ids, days=Days(starts, days, is_final=True))
        app.view.move("last")
        shown = await lines(pilot)
        app.view.move_to(999_500)

        assert "Berita 999999" in "".join(shown)
        assert any("2021 ─" in line for line in await lines(pilot))
        assert len(app.asked) < 200


async def test_what_comes_in_above_leaves_the_cursor_where_it_is() -> None:
    """The cursor never moves because a refresh brought something."""
    app = ListApp()
    async with app.run_test(size=(60, 18)) as pilot:
        app.view.move("down")
        before = await lines(pilot)

        app.view.set_ids(array("q", [*range(1000, 1012), *range(100)]))

        after = await lines(pilot)
        assert app.view.article_id == 1
        assert [line for line in after if "Berita 1" in line.split()] == [x for x in before if "Berita 1" in x.split()]
        assert [line[:42].rstrip() for line in after[2:]] == [line[:42].rstrip() for line in before[2:]]
        assert "▲ 12 new" in after[0]

        app.view.move("first")
        assert "▲" not in (await lines(pilot))[0]
        assert app.view.article_id == 1000


async def test_an_answer_that_goes_on_changes_nothing_in_sight() -> None:
    """The screenful comes first, the rest a moment later."""
    app = ListApp(50)
    async with app.run_test(size=(60, 18)) as pilot:
        app.view.move("page_down")
        before = await lines(pilot)

        app.view.set_ids(array("q", range(5000)))

        assert [line[:42].rstrip() for line in await lines(pilot)] == [line[:42].rstrip() for line in before]


async def test_a_cursor_move_paints_two_rows() -> None:
    """Each byte counts over a slow line."""
    app = ListApp()
    async with app.run_test(size=(60, 18)) as pilot:
        await pilot.pause()
        app.view.painted.clear()

        app.view.move("down")
        await pilot.pause()

        assert sorted(app.view.painted) == [0, 1, 2, 3]


async def test_a_click_moves_and_a_second_opens() -> None:
    """The mouse does what the keys do."""
    app = ListApp()
    async with app.run_test(size=(60, 18)) as pilot:
        await pilot.click(ArticleList, offset=(10, 5))
        assert app.view.article_id == 2

        await pilot.click(ArticleList, offset=(10, 5), times=2)
        assert [event.article_id for event in app.heard if isinstance(event, ArticleList.Opened)] == [2]


async def test_half_rows_never_show_at_the_top() -> None:
    """A title without its source, or a source without its title, belongs to nobody."""
    app = ListApp()
    async with app.run_test(size=(60, 17)) as pilot:
        moves: tuple[Move, ...] = ("page_down", "half_down", "last", "half_up", "page_up")
        for move in moves:
            app.view.move(move)
            assert (await lines(pilot))[0].startswith((" ", "▌", "●"))
            assert app.view.scroll_offset.y % 2 == 0


async def test_a_range_is_picked_from_where_it_began() -> None:
    """What is acted on is what was seen to be picked."""
    app = ListApp()
    async with app.run_test(size=(60, 18)) as pilot:
        app.view.move("down")
        app.view.pick()
        app.view.move("down")
        app.view.move("down")

        assert app.view.picked_ids() == [1, 2, 3]
        assert [line[0] for line in (await lines(pilot))[2:6]] == ["┃", "┃", "┃", "┃"]


@pytest.mark.parametrize("size", [(24, 8), (60, 20), (200, 50)])
async def test_hostile_titles_stay_text(size: tuple[int, int]) -> None:
    """No title may press a key, colour a pane or end the app."""

    class Hostile(ListApp):
        def make(self, article_id: int) -> ArticleRow:
            title = HOSTILE[article_id % len(HOSTILE)]
            return row(article_id, title, feed=title, place=title, tags=(title,))

    app = Hostile(len(HOSTILE))
    async with app.run_test(size=size) as pilot:
        for _move in HOSTILE:
            app.view.move("down")
            text = "".join(await lines(pilot))
            assert text.isprintable()
        await pilot.click(ArticleList, offset=(6, 4))
        assert app.is_running
