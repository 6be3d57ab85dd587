"""Opens dialogs over the screen, and does what was chosen in them.

Each dialog is loaded when it is first opened: none is needed to show the first screen.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reader.i18n import _
from reader.model import Source

if TYPE_CHECKING:
    from reader.model import Feed, SourceCounts
    from reader.ui.dialogs.choices import Choice
    from reader.ui.dialogs.feed_details import FeedWish
    from reader.ui.dialogs.picker import Picker
    from reader.ui.port import ReaderPort
    from reader.ui.screens.main import MainScreen
    from reader.ui.widgets.article_list import RowsMode

__all__ = ["Dialogs"]

THEME_KEY = "theme"
ROWS_KEY = "rows"
DAYS_IN_CHART = 30


class Dialogs:
    """Help, palette, jump, menus, details. Help and colours work even without a database."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self.reader: ReaderPort | None = None
        """Set once the database is open."""
        self.left_out: tuple[str, ...] = ()
        """What the last import could not take, a line each."""

    def do_help_open(self) -> None:
        """Show all keys; the chosen one is carried out."""
        from reader.ui.dialogs.menus import help_picker

        self._pick(help_picker(self._screen.keymap))

    def do_palette_open(self) -> None:
        """Find any command, source or theme."""
        from reader.ui.dialogs.menus import palette_picker

        app = self._screen.app
        filters = self.reader.config.filters if self.reader else ()
        self._pick(palette_picker(self._screen.keymap, self._feeds, filters, app.available_themes, app.theme))

    def do_source_jump(self) -> None:
        """Go to a source by its name."""
        from reader.ui.dialogs.menus import jump_picker

        if self.reader is not None:
            self._pick(jump_picker(self._feeds, self.reader.config.filters, self._counts))

    def do_problems_show(self) -> None:
        """Tell all that is wrong: in feeds.toml, with feeds, with what was imported."""
        from reader.ui.screens.troubles import troubles_dialog

        if self.reader is None:
            return
        dialog = troubles_dialog(self._screen, self.reader, self.left_out)
        if dialog is None:
            self._screen.say(_("No problems with feeds or feeds.toml"))
        else:
            self._screen.app.push_screen(dialog)

    def do_list_sort(self) -> None:
        """Choose the list's order."""
        from reader.ui.dialogs.menus import sort_picker

        if self.reader is not None:
            listing = self._screen.lists.listing
            self._pick(sort_picker(listing.sort, has_query=bool(listing.query), by_day=listing.by_day))

    def do_list_rows(self) -> None:
        """Rows of one line, or of two or three; remembered until feeds.toml has another mind."""
        rows: RowsMode = "comfortable" if self._screen.list.mode == "compact" else "compact"
        self._screen.list.set_mode(rows)
        self._screen.say(_("Compact rows") if rows == "compact" else _("Comfortable rows"))
        if self.reader is not None:
            state = {"setting": self.reader.config.settings.rows, "chosen": rows}
            self._screen.work(partial(self.reader.save_state, ROWS_KEY, state), "rows")

    async def restore_looks(self) -> None:
        """Take theme and height of rows of the last session, unless feeds.toml has another mind since."""
        await self._restore_theme()
        reader = self.reader
        kept = await reader.load_state(ROWS_KEY, None) if reader else None
        match kept:
            case {"setting": str(setting), "chosen": "compact" | "comfortable" as chosen} if reader is not None:
                if setting == reader.config.settings.rows:
                    self._screen.list.set_mode(chosen)

    def do_theme_choose(self) -> None:
        """Choose the colours; each one is tried on while the cursor is on it."""
        from reader.ui.dialogs.menus import theme_picker

        app = self._screen.app
        before = app.theme

        def taken(choice: Choice | None) -> None:
            self._use_theme(str(choice.value) if choice else before, keep=choice is not None)

        picker = theme_picker(
            app.available_themes, before, on_moved=lambda choice: self._use_theme(str(choice.value), keep=False)
        )
        app.push_screen(picker, taken)

    async def do_feed_details(self) -> None:
        """Show how the feed under the cursor is doing."""
        from reader.ui.dialogs.feed_details import FeedDetailsDialog
        from reader.ui.dialogs.feed_facts import FeedDetails

        reader, known = self.reader, self.feed()
        # What the sidebar knows may be older than a mark that was made in the same breath.
        feed = await reader.feed_now(known.id) if reader is not None and known is not None else None
        if reader is None or feed is None:
            self._screen.say(_("Select a feed first"))
            return
        details = FeedDetails(
            feed=feed,
            health=reader.health(feed),
            sentence=reader.sentence(feed),
            per_day=await reader.per_day(feed.id, DAYS_IN_CHART),
            now=reader.now(),
            zone=reader.zone,
        )
        self._screen.app.push_screen(FeedDetailsDialog(details), partial(self._grant, feed))

    async def _restore_theme(self) -> None:
        """Take the colours of the last session, unless feeds.toml or the terminal has another mind since."""
        app, reader = self._screen.app, self.reader
        kept = await reader.load_state(THEME_KEY, None) if reader else None
        match kept:
            case {"setting": str(setting), "chosen": str(chosen)} if reader is not None:
                same = setting == reader.config.settings.theme
                if same and chosen in app.available_themes and not app.current_theme.ansi:
                    app.theme = chosen

    @property
    def _feeds(self) -> tuple[Feed, ...]:
        return self._screen.lists.feeds if self.reader else ()

    @property
    def _counts(self) -> SourceCounts:
        return self._screen.lists.counts

    def _pick(self, picker: Picker) -> None:
        self._screen.app.push_screen(picker, self._carry_out)

    def _carry_out(self, choice: Choice | None) -> None:
        from reader.ui.dialogs.choices import Choice

        match choice:
            case Choice("command", value):
                self._screen.action_command(str(value))
            case Choice("feed", int(feed_id)):
                self.go(Source("feed", feed_id))
            case Choice("filter" | "folder" as kind, str(value)):
                self.go(Source(kind, value))
            case Choice("place", "all" | "unread" | "today" | "starred" as name):
                self.go(Source(name))
            case Choice("sort", "new" | "old" | "rank" as order):
                lists = self._screen.lists
                lists.listing = replace(lists.listing, sort=order)
                lists.ask("top")
                self._screen.remember()
            case Choice("query", str(text)) if self.reader is not None:
                self._screen.lists.do_filter_focus()
                self._screen.bar.type_in(f"{self._screen.bar.query_text} {text}".lstrip())
            case Choice("group"):
                self._screen.action_command("list.group")
            case Choice("theme", str(name)):
                self._use_theme(name, keep=True)

    def go(self, source: Source) -> None:
        """List a source, and show where it stands."""
        if self.reader is not None:
            self._screen.lists.go(source)
            self._screen.lists.reveal(source)
            self._screen.bar.show_where(self._screen.lists.source_name)
            self._screen.panes.show_list()
            self._screen.remember()

    def _use_theme(self, name: str, *, keep: bool) -> None:
        self._screen.app.theme = name
        if keep and self.reader is not None:
            state = {"setting": self.reader.config.settings.theme, "chosen": name}
            self._screen.work(partial(self.reader.save_state, THEME_KEY, state), "theme")

    def feed(self) -> Feed | None:
        """The feed the sidebar is on, if it has the keys or lists one; else the article's."""
        if self.reader is None:
            return None
        screen = self._screen
        source = screen.lists.listing.source
        article_id = screen.list.article_id
        row = screen.list.row(article_id) if article_id is not None else None
        feed_id = source.value if source.name == "feed" else row.feed_id if row else None
        return next((feed for feed in screen.lists.feeds if feed.id == feed_id), None)

    def _grant(self, feed: Feed, wish: FeedWish | None) -> None:
        if wish == "refresh":
            self._screen.refreshing.refresh([feed.id])
        elif wish == "browse":
            self._screen.late.outings.open_site(feed)
        elif wish == "stay":
            self._screen.work(partial(self._stay, feed), "redirect")
        elif wish == "found":
            self._screen.work(partial(self._screen.late.subscribing.follow_found, feed), "command", exclusive=False)
        elif wish == "edit":
            self._screen.work(partial(self._screen.late.subscribing.edit, feed), "command", exclusive=False)

    async def _stay(self, feed: Feed) -> None:
        if self.reader is not None:
            await self.reader.refuse_redirect(feed.id)
            self._screen.lists.update_sidebar()
            self._screen.say(_("The original address is used again"))
