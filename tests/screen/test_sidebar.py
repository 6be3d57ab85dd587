"""The sidebar in a terminal of its own."""

from __future__ import annotations

from textual import on
from textual.app import App, ComposeResult

from reader.model import Source, SourceCounts
from reader.ui.once import LateStylesheet
from reader.ui.textual_inside import screen_text
from reader.ui.widgets.sidebar import Sidebar
from reader.ui.widgets.sidebar_model import build_lines
from tests.screen.test_article_list import SHEET
from tests.unit.ui.making import HOSTILE, feed

COUNTS = SourceCounts(total=1203, unread=214)
FEEDS = tuple(feed(n, f"Umpan {n}", f"Map {n // 10}", unread=n) for n in range(40))


class SidebarApp(App[None]):
    """A sidebar whose folds are kept."""

    CSS_PATH = SHEET

    def __init__(self) -> None:
        super().__init__()
        self.stylesheet = LateStylesheet(variables=self.get_css_variables())
        self.folded: set[str] = set()
        self.heard: list[object] = []

    def compose(self) -> ComposeResult:
        yield Sidebar()

    def on_mount(self) -> None:
        self.view.set_lines(build_lines(FEEDS, COUNTS, ()))
        self.view.focus()

    @property
    def view(self) -> Sidebar:
        return self.query_one(Sidebar)

    @on(Sidebar.Selected)
    @on(Sidebar.Entered)
    def hear(self, event: Sidebar.Selected | Sidebar.Entered) -> None:
        self.heard.append(event)

    @on(Sidebar.Folded)
    def fold(self, event: Sidebar.Folded) -> None:
        (self.folded.discard if event.is_open else self.folded.add)(event.key)
        self.view.set_lines(build_lines(FEEDS, COUNTS, (), folded=self.folded))


async def test_moving_selects_and_passes_over_gaps() -> None:
    """What the cursor is on is what the list shows."""
    app = SidebarApp()
    async with app.run_test(size=(30, 20)) as pilot:
        for _step in range(4):
            app.view.move("down")
            await pilot.pause()

        sources = [event.source for event in app.heard if isinstance(event, Sidebar.Selected)]
        assert sources == [Source("unread"), Source("today"), Source("starred"), Source("folder", "Map 0")]


async def test_folding_keeps_the_cursor_on_its_folder() -> None:
    """Fold from inside, and one stands on what holds it."""
    app = SidebarApp()
    async with app.run_test(size=(30, 20)) as pilot:
        app.view.select(Source("feed", 3))
        app.view.fold()
        await pilot.pause()
        assert app.view.line is not None
        assert app.view.line.label == "Map 0"

        app.view.fold()
        await pilot.pause()
        assert "▸ Map 0" in screen_text(app.screen)
        assert app.view.line.label == "Map 0"


async def test_counts_change_without_moving_anything() -> None:
    """Nothing jumps while news arrives."""
    app = SidebarApp()
    async with app.run_test(size=(30, 20)) as pilot:
        app.view.select(Source("feed", 25))
        await pilot.pause()
        offset = app.view.scroll_offset

        app.view.set_lines(build_lines(FEEDS, SourceCounts(total=9, unread=1), ()))
        await pilot.pause()

        assert (app.view.scroll_offset, app.view.line and app.view.line.source) == (offset, Source("feed", 25))


async def test_a_click_selects_and_a_click_on_the_mark_folds() -> None:
    """The mouse does what the keys do."""
    app = SidebarApp()
    async with app.run_test(size=(30, 20)) as pilot:
        await pilot.click(Sidebar, offset=(6, 1))
        assert [event.source for event in app.heard if isinstance(event, Sidebar.Selected)] == [Source("unread")]

        await pilot.click(Sidebar, offset=(1, 5))
        await pilot.pause()
        assert app.folded == {"folder:Map 0"}


async def test_hostile_names_stay_text() -> None:
    """A feed's name comes from outside."""
    app = SidebarApp()
    async with app.run_test(size=(24, 20)) as pilot:
        feeds = tuple(feed(n, title or "-", "[@click=app.quit]") for n, title in enumerate(HOSTILE))
        app.view.set_lines(build_lines(feeds, COUNTS, ()))
        await pilot.pause()

        assert all(line.isprintable() for line in screen_text(app.screen).split("\n"))
