"""Which article is read, when it counts as read, and which one comes next."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual.timer import Timer

from reader.errors import NotFoundError
from reader.i18n import _
from reader.ui.article.texts import shown_text
from reader.ui.article.view import ArticleView
from reader.ui.drawing import draw_now

if TYPE_CHECKING:
    from reader.model import Article
    from reader.ui.port import ReaderPort
    from reader.ui.screens.main import MainScreen

__all__ = ["Reading"]

PREVIEW_SECONDS = 0.07
"""A cursor that runs on renders no article."""
REST_SECONDS = 2.0
"""So long on an article, and it counts as opened."""
SNIPPET_WORDS = 120
"""What is no longer is offered to be fetched whole."""
_WORK = ("cursor.", "article.", "link.", "find.")
"""Commands that show that the reader is at the article under the cursor."""
_SETTLED_BY_HAND = {"article.toggle_read", "step.undo"}
"""After these the reader has said himself whether it is read."""
_CHUNK = 200
_CHUNKS = 100


class Reading:
    """The article pane's contents."""

    def __init__(self, screen: MainScreen, reader: ReaderPort) -> None:
        self._screen = screen
        self._reader = reader
        self._preview: Timer | None = None
        self._rest: Timer | None = None
        self._is_settled = False
        self._feeds_texts: set[int] = set()
        self.has_both = False
        """The article on show was shown as one with two texts."""
        self.other_text = ""
        """What the key for the whole article brings of the article on show; empty: nothing it does not show."""
        self._coming: int | None = None
        self._loaded: Article | None = None
        self._opened: int | None = None
        self.seen_end: int | None = None
        """The article whose end came into sight while it was only previewed."""

    def rest_on(self, article_id: int | None, *, by_hand: bool) -> None:
        """The list's cursor came to an article; what merely happens to be first is not read by lying there."""
        self._stop()
        if article_id is None:
            self._screen.article.show_page("", _("No article is open."))
            self.other_text = ""
        else:
            self._preview_soon(article_id)
        if by_hand:
            self._screen.lists.choose()
            self._watch(article_id)

    def fit(self) -> None:
        """Obey another size of the screen: where there is room for an article now, it is the one under the cursor."""
        if (article_id := self._screen.list.article_id) is not None:
            self._stop_preview()
            self._preview_soon(article_id)

    def hear(self, command: str) -> None:
        """A command was given; some tell that the reader is at the article, some settle whether it is read."""
        if command in _SETTLED_BY_HAND:
            self._stop_rest()
            self._is_settled = True
        elif command.startswith(_WORK) and self._has_focus and (self._rest is not None or not self._is_settled):
            # The rest begins anew: what the command does is told before the article counts as read.
            self._stop_rest()
            self._watch(self._screen.list.article_id)
        if command.startswith(_WORK) and self._screen.focused is self._screen.article:
            self._begin(self._screen.article.article_id)

    def enter(self) -> None:
        """Open the article under the cursor and give the article pane the keys."""
        if (article_id := self._screen.list.article_id) is not None:
            self.open(article_id, focus=True)

    def open(self, article_id: int, *, focus: bool) -> None:
        """Show an article at once; it counts as read now."""
        self._stop()
        self._screen.lists.choose()
        self._screen.panes.show_article(focus=focus)
        self._show(article_id)
        if self._reader.config.settings.mark_read == "open":
            self._count_read(article_id)
        self._begin(article_id)

    def ended(self, article_id: int) -> None:
        """The article's end came into sight; a preview is not read by that."""
        if self._reader.config.settings.mark_read != "end":
            return
        if article_id == self._opened or self._screen.focused is self._screen.article:
            self._count_read(article_id)
        else:
            self.seen_end = article_id

    def show_again(self, article_id: int) -> None:
        """Show an article anew if it is the one on show: its text or its marks changed."""
        if self._screen.article.article_id == article_id == self._coming:  # else another one is on its way
            self._show(article_id)

    def look(self) -> None:
        """`look_again`, in the background."""
        self._screen.work(self.look_again, "look")

    async def look_again(self) -> None:
        """Show the article on show anew if it is another by now; one that is gone can be read to its end."""
        article_id, loaded = self._screen.article.article_id, self._loaded
        if article_id is None or loaded is None or loaded.row.id != article_id or self._screen.article.is_hinting:
            return
        try:
            article = await self._reader.article(article_id)
        except NotFoundError:
            return
        # Whether it is read does not stand in the article, and is marked at every opening.
        if replace(article, row=replace(article.row, is_read=loaded.row.is_read)) != loaded:
            self.show_again(article_id)

    def do_article_open(self) -> None:
        """Open what the cursor is on."""
        if self._screen.panes.focused is self._screen.sidebar:
            self._screen.sidebar.open()
        elif self._screen.lists.found_feed is not None:
            self._screen.action_command("feed.follow_found")
        else:
            self.enter()

    def do_article_unfold(self) -> None:
        """Show or hide the article's related lines."""
        self._screen.article.toggle_related()

    async def do_article_page_on(self) -> None:
        """A page down; at the end the next unread article."""
        article = self._screen.article
        is_shown = article.article_id is not None and self._screen.panes.shows_article
        if not is_shown or article.article_id != self._screen.list.article_id:
            self.enter()
        else:
            self._begin(article.article_id)
            if not article.page_on():
                await self.do_article_next_unread()

    def do_article_page_back(self) -> None:
        """A page up."""
        self._screen.article.move("page_up")

    def do_article_next(self) -> None:
        """Open the next article."""
        self._step(1)

    def do_article_previous(self) -> None:
        """Open the previous article."""
        self._step(-1)

    async def do_article_next_unread(self) -> None:
        """Open the next unread article; where there is none, go where there is."""
        index = await self._find_unread(1)
        if index is not None:
            self._open_at(index)
        elif not self._screen.list.ids and self._screen.sidebar.move_to_unread(1):
            return
        else:
            self._screen.say(_("Nothing unread below"))

    async def do_article_previous_unread(self) -> None:
        """Open the previous unread article."""
        index = await self._find_unread(-1)
        if index is not None:
            self._open_at(index)
        else:
            self._screen.say(_("Nothing unread above"))

    async def do_article_fetch(self) -> None:
        """Fetch the whole article from its page; once it is there, change between it and the feed's text."""
        article_id = self._screen.list.article_id
        if article_id is None:
            return
        article = await self._reader.article(article_id)
        if article.full is not None:
            self._change_text(article_id)
            return
        self._screen.say(_("Fetching the full article…"))
        whole = await self._reader.fetch_whole(article_id)
        self._screen.say(whole.sentence, is_warning=whole.outcome == "failed")
        if whole.outcome == "stored":
            self._feeds_texts.discard(article_id)
            self._screen.lists.fill([article_id])
        if whole.outcome == "stored" and self._screen.article.article_id == article_id:
            self._show(article_id, from_top=True)
        else:
            self.show_again(article_id)

    def _change_text(self, article_id: int) -> None:
        if self._screen.article.article_id != article_id or not self._screen.panes.shows_article:
            key = self._screen.keymap.shown("article.open")
            self._screen.say(_("The full article is already stored; {key} opens it").format(key=key))
            return
        if self.has_both:
            self._feeds_texts ^= {article_id}
        is_feeds = article_id in self._feeds_texts
        self._screen.say(_("The feed's text is shown.") if is_feeds else _("The full article is shown."))
        # Fetched behind the reader's back: he sees the feed's text, and wants the whole.
        self._show(article_id, from_top=True)

    def _step(self, by: int) -> None:
        view = self._screen.list
        index = view.cursor + by
        if 0 <= index < len(view.ids):
            self._open_at(index)

    def _open_at(self, index: int) -> None:
        view = self._screen.list
        if index >= len(view.ids):  # another list stands there by now
            return
        view.move_to(index)
        self.open(view.ids[index], focus=isinstance(self._screen.focused, ArticleView))

    async def _find_unread(self, step: int) -> int | None:
        """Index of the nearest unread article on one side of the cursor, within reason."""
        view = self._screen.list
        ids, start = view.ids, view.cursor
        for chunk in range(_CHUNKS):
            if step > 0:
                low, high = start + 1 + chunk * _CHUNK, start + 1 + (chunk + 1) * _CHUNK
            else:
                low, high = max(0, start - (chunk + 1) * _CHUNK), max(0, start - chunk * _CHUNK)
            wanted = ids[low:high]
            if not wanted:
                return None
            unread = {row.id for row in await self._reader.rows(wanted) if not row.is_read and not row.muted_by}
            found = [low + place for place, article_id in enumerate(wanted) if article_id in unread]
            if found:
                return found[0] if step > 0 else found[-1]
        return None

    def _show(self, article_id: int, *, from_top: bool = False) -> None:
        self._coming = article_id
        self._screen.work(partial(self._load, article_id, from_top=from_top), "article")

    async def _load(self, article_id: int, *, from_top: bool = False) -> None:
        try:
            article = await self._reader.article(article_id)
        except NotFoundError:
            self._screen.article.show_page("", _("This article is gone."))
            return
        self._loaded = article
        key = self._screen.keymap.shown("article.fetch")
        shown = shown_text(article, is_feeds=article_id in self._feeds_texts, key=key)
        ending = self._ending(article, key)
        self._screen.article.show(
            shown.article,
            zone=self._reader.zone,
            now=self._reader.now(),
            hits=self._screen.list.painter.hits,
            note=shown.note,
            ending=ending,
        )
        if from_top:
            self._screen.article.go_to_top()
        await draw_now(self._screen)
        self.has_both = article.full is not None
        other = shown.other or (_("full article") if ending else "")
        if other != self.other_text:
            self.other_text = other
            self._screen.show_status()

    def _ending(self, article: Article, key: str) -> str:
        """Where the feed gives only a snippet: which key brings the rest."""
        if article.full is not None or article.row.words > SNIPPET_WORDS or not (article.row.url and key):
            return ""
        if "x" in article.row.has_media:
            return _("Warta found no more on its page. {key} tries again.").format(key=key)
        return _("This is all the feed provides. {key} fetches the full article.").format(key=key)

    def _begin(self, article_id: int | None) -> None:
        """The reader is at the article itself now; an end that was seen in its preview counts."""
        self._opened = article_id
        if article_id is not None and self.seen_end == article_id:
            self.seen_end = None
            self.ended(article_id)

    def _preview_soon(self, article_id: int) -> None:
        if self._screen.panes.shows_article and not article_id == self._screen.article.article_id == self._coming:
            self._preview = self._screen.set_timer(PREVIEW_SECONDS, lambda: self._show(article_id))

    def _watch(self, article_id: int | None) -> None:
        """Count the article as opened once the cursor has rested on it for a while."""
        settings = self._reader.config.settings
        if article_id is not None and settings.mark_read == "open" and self._screen.panes.shows_article:
            self._is_settled = True
            self._rest_on_it(article_id)

    def _rest_on_it(self, article_id: int) -> None:
        self._rest = self._screen.set_timer(REST_SECONDS, lambda: self._count_rested(article_id))

    @property
    def _has_focus(self) -> bool:
        """The keys go to list or article."""
        return self._screen.is_current and self._screen.focused in {self._screen.list, self._screen.article}

    def _count_rested(self, article_id: int) -> None:
        self._rest = None
        if self._screen.telling.offers_undo:
            self._rest_on_it(article_id)  # counted now, it would be what the key takes back
        elif self._has_focus:
            self._count_read(article_id)
        else:
            self._is_settled = False

    def _count_read(self, article_id: int) -> None:
        row = self._screen.list.row(article_id)
        if row is None or not row.is_read:
            self._screen.work(partial(self._screen.marks.mark_opened, article_id), "mark", exclusive=False)

    def _stop(self) -> None:
        self._stop_preview()
        self._stop_rest()
        self._is_settled = False

    def _stop_preview(self) -> None:
        if self._preview is not None:
            self._preview.stop()
            self._preview = None

    def _stop_rest(self) -> None:
        if self._rest is not None:
            self._rest.stop()
            self._rest = None
