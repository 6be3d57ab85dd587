"""A document laid out as lines of a given width. Pure: no widget, no colour, no clock.

Blocks come one after another, so that a screenful of a long article is there before the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from rich.cells import cell_len

from reader.i18n import _, ngettext, number
from reader.light import dataclass
from reader.model.document import (
    Code,
    Cut,
    Document,
    Embed,
    Figure,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
    walk,
)
from reader.text.clean import clean_line
from reader.ui.article.header import Card
from reader.ui.article.lines import Line, Mark, Run, blank
from reader.ui.article.runs import Marker, superscript
from reader.ui.article.wrap import wrap_runs
from reader.ui.cells import even_lines, steady

if TYPE_CHECKING:
    from reader.model.document import (
        Block,
    )
    from reader.ui.article.lines import Role
    from reader.ui.article.runs import Finder

__all__ = ["Page", "has_code", "has_related", "lay_out", "words_page"]

DEEPEST = 8
"""Lists and quotes inside each other indent no further than this."""
LONGEST_URL = 2_000
"""More of an address is not shown."""
BULLETS = "•◦▪"


@dataclass(frozen=True, slots=True)
class Page:
    """All that decides how an article's lines come out, but for the width."""

    card: Card
    """The header."""
    document: Document = field(default_factory=Document)
    """The text."""
    hits: Finder | None = None
    """What the list's filter matched."""
    find: Finder | None = None
    """What is searched for in the article."""
    shows_related: bool = False
    """The related lines are unfolded."""
    is_highlighted: bool = False
    """Code is shown in colours."""
    ending: str = ""
    """A sentence under the text."""

    @property
    def links(self) -> tuple[str, ...]:
        """The document's links, then the files' addresses that are not among them; link n is ``links[n - 1]``."""
        known = self.document.links
        return known + tuple(dict.fromkeys(url for _label, url in self.card.files if url not in known))


def lay_out(page: Page, width: int) -> Iterator[list[Line]]:
    """The lines of each block in turn: header, text, related lines, what closes it, links.

    No line is wider than ``width`` cells (at least 4). The header is block 0.
    """
    return _Layout(page, max(4, width)).blocks()


def words_page(title: str, paragraphs: Sequence[str]) -> Page:
    """Plain words of ours as a page."""
    return Page(Card(title), Document(tuple(Paragraph(Inline(text)) for text in paragraphs)))


def has_code(document: Document) -> bool:
    """Whether there is code to show in colours."""
    return any(isinstance(block, Code) and block.language for block in walk(document.blocks))


def has_related(document: Document) -> bool:
    """Whether there are related lines to unfold."""
    return any(isinstance(block, Paragraph) and block.role == "related" for block in document.blocks)


