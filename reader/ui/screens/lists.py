"""Keeps list, filter bar and sidebar in step with what is asked and what the store answers."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reader.i18n import _
from reader.model import SourceCounts
from reader.ui.drawing import draw_now
from reader.ui.health_note import health_note
from reader.ui.screens.listing import ALL, Listing
from reader.ui.screens.memory import LeftAt
from reader.ui.screens.pages import Situation, failure_page, list_page, with_keys
from reader.ui.widgets.row_map import NO_DAYS
from reader.ui.widgets.sidebar_model import build_lines, feed_name, keys_around, source_label

if TYPE_CHECKING:
    from datetime import date

    from textual.timer import Timer

    from reader.model import Answer, Feed, Source
    from reader.ui.port import ReaderPort
    from reader.ui.screens.main import MainScreen
    from reader.ui.widgets.article_list import Place
    from reader.ui.widgets.notice_page import Page
    from reader.ui.widgets.row_map import Days

__all__ = ["Lists"]

ROOMY_LINES = 24
"""From this height on the sidebar has air between its parts."""
REST_SECONDS = 1.0
"""So long nothing is typed, and a value the filter ends with counts as typed to its end."""


class Lists:
    """Which articles are listed."""

    def __init__(self, screen: MainScreen, reader: ReaderPort) -> None:
        self._screen = screen
        self._reader = reader
        self.listing = Listing()
        """What is asked."""
        self.answer: Answer | None = None
        """The last answer."""
        self.feeds: tuple[Feed, ...] = ()
        """All feeds, as last told."""
        self.counts = SourceCounts()
        """The sidebar's numbers."""
        self.folded: set[str] = set()
        """Keys of the sidebar's folded lines."""
        self._hits_of = ""
        self._has_gaps: bool | None = None
        self._begun_at = LeftAt()
        self._rest: Timer | None = None
        self._left: int | None = None  # the article a filter came over; None: another one was chosen since
        self._going_back = False  # it is not under the cursor again yet

    @property
    def source_name(self) -> str:
        """What the selected source is called."""
        return source_label(self.listing.source, self.feeds)

    @property
    def found_feed(self) -> Feed | None:
        """The feed listed, where the list is empty because a web page came and a feed was found for it."""
        if self._screen.list.ids or self.listing.source.name != "feed" or self.listing.query:
            return None
        return next((one for one in self.feeds if one.id == self.listing.source.value and one.state.found_url), None)

    def go(self, source: Source) -> None:
        """List a source."""
        if source == self.listing.source:
            return
        self.listing = self.listing.at(source)
        self.choose()
        self._screen.sidebar.select(source)
        self.ask("top")

    def reveal(self, source: Source) -> None:
        """Unfold whatever hides a source in the sidebar, and put the cursor on it."""
        closed = self.folded.intersection(keys_around(source, self.feeds))
        if closed:
            self.folded -= closed
            self.show_sidebar()
        self._screen.sidebar.select(source)

    def filter(self, query: str) -> None:
        """List what matches; every keystroke is asked at once.

        Cleared, the list is at the article it was on before, or at the one that was chosen in between.
        """
        view = self._screen.list
        if query and not self.listing.query and not self._going_back:
            self._left = view.article_id
        self.listing = self.listing.filtered(query)
        article_id = view.article_id if self._left is None else self._left
        self._going_back = not query
        if self._rest is not None:
            self._rest.stop()
        self._rest = self._screen.set_timer(REST_SECONDS, self.tell_problem)
        self.ask("top" if query or article_id is None else article_id)

    def tell_problem(self) -> None:
        """Say what is wrong with the filter, as unfinished as it stands: typing rests, or is done."""
        query = self.listing.query
        self._screen.bar.complain(query, *self._reader.problem(query))
        self._screen.bar.show_answer(self.answer, query, is_wide=self.listing.is_wide)

    def choose(self) -> None:
        """The reader went to an article, or elsewhere, by himself: a filter that is cleared does not take him back."""
        self._left, self._going_back = None, False

    def keep(self, *article_ids: int) -> None:
        """Let articles stay in an unread list although they are read now."""
        self.listing = self.listing.keeping(*article_ids)

    def ask(self, place: Place | int = "keep") -> None:
        """Ask again; the question before is given up."""
        self._screen.work(partial(self._ask, self.listing, place), "ask")

    def begin_at(self, place: LeftAt) -> None:
        """List what was listed at the end of the last session, at the same place."""
        self._begun_at = place
        self.ask(place.article_id if place.article_id is not None else "top")

    def fill(self, ids: Sequence[int]) -> None:
        """Get rows that will soon be seen."""
        self._screen.work(partial(self._fill, ids), "rows", exclusive=False)

    def update(self, ids: Sequence[int]) -> None:
        """Get rows that changed, and the numbers they count in."""
        self._screen.work(partial(self._fill, ids), "rows", exclusive=False)
        self.update_sidebar()

    def update_sidebar(self) -> None:
        """Get feeds and numbers anew."""
        self._screen.work(self.load_sidebar, "sidebar")

    async def load_sidebar(self) -> None:
        """Read feeds and numbers, and show them."""
        self.feeds = await self._reader.feeds()
        self.counts = await self._reader.counts()
        if not self._is_there(self.listing.source):
            self.listing = self.listing.at(ALL)
            self.ask("top")
        self.show_sidebar()
        self.show_page()
        self._screen.show_status()

    def _is_there(self, source: Source) -> bool:
        """The feed or folder listed is still in feeds.toml."""
        match source.name:
            case "feed":
                return any(feed.id == source.value for feed in self.feeds)
            case "folder":
                return any(f"{feed.config.folder}/".startswith(f"{source.value}/") for feed in self.feeds)
            case _:
                return True

    def show_sidebar(self) -> None:
        """Show feeds and numbers as last read."""
        screen, now = self._screen, self._reader.now()
        has_gaps = self._has_gaps = screen.app.size.height >= ROOMY_LINES
        screen.sidebar.set_lines(
            build_lines(
                self.feeds,
                self.counts,
                self._reader.config.filters,
                folded=self.folded,
                note_of=lambda feed: health_note(feed, self._reader.health(feed), now),
                has_gaps=has_gaps,
            )
        )
        screen.sidebar.select(self.listing.source)
        screen.bar.show_where(self.source_name)

    def fit(self) -> None:
        """Obey another size of the screen."""
        if self._has_gaps != (self._screen.size.height >= ROOMY_LINES):
            self.show_sidebar()

    def fold(self, key: str, *, is_open: bool) -> None:
        """Fold or unfold a line of the sidebar."""
        (self.folded.discard if is_open else self.folded.add)(key)
        self.show_sidebar()
        self._screen.remember()

    def show_page(self) -> None:
        """Say why the list is empty, if it is."""
        page = self._page()
        is_told = bool(self.feeds) or not self._reader.config.feeds
        is_bare = is_told and not any(feed.articles for feed in self.feeds)
        self._screen.panes.leave_alone(is_alone=page is not None and is_bare)
        self._screen.page.show(page and with_keys(page, self._screen.keymap))

    def do_filter_focus(self) -> None:
        """Keys to the filter; what it finds is to be seen while one types."""
        self._screen.remove_class("-reading", "-zen", "-sources")
        self._screen.set_focus(self._screen.bar.field)

    def do_filter_widen(self) -> None:
        """The filter over everything, and back."""
        self.listing = replace(self.listing, is_wide=not self.listing.is_wide and bool(self.listing.query))
        self.ask("top")

    def do_list_toggle_read(self) -> None:
        """Hide or show read articles."""
        self.listing = replace(self.listing, show_read=not self.listing.show_read, sticky=frozenset())
        self._screen.say(_("Read articles shown") if self.listing.show_read else _("Read articles hidden"))
        self.ask("keep")
        self._screen.remember()

    def do_source_next_unread(self) -> None:
        """Go to the next source with something unread."""
        self._go_to_unread(1)

    def do_source_previous_unread(self) -> None:
        """Go to the source before with something unread."""
        self._go_to_unread(-1)

    def _go_to_unread(self, step: int) -> None:
        screen = self._screen
        if not screen.sidebar.move_to_unread(step):
            screen.say(_("Nothing unread in other sources"))
        elif screen.focused is not screen.sidebar:
            screen.panes.show_list()

    def do_list_group(self) -> None:
        """A heading above each day, or none."""
        self.listing = replace(self.listing, by_day=not self.listing.by_day)
        self._screen.say(_("Grouped by day") if self.listing.by_day else _("Not grouped by day"))
        self.ask("keep")
        self._screen.remember()

    async def _ask(self, listing: Listing, place: Place | int) -> None:
        question = listing.question()
        view = self._screen.list
        view.set_one_feed(listing.place.name == "feed")
        is_first = True
        async for answer in self._reader.ask(question):
            if listing is not self.listing:
                return
            if place == "keep" and not answer.is_final and len(answer.ids) <= view.cursor + view.page:
                continue
            if isinstance(place, int) and self.answer and not answer.is_final and place not in answer.ids:
                continue
            days = await self._days(answer) if listing.by_day else NO_DAYS
            await self._seen(answer.ids, 0 if place == "top" else view.first)
            self._mark_hits(listing)
            view.set_ids(answer.ids, days=days, place=place, rows_above=self._begun_at.rows_above)
            self._going_back = self._going_back and place != view.article_id
            if place in {"top", view.article_id}:
                self._begun(place)
                place = "keep"
            self._show_answer(answer, listing)
            self._screen.first_rows_came()
            await self._screen.is_up.wait()
            self._screen.article.update_hits(view.painter.hits)
            if (answer.is_final or (is_first and answer.ids)) and self._screen.is_settled:
                # What is there is seen at once, and before the rest is looked for, which would take turns with the
                # drawing. A list empty so far is not: mostly the page that says why comes next. Of what comes between
                # only the scrollbar tells.
                is_first = False
                await draw_now(self._screen)

    async def _days(self, answer: Answer) -> Days:
        """Where each day begins; by best match the days are mixed."""
        if answer.order == "rank":
            return NO_DAYS
        from reader.ui.widgets.days import find_days

        async def day_of(ids: Sequence[int]) -> Sequence[date | None]:
            dates = await self._reader.dates(ids)
            return [when and when.astimezone(self._reader.zone).date() for when in dates]

        return await find_days(answer.ids, day_of, is_final=answer.is_final)

    def _begun(self, place: Place | int) -> None:
        """The article of the last session is under the cursor again: if it was being read, go on with it."""
        begun, self._begun_at = self._begun_at, LeftAt()
        if begun.is_reading and place == begun.article_id:
            # Laid out before the first layout, it would be laid out for no width at all, and lose its place.
            self._screen.call_after_refresh(self._screen.reading.enter)

    async def _seen(self, ids: array[int], first: int) -> None:
        """Have the rows that will be in sight, so that no gap flashes up."""
        view = self._screen.list
        rows = max(view.page, self._screen.app.size.height // 2)
        lacking = view.lacking(ids[first : first + rows + 1])
        if lacking:
            view.put_rows(await self._reader.rows(lacking))

    def _show_answer(self, answer: Answer, listing: Listing) -> None:
        if answer.total is not None or self.answer is None or self.answer.question != answer.question:
            self.answer = answer
            self._screen.bar.show_answer(answer, listing.query, is_wide=listing.is_wide)
        self.show_page()

    def _mark_hits(self, listing: Listing) -> None:
        """Mark what matched, together with the rows that do: painted before them the list would be painted twice."""
        if listing.query != self._hits_of:
            self._hits_of = listing.query
            hits = self._reader.hits(listing.query, is_complete=False) if listing.query else None
            self._screen.list.set_hits(hits)

    async def _fill(self, ids: Sequence[int]) -> None:
        await self._screen.is_up.wait()
        rows = await self._reader.rows(ids)
        self._screen.list.put_rows(rows, gone=set(ids) - {row.id for row in rows})

    def _page(self) -> Page | None:
        listing, reader = self.listing, self._reader
        is_empty = self.answer is None or not self.answer.ids
        if is_empty and listing.source.name == "feed" and not listing.query:
            feed = next((feed for feed in self.feeds if feed.id == listing.source.value), None)
            if feed and feed.state.failure:
                return failure_page(feed, reader.sentence(feed), reader.now(), reader.zone)
        elsewhere = max(self.feeds, key=lambda feed: feed.unread, default=None)
        return list_page(
            Situation(
                config=reader.config,
                listing=listing,
                answer=self.answer,
                feeds=self.feeds,
                progress=self._screen.refreshing.progress,
                has_network=self._screen.has_network,
                notices=reader.notices,
                next_unread=feed_name(elsewhere) if elsewhere and elsewhere.unread else "",
            )
        )
