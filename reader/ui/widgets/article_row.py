"""Paints one article as the lines of a list row. Pure: no widget, no clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Literal

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from reader.i18n import _, ngettext
from reader.light import dataclass
from reader.text.times import age
from reader.ui.cells import clip_cells, even, fit, simple, wrap
from reader.ui.joining import joined

if TYPE_CHECKING:
    from reader.model import ArticleRow
    from reader.ui.cells import PaintedLine

__all__ = ["PARTS", "Ground", "Hits", "RowLook", "Styles", "meta_line", "paint", "row_lines"]

Part = Literal["unread", "read", "meta", "dot", "star", "hit", "bar", "muted", "missing"]
Ground = Literal["plain", "cursor", "focus", "picked", "picked_cursor"]
Hits = Callable[[str], list[tuple[int, int]]]
Styles = Mapping[str, Style]

PARTS: tuple[Part, ...] = ("unread", "read", "meta", "dot", "star", "hit", "bar", "muted", "missing")
"""What the styles must hold; a highlight rule's colour name comes on top of them."""

BAR, DOT, STAR, PICKED, CUT = "▌", "●", "★", "┃", "⊘"
MARKED, MARKED_READ = "◆", "◇"
"""In place of the dot where a rule highlights: told by shape as well as by colour."""
_ROOMY_WIDTH = 72
"""From this width on, a title rarely needs a second line."""
_SHORT_SOURCE = 12
"""In a compact row, cells of the source beside a title that needs the room."""
_ROOMY_HEIGHT = 20
"""Below this height, rows of three lines would leave too few of them."""


@dataclass(frozen=True, slots=True)
class RowLook:
    """How a row is to be painted."""

    width: int
    """Cells."""
    lines: int
    """1: compact; 2: title and source; 3: two lines for the title."""
    ground: Ground = "plain"
    """What it stands on."""
    feed_known: bool = False
    """Every row is of one feed, so that its name need not be told."""


def row_lines(rows: Literal["comfortable", "compact"], width: int, height: int) -> int:
    """Lines of every row in a list of this size: all alike, so that a million cost what a thousand do."""
    if rows == "compact" or height < 6:
        return 1
    return 3 if height >= _ROOMY_HEIGHT and width < _ROOMY_WIDTH else 2


def paint(
    row: ArticleRow, look: RowLook, styles: Styles, *, now: datetime, zone: tzinfo, hits: Hits | None = None
) -> list[list[Segment]]:
    """The row's lines, each of exactly ``look.width`` cells.

    ``styles`` holds one for each of `PARTS` on ``look.ground``, and for the colour names of highlight rules; ``hits``
    tells where the filter's words stand in a title.
    """
    if look.lines == 1:
        return [_compact(row, look, styles, now=now, zone=zone, hits=hits)]
    title = simple(row.title)
    wrapped = wrap(title, look.width - 5, look.lines - 1)
    found = hits(title) if hits else []
    lines = [[*_gutter(row, look, styles, 0), *_title(row, wrapped[:1], title, styles, found)]]
    meta = Segment(meta_line(row, look, now=now, zone=zone), styles["meta"])
    for index in range(1, look.lines):
        part = _title(row, wrapped[index : index + 1], title, styles, found) if index < len(wrapped) else []
        if not part and index == len(wrapped):
            part = [meta]
        lines.append([*_gutter(row, look, styles, index), *part])
    return [_exactly(line, look.width, styles) for line in lines]


def meta_line(row: ArticleRow, look: RowLook, *, now: datetime, zone: tzinfo) -> str:
    """Source, age, tag or place, and how many other sources have it."""
    others = len(row.other_feeds)
    parts = [
        "" if look.feed_known else clip_cells(simple(row.feed), 24),
        age(row.date, now, zone),
        " ".join(f"#{simple(tag)}" for tag in row.tags[:3]),
        simple(row.place),
        ngettext("+{count} source", "+{count} sources", others).format(count=others) if others else "",
        _media(row),
        _("muted: {rule}").format(rule=simple(row.muted_by)) if row.muted_by else "",
    ]
    return even([part for part in parts if part], look.width - 5)


