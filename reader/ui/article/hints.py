"""Letters for the links in sight: typing one opens its link, typing it in upper case copies it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from reader.light import dataclass

__all__ = ["Hints", "labels"]

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""The home row first."""


def labels(count: int) -> list[str]:
    """So many labels of one letter, or of two if one does not do; none begins another. At most 676."""
    if count <= len(LETTERS):
        return list(LETTERS[:count])
    return [first + second for first in LETTERS for second in LETTERS][:count]


@dataclass(slots=True)
class Hints:
    """Labels on show, and what has been typed of one."""

    links: Mapping[str, int]
    """Label to link number."""
    typed: str = ""
    """Letters so far, lower case."""
    copies: bool = False
    """The first letter was typed in upper case."""

    @classmethod
    def over(cls, links: Sequence[int]) -> Hints:
        """Hints for links in the order they stand in."""
        return cls(dict(zip(labels(len(links)), links, strict=False)))

    def type(self, letter: str) -> int | Literal["more", "none"]:
        """Take a letter: the number of the link it completes, or whether more letters are needed or nothing fits."""
        if not self.typed:
            self.copies = letter.isupper()
        self.typed += letter.lower()
        if (link := self.links.get(self.typed)) is not None:
            return link
        return "more" if any(label.startswith(self.typed) for label in self.links) else "none"

    def label(self, link: int) -> str:
        """The letters left to type for a link; empty if it is out of the running."""
        for label, number in self.links.items():
            if number == link and label.startswith(self.typed):
                return label[len(self.typed) :]
        return ""
