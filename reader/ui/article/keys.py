"""The keys an article pane takes itself: letters for links, and what is typed into the search bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.text.clean import clean_line
from reader.ui.article import messages
from reader.ui.cells import simple

if TYPE_CHECKING:
    from textual import events

    from reader.ui.article.finding import Finding
    from reader.ui.article.hints import Hints
    from reader.ui.article.view import ArticleView

__all__ = ["PaneKeys"]


class PaneKeys:
    """What stands open in a pane, waiting for keys."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view
        self.finding: Finding | None = None
        """The search; None: its bar is closed."""
        self.hints: Hints | None = None
        """The letters on the links; None: there are none."""

    def takes(self, character: str | None) -> bool:
        """Whether a letter is meant for hints or search bar."""
        is_open = self.hints is not None or (self.finding is not None and self.finding.is_typing)
        return is_open and character is not None and character.isprintable()

    def take(self, event: events.Key) -> bool:
        """Take a key; False if it means nothing here."""
        if self.hints is not None:
            self._type_hint(self.hints, event)
            return True
        return self.finding is not None and self.finding.is_typing and self._type_find(self.finding, event)

    def take_paste(self, event: events.Paste) -> bool:
        """Paste into the search bar; False if it is not open."""
        if self.finding is None or not self.finding.is_typing:
            return False
        self._find(self.finding, self.finding.needle + simple(clean_line(event.text, 200)))
        return True

    def start_hints(self) -> bool:
        """Put letters on the links in sight; False if there is none."""
        if not (links := self._view.links_in_sight()):
            return False
        from reader.ui.article.hints import Hints

        self.hints = Hints.over(links)
        self._view.post_message(messages.HintsChanged())
        self._view.screen.set_focus(self._view)
        self._view.repaint()
        return True

    def drop_hints(self) -> None:
        """Take the letters away."""
        if self.hints is not None:
            self.hints = None
            self._view.post_message(messages.HintsChanged())
            self._view.repaint()

    def open_find(self) -> None:
        """Open the search bar and take what is typed."""
        if self.finding is None:
            from reader.ui.article.finding import Finding

            self.finding = Finding()
        self.finding.is_typing = True
        self._view.screen.set_focus(self._view)
        self._view.repaint()

    def close_find(self) -> None:
        """Close the search bar and take its marks away."""
        self.finding = None
        self._view.mark_found(None)

    def step(self, by: int) -> None:
        """Go so many hits on."""
        if self.finding is not None:
            rows = self._view.found_rows()
            self.finding.step(len(rows), by)
            self._see_hit(self.finding, rows)

    def _type_hint(self, hints: Hints, event: events.Key) -> None:
        letter = event.character or ""
        taken = hints.type(letter) if letter.isalpha() else "none"
        if taken == "more":
            self._view.repaint()
            return
        self.drop_hints()
        if isinstance(taken, int):
            self._view.open_link(taken, copies=hints.copies)

    def _type_find(self, finding: Finding, event: events.Key) -> bool:
        if event.key == "escape" or (event.key == "enter" and not finding.needle):
            self.close_find()
        elif event.key == "enter":
            finding.is_typing = False
            self._view.repaint()
        elif (needle := finding.edited(event.key, event.character if event.is_printable else None)) is not None:
            self._find(finding, needle)
        else:
            return False
        return True

    def _find(self, finding: Finding, needle: str) -> None:
        finding.needle = needle
        top = self._view.scroll_offset.y
        self._view.mark_found(finding.finder)
        rows = self._view.found_rows()
        finding.nearest(rows, top)
        self._see_hit(finding, rows)

    def _see_hit(self, finding: Finding, rows: list[int]) -> None:
        if finding.current >= 0:
            self._view.see_row(rows[finding.current])
        self._view.repaint()