class _Layout:
    """One pass over a document."""

    def __init__(self, page: Page, width: int) -> None:
        self._page = page
        self._width = width
        self._marker = Marker(page.links, page.hits, page.find)
        self._block = 0

    def blocks(self) -> Iterator[list[Line]]:
        yield self._header()
        related: list[Paragraph] = []
        before: Block | None = None
        for block in self._page.document.blocks:
            if isinstance(block, Paragraph) and block.role == "related":
                related.append(block)
                continue
            if before is None and isinstance(block, Heading) and block.text.text == self._page.card.title:
                continue  # many pages repeat the headline at the top of the text
            self._block += 1
            lines = self._lay(block, self._width, 0)
            if lines:
                yield [blank(self._block), *lines] if _needs_air(before, block) else lines
                before = block
        if related:
            self._block += 1
            yield [blank(self._block), *self._related(related)]
        self._block += 1
        yield [*self._ending(), *self._link_list(), blank(self._block)]

    def _header(self) -> list[Line]:
        card = self._page.card
        lines = self._wrapped(self._marker.runs(card.title, "title"), self._width)
        lines.append(blank())
        dates = card.dates_in_full if 0 < cell_len(card.dates_in_full) <= self._width else card.dates
        quiet: list[tuple[str, Role]] = [(card.byline, "byline"), (dates, "meta")]
        quiet.append((" ".join(f"#{tag}" for tag in card.tags), "meta"))
        quiet += [(note, "meta") for note in card.notes]
        quiet.append((card.changed, "note"))
        for text, role in quiet:
            for part in even_lines(text, self._width):
                lines += self._wrapped(self._marker.runs(part, role), self._width)
        for label, url in card.files:
            link = self._page.links.index(url) + 1
            runs = [Run("♪ ", "bullet"), *self._marker.runs(label), Run(superscript(link), "body", Mark.NUMBER, link)]
            runs = [run._replace(link=link, marks=run.marks | Mark.LINK) if not run.link else run for run in runs]
            lines += self._hanging(runs[:1], runs[1:], self._width)
        return lines if lines[-1].runs else lines[:-1]

    def _lay(self, block: Block, width: int, depth: int) -> list[Line]:
        match block:
            case Paragraph(text, role, dateline):
                kind: Role = "dim" if role == "small" else "body"
                return self._wrapped(self._marker.runs(text, kind, dateline=dateline), width)
            case Heading(text, level):
                return self._wrapped(self._marker.runs(text, "heading" if level <= 2 else "subheading"), width)
            case ListBlock():
                return self._list(block, width, depth)
            case Quote(blocks):
                return self._quote(blocks, width, depth)
            case Table():
                return self._table(block, width)
            case Code(text, language):
                return self._code(text, language, width)
            case Figure():
                return self._figure(block, width)
            case Rule():
                return [self._line((Run(" " * max(0, (width - 5) // 2) + "· · ·"[:width], "rule"),))]
            case Embed(label, link):
                runs = self._marker.runs(_linked(label or _("something a terminal cannot show"), link), "caption")
                return self._hanging([Run("▷ ", "bullet")], runs, width)
            case Cut(reason):
                return self._hanging([Run("✂ ", "bullet")], self._marker.runs(_cut_sentence(reason), "dim"), width)

    def _list(self, block: ListBlock, width: int, depth: int) -> list[Line]:
        last = block.start + len(block.items) - 1
        room = max(len(str(block.start)), len(str(last))) + 2 if block.is_ordered else 2
        if depth >= DEEPEST or width - room < 12:
            room = 0
        is_tight = all(len(item) <= 1 or not isinstance(item[1], Paragraph) for item in block.items)
        lines: list[Line] = []
        for index, item in enumerate(block.items):
            inner = self._inner(item, width - room, depth + 1)
            if not inner:
                continue
            mark = f"{block.start + index}. ".rjust(room) if block.is_ordered else f"{BULLETS[depth % 3]} "
            if lines and not is_tight:
                lines.append(blank(self._block))
            lines += _indented(inner, (Run(mark, "bullet"),), (Run(" " * room),)) if room else inner
        return lines

    def _quote(self, blocks: Sequence[Block], width: int, depth: int) -> list[Line]:
        if depth >= DEEPEST or width < 14:
            return self._inner(blocks, width, depth + 1)
        bar = (Run("▎ ", "bar"),)
        return _indented(self._inner(blocks, width - 2, depth + 1), bar, bar, on_blank=True)

    def _inner(self, blocks: Sequence[Block], width: int, depth: int) -> list[Line]:
        lines: list[Line] = []
        before: Block | None = None
        for block in blocks:
            if more := self._lay(block, width, depth):
                if before is not None and _needs_air(before, block) and not isinstance(block, ListBlock):
                    lines.append(blank(self._block))
                lines += more
                before = block
        return lines

    def _table(self, block: Table, width: int) -> list[Line]:
        caption = self._wrapped(self._marker.runs(block.caption, "caption"), width) if block.caption else []
        rows = [[self._marker.runs(cell, "table-head") for cell in block.header]] if block.header else []
        rows += [[self._marker.runs(cell) for cell in row] for row in block.rows]
        most = max(map(len, rows), default=0)
        rows = [row + [[] for _missing in range(most - len(row))] for row in rows]
        if not most:
            return caption
        from reader.ui.article import tables

        has_header = bool(block.header)
        widths = tables.column_widths(rows, width, has_header=has_header)
        laid = (
            tables.grid(rows, widths, has_header=has_header)
            if widths
            else tables.stacked(rows, width, has_header=has_header)
        )
        return [*caption, *map(self._line, laid)]

    def _code(self, text: str, language: str, width: int) -> list[Line]:
        """Each line on its own ground to the full width; a long one goes on behind an arrow."""
        text = text.expandtabs(4)
        plain = self._marker.runs(text, "code")
        text = "".join(run.text for run in plain)
        runs: Sequence[Run] = plain
        if self._page.is_highlighted and len(plain) == 1:
            from reader.ui.article.highlight import highlight

            runs = highlight(text, language)
        lines = []
        for pieces, joint in wrap_runs(runs, max(2, width - 3), at_spaces=False):
            lead = " " if joint == "\n" else "↪"
            used = cell_len(lead) + sum(cell_len(piece.text) for piece in pieces)
            ground = Run(" " * max(0, width - used), "code")
            lines.append(Line((Run(lead, "code-comment"), *pieces, ground), self._block, joint, len(lead)))
        return lines

    def _figure(self, block: Figure, width: int) -> list[Line]:
        caption = block.caption
        runs = self._marker.runs(caption, "caption")
        if not runs:
            runs = self._marker.runs(block.alt or ("" if block.credit else _("picture")), "caption")
        if block.credit:
            runs += [Run(" " if runs else "", "caption"), *self._marker.runs(f"({block.credit})", "dim")]
        if 0 <= block.link < len(self._page.document.links):
            runs.append(Run(superscript(block.link + 1), "caption", Mark.NUMBER, block.link + 1))
        if block.alt and caption.text and block.alt != caption.text:
            runs += [Run("\n", "caption"), *self._marker.runs(block.alt, "dim")]
        return self._hanging([Run("┄ ", "bullet")], runs, width)

    def _related(self, blocks: Sequence[Paragraph]) -> list[Line]:
        count = len(blocks)
        mark = "▾" if self._page.shows_related else "▸"
        label = ngettext("Related ({count})", "Related ({count})", count).format(count=number(count))
        lines = self._wrapped([Run(f"{mark} {label}", "fold")], self._width)
        if self._page.shows_related:
            for block in blocks:
                lines += self._hanging([Run("  ")], self._marker.runs(block.text, "dim"), self._width)
        return lines

    def _ending(self) -> list[Line]:
        if not self._page.ending:
            return []
        return [blank(self._block), *self._wrapped(self._marker.runs(self._page.ending, "dim"), self._width)]

    def _link_list(self) -> list[Line]:
        links = self._page.links
        if not links:
            return []
        room = len(str(len(links))) + 1
        lines = [blank(self._block), self._line((Run(_("Links")[: self._width], "subheading"),))]
        for index, url in enumerate(links, 1):
            mark = Run(str(index).rjust(room - 1) + " ", "dim", Mark.NUMBER, index)
            lines += self._hanging(
                [mark], [Run(steady(clean_line(url, LONGEST_URL)) or "-", "dim", Mark.LINK, index)], self._width
            )
        return lines

    def _line(self, runs: tuple[Run, ...]) -> Line:
        return Line(runs, self._block)

    def _wrapped(self, runs: Sequence[Run], width: int) -> list[Line]:
        if not runs:
            return []
        return [Line(pieces, self._block, joint) for pieces, joint in wrap_runs(runs, width)]

    def _hanging(self, mark: Sequence[Run], runs: Sequence[Run], width: int) -> list[Line]:
        """Text behind a mark, its further lines indented as far."""
        room = sum(cell_len(run.text) for run in mark)
        if width - room < 8:
            return self._wrapped([*mark, *runs], width)
        inner = self._wrapped(runs, width - room) or [self._line(())]
        return _indented(inner, tuple(mark), (Run(" " * room),))


def _indented(
    lines: Sequence[Line], first: tuple[Run, ...], rest: tuple[Run, ...], *, on_blank: bool = False
) -> list[Line]:
    """Lines behind a mark; empty ones stay empty unless the mark is a bar."""
    made = []
    for index, line in enumerate(lines):
        mark = rest if index else first
        if line.runs or on_blank or not index:
            size = sum(len(run.text) for run in mark)
            made.append(line._replace(runs=(*mark, *line.runs), lead=line.lead + size))
        else:
            made.append(line)
    return made


def _needs_air(before: Block | None, block: Block) -> bool:
    """A blank line between two blocks, but not between a heading and its text."""
    return not (isinstance(before, Heading) and not isinstance(block, Heading))


def _linked(text: str, link: int) -> Inline:
    return Inline(text, (Span(0, len(text), "link", link),)) if link >= 0 else Inline(text)


def _cut_sentence(reason: str) -> str:
    return {
        "size": _("The rest is omitted: the article is very long."),
        "depth": _("A part is omitted: it is nested too deeply."),
        "time": _("The rest is omitted: parsing it took too long."),
    }[reason]
