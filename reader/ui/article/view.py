"""The article pane: one widget that shows a document line by line, however long it is.

The first screenful is laid out at once, the rest in slices between key presses. Keys come from the screen, which calls
the methods here; only letters for link hints and for the search bar are taken by the view itself.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, tzinfo
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.selection import Selection
from textual.strip import Strip

from reader.i18n import _
from reader.text.urls import mail_url, web_url
from reader.ui.article import messages
from reader.ui.article.drawn import Drawn
from reader.ui.article.header import article_card, readable
from reader.ui.article.keys import PaneKeys
from reader.ui.article.laid import Laid, Spot, Spots, column_of, row_after
from reader.ui.article.layout import Page, has_code, has_related, words_page
from reader.ui.article.looks import COMPONENTS, LOOKS, PARTS_LOOKS
from reader.ui.article.painter import FOLD, LINK, Painter
from reader.ui.drawing import DrawnByLines
from reader.ui.textual_inside import Guarded, set_virtual_size

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.model import Article
    from reader.ui.article.header import Card
    from reader.ui.article.runs import Finder
    from reader.ui.widgets.moving import Move

__all__ = ["ArticleView"]

SLICE_PAUSE = 0.02
SLICE_SECONDS = 0.008
"""How long laying out may hold a key press back."""


class ArticleView(Guarded, DrawnByLines, can_focus=True, inherit_bindings=False):
    """Shows one article, or a page of plain words where there is none."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(COMPONENTS)
    DEFAULT_CSS = LOOKS
    PARTS_CSS = PARTS_LOOKS

    class LinkOpened(messages.LinkOpened):
        """A link was chosen, by click, number or letter."""

    class LinkCopied(messages.LinkCopied):
        """A link was chosen to be copied."""

    class EndReached(messages.EndReached):
        """The end of the text came into sight by the reader's doing; once for each showing."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id, classes=classes)
        self._article_id: int | None = None
        self._page = words_page("", (_("No article is open."),))
        self._laid = Laid(self._page, 4)
        self._margin = 0
        self._anchor = (0, Spot())
        self._card: Callable[[datetime], Card] | None = None
        self._spots = Spots()
        self._strips: dict[int, Strip] = {}
        self._drawn = Drawn()
        self._painter = Painter(self.get_component_rich_style, self._alone)
        self._keys = PaneKeys(self)
        self._end_told = False

    @property
    def article_id(self) -> int | None:
        """The article on show; None for a page of words."""
        return self._article_id

    @property
    def spots(self) -> Spots:
        """Where each article was left, the one on show included."""
        self._remember()
        return self._spots

    @property
    def links(self) -> tuple[str, ...]:
        """Addresses of the article's links; link n is ``links[n - 1]``."""
        return self._page.links

    @property
    def has_files(self) -> bool:
        """Files come with the article."""
        return bool(self._page.card.files)

    @property
    def is_finding(self) -> bool:
        """The search bar is open: `next_hit` and `close_find` make sense."""
        return self._keys.finding is not None

    @property
    def is_hinting(self) -> bool:
        """Letters stand on the links, the next key is for them."""
        return self._keys.hints is not None

    @property
    def is_at_end(self) -> bool:
        """The last line of the text is in sight."""
        return self._laid.is_complete and self.scroll_offset.y + self._page_rows >= self._laid.text_end

    def show(
        self,
        article: Article,
        *,
        zone: tzinfo,
        now: datetime,
        hits: Finder | None = None,
        note: str = "",
        ending: str = "",
    ) -> None:
        """Show an article where it was left, or from the top.

        Args:
            article: What to show; the same one again keeps its place, its search and its unfolded lines.
            zone: The reader's time zone.
            now: The present moment.
            hits: Finds what the list's filter matched.
            note: Which of its texts it is.
            ending: A sentence under the text.

        """
        same = article.row.id == self._article_id
        self._remember()
        if not same:
            self._keys.finding = None
            self._end_told = False
        self._article_id = article.row.id
        self._card = lambda moment: article_card(article, zone=zone, now=moment, note=note)
        page = Page(
            card=self._card(now),
            document=readable(article),
            hits=hits,
            find=self._keys.finding.finder if self._keys.finding else None,
            shows_related=same and self._page.shows_related,
            ending=ending,
        )
        self._page, self._keys.hints = page, None
        self._lay(self._spots.of(article.row.id))

    def go_to_top(self) -> None:
        """Show the article from its beginning: what stands there is another text than before."""
        self._scroll_row(0)
        self._anchor = (0, Spot())

    def show_page(self, title: str, *paragraphs: str) -> None:
        """Show words of ours in place of an article: why there is nothing, and what to do."""
        self._remember()
        self._article_id = None
        self._keys.finding = None
        self._page, self._keys.hints = words_page(title, paragraphs), None
        self._lay(Spot())

    def tell_time(self, now: datetime) -> None:
        """Tell ages anew; the text stays where it is."""
        if self._article_id is None or self._card is None or (card := self._card(now)) == self._page.card:
            return
        self._again(card=card)
        if self._keys.finding is not None:  # its hits are counted again
            self.found_rows()

    def update_hits(self, hits: Finder | None) -> None:
        """Mark what another filter matched."""
        if self._article_id is not None and hits is not self._page.hits:
            self._again(hits=hits)

    def toggle_related(self) -> bool:
        """Unfold or fold the related lines; False if there are none."""
        if not has_related(self._page.document):
            return False
        self._again(shows_related=not self._page.shows_related)
        return True

    def move(self, move: Move) -> None:
        """Scroll by a movement."""
        count = len(self._laid.lines) if self._laid.is_complete else 1 << 30
        self._scroll_row(row_after(move, self.scroll_offset.y, page=self._page_rows, count=count))

    def page_on(self) -> bool:
        """A page down; False, and nothing moves, if nothing of the article is below the screen."""
        if self.is_at_end:
            self._tell_end()
        # The last line is blank.
        if self._laid.is_complete and self.scroll_offset.y + self._page_rows >= len(self._laid.lines) - 1:
            return False
        self.move("page_down")
        return True

    def open_link(self, link: int, *, copies: bool = False) -> bool:
        """Have link n opened or copied, from 1; False if there is none."""
        if not 1 <= link <= len(self.links):
            return False
        url = web_url(self.links[link - 1]) or mail_url(self.links[link - 1])
        if url:
            self.post_message(self.LinkCopied(url) if copies else self.LinkOpened(url))
        return bool(url)

    def start_hints(self) -> bool:
        """Put letters on the links in sight; False if there is none."""
        return self._keys.start_hints()

    def open_find(self) -> None:
        """Open the search bar and take what is typed."""
        self._keys.open_find()

    def close_find(self) -> None:
        """Close the search bar and take its marks away."""
        self._keys.close_find()

    def next_hit(self, by: int = 1) -> None:
        """Go to the search's next hit, or ``by`` hits further."""
        self._keys.step(by)

    def links_in_sight(self) -> list[int]:
        """Numbers of the links that are seen."""
        top = self.scroll_offset.y
        return self._laid.links_between(top, top + self._page_rows)

    def mark_found(self, find: Finder | None) -> None:
        """Mark what a search finds; None: nothing."""
        self._again(find=find)

    def found_rows(self) -> list[int]:
        """The rows of all that is found, the whole text laid out for that."""
        self._laid.advance(rows=1 << 30)
        self._set_size()
        return self._laid.find_rows

    def see_row(self, row: int) -> None:
        """Scroll until a row is seen, if it is not."""
        top = self.scroll_offset.y
        if not top <= row < top + self._page_rows:
            self._scroll_row(row - self._page_rows // 3)

    def repaint(self) -> None:
        """Paint every line anew."""
        self._strips.clear()
        self._redraw()

    def fit(self) -> None:
        """Lay out for the new width, at the same place in the text."""
        margin, column = column_of(self.scrollable_content_region.width)
        if (margin, column) != (self._margin, self._laid.width):
            self._lay(self._here())
        else:
            self._set_size()

    def notify_style_update(self) -> None:
        """Paint in the new theme's colours."""
        super().notify_style_update()
        self._painter.forget()
        self._strips.clear()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell when scrolling down has brought the end into sight."""
        super().watch_scroll_y(old_value, new_value)
        if new_value > old_value and self._keys.hints is None and self.is_at_end:
            self._tell_end()

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002  # Textual's signature
        """Letters are ours while hints show or the search is being typed."""
        return self._keys.takes(character)

    def on_key(self, event: events.Key) -> None:
        """Take keys for link letters and the search bar."""
        if self._keys.take(event):
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Paste into the search bar."""
        if self._keys.take_paste(event):
            event.stop()

    def on_click(self, event: events.Click) -> None:
        """Follow a link, or unfold the related lines; not at the end of a selection."""
        if self.text_selection is not None or event.button != 1:
            return
        meta = event.style.meta
        if link := meta.get(LINK):
            self.open_link(link)
        elif meta.get(FOLD):
            self.toggle_related()

    def on_blur(self) -> None:
        """Take link letters away: no key for them will come."""
        self._keys.drop_hints()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text as the author wrote it: our line breaks and margins left out."""
        from reader.ui.article.copying import selected_text

        return selected_text(self._laid.lines, selection, self._margin), "\n"

    def render_line(self, y: int) -> Strip:
        """One line of the article, or the search bar."""
        return self._drawn.note(y, self._line(y))

    def _line(self, y: int) -> Strip:
        if self._keys.finding is not None and y == self.size.height - 1:
            told = self._keys.finding.told(len(self._laid.find_rows))
            return self._painter.bar(*told, self.scrollable_content_region.width)
        row = self.scroll_offset.y + y
        span = selection.get_span(row) if (selection := self.text_selection) else None
        if span is None and (strip := self._strips.get(row)) is not None:
            return strip
        width = self.scrollable_content_region.width
        if row >= len(self._laid.lines):
            return Strip.blank(width, self._painter.component("body"))
        if span is not None:
            return self._paint(row, width, span).apply_offsets(0, row)
        if len(self._strips) > 2_000:
            self._strips.clear()
        strip = self._strips[row] = self._paint(row, width).apply_offsets(0, row)
        return strip

    def _paint(self, row: int, width: int, span: tuple[int, int] | None = None) -> Strip:
        return self._painter.strip(
            self._laid.lines[row],
            width=width,
            margin=self._margin,
            current=self._keys.finding.current if self._keys.finding else -1,
            hints=self._keys.hints,
            selection=span,
            selected=self.screen.get_component_rich_style("screen--selection") if span else None,
        )

    @property
    def _page_rows(self) -> int:
        """Rows of text in sight."""
        return max(1, self.size.height - (self._keys.finding is not None))

    def _alone(self, name: str) -> Style:
        """What a component class sets; an ``auto`` colour is only right on the widget's ground."""
        alone = self.get_component_rich_style(name, partial=True)
        return alone + Style(color=self.get_component_rich_style(name).color) if alone.color else alone

    def _again(self, **changes: object) -> None:
        """Lay the same article out with something changed, at the same place."""
        self._page = replace(self._page, **changes)  # type: ignore[arg-type]  # names and types are the callers'
        self._lay(self._here())

    def _here(self) -> Spot:
        """The place on show; until it is scrolled, the very one that was asked for: a line may begin before it."""
        row, spot = self._anchor
        return spot if self.scroll_offset.y == row else self._laid.spot(self.scroll_offset.y)

    def _lay(self, spot: Spot) -> None:
        """Lay out as much as is seen from a spot on; the rest follows in slices."""
        self._margin, column = column_of(self.scrollable_content_region.width)
        self._laid = Laid(self._page, column)
        row = self._laid.row(spot)
        self._laid.advance(rows=row + 2 * self._page_rows, seconds=SLICE_SECONDS)
        self.repaint()
        self._set_size()
        self._scroll_row(row)
        self._anchor = (self.scroll_offset.y, spot)
        if not self._laid.is_complete or not self._page.is_highlighted:
            self.set_timer(SLICE_PAUSE, partial(self._slice, self._laid))

    def _slice(self, laid: Laid) -> None:
        """Lay a little more out; when all is there, once more with code in colours. A superseded layout is dropped."""
        if laid is not self._laid:
            return
        if not laid.is_complete:
            laid.advance(seconds=SLICE_SECONDS)
            self._set_size()
            self._redraw()
            self.set_timer(SLICE_PAUSE, partial(self._slice, laid))
        elif not self._page.is_highlighted and has_code(self._page.document):
            self._again(is_highlighted=True)

    def _set_size(self) -> None:
        set_virtual_size(self, Size(self.scrollable_content_region.width, len(self._laid.lines)))

    def _scroll_row(self, row: int) -> None:
        if row + self._page_rows > len(self._laid.lines) and not self._laid.is_complete:
            self._laid.advance(rows=row + 2 * self._page_rows)
            self._set_size()
        self.scroll_to(y=max(0, row), animate=False, force=True)

    def _remember(self) -> None:
        if self._article_id is not None:
            self._spots.keep(self._article_id, self._here())

    def _redraw(self) -> None:
        """Have the lines drawn that are others than those on the screen."""
        if regions := self._drawn.stale(self._line, self.scrollable_content_region.size):
            self.refresh(*regions)

    def _tell_end(self) -> None:
        if self._article_id is not None and not self._end_told:
            self._end_told = True
            self.post_message(self.EndReached(self._article_id))
