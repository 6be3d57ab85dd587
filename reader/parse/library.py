"""feedparser, set up so that a hostile feed costs little and a picture's caption is not lost."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import cache
from typing import Any

__all__ = ["feedparser"]

_LONGEST_NAME = 300


@cache
def feedparser() -> Any:
    """The library, with an XML reader of ours, told not to read dates: `text.dates` reads them, as they stood."""
    import feedparser as library
    from feedparser.mixin import _FeedParserMixin as Mixin
    from feedparser.util import FeedParserDict

    library.api.PREFERRED_XML_PARSERS[:0] = ["reader.parse.sax"]
    FeedParserDict.__deepcopy__ = _copied
    library.registerDateHandler(lambda _: (1970, 1, 1, 0, 0, 0, 3, 1, 0))
    Mixin._sync_author_detail = _with_short_names(Mixin._sync_author_detail)  # noqa: SLF001 - feedparser issue 562
    Mixin._start_media_title, Mixin._end_media_title = _start_media_title, _end_media_title  # noqa: SLF001
    return library


def _copied(self: Any, memo: dict[int, object]) -> Any:
    """A deep copy, which of what a content element tells of itself is a flat one: feedparser makes two an entry."""
    items = dict.items(self)
    if not any(isinstance(value, dict | list) for _key, value in items):
        return type(self)(items)
    return type(self)((key, copy.deepcopy(value, memo)) for key, value in items)


def _with_short_names(sync: Callable[..., None]) -> Callable[..., None]:
    """Its search for an address in a name takes quadratic time: of a name, so much is looked at as can be one.

    Source: feedparser issue 562. Here the name has been put together from whatever pieces the document has it in.
    """

    def sync_short(self: Any, key: str = "author") -> None:
        context = self._get_context()  # feedparser's own way to what it builds
        name = context.get(key)
        if isinstance(name, str) and len(name) > _LONGEST_NAME:
            context[key] = name[:_LONGEST_NAME]
        sync(self, key)

    return sync_short


def _start_media_title(self: Any, _attributes: dict[str, str]) -> None:
    self.push("media_title", 1)


def _end_media_title(self: Any) -> None:
    """Keep a picture's title with the picture: feedparser takes it for the entry's, and drops it if that has one."""
    title = self.pop("media_title")
    context = self._get_context()
    pictures = context.get("media_content")
    if title and pictures:
        pictures[-1].setdefault("title", title)
