"""The language Warta speaks: gettext catalogues, looked up at each call.

The language can change while running, so nothing keeps a translated string longer than it shows it.
"""

from __future__ import annotations

import locale
import os
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import gettext

Language = Literal["en", "id"]

LOCALES = Path(__file__).with_name("locales")
DOMAIN = "warta"

_translations: gettext.NullTranslations | None = None
_language: Language = "en"
_is_wished = False


def _(message: str) -> str:
    """The message in the current language; the message itself where no translation stands."""
    return _translations.gettext(message) if _translations else message


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form of a message that fits a count."""
    if _translations:
        return _translations.ngettext(singular, plural, count)
    return singular if count == 1 else plural


def N_(message: str) -> str:
    """Mark a message for translation where it is only stored; `_` translates it where it is shown."""
    return message


def retell(message: str, forms: Iterable[str]) -> str:
    """An English message worded elsewhere, in the current language if it has one of these forms.

    ``forms`` are marked by `N_`; one that fits what another one fits too comes first.
    """
    for form in forms:
        if found := _pattern(form).fullmatch(message):
            return _(form).format(**found.groupdict())
    return message


@cache
def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(form)))


def current_language() -> Language:
    """The language in use."""
    return _language


def set_language(language: Language) -> None:
    """Speak this language from now on. English needs no catalogue; a missing one leaves English."""
    global _translations, _language
    _language = language
    if language == "en":
        _translations = None
    else:
        import gettext

        _translations = gettext.translation(DOMAIN, LOCALES, [language], fallback=True)


def choose_language(argument: str = "", setting: str = "auto") -> Language:
    """Which language to speak: argument, ``$WARTA_LANGUAGE``, setting, then the locale.

    Unknown names and ``auto`` pass on to the next in line; English is the last word.
    """
    return _wished_language(argument, setting) or _named(_locale_language()) or "en"


def begin_speaking(argument: str = "", setting: str = "auto") -> None:
    """Speak the chosen language, and know from now on whether somebody wished for it."""
    global _is_wished
    set_language(choose_language(argument, setting))
    _is_wished = bool(_wished_language(argument, setting))


def is_language_wished() -> bool:
    """The language was named by argument, environment or setting, so that no memory may choose another."""
    return _is_wished


def _wished_language(argument: str, setting: str) -> Language | None:
    wishes = (argument, os.environ.get("WARTA_LANGUAGE", ""), setting)
    return next(filter(None, map(_named, wishes)), None)


def _named(wish: str) -> Language | None:
    match wish.strip().lower()[:2]:
        case "id" | "in":
            return "id"
        case "en":
            return "en"
    return None


def _locale_language() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value
    try:
        return locale.getlocale()[0] or ""
    except ValueError:
        return ""


def number(value: int) -> str:
    """A whole number with the thousands mark of the language: 1,203 or 1.203."""
    text = f"{value:,}"
    return text.replace(",", ".") if _language == "id" else text


def decimal(value: float) -> str:
    """A number with one decimal place: 0.4 or 0,4."""
    text = f"{value:.1f}"
    return text.replace(".", ",") if _language == "id" else text
