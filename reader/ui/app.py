"""The app: themes, the one screen, and what happens when something unexpected goes wrong."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.theme import BUILTIN_THEMES

from reader.i18n import _
from reader.ui.keys import display
from reader.ui.reports import write_report
from reader.ui.screens.main import MainScreen
from reader.ui.textual_inside import GuardedApp, begin_with_theme
from reader.ui.themes import THEMES, choose_theme

if TYPE_CHECKING:
    from reader.core.beginning import Beginning
    from reader.model import Config
    from reader.ui.port import ReaderPort
    from reader.ui.screens.main import OpenReader
    from reader.ui.screens.watching import ConfigLoader

__all__ = ["WartaApp", "run"]

REPORT_SECONDS = 15.0
"""How long it is told where a report lies."""


class WartaApp(GuardedApp):
    """One screen over one reader."""

    TITLE = "Warta"
    CSS_PATH = "warta.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        config: Config,
        data_dir: Path,
        open_reader: OpenReader,
        *,
        network: bool = True,
        load_config: ConfigLoader | None = None,
        beginning: Beginning | None = None,
    ) -> None:
        # Textual takes NO_COLOR out of the environment, and picks its filter by the theme in force at that moment.
        choice = choose_theme(config.settings.theme, os.environ, {*BUILTIN_THEMES, *(theme.name for theme in THEMES)})
        super().__init__(ansi_color=True if os.environ.get("NO_COLOR") else None)
        self._config = config
        self._data_dir = data_dir
        self._main = MainScreen(config, open_reader, has_network=network, load_config=load_config)
        self._main.beginning = beginning
        self.report: Path | None = None
        """Where the last unexpected error was written."""
        for theme in THEMES:
            self.register_theme(theme)
        begin_with_theme(self, choice.name)
        self._theme_message = choice.message
        if config.settings.animation == "off" or os.environ.get("SSH_TTY"):
            self.animation_level = "none"

    def get_default_screen(self) -> MainScreen:
        """The one screen."""
        return self._main

    async def action_quit(self) -> None:
        """Quit from wherever one is."""
        await self._main.leave()
        self.exit(return_code=self._main.exit_status)

    def action_help_quit(self) -> None:
        """Ctrl+C copies what is selected; where nothing is, tell how to quit."""
        self._main.say(_("{key} quits Warta.").format(key=display("ctrl+q")))

    async def on_unmount(self) -> None:
        """Let go of database and network."""
        await self._main.let_go()

    def on_crash(self, error: BaseException) -> None:
        """Something nobody expected: keep it for a report, and tell where that is."""
        self.report = write_report(error, self._data_dir)
        if self._main.is_mounted:
            if self.report:
                told = _("Something went wrong; a report is in {path}").format(path=self.report)
            else:
                told = _("Something went wrong, and no report could be written: {error}").format(error=repr(error))
            self._main.say(told, is_warning=True)
            # The line may have no room for the whole path.
            self.notify(told, severity="error", timeout=REPORT_SECONDS, markup=False)

    @on(MainScreen.Failed)
    def _failed(self, event: MainScreen.Failed) -> None:
        self.on_crash(event.error)

    @on(MainScreen.Ready)
    def _settled(self) -> None:
        if self._theme_message:
            self._main.say(self._theme_message, is_warning=True)
        if self._main.beginning is not None:
            if self._main.beginning.is_first:
                self._main.action_command("feeds.begin")
            else:
                self._main.work(self._main.late.go_on, "command", exclusive=False)
        from reader.ui.holding import hold_little

        hold_little()


def run(
    config: Config,
    data_dir: Path,
    *,
    network: bool = True,
    load_config: ConfigLoader | None = None,
    open_reader: OpenReader | None = None,
    beginning: Beginning | None = None,
) -> int:
    """Open the screen and stay until the reader quits.

    ``network``: feeds are asked on their own; ``load_config`` reads feeds.toml again once it was saved;
    ``open_reader``: instead of the database in ``data_dir``; ``beginning``: what a first start offers.

    Returns:
        An exit status.

    """
    opener = open_reader or _reader_opener(config, data_dir)
    app = WartaApp(config, data_dir, opener, network=network, load_config=load_config, beginning=beginning)
    app.run()
    if app.report and app.return_code:
        print(_("Warta crashed; the report is in {path}").format(path=app.report), file=sys.stderr)  # noqa: T201
    return app.return_code or 0


def _reader_opener(config: Config, data_dir: Path) -> OpenReader:
    async def open_it() -> ReaderPort:
        from reader.core.reader import Reader

        return await Reader.open(config, data_dir)

    return open_it
