"""Neighbouring pieces of a line written as one where that shows the same: fewer bytes to the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.segment import Segment

if TYPE_CHECKING:
    from rich.style import Style

__all__ = ["joined"]


def joined(segments: Iterable[Segment]) -> list[Segment]:
    """The segments with neighbours of one style joined; a blank takes its neighbour's where only the ground shows."""
    found: list[Segment] = []
    for segment in segments:
        text, style = segment.text, segment.style
        last = found[-1] if found else None
        if last and text and (last.style == style or _is_blank(text, last.style, style)):
            found[-1] = Segment(last.text + text, last.style)
        elif last and text and _is_blank(last.text, last.style, style):
            found[-1] = Segment(last.text + text, style)
        elif text:
            found.append(segment)
    return found


def _is_blank(text: str, before: Style | None, after: Style | None) -> bool:
    if not text.isspace() or not (before and after) or before.bgcolor != after.bgcolor:
        return False
    if before.underline or after.underline or before.strike or after.strike:
        return False
    return before.reverse == after.reverse and before.meta == after.meta and before.link == after.link
