"""What Textual does two or three times before the first paint, done once: styles, layout, painting.

Uses inner names of Textual, as `textual_inside` does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from textual import events
from textual._styles_cache import StylesCache
from textual.css.styles import RenderStyles
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.geometry import Size
from textual.screen import Screen
from textual.scroll_view import ScrollView

if TYPE_CHECKING:
    from textual.color import Color
    from textual.css.styles import StylesBase
    from textual.geometry import Region, Spacing
    from textual.strip import Strip
    from textual.widget import Widget

__all__ = ["FitsAtOnce", "LaidOnce", "LateStylesheet", "PlainLines"]


class LateStylesheet(Stylesheet):
    """Finds the style of a component class when it is asked for.

    Textual finds all of a widget's at each change of a class or of the focus; of ours, four of five are not painted.
    A widget's ``PARTS_CSS`` has the rules of its component classes; each is read when its class is first asked for.
    """

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._small: dict[str, Stylesheet] = {}

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take other colours."""
        super().set_variables(variables)
        self._small.clear()

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
        css = _rules_of(getattr(node, "PARTS_CSS", "")).get(name, "")
        (self._small_sheet(css) if css else self).apply(part, animate=False)
        return part.styles

    def _small_sheet(self, css: str) -> Stylesheet:
        if css not in self._small:
            sheet = self._small[css] = Stylesheet(variables=self._variables)
            sheet._Stylesheet__variable_tokens = self._variable_tokens  # type: ignore[attr-defined] # noqa: SLF001
            sheet.add_source(css)
        return self._small[css]


@cache
def _rules_of(css: str) -> dict[str, str]:
    """The rules of a flat style sheet, by the class each of their selectors ends with."""
    found: dict[str, str] = {}
    for rule in css.split("}"):
        selectors, _brace, declarations = rule.partition("{")
        for selector in selectors.split(",") if declarations else ():
            name = selector.rpartition(".")[2].strip()
            found[name] = f"{found.get(name, '')}{selector.strip()} {{{declarations}}}\n"
    return found


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

    def __init__(self) -> None:
        super().__init__()
        self.is_up = asyncio.Event()
        """It has been painted: what the first paint does not show may be asked for."""

    def take_breakpoints(self) -> None:
        """Take the classes of the terminal's size: Textual does at the first resize, after a layout without them."""
        for breakpoints, cells in (
            (self.HORIZONTAL_BREAKPOINTS, self.app.size.width),
            (self.VERTICAL_BREAKPOINTS, self.app.size.height),
        ):
            self.remove_class(*[name for _least, name in breakpoints or ()], update=False)
            self.add_class(*[name for least, name in breakpoints or () if cells >= least][-1:], update=False)

    def _on_screen_resume(self, event: events.ScreenResume) -> None:  # the handler of `Screen` is called after this one
        if self._stage != "new":
            return
        self._stage = "styled"
        event.refresh_styles = False
        # The widgets came when the screen had its classes, the screen itself before. In a terminal that has another
        # size by now the classes are others, too.
        before = self.classes
        self.take_breakpoints()
        self.app.stylesheet.update_nodes([self] if self.classes == before else self.walk_children(with_self=True))
        self._size = self.app.size  # so that it is not laid out yet
        self.call_later(self._come_up)

    async def _on_resize(self, event: events.Resize) -> None:  # likewise
        # It only tells the size that is known, or one the terminal had before: laid out in that, the screen would be
        # told of it by its own layout, after the size that counts, and stay so.
        if event.size != self.app.size or (self._stage == "styled" and event.size == self._size):
            event.prevent_default()

    def _come_up(self) -> None:
        self._stage = "laid"
        self._refresh_layout(self.app.size)
        # What was asked for before the layout came with it.
        self._layout_required = self._repaint_required = self._scroll_required = False
        self._dirty_widgets.clear()
        self.is_up.set()


class PlainLines(StylesCache):
    """Takes the lines of a widget as they are where nothing stands around them.

    Textual looks at borders, padding, outlines, opacity and tint for each line, which takes longer than most lines do.
    """

    _is_plain = False

    def render_widget(self, widget: Widget, crop: Region) -> list[Strip]:
        """The lines of a widget."""
        styles = widget.styles
        self._is_plain = not (
            styles.gutter
            or any(edge for edge, _color in styles.outline)
            or styles.tint.a
            or styles.has_rule("hatch")
            or styles.text_opacity != 1.0
            or widget.opacity != 1.0
        )
        return super().render_widget(widget, crop)

    def render_line(  # Textual's signature
        self,
        styles: StylesBase,
        y: int,
        size: Size,
        content_size: Size,
        padding: Spacing,
        base_background: Color,
        background: Color,
        render_content_line: Callable[[int], Strip],
        *rest: Any,
    ) -> Strip:
        """One line with what stands around it."""
        if self._is_plain:
            inner, _outer = self.get_inner_outer(base_background, background)
            return render_content_line(y).adjust_cell_length(size.width, inner.rich_style)
        return super().render_line(
            styles, y, size, content_size, padding, base_background, background, render_content_line, *rest
        )


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
