"""Takes an article out of Warta: to the browser, to the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from reader.i18n import _
from reader.text.times import exact
from reader.text.urls import web_url

if TYPE_CHECKING:
    from reader.model import ArticleRow
    from reader.ui.port import ReaderPort
    from reader.ui.screens.main import MainScreen

__all__ = ["Outings"]


class Outings:
    """What leaves Warta."""

    def __init__(self, screen: MainScreen, reader: ReaderPort) -> None:
        self._screen = screen
        self._reader = reader

    def do_article_browse(self) -> None:
        """Open the article's page."""
        if row := self._row():
            self.browse(row.url)

    def do_article_copy_link(self) -> None:
        """Copy the article's address."""
        if row := self._row():
            self.copy(web_url(row.url), _("Link copied"))

    async def do_article_copy_markdown(self) -> None:
        """Copy the article as Markdown."""
        if row := self._row():
            from reader.text.markdown import to_markdown

            article = await self._reader.article(row.id)
            text = to_markdown(
                article.best,
                title=row.title,
                url=web_url(row.url),
                author=row.author,
                date=exact(article.published or row.date, self._reader.zone),
                source=row.feed,
            )
            self.copy(text, _("Article copied as Markdown"))

    def do_link_open(self, number: int) -> None:
        """Open the article's link of this number."""
        if not self._screen.article.open_link(number):
            self._screen.say(_("There is no link {number}").format(number=number))

    def do_link_hint(self) -> None:
        """Put a letter on every link in sight."""
        if not self._screen.article.start_hints():
            self._screen.say(_("No link in sight"))

    def browse(self, url: str) -> None:
        """Open an address in the browser."""
        from reader.ui.outside import browse, browse_in_terminal, find_browser

        browser = find_browser(self._reader.config.settings.browser)
        if browser is None:
            self._screen.say(_("There is no browser here; y copies the link"), is_warning=True)
            return
        if browser.needs_terminal:
            try:
                with self._screen.app.suspend():
                    opened = browse_in_terminal(url, browser)
            except SuspendNotSupported:
                opened = False
        else:
            opened = browse(url, browser)
        self._screen.say(_("Opened in the browser") if opened else _("No page to open"), is_warning=not opened)

    def copy(self, text: str, sentence: str) -> None:
        """Put a text on the clipboard."""
        if not text:
            self._screen.say(_("Nothing to copy"))
            return
        self._screen.app.copy_to_clipboard(text)
        self._screen.say(sentence)

    def _row(self) -> ArticleRow | None:
        article_id = self._screen.list.article_id
        return self._screen.list.row(article_id) if article_id is not None else None
