"""Runs of text broken into lines of so many cells, wide and joined characters included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len, split_graphemes

from reader.light import late_pattern
from reader.ui.article.lines import Joint, Run

__all__ = ["Row", "break_text", "cut_runs", "longest_word", "natural_width", "wrap_runs"]

Break = tuple[int, int, Joint]
"""First character, one past the last, and how it hangs on the line before."""

Row = tuple[tuple[Run, ...], Joint]
"""A line's runs, and how it hangs on the line before."""

# Characters of exactly one cell each: for them a width is a count. The dash, quote and bullet blocks are what
# newspapers use beyond Latin.
_NARROW = late_pattern("[ -~\xa0-\xac\xae-\u02ff\u0391-\u03a9\u03b1-\u03c9\u0410-\u044f\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20a8-\u20b9]*")  # fmt: skip  # noqa: E501
# No line begins with these, none ends with those.
_CLOSING = frozenset("、。，．：；！？）」』】〉》〕］｝’”…ー・,.;:!?)]}%")
_OPENING = frozenset("（「『【〈《〔［｛‘“([{")


def is_narrow(text: str) -> bool:
    """Whether each character takes exactly one cell."""
    return text.isascii() or _NARROW.fullmatch(text) is not None


def break_text(text: str, width: int, *, at_spaces: bool = True) -> list[Break]:
    """Where to break a text into lines of at most ``width`` cells (at least 2), at spaces where there are any.

    Newlines in it break; spaces at a break stand on neither line, unless it is to break anywhere (code). An empty
    text is one empty line.
    """
    width = max(2, width)
    breaks: list[Break] = []
    start = 0
    for part in text.split("\n"):
        if not at_spaces:
            cut = _chop(part, width)
        elif is_narrow(part):
            cut = _break_narrow(part, width)
        else:
            cut = _break_wide(part, width)
        breaks += [(start + first, start + last, joint) for first, last, joint in cut]
        start += len(part) + 1
    return breaks


def _chop(text: str, width: int) -> list[Break]:
    breaks: list[Break] = []
    first = cells = 0
    for start, _end, size in split_graphemes(text)[0]:
        if cells + size > width:
            breaks.append((first, start, "" if breaks else "\n"))
            first, cells = start, 0
        cells += size
    return [*breaks, (first, len(text), "" if breaks else "\n")]


def _break_narrow(text: str, width: int) -> list[Break]:
    breaks: list[Break] = []
    joint: Joint = "\n"
    start, size = 0, len(text)
    next_joint: Joint
    while size - start > width:
        end = text.rfind(" ", start, start + width + 1)
        if end > start:
            after = end + 1
            while end > start and text[end - 1] == " ":
                end -= 1
            while after < size and text[after] == " ":
                after += 1
            next_joint = " "
        else:
            end = after = start + width
            next_joint = ""
        breaks.append((start, end, joint))
        start, joint = after, next_joint
    if start < size or not breaks:
        breaks.append((start, _without_spaces(text, start, size), joint))
    return breaks


def _break_wide(text: str, width: int) -> list[Break]:
    breaks: list[Break] = []
    spans, _total = split_graphemes(text)
    joint: Joint = "\n"
    first = 0  # index into spans of the line's first character
    fits = cells = 0  # a good place to break (index into spans), cells so far
    index = 0
    while index < len(spans):
        size = spans[index][2]
        is_space = _is_space(text, spans[index])
        if index > first and (is_space or _may_break(text, spans, index)):
            fits = index
        if cells + size > width and not is_space and index > first:
            cut = fits if fits > first else index
            end = spans[cut][0]
            breaks.append((spans[first][0], _without_spaces(text, spans[first][0], end), joint))
            joint = " " if _is_space(text, spans[cut]) or text[end - 1] == " " else ""
            while cut < len(spans) and _is_space(text, spans[cut]):
                cut += 1
            first = index = fits = cut
            cells = 0
            continue
        cells += size
        index += 1
    if first < len(spans) or not breaks:
        start = spans[first][0] if first < len(spans) else 0
        breaks.append((start, _without_spaces(text, start, len(text)), joint))
    return breaks


def _is_space(text: str, span: tuple[int, int, int]) -> bool:
    """A blank on its own; one that carries an accent is a character to be seen."""
    return text[span[0] : span[1]] == " "


def _may_break(text: str, spans: Sequence[tuple[int, int, int]], index: int) -> bool:
    """Between two characters of which one is wide, unless punctuation would be torn off."""
    before, after = text[spans[index - 1][0]], text[spans[index][0]]
    if before == " ":
        return True
    wide = spans[index][2] == 2 or spans[index - 1][2] == 2
    return wide and after not in _CLOSING and before not in _OPENING


def _without_spaces(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] == " ":
        end -= 1
    return end


def wrap_runs(runs: Sequence[Run], width: int, *, at_spaces: bool = True) -> list[Row]:
    """Runs broken into lines of at most ``width`` cells; no runs are one empty line."""
    if len(runs) == 1:
        run = runs[0]
        return [
            ((run._replace(text=run.text[start:end]),) if end > start else (), joint)
            for start, end, joint in break_text(run.text, width, at_spaces=at_spaces)
        ]
    breaks = break_text("".join(run.text for run in runs), width, at_spaces=at_spaces)
    cut = cut_runs(runs, ((start, end) for start, end, _joint in breaks))
    return [(pieces, joint) for pieces, (_start, _end, joint) in zip(cut, breaks, strict=True)]


def cut_runs(runs: Sequence[Run], ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[Run, ...]]:
    """The runs of each range of characters; the ranges are in order and do not overlap."""
    index, offset = 0, 0  # the run looked at, and the place of its first character
    for start, end in ranges:
        pieces = []
        while index < len(runs):
            run = runs[index]
            stop = offset + len(run.text)
            if stop > start and (text := run.text[max(0, start - offset) : end - offset]):
                pieces.append(run if len(text) == len(run.text) else run._replace(text=text))
            if stop > end:
                break
            offset, index = stop, index + 1
        yield tuple(pieces)


def natural_width(runs: Sequence[Run]) -> int:
    """Cells of the longest line the author made."""
    return max(map(cell_len, "".join(run.text for run in runs).split("\n")))


def longest_word(runs: Sequence[Run]) -> int:
    """Cells of the longest word; a run of wide characters can break anywhere, so it counts as one character."""
    words = "".join(run.text for run in runs).split()
    return max((len(word) if is_narrow(word) else min(cell_len(word), 4) for word in words), default=0)
