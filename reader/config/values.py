"""The kinds of value a key of feeds.toml may have: each checks one value and gives it in the model's form."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TypeVar

from reader.i18n import N_, _
from reader.text.clean import clean_line
from reader.text.times import is_zone
from reader.text.urls import web_url

Check = Callable[[object], object]
"""Gives the value in the model's form, or raises `BadValueError`."""

_TYPES = {
    bool: N_("true or false"),
    int: N_("a whole number"),
    float: N_("a number"),
    str: N_("text"),
    list: N_("a list"),
    dict: N_("a table"),
}
_FIELD_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


_T = TypeVar("_T")
_N = TypeVar("_N", int, float)


class BadValueError(ValueError):
    """A value that cannot be obeyed; ``str()`` is the sentence, which never quotes a secret."""

    def __init__(self, message: str, suggestion: str = "") -> None:
        super().__init__(message)
        self.suggestion = suggestion
        """What was probably meant; empty: no idea."""


def line(value: object) -> str:
    """Text on one line."""
    return clean_line(_typed(value, str))


def lines(value: object) -> tuple[str, ...]:
    """Texts, or one; empty ones are dropped."""
    return tuple(text for item in _one_or_many(value) if (text := clean_line(item)))


def tails(value: object) -> tuple[str, ...]:
    """Texts, or one, with the spaces at their ends, which belong to them."""
    return tuple(item for item in _one_or_many(value) if item.strip())


def selectors(value: object) -> tuple[str, ...]:
    """CSS selectors, or one."""
    return tuple(text for item in _one_or_many(value) if (text := item.strip()))


def folder(value: object) -> str:
    """A folder path with its parts tidied: ``A/B``."""
    parts = (clean_line(part, 100) for part in _typed(value, str).split("/"))
    return "/".join(part for part in parts if part)


def flag(value: object) -> bool:
    """True or false."""
    if isinstance(value, str) and value.strip().lower() in {"true", "false"}:
        raise BadValueError(_("must be true or false, without quotation marks"), value.strip().lower())
    return _typed(value, bool)


def number(least: int, most: int) -> Check:
    """A whole number within bounds."""

    def check(value: object) -> int:
        return _within(_typed(value, int), least, most)

    return check


def seconds(least: float, most: float) -> Check:
    """A number of seconds, whole or not, within bounds."""

    def check(value: object) -> float:
        amount = value if isinstance(value, int) and not isinstance(value, bool) else _typed(value, float)
        return float(_within(amount, least, most))

    return check


def choice(*known: str) -> Check:
    """One of a few words."""

    def check(value: object) -> str:
        text = _typed(value, str).strip()
        if text in known:
            return text
        raise BadValueError(
            _('unknown value "{value}"; use one of: {known}').format(value=_quote(text), known=", ".join(known)),
            nearest(text, known),
        )

    return check


def web_address(value: object) -> str:
    """An http(s) address, kept as it was written: it is asked for exactly so."""
    text = _typed(value, str).strip()
    if web_url(text):
        return text
    _scheme, mark, rest = text.rpartition("://")
    guess = web_url("https://" + (rest if mark else text))
    is_host = re.match(r"[^/\s]+\.[^/\s]+", rest if mark else text)
    suggestion = guess if guess and is_host and "@" not in guess else ""
    raise BadValueError(_("must be an address that begins with https:// or http://"), suggestion)


def arguments(value: object) -> tuple[str, ...]:
    """A command as a list of arguments."""
    if isinstance(value, str):
        words = ", ".join(f'"{_quote(word)}"' for word in value.split())
        raise BadValueError(_("must be a list: the program, then each argument"), f"[{words}]")
    found = _typed(value, list)
    if not all(isinstance(item, str) and "\0" not in item for item in found) or not found or not found[0]:
        raise BadValueError(_("must be a list of strings: the program, then its arguments"))
    return tuple(found)


def header_table(value: object) -> tuple[tuple[str, str], ...]:
    """Request header fields: names that are names, values on one line."""
    fields = _typed(value, dict)
    for name, content in fields.items():
        if not _FIELD_NAME.fullmatch(name):
            raise BadValueError(_('"{name}" is not a valid header name').format(name=_quote(name)))
        if not isinstance(content, str) or _CONTROL.search(content):
            raise BadValueError(_("the value of {name} must be text on one line").format(name=name))
    return tuple(fields.items())


def one_line(value: object) -> str:
    """Text sent as it is: on one line, without control characters."""
    text = _typed(value, str).strip()
    if _CONTROL.search(text):
        raise BadValueError(_("must be text on one line"))
    return text


def credentials(value: object) -> str:
    """``user:password`` or ``bearer TOKEN``."""
    text = one_line(value)
    if ":" not in text and not text.lower().startswith("bearer "):
        raise BadValueError(_('must be "user:password" or "bearer TOKEN"'))
    return text


def proxy(value: object) -> str:
    """A proxy's address."""
    text = one_line(value)
    if not re.fullmatch(r"(?:https?|socks5h?)://[^/\s]+/?", text, re.IGNORECASE):
        raise BadValueError(_("must be an address that begins with http://, https://, socks5:// or socks5h://"))
    return text


def pattern(value: object) -> str:
    """A regular expression."""
    text = _typed(value, str)
    try:
        re.compile(text)
    except (re.error, RecursionError, OverflowError) as error:
        from reader.text.told import pattern_reason

        raise BadValueError(_("is not a regular expression: {reason}").format(reason=pattern_reason(error))) from error
    return text


def encoding(value: object) -> str:
    """The name of a character encoding."""
    text = _typed(value, str).strip()
    try:
        codecs.lookup(text)
    except (LookupError, ValueError) as error:
        known = ("utf-8", "windows-1252", "iso-8859-1", "iso-8859-15", "utf-16", "gb18030", "shift_jis", "euc-kr")
        message = _('unknown character encoding "{value}"').format(value=_quote(text))
        raise BadValueError(message, nearest(text.lower(), known)) from error
    return text


def time_zone(value: object) -> str:
    """The name of a time zone."""
    text = _typed(value, str).strip()
    if text and not is_zone(text):
        from zoneinfo import available_timezones

        message = _('unknown time zone "{value}"').format(value=_quote(text))
        raise BadValueError(message, nearest(text, available_timezones()))
    return text


def day(value: object) -> date:
    """A day: a TOML date, or one in quotation marks."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError as error:
        raise BadValueError(_("must be a date like 2026-07-31")) from error


def key_list(value: object) -> str:
    """Keys of a command, with commas between."""
    return ",".join(part for item in _one_or_many(value) if (part := clean_line(item, 200)))


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like it; empty if none is."""
    import difflib

    folded = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(word[:100].casefold(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else ""


def _typed(value: object, wanted: type[_T]) -> _T:
    if isinstance(value, wanted) and not (wanted is int and isinstance(value, bool)):
        return value
    raise BadValueError(_("must be {wanted}").format(wanted=_(_TYPES[wanted])))


def _one_or_many(value: object) -> list[str]:
    items = [value] if isinstance(value, str) else value
    if isinstance(items, list) and all(isinstance(item, str) for item in items):
        return items
    raise BadValueError(_("must be text or a list of strings"))


def _within(value: _N, least: float, most: float) -> _N:
    if least <= value <= most:
        return value
    raise BadValueError(_("must be from {least} to {most}").format(least=f"{least:g}", most=f"{most:g}"))


def _quote(text: str) -> str:
    return clean_line(text, 60)
