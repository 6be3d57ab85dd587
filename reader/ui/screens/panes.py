"""Which panes show, how wide they are, and which of them has the keys."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from textual.widget import Widget

from reader.i18n import _
from reader.light import dataclass
from reader.ui.article.view import ArticleView
from reader.ui.drawing import draw_all_again
from reader.ui.widgets.article_list import ArticleList
from reader.ui.widgets.sidebar import Sidebar

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen
    from reader.ui.widgets.divider import Divider
    from reader.ui.widgets.moving import Move

__all__ = ["Panes", "Widths"]

Mode = Literal["one", "two", "three"]
STEP_CELLS = 4
"""How much wider a key makes a pane."""
LEAST_SIDEBAR, LEAST_LIST, LEAST_ARTICLE = 16, 24, 30
"""Cells a pane keeps beside the others."""
USUAL_SIDEBAR = 30
"""The style sheet's width, with its divider."""


@dataclass(frozen=True, slots=True)
class Widths:
    """Widths the reader chose, in cells; 0: as it comes."""

    sidebar: int = 0
    """The sources'."""
    list: int = 0
    """The list's."""

    @classmethod
    def kept(cls, state: object) -> Widths:
        """From the last session; nonsense counts as nothing."""
        match state:
            case {"sidebar": int(sidebar), "list": int(list_)} if 0 <= sidebar < 500 and 0 <= list_ < 500:
                return cls(sidebar, list_)
        return cls()


