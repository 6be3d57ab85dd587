"""Finding and following feeds, changing and removing them: by keys, on the real reader and a real feeds.toml."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input

from reader.model.catalogue import CatalogueEntry, CatalogueWord
from reader.ui.app import WartaApp
from reader.ui.dialogs.add_feed import AddDialog
from reader.ui.dialogs.feed_form import FeedForm
from reader.ui.dialogs.prompt import PromptDialog
from reader.ui.port import ReaderPort
from tests.loopback import Answer, Loopback
from tests.screen.driving import Driver
from tests.screen.subscribing_place import Place, site


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as running:
        site(running)
        yield running


@pytest.fixture
def place(tmp_path: Path, server: Loopback) -> Place:
    return Place(tmp_path, server)


async def add_dialog(driver: Driver) -> AddDialog:
    await driver.press("a")
    await driver.until(lambda: isinstance(driver.app.screen, AddDialog))
    dialog = driver.app.screen
    assert isinstance(dialog, AddDialog)
    await driver.pilot.pause()
    return dialog


async def form(driver: Driver, key: str = "E") -> FeedForm:
    await driver.press(key)
    await driver.until(lambda: isinstance(driver.app.screen, FeedForm))
    found = driver.app.screen
    assert isinstance(found, FeedForm)
    await driver.pilot.pause()
    return found


async def answer(driver: Driver, text: str) -> None:
    """Type into the prompt that opens."""
    await driver.until(lambda: isinstance(driver.app.screen, PromptDialog))
    await driver.pilot.pause()
    driver.app.screen.query_one(Input).value = text
    await driver.press("enter")


async def choose(driver: Driver, command: str) -> None:
    driver.screen.action_command(command)
    await driver.pilot.pause()


async def test_a_feed_is_found_chosen_named_and_fetched(place: Place) -> None:
    """From a site's address to its articles without leaving the screen, and without losing one's place."""
    async with place.running() as (driver, _reader):
        listing, article = driver.screen.lists.listing, driver.screen.list.article_id
        dialog = await add_dialog(driver)
        dialog.address.field.value = place.server.url("/")
        await driver.press("enter")
        await driver.shows("Which of these?", "feed · 3 articles · summaries", "feed · 1 article · summaries")

        await driver.press("down", "tab")
        dialog.address.title_field.value = "Kabar"
        dialog.address.folder_field.value = "Nasional/Kepri"
        await driver.press("enter")
        await driver.until(lambda: driver.app.screen is driver.screen)
        await driver.shows("Kepri", "Kabar")
        await driver.until(lambda: any(feed.title == "Kabar" and feed.articles for feed in driver.screen.lists.feeds))

        assert place.text.startswith(place.before.partition("[[filters]]")[0])
        feed = place.load().feeds[-1]
        assert (feed.url, feed.title, feed.folder) == (place.server.url("/satu"), "Kabar", "Nasional/Kepri")
        assert (driver.screen.lists.listing, driver.screen.list.article_id) == (listing, article)

        await driver.press("u")
        await driver.shows("Undone: “Kabar” added")
        assert place.text == place.before
        await driver.until(lambda: "Kepri" not in driver.text)


async def test_a_search_can_be_given_up_and_repeated(place: Place) -> None:
    """A server that takes a minute must not hold the dialog."""
    place.server.answer("/lambat", Answer(delay_seconds=60), Answer(status=404))
    async with place.running() as (driver, _reader):
        dialog = await add_dialog(driver)
        dialog.address.field.value = place.server.url("/lambat")
        await driver.press("enter")
        await driver.shows("1 of up to 12 requests", "Esc stop")

        await driver.press("escape")
        await driver.shows("Search stopped.", "⏎ search there")
        await driver.press("enter")
        await driver.shows("Nothing found at this address")
        await driver.press("escape")
        await driver.until(lambda: driver.app.screen is driver.screen)


async def test_what_is_followed_is_told_and_gone_to(place: Place) -> None:
    """Nobody follows twice what hides in a folder."""
    async with place.running() as (driver, _reader):
        driver.screen.action_command("feeds.refresh")
        await driver.press("'", *"tetangga", "enter")
        await driver.until(lambda: driver.screen.lists.source_name == "Tetangga")
        dialog = await add_dialog(driver)
        dialog.address.field.value = place.server.url("/utama")
        await driver.shows("Already added, as “RRI”")
        await driver.press("enter")
        await driver.shows("⏎ go there")
        await driver.press("enter")

        await driver.until(lambda: driver.screen.lists.source_name == "RRI")
        assert place.text == place.before


async def test_a_refused_change_leaves_the_dialog_as_it_was(place: Place) -> None:
    """A file that is being mended in an editor costs nobody what he typed."""
    async with place.running() as (driver, _reader):
        dialog = await add_dialog(driver)
        dialog.address.field.value = place.server.url("/satu")
        await driver.press("enter")
        await driver.shows("Found:")
        dialog.address.title_field.value = "Satu"
        place.write("[[feeds\n")
        await driver.press("enter")
        await driver.shows("feeds.toml: is not valid TOML")
        assert dialog.address.title_field.value == "Satu"

        place.write(place.before)
        await driver.press("enter")
        await driver.until(lambda: driver.app.screen is driver.screen)
        assert place.load().feeds[-1].title == "Satu"


def source(place: Place, name: str) -> CatalogueEntry:
    """A source of a catalogue of our own."""
    group, region = CatalogueWord("uji", "Uji", "Test"), CatalogueWord("kepri", "Kepulauan Riau", "Riau Islands")
    return CatalogueEntry(
        name, place.server.url(f"/{name.lower()}"), "feed", "id", group, (region,), (), "Kepri", "tried"
    )


async def test_several_sources_of_the_catalogue_are_ticked_and_followed(place: Place) -> None:
    """By words, in one step, each in its folder, and fetched at once; one key takes them back."""
    async with place.running() as (driver, reader):
        entries = [
            *(source(place, name) for name in ("Utama", "Satu", "Dua")),
            *(source(place, f"X{n}") for n in range(9)),
        ]
        dialog = AddDialog(reader.subscriptions, now=reader.now, zone=reader.zone, entries=entries)
        driver.app.push_screen(dialog, driver.screen.late.subscribing.added)
        await driver.until(lambda: driver.app.screen is dialog)
        await driver.press("ctrl+t", *"riau")
        await driver.shows("12 sources", "added")
        await driver.press("tab", "down", "tab", "tab")
        await driver.shows("2 selected", "⏎ add 2")
        await driver.press("enter")
        await driver.until(lambda: driver.app.screen is not dialog)
        await driver.until(lambda: [feed.articles for feed in driver.screen.lists.feeds] == [2, 0, 1, 3])

        assert [(feed.title, feed.folder) for feed in place.load().feeds[2:]] == [("Satu", "Kepri"), ("Dua", "Kepri")]
        await driver.press("u")
        await driver.until(lambda: place.text == place.before)


async def test_a_page_without_a_feed_can_be_followed_itself(place: Place) -> None:
    """The stations of RRI have none."""
    async with place.running() as (driver, _reader):
        dialog = await add_dialog(driver)
        dialog.address.field.value = place.server.url("/sepi")
        await driver.press("enter")
        await driver.shows("Add the page itself")
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, FeedForm))
        await driver.shows('a page needs "item"')
        await driver.press(*"/tentang", "enter")
        await driver.until(lambda: driver.app.screen is driver.screen)

        feed = place.load().feeds[-1]
        assert (feed.url, feed.kind, feed.link_pattern) == (place.server.url("/sepi"), "page", "/tentang")


async def test_the_articles_of_a_page_are_made_out(place: Place) -> None:
    """What it would bring is seen before it is followed, and no regular expression need be known."""
    links = "".join(f"<a href=/daerah/70003{n}/judul>Nelayan Ranai melaut lagi {n}</a>" for n in range(4))
    place.server.answer("/ranai", Answer(body=f"<!doctype html><title>RRI Ranai</title>{links}".encode()))
    async with place.running() as (driver, _reader):
        dialog = await add_dialog(driver)
        dialog.address.field.value = place.server.url("/ranai")
        await driver.press("enter")
        await driver.shows("the page itself lists articles", "page · 4 articles")
        await driver.press("enter")
        await driver.until(lambda: driver.app.screen is driver.screen)
        await driver.until(lambda: [feed.articles for feed in driver.screen.lists.feeds][-1] == 4)
        assert place.load().feeds[-1].link_pattern.endswith(r"/daerah/\d+/judul")


@pytest.mark.parametrize("size", [(130, 40), (100, 30), (60, 20)])
async def test_the_pattern_of_a_pages_articles_is_shown_whole(place: Place, size: tuple[int, int]) -> None:
    """What is to be trusted must be seen, however long it is."""
    part = "berita-utama-provinsi-kepulauan-riau-dan-kabupaten-natuna"
    links = "".join(f"<a href=/{part}/70003{n}/judul>Nelayan Ranai melaut lagi {n}</a>" for n in range(4))
    place.server.answer("/ranai", Answer(body=f"<!doctype html><title>RRI Ranai</title>{links}".encode()))
    async with place.running(size) as (driver, _reader):
        dialog = await add_dialog(driver)
        dialog.address.field.value = place.server.url("/ranai")
        await driver.press("enter")
        await driver.shows("the page itself lists articles")
        seen = "".join(driver.text.split())
        pattern = (dialog.address.offer.values if dialog.address.offer else {})["link_pattern"]
        assert str(pattern) in seen, driver.text
        assert "page·4articles" in seen
        assert "Folder" in seen


async def test_the_form_checks_as_one_types_and_writes_what_changed(place: Place) -> None:
    """The words are those `warta check` uses; comments stay; undo brings all of it back."""
    async with place.running() as (driver, reader):
        (rri, _other) = await reader.feeds()
        found = await form(driver)
        found.query_one("#field-refresh_minutes", Input).value = "0"
        await driver.shows("refresh_minutes: must be from 1 to 44640")
        await driver.press("enter")
        assert driver.app.screen is found

        found.query_one("#field-refresh_minutes", Input).value = "90"
        found.query_one("#field-tags", Input).value = "indonesia; radio"
        found.query_one("#field-title", Input).value = "RRI Pusat"
        found.query_one("#field-url", Input).value = place.server.url("/dua")
        await driver.until(lambda: not found.query(".-wrong"))
        await driver.press("enter")
        await driver.shows("“RRI” changed. · u undoes it", "RRI Pusat")

        feed = place.load().feeds[0]
        assert (feed.refresh_minutes, feed.tags, feed.title) == (90, ("indonesia", "radio"), "RRI Pusat")
        assert f'url = "{place.server.url("/dua")}" # the first\n' in place.text
        moved = next(feed for feed in await reader.feeds() if feed.id == rri.id)
        assert (moved.config.url, moved.articles) == (place.server.url("/dua"), 2)
        await driver.press("u")
        await driver.shows("Undone: “RRI” changed")
        assert place.text == place.before


async def test_a_login_is_seen_only_where_it_is_typed(place: Place) -> None:
    """The form lies open for anyone who looks over a shoulder."""
    url = place.server.url("/utama")
    place.before = place.before.replace(url, url.replace("://", "://budi:hunter2@") + "?token=hunter3", 1).replace(
        'title = "RRI"', 'title = "RRI"\nheaders = { "X-Key" = "hunter4" }', 1
    )
    place.write(place.before)
    async with place.running() as (driver, _reader):
        found = await form(driver)
        await driver.shows(url.partition("://")[2])
        assert "hunter" not in driver.text

        found.query_one("#field-url").focus()
        await driver.shows("budi:hunter2@", "token=hunter3")
        found.query_one("#field-headers").focus()
        await driver.shows("hunter4")
        found.query_one("#field-title").focus()
        await driver.until(lambda: "hunter" not in driver.text)

        found.query_one("#field-title", Input).value = "Baru"
        await driver.press("enter")
        await driver.until(lambda: driver.app.screen is driver.screen)
        assert place.text == place.before.replace('"RRI"', '"Baru"')


async def test_the_list_of_problems_keeps_a_login(place: Place) -> None:
    """A feed that failed before it could tell its name is called by its address."""
    place.write(f'[[feeds]]\nurl = "{place.server.url("/gone").replace("://", "://budi:hunter2@")}"\n')
    reader = await place.reader()

    async def open_reader() -> ReaderPort:
        return reader

    app = WartaApp(reader.config, reader.data_dir, open_reader, network=False)
    async with app.run_test(size=(110, 34)) as pilot:
        driver = Driver(app, pilot)
        await driver.until(lambda: driver.screen.is_settled)
        await driver.press("exclamation_mark")
        await driver.shows("Nothing found at this address")
        assert "hunter" not in driver.text
    await reader.close()


async def test_a_form_survives_a_file_that_changed_meanwhile(place: Place) -> None:
    """Refused with a sentence; what was typed is still there, and the next Enter writes it."""
    async with place.running() as (driver, _reader):
        found = await form(driver)
        found.query_one("#field-title", Input).value = "Baru"
        place.write("# saved in an editor\n" + place.before)
        await driver.press("enter")
        await driver.shows("was changed meanwhile; nothing was written")
        assert found.query_one("#field-title", Input).value == "Baru"

        await driver.press("enter")
        await driver.until(lambda: driver.app.screen is driver.screen)
        assert place.text == "# saved in an editor\n" + place.before.replace('"RRI"', '"Baru"')


async def test_leaving_a_changed_form_wants_a_second_escape(place: Place) -> None:
    """One key too much is not to cost ten minutes."""
    async with place.running() as (driver, _reader):
        found = await form(driver)
        await driver.press(*"X", "escape")
        await driver.shows("Not saved: ⏎ saves")
        assert driver.app.screen is found
        await driver.press("escape")
        await driver.until(lambda: driver.app.screen is driver.screen)
        assert place.text == place.before

        await form(driver)
        await driver.press("escape")
        await driver.until(lambda: driver.app.screen is driver.screen)


async def test_removing_and_undo(place: Place) -> None:
    """`D` is one key; the cursor goes to the neighbour, and `u` brings the entry back at its place."""
    async with place.running() as (driver, _reader):
        await driver.press("D")
        await driver.shows("“RRI” removed; its articles are kept. · u undoes it")
        await driver.until(lambda: driver.screen.lists.source_name == "Tetangga")
        assert [feed.title for feed in place.load().feeds] == ["Tetangga"]

        await driver.press("u")
        await driver.shows("Undone: “RRI” removed")
        assert place.text == place.before
        await driver.until(lambda: driver.screen.lists.source_name == "RRI")
        assert len(driver.screen.lists.feeds) == 2
        assert driver.screen.sidebar.line is not None
        assert driver.screen.sidebar.line.label == "RRI"


async def test_a_feed_alone_in_its_folder_has_a_neighbour_in_the_sidebar(place: Place) -> None:
    """Who tidies up goes on from there, not from the top."""
    place.write(place.text.replace('folder = "Nasional"\n\n[[feeds]]', 'folder = "Kepri"\n\n[[feeds]]'))
    async with place.running() as (driver, _reader):
        await driver.press("D")
        await driver.until(lambda: driver.screen.lists.source_name == "Tetangga")
        await driver.until(lambda: driver.screen.sidebar.line and driver.screen.sidebar.line.label == "Tetangga")
        await driver.press("D")
        await driver.until(lambda: driver.screen.lists.listing.source.name == "all")


async def test_the_same_keys_act_on_filters(place: Place) -> None:
    """`E` and `D` mean whatever is selected."""
    async with place.running() as (driver, _reader):
        await driver.press("'", *"natuna", "enter")
        await driver.until(lambda: driver.screen.lists.source_name == "Natuna")
        await driver.press("E")
        await driver.shows("Edit this filter")
        await driver.press("escape")
        await driver.press("D")
        await driver.shows("Filter “Natuna” deleted.")
        assert place.load().filters == ()


async def test_feeds_and_folders_are_renamed_moved_and_switched_off(place: Place) -> None:
    """Each a command of its own, in the palette."""
    async with place.running() as (driver, _reader):
        await choose(driver, "feed.rename")
        await answer(driver, "RRI Ranai")
        await driver.shows("RRI Ranai")
        await choose(driver, "feed.move")
        await answer(driver, "Kepri/Natuna")
        await driver.until(lambda: place.load().feeds[0].folder == "Kepri/Natuna")
        await choose(driver, "feed.toggle")
        await driver.shows("“RRI Ranai” disabled")
        assert not place.load().feeds[0].is_enabled
        await choose(driver, "feed.toggle")
        await driver.until(lambda: place.load().feeds[0].is_enabled)

        await driver.press("'", *"kepri", "enter")
        await driver.until(lambda: driver.screen.lists.listing.source.name == "folder")
        await driver.press("E")
        await answer(driver, "Riau")
        await driver.shows("Folder “Kepri/Natuna” is now “Riau”.")
        assert [feed.folder for feed in place.load().feeds] == ["Riau", "Nasional"]
        for _step in range(5):
            await driver.press("u")
        await driver.until(lambda: place.text == place.before)


async def test_feeds_move_among_their_folder(place: Place) -> None:
    """Order in the file is order among the sources."""
    async with place.running() as (driver, _reader):
        driver.screen.set_focus(driver.screen.sidebar)
        await driver.press("alt+j")
        await driver.until(lambda: [feed.title for feed in place.load().feeds] == ["Tetangga", "RRI"])
        await driver.press("alt+k")
        await driver.until(lambda: [feed.title for feed in place.load().feeds] == ["RRI", "Tetangga"])


async def test_what_has_nothing_selected_is_told(place: Place) -> None:
    """A key always does something, if only to say why not."""
    async with place.running() as (driver, _reader):
        await driver.press("'", *"semua", "escape")
        await driver.press("'", *"all", "enter")
        await driver.until(lambda: driver.screen.lists.listing.source.name == "all")
        await driver.press("D")
        await driver.shows("Select a feed or filter in the sidebar first")
        assert place.text == place.before


@pytest.mark.parametrize("size", [(60, 20), (24, 8)])
async def test_dialogs_open_in_the_smallest_terminals(place: Place, size: tuple[int, int]) -> None:
    """Usable, not pretty."""
    async with place.running(size) as (driver, _reader):
        dialog = await add_dialog(driver)
        assert dialog.address.field.region.height == 1
        await driver.press("ctrl+t", "down", "tab")
        await driver.press("escape")
        found = await form(driver)
        await driver.press("pagedown", "down")
        assert found.focused is not None
        assert found.fields.region.contains_region(found.focused.region)


async def test_the_feed_of_a_page_is_followed_with_one_key(place: Place) -> None:
    """An address of the front page in feeds.toml: the source says what was found, Enter takes it."""
    place.write(place.before.replace("/utama", "/"))
    async with place.running() as (driver, _reader):
        await driver.shows("This is a web page, not a feed", "⏎  use that feed instead")
        assert place.server.url("/dua") not in place.text

        await driver.press("enter")
        if driver.screen.panes.focused is driver.screen.sidebar:
            await driver.press("enter")
        await driver.until(lambda: place.load().feeds[0].url == place.server.url("/dua"))
        await driver.until(lambda: len(driver.screen.list.ids) == 3)
        await driver.press("u")
        await driver.until(lambda: place.load().feeds[0].url == place.server.url("/"))
