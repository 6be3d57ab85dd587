"""The filter bar, saved filters and rules, driven by keys over the real reader and the demo's articles."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.drivers.headless_driver import HeadlessDriver
from textual.widgets import Input

from reader.config.load import load
from reader.core import Reader
from reader.demo.configuration import Demo, demo
from reader.model import Feed, FeedConfig, FilterConfig, Question, Source
from reader.ui.app import WartaApp
from reader.ui.dialogs.filter_form import FilterForm
from reader.ui.port import ReaderPort
from reader.ui.screens.filtering import whole_query
from reader.ui.screens.listing import Listing
from reader.ui.textual_inside import notice_sequence, notify_terminal
from tests.screen.driving import Driver

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def demonstration() -> Iterator[Demo]:
    with demo(NOW) as running:
        yield running


@pytest.fixture
def feeds(demonstration: Demo, tmp_path: Path) -> Path:
    path = tmp_path / "feeds.toml"
    path.write_bytes(demonstration.config.path.read_bytes())
    return path


async def opened(path: Path) -> Reader:
    return await Reader.open(load(path), path.parent / "data", now=lambda: NOW)


@pytest.fixture
async def reader(feeds: Path) -> AsyncIterator[Reader]:
    """Everything is stored before the screen opens."""
    found = await opened(feeds)
    await found.refresh()
    yield found
    await found.close()


@asynccontextmanager
async def running(reader: Reader, size: tuple[int, int] = (130, 40)) -> AsyncIterator[Driver]:
    async def open_reader() -> ReaderPort:
        return reader

    app = WartaApp(reader.config, reader.data_dir, open_reader, network=False)
    app.animation_level = "none"
    async with app.run_test(size=size, notifications=True) as pilot:
        driver = Driver(app, pilot)
        await driver.until(lambda: driver.screen.is_settled)
        yield driver


async def ids(reader: Reader, query: str) -> list[int]:
    found: list[int] = []
    async for answer in reader.ask(Question(query=query, is_complete_word=True)):
        found = list(answer.ids)
    return found


async def form(driver: Driver) -> FilterForm:
    await driver.until(lambda: isinstance(driver.app.screen, FilterForm))
    found = driver.app.screen
    assert isinstance(found, FilterForm)
    await driver.pilot.pause()
    return found


async def test_tab_completes_fields_and_names(reader: Reader) -> None:
    """Nobody should have to know how a feed is spelt."""
    async with running(reader) as driver:
        bar = driver.screen.bar
        await driver.press("slash", *"fol", "tab")
        assert bar.query_text == "folder:"

        await driver.press("tab")
        assert bar.query_text == "folder:Nasional"
        await driver.shows('[Nasional] · "Bacaan panjang" · Dunia')
        await driver.press("tab")
        assert bar.query_text == 'folder:"Bacaan panjang"'
        await driver.press("shift+tab", "shift+tab")
        assert bar.query_text == "folder:Dunia"

        await driver.press("space", *"feed:termi", "tab", *"is:unr", "tab")
        assert bar.query_text == 'folder:Dunia feed:"Terminal Weekly" is:unread '
        await driver.until(lambda: driver.screen.lists.listing.query == bar.query_text)


async def test_tab_in_an_empty_bar_explains_what_there_is(reader: Reader) -> None:
    """Dates can be asked for: who does not know how finds it here."""
    async with running(reader) as driver:
        bar = driver.screen.bar
        await driver.press("slash", "tab")
        await driver.shows("[title: words in the title]")
        await driver.press("ctrl+u", *"newe", "tab")
        assert bar.query_text == "newer:"
        await driver.shows("not older than 3d, 2w, 6mo")
        await driver.press("ctrl+u", "shift+tab")
        assert bar.query_text == "kemarin"
        await driver.shows("[kemarin: what is dated yesterday]")


async def test_tab_completes_places_that_reports_are_from(reader: Reader) -> None:
    """Of all that is stored, without reading all of it."""
    async with running(reader) as driver:
        bar = driver.screen.bar
        await driver.press("slash", *"place:ell", "tab")
        await driver.until(lambda: bar.query_text == 'place:"Port Ellery" ')


async def test_help_shows_the_filters_words_and_types_the_chosen_one(reader: Reader) -> None:
    """The keys alone do not tell that the last three days can be asked for."""
    async with running(reader) as driver:
        bar = driver.screen.bar
        await driver.press("slash", *"kapal", "enter", "question_mark")
        await driver.until(lambda: len(driver.app.screen_stack) > 1)
        await driver.press(*"newer")
        await driver.shows("newer:3d")
        await driver.press("enter")
        await driver.until(lambda: bar.query_text == "kapal newer:3d")
        assert driver.screen.focused is bar.field


async def test_tab_never_leaves_the_field(reader: Reader) -> None:
    """What is typed next would run as commands."""
    async with running(reader) as driver:
        await driver.press("slash", *"kapal", "tab")
        await driver.shows("Nothing to complete;")
        assert driver.screen.focused is driver.screen.bar.field

        await driver.press("ctrl+u", "tab")
        assert driver.screen.bar.query_text.endswith(":")
        assert driver.screen.focused is driver.screen.bar.field


async def test_up_in_an_empty_bar_brings_back_what_was_asked(reader: Reader) -> None:
    """The same question comes again every day, also after a restart."""
    async with running(reader) as driver:
        for query in ("kapal", "harbour"):
            await driver.press("slash", "ctrl+u", *query, "enter")
        await driver.press("slash", "ctrl+u", "up")
        assert driver.screen.bar.query_text == "harbour"
        await driver.press("up", "up")
        assert driver.screen.bar.query_text == "kapal"
        await driver.until(lambda: driver.screen.lists.listing.query == "kapal")

        await driver.press("down", "down")
        assert driver.screen.bar.query_text == ""
        await driver.press("down")
        assert driver.screen.focused is driver.screen.list
        await driver.app.workers.wait_for_complete()
        assert await reader.load_state("filter_history") == ["harbour", "kapal"]


async def test_history_keeps_fifty_and_each_once(reader: Reader) -> None:
    """It is a help, not a log."""
    async with running(reader) as driver:
        typing = driver.screen.late.typing
        for number in range(60):
            typing.leave(f"kata {number % 55}")
            await driver.app.workers.wait_for_complete()
        kept = await reader.load_state("filter_history")

    assert len(kept) == len(set(kept)) == 50
    assert kept[0] == "kata 4"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("newer:abc", "“abc” is not an age like 3d, 2w or 6mo, column 7"),
        ("date:2026-13", "“2026-13” is not a date like 2026-11-01 or 2026-11, column 6"),
        ("natuna (", "This bracket is not closed, column 8"),
        ('kapal "na', "This quote is not closed, column 7"),
        ("kapal /na", "This pattern has no closing /, column 7"),
    ],
)
@pytest.mark.parametrize("end", ["", "enter"])
async def test_what_is_wrong_at_the_end_is_told_in_the_end(reader: Reader, typed: str, told: str, end: str) -> None:
    """It looked as if everything matched; but while one types, every value is unfinished."""
    async with running(reader) as driver:
        await driver.press("slash", *typed)
        await driver.until(lambda: driver.screen.lists.answer and driver.screen.lists.answer.question.query == typed)
        before = len(driver.screen.list.ids)
        if end:
            await driver.press(end)
        await driver.shows(told)
        assert len(driver.screen.list.ids) == before > 0

        await driver.press(*(["slash"] if end else []), "end", "backspace")
        await driver.until(lambda: told not in driver.text)


async def test_a_problem_is_told_with_its_column_and_hides_nothing(reader: Reader) -> None:
    """Never a dialog, never an empty list for a slip."""
    async with running(reader) as driver:
        await driver.press("slash", *"is:lucu kapal")

        await driver.shows("column 4")
        assert driver.screen.list.ids


async def test_nothing_found_tells_each_word_and_offers_everything(reader: Reader) -> None:
    """Which word was one too many?"""
    async with running(reader) as driver:
        driver.screen.lists.go(Source("folder", "Dunia"))
        await driver.press("slash", *"nelayan harbour ", "enter")

        await driver.shows("Nothing matches", "nelayan 0", "apply this filter to everything")


async def test_a_filter_is_saved_from_the_list_and_stands_in_the_sidebar(reader: Reader, feeds: Path) -> None:
    """What is asked every day deserves a name."""
    async with running(reader) as driver:
        await driver.press("slash", *"kapal", "enter", "F")
        await form(driver)
        total = len(await ids(reader, "kapal"))
        await driver.shows(f"matches {total} of 61")

        await driver.press("ctrl+u", *"Laut", "enter")
        await driver.shows("Filter “Laut” saved.")
        await driver.until(lambda: any(line.label == "Laut" for line in driver.screen.sidebar.lines))

    assert 'name = "Laut"\nquery = "kapal"' in feeds.read_text(encoding="utf-8")  # noqa: ASYNC240


async def test_saving_works_while_typing_too(reader: Reader) -> None:
    """F is a letter there."""
    async with running(reader) as driver:
        await driver.press("slash", *"Feri", "ctrl+s")
        found = await form(driver)

        assert found.query_one("#query", Input).value == "Feri"
        await driver.press("escape")
        assert len(reader.config.filters) == 1


async def test_a_mute_rule_is_previewed_saved_applied_and_taken_back(reader: Reader) -> None:
    """Before anything is hidden, one sees what; afterwards, one key brings it back."""
    async with running(reader) as driver:
        matching = await ids(reader, "kapal")
        await driver.press("slash", *"kapal", "enter", "F")
        found = await form(driver)
        await driver.press("tab", "tab", "right")
        await driver.shows("hides new articles from now on", f"{len(matching)} match and stay", "Stored articles too")
        title = (await reader.rows(matching[:1]))[0].title
        assert title[:30] in driver.text

        found.query_one("#apply").focus()
        await driver.press("space")
        await driver.shows(f"would hide {len(matching)} of 61")
        await driver.press("enter")
        await driver.shows("articles hidden")
        await driver.until(lambda: not driver.screen.list.ids)
        assert await ids(reader, "is:muted") == matching

        await driver.press("u")
        await driver.shows("Undone: ")
        await driver.until(lambda: len(driver.screen.list.ids) == len(matching))
        await driver.press("u")
        await driver.shows("Undone: filter “kapal” saved")
        assert [saved.name for saved in reader.config.filters] == ["Natuna"]


async def test_the_form_says_what_is_missing_and_stays(reader: Reader) -> None:
    """Nothing half-done reaches the file."""
    async with running(reader) as driver:
        await driver.press("slash", *"kapal", "enter", "F")
        await form(driver)
        await driver.press("ctrl+u", *"natuna", "enter")
        await driver.shows("A filter with that name already exists.")
        await driver.press("ctrl+u", "enter")
        await driver.shows("A filter needs a name.")
        await driver.press(*"Laut", "tab", "ctrl+u", *"/(/", "tab", "right", "enter")
        await driver.shows("A rule needs a valid query.")
        assert len(reader.config.filters) == 1


async def test_a_filter_is_edited_moved_and_deleted_among_the_sources(reader: Reader) -> None:
    """Where it stands is where it is changed."""
    async with running(reader) as driver:
        await driver.press("slash", *"kapal", "enter", "F")
        await form(driver)
        await driver.press("enter")
        await driver.until(lambda: len(reader.config.filters) == 2)
        await driver.press("escape", "escape")
        await driver.until(lambda: any(line.key == "filter:kapal" for line in driver.screen.sidebar.lines))
        driver.screen.lists.go(Source("filter", "kapal"))
        driver.screen.sidebar.focus()
        await driver.pilot.pause()

        await driver.press("alt+k")
        await driver.until(lambda: [saved.name for saved in reader.config.filters] == ["kapal", "Natuna"])
        await driver.press("E")
        await form(driver)
        await driver.press("ctrl+u", *"Laut", "enter")
        await driver.until(lambda: reader.config.filters[0].name == "Laut")
        await driver.until(lambda: driver.screen.lists.listing.source == Source("filter", "Laut"))

        driver.screen.sidebar.focus()
        await driver.until(lambda: (line := driver.screen.sidebar.line) and line.kind == "filter")
        await driver.press("D")
        await driver.until(lambda: [saved.name for saved in reader.config.filters] == ["Natuna"])
        await driver.until(lambda: driver.screen.lists.listing.source == Source("filter", "Natuna"))
        await driver.press("u")
        await driver.until(lambda: [saved.name for saved in reader.config.filters] == ["Laut", "Natuna"])


async def test_deleting_the_last_filter_goes_on_to_the_one_above_it_then_to_everything(reader: Reader) -> None:
    """As with feeds: who tidies up stays where he tidies."""
    await reader.filters.save(FilterConfig("Laut", "kapal"))
    async with running(reader) as driver:
        driver.screen.lists.go(Source("filter", "Laut"))
        driver.screen.sidebar.focus()
        await driver.until(lambda: (line := driver.screen.sidebar.line) and line.key == "filter:Laut")
        await driver.press("D")
        await driver.until(lambda: driver.screen.lists.listing.source == Source("filter", "Natuna"))
        await driver.until(lambda: (line := driver.screen.sidebar.line) and line.key == "filter:Natuna")

        await driver.press("D")
        await driver.until(lambda: not reader.config.filters)
        await driver.until(lambda: driver.screen.lists.listing.source == Source("all"))


async def test_everything_a_filter_shows_is_starred_and_tagged_in_one_step(reader: Reader) -> None:
    """Exactly what is on the list, and one key takes it back."""
    async with running(reader) as driver:
        shown = await ids(reader, "kapal")
        await driver.press("slash", *"kapal", "enter")
        await driver.until(lambda: list(driver.screen.list.ids) == shown)
        driver.screen.action_command("list.star")
        await driver.until(lambda: driver.screen.list.ids)
        await driver.shows("articles starred")
        assert await ids(reader, "is:starred") == shown

        driver.screen.action_command("list.tag")
        await driver.pilot.pause()
        await driver.press(*"#laut", "enter")
        await driver.shows("articles tagged")
        assert await ids(reader, "#laut") == shown

        await driver.press("u")
        await driver.shows("Undone")
        assert await ids(reader, "#laut") == []
        await driver.press("u")
        await driver.until(lambda: "starred" in driver.text)
        assert await ids(reader, "is:starred") == []


async def test_after_saving_while_typing_the_key_that_undoes_it_undoes_it(reader: Reader) -> None:
    """In the bar it would be one more letter."""
    async with running(reader) as driver:
        await driver.press("slash", *"kapal", "ctrl+s")
        await form(driver)
        await driver.press("enter")
        await driver.shows("saved", "u undoes it")
        await driver.until(lambda: driver.screen.focused is driver.screen.list)
        await driver.press("u")
        await driver.shows("Undone")
        assert [filter_.name for filter_ in reader.config.filters] == ["Natuna"]


async def test_muted_articles_tell_their_rule_in_list_and_article(reader: Reader) -> None:
    """Hidden is not forgotten."""
    async with running(reader) as driver:
        await driver.press("slash", *"kapal", "enter", "F")
        found = await form(driver)
        await driver.press("tab", "tab", "right")
        await driver.pilot.pause()
        found.query_one("#apply").focus()
        await driver.press("space", "enter")
        await driver.shows("articles hidden")

        await driver.press("slash", "ctrl+u", *"is:muted ", "enter")
        await driver.shows("⊘", "muted: kapal")
        await driver.press("enter")
        await driver.shows("muted by the rule “kapal”")


@pytest.mark.parametrize(
    ("listing", "expected"),
    [
        (Listing(query="kapal OR feri"), "kapal OR feri"),
        (Listing(Source("folder", "Dunia"), "kapal OR feri"), '(kapal OR feri) folder:"Dunia"'),
        (Listing(Source("folder", "Dunia"), "kapal", is_wide=True), "kapal"),
        (Listing(Source("filter", "Natuna"), "-bola"), '-bola search:"Natuna"'),
        (Listing(Source("tag", "dua kata")), '#"dua kata"'),
        (Listing(Source("unread"), "kapal"), "kapal is:unread"),
        (Listing(Source("feed", 3), ""), 'feed:"RRI"'),
        (Listing(Source("feed", 4), "kapal"), 'kapal feed:"https://umpan.example/rss"'),
        (Listing(), ""),
    ],
)
def test_what_is_saved_finds_what_was_shown(listing: Listing, expected: str) -> None:
    """The bar filters the selected source; a saved filter goes over everything."""
    feeds = (
        Feed(3, FeedConfig("https://rri.example/rss", title="RRI")),
        Feed(4, FeedConfig("https://budi:hunter2@umpan.example/rss")),
    )

    assert whole_query(listing, feeds) == expected


async def test_saving_what_a_feed_without_a_name_shows_keeps_its_login_out(demonstration: Demo, tmp_path: Path) -> None:
    """It stood in the query, from where it is shown, exported and shared."""
    path = tmp_path / "feeds.toml"
    address = demonstration.config.feeds[0].url.replace("://", "://budi:hunter2@")
    path.write_text(
        f'[[feeds]]\nurl = "{address}"\n[[feeds]]\nurl = "{demonstration.config.feeds[1].url}"\n', encoding="utf-8"
    )
    reader = await opened(path)
    feed = (await reader.feeds())[0]
    async with running(reader) as driver:
        driver.screen.lists.go(Source("feed", feed.id))
        await driver.press("F")
        found = await form(driver)
        query = found.query_one("#query", Input).value
        await driver.press("enter")
        await driver.shows("saved.")
    await reader.close()

    assert path.read_text(encoding="utf-8").count("hunter2") == 1
    assert query == f'feed:"{demonstration.config.feeds[0].url}"'


async def test_what_a_filter_asks_to_be_told_is_told_once_for_a_refresh(feeds: Path) -> None:
    """In the app, and to the desktop only while one looks elsewhere."""
    with feeds.open("a", encoding="utf-8") as file:
        file.write('\n[[filters]]\nname = "[@click=app.quit]Laut[/]"\nquery = "kapal"\nnotify = true\n')
    reader = await opened(feeds)
    async with running(reader) as driver:
        await driver.press("R")
        await driver.shows("New matches", "[@click=app.quit]Laut[/]: 5 new")


def test_the_desktop_is_told_nothing_that_could_steer_a_terminal() -> None:
    """A title comes from outside."""
    hostile = "Judul\x1b]52;c;AAAA\x07 \x9b31m;dua\nbaris\u202e"

    sequence = notice_sequence(hostile, {"TERM": "xterm-256color"})

    assert sequence.startswith("\x1b]9;Warta: Judul")
    assert sequence.endswith("\x1b\\")
    body = sequence[len("\x1b]9;") : -2]
    assert not set(body) & {"\x1b", "\x07", "\x9b", "\n", ";", "\u202e"}
    assert notice_sequence("Halo", {"TERM": "foot"}) == "\x1b]777;notify;Warta;Halo\x1b\\"
    assert notice_sequence("Halo", {"TERM": "linux"}) == ""


async def test_the_desktop_is_told_only_while_one_looks_elsewhere(reader: Reader) -> None:
    """Who looks at Warta sees it anyway."""
    written: list[str] = []

    class Recording(HeadlessDriver):
        def write(self, data: str) -> None:
            written.append(data)

    async with running(reader) as driver:
        app = driver.app
        app._driver = Recording(app)
        notify_terminal(app, "Halo", {"TERM": "xterm"})
        assert written == []

        app.app_focus = False
        notify_terminal(app, "Halo", {"TERM": "xterm"})
        assert written == ["\x1b]9;Warta: Halo\x1b\\"]
