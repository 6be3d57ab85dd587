"""The head of a web page, which holds what it says of itself."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

__all__ = ["head_of"]

_BODY = re.compile(r"</head\b|<body\b", re.IGNORECASE)
_LONGEST = 100_000


def head_of(text: str) -> LexborHTMLParser:
    """What stands before a page's body, at most 100,000 characters of it."""
    found = _BODY.search(text, 0, _LONGEST)
    return LexborHTMLParser(text[: found.start() if found else _LONGEST])
