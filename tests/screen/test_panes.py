"""How wide the panes are, what the sidebar's numbers mean, and what is remembered of it all."""

from __future__ import annotations

import pytest

from reader.model import Settings, Source
from reader.ui.screens.main import MainScreen
from reader.ui.screens.panes import Widths
from reader.ui.widgets.divider import Divider
from tests.screen.driving import WORDS, Driver, running, some_reader, some_rows


def widths(driver: Driver) -> tuple[int, int, int]:
    screen: MainScreen = driver.screen
    return screen.sidebar.outer_size.width, screen.listing_pane.outer_size.width, screen.article.outer_size.width


async def test_panes_grow_and_shrink_by_keys_and_are_kept() -> None:
    """Not everybody has a mouse, and nobody wants to do it again tomorrow."""
    reader = some_reader(some_rows())
    async with running(reader, (160, 30)) as driver:
        sidebar, listed, article = widths(driver)
        await driver.press("greater_than_sign")
        await driver.until(lambda: widths(driver) == (sidebar, listed + 4, article - 4))
        await driver.press("h", "less_than_sign", "less_than_sign")
        await driver.until(lambda: widths(driver) == (sidebar - 8, listed + 4, article + 4))
        await driver.press("Q")

    async with running(reader, (160, 30)) as driver:
        await driver.until(lambda: widths(driver) == (sidebar - 8, listed + 4, article + 4))
        await driver.press("tab", "less_than_sign")
        await driver.until(lambda: widths(driver) == (sidebar - 8, listed + 8, article))
        await driver.press("equals_sign")
        await driver.until(lambda: widths(driver) == (sidebar, listed, article))


async def test_no_pane_pushes_another_out() -> None:
    """Whoever holds the key down still sees an article."""
    async with running(some_reader(some_rows()), (120, 30)) as driver:
        for divider in driver.screen.query(Divider):
            driver.screen.panes.drag(divider, 500)
            await driver.pilot.pause()
            driver.screen.action_command("pane.wider")
            await driver.pilot.pause()
        assert min(widths(driver)) >= 16
        assert sum(widths(driver)) + 2 == 120

        await driver.pilot.resize_terminal(80, 30)
        await driver.until(lambda: driver.screen.panes.mode == "two")
        assert widths(driver)[2] >= 30


async def test_a_grown_window_shows_the_article_under_the_cursor() -> None:
    """As a start at that size does; another one that was open before is not the one the cursor is on."""
    reader = some_reader(some_rows())
    async with running(reader, (60, 20)) as driver:
        await driver.pilot.resize_terminal(200, 50)
        await driver.until(lambda: driver.screen.article.article_id == 1)
        await driver.shows(f"Isi {WORDS[1]} 1")

        await driver.pilot.resize_terminal(60, 20)
        await driver.until(lambda: driver.screen.panes.mode == "one")
        await driver.press("j", "j")
        await driver.pilot.resize_terminal(200, 50)
        await driver.until(lambda: driver.screen.article.article_id == 3)

    assert not reader.stored[1].is_read


async def test_one_pane_says_that_there_is_nothing_to_widen() -> None:
    """A key that does nothing looks broken."""
    async with running(some_reader(some_rows()), (60, 20)) as driver:
        await driver.press("greater_than_sign")
        await driver.shows("Only one pane here")


async def test_what_is_scrolled_comes_back_as_it_was_left() -> None:
    """A killed reader loses nothing either: it is written while one reads, not at the end."""
    reader = some_reader(some_rows(200))
    async with running(reader, (130, 24)) as driver:
        await driver.press(*["pagedown"] * 3, *["k"] * 3, "enter")
        await driver.shows("Isi ")
        await driver.press("pagedown")
        await driver.until(lambda: driver.screen.article.scroll_offset.y > 0)
        above, cursor = driver.screen.list.first, driver.screen.list.cursor
        scrolled = driver.screen.article.scroll_offset.y
        await driver.until(lambda: reader.state.get("screen", {}).get("spots"))  # no quitting

    async with running(reader, (130, 24)) as driver:
        await driver.until(lambda: driver.screen.article.scroll_offset.y == scrolled)
        assert (driver.screen.list.cursor, driver.screen.list.first) == (cursor, above)
        assert driver.screen.focused is driver.screen.article


async def test_nonsense_in_the_memory_is_left_out() -> None:
    """Another version may have written it."""
    reader = some_reader(some_rows())
    reader.state["screen"] = {
        "article": "x", "rows_above": -3, "spots": [[1], "x", [2, -1, 0.5], [3, 1, 7]], "panes": {"sidebar": "wide"},
        "listing": 3, "folded": 7, "is_reading": "yes",
    }  # fmt: skip
    async with running(reader) as driver:
        await driver.shows("Harga ikan di Ranai turun 1")
        assert driver.screen.list.cursor == 0


