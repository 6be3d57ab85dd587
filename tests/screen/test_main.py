"""The main screen, driven by keys and mouse over a reader in memory."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from reader.errors import StorageError
from reader.model import FilterConfig, Settings, Source
from reader.ui.app import WartaApp
from reader.ui.port import ReaderPort
from reader.ui.screens import reading
from reader.ui.widgets.article_list import ArticleList
from reader.ui.widgets.sidebar import Sidebar
from tests.screen.driving import FEEDS, Driver, running, some_reader, some_rows
from tests.unit.ui.making import HOSTILE, NOW, row


def shown_panes(driver: Driver) -> tuple[bool, bool, bool]:
    screen = driver.screen
    return screen.sidebar.region.width > 0, screen.list.region.width > 0, screen.article.region.width > 0


@pytest.mark.parametrize(
    ("size", "expected"),
    [((200, 50), (True, True, True)), ((100, 30), (False, True, True)), ((60, 20), (False, True, False))],
)
async def test_as_many_panes_as_fit(size: tuple[int, int], expected: tuple[bool, bool, bool]) -> None:
    """At home on a phone shell and on a wall."""
    async with running(some_reader(some_rows()), size) as driver:
        assert shown_panes(driver) == expected


async def test_resting_previews_and_only_later_counts_as_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """To look is not yet to read."""
    reader = some_reader(some_rows())
    async with running(reader) as driver:
        await driver.press("j")
        await driver.shows("Isi Timnas menang tipis 2")
        assert not reader.stored[2].is_read

        monkeypatch.setattr(reading, "REST_SECONDS", 0.1)
        await driver.press("k", "j")
        await driver.until(lambda: reader.stored[2].is_read)


async def test_opening_marks_read_and_undo_takes_it_back() -> None:
    """A slip costs one key."""
    reader = some_reader(some_rows())
    async with running(reader) as driver:
        await driver.press("enter")
        await driver.until(lambda: reader.stored[1].is_read)
        assert driver.screen.panes.focused is driver.screen.article

        await driver.press("q", "u")
        await driver.until(lambda: not reader.stored[1].is_read)
        await driver.shows("Undone: 1 article marked read")


async def test_marking_by_hand_alone() -> None:
    """Who says manual means it."""
    reader = some_reader(some_rows(), settings=Settings(mark_read="manual"))
    async with running(reader) as driver:
        await driver.press("enter")
        await driver.shows("Isi Harga ikan")
        assert not reader.stored[1].is_read

        await driver.press("m")
        await driver.until(lambda: reader.stored[1].is_read)


async def test_every_keystroke_filters() -> None:
    """Anything is found as fast as one types."""
    async with running(some_reader(some_rows())) as driver:
        await driver.press("slash", *"natuna")
        await driver.shows("10 of 30")
        assert len(driver.screen.list.ids) == 10

        await driver.press("escape")
        assert driver.screen.focused is driver.screen.list
        assert driver.screen.lists.listing.query == "natuna"

        await driver.press("escape")
        await driver.until(lambda: len(driver.screen.list.ids) == 30)


async def test_clearing_the_filter_stays_at_the_article() -> None:
    """What was found is what one wants to see among the others."""
    async with running(some_reader(some_rows(1000)), (130, 24)) as driver:
        await driver.press("slash", *"natuna", "enter", *["pagedown"] * 20)
        await driver.until(lambda: driver.screen.list.cursor > 100)
        found = driver.screen.list.article_id
        await driver.press("escape")
        await driver.until(lambda: len(driver.screen.list.ids) == 1000)
        assert driver.screen.list.article_id == found


async def test_a_filter_that_was_only_looked_at_goes_back_to_the_article_before() -> None:
    """Its first row lies under the cursor, but nobody chose it."""
    async with running(some_reader(some_rows(1000)), (130, 24)) as driver:
        driver.screen.list.move_to(200)
        before = driver.screen.list.article_id
        await driver.press("slash", *"natuna", "backspace", "a", "escape")
        await driver.until(lambda: len(driver.screen.list.ids) == 333)
        assert driver.screen.list.cursor == 0

        await driver.press("escape")
        await driver.until(lambda: len(driver.screen.list.ids) == 1000)
        assert driver.screen.list.article_id == before

        await driver.press("slash", *"nat", *["backspace"] * 3, *"timnas", "escape", "escape")
        await driver.until(lambda: len(driver.screen.list.ids) == 1000)
        assert driver.screen.list.article_id == before


async def test_an_article_opened_in_the_filter_was_chosen() -> None:
    """Also where it was the first, and no cursor had to be moved."""
    async with running(some_reader(some_rows(1000)), (130, 24)) as driver:
        driver.screen.list.move_to(200)
        await driver.press("slash", *"natuna", "enter")
        await driver.until(lambda: len(driver.screen.list.ids) == 333)
        found = driver.screen.list.article_id
        await driver.press("enter", "q", "escape")
        await driver.until(lambda: len(driver.screen.list.ids) == 1000)
        assert driver.screen.list.article_id == found


async def test_nothing_matched_says_which_word_and_offers_everything() -> None:
    """A blank list makes people doubt the program."""
    async with running(some_reader(some_rows())) as driver:
        driver.screen.lists.go(Source("feed", 1))
        await driver.press("slash", *"natuna")
        await driver.until(lambda: driver.screen.page.page is None)
        await driver.press("space", *"timnas")
        await driver.shows("Nothing matches", "timnas 0", "apply this filter to everything")

        await driver.press(*["backspace"] * 13, *"timnas", "ctrl+g")
        await driver.shows("10 of 30 · everywhere")


async def test_what_a_refresh_brings_never_moves_the_cursor() -> None:
    """The list never moves under the reader."""
    reader = some_reader(some_rows())
    reader.arriving = [[row(n, f"Baru {n}", date=NOW + timedelta(minutes=n))] for n in range(100, 112)]
    reader.held = asyncio.Event()
    async with running(reader) as driver:
        await driver.press("j", "j")
        before = driver.screen.list.article_id
        line = driver.screen.list.cursor - driver.screen.list.first

        reader.held.set()
        await driver.shows("▲ 12 new")

        view = driver.screen.list
        assert (view.article_id, view.cursor - view.first) == (before, line)
        await driver.press("g")
        await driver.shows("Baru 111")


async def test_quitting_waits_for_no_refresh() -> None:
    """Closing a terminal is not a negotiation."""
    reader = some_reader(some_rows())
    reader.arriving = [some_rows(1, first=99)]
    reader.held = asyncio.Event()
    async with running(reader) as driver:
        await driver.press("Q")
        async with asyncio.timeout(20):
            await driver.until(lambda: not driver.app.is_running)
    assert reader.is_closed


async def test_one_pane_comes_back_to_the_same_row() -> None:
    """On a phone shell too one reads on where one was."""
    async with running(some_reader(some_rows()), (60, 20)) as driver:
        await driver.press("j", "j", "enter")
        await driver.until(lambda: shown_panes(driver) == (False, False, True))
        await driver.shows("Isi Kapal perintis")

        await driver.press("q")
        assert shown_panes(driver) == (False, True, False)
        assert driver.screen.list.article_id == 3


async def test_a_very_small_terminal_still_reads() -> None:
    """Usable, not pretty."""
    async with running(some_reader(some_rows()), (24, 8)) as driver:
        await driver.press("j")
        assert driver.screen.list.size.height == 8
        await driver.press("enter")
        await driver.shows("Timnas")
        await driver.press("q", "slash", *"ikan")
        await driver.shows("ikan")
        assert all(len(line) <= 24 for line in driver.text.split("\n"))


async def test_what_was_read_stays_in_unread_until_one_leaves() -> None:
    """A row that vanishes while it is read cannot be gone back to."""
    reader = some_reader(some_rows())
    async with running(reader) as driver:
        driver.screen.lists.go(Source("unread"))
        await driver.until(lambda: len(driver.screen.list.ids) == 20)
        await driver.press("n")
        await driver.until(lambda: reader.stored[2].is_read)
        driver.screen.lists.ask()
        await driver.pilot.pause()
        assert 2 in driver.screen.list.ids

        driver.screen.lists.go(Source("all"))
        driver.screen.lists.go(Source("unread"))
        await driver.until(lambda: 2 not in driver.screen.list.ids)


async def test_next_unread_passes_over_what_is_read() -> None:
    """One key through the news."""
    async with running(some_reader(some_rows())) as driver:
        await driver.press("j", "n")
        await driver.until(lambda: driver.screen.list.article_id == 4)
        await driver.press("p")
        await driver.until(lambda: driver.screen.list.article_id == 2)


async def test_space_reads_on_and_then_goes_to_the_next() -> None:
    """The whole morning with one key."""
    async with running(some_reader(some_rows())) as driver:
        await driver.press("space")
        await driver.until(lambda: driver.screen.article.article_id == 1)
        for _page in range(12):
            await driver.press("space")
        assert driver.screen.list.cursor > 0


async def test_all_that_is_shown_is_marked_and_taken_back() -> None:
    """Marking all asks nothing because it can be undone."""
    reader = some_reader(some_rows())
    async with running(reader) as driver:
        await driver.press("slash", *"timnas", "enter", "A")
        await driver.until(lambda: sum(r.is_read for r in reader.stored.values()) == 20)
        await driver.press("u")
        await driver.shows("Undone")
        assert sum(r.is_read for r in reader.stored.values()) == 10


async def test_a_star_shows_at_once() -> None:
    """The mark is seen before the disk has it."""
    reader = some_reader(some_rows())
    async with running(reader) as driver:
        await driver.press("s")
        await driver.shows("★")
        await driver.until(lambda: reader.stored[1].is_starred)


async def test_state_comes_back_on_the_next_start() -> None:
    """One goes on where one left."""
    reader = some_reader(some_rows())
    async with running(reader) as driver:
        driver.screen.lists.go(Source("feed", 2))
        await driver.press("slash", *"ikan", "enter", "j", "j")
        await driver.press("Q")
        await driver.until(lambda: "screen" in reader.state)

    async with running(reader) as driver:
        assert driver.screen.lists.listing.source == Source("feed", 2)
        assert driver.screen.bar.query_text == "ikan"
        await driver.until(lambda: driver.screen.list.cursor == 2)


async def test_a_failing_feed_tells_why_beside_its_name_and_on_its_page() -> None:
    """A mark alone helps nobody."""
    async with running(some_reader(some_rows())) as driver:
        await driver.shows("! Tempo", "timed out")
        driver.screen.lists.go(Source("feed", 3))
        await driver.shows("The server gave no answer in time.", "https://contoh.example/3.xml")


async def test_no_feeds_says_what_to_do() -> None:
    """The first minute decides."""
    async with running(some_reader(feeds=())) as driver:
        await driver.shows("No feeds yet", "/home/budi/.config/warta/feeds.toml", "[[feeds]]")


async def test_all_read_offers_what_is_unread_elsewhere() -> None:
    """A quiet line, and the way on."""
    rows = [row(1, feed_id=1, is_read=True), row(2, "Lain", feed_id=2)]
    async with running(some_reader(rows)) as driver:
        driver.screen.lists.go(Source("feed", 1))
        await driver.press("full_stop")
        await driver.shows("All read", "Unread elsewhere: Antara Kepri")


async def test_a_database_that_cannot_be_used_is_a_page() -> None:
    """Never a traceback."""

    async def broken() -> ReaderPort:
        raise StorageError("The disk is full.", path="/data/warta.db")

    app = WartaApp(some_reader().config, Path("data"), broken)
    async with app.run_test(size=(100, 30)) as pilot:
        driver = Driver(app, pilot)
        await driver.shows("The database cannot be used", "The disk is full.", "/data/warta.db")
        await driver.press("j", "slash", "x", "escape", "enter", "n", "s", "A", "u", "r", "R")
        assert app.is_running


@pytest.mark.parametrize("key", ["s", "m", "enter"])
async def test_a_mark_that_cannot_be_stored_does_not_stay_on_the_screen(key: str) -> None:
    """On a full or write-protected disk the star shone until the next start, and was gone then."""
    reader = some_reader(some_rows())

    async def refuse(*_arguments: object, **_options: object) -> None:
        raise StorageError("The disk is full.", path="warta.db")

    reader.mark = refuse  # type: ignore[method-assign]  # a disk without room
    async with running(reader) as driver:
        view = driver.screen.list
        await driver.until(lambda: view.row(1) is not None)
        before = view.row(1)
        await driver.press(key)
        await driver.shows("The disk is full.")
        await driver.until(lambda: view.row(1) == before)


async def test_something_unexpected_writes_a_report_and_goes_on(tmp_path: Path) -> None:
    """What broke is told, what works goes on working."""
    reader = some_reader(some_rows())

    async def fail(article_id: int) -> object:
        raise RuntimeError("nobody expected this")

    reader.fetch_whole = fail  # type: ignore[method-assign,assignment]  # the part that breaks
    async with running(reader, (200, 40), folder=tmp_path) as driver:
        await driver.press("x")
        await driver.shows("Something went wrong")
        await driver.press("j")
        assert driver.screen.list.cursor == 1
        assert driver.app.report is not None
        assert driver.app.report.parent == tmp_path
        assert "nobody expected this" in driver.app.report.read_text()


async def test_the_sidebar_selects_and_folds_by_key_and_mouse() -> None:
    """What the cursor is on is what the list shows."""
    async with running(some_reader(some_rows())) as driver:
        await driver.press("h", "j")
        await driver.until(lambda: driver.screen.lists.listing.source == Source("unread"))
        await driver.pilot.click(Sidebar, offset=(8, 9))
        await driver.until(lambda: driver.screen.lists.listing.source == Source("feed", 1))
        await driver.press("h", "h")
        await driver.shows("▸ Nasional")
        await driver.press("l")
        await driver.shows("▾ Nasional")
        await driver.press("l")
        assert driver.screen.focused is driver.screen.list


async def test_sources_slide_over_the_list_where_there_is_no_room() -> None:
    """Two panes, and the third within reach."""
    async with running(some_reader(some_rows()), (100, 30)) as driver:
        await driver.press("backslash")
        assert driver.screen.sidebar.region.width > 30
        await driver.press("j", "enter")
        assert shown_panes(driver)[0] is False
        await driver.shows("Unread")


async def test_zen_shows_the_article_alone_and_goes_back() -> None:
    """For reading."""
    async with running(some_reader(some_rows())) as driver:
        await driver.press("z")
        assert shown_panes(driver) == (False, False, True)
        await driver.press("q")
        assert shown_panes(driver) == (True, True, True)


async def test_dividers_can_be_dragged() -> None:
    """As wide as one likes."""
    async with running(some_reader(some_rows()), (160, 30)) as driver:
        before = driver.screen.list.region.width
        divider = driver.screen.query("Divider").last()
        await driver.pilot.mouse_down(divider, offset=(0, 5))
        await driver.pilot.hover(divider, offset=(6, 5))
        await driver.pilot.mouse_up(divider, offset=(0, 5))
        await driver.until(lambda: driver.screen.list.region.width == before + 6)


async def test_a_range_is_starred_together() -> None:
    """Many at once."""
    reader = some_reader(some_rows())
    async with running(reader) as driver:
        driver.screen.list.pick()
        await driver.press("j", "j", "s")
        await driver.until(lambda: sum(r.is_starred for r in reader.stored.values()) == 3)
        await driver.shows("3 articles starred")


@pytest.mark.parametrize("size", [(24, 8), (60, 20), (100, 30), (200, 50)])
async def test_hostile_text_stays_text_everywhere(size: tuple[int, int]) -> None:
    """No title, name or query may press a key, colour a pane or end the app."""
    rows = [row(n, text, feed=text, place=text, tags=(text,)) for n, text in enumerate(HOSTILE, 1)]
    async with running(some_reader(rows), size) as driver:
        for _row in rows:
            await driver.press("J")
            assert all(line.isprintable() for line in driver.text.split("\n"))
        for text in HOSTILE:
            driver.screen.bar.field.value = text[:40]
            driver.screen.say(text)
            await driver.pilot.pause()
            assert all(line.isprintable() for line in driver.text.split("\n"))
        assert driver.app.is_running


async def test_clicking_a_row_reads_it() -> None:
    """The mouse does what the keys do."""
    async with running(some_reader(some_rows())) as driver:
        await driver.pilot.click(ArticleList, offset=(10, 7))
        await driver.shows("Isi Kapal perintis Natuna berlayar lagi 3")


async def test_feeds_that_failed_are_told_in_the_status_line() -> None:
    """How things stand, at a glance."""
    async with running(some_reader(some_rows(), FEEDS)) as driver:
        await driver.shows("1 feed with problems")


async def test_a_saved_file_is_taken_over(tmp_path: Path) -> None:
    """Who adds a feed with an editor sees it in the running app."""
    path = tmp_path / "feeds.toml"
    path.write_text("one")
    reader = some_reader(some_rows())
    reader.config = replace(reader.config, path=path)
    saved = replace(reader.config, filters=(FilterConfig("Pelabuhan", "kapal"),))
    async with running(reader, load_config=lambda: saved) as driver:
        driver.screen.watching.look()
        assert reader.config.filters[0].name == "Natuna"

        path.write_text("two!")
        driver.screen.watching.look()
        await driver.shows("Pelabuhan", "feeds.toml reloaded")
        assert reader.wakes == 1
