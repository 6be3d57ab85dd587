"""What Textual does two or three times before the first paint, done once: styles, layout, painting.

Uses inner names of Textual, as `textual_inside` does.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

from textual import events
from textual.css.styles import RenderStyles
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.geometry import Size
from textual.screen import Screen
from textual.scroll_view import ScrollView

__all__ = ["FitsAtOnce", "LaidOnce", "LateStylesheet"]


class LateStylesheet(Stylesheet):
    """Finds the style of a component class when it is asked for.

    Textual finds all of a widget's at each change of a class or of the focus; of ours, four of five are not painted.
    """

    def copy(self) -> LateStylesheet:
        """A style sheet of the same sources, yet to be read."""
        copied = LateStylesheet(variables=self._variables.copy())
        copied.source = self.source.copy()
        return copied

    def _process_component_classes(self, node: DOMNode) -> None:
        classes = node._get_component_classes()  # noqa: SLF001
        if not classes:
            return
        before = node._component_styles  # noqa: SLF001
        parts = node._component_styles = _Parts(self, node, classes)  # noqa: SLF001
        # What was asked for has been painted: it is painted again if it looks otherwise now.
        if any(parts[name] != styles for name, styles in before.items()):
            node.refresh()

    def find_part(self, node: DOMNode, name: str) -> RenderStyles:
        """The styles of one of a node's component classes."""
        part = DOMNode(classes=name)
        part._attach(node)  # noqa: SLF001
        self.apply(part, animate=False)
        return part.styles


class _Parts(dict[str, RenderStyles]):
    """Styles of a node's component classes, by name; those that nobody asked for yet are there, too."""

    def __init__(self, stylesheet: LateStylesheet, node: DOMNode, classes: Collection[str]) -> None:
        super().__init__()
        self._stylesheet = stylesheet
        self._node = node
        self._classes = classes

    def __contains__(self, name: object) -> bool:
        return name in self._classes

    def __missing__(self, name: str) -> RenderStyles:
        if name not in self._classes:
            raise KeyError(name)
        found = self[name] = self._stylesheet.find_part(self._node, name)
        return found


class LaidOnce(Screen[Any]):
    """The first screen: styled, laid out and painted once, when all that was asked for before is known.

    Textual styles each widget when it is mounted, and all of them again when their screen comes up; it lays them out
    then, and again for what they asked for meanwhile.
    """

    _stage: Literal["new", "styled", "laid"] = "new"

    def _on_screen_resume(self, event: events.ScreenResume) -> None:  # the handler of `Screen` is called after this one
        if self._stage != "new":
            return
        self._stage = "styled"
        event.refresh_styles = False
        # The widgets came when the screen had its classes, the screen itself before.
        self.app.stylesheet.update_nodes([self])
        self._size = self.app.size  # so that it is not laid out yet
        self.call_later(self._come_up)

    async def _on_resize(self, event: events.Resize) -> None:  # likewise
        if self._stage == "styled" and event.size == self._size:  # it only tells the size that is known
            event.prevent_default()

    def _come_up(self) -> None:
        self._stage = "laid"
        self._refresh_layout(self.app.size)
        # What was asked for before the layout came with it.
        self._layout_required = self._repaint_required = self._scroll_required = False
        self._dirty_widgets.clear()


class FitsAtOnce(ScrollView):
    """A view that is told of its size before it is painted in it: Textual's message comes after."""

    _fitted = Size(0, 0)

    def fit(self) -> None:
        """Take over the size of `scrollable_content_region`."""
        raise NotImplementedError

    def _size_updated(
        self,
        size: Size,
        virtual_size: Size,
        container_size: Size,
        layout: bool = True,  # Textual's signature
    ) -> bool:
        is_other: bool = super()._size_updated(size, virtual_size, container_size, layout)
        if self.scrollable_content_region.size != self._fitted:
            self._fitted = self.scrollable_content_region.size
            self.fit()
        return is_other
