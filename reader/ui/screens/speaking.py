"""Changing the language while running."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.i18n import _, current_language, is_language_wished, set_language
from reader.ui.textual_inside import add_bindings

if TYPE_CHECKING:
    from reader.i18n import Language
    from reader.ui.port import ReaderPort
    from reader.ui.screens.main import MainScreen

__all__ = ["Speaking"]

LANGUAGE_KEY = "language"


class Speaking:
    """The language of everything on the screen. It can be changed even without a database."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self.reader: ReaderPort | None = None
        """Set once the database is open."""

    async def restore(self) -> None:
        """Speak as in the last session, unless argument, environment or feeds.toml name a language."""
        if self.reader is None or is_language_wished():
            return
        match await self.reader.load_state(LANGUAGE_KEY, None):
            case "en" | "id" as chosen if chosen != current_language():
                self._use(chosen)

    def do_language_switch(self) -> None:
        """Speak the other language, and keep to it."""
        chosen: Language = "en" if current_language() == "id" else "id"
        self.speak(chosen)
        if self.reader is not None:
            self._screen.work(partial(self.reader.save_state, LANGUAGE_KEY, chosen), "language")
        self._screen.say(_("Language: English"))

    def bind_keys(self) -> None:
        """Give each pane its keys, with their names in the current language."""
        screen, keys = self._screen, self._screen.keymap.bindings
        add_bindings(screen, keys("app"))
        add_bindings(screen.article, [*keys("article"), *keys("find")])
        add_bindings(screen.list, keys("list"))
        add_bindings(screen.sidebar, keys("sidebar"))
        add_bindings(screen.bar.field, keys("filter"))

    def speak(self, language: Language) -> None:
        """Tell everything on the screen in a language from now on."""
        self._use(language)
        if self.reader is not None:
            self._tell_again(self.reader)
        self._screen.show_status()

    def _use(self, language: Language) -> None:
        set_language(language)
        self.bind_keys()
        self._screen.bar.show_invitation()

    def _tell_again(self, reader: ReaderPort) -> None:
        """Everything that is told in words, anew."""
        screen = self._screen
        screen.list.set_now(reader.now(), reader.zone)
        screen.lists.show_sidebar()
        screen.lists.ask()
        if (article_id := screen.article.article_id) is not None:
            screen.reading.show_again(article_id)
        else:
            screen.article.show_page("", _("No article is open."))
