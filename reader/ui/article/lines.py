"""The lines of a laid-out article: text with names for its looks, no colours yet.

A theme change paints the same lines again; only another width lays the document out anew.
"""

from __future__ import annotations

from enum import IntFlag
from typing import Literal, NamedTuple

__all__ = ["Joint", "Line", "Mark", "Role", "Run", "blank"]

Role = Literal[
    "title", "byline", "meta", "note", "body", "heading", "subheading", "dim", "bar", "bullet", "caption", "rule",
    "table-head", "fold", "code", "code-keyword", "code-string", "code-comment", "code-number", "code-name",
]  # fmt: skip
"""What a run of text is; each has a component class in the style sheet."""

Joint = Literal["\n", " ", ""]
"""How a line hangs on the one before when copied: a break of the author's, or one of ours at a space or not."""


class Mark(IntFlag):
    """What sets a run apart from others of its role."""

    NONE = 0
    STRONG = 1
    EMPHASIS = 2
    CODE = 4
    STRIKE = 8
    MARK = 16
    SMALL = 32
    LINK = 64
    NUMBER = 128
    """A link's number, which is ours."""
    HOST = 256
    """The host a link really leads to."""
    DATELINE = 512
    HIT = 1024
    """The list's filter matched it."""


class Run(NamedTuple):
    """A stretch of a line that looks the same."""

    text: str
    """Clean text without line breaks."""
    role: Role = "body"
    """What it is."""
    marks: Mark = Mark.NONE
    """What sets it apart."""
    link: int = 0
    """Number of the link it belongs to, from 1; 0: none."""
    find: int = -1
    """Which hit of the search inside the article it belongs to, from 0; -1: none."""


class Line(NamedTuple):
    """One line on the screen."""

    runs: tuple[Run, ...]
    """What stands on it."""
    block: int = 0
    """Which block it belongs to, from 0 for the header."""
    joint: Joint = "\n"
    """How it hangs on the line before."""
    lead: int = 0
    """Leading characters that are ours (indent, bar): not copied where the line continues another."""

    @property
    def text(self) -> str:
        """The line's text."""
        return "".join(run.text for run in self.runs)


def blank(block: int = 0) -> Line:
    """An empty line."""
    return Line((), block)
