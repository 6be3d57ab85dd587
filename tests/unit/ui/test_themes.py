"""Warta's colours can be read, and the right ones are taken."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

import reader.ui
from reader.ui.themes import THEMES, choose_theme

TEXT = (
    "text",
    "text-muted",
    "text-primary",
    "text-secondary",
    "text-accent",
    "text-warning",
    "text-error",
    "text-success",
)
GLYPHS = ("primary", "secondary", "accent", "warning", "error", "success", "border", "text-disabled")
GROUNDS = ("background", "surface", "panel", "block-cursor-background", "block-cursor-blurred-background")
KNOWN = {theme.name for theme in THEMES} | set(BUILTIN_THEMES)


def contrast(front: Color, back: Color) -> float:
    """The contrast ratio. Source: WCAG 2.2, "contrast ratio" and "relative luminance"."""

    def luminance(color: Color) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.normalized]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(front), luminance(back)))
    return (light + 0.05) / (dark + 0.05)


def colors(theme: Theme) -> Mapping[str, str]:
    """All tokens of a theme, as the app computes them."""
    return {**theme.to_color_system().generate(), **theme.variables}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_can_be_read_on_every_ground(theme: Theme, ground: str) -> None:
    """4.5 : 1 for text, 3 : 1 for glyphs (the ground of a cursor row included)."""
    tokens = colors(theme)
    back = Color.parse(tokens[ground])
    for name in TEXT:
        assert contrast(Color.parse(tokens[name]), back) >= 4.5, name
    for name in GLYPHS:
        assert (name == "border" and ground != "background") or contrast(Color.parse(tokens[name]), back) >= 3, name


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize(
    ("front", "back"),
    [
        ("block-cursor-foreground", "block-cursor-background"),
        ("block-cursor-blurred-foreground", "block-cursor-blurred-background"),
        ("input-cursor-foreground", "input-cursor-background"),
        ("screen-selection-foreground", "screen-selection-background"),
        ("footer-key-foreground", "footer-background"),
        ("footer-description-foreground", "footer-background"),
        ("text", "warning-muted"),
        ("background", "text-accent"),
        ("background", "text-warning"),
    ],
)
def test_pairs_that_meet_can_be_read(theme: Theme, front: str, back: str) -> None:
    """Cursor, selection, footer, marks and hints, which are reversed."""
    tokens = colors(theme)

    assert contrast(Color.parse(tokens[front]), Color.parse(tokens[back])) >= 4.5


@pytest.mark.parametrize(
    ("setting", "environ", "name"),
    [
        ("warta-dark", {}, "warta-dark"),
        ("Warta-Light ", {}, "warta-light"),
        ("nord", {"COLORTERM": "truecolor"}, "nord"),
        ("auto", {}, "warta-dark"),
        ("auto", {"COLORFGBG": "0;15"}, "warta-light"),
        ("auto", {"COLORFGBG": "0;default;7"}, "warta-light"),
        ("auto", {"COLORFGBG": "15;0"}, "warta-dark"),
        ("auto", {"COLORFGBG": "nonsense"}, "warta-dark"),
        ("warta-dark", {"NO_COLOR": "1"}, "ansi-dark"),
        ("warta-light", {"NO_COLOR": "1"}, "ansi-light"),
        ("warta-dark", {"NO_COLOR": ""}, "warta-dark"),
        ("warta-dark", {"TERM": "linux"}, "ansi-dark"),
        ("warta-dark", {"TERM": "linux", "COLORTERM": "truecolor"}, "warta-dark"),
        ("warta-dark", {"TERM": "xterm-256color"}, "warta-dark"),
    ],
)
def test_theme_fits_setting_and_terminal(setting: str, environ: dict[str, str], name: str) -> None:
    """Without colours, or with 16, only the terminal's own palette is right."""
    assert choose_theme(setting, environ, KNOWN) == (name, "")


def test_unknown_theme_is_told_and_the_nearest_named() -> None:
    """A slip in the file is no reason not to start."""
    choice = choose_theme("warta-drak", {}, KNOWN)

    assert choice.name == "warta-dark"
    assert "warta-drak" in choice.message
    assert "Did you mean “warta-dark”?" in choice.message


def test_colours_by_value_stand_in_one_file_only() -> None:
    """Every theme works only if nothing else names a colour."""
    folder = Path(reader.ui.__file__).parent
    found = [
        path.name
        for path in sorted((*folder.rglob("*.py"), *folder.rglob("*.tcss")))
        if path.name != "themes.py" and re.search(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b(?=[;\"' ])", path.read_text())
    ]

    assert found == []
