"""Both languages on the narrowest screen, and the change from one to the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from rich.cells import cell_len

from reader.i18n import Language, _, begin_speaking, current_language, set_language
from reader.model import Understood
from reader.ui.commands import COMMANDS, KeyMap
from tests.screen.driving import running, some_reader, some_rows

NARROW = (60, 20)


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("WARTA_LANGUAGE", raising=False)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    begin_speaking()
    yield
    set_language("en")


@pytest.mark.parametrize(
    ("language", "count", "hints", "places"),
    [
        ("en", "10 of 1,203", ("to the list",), ("All", "Unread", "Today", "Starred", "Filters")),
        ("id", "10 dari 1.203", ("ke daftar",), ("Semua", "Belum dibaca", "Hari ini", "Berbintang", "Saringan")),
    ],
)
async def test_sixty_columns(language: Language, count: str, hints: tuple[str, ...], places: tuple[str, ...]) -> None:
    """A phone's shell is narrow, and Indonesian words are long: nothing may be cut that one needs."""
    set_language(language)
    reader = some_reader(some_rows(1203))
    for article_id in list(reader.stored)[30:]:
        reader.stored[article_id] = replace(reader.stored[article_id], title="Lain")
    async with running(reader, NARROW) as driver:
        await driver.press("slash", *"natuna")
        await driver.shows(count, *hints)
        await driver.press("escape", "escape", "backslash")
        await driver.shows(*places)


@pytest.mark.parametrize(
    ("language", "hints", "help_shows"),
    [
        ("en", ("open", "filter", "help", "sidebar"), ("Navigation", "Move half a page down")),
        ("id", ("buka", "saring", "bantuan", "sumber"), ("Bergerak", "Turun setengah layar")),
    ],
)
async def test_keys_at_sixty_columns(language: Language, hints: tuple[str, ...], help_shows: tuple[str, ...]) -> None:
    """The keys a beginner needs stand in the last line; help lists the rest."""
    set_language(language)
    async with running(some_reader(some_rows()), NARROW) as driver:
        await driver.shows(*hints)
        await driver.press("question_mark")
        await driver.shows(*help_shows)


@pytest.mark.parametrize("language", ["en", "id"])
def test_help_is_nowhere_cut_at_sixty_columns(language: Language) -> None:
    """A sentence that ends in dots does not help."""
    set_language(language)
    keymap = KeyMap()
    room = NARROW[0] - 6
    long = [_(row.help) for row in COMMANDS if cell_len(_(row.help)) + 2 + cell_len(keymap.shown(row.id)) > room]
    assert long == []


async def test_language_changes_while_running_and_is_kept() -> None:
    """Sidebar, keys, list and article all follow at once; the next start speaks the same."""
    reader = some_reader(some_rows())
    async with running(reader) as driver:
        await driver.shows(
            "All", "Filters", "help", "No article is open" if driver.screen.article.article_id is None else ""
        )
        await driver.press("colon", *"bahasa", "enter")
        await driver.shows("Semua", "Belum dibaca", "Saringan", "bantuan", "saring…", "mnt")
        await driver.until(lambda: reader.state.get("language") == "id")
        assert driver.screen.active_bindings["slash"].binding.description == "Saring"

    set_language("en")
    async with running(reader) as driver:
        await driver.shows("Semua", "bantuan", "saring…")
        await driver.press("colon", *"bahasa", "enter")
        await driver.shows("All", "Unread", "help", "filter…")


async def test_language_that_was_wished_for_wins() -> None:
    """`--language en` means it, whatever was chosen before."""
    begin_speaking("en")
    reader = some_reader(some_rows())
    reader.state["language"] = "id"
    async with running(reader) as driver:
        await driver.shows("All")
        assert current_language() == "en"


async def test_problem_of_a_filter_in_indonesian() -> None:
    """Told under the field while typing, with its place, and with one full stop less than it has alone."""
    set_language("id")
    reader = some_reader(some_rows())
    async with running(reader, NARROW) as driver:
        answer = driver.screen.lists.answer
        assert answer is not None
        understood = Understood(meaning="natuna", problem=_("This bracket is not closed."), column=12)
        await driver.press("slash")
        driver.screen.bar.show_answer(replace(answer, understood=understood), "(natuna", is_wide=False)
        await driver.shows("Kurung belum ditutup, kolom 12")


DIALOGS = {
    "help": ("question_mark",),
    "palette": ("colon",),
    "sort": ("comma",),
    "jump": ("apostrophe",),
    "details": ("backslash", "G", "i"),
    "save": ("slash", *"natuna", "ctrl+s"),
    "edit": ("backslash", *"jjjjj", "E"),
    "tag": ("colon", *"list.tag", "enter"),
    "theme": ("colon", *"theme.choose", "enter"),
    "add": ("a",),
    "catalogue": ("a", "ctrl+t"),
}
"""Keys that open each."""


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("dialog", DIALOGS)
async def test_no_dialog_cuts_a_word_at_sixty_columns(dialog: str, language: Language) -> None:
    """Half a label is a riddle, and half a sentence no help; titles and addresses may end in dots."""
    set_language(language)
    async with running(some_reader(some_rows()), NARROW) as driver:
        main = driver.screen
        await driver.press(*DIALOGS[dialog])
        await driver.until(lambda: driver.app.screen is not main)
        seen, hint = "", "saring…" if language == "id" else "filter…"
        if dialog in {"save", "edit"}:
            assert _("⏎ save · Esc cancel · Tab ↓ next · ← → choose") in driver.text
        while (page := driver.text) != seen:
            seen = page
            assert [line for line in page.splitlines() if re.search(r"\S…", line.replace(hint, ""))] == []
            await driver.press("pagedown")


async def test_the_way_out_is_told_in_indonesian() -> None:
    """Ctrl+C is what one tries first; Textual would answer in English."""
    set_language("id")
    async with running(some_reader(some_rows()), NARROW) as driver:
        await driver.press("ctrl+c")
        await driver.shows("Ctrl+Q menutup Warta.")


@pytest.mark.parametrize(("language", "told"), [("en", "1 feed failing (!)"), ("id", "1 umpan gagal (!)")])
async def test_the_key_that_names_feeds_in_trouble_has_room_on_a_telephone(language: Language, told: str) -> None:
    """Where the sidebar is not in sight it is the only way to them, and may not cost the way to the sidebar."""
    set_language(language)
    async with running(some_reader(some_rows()), (60, 20)) as driver:
        await driver.shows(told, "\\ " + _("Sidebar").lower(), _("Help").lower())


@pytest.mark.parametrize("width", [60, 40])
async def test_the_keys_of_the_details_are_broken_between_two_of_them(width: int) -> None:
    """Of “Esc tutup” the second word stood alone in the next line."""
    set_language("id")
    async with running(some_reader(some_rows()), (width, 24)) as driver:
        await driver.press("i")
        await driver.shows("r segarkan sekarang", "o buka situs", "E ubah", "Esc tutup")
