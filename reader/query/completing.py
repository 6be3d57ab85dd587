"""Completing what is being typed in the filter bar: fields, their values, names and tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.i18n import _
from reader.light import dataclass
from reader.query.fields import ALIASES, FIELDS, TEXT_FIELDS
from reader.query.moments import PERIODS
from reader.query.scanner import needs_quotes
from reader.text.fold import fold, words

if TYPE_CHECKING:
    from reader.query.names import Names

__all__ = ["Completion", "complete", "place_begun"]

MAX_OPTIONS = 50
"""Options offered at once."""
_PAIRS = (('"', '"'), ("«", "»"), ("＂", "＂"))


@dataclass(frozen=True, slots=True)
class Completion:
    """What may stand instead of the word under the cursor."""

    start: int
    """First character of the text that is replaced."""
    end: int
    """One past its last character."""
    options: tuple[str, ...] = ()
    """What may be put there, best first; empty: nothing fits."""
    notes: tuple[str, ...] = ()
    """What each of them finds, in the language in use; empty: they say so themselves."""


@dataclass(frozen=True, slots=True)
class _Word:
    """The word under the cursor, taken apart."""

    start: int
    """Where it starts, behind its minus."""
    field: str
    """What stands before its colon, as typed; the whole word if there is none."""
    name: str
    """The field it names; empty: none."""
    typed: str
    """What stands behind the colon."""
    has_colon: bool
    """There is one, after a field's name or not."""


def complete(text: str, cursor: int, names: Names) -> Completion:
    """What may stand instead of the word that ends at the cursor."""
    cursor = max(0, min(cursor, len(text)))
    word = _word(text, cursor)
    notes: tuple[str, ...] = ()
    if word.field.startswith("#"):
        options = [f"#{_quoted(tag)}" for tag in _fitting(text[word.start + 1 : cursor].lstrip('"“'), _tags(names))]
    elif word.name:
        options = [f"{word.field}:{_quoted(value)}" for value in _fitting(word.typed, _values(word.name, names))]
    elif not word.has_colon:
        explained = _explained()
        options = _fitting(word.field, list(explained))
        notes = tuple(explained[option] for option in options)
    else:
        options = []
    return Completion(word.start, cursor, tuple(options[:MAX_OPTIONS]), notes[:MAX_OPTIONS])


def place_begun(text: str, cursor: int) -> str | None:
    """What is typed of a place's name, if the word that ends at the cursor asks for one."""
    word = _word(text, max(0, min(cursor, len(text))))
    return word.typed if word.name == "place" else None


def _explained() -> dict[str, str]:
    """What a word may begin with, and what it finds."""
    fields = {f"{name}:": _(help_) for name, (_scope, help_) in TEXT_FIELDS.items()}
    fields |= {f"{field.name}:": _(field.help) for field in FIELDS.values()}
    yesterday = _("what is dated yesterday")
    return fields | {
        "search:": _("a saved filter, by its name"),
        "sort:": _("the order: new, old, rank"),
        "today": _("what is dated today"),
        "yesterday": yesterday,
        "kemarin": yesterday,
    }


def _word(text: str, cursor: int) -> _Word:
    start = _word_start(text, cursor)
    word = text[start:cursor]
    sign = word[: len(word) - len(word.lstrip("-!"))]
    field, colon, typed = word[len(sign) :].partition(":")
    name = ALIASES.get(field.lower(), "") if colon else ""
    return _Word(start + len(sign), field, name, typed.lstrip('"“'), bool(colon))


def _word_start(text: str, cursor: int) -> int:
    """Where the word under the cursor starts; a quoted value with spaces is one word."""
    start, is_quoted = 0, False
    for at, character in enumerate(text[:cursor]):
        if character in '"“”':
            is_quoted = not is_quoted
        elif not is_quoted and (character.isspace() or character in "()"):
            start = at + 1
    return start


def _values(name: str, names: Names) -> list[str]:
    match name:
        case "feed":
            return [feed.title for feed in names.feeds]
        case "folder":
            return list(dict.fromkeys([*names.folders, *(feed.folder for feed in names.feeds if feed.folder)]))
        case "tag":
            return _tags(names)
        case "search":
            return list(names.filters)
        case "sort":
            return ["new", "old", "rank"]
        case "date" | "after" | "before":
            return ["today", "yesterday", "kemarin", *PERIODS]
        case "place":
            return list(names.places)
        case "newer" | "older":
            return ["1d", "3d", "1w", "1mo", "1y"]
    return list(FIELDS[name].values) if name in FIELDS else []


def _tags(names: Names) -> list[str]:
    return list(dict.fromkeys([*names.tags, *(tag for feed in names.feeds for tag in feed.tags)]))


def _fitting(typed: str, values: list[str]) -> list[str]:
    """Values that begin so, then those in which a later word does."""
    wanted = fold(typed).strip()
    first = [value for value in values if fold(value).startswith(wanted)]
    later = [value for value in values if value not in first and any(w.startswith(wanted) for w in words(value))]
    return first + later


def _quoted(value: str) -> str:
    """The value as one word of a query, between quotes that it does not close itself."""
    if not needs_quotes(value):
        return value
    opening, closing = next(((begin, end) for begin, end in _PAIRS if end not in value), _PAIRS[0])
    return f"{opening}{value}{closing}"
