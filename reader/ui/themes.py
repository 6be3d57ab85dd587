"""Warta's colours: two themes of its own, and which theme to take when the reader left the choice to us.

The only place with colours by value. Everything else names theme tokens, so all of Textual's themes work too:
``$primary`` is the warm accent (cursor, unread), ``$text-secondary`` the cool one (links).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from textual.theme import Theme

from reader.i18n import _

__all__ = ["DARK", "LIGHT", "THEMES", "Choice", "choose_theme"]

DARK = Theme(
    name="warta-dark",
    dark=True,
    primary="#f0673a",
    secondary="#6fb3d9",
    accent="#f0673a",
    warning="#e2b04a",
    error="#ef6b73",
    success="#86c07a",
    foreground="#e6e1d8",
    background="#111110",
    surface="#191918",
    panel="#232321",
    variables={
        "text": "#e6e1d8",
        "text-muted": "#a09a8f",
        "text-disabled": "#7b766d",
        "foreground-muted": "#a09a8f",
        "foreground-disabled": "#7b766d",
        "text-primary": "#f5835d",
        "text-accent": "#f5835d",
        "text-secondary": "#7fbde0",
        "text-warning": "#e8bd63",
        "text-error": "#f38289",
        "text-success": "#97cb8b",
        "primary-muted": "#4a2619",
        "secondary-muted": "#1c3644",
        "accent-muted": "#4a2619",
        "warning-muted": "#43351a",
        "error-muted": "#4a2226",
        "success-muted": "#28391f",
        "border": "#6b665e",
        "border-blurred": "#3a3835",
        "block-cursor-background": "#3a2a22",
        "block-cursor-foreground": "#fff8ec",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#242321",
        "block-cursor-blurred-foreground": "#e6e1d8",
        "block-hover-background": "#1e1e1c",
        "input-selection-background": "#6fb3d9 35%",
        "input-selection-foreground": "#ffffff",
        "input-cursor-background": "#f0673a",
        "input-cursor-foreground": "#111110",
        "screen-selection-background": "#2d5a75",
        "screen-selection-foreground": "#ffffff",
        "scrollbar": "#3a3835",
        "scrollbar-hover": "#55514b",
        "scrollbar-active": "#f0673a",
        "scrollbar-background": "#111110",
        "scrollbar-background-hover": "#111110",
        "scrollbar-background-active": "#111110",
        "scrollbar-corner-color": "#111110",
        "footer-background": "#111110",
        "footer-foreground": "#a09a8f",
        "footer-description-foreground": "#a09a8f",
        "footer-key-foreground": "#f5835d",
    },
)
"""Near-black ground, off-white text, the red-orange of a newspaper's masthead."""

LIGHT = Theme(
    name="warta-light",
    dark=False,
    primary="#b3380f",
    secondary="#1c5f88",
    accent="#b3380f",
    warning="#8a5a00",
    error="#b3202c",
    success="#2f6b23",
    foreground="#23211d",
    background="#f8f4ea",
    surface="#f1ecdf",
    panel="#e7e1d1",
    variables={
        "text": "#23211d",
        "text-muted": "#625d53",
        "text-disabled": "#7d776b",
        "foreground-muted": "#625d53",
        "foreground-disabled": "#7d776b",
        "text-primary": "#a5320b",
        "text-accent": "#a5320b",
        "text-secondary": "#1c5f88",
        "text-warning": "#7a4f00",
        "text-error": "#a51b27",
        "text-success": "#2a5f1f",
        "primary-muted": "#f3d5c7",
        "secondary-muted": "#cfe0ea",
        "accent-muted": "#f3d5c7",
        "warning-muted": "#f0e1bd",
        "error-muted": "#f2cfd0",
        "success-muted": "#d5e6cd",
        "border": "#948d7e",
        "border-blurred": "#c9c2b2",
        "block-cursor-background": "#f0d9cb",
        "block-cursor-foreground": "#1a1815",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#ece6d8",
        "block-cursor-blurred-foreground": "#23211d",
        "block-hover-background": "#f0ebde",
        "input-selection-background": "#1c5f88 30%",
        "input-selection-foreground": "#1a1815",
        "input-cursor-background": "#b3380f",
        "input-cursor-foreground": "#f8f4ea",
        "screen-selection-background": "#bcd7e6",
        "screen-selection-foreground": "#1a1815",
        "scrollbar": "#c9c2b2",
        "scrollbar-hover": "#aaa292",
        "scrollbar-active": "#b3380f",
        "scrollbar-background": "#f8f4ea",
        "scrollbar-background-hover": "#f8f4ea",
        "scrollbar-background-active": "#f8f4ea",
        "scrollbar-corner-color": "#f8f4ea",
        "footer-background": "#f8f4ea",
        "footer-foreground": "#625d53",
        "footer-description-foreground": "#625d53",
        "footer-key-foreground": "#a5320b",
    },
)
"""Paper and ink."""

THEMES: tuple[Theme, ...] = (DARK, LIGHT)
"""To be registered before a theme is chosen."""

_POOR_TERMS = ("linux", "vt100", "vt220", "xterm-16color", "ansi", "cons25", "dumb")


class Choice(NamedTuple):
    """The theme to use, and what to tell about it."""

    name: str
    """A registered theme's name."""
    message: str = ""
    """A sentence if it is not what was asked for; empty otherwise."""


def choose_theme(setting: str, environ: Mapping[str, str], known: Collection[str]) -> Choice:
    """Which theme to use for a setting, on this terminal.

    Where there are no colours (``NO_COLOR``) or only 16, a theme of the terminal's own colours; ``auto`` goes by the
    background that ``COLORFGBG`` tells, dark if it tells nothing; an unknown name falls back to the dark one.

    Source: https://no-color.org: present and not empty, whatever its value.
    """
    wished = setting.strip().lower() or "auto"
    light = _is_light(environ.get("COLORFGBG", "")) if wished == "auto" else wished.endswith("light")
    if environ.get("NO_COLOR") or _has_few_colors(environ):
        return Choice("ansi-light" if light else "ansi-dark")
    if wished == "auto":
        return Choice(LIGHT.name if light else DARK.name)
    if wished in known:
        return Choice(wished)
    near = get_close_matches(wished, known, 1)
    message = _("No theme “{name}”; using {used}.").format(name=setting.strip(), used=DARK.name)
    if near:
        message += " " + _("Did you mean “{name}”?").format(name=near[0])
    return Choice(DARK.name, message)


def _is_light(colors: str) -> bool:
    """``COLORFGBG`` is ``foreground;background`` or ``foreground;default;background``; 7 and 9 to 15 are light."""
    background = colors.rpartition(";")[2]
    return background.isdecimal() and (int(background) == 7 or 9 <= int(background) <= 15)


def _has_few_colors(environ: Mapping[str, str]) -> bool:
    if environ.get("COLORTERM", "").lower() in {"truecolor", "24bit"}:
        return False
    term = environ.get("TERM", "").lower()
    return term in _POOR_TERMS
