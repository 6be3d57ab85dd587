"""Takes an article, and the files that come with it, out of Warta: saved, piped, played, downloaded."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from reader.core.outgoing import refusal, shown
from reader.core.piping import Ran
from reader.errors import ReaderError
from reader.i18n import _, ngettext, number
from reader.light import dataclass
from reader.text.urls import web_url
from reader.ui.cells import simple
from reader.ui.dialogs.takeaways import files_picker, size_text

if TYPE_CHECKING:
    from pathlib import Path

    from textual.worker import Worker

    from reader.core.outgoing import Coming
    from reader.model import Article, Enclosure
    from reader.ui.dialogs.choices import Choice
    from reader.ui.outside import Player
    from reader.ui.port import ReaderPort
    from reader.ui.screens.main import MainScreen

__all__ = ["Taking"]

TELL_SECONDS = 0.25
"""How often the progress of a download is told."""


@dataclass
class _Download:
    """A file on its way."""

    worker: Worker[None] | None = None
    """What fetches it."""
    coming: Coming | None = None
    """How far it is; None: nothing came yet."""


class Taking:
    """What becomes a file, or another program's."""

    def __init__(self, screen: MainScreen, reader: ReaderPort) -> None:
        self._screen = screen
        self._reader = reader
        self._downloads: dict[str, _Download] = {}
        self._kept: dict[str, Path] = {}
        self._player: Player | None = None
        self._told_at = 0.0

    async def do_article_save(self) -> None:
        """Save the article as a Markdown file."""
        if (article_id := self._screen.list.article_id) is not None:
            kept = await self._reader.outgoing.save(article_id)
            self._screen.say(kept.sentence, is_warning=kept.path is None)

    def do_article_pipe(self) -> None:
        """Give the article to the configured command, and show what it says."""
        article_id = self._screen.list.article_id
        if article_id is None:
            return
        if no := refusal(self._reader.config, "pipe"):
            self._screen.say(no, is_warning=True)
            return
        from reader.ui.dialogs.text import TextDialog

        command = " ".join(self._reader.config.settings.pipe)
        dialog = TextDialog(f"| {command}", job=partial(self._pipe, article_id))
        self._screen.app.push_screen(dialog, partial(self._piped, command))

    async def do_article_files(self) -> None:
        """List the files that come with the article."""
        article_id = self._screen.list.article_id
        if article_id is None:
            return
        article = await self._reader.article(article_id)
        if not article.enclosures:
            self._screen.say(_("No enclosures in this article"))
            return
        files = article.enclosures
        picker = files_picker(
            files,
            coming=self._downloads.keys(),
            is_playing=self._player is not None and self._player.is_running,
            plays=bool(self._reader.config.settings.player),
            download=lambda choice: self._download(article, files[int(choice.value)]),
            copy=lambda choice: self._copy(files[int(choice.value)]),
            stop=lambda _choice: self._stop_playing(),
        )
        self._screen.app.push_screen(picker, partial(self._chosen, files))

    def close(self) -> None:
        """Warta ends: what has no window would play on with nobody to stop it."""
        if self._player is not None:
            self._player.stop(at_the_end=True)

    async def _pipe(self, article_id: int) -> Ran:
        try:
            return await self._reader.outgoing.pipe(article_id)
        except ReaderError as error:
            return Ran(problem=str(error))

    def _piped(self, command: str, was_silent: bool | None) -> None:
        if was_silent:
            self._screen.say(_("{command} ran without output").format(command=simple(command)))

    def _chosen(self, files: tuple[Enclosure, ...], choice: Choice | None) -> None:
        if choice is not None:
            self._play(files[int(choice.value)])

    def _play(self, file: Enclosure) -> None:
        """Play it, or have the browser open it where no player is configured."""
        config, path = self._reader.config, self._kept_at(file)
        if not config.settings.player:
            is_refused = any(problem.key == "player" for problem in config.problems)
            is_sound = file.type.startswith(("audio/", "video/"))
            if path is not None:
                place = _("Already downloaded to {path}").format(path=shown(path))
                self._screen.say(f"{place} · {refusal(config, 'player')}" if is_sound else place)
            elif is_refused or (is_sound and self._would_draw_here()):
                self._screen.say(refusal(config, "player"), is_warning=True)
            else:
                self._screen.late.outings.browse(file.url)
            return
        from reader.ui.outside import play

        self._stop_playing()
        self._player = play(path or file.url, config.settings.player, has_no_window=not file.type.startswith("video/"))
        if self._player is None:
            sentence = _("Cannot run {name}").format(name=config.settings.player[0])
            self._screen.say(sentence, is_warning=True)
        else:
            self._screen.say(self._with_key(_("Playing"), _("{key} s stops it")))

    def _would_draw_here(self) -> bool:
        """The browser is one of text: it would take the terminal for what it cannot play."""
        from reader.ui.outside import find_browser

        browser = find_browser(self._reader.config.settings.browser)
        return browser is not None and browser.needs_terminal

    def _kept_at(self, file: Enclosure) -> Path | None:
        """Where it was downloaded to in this session, if it still is there."""
        path = self._kept.get(file.url)
        return path if path is not None and path.is_file() else None

    def _stop_playing(self) -> None:
        if self._player is not None and self._player.is_running:
            self._player.stop()
            self._screen.say(_("Stopped"))

    def _copy(self, file: Enclosure) -> None:
        self._screen.late.outings.copy(web_url(file.url), _("Link copied"))

    def _download(self, article: Article, file: Enclosure) -> None:
        """Begin a download, or stop the one that is under way."""
        url = file.url
        if (under_way := self._downloads.pop(url, None)) is not None:
            if under_way.worker is not None:
                under_way.worker.cancel()
            self._screen.say(_("Download stopped; nothing was kept"))
            self._tell()
            return
        self._downloads[url] = download = _Download()
        job = partial(self._fetch, article, file, download)
        download.worker = self._screen.run_worker(job, group="download", exclusive=False, exit_on_error=False)
        self._screen.say(self._with_key(_("Downloading…"), _("{key} d stops it")))

    async def _fetch(self, article: Article, file: Enclosure, download: _Download) -> None:
        try:
            feed_id = article.row.feed_id
            kept = await self._reader.outgoing.download(file, feed_id, partial(self._came, download))
        finally:
            if self._downloads.get(file.url) is download:
                del self._downloads[file.url]
            self._tell()
        if kept.path is not None:
            self._kept[file.url] = kept.path
        self._screen.say(kept.sentence, is_warning=kept.path is None)

    def _came(self, download: _Download, coming: Coming) -> None:
        download.coming = coming
        if time.monotonic() - self._told_at >= TELL_SECONDS:
            self._tell()

    def _tell(self) -> None:
        self._told_at = time.monotonic()
        self._screen.telling.work(_progress([download.coming for download in self._downloads.values()]))

    def _with_key(self, sentence: str, hint: str) -> str:
        keys = self._screen.keymap.shown("article.files").split()
        return f"{sentence} · {hint.format(key=keys[0])}" if keys else sentence


def _progress(coming: list[Coming | None]) -> str:
    """``⇣ Berita pagi.mp3 · 34 % of 56 MB``; empty: nothing is on its way."""
    known = [one for one in coming if one is not None]
    if not known:
        return ""
    name = (
        known[0].name
        if len(known) == 1
        else ngettext("{count} file", "{count} files", len(known)).format(count=number(len(known)))
    )
    received, totals = sum(one.received for one in known), [one.total for one in known]
    total = sum(size for size in totals if size is not None)
    if None in totals or not total:
        return f"⇣ {name} · {size_text(received)}"
    share = min(100, 100 * received // total)
    return f"⇣ {name} · " + _("{share}% of {size}").format(share=share, size=size_text(total))