class Panes:
    """Sources, list, article: one, two or three of them by width."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self.widths = Widths()
        """What the reader chose."""

    @property
    def mode(self) -> Mode:
        """How many panes there is room for."""
        width = self._screen.size.width
        return "one" if width < 80 else "two" if width < 120 else "three"

    @property
    def shows_article(self) -> bool:
        """The article can be seen."""
        if self.mode == "one" or self.is_alone:
            return self._screen.has_class("-reading") or self._screen.has_class("-zen")
        return True

    @property
    def is_alone(self) -> bool:
        """A page has the article's room, too."""
        return self._screen.has_class("-alone")

    @property
    def focused(self) -> Sidebar | ArticleList | ArticleView:
        """The pane that has the keys; the list if none has."""
        focused = self._screen.focused
        return focused if isinstance(focused, Sidebar | ArticleView) else self._screen.list

    def to_state(self) -> dict[str, Any]:
        """What is kept for the next start."""
        return {
            "sidebar": self.widths.sidebar,
            "list": self.widths.list,
            "has_sources": not self._screen.has_class("-no-sources"),
        }

    def from_state(self, state: object) -> None:
        """Take over what was kept."""
        self.widths = Widths.kept(state)
        if isinstance(state, dict):
            self._screen.set_class(state.get("has_sources") is False, "-no-sources")
        self.fit()

    def leave_alone(self, *, is_alone: bool) -> None:
        """Give a page the article's room, too, while nothing is stored that could be read; or take it back."""
        if is_alone != self.is_alone:
            self._screen.set_class(is_alone, "-alone")
            self.fit()

    def fit(self) -> None:
        """Obey the chosen widths as far as there is room; the style sheet's hold where none was chosen."""
        screen, mode = self._screen, self.mode
        room = screen.size.width - LEAST_ARTICLE
        has_sidebar = mode == "three" and not screen.has_class("-no-sources")
        if has_sidebar:
            usual = self.widths.sidebar or USUAL_SIDEBAR
            room -= min(usual, room - LEAST_LIST)
        beside = (self.widths.sidebar if has_sidebar else 0, LEAST_SIDEBAR, screen.size.width // 2)
        # Where there are two panes the sources lie over the list and end at its divider.
        over = (self.widths.list, LEAST_LIST, room)
        for pane, wished, least, most in (
            (screen.sidebar, *(over if mode == "two" else beside)),
            (screen.listing_pane, 0 if mode == "one" or self.is_alone else self.widths.list, LEAST_LIST, room),
        ):
            styles = pane.styles
            styles.width = styles.min_width = styles.max_width = max(least, min(wished, most)) if wished else None

    def drag(self, divider: Divider, cells: int) -> None:
        """Move a divider."""
        if divider.has_class("left"):
            self._widen_sidebar(cells)
        else:
            self._widen_list(cells)

    def _widen_sidebar(self, cells: int) -> None:
        width = self._screen.sidebar.outer_size.width + cells
        self._choose(replace(self.widths, sidebar=max(LEAST_SIDEBAR, min(width, self._screen.size.width // 2))))

    def _widen_list(self, cells: int) -> None:
        screen = self._screen
        most = screen.size.width - LEAST_ARTICLE
        if self.mode == "three" and not screen.has_class("-no-sources"):
            most -= screen.sidebar.outer_size.width + 1
        width = screen.listing_pane.outer_size.width + cells
        self._choose(replace(self.widths, list=max(LEAST_LIST, min(width, most))))

    def _choose(self, widths: Widths) -> None:
        self.widths = widths
        self.fit()
        self._screen.remember()

    def _widen(self, cells: int) -> None:
        """Make the pane with the keys wider; the one beside it gives way."""
        screen = self._screen
        is_sidebar = self.focused is screen.sidebar and self.mode == "three"
        if self.mode == "one" or screen.has_class("-zen") or (self.is_alone and not is_sidebar):
            screen.say(_("Only one pane here: nothing to resize"))
        elif is_sidebar:
            self._widen_sidebar(cells)
        else:
            self._widen_list(-cells if self.focused is screen.article else cells)

    def do_pane_wider(self) -> None:
        """Make the pane with the keys wider."""
        self._widen(STEP_CELLS)

    def do_pane_narrower(self) -> None:
        """Make the pane with the keys narrower."""
        self._widen(-STEP_CELLS)

    def do_pane_usual(self) -> None:
        """Give all panes their usual widths again."""
        self._choose(Widths())

    def show_list(self) -> None:
        """Back to the list."""
        self._screen.remove_class("-reading", "-zen", "-sources")
        self._screen.set_focus(self._screen.list)

    def show_article(self, *, focus: bool) -> None:
        """Let the article be seen; give it the keys if asked or if nothing else can be seen."""
        if self.mode == "one":
            self._screen.add_class("-reading")
        self._screen.remove_class("-sources")
        if focus or self.mode == "one":
            self._screen.set_focus(self._screen.article)

    def do_cursor_down(self) -> None:
        """Move down."""
        self._move("down")

    def do_cursor_up(self) -> None:
        """Move up."""
        self._move("up")

    def do_cursor_first(self) -> None:
        """Move to the top."""
        self._move("first")

    def do_cursor_last(self) -> None:
        """Move to the end."""
        self._move("last")

    def do_cursor_half_down(self) -> None:
        """Half a page down."""
        self._move("half_down")

    def do_cursor_half_up(self) -> None:
        """Half a page up."""
        self._move("half_up")

    def do_cursor_page_down(self) -> None:
        """A page down."""
        self._move("page_down")

    def do_cursor_page_up(self) -> None:
        """A page up."""
        self._move("page_up")

    def do_pane_next(self) -> None:
        """Keys to the next pane."""
        self._step(1)

    def do_pane_previous(self) -> None:
        """Keys to the previous pane."""
        self._step(-1)

    def do_pane_out(self) -> None:
        """One pane out; among the sources: fold."""
        match self.focused:
            case Sidebar() as sidebar:
                sidebar.fold()
            case ArticleView():
                self.show_list()
            case _:
                self._show_sources()

    def do_pane_in(self) -> None:
        """One pane in; among the sources: unfold."""
        match self.focused:
            case Sidebar() as sidebar:
                if not sidebar.unfold():
                    self.show_list()
            case ArticleList() as list_:
                if list_.article_id is not None:
                    self._screen.reading.enter()
            case _:
                pass

    def do_sidebar_toggle(self) -> None:
        """Show or hide the sources."""
        screen = self._screen
        if self.mode == "three":
            screen.toggle_class("-no-sources")
            if screen.has_class("-no-sources") and self.focused is screen.sidebar:
                screen.set_focus(screen.list)
            screen.remember()
        elif screen.has_class("-sources"):
            self.show_list()
        else:
            self._show_sources()

    def do_view_redraw(self) -> None:
        """Draw all of it again, whatever another program wrote there."""
        draw_all_again(self._screen)
        self._screen.refresh()

    def do_view_zen(self) -> None:
        """Only the article, and back."""
        screen = self._screen
        if screen.has_class("-zen"):
            screen.remove_class("-zen")
        elif screen.list.article_id is not None:
            screen.reading.enter()
            screen.add_class("-zen")

    def back(self) -> bool:
        """One level back; False at the top: the list, or for newsboat's hands the sources a feed's list came from."""
        screen = self._screen
        if screen.has_class("-zen"):
            screen.remove_class("-zen")
            return True
        is_stepwise = screen.keymap.preset == "newsboat"
        if is_stepwise and self.focused is screen.sidebar:
            return False
        if self.focused is screen.list and not screen.has_class("-reading"):
            if is_stepwise and screen.lists.listing.source.name == "feed":
                self._show_sources()
                return True
            return False
        self.show_list()
        return True

    def _show_sources(self) -> None:
        screen = self._screen
        if self.mode == "three":
            screen.remove_class("-no-sources")
        else:
            screen.add_class("-sources")
        screen.set_focus(screen.sidebar)

    def _move(self, move: Move) -> None:
        if self._screen.bar.field.has_focus:
            self.show_list()
        else:
            self.focused.move(move)

    def _step(self, by: int) -> None:
        panes: list[Widget] = [self._screen.sidebar, self._screen.list, self._screen.article]
        if self.mode == "one" or self.is_alone:
            panes = panes[:2] if not self._screen.has_class("-reading") else panes[1:]
        at = panes.index(self.focused) if self.focused in panes else 0
        target = panes[(at + by) % len(panes)]
        if target is self._screen.sidebar:
            self._show_sources()
        elif target is self._screen.article:
            self._screen.reading.enter()
        else:
            self.show_list()
