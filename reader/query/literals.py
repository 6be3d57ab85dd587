r"""What the index can be asked before a regular expression is searched: words that every match must have.

Only what is certain counts: literal letters of the pattern's top level that begin a word, because a literal separator
or ``\b`` stands before them. ``/\bbupati .* (natuna|batam)/`` needs the word *bupati*, and one that begins with
*natuna* or *batam*.
"""

from __future__ import annotations

import re

from reader.light import late_pattern

__all__ = ["Needed", "needed_words"]

Needed = tuple[tuple[str, bool], ...]
"""Alternatives: folded words, each with whether it may go on; one of them is in every text the pattern matches."""

_PIECE = late_pattern(
    r"(?P<escape>\\.)|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<count>\{[^}]*\})|(?P<open>\((?:\?:)?)|(?P<any>.)",
    re.DOTALL,
)
_QUANTIFIERS = "*+?{"
_SEPARATORS = " ,.:;/-"
_BOUNDARY = "\0"
_UNKNOWN = "\1"
# Stands for a group of literal alternatives.
_GROUP = "\2"
_STARTS = late_pattern(
    rf"(?<=[{re.escape(_SEPARATORS)}\0])(?P<word>[0-9A-Za-z]+|{_GROUP})(?P<end>[{re.escape(_SEPARATORS)}\0])?"
)
_ALTERNATIVES = late_pattern(r"[0-9A-Za-z]+(?:\|[0-9A-Za-z]+)*\Z")


def needed_words(pattern: str) -> tuple[Needed, ...]:
    """What every match of the pattern must have; empty if nothing is certain."""
    flat = _flattened(pattern)
    if flat is None:
        return ()
    text, groups = flat
    found: list[Needed] = []
    for match in _STARTS.finditer(text):
        words = [match["word"]]
        if match["word"] == _GROUP:
            words = groups[text.count(_GROUP, 0, match.start())]
        found.append(tuple((word.lower(), match["end"] is None) for word in words))
    return tuple(dict.fromkeys(found))


def _flattened(pattern: str) -> tuple[str, list[list[str]]] | None:
    """The pattern's top level: literal characters, boundaries, groups of literals, and what is unknown.

    None if alternatives at the top, or syntax beyond this, leave nothing certain.
    """
    text: list[str] = []
    groups: list[list[str]] = []
    at = 0
    while at < len(pattern):
        piece = _PIECE.match(pattern, at)
        if piece is None:
            return None
        end = _group_end(pattern, at) if piece["open"] else piece.end()
        if not end or piece.group() == "|" or (piece["open"] == "(" and pattern.startswith("(?", at)):
            return None
        is_optional = pattern[end : end + 1] and pattern[end] in _QUANTIFIERS
        if is_optional:
            text.append(_UNKNOWN)
        elif piece["open"]:
            inner = pattern[piece.end() : end - 1]
            is_literal = _ALTERNATIVES.match(inner)
            text.append(_GROUP if is_literal else _UNKNOWN)
            if is_literal:
                groups.append(inner.split("|"))
        else:
            text.append(_character(piece))
        at = end
    return "".join(text), groups


def _group_end(pattern: str, at: int) -> int:
    """One past the bracket that closes the group which opens here; 0 if none does."""
    depth = 0
    for piece in _PIECE.finditer(pattern, at):
        if piece["open"]:
            depth += 1
        elif piece["any"] == ")":
            depth -= 1
            if depth == 0:
                return piece.end()
    return 0


def _character(piece: re.Match[str]) -> str:
    written = piece.group()
    if piece["escape"]:
        if written == r"\b":
            return _BOUNDARY
        return written[1] if written[1] in _SEPARATORS else _UNKNOWN
    if piece["any"] and written not in "^$.*+?)" and written > _GROUP:
        return written
    return _UNKNOWN
