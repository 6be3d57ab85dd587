"""Leads out of Warta: to the browser, to the clipboard."""

from __future__ import annotations

import asyncio
import os
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from reader.i18n import _
from reader.text.clean import clean
from reader.text.urls import web_url, without_credentials

if TYPE_CHECKING:
    from reader.model import ArticleRow, Feed
    from reader.ui.clipboard import Copier
    from reader.ui.dialogs.choices import Choice
    from reader.ui.port import ReaderPort
    from reader.ui.screens.main import MainScreen

__all__ = ["Outings"]


class Outings:
    """Addresses and texts that other programs get."""

    def __init__(self, screen: MainScreen, reader: ReaderPort) -> None:
        self._screen = screen
        self._reader = reader

    def do_article_browse(self) -> None:
        """Open the article's page."""
        if row := self._row():
            self.browse(row.url)
        elif not self._screen.list.ids:  # a feed that brings nothing: its page offers its site
            self.do_feed_open_site()

    def do_feed_open_site(self) -> None:
        """Open the site of the feed under the cursor, or of the article's."""
        feed = self._screen.dialogs.feed()
        if feed is None:
            self._screen.say(_("Select a feed first"))
        else:
            self.open_site(feed)

    def do_article_copy_link(self) -> None:
        """Copy the article's address."""
        if row := self._row():
            self.copy(web_url(row.url), _("Link copied"))

    def do_article_copy_title(self) -> None:
        """Copy the article's title."""
        if row := self._row():
            self.copy(row.title, _("Title copied"))

    async def do_article_copy_markdown(self) -> None:
        """Copy the article as Markdown."""
        if row := self._row():
            from reader.core.records import article_markdown

            article = await self._reader.article(row.id)
            self.copy(article_markdown(article, self._reader.zone), _("Article copied as Markdown"))

    def do_link_open(self, number: int) -> None:
        """Open the article's link of this number."""
        if not self._screen.article.open_link(number):
            self._screen.say(_("No link {number}").format(number=number))

    def do_link_hint(self) -> None:
        """Put a letter on every link in sight."""
        if not self._screen.article.start_hints():
            self._screen.say(_("No links on screen"))

    async def do_link_list(self) -> None:
        """List the article's links."""
        if row := self._row():
            from reader.ui.article.header import article_card, readable
            from reader.ui.article.layout import Page
            from reader.ui.dialogs.takeaways import links_picker

            article = await self._reader.article(row.id)
            page = Page(article_card(article, zone=self._reader.zone, now=self._reader.now()), readable(article))
            picker = links_picker(page, open_=self.browse, copy=self._copy_link)
            if picker is None:
                self._screen.say(_("No links in this article"))
            else:
                self._screen.app.push_screen(picker, self._open_link)

    def open_site(self, feed: Feed) -> None:
        """Open a feed's site; where it names none, the feed itself, without the reader's login."""
        self.browse(feed.facts.site_url or without_credentials(feed.config.url))

    def browse(self, url: str) -> None:
        """Open an address in the browser."""
        from reader.ui.outside import browse, browse_in_terminal, find_browser

        browser = find_browser(self._reader.config.settings.browser)
        if browser is None:
            self._screen.say(_("No browser available; y copies the link"), is_warning=True)
            return
        if browser.needs_terminal:
            try:
                with self._screen.app.suspend():
                    opened = browse_in_terminal(url, browser)
            except SuspendNotSupported:
                opened = False
        else:
            opened = browse(url, browser)
        self._screen.say(_("Opened in browser") if opened else _("No page to open"), is_warning=not opened)

    def copy(self, text: str, sentence: str) -> None:
        """Put a text on the clipboard, or show it to be selected where nothing may be expected to."""
        text = clean(text)
        if not text:
            self._screen.say(_("Nothing to copy"))
            return
        from reader.ui.clipboard import find_copier, terminal_takes

        is_taken = terminal_takes(text, os.environ)
        if is_taken:
            self._screen.app.copy_to_clipboard(text)
        copier = find_copier(os.environ)
        if copier is not None:
            self._screen.work(partial(self._copy, text, sentence, copier, is_taken=is_taken), "copy")
        elif is_taken:
            self._screen.say(sentence)
        else:
            self._show(text)

    async def _copy(self, text: str, sentence: str, copier: Copier, *, is_taken: bool) -> None:
        from reader.ui.clipboard import copy_by_program

        if await asyncio.to_thread(copy_by_program, text, copier) or is_taken:
            self._screen.say(sentence)
        else:
            self._show(text)

    def _show(self, text: str) -> None:
        from reader.ui.dialogs.text import TextDialog

        self._screen.app.push_screen(TextDialog(_("Select to copy: this terminal has no clipboard access"), text))

    def _open_link(self, choice: Choice | None) -> None:
        if choice is not None:
            self.browse(str(choice.value))

    def _copy_link(self, choice: Choice) -> None:
        self.copy(str(choice.value), _("Link copied"))

    def _row(self) -> ArticleRow | None:
        article_id = self._screen.list.article_id
        return self._screen.list.row(article_id) if article_id is not None else None
