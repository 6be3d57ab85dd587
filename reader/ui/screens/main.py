"""The screen one reads on: sources, list and article, the filter above, the status below."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.message import Message
from textual.reactive import Reactive
from textual.widget import Widget
from textual.worker import Worker, WorkerState, WorkType

from reader.errors import ReaderError, StorageError
from reader.i18n import _
from reader.ui.article.messages import EndReached, HintsChanged, LinkCopied, LinkOpened
from reader.ui.article.view import ArticleView
from reader.ui.commands import KeyMap, command
from reader.ui.drawing import DrawnUnderDialogs, draw_again_after_a_stop, draw_all_again, draw_what_changed
from reader.ui.key_order import AWAITED
from reader.ui.once import LaidOnce
from reader.ui.screens.dialogs import Dialogs
from reader.ui.screens.late import LateParts
from reader.ui.screens.lists import Lists
from reader.ui.screens.marks import Marks
from reader.ui.screens.memory import Memory
from reader.ui.screens.pages import trouble_page, with_keys
from reader.ui.screens.panes import Panes
from reader.ui.screens.reading import Reading
from reader.ui.screens.refreshing import Refreshing
from reader.ui.screens.speaking import Speaking
from reader.ui.screens.telling import Telling
from reader.ui.screens.watching import Watching
from reader.ui.textual_inside import TYPED_INTO, Guarded, let_processes_start
from reader.ui.widgets.article_list import ArticleList
from reader.ui.widgets.divider import Divider
from reader.ui.widgets.filter_bar import FilterBar
from reader.ui.widgets.notice_page import NoticePage
from reader.ui.widgets.sidebar import Sidebar
from reader.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from reader.core.beginning import Beginning
    from reader.model import Config
    from reader.ui.port import ReaderPort
    from reader.ui.screens.watching import ConfigLoader

__all__ = ["MainScreen"]

RIGHT_BUTTON = 3
UNUSABLE = 3
"""Exit status where the database cannot be used."""
TICK_SECONDS = 30.0
"""How often ages are told anew."""
FIRST_ROWS_SECONDS = 0.5
"""How long the first paint waits for the first rows."""
AFTER_PAINT_SECONDS = 0.2
"""The network waits until the first rows are seen."""
OpenReader = Callable[[], Awaitable["ReaderPort"]]


class MainScreen(Guarded, DrawnUnderDialogs, LaidOnce):
    """Joins the panes to the reader. Each group of commands has a part of its own with a ``do_noun_verb`` for each."""

    AUTO_FOCUS = "ArticleList"
    HORIZONTAL_BREAKPOINTS = [(0, "-one"), (80, "-two"), (120, "-three")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (12, "-high")]

    class Failed(Message):
        """Something unexpected went wrong in the background."""

        def __init__(self, error: BaseException) -> None:
            super().__init__()
            self.error = error
            """What."""

    class Ready(Message):
        """The first rows are there; what is slow may begin."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """What has the keys. Textual's own draws the whole screen again when that changes; the widgets draw themselves."""

    bar = query_one(FilterBar)
    sidebar = query_one(Sidebar)
    list = query_one(ArticleList)
    listing_pane = query_one(".listing", Vertical)
    page = query_one(NoticePage)
    article = query_one(ArticleView)
    status = query_one(StatusLine)

    def __init__(
        self,
        config: Config,
        open_reader: OpenReader,
        *,
        has_network: bool = True,
        load_config: ConfigLoader | None = None,
    ) -> None:
        super().__init__()
        draw_what_changed(self)
        self.is_settled = False
        """The first rows are on the screen."""
        self.exit_status = 0
        """What the process ends with."""
        self.has_network = has_network
        """Feeds are asked on their own; False: only when the reader says so."""
        self.keymap = KeyMap(config.settings.keys, config.keys)
        """Which keys mean which commands."""
        self._config = config
        self._open_reader = open_reader
        self._load_config = load_config
        self._reader: ReaderPort | None = None
        self._parts: list[object] = []
        self._has_rows = asyncio.Event()
        self.beginning: Beginning | None = None
        """What a first start offers; None: nothing, as in the demo."""
        self.panes = Panes(self)
        """Which panes show."""
        self.dialogs = Dialogs(self)
        """What opens over the screen."""
        self.speaking = Speaking(self)
        """Which language all is told in."""
        self.telling = Telling(self)
        """What the bottom line says."""

    def compose(self) -> ComposeResult:
        """Everything is there from the start; style classes decide what shows."""
        self.take_breakpoints()
        yield FilterBar()
        with Horizontal(classes="panes"):
            yield Sidebar()
            yield Divider(classes="left")
            with Vertical(classes="listing"):
                yield ArticleList(rows=self._config.settings.rows)
                yield NoticePage()
            yield Divider(classes="right")
            yield ArticleView()
        yield StatusLine()

    async def on_mount(self) -> None:
        """Keys first, then the database."""
        self.speaking.bind_keys()
        draw_again_after_a_stop(self)
        self._parts = [self, self.panes, self.dialogs, self.speaking]
        self.show_status()
        self.work(self._begin, "begin")
        # Painted together with the first rows the screen appears once; where they take long, it does not wait for them.
        with suppress(TimeoutError):
            await asyncio.wait_for(self._has_rows.wait(), FIRST_ROWS_SECONDS)

    async def _begin(self) -> None:
        try:
            reader = await self._open_reader()
        except StorageError as error:
            self.panes.leave_alone(is_alone=True)
            self.page.show(with_keys(trouble_page(str(error), error.path), self.keymap))
            self.exit_status = UNUSABLE
            self.show_status()
            self._has_rows.set()
            return
        self._reader = reader
        self.lists, self.reading, self.marks = Lists(self, reader), Reading(self, reader), Marks(self, reader)
        self.refreshing, self.memory = Refreshing(self, reader), Memory(self, reader)
        self.late = LateParts(self, reader)
        self._parts += [self.lists, self.reading, self.marks, self.refreshing]
        self.dialogs.reader = self.speaking.reader = self.telling.reader = reader
        await self.speaking.restore()
        await self.dialogs.restore_looks()
        place = await self.memory.restore()
        self.list.set_now(reader.now(), reader.zone)
        self.lists.begin_at(place)
        await self.lists.load_sidebar()
        self.telling.tell_troubles(reader)
        self.watching = Watching(self, reader, self._load_config)
        self.watching.start()
        self.memory.watch()
        self.set_interval(TICK_SECONDS, self._tick)
        self.set_timer(AFTER_PAINT_SECONDS, self._after_paint)

    async def leave(self) -> None:
        """Remember where the reader was, while there still are panes to ask."""
        if self._reader is not None:
            await self.memory.save()

    async def let_go(self) -> None:
        """Close database and network; nothing under way is waited for."""
        reader, self._reader = self._reader, None
        if reader is not None:
            self.workers.cancel_all()
            self.late.close()
            await reader.close()

    def work(self, job: WorkType[None], group: str, *, exclusive: bool = True) -> None:
        """Do something in the background; an exclusive job replaces the one before it in its group."""
        self.run_worker(job, group=group, exclusive=exclusive, exit_on_error=False)

    def say(self, message: str, *, is_warning: bool = False) -> None:
        """Tell what just happened, for a moment."""
        self.telling.say(message, is_warning=is_warning)

    def show_status(self) -> None:
        """Tell what is the weightiest now."""
        self.telling.show()

    def first_rows_came(self) -> None:
        """The list has something to show, or knows that there is nothing."""
        self._has_rows.set()

    def remember(self) -> None:
        """Something worth keeping changed."""
        if self._reader is not None:
            self.memory.later()

    def action_command(self, id_: str, number: int = 0) -> None:
        """Carry out a command of the table. ``number``: which of its keys, for those that count."""
        if id_ in TYPED_INTO and self._takes_text:
            raise SkipAction
        if self._reader is not None:
            self.telling.heed()
            self.reading.hear(id_)
        if (method := self.doer(id_)) is not None:
            call = partial(method, number) if number else method
            if inspect.iscoroutinefunction(method):
                self.work(call, AWAITED if command(id_).is_awaited else "command", exclusive=False)
            else:
                call()

    def doer(self, id_: str) -> Callable[..., Any] | None:
        """What carries out a command; None while there is no database."""
        name = f"do_{id_.replace('.', '_')}"
        found = (getattr(part, name) for part in self._parts if hasattr(part, name))
        return next(found, None) or (self.late.doer(id_) if self._reader is not None else None)

    @property
    def _takes_text(self) -> bool:
        """What is typed now is text."""
        return self.bar.field.has_focus or self.article.check_consume_key("x", "x")

    async def do_view_back(self) -> None:
        """One level back; at the top: quit."""
        if not self.panes.back():
            await self.do_app_quit()

    def do_view_escape(self) -> None:
        """Leave the filter, the search or the range; again: clear the filter."""
        if self.bar.field.has_focus:
            self.panes.show_list()
        elif self.article.is_finding:
            self.article.close_find()
        elif self.list.is_picking:
            self.marks.do_list_pick()
        elif self.has_class("-sources"):
            self.panes.show_list()
        elif self._reader is not None and self.lists.listing.query:
            self.bar.set_query("")
            self.lists.filter("")

    def do_find_open(self) -> None:
        """Search in the open article."""
        self.panes.show_article(focus=True)
        self.article.open_find()

    def do_find_next(self) -> None:
        """The search's next hit."""
        self.article.next_hit()

    def do_find_previous(self) -> None:
        """The search's previous hit."""
        self.article.next_hit(-1)

    async def do_app_quit(self) -> None:
        """Quit."""
        await self.leave()
        self.app.exit(return_code=self.exit_status)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys of the search count only while it is open."""
        if action == "command" and parameters and str(parameters[0]) in {"find.next", "find.previous"}:
            return self.article.is_finding
        return True

    @on(FilterBar.Changed)
    def _filter_changed(self, event: FilterBar.Changed) -> None:
        if self._reader is not None:
            self.lists.filter(event.query)
            self.remember()

    @on(FilterBar.Left)
    def _filter_left(self, event: FilterBar.Left) -> None:
        if self._reader is not None:
            self.late.filtering.typing.leave(event.query)

    @on(FilterBar.Submitted)
    def _filter_submitted(self) -> None:
        self.panes.show_list()

    @on(ArticleList.Highlighted)
    def _highlighted(self, event: ArticleList.Highlighted) -> None:
        if event.by_hand:
            self.telling.moved_to(event.article_id)
        self.reading.rest_on(event.article_id, by_hand=event.by_hand)
        self.remember()

    @on(ArticleList.Opened)
    def _opened(self, event: ArticleList.Opened) -> None:
        self.reading.open(event.article_id, focus=True)

    @on(ArticleList.RowsWanted)
    def _rows_wanted(self, event: ArticleList.RowsWanted) -> None:
        self.lists.fill(event.ids)

    @on(Sidebar.Selected)
    def _selected(self, event: Sidebar.Selected) -> None:
        self.lists.go(event.source)
        self.bar.show_where(self.lists.source_name)
        self.show_status()
        self.remember()

    @on(Sidebar.Entered)
    def _entered(self) -> None:
        self.panes.show_list()

    @on(Sidebar.Folded)
    def _folded(self, event: Sidebar.Folded) -> None:
        self.lists.fold(event.key, is_open=event.is_open)

    @on(Divider.Dragged)
    def _dragged(self, event: Divider.Dragged) -> None:
        self.panes.drag(event.divider, event.cells)

    @on(LinkOpened)
    def _link_opened(self, event: LinkOpened) -> None:
        self.late.outings.browse(event.url)

    @on(LinkCopied)
    def _link_copied(self, event: LinkCopied) -> None:
        self.late.outings.copy(event.url, _("Link copied"))

    @on(HintsChanged)
    def _hints_changed(self) -> None:
        self.show_status()

    @on(EndReached)
    def _end_reached(self, event: EndReached) -> None:
        self.reading.ended(event.article_id)

    @on(Worker.StateChanged)
    def _worker_changed(self, event: Worker.StateChanged) -> None:
        if event.state is not WorkerState.ERROR or (error := event.worker.error) is None:
            return
        if isinstance(error, ReaderError):
            self.say(str(error), is_warning=True)
        else:
            self.post_message(self.Failed(error))

    def on_click(self, event: events.Click) -> None:
        """The right button opens the menu of what it was pressed on."""
        if event.button == RIGHT_BUTTON and self._reader is not None:
            self.late.menus.open_at(event)

    def on_screen_resume(self) -> None:
        """A dialog stood over the screen."""
        draw_all_again(self)

    def on_resize(self, _event: events.Resize) -> None:
        """Fit panes and hints to the new size."""
        self.panes.fit()
        self.show_status()
        if self._reader is not None:
            self.lists.fit()
            self.reading.fit()

    def on_descendant_focus(self) -> None:
        """The hints go with the pane."""
        self.bar.set_class(self.bar.field.has_focus, "-filtering", update=self.has_class("-low"))
        self.show_status()
        if self._reader is not None:
            self.remember()
            self.bar.show_answer(self.lists.answer, self.lists.listing.query, is_wide=self.lists.listing.is_wide)

    def _tick(self) -> None:
        if self._reader is not None:
            self.list.set_now(self._reader.now(), self._reader.zone)
            self.article.tell_time(self._reader.now())
            self.show_status()

    def _after_paint(self) -> None:
        self.is_settled = True
        self.post_message(self.Ready())
        let_processes_start()
        if self.has_network and self._reader is not None:
            self.refreshing.start()
