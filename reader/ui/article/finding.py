"""The search inside an article: where a needle stands in a text, and which hit is the current one."""

from __future__ import annotations

import unicodedata
from functools import partial
from typing import TYPE_CHECKING

from reader.i18n import _, number
from reader.light import dataclass

if TYPE_CHECKING:
    from reader.ui.article.runs import Finder

__all__ = ["Finding", "finder", "places", "same_length"]


def finder(needle: str) -> Finder | None:
    """Finds a needle in texts, case and accents aside; None for an empty one."""
    folded = same_length(needle.strip())
    return partial(places, folded) if folded else None


def places(folded_needle: str, text: str) -> list[tuple[int, int]]:
    """Where the needle stands, from left to right, not overlapping."""
    haystack = same_length(text)
    found = []
    start = haystack.find(folded_needle)
    while start >= 0:
        found.append((start, start + len(folded_needle)))
        start = haystack.find(folded_needle, start + len(folded_needle))
    return found


def same_length(text: str) -> str:
    """Without case and accents, each character still one character, so that places hold in the original."""
    if text.isascii():
        return text.lower()
    return "".join(map(_plain, text))


def _plain(character: str) -> str:
    if character in "‘’":
        return "'"
    if character in "“”":
        return '"'
    base = unicodedata.normalize("NFKD", character)[:1].lower()
    return base if len(base) == 1 and base.isprintable() else character


@dataclass(slots=True)
class Finding:
    """The state of the search bar under an article."""

    needle: str = ""
    """What was typed."""
    is_typing: bool = True
    """Keys go into the needle."""
    current: int = -1
    """The hit looked at, from 0; -1: none."""

    @property
    def finder(self) -> Finder | None:
        """Finds the needle; None while there is none."""
        return finder(self.needle)

    def told(self, total: int) -> tuple[str, str]:
        """What stands in the bar: the needle, and which hit of how many is looked at."""
        cursor = "█" if self.is_typing else ""
        return f" {_('Find')}: {self.needle}{cursor}", self.count(total)

    def count(self, total: int) -> str:
        """Which hit of how many is looked at, in words; empty while nothing is searched for."""
        if not self.needle:
            return ""
        if not total:
            return _("not found")
        return _("{place} of {total}").format(place=number(self.current + 1), total=number(total))

    def edited(self, key: str, character: str | None) -> str | None:
        """The needle after a key; None if the key does not edit."""
        match key:
            case "backspace":
                return self.needle[:-1]
            case "ctrl+u":
                return ""
            case "ctrl+w":
                return self.needle.rstrip().rpartition(" ")[0]
            case _:
                return self.needle + character if character else None

    def step(self, total: int, by: int) -> None:
        """Go to the next or previous hit, around the end."""
        self.current = (self.current + by) % total if total else -1

    def nearest(self, rows: list[int], top: int) -> None:
        """Look at the first hit at or under a row, else at the first one."""
        self.current = next((index for index, row in enumerate(rows) if row >= top), 0) if rows else -1