def _media(row: ArticleRow) -> str:
    if "v" in row.has_media:
        return _("video")
    return _("audio") if "a" in row.has_media else ""


def _compact(
    row: ArticleRow, look: RowLook, styles: Styles, *, now: datetime, zone: tzinfo, hits: Hits | None
) -> list[Segment]:
    title = simple(row.title)
    tail = age(row.date, now, zone)
    if look.width >= 56 and not look.feed_known:
        feed, when = simple(row.feed), tail
        tail = f"{fit(clip_cells(feed, 16), 16)} {when.rjust(8)}"
        if cell_len(title) > look.width - 6 - cell_len(tail):
            tail = f"{clip_cells(feed, _SHORT_SOURCE)} {when}"
    room = max(8, look.width - 5 - cell_len(tail) - 1)
    wrapped = wrap(title, room, 1)
    segments = [*_gutter(row, look, styles, 0, compact=True), *_title(row, wrapped, title, styles, _found(hits, title))]
    gap = room - sum(cell_len(text) for text, _start in wrapped) + 1
    segments += [Segment(" " * max(1, gap), styles["meta"]), Segment(tail, styles["meta"])]
    return _exactly(segments, look.width, styles)


def _found(hits: Hits | None, title: str) -> list[tuple[int, int]]:
    return hits(title) if hits else []


def _gutter(row: ArticleRow, look: RowLook, styles: Styles, line: int, *, compact: bool = False) -> list[Segment]:
    """The columns left of the text: bar, unread dot, star under it (beside it in compact rows)."""
    picked = look.ground in {"picked", "picked_cursor"}
    bar = BAR if look.ground not in {"plain", "picked"} else PICKED if picked else " "
    segments = [Segment(bar, styles["bar"])]
    star = Segment(STAR, styles["star"]) if row.is_starred else Segment(" ", styles["meta"])
    match line:
        case 0:
            segments.append(_dot(row, styles))
            if compact:
                segments.append(star)
        case 1:
            segments.append(star)
        case _:
            segments.append(Segment(" ", styles["meta"]))
    segments.append(Segment(" ", styles["meta"]))
    return segments


def _dot(row: ArticleRow, styles: Styles) -> Segment:
    if row.muted_by:
        return Segment(CUT, styles["muted"])
    if row.highlight in styles:
        return Segment(MARKED_READ if row.is_read else MARKED, styles[row.highlight])
    return Segment(" ", styles["meta"]) if row.is_read else Segment(DOT, styles["dot"])


def _title(
    row: ArticleRow, lines: list[PaintedLine], title: str, styles: Styles, found: list[tuple[int, int]]
) -> list[Segment]:
    """The title's part on one line, with the hits in it marked."""
    base = styles["muted" if row.muted_by else "read" if row.is_read else "unread"]
    if row.highlight in styles and not row.muted_by:
        base += Style(color=styles[row.highlight].color)
    segments: list[Segment] = []
    for text, start in lines:
        here = 0
        for hit_start, hit_end in found:
            left, right = max(here, hit_start - start), min(len(text), hit_end - start)
            if left >= right:
                continue
            # The ellipsis at a line's end stands in no title.
            if text[left:right] != title[start + left : start + right]:
                right -= 1
            segments += [Segment(text[here:left], base), Segment(text[left:right], base + styles["hit"])]
            here = right
        segments.append(Segment(text[here:], base))
    return [segment for segment in segments if segment.text]


def _exactly(segments: list[Segment], width: int, styles: Styles) -> list[Segment]:
    """The segments in exactly so many cells."""
    kept: list[Segment] = []
    room = width
    for segment in segments:
        text = segment.text
        cells = cell_len(text)
        if cells > room:
            text, cells = fit(text, room), room
        room -= cells
        kept.append(Segment(text, segment.style))
        if room <= 0:
            break
    line = joined(kept)
    if room > 0:
        last = line[-1] if line else Segment("", styles["meta"])
        if last.style and last.style.underline:
            line.append(Segment(" " * room, styles["meta"]))
        else:
            line[-1:] = [Segment(last.text + " " * room, last.style)]
    return line
