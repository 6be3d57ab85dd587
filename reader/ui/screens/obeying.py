"""Obeys another reading of ``[settings]`` and ``[keys]`` while running."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from reader.i18n import begin_speaking, choose_language
from reader.ui.commands import KeyMap
from reader.ui.themes import choose_theme

if TYPE_CHECKING:
    from reader.model import Config
    from reader.ui.screens.main import MainScreen

__all__ = ["obey"]


def obey(screen: MainScreen, before: Config, config: Config) -> tuple[str, ...]:
    """Let the screen be as a configuration wants it, where it wants something else than the one before.

    Returns:
        What is wrong with it, in sentences: keys that clash, a theme that is unknown.

    """
    old, new = before.settings, config.settings
    told: list[str] = []
    if old.language != new.language:  # first, so that what follows is told in it
        begin_speaking("", new.language)
        screen.speaking.speak(choose_language("", new.language))
    if (old.keys, before.keys) != (new.keys, config.keys):
        screen.keymap = KeyMap(new.keys, config.keys)
        screen.speaking.bind_keys()
        told += screen.keymap.problems
    if old.rows != new.rows:
        screen.list.set_mode(new.rows)
    if old.theme != new.theme:
        told += _use_theme(screen, new.theme)
    if old.animation != new.animation:
        is_off = new.animation == "off" or os.environ.get("SSH_TTY")
        screen.app.animation_level = "none" if is_off else "full"
    return tuple(told)


def _use_theme(screen: MainScreen, wished: str) -> tuple[str, ...]:
    app = screen.app
    if app.no_color:
        return ()
    choice = choose_theme(wished, os.environ, app.available_themes)
    app.theme = choice.name
    return (choice.message,) if choice.message else ()
