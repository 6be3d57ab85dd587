"""Keeps the painted rows of a list until what they depend on changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, tzinfo
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.strip import Strip

from reader.i18n import number
from reader.text.times import day as day_told
from reader.ui.cells import clip_cells
from reader.ui.widgets.article_row import PARTS, RowLook, paint

if TYPE_CHECKING:
    from reader.model import ArticleRow
    from reader.ui.widgets.article_row import Ground, Hits, Styles

__all__ = ["COMPONENTS", "LOOKS", "RowPainter"]

_STRIPS_KEPT = 512
_COLOURS = ("primary", "secondary", "accent", "warning", "error", "success")
_HEADING = ("day", "day_rule")
_GROUNDS: dict[Ground, str] = {"cursor": "cursor", "focus": "focus", "picked": "picked", "picked_cursor": "focus"}

_PAINTED = (*PARTS, *_COLOURS, *_HEADING)
COMPONENTS = frozenset(f"article-list--{name}" for name in (*_PAINTED, "cursor", "focus", "picked", "above"))
"""Component classes that `LOOKS` gives looks to."""
LOOKS = """
.article-list--unread { color: $text; text-style: bold; }
.article-list--read { color: $foreground 80%; }
.article-list--meta, .article-list--missing, .article-list--muted { color: $text-muted; }
.article-list--dot, .article-list--bar { color: $primary; }
.article-list--star { color: $warning; }
.article-list--hit { color: $text-warning; text-style: underline; }
.article-list--day { color: $text-muted; text-style: bold; }
.article-list--day_rule { color: $foreground 20%; }
.article-list--cursor { background: $surface; }
.article-list--focus { background: $primary 18%; }
.article-list--picked { background: $surface; }
.article-list--above { color: $background; background: $primary; text-style: bold; }
.article-list--primary { color: $primary; }
.article-list--secondary { color: $secondary; }
.article-list--accent { color: $accent; }
.article-list--warning { color: $warning; }
.article-list--error { color: $error; }
.article-list--success { color: $success; }
ArticleList:ansi .article-list--focus, ArticleList:nocolor .article-list--focus { text-style: reverse; }
"""
"""What the parts of a row look like. Where colours are few, the ground of the cursor is turned round."""


class RowPainter:
    """Rows as strips, by article and ground."""

    def __init__(self, style_of: Callable[[str], Style]) -> None:
        """Paint with the styles of a widget's component classes."""
        self.now = datetime.now(UTC)
        """The moment ages are told from."""
        self.zone: tzinfo = UTC
        """The reader's time zone."""
        self.hits: Hits | None = None
        """Where the filter's words stand in a title."""
        self.is_one_feed = False
        """Every row is of one feed, so that its name need not be told."""
        self._style_of = style_of
        self._strips: LRUCache[tuple[int, Ground, int, int], list[Strip]] = LRUCache(_STRIPS_KEPT)
        self._styles: dict[Ground, Styles] = {}

    def clear(self, *, styles: bool = False) -> None:
        """Forget what was painted; with ``styles`` the colours too."""
        self._strips.clear()
        if styles:
            self._styles.clear()

    def forget(self, ids: Iterable[int]) -> None:
        """Forget some articles."""
        gone = set(ids)
        for key in list(self._strips.keys()):
            if key[0] in gone:
                self._strips.discard(key)

    def strips(self, row: ArticleRow, ground: Ground, width: int, lines: int) -> list[Strip]:
        """A row's lines."""
        key = (row.id, ground, width, lines)
        strips = self._strips.get(key)
        if strips is None:
            look = RowLook(width, lines, ground, self.is_one_feed)
            painted = paint(row, look, self._on(ground), now=self.now, zone=self.zone, hits=self.hits)
            strips = self._strips[key] = [Strip(line, width) for line in painted]
        return strips

    def missing(self, ground: Ground, width: int, lines: int) -> list[Strip]:
        """What stands where a row is still on its way."""
        style = self._on(ground)["missing"]
        first = Strip([Segment("   …".ljust(width)[:width], style)], width)
        return [first, *[Strip.blank(width, style)] * (lines - 1)]

    def heading(self, day: date, count: int, width: int) -> Strip:
        """A day's name, how many articles it has if that is known, and a hairline between."""
        styles = self._on("plain")
        name = clip_cells(day_told(datetime.combine(day, time(12), self.zone), self.zone, self.now), max(1, width - 5))
        told = f" {number(count)} " if count else " "
        line = max(0, width - 4 - cell_len(name) - len(told))
        parts = ((f"   {name} ", "day"), ("─" * line, "day_rule"), (told, "meta"))
        strip = Strip([Segment(text, styles[part]) for text, part in parts])
        return strip.adjust_cell_length(width, styles["meta"])

    def _on(self, ground: Ground) -> Styles:
        if ground not in self._styles:
            under = self._style_of(f"article-list--{_GROUNDS[ground]}") if ground in _GROUNDS else None
            self._styles[ground] = _Styles(self._style_of, under)
        return self._styles[ground]


class _Styles(dict[str, Style]):
    """Styles of a row's parts on one ground, each found when it is first painted."""

    def __init__(self, style_of: Callable[[str], Style], under: Style | None) -> None:
        super().__init__()
        self._style_of = style_of
        # Turned round, the ground's colour would be the text's: a blue dot on blue.
        self._on = under and (Style(reverse=True) if under.reverse else Style(bgcolor=under.bgcolor))

    def __contains__(self, name: object) -> bool:
        return name in _PAINTED

    def __missing__(self, name: str) -> Style:
        style = self._style_of(f"article-list--{name}")
        self[name] = style = style + self._on if self._on else style
        return style
