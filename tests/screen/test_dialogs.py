"""What opens over the screen: chosen by letters, moves, clicks; left by Escape; harmless whatever it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rich.cells import cell_len
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from reader.model import Failure, Feed, FeedConfig, FeedFacts, FeedState, FilterConfig, Validators
from reader.text import times
from reader.ui.commands import COMMANDS, KeyMap
from reader.ui.dialogs.choice_list import ChoiceList
from reader.ui.dialogs.choices import Choice
from reader.ui.dialogs.feed_details import FeedDetailsDialog
from reader.ui.dialogs.feed_facts import FeedDetails
from reader.ui.dialogs.menus import help_picker, jump_picker, palette_picker, sort_picker, theme_picker
from reader.ui.dialogs.picker import Picker
from reader.ui.dialogs.question import Answer, QuestionDialog, tell
from reader.ui.textual_inside import screen_text
from reader.ui.themes import THEMES
from tests.unit.ui.making import HOSTILE, NOW, feed

MARKUP = ("[/", "x [/] y", "[@click=app.quit]x[/]", "price [$5]", "[b", "a\x1b]52;c;AA==\x07b", "\u202eabc\x9b31m")
KEYS = KeyMap()
FEEDS = tuple(feed(n, f"Umpan {n}", f"Map {n % 3}", unread=n) for n in range(1, 30))
FILTERS = (FilterConfig("Natuna", "natuna OR ranai"), FilterConfig("Bola", "folder:Olahraga", "mute"))
NOTHING = object()


class DialogApp(App[None]):
    """An empty screen with one dialog over it."""

    def __init__(self, make: Callable[[], Screen[Any]]) -> None:
        super().__init__()
        self.make = make
        self.result: object = NOTHING

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "warta-dark"
        self.push_screen(self.make(), self.take)

    def take(self, result: object) -> None:
        self.result = result

    @property
    def text(self) -> str:
        return screen_text(self.screen)


def details(title: str = "RRI", note: str = "All is well.", **state: object) -> FeedDetails:
    """A feed that is well."""
    values: dict[str, object] = {
        "validators": Validators(b'"x"'),
        "last_checked": NOW,
        "next_due": NOW,
        "http_status": 304,
        "interval_minutes": 60,
        "health": "ok",
    }
    one = Feed(
        1,
        FeedConfig("https://contoh.example/rss", title=title, folder="Nasional"),
        FeedFacts(format="rss20", site_url="https://contoh.example/"),
        FeedState(**(values | state)),  # type: ignore[arg-type]  # fields by name
        1024,
        41,
        NOW,
    )
    return FeedDetails(one, "ok", note, tuple(range(30)), NOW, times.zone("Asia/Jakarta"))


def every(text: str) -> dict[str, Callable[[], Screen[Any]]]:
    """Every dialog with this text wherever text from outside can stand."""
    hostile = tuple(feed(n, text or "-", text) for n in range(3))
    saved = (FilterConfig(text or "-", text),)
    failed = details(text, text, failure=Failure("html_page", text, text))
    return {
        "help": lambda: help_picker(KEYS),
        "palette": lambda: palette_picker(KEYS, hostile, saved, ["nord"], "nord"),
        "jump": lambda: jump_picker(hostile, saved),
        "details": lambda: FeedDetailsDialog(failed),
        "question": lambda: QuestionDialog(text, [text], [Answer("y", text, text)]),
        "message": lambda: tell(text, text, warns=True),
    }


async def settled(pilot: Pilot[None]) -> DialogApp:
    """The app with its dialog open."""
    await pilot.pause()
    app = pilot.app
    assert isinstance(app, DialogApp)
    return app


@pytest.mark.parametrize("size", [(24, 8), (60, 20), (120, 40)])
@pytest.mark.parametrize("name", sorted(every("")))
async def test_every_dialog_fits_and_escape_leaves_it(name: str, size: tuple[int, int]) -> None:
    """No dialog without a way out, at any size."""
    async with DialogApp(every("Tempo")[name]).run_test(size=size) as pilot:
        app = await settled(pilot)
        assert app.text.strip()
        await pilot.press("escape")
        await pilot.pause()

        assert app.result is None


async def test_hostile_text_is_only_text_in_every_dialog() -> None:
    """Names of feeds, filters and folders, error texts, answers: none is markup, none reaches the terminal raw."""
    async with DialogApp(lambda: help_picker(KEYS)).run_test(size=(100, 40)) as pilot:
        app = await settled(pilot)
        for text in MARKUP:
            for name, make in every(text).items():
                if name == "help":
                    continue
                app.push_screen(make())
                await pilot.pause()
                if isinstance(app.screen, Picker):
                    app.screen.action_move("last")
                    await pilot.pause()
                assert "\x1b" not in app.text
                assert "\u202e" not in app.text
                if text in MARKUP[:5]:
                    assert text in app.text
                if name == "details":
                    await pilot.click(offset=(14, 10))

        assert app.is_running


async def test_odd_widths_do_not_break_a_row() -> None:
    """Wide, joined and right-to-left names: the keys at the right stay in their column."""
    feeds = tuple(feed(n, text or "-", unread=7) for n, text in enumerate(HOSTILE))
    async with DialogApp(lambda: jump_picker(feeds, ())).run_test(size=(70, 40)) as pilot:
        app = await settled(pilot)
        choices = app.screen.query_one(ChoiceList)
        width = choices.scrollable_content_region.width

        assert {choices.render_line(y).cell_length for y in range(choices.size.height)} == {width}
        assert {sum(cell_len(s.text) for s in choices.render_line(y)) for y in range(choices.size.height)} == {width}


async def test_help_finds_a_command_by_what_it_does() -> None:
    """`?`, a few letters, Enter: no key must be known."""
    async with DialogApp(lambda: help_picker(KEYS)).run_test(size=(100, 40)) as pilot:
        app = await settled(pilot)
        assert "Navigation" in app.text
        await pilot.press(*"undo")
        await pilot.pause()
        assert "Undo the last change" in app.text
        assert "Move down" not in app.text
        await pilot.press("enter")
        await pilot.pause()

        assert isinstance(app.result, Choice)
        assert (app.result.kind, app.result.value) == ("command", "step.undo")


async def test_help_tells_every_command() -> None:
    """The help is the table."""
    async with DialogApp(lambda: help_picker(KEYS)).run_test(size=(100, 160)) as pilot:
        app = await settled(pilot)

        for row in COMMANDS:
            assert row.help in app.text


async def test_palette_holds_commands_feeds_filters_and_themes() -> None:
    """One list for all that has a name."""
    make = lambda: palette_picker(KEYS, FEEDS, FILTERS, ["nord", "warta-dark"], "warta-dark")  # noqa: E731
    for typed, wanted in (
        ("umpan 12", ("feed", 12)),
        ("natuna", ("filter", "Natuna")),
        ("nord", ("theme", "nord")),
        ("map 1", ("folder", "Map 1")),
        ("zen", ("command", "view.zen")),
    ):
        async with DialogApp(make).run_test(size=(80, 24)) as pilot:
            app = await settled(pilot)
            await pilot.press(*("space" if letter == " " else letter for letter in typed), "enter")
            await pilot.pause()

            assert isinstance(app.result, Choice)
            assert (app.result.kind, app.result.value) == wanted


async def test_moving_skips_headings_and_click_chooses() -> None:
    """Mouse and keys do the same."""
    async with DialogApp(lambda: jump_picker(FEEDS, FILTERS)).run_test(size=(80, 30)) as pilot:
        app = await settled(pilot)
        await pilot.press("down", "down", "down", "down")
        await pilot.pause()
        row = next(line for line in app.text.splitlines() if "▌" in line)
        assert "Natuna" in row

        y = next(y for y, line in enumerate(app.text.splitlines()) if "Map 2" in line)
        await pilot.click(offset=(20, y))
        await pilot.pause()
        assert isinstance(app.result, Choice)
        assert app.result.value == "Map 2"


async def test_nothing_found_says_so_and_enter_does_nothing() -> None:
    """An empty list would look like a hang."""
    async with DialogApp(lambda: jump_picker(FEEDS, FILTERS)).run_test(size=(80, 30)) as pilot:
        app = await settled(pilot)
        await pilot.press(*"zzzz", "enter", "down")
        await pilot.pause()

        assert "No match." in app.text
        assert app.result is NOTHING


async def test_sort_menu_needs_no_typing() -> None:
    """Three rows: j, Enter."""
    async with DialogApp(lambda: sort_picker("new", has_query=True)).run_test(size=(60, 20)) as pilot:
        app = await settled(pilot)
        assert "●Newest first" in app.text
        await pilot.press("j", "enter")
        await pilot.pause()

        assert isinstance(app.result, Choice)
        assert app.result.value == "old"


async def test_theme_is_previewed_while_moving() -> None:
    """Colours are chosen by eye."""
    seen: list[object] = []
    names = [theme.name for theme in THEMES]
    make = lambda: theme_picker(names, "warta-dark", on_moved=lambda choice: seen.append(choice.value))  # noqa: E731
    async with DialogApp(make).run_test(size=(60, 20)) as pilot:
        await settled(pilot)
        await pilot.press("down")
        await pilot.pause()

        assert seen == ["warta-light"]


async def test_thousand_feeds_open_at_once() -> None:
    """The list paints only what is seen."""
    many = tuple(feed(n, f"Umpan {n}") for n in range(1000))
    async with DialogApp(lambda: jump_picker(many, ())).run_test(size=(80, 24)) as pilot:
        app = await settled(pilot)
        await pilot.press("end", "pageup", "pagedown")
        await pilot.press(*"umpan", "space", *"997", "enter")
        await pilot.pause()

        assert isinstance(app.result, Choice)
        assert app.result.value == 997


async def test_feed_details_tell_and_offer() -> None:
    """Health in words, thirty days in bars, when it is asked."""
    async with DialogApp(lambda: FeedDetailsDialog(details())).run_test(size=(100, 30)) as pilot:
        app = await settled(pilot)
        for part in ("RRI", "● ok", "feed RSS 2.0 · Nasional", "1,024 articles, 41 unread", "every 60 minutes", "█"):
            assert part in app.text
        await pilot.press("r")
        await pilot.pause()

        assert app.result == "refresh"


@pytest.mark.parametrize(("key", "result"), [("y", "yes"), ("n", "no"), ("enter", "yes"), ("escape", None)])
async def test_question_takes_its_keys(key: str, result: str | None) -> None:
    """What is written is what works."""
    answers = [Answer("y", "yes", "yes"), Answer("n", "no", "no")]
    async with DialogApp(lambda: QuestionDialog("Remove?", ["It can come back."], answers)).run_test(
        size=(60, 20)
    ) as pilot:
        app = await settled(pilot)
        await pilot.press(key)
        await pilot.pause()

        assert app.result == result


async def test_question_takes_a_click() -> None:
    """On the answer itself."""
    make = lambda: QuestionDialog("Remove?", [], [Answer("y", "yes", "yes"), Answer("n", "keep", "no")])  # noqa: E731
    async with DialogApp(make).run_test(size=(60, 20)) as pilot:
        app = await settled(pilot)
        rows = app.text.splitlines()
        y = next(y for y, line in enumerate(rows) if "keep" in line)
        await pilot.click(offset=(rows[y].index("keep"), y))
        await pilot.pause()

        assert app.result == "no"


async def test_click_beside_a_dialog_leaves_it() -> None:
    """As everywhere."""
    async with DialogApp(lambda: sort_picker("new", has_query=False)).run_test(size=(100, 30)) as pilot:
        app = await settled(pilot)
        assert isinstance(app.screen, Picker)
        await pilot.click(offset=(2, 25))
        await pilot.pause()

        assert app.result is None
