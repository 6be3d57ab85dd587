"""A list of choices that paints only what is seen: a thousand feeds open as fast as ten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.ui.cells import clip_cells, fit, simple
from reader.ui.dialogs.choices import Ranked
from reader.ui.textual_inside import set_virtual_size
from reader.ui.widgets.moving import moved, scrolled_to_show

if TYPE_CHECKING:
    from reader.ui.dialogs.choices import Choice
    from reader.ui.widgets.moving import Move

__all__ = ["ChoiceList"]

Row = Ranked | str
"""A choice, or a heading."""

LEAST_LABEL = 10
"""Cells a label keeps before its note goes."""


class ChoiceList(ScrollView, can_focus=False, inherit_bindings=False):
    """Shows ranked choices with a cursor."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "choice--label", "choice--note", "choice--key", "choice--heading", "choice--match", "choice--cursor",
    }  # fmt: skip
    DEFAULT_CSS = """
    ChoiceList {
        height: auto; max-height: 100%; overflow-x: hidden; scrollbar-size-vertical: 1; background: $surface;
        & > .choice--label { color: $text; }
        & > .choice--note, & > .choice--heading { color: $text-muted; }
        & > .choice--heading { text-style: bold; }
        & > .choice--key { color: $text-accent; }
        & > .choice--match { text-style: bold underline; }
        &:ansi > .choice--note, &:ansi > .choice--heading { text-style: dim; }
        & > .choice--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    }
    """

    class Chosen(Message):
        """A choice was clicked."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice
            """Which."""

    def __init__(self, *, mark: str = "●") -> None:
        """Make one; ``mark`` stands before what is in force, or ticked."""
        super().__init__()
        self._mark = mark
        self._rows: list[Row] = []
        self._cursor = 0

    @property
    def choice(self) -> Choice | None:
        """The choice under the cursor; None if there is nothing to choose."""
        row = self._rows[self._cursor] if self._rows else None
        return row.choice if isinstance(row, Ranked) else None

    def show(self, matches: Sequence[Ranked], *, with_headings: bool, keep: bool = False) -> None:
        """Show choices, the cursor on the current one of a menu, else on the first.

        With ``keep`` they are the same ones with other marks, and the cursor stays where it is.
        """
        at = self._cursor
        self._rows = []
        heading = ""
        for match in matches:
            if with_headings and match.choice.group != heading:
                heading = match.choice.group
                self._rows += ["", heading] if self._rows else [heading]
            self._rows.append(match)
        choosable = [index for index, row in enumerate(self._rows) if isinstance(row, Ranked)]
        is_menu = len({match.choice.kind for match in matches}) == 1
        current = [index for index in choosable if is_menu and self._is_current(index)]
        self._cursor = at if keep and at in choosable else (current or choosable or [0])[0]
        self.styles.height = len(self._rows) or 1
        set_virtual_size(self, Size(self.size.width, len(self._rows)))
        if not keep:
            self.scroll_to(y=0, animate=False, force=True)
        self._follow()

    def _is_current(self, index: int) -> bool:
        row = self._rows[index]
        return isinstance(row, Ranked) and row.choice.is_current

    def move(self, move: Move) -> None:
        """Move the cursor, over headings."""
        if self.choice is None:
            return
        target = moved(move, self._cursor, count=len(self._rows), page=self.size.height)
        step = -1 if move in {"up", "page_up", "half_up", "last"} else 1
        while 0 <= target < len(self._rows) and not isinstance(self._rows[target], Ranked):
            target += step
        if 0 <= target < len(self._rows):
            self._cursor = target
        self._follow()

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        set_virtual_size(self, Size(self.size.width, len(self._rows)))
        self._follow()

    def _follow(self) -> None:
        first = scrolled_to_show(
            self._cursor, first=self.scroll_offset.y, page=self.size.height, count=len(self._rows), margin=1
        )
        self.scroll_to(y=first, animate=False, force=True)
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        index = event.style.meta.get("choice_row")
        if isinstance(index, int) and isinstance(row := self._rows[index], Ranked):
            self._cursor = index
            self.refresh()
            self.post_message(self.Chosen(row.choice))

    def render_line(self, y: int) -> Strip:
        """One choice, or a heading."""
        width = self.scrollable_content_region.width
        index = self.scroll_offset.y + y
        if index >= len(self._rows):
            return Strip.blank(width, self.get_component_rich_style("choice--label"))
        row = self._rows[index]
        if isinstance(row, str):
            style = self.get_component_rich_style("choice--heading")
            return Strip([Segment(fit(f"  {row}" if row else "", width), style)], width)
        segments = self._segments(row, width, is_cursor=index == self._cursor)
        return Strip(segments, width).apply_meta({"choice_row": index})

    def _segments(self, match: Ranked, width: int, *, is_cursor: bool) -> list[Segment]:
        """Mark, label with what matched, note, keys at the right."""
        cursor = self.get_component_rich_style("choice--cursor") if is_cursor else Style()
        ground = Style(bgcolor=cursor.bgcolor)
        label = self.get_component_rich_style("choice--label") + cursor
        note, key = (self.get_component_rich_style(f"choice--{part}") + cursor for part in ("note", "key"))
        bar = self.get_component_rich_style("choice--key") + ground
        mark = "▌" if is_cursor else " "
        keys = clip_cells(match.choice.key, max(0, width // 2 - 2))
        lead = match.choice.lead
        room = width - 2 - cell_len(lead) - (cell_len(keys) + 2 if keys else 0) - 1
        match = _without_half_a_sentence(match, room)
        choice = match.choice
        text = clip_cells(simple(choice.label), max(1, room))
        if choice.is_current:
            mark += self._mark
        else:
            mark += " "
        segments = [Segment(mark, bar), *([Segment(lead, key)] if lead else []), *self._label(text, match, label)]
        left = room - cell_len(text)
        said = clip_cells(simple(choice.note), left - 2) if left > LEAST_LABEL and choice.note else ""
        segments.append(Segment(fit(f"  {said}" if said else "", left), note))
        if keys:
            segments.append(Segment(f"  {keys}", key))
        segments.append(Segment(" ", label))
        return segments

    def _label(self, text: str, match: Ranked, style: Style) -> list[Segment]:
        bold = style + self.get_component_rich_style("choice--match", partial=True)
        segments, start = [], 0
        for first, last in match.places:
            first, last = max(first, start), min(last, len(text))  # noqa: PLW2901  # clipped labels, overlapping words
            if first < last:
                segments += [Segment(text[start:first], style), Segment(text[first:last], bold)]
                start = last
        segments.append(Segment(text[start:], style))
        return [segment for segment in segments if segment.text]


def _without_half_a_sentence(match: Ranked, room: int) -> Ranked:
    """The same, without what has no room beside its label.

    A command has the help alone then, or the label alone if that matched; of a source's facts the last ones go.
    """
    choice = match.choice
    left = room - cell_len(choice.label) - 2
    if cell_len(choice.note) <= left:
        return match
    if choice.kind == "offer":
        facts = choice.note.split(" · ")
        while facts and cell_len(" · ".join(facts)) > left:
            facts.pop()
        return Ranked(replace(choice, note=" · ".join(facts)), match.places)
    if choice.kind != "command":
        return match
    if match.places or not choice.note or cell_len(choice.note) > room:
        return Ranked(replace(choice, note=""), match.places)
    return Ranked(replace(choice, label=choice.note, note=""))
