"""What the addresses of a page's articles have in common, as a ``link_pattern``. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

__all__ = ["article_pattern"]

LEAST_ALIKE = 3
"""So many addresses of one shape make a list of articles."""
HEADLINE = 15
"""A link with so many characters of text may be a headline; shorter ones are mostly menus."""

_NUMBER = re.compile(r"\d+")
_NAME = "[^/?#]+-[^/?#]+-[^/?#]+"
_SLUG = re.compile(_NAME)


def article_pattern(page: str, links: Iterable[tuple[str, str]]) -> str:
    """A regular expression that the addresses of the articles match, and menus do not; empty if none stands out.

    Args:
        page: The page's own address.
        links: Absolute addresses with the text of their links.

    """
    host = _host(page)
    shapes: dict[tuple[bool, ...], dict[tuple[str, ...], None]] = {}
    for url, text in links:
        parts = tuple(filter(None, urlsplit(url).path.split("/")))
        if _host(url) != host or not parts or len(text.strip()) < HEADLINE or url == page:
            continue
        shape = tuple(map(_is_number, parts))
        # Without a number only a long name tells an article from a section.
        if any(shape) or _SLUG.fullmatch(parts[-1]):
            shapes.setdefault(shape, {})[parts] = None
    if not shapes:
        return ""
    shape, found = max(shapes.items(), key=lambda item: (len(item[1]), any(item[0])))
    if len(found) < LEAST_ALIKE:
        return ""
    pieces = [_piece([path[at] for path in found]) for at in range(len(shape))]
    if not any(shape):
        pieces[-1] = _NAME
    return rf"^https?://(www\.)?{re.escape(host)}/{'/'.join(pieces)}"


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower().removeprefix("www.")


def _is_number(part: str) -> bool:
    return bool(_NUMBER.fullmatch(part))


def _piece(parts: Sequence[str]) -> str:
    """What stands at one place of the paths: the same everywhere, a number, or anything."""
    if len(set(parts)) == 1:
        return re.escape(parts[0])
    return r"\d+" if all(map(_is_number, parts)) else "[^/?#]+"
