"""Names of keys: what a person writes in ``[keys]``, what Textual calls it, what the footer shows."""

from __future__ import annotations

import unicodedata

from textual.keys import KEY_NAME_REPLACEMENTS, Keys, format_key

from reader.i18n import N_, _

__all__ = ["display", "normal_key", "normal_keys"]

_MODIFIERS = ("ctrl", "alt", "shift", "super", "hyper", "meta")

_WRITTEN = {
    "esc": "escape", "return": "enter", "del": "delete", "ins": "insert", "pgup": "pageup", "pgdn": "pagedown",
    "pgdown": "pagedown", "bksp": "backspace", "control": "ctrl", "option": "alt", "cmd": "super",
}  # fmt: skip
"""Usual spellings that Textual has other names for."""

_SHOWN = {"tab": "Tab", "shift+tab": "Shift+Tab", "space": N_("Space"), "escape": "Esc", "home": "Home", "end": "End"}

_NAMED = {key.value for key in Keys if "+" not in key.value and not key.value.startswith("<")} | {"space"}


def display(key: str) -> str:
    """A key as a person reads it: ``Ctrl+P``, ``⏎``, ``/``."""
    if key in _SHOWN:
        return _(_SHOWN[key])
    *modifiers, name = key.split("+")
    shown = format_key(name)
    if name.startswith("page"):
        shown = "PgDn" if name == "pagedown" else "PgUp"
    elif len(shown) > 1:
        shown = shown.capitalize()
    elif modifiers:
        shown = shown.upper()
    return "+".join([*(modifier.capitalize() for modifier in modifiers), shown])


def normal_keys(written: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Keys of a comma-separated list in Textual's names, and those parts that are no key.

    A comma on its own, or an empty part between two commas, is the comma key.
    """
    parts = [","] if written.strip() == "," else written.split(",")
    good, bad = [], []
    for part in parts:
        if not part.strip() and part != " " and len(parts) == 1:
            continue
        key = normal_key(part)
        if key:
            good.append(key)
        else:
            bad.append(part.strip())
    return tuple(good), tuple(bad)


def normal_key(written: str) -> str:
    """Textual's name of a key: ``?`` → ``question_mark``, ``Ctrl+R`` → ``ctrl+r``; empty if it is none."""
    text = written.strip() or ("space" if written else "comma")
    if len(text) == 1:
        return _character_name(text) if text.isprintable() else ""
    *modifiers, name = text.split("+") if not text.endswith("++") else [*text[:-2].split("+"), "+"]
    modifiers = [_WRITTEN.get(modifier.lower(), modifier.lower()) for modifier in modifiers]
    if any(modifier not in _MODIFIERS for modifier in modifiers):
        return ""
    if len(name) == 1:
        name = _character_name(name.lower() if modifiers else name)
    else:
        name = _WRITTEN.get(name.lower(), name.lower())
        if name not in _NAMED and not _is_character_name(name):
            return ""
    return "+".join([*modifiers, name])


def _character_name(character: str) -> str:
    """Letters and digits are their own names, other characters have their Unicode name as Textual abbreviates it."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name) or character


def _is_character_name(name: str) -> bool:
    if name in KEY_NAME_REPLACEMENTS.values():
        return True
    for spelling in (name.replace("_", " "), name.replace("_", "-")):
        try:
            unicodedata.lookup(spelling)
        except KeyError:
            continue
        return True
    return False
