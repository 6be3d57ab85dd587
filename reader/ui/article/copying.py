"""What a selection in an article copies: running text again, not our lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.selection import Selection

if TYPE_CHECKING:
    from reader.ui.article.lines import Line

__all__ = ["selected_text"]


def selected_text(lines: Sequence[Line], selection: Selection, margin: int) -> str:
    """The selected text: lines of a paragraph joined again, margins and repeated indents left out.

    Args:
        lines: The article's lines.
        selection: Rows, and characters counted with the margin.
        margin: Characters of margin before each line.

    """
    pieces: list[str] = []
    for row, line in enumerate(lines):
        span = selection.get_span(row)
        if span is None:
            continue
        start, end = span
        text = line.text
        first = max(0, start - margin)
        last = len(text) if end == -1 else max(0, end - margin)
        if pieces:
            pieces.append(line.joint)
            if line.joint != "\n":
                first = max(first, line.lead)
        pieces.append(text[first:last].rstrip() if line.joint != "" or end == -1 else text[first:last])
    return "".join(pieces).strip("\n")
