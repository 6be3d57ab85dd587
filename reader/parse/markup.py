"""Feeds that are not quite XML made into what expat takes, with nothing of their text lost.

A document that expat refuses goes to feedparser's loose parser, which reads less from it; and what expat refuses
(control characters, impossible references) is what no terminal should get.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.entities import html5

__all__ = ["document", "repair"]

_DECLARATION = re.compile(r"<\?xml\s", re.IGNORECASE)
_ROOT = re.compile(r"<[A-Za-z_]")
_ENTITY = re.compile(
    r"""<!ENTITY\s{1,20}(?:%\s{1,20})?([\w.:-]{1,100})(?:\s{1,20}(?:"([^"&<%]{0,200})"|'([^'&<%]{0,200})')\s{0,20}>)?"""
)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_REFERENCE = re.compile(r"&(?:#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?|([A-Za-z_][\w.-]{0,99});|)")
_LONE_LESS = re.compile(r"<(?![A-Za-z_/!?])")
_PREDEFINED = frozenset({"amp", "lt", "gt", "quot", "apos"})
_MOST_EXPANDED = 1_000_000


def document(text: str) -> str:
    """The document from its root element on: without declaration, comments, processing instructions, junk.

    A document type's entities go into the text, which is then repaired too: expat silently drops references to what
    an external subset might declare.
    """
    start = 0
    if (declared := _DECLARATION.search(text, 0, 20_000)) and not _opens_feed(text[: declared.start()]):
        start = declared.start()
    root = _root_of(text, start)
    prolog = text[start:root]
    if "<!" in prolog and (subset := prolog.upper().find("<!DOCTYPE")) >= 0:
        return repair(text[root:], _declared(prolog[subset:]))
    return text[root:]


def repair(text: str, declared: dict[str, str] | None = None) -> str:
    """The document with every reference and every character legal, and without comments.

    Args:
        text: from the root element on.
        declared: the document's own entities.

    """
    resolve = _Resolver(declared or {})
    text = _ILLEGAL.sub("", text)
    parts: list[str] = []
    for piece, is_literal in _sections(text):
        if is_literal:
            parts.append(piece)
        else:
            parts.append(_REFERENCE.sub(resolve, _LONE_LESS.sub("&lt;", piece)))
    return "".join(parts)


def _opens_feed(text: str) -> bool:
    return "<rss" in text or "<feed" in text or "<rdf" in text.lower()


def _root_of(text: str, start: int) -> int:
    """Where the first element begins that is not inside a comment or a document type; the end if there is none."""
    find = _finder(text)
    position = start
    while (found := text.find("<", position)) >= 0:
        if _ROOT.match(text, found):
            return found
        if text.startswith("<!--", found):
            end = find("-->", found)
        elif text.startswith("<!", found):
            end = find(">", found)
            subset = text.find("[", found, max(end, found))
            if subset >= 0 and (close := find("]", subset)) >= 0:
                end = find(">", close)
        else:
            end = find("?>", found) if text.startswith("<?", found) else found
        # What is never closed hides nothing.
        position = max(end, found) + 1
    return len(text)


def _declared(doctype: str) -> dict[str, str]:
    """Short plain entities by name; all others (nested, external) as nothing."""
    return {found[1]: found[2] or found[3] or "" for found in _ENTITY.finditer(doctype)}


class _Resolver:
    """Replaces references; bounded in what entities may grow to."""

    def __init__(self, declared: dict[str, str]) -> None:
        self.declared = declared
        self.room = _MOST_EXPANDED

    def __call__(self, found: re.Match[str]) -> str:
        hexadecimal, decimal, name = found.groups()
        if name is not None:
            return self._named(name)
        if hexadecimal is None and decimal is None:
            return "&amp;"
        digits = (hexadecimal or decimal).lstrip("0")
        code = int(digits, 16 if hexadecimal else 10) if 0 < len(digits) <= 8 else 0
        is_legal = code in {9, 10, 13} or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0xFFFF < code < 0x110000
        return f"&#{code};" if is_legal else "\ufffd"

    def _named(self, name: str) -> str:
        if name in _PREDEFINED:
            return f"&{name};"
        if name in self.declared:
            value = self.declared[name]
            self.room -= len(value)
            return _escaped(value) if self.room >= 0 else ""
        value = html5.get(name + ";", "")
        return _escaped(value) if value else f"&amp;{name};"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _sections(text: str) -> Iterator[tuple[str, bool]]:
    """Markup and CDATA sections in turn (True for the latter); comments left out. An unclosed one ends the text."""
    find = _finder(text)
    position = 0
    while (start := text.find("<!", position)) >= 0:
        if text.startswith("<![CDATA[", start):
            end = find("]]>", start)
            if end < 0:
                break
            yield text[position:start], False
            yield text[start : end + 3], True
            position = end + 3
        elif text.startswith("<!--", start):
            yield text[position:start], False
            end = find("-->", start)
            # An unclosed comment hides nothing: its opening goes, its text stays.
            position = end + 3 if end >= 0 else start + 4
        else:
            yield text[position : start + 2], False
            position = start + 2
    yield text[position:], False


def _finder(text: str) -> Callable[[str, int], int]:
    """``text.find`` that does not search again for what is known to be absent: many unclosed openings stay linear."""
    absent: set[str] = set()

    def find(mark: str, start: int) -> int:
        if mark in absent:
            return -1
        position = text.find(mark, start)
        if position < 0:
            absent.add(mark)
        return position

    return find
