"""Completing what is being typed in the filter bar: fields, their values, names and tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.light import dataclass
from reader.query.fields import ALIASES, FIELDS, TEXT_FIELDS
from reader.text.fold import fold, words

if TYPE_CHECKING:
    from reader.query.names import Names

__all__ = ["Completion", "complete"]

MAX_OPTIONS = 50
"""Options offered at once."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What may stand instead of the word under the cursor."""

    start: int
    """First character of the text that is replaced."""
    end: int
    """One past its last character."""
    options: tuple[str, ...] = ()
    """What may be put there, best first; empty: nothing fits."""


def complete(text: str, cursor: int, names: Names) -> Completion:
    """What may stand instead of the word that ends at the cursor."""
    cursor = max(0, min(cursor, len(text)))
    start = _word_start(text, cursor)
    word = text[start:cursor]
    sign = word[: len(word) - len(word.lstrip("-!"))]
    start, word = start + len(sign), word[len(sign) :]
    field, colon, typed = word.partition(":")
    if word.startswith("#"):
        options = [f"#{_quoted(tag)}" for tag in _fitting(word[1:].lstrip('"“'), _tags(names))]
    elif colon and (name := ALIASES.get(field.lower())):
        options = [f"{field}:{_quoted(value)}" for value in _fitting(typed.lstrip('"“'), _values(name, names))]
    elif not colon:
        options = [f"{name}:" for name in _fitting(word, [*TEXT_FIELDS, *FIELDS, "search", "sort"])]
    else:
        options = []
    return Completion(start, cursor, tuple(options[:MAX_OPTIONS]))


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
            return ["today", "yesterday", "kemarin"]
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
    return f'"{value}"' if any(character.isspace() or character in "()" for character in value) else value
