"""The few inner names of Textual that Warta uses, in one place: all there is to look at when Textual changes."""

from __future__ import annotations

from textual.geometry import Size
from textual.screen import Screen
from textual.scroll_view import ScrollView

__all__ = ["screen_text", "set_virtual_size"]


def set_virtual_size(view: ScrollView, size: Size) -> None:
    """Tell a Line-API view how large its content is, without laying the whole screen out again.

    ``virtual_size`` is a reactive that asks for a layout; the outer size of our views never depends on their content.
    """
    if size != view.virtual_size:
        view.set_reactive(ScrollView.virtual_size, size)
        view._scroll_update(size)  # noqa: SLF001


def screen_text(screen: Screen[object]) -> str:
    """What a screen shows now, as lines of plain text: for tests and for reports."""
    strips = screen._compositor.render_strips()  # noqa: SLF001
    return "\n".join(strip.text.rstrip() for strip in strips)
