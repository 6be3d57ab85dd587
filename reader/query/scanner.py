"""Cutting a query into pieces: words, quotes, patterns, brackets, operators and field names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from reader.light import dataclass, late_pattern
from reader.query.fields import ALIASES, TEXT_FIELDS

__all__ = ["MAX_LENGTH", "MAX_PIECES", "Kind", "Piece", "needs_quotes", "scan"]

MAX_LENGTH = 10_000
"""Characters of a query that are read."""
MAX_PIECES = 500
"""Pieces of a query that are read."""

Kind = Literal["word", "quote", "pattern", "family", "tag", "field", "open", "close", "or", "and", "not"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a query."""

    kind: Kind
    """What it is."""
    text: str
    """What it says: without quotes, slashes, signs or colon; a field's canonical name."""
    start: int
    """Its first character in the query, from 0."""
    end: int
    """One past its last character."""
    flags: str = ""
    """A pattern's letters."""
    is_closed: bool = True
    """A quote or pattern has its closing mark."""


# What opens a quote, and what may close it.
_QUOTES = {'"': '"', "“": '”“"', "„": '”“"', "”": '”"', "«": "»", "＂": "＂"}
_OPERATORS: dict[str, Kind] = {"OR": "or", "|": "or", "||": "or", "AND": "and", "&": "and", "&&": "and", "NOT": "not"}
_EVEN_EMPTY = frozenset({"open", "close", "not", "field", "quote", "pattern", "family", "tag"})
_RUN = late_pattern(r'[^\s()"“”„«＂]+')
_FIELD = late_pattern(r"([A-Za-z_]{1,20}):")
_PATTERN_END = late_pattern(r"/([a-z]*)(?=[\s()]|\Z)")
_SPACE = late_pattern(r"\s+")


def scan(text: str) -> Iterator[Piece]:
    """The pieces of a query in order, at most `MAX_PIECES`. Takes any text and time in proportion to its length."""
    text = text[:MAX_LENGTH]
    at = count = 0
    field = ""
    while at < len(text) and count < MAX_PIECES:
        if space := _SPACE.match(text, at):
            at, field = space.end(), ""
            continue
        piece = _piece(text, at, field)
        if piece.text or piece.kind in _EVEN_EMPTY:
            yield piece
            count += 1
        field = piece.text if piece.kind == "field" else ""
        at = piece.end


def needs_quotes(value: str) -> bool:
    """Whether a field's value would not be read as one word as it stands."""
    return value.startswith("~") or any(each.isspace() or each in "()" or each in _QUOTES for each in value)


def _piece(text: str, at: int, field: str) -> Piece:
    """The piece that starts here; ``field`` is the name whose value it is."""
    character = text[at]
    following = text[at + 1 : at + 2]
    match character:
        case "(":
            return Piece("open", "(", at, at + 1)
        case ")":
            return Piece("close", ")", at, at + 1)
        case "-" | "!" if following and not following.isspace() and not field:
            return Piece("not", "", at, at + 1)
        case "/" if (not field or field in TEXT_FIELDS) and (pattern := _pattern(text, at)) is not None:
            return pattern
        case "#" if not field:
            return _marked("tag", text, at)
        case "~":
            return _marked("family", text, at)
    if character in _QUOTES:
        return _quote("quote", text, at, at)
    return _run(text, at, is_value=bool(field))


def _quote(kind: Kind, text: str, start: int, opening: int) -> Piece:
    ends = [found for mark in _QUOTES[text[opening]] if (found := text.find(mark, opening + 1)) >= 0]
    if not ends:
        return Piece(kind, text[opening + 1 :], start, len(text), is_closed=False)
    return Piece(kind, text[opening + 1 : min(ends)], start, min(ends) + 1)


def _marked(kind: Kind, text: str, at: int) -> Piece:
    """What follows # or ~: a word or a quote."""
    if text[at + 1 : at + 2] in _QUOTES and at + 1 < len(text):
        return _quote(kind, text, at, at + 1)
    run = _RUN.match(text, at + 1)
    return Piece(kind, run.group(), at, run.end()) if run else Piece(kind, "", at, at + 1)


def _pattern(text: str, at: int) -> Piece | None:
    """A regular expression; one without its closing slash goes to the end. None if no pattern can start here."""
    if text[at + 1 : at + 2] in {"", "/"} or text[at + 1].isspace():
        return None
    position = at + 1
    while (slash := text.find("/", position)) >= 0:
        backslashes = len(text[:slash]) - len(text[:slash].rstrip("\\")) if text[slash - 1] == "\\" else 0
        if backslashes % 2 == 0 and (end := _PATTERN_END.match(text, slash)):
            return Piece("pattern", text[at + 1 : slash], at, end.end(), flags=end.group(1))
        position = slash + 1
    return Piece("pattern", text[at + 1 :], at, len(text), is_closed=False)


def _run(text: str, at: int, *, is_value: bool) -> Piece:
    run = _RUN.match(text, at)
    if run is None:
        return Piece("word", "", at, at + 1)
    written = run.group()
    if not is_value:
        if written in _OPERATORS:
            return Piece(_OPERATORS[written], written, at, run.end())
        found = _FIELD.match(written)
        if found and (name := ALIASES.get(found.group(1).lower())) and not written.startswith("//", found.end()):
            return Piece("field", name, at, at + found.end())
    return Piece("word", written, at, run.end())
