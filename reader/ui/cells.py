"""Text measured in terminal cells: what a row holds never moves the column beside it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from reader.light import late_pattern
from reader.text.clean import clean_line

__all__ = ["PaintedLine", "clip_cells", "even", "even_lines", "fit", "simple", "steady", "wrap"]

PaintedLine = tuple[str, int]
"""A line's text, and the place of its first character in the text it was cut from."""

ELLIPSIS = "…"

# Terminals disagree about the width of joined emoji, skin tones and presentation selectors, and a joiner makes Rich
# count what follows it as nothing, so that widths no longer add up. A row must be as wide everywhere.
_JOINED = late_pattern("[\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")
_FLAG = late_pattern("[\U0001f1e6-\U0001f1ff]")
_FIRST_FLAG_LETTER = 0x1F1E6


def simple(text: str) -> str:
    """One clean line without the clusters that terminals draw in different widths.

    Joined emoji fall apart into single ones, flags into their two letters.
    """
    return text if text.isascii() and text.isprintable() else steady(clean_line(text))


def steady(text: str) -> str:
    """The text with joined emoji fallen apart into single ones, and flags into their two letters."""
    if text.isascii():
        return text
    apart = _FLAG.sub(lambda match: chr(ord(match[0]) - _FIRST_FLAG_LETTER + ord("A")), _JOINED.sub("", text))
    # An accent may now stand after a letter that takes it in.
    return unicodedata.normalize("NFC", apart)


def fit(text: str, width: int) -> str:
    """The text in exactly so many cells: padded with spaces, or cut off."""
    return set_cell_size(text, max(0, width))


def clip_cells(text: str, width: int) -> str:
    """The text in at most so many cells, with an ellipsis where something was cut off."""
    if cell_len(text) <= width:
        return text
    if width <= 1:
        return ELLIPSIS[:width]
    return set_cell_size(text, width - 1).rstrip() + ELLIPSIS


def even(parts: Sequence[str], width: int, separator: str = " · ") -> str:
    """The parts joined, as many as fit whole; the first is clipped rather than left out."""
    line = ""
    for part in filter(None, parts):
        longer = f"{line}{separator}{part}" if line else part
        if line and cell_len(longer) > width:
            break
        line = longer
    return clip_cells(line, width)


def even_lines(text: str, width: int, separator: str = " · ") -> list[str]:
    """The text in as few lines as its parts need: broken between parts, so that none of them is torn apart.

    A part that is wider than the lines stands on one of its own; no text gives no lines.
    """
    lines: list[str] = []
    for part in filter(None, text.split(separator)):
        longer = f"{lines[-1]}{separator}{part}" if lines else part
        if lines and cell_len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


def wrap(text: str, width: int, lines: int) -> list[PaintedLine]:
    """The text in at most so many lines of at most so many cells, broken at spaces where there are any.

    What does not fit ends in an ellipsis. A width below 1 gives no lines.
    """
    if width < 1 or lines < 1:
        return []
    cut: list[PaintedLine] = []
    start = 0
    while len(cut) < lines:
        rest = text[start:]
        if len(cut) == lines - 1 or cell_len(rest) <= width:
            cut.append((clip_cells(rest, width), start))
            break
        length = _line_length(rest, width)
        line = rest[:length]
        cut.append((line.rstrip(), start))
        start += length + (len(rest[length:]) - len(rest[length:].lstrip(" ")))
    return cut


def _line_length(text: str, width: int) -> int:
    """How many characters stand on the first line."""
    head = _head(text, width)
    if head >= len(text) or text[head] == " ":
        return head
    space = text.rfind(" ", 0, head)
    return space if space > 0 else head


def _head(text: str, width: int) -> int:
    """The most characters, at least one, that fit into so many cells."""
    low, high = 1, min(len(text), max(1, width * 4))
    while low < high:
        middle = (low + high + 1) // 2
        if cell_len(text[:middle]) <= width:
            low = middle
        else:
            high = middle - 1
    return low