async def test_next_source_with_something_unread_from_any_pane() -> None:
    """Feed by feed, as one reads a paper."""
    async with running(some_reader(some_rows())) as driver:
        visited = []
        for _ in range(3):
            await driver.press("right_curly_bracket")
            visited.append(driver.screen.lists.listing.source)
        assert visited == [Source("feed", 2), Source("feed", 4), Source("feed", 2)]
        assert driver.screen.focused is driver.screen.list
        await driver.press("left_curly_bracket")
        assert driver.screen.lists.listing.source == Source("feed", 4)


async def test_nothing_unread_anywhere_is_told() -> None:
    """A key that does nothing looks broken."""
    async with running(some_reader()) as driver:
        await driver.press("right_curly_bracket")
        await driver.shows("Nothing unread in other sources")


async def test_the_cursor_hides_nothing_where_colours_are_few() -> None:
    """With 16 colours the ground of the cursor was as blue as the dot on it."""
    async with running(some_reader(some_rows(), settings=Settings(theme="ansi-dark"))) as driver:
        await driver.press("j")
        segments = [*driver.screen.list.render_line(3), *driver.screen.sidebar.render_line(0)]
        styles = [segment.style for segment in segments if segment.style and segment.text.strip()]
        assert any(style.reverse for style in styles)
        coloured = [style for style in styles if style.color and not style.color.is_default]
        assert [style for style in coloured if style.color == style.bgcolor] == []


async def test_the_bottom_line_says_what_the_sources_numbers_count() -> None:
    """27 of what? The number beside a name does not say."""
    async with running(some_reader(some_rows())) as driver:
        await driver.press("h")
        await driver.shows("30 articles in all")
        await driver.press("j")
        await driver.shows("20 unread articles")
        await driver.press("j")
        await driver.shows("0 unread articles of today")
        driver.screen.sidebar.select(Source("feed", 3))
        driver.screen.show_status()
        await driver.shows("Tempo: The server gave no answer in time.")


@pytest.mark.parametrize("size", [(200, 50), (100, 30), (60, 20)])
async def test_newsboats_hands_go_back_to_the_sources_first(size: tuple[int, int]) -> None:
    """There `q` leaves a feed; only in the list of feeds does it quit."""
    async with running(some_reader(some_rows(), settings=Settings(keys="newsboat")), size) as driver:
        await driver.press("'", *"antara", "enter")
        await driver.until(lambda: driver.screen.lists.source_name == "Antara Kepri")
        await driver.until(lambda: driver.screen.focused is driver.screen.list)
        await driver.press("q")
        assert driver.screen.focused is driver.screen.sidebar
        assert driver.app.return_value is None
        assert not driver.app._exit
        await driver.press("q")
        await driver.until(lambda: driver.app._exit)


async def test_q_in_a_feeds_list_quits_under_the_usual_keys() -> None:
    """Only the preset has another way."""
    async with running(some_reader(some_rows())) as driver:
        await driver.press("'", *"antara", "enter")
        await driver.until(lambda: driver.screen.lists.source_name == "Antara Kepri")
        await driver.until(lambda: driver.screen.focused is driver.screen.list)
        await driver.press("q")
        await driver.until(lambda: driver.app._exit)


@pytest.mark.parametrize("size", [(100, 30), (130, 36)])
async def test_a_page_has_the_articles_room_while_nothing_is_stored(size: tuple[int, int]) -> None:
    """The first page one ever sees was squeezed into half a screen, beside a pane that said nothing."""
    reader = some_reader()
    async with running(reader, size) as driver:
        await driver.shows("Fetching the first news…")
        screen = driver.screen
        screen.panes.widths = Widths(list=40)
        screen.panes.fit()
        await driver.until(lambda: screen.page.region.right == size[0])
        assert "No article is open." not in driver.text
        await driver.press("tab", "tab", "greater_than_sign")
        await driver.shows("Only one pane here")

        reader.arriving = [some_rows(3)]
        await driver.press("R")
        await driver.shows("Isi Harga ikan di Ranai turun 1.")
        assert screen.listing_pane.outer_size.width == 40


async def test_the_first_article_that_comes_is_previewed() -> None:
    """The page that stood there alone gives the article its room."""
    reader = some_reader()
    async with running(reader) as driver:
        await driver.until(lambda: driver.screen.panes.is_alone)
        reader.arriving = [some_rows(5)]
        await driver.press("R")
        await driver.until(lambda: driver.screen.article.article_id == 1)
