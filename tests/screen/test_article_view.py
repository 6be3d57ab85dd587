"""The article pane in a terminal of its own."""

from __future__ import annotations

import pytest
from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.pilot import Pilot
from textual.selection import SELECT_ALL

from reader.model import Article, Document
from reader.model.document import Inline, Paragraph, Span
from reader.text import times
from reader.ui.article.finding import finder
from reader.ui.article.view import ArticleView
from reader.ui.once import LateStylesheet
from reader.ui.textual_inside import screen_text
from reader.ui.themes import THEMES
from tests.unit.ui.article.documents import EVERYTHING, LINKS, article, long_article
from tests.unit.ui.making import HOSTILE, NOW

ZONE = times.zone("Asia/Jakarta")


class ArticleApp(App[None]):
    """An article pane with the keys a screen would bind."""

    BINDINGS = [
        Binding("n", "say('n')"),
        Binding("q", "say('q')"),
        Binding("s", "say('s')"),
        Binding("left", "say('left')"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.stylesheet = LateStylesheet(variables=self.get_css_variables())
        self.heard: list[str] = []

    def compose(self) -> ComposeResult:
        yield ArticleView()

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "warta-dark"
        self.view.focus()

    @property
    def view(self) -> ArticleView:
        return self.query_one(ArticleView)

    def action_say(self, word: str) -> None:
        self.heard.append(word)

    @on(ArticleView.LinkOpened)
    def opened(self, event: ArticleView.LinkOpened) -> None:
        self.heard.append(f"open {event.url}")

    @on(ArticleView.LinkCopied)
    def copied(self, event: ArticleView.LinkCopied) -> None:
        self.heard.append(f"copy {event.url}")

    @on(ArticleView.EndReached)
    def ended(self, event: ArticleView.EndReached) -> None:
        self.heard.append(f"end {event.article_id}")

    def show(self, shown: Article, **more: object) -> None:
        self.view.show(shown, zone=ZONE, now=NOW, **more)  # type: ignore[arg-type]  # fields by name

    @property
    def text(self) -> str:
        return screen_text(self.screen)


async def resized(pilot: Pilot[None], columns: int, lines: int) -> None:
    """Change the terminal's size, and wait until the pane has it."""
    app = pilot.app
    assert isinstance(app, ArticleApp)
    await pilot.resize_terminal(columns, lines)
    for _ in range(1000):
        if app.view.outer_size == (columns, lines):
            break
        await pilot.pause(0.01)
    await pilot.pause()


async def opened(pilot: Pilot[None], shown: Article, **more: object) -> ArticleApp:
    """The pane with an article on show."""
    app = pilot.app
    assert isinstance(app, ArticleApp)
    await pilot.pause()
    app.show(shown, **more)
    await pilot.pause()
    return app


@pytest.mark.parametrize("size", [(24, 8), (60, 20), (120, 40), (250, 60)])
async def test_shows_an_article_at_every_size(size: tuple[int, int]) -> None:
    """From the smallest shell to a wall."""
    async with ArticleApp().run_test(size=size) as pilot:
        app = await opened(pilot, article())

        assert app.text.strip().startswith("Peserta naik")
        app.view.move("last")
        await pilot.pause()
        assert "a.mp3" in app.text


async def test_place_is_kept_for_each_article() -> None:
    """Coming back to a long read begins where one left."""
    async with ArticleApp().run_test(size=(80, 20)) as pilot:
        app = await opened(pilot, long_article(2000))
        app.view.move("page_down")
        app.view.move("page_down")
        await pilot.pause()
        place = app.view.scroll_offset.y

        app.show(article())
        await pilot.pause()
        assert app.view.scroll_offset.y == 0

        app.show(long_article(2000))
        await pilot.pause()
        assert app.view.scroll_offset.y == place > 0


async def test_another_width_keeps_the_paragraph() -> None:
    """A pane dragged wider must not lose the reader's line."""
    async with ArticleApp().run_test(size=(80, 20)) as pilot:
        paragraphs = tuple(Paragraph(Inline(f"alinea{n} " + "kata dan lagi " * 30)) for n in range(40))
        app = await opened(pilot, article(Document(paragraphs)))
        app.view.open_find()
        await pilot.press(*"alinea20", "escape")

        await resized(pilot, 50, 20)
        assert "alinea20" in app.text


async def test_starting_again_and_again_leaves_the_place() -> None:
    """A line lost at every start is a page lost in a month; panes get their widths only after the first layout."""
    async with ArticleApp().run_test(size=(63, 28)) as pilot:
        app = await opened(pilot, article(EVERYTHING))
        for row in range(1, min(20, int(app.view.max_scroll_y))):
            app.view.scroll_to(y=row, animate=False, force=True)
            kept = app.view.spots.to_state(9)
            for _start in range(3):
                await resized(pilot, 40, 28)
                await resized(pilot, 63, 28)
                app.show(article(EVERYTHING))
                assert app.view.spots.to_state(9) == kept
                app.view.spots.from_state(app.view.spots.to_state(9))
            assert app.view.scroll_offset.y == row


@pytest.mark.parametrize("height", range(8, 24))
async def test_space_goes_on_while_anything_is_below_the_screen(height: int) -> None:
    """The line on how to get the rest, and the list of links, are part of what is read."""
    async with ArticleApp().run_test(size=(80, height)) as pilot:
        app = await opened(pilot, article(), ending="x fetches the full article.")
        seen = app.text
        while app.view.page_on():
            await pilot.pause()
            seen += app.text

        assert "x fetches the full article." in seen
        assert not any(line.text.strip() for line in app.view._laid.lines[app.view.scroll_offset.y + height :])


async def test_space_pages_and_tells_the_end_once() -> None:
    """`mark_read = "end"` and "at the end the next unread" both hang on it."""
    async with ArticleApp().run_test(size=(80, 20)) as pilot:
        app = await opened(pilot, long_article(1000))
        pages = 0
        while app.view.page_on():
            await pilot.pause()
            pages += 1
        app.view.page_on()
        await pilot.pause()

        assert pages > 2
        assert app.heard == ["end 2"]


async def test_search_inside_goes_from_hit_to_hit() -> None:
    """`f`, a word, Enter, n, N, Esc."""
    async with ArticleApp().run_test(size=(60, 12)) as pilot:
        app = await opened(pilot, article())
        app.view.open_find()
        await pilot.press(*"harga")
        await pilot.pause()
        assert "1 of 4" in app.text
        assert app.heard == []

        await pilot.press("enter")
        app.view.next_hit()
        await pilot.pause()
        assert "2 of 4" in app.text
        assert "Harga" in app.text
        app.view.next_hit(3)
        await pilot.pause()
        assert "1 of 4" in app.text

        await pilot.press("n")
        assert app.heard == ["n"]
        app.view.close_find()
        await pilot.pause()
        assert "Find" not in app.text
        assert not app.view.is_finding


async def test_search_is_edited_and_left_by_keys() -> None:
    """What every input does, and nothing leaks to the commands."""
    async with ArticleApp().run_test(size=(60, 12)) as pilot:
        app = await opened(pilot, article())
        app.view.open_find()
        await pilot.press(*"qs", "backspace", "ctrl+u", *"nix nix")
        assert "Find: nix nix" in app.text
        assert "not found" in app.text
        await pilot.press("ctrl+w", "escape")

        assert not app.view.is_finding
        assert app.heard == []


async def test_letters_on_links_open_and_copy() -> None:
    """The number's place shows a letter; upper case copies."""
    async with ArticleApp().run_test(size=(80, 60)) as pilot:
        app = await opened(pilot, article())
        assert app.view.start_hints()
        await pilot.press("s")
        assert app.heard == [f"open {LINKS[1]}"] or app.heard == [f"open {LINKS[0]}"]

        app.view.start_hints()
        await pilot.press("S", "s")
        assert app.heard[1].startswith("copy ")
        assert app.heard[2] == "s"

        app.view.start_hints()
        await pilot.press("escape", "q")
        assert app.heard[3:] == ["q"]
        assert not app.view.is_hinting


async def test_numbers_open_links() -> None:
    """The number on screen is the number to press."""
    async with ArticleApp().run_test(size=(80, 40)) as pilot:
        app = await opened(pilot, article())

        assert app.view.open_link(2)
        assert not app.view.open_link(9)
        await pilot.pause()
        assert app.heard == [f"open {LINKS[1]}"]


async def test_only_web_and_mail_addresses_can_be_chosen() -> None:
    """A document with another scheme came past the worker; it still opens nothing."""
    links = ("file:///etc/passwd", "javascript:alert(1)", "https://contoh.example/a b\x1b[31m")
    document = Document((Paragraph(Inline("satu", (Span(0, 4, "link", 0),))),), links)
    async with ArticleApp().run_test(size=(80, 20)) as pilot:
        app = await opened(pilot, article(document))

        assert not app.view.open_link(1)
        assert not app.view.open_link(2)
        app.view.open_link(3)
        await pilot.pause()
        assert all("\x1b" not in word for word in app.heard)


async def test_click_follows_a_link_and_unfolds() -> None:
    """The mouse does what the keys do."""
    async with ArticleApp().run_test(size=(80, 60)) as pilot:
        app = await opened(pilot, article())
        rows = app.text.splitlines()
        row = next(y for y, line in enumerate(rows) if "Jumlah¹" in line)
        await pilot.click(ArticleView, offset=(rows[row].index("Jumlah") + 1, row))
        row = next(y for y, line in enumerate(rows) if "Related" in line)
        await pilot.click(ArticleView, offset=(rows[row].index("Related"), row))
        await pilot.pause()

        assert app.heard == [f"open {LINKS[0]}"]
        assert "Kapal perintis" in app.text


async def test_selection_copies_the_authors_lines() -> None:
    """Our line breaks are not part of the text."""
    sentence = "Jumlah peserta jaminan sosial di kabupaten ini naik lagi tahun ini, katanya."
    async with ArticleApp().run_test(size=(40, 30)) as pilot:
        app = await opened(pilot, article(Document((Paragraph(Inline(sentence)), Paragraph(Inline("Lagi."))))))
        copied = app.view.get_selection(SELECT_ALL)

        assert copied is not None
        assert f"{sentence}\n\nLagi." in copied[0]


async def test_dragging_selects_characters_not_cells() -> None:
    """Behind wide characters cells and characters part company."""
    async with ArticleApp().run_test(size=(40, 30)) as pilot:
        app = await opened(pilot, article(Document((Paragraph(Inline("日本語 abcdef")),))))
        rows = app.text.splitlines()
        row = next(y for y, line in enumerate(rows) if "日本語" in line)
        left = rows[row].index("日")
        await pilot.mouse_down(ArticleView, offset=(left, row))
        await pilot.hover(ArticleView, offset=(left + 10, row))
        await pilot.mouse_up(ArticleView, offset=(left + 10, row))
        await pilot.pause()

        assert (app.screen.get_selected_text() or "").strip() in {"日本語 abc", "日本語 abcd"}


async def test_filter_hits_are_marked_by_more_than_colour() -> None:
    """Underlined as well."""
    async with ArticleApp().run_test(size=(80, 30)) as pilot:
        app = await opened(pilot, article(), hits=finder("tongkol"))
        strips = [app.view.render_line(y) for y in range(30)]
        marked = [segment for strip in strips for segment in strip if segment.text == "Tongkol"]

        assert [bool(segment.style and segment.style.underline) for segment in marked] == [True]


async def test_code_gets_its_colours_after_the_first_paint() -> None:
    """Pygments loads while the reader reads the headline."""
    async with ArticleApp().run_test(size=(80, 60)) as pilot:
        app = await opened(pilot, article())
        for _turn in range(50):
            if app.view._page.is_highlighted:
                break
            await pilot.pause(0.02)

        assert app.view._page.is_highlighted
        assert "return 'murah'" in app.text


async def test_theme_change_paints_anew() -> None:
    """Kept strips have the old colours."""
    async with ArticleApp().run_test(size=(80, 30)) as pilot:
        app = await opened(pilot, article())
        before = app.view.render_line(0)
        app.theme = "warta-light"
        await pilot.pause()

        assert app.view.render_line(0).text == before.text
        assert list(app.view.render_line(0)) != list(before)


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_hostile_article_is_only_text(hostile: str) -> None:
    """Nothing from outside is markup, and no key or click in it does anything."""
    inline = Inline(hostile or "-")
    document = Document((Paragraph(inline), Paragraph(inline, "related")), ("https://contoh.example/",))
    async with ArticleApp().run_test(size=(60, 40)) as pilot:
        app = await opened(
            pilot, article(document, title=hostile, feed=hostile, tags=(hostile,), other_feeds=(hostile,))
        )
        app.view.show_page(hostile, hostile)
        await pilot.pause()
        for y in (0, 2, 4):
            await pilot.click(ArticleView, offset=(6, y))

        assert app.is_running
        assert "\x1b" not in app.text
        if hostile in {"[/", "x [/] y", "[@click=app.quit]x[/]", "price [$5]", "[b"}:
            assert hostile in app.text


async def test_page_of_words_where_there_is_no_article() -> None:
    """A blank pane explains nothing."""
    async with ArticleApp().run_test(size=(60, 10)) as pilot:
        app = pilot.app
        assert isinstance(app, ArticleApp)
        await pilot.pause()
        assert "No article is open." in app.text

        app.view.show_page("Offline", "What is stored can be read.")
        await pilot.pause()
        assert "What is stored can be read." in app.text
        assert not app.view.start_hints()
        assert not app.view.toggle_related()


async def test_same_article_again_keeps_fold_and_place() -> None:
    """A star set while reading must not jump to the top."""
    async with ArticleApp().run_test(size=(60, 10)) as pilot:
        app = await opened(pilot, article(EVERYTHING))
        app.view.toggle_related()
        app.view.move("last")
        await pilot.pause()
        place = app.view.scroll_offset.y

        app.show(article(EVERYTHING, is_starred=True))
        await pilot.pause()
        assert app.view.scroll_offset.y == place
        assert "▾" in "".join(line.text for line in app.view._laid.lines)
