"""The head of a web page, which holds what it says of itself."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

__all__ = ["head_of"]

_BODY = re.compile(r"</head\b|<body\b", re.IGNORECASE)
_CODE = re.compile(r"<(script|style)\b", re.IGNORECASE)
_CODE_ENDS = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in ("script", "style")}
_LONGEST_PAGE = 2_000_000
_LONGEST = 60_000


def head_of(text: str) -> LexborHTMLParser:
    """What stands before a page's body, without scripts and styles, at most 60,000 characters of it."""
    text = _without_code(text[:_LONGEST_PAGE])
    found = _BODY.search(text, 0, _LONGEST)
    return LexborHTMLParser(text[: found.start() if found else _LONGEST])


def _without_code(text: str) -> str:
    """The text without scripts and styles: publishing systems put hundreds of KB of them before the first link."""
    parts: list[str] = []
    position = 0
    while start := _CODE.search(text, position):
        parts.append(text[position : start.start()])
        end = _CODE_ENDS[start[1].lower()].search(text, start.end())
        if end is None:
            return "".join(parts)
        position = end.start()
    return "".join([*parts, text[position:]])
