"""A document as Markdown, for export: CommonMark with the tables and the strike-through of GFM.

What an author wrote comes out as what a Markdown program shows again: signs that would be obeyed are escaped, and where
the rules for ``**`` and ``_`` do not let a stretch begin or end, HTML tags stand in their place.

Source: CommonMark 0.31 §2.4 (backslash escapes), §6.2 (emphasis); GFM §4.10 (tables), §6.5 (strikethrough).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reader.model.document import (
    Code,
    Cut,
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
)

if TYPE_CHECKING:
    from reader.model.document import (
        Block,
        Document,
        SpanKind,
    )

__all__ = ["to_markdown"]

_SIGNS = re.compile(r"[\\`*\[\]~]|(?<![^\W_])_|_(?![^\W_])|<(?=[a-zA-Z/!?]|$)|&(?=[#a-zA-Z]|$)|!(?=\[|$)")
_HARD_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_LINE_START = re.compile(r"^(?:([#>+=:|-])|(\d{1,9})([.)]))", re.MULTILINE)
_MARKS: dict[SpanKind, str] = {"strong": "**", "emphasis": "_", "strike": "~~"}
_TAGS: dict[SpanKind, tuple[str, str]] = {
    "strong": ("<strong>", "</strong>"),
    "emphasis": ("<em>", "</em>"),
    "strike": ("<del>", "</del>"),
    "mark": ("<mark>", "</mark>"),
    "sub": ("<sub>", "</sub>"),
    "super": ("<sup>", "</sup>"),
}
# Outermost first: a link holds marks, code holds nothing.
_RANKS: dict[SpanKind, int] = {
    "link": 0,
    "strong": 1,
    "emphasis": 2,
    "strike": 3,
    "mark": 4,
    "sub": 5,
    "super": 6,
    "code": 7,
}
_TWO_LISTS = "<!-- -->"


def to_markdown(
    document: Document, *, title: str = "", url: str = "", author: str = "", date: str = "", source: str = ""
) -> str:
    """The document as Markdown, without a newline at its end.

    Args:
        document: the text; related lines ("Baca juga") are left out.
        title: becomes the heading of level 1; the document's own headings then begin at level 2.
        url: the article's address.
        author: who wrote it.
        date: when, as it is to be read.
        source: the feed's or site's name.

    """
    about = " · ".join(_escaped(part) for part in (author, source, date) if part)
    parts = [_heading(_escaped(title), 1) if title else "", about, f"<{url}>" if url else ""]
    parts += _Writer(document.links, least_level=2 if title else 1).blocks(document.blocks)
    return "\n\n".join(part for part in parts if part)


class _Writer:
    """Writes the blocks of one document."""

    def __init__(self, links: Sequence[str], *, least_level: int) -> None:
        self._links = links
        self._least_level = least_level

    def blocks(self, blocks: Iterable[Block]) -> list[str]:
        """Each block's Markdown. Recursion goes as deep as lists nest, which the converter bounds."""
        written: list[str] = []
        before: Block | None = None
        for block in blocks:
            text = self._block(block)
            if not text:
                continue
            if isinstance(block, ListBlock) and isinstance(before, ListBlock):
                written.append(_TWO_LISTS)
            written.append(text)
            before = block
        return written

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph(text=text, role=role):
                return "" if role == "related" else self.inline(text)
            case Heading(text=text, level=level):
                return _heading(self.inline(text), max(level, self._least_level))
            case ListBlock(items=items, is_ordered=is_ordered, start=start):
                return self._list(items, start if is_ordered else None)
            case Quote(blocks=inner):
                return "\n".join(f"> {line}".rstrip() for line in "\n\n".join(self.blocks(inner)).split("\n"))
            case Table():
                return self._table(block)
            case Code(text=text, language=language):
                fence = "`" * max(3, _longest_run(text) + 1)
                return f"{fence}{language}\n{text}\n{fence}"
            case Figure():
                return self._figure(block)
            case Rule():
                return "---"
            case Embed(label=label, link=link):
                return self._linked(_one_line(_escaped(label)), link)
            case Cut():
                return r"\[…\]"

    def _list(self, items: Iterable[tuple[Block, ...]], first: int | None) -> str:
        written: list[str] = []
        is_loose = False
        for number, item in enumerate(items):
            mark = "- " if first is None else f"{first + number}. "
            blocks = self.blocks(item)
            # A numbered list goes on from a paragraph only if it begins at 1.
            inner = item[-1]
            is_followed = isinstance(inner, ListBlock) and (not inner.is_ordered or inner.start == 1)
            is_tight = len(blocks) == 1 or (len(blocks) == 2 and is_followed)
            is_loose = is_loose or not is_tight
            text = ("\n" if is_tight else "\n\n").join(blocks)
            written.append(mark + text.replace("\n", "\n" + " " * len(mark)))
        text = ("\n\n" if is_loose else "\n").join(written)
        return "\n".join(line.rstrip() for line in text.split("\n"))

    def _table(self, table: Table) -> str:
        columns = len(table.header) or max((len(row) for row in table.rows), default=0)
        header = table.header or (Inline(""),) * columns
        lines = [self._row(header), "|" + " --- |" * columns, *(self._row(row) for row in table.rows)]
        caption = [_escaped(table.caption), ""] if table.caption else []
        return "\n".join([*caption, *lines])

    def _row(self, cells: Iterable[Inline]) -> str:
        texts = (self.inline(cell).replace("\\\n", "<br>").replace("\n", " ").replace("|", r"\|") for cell in cells)
        return "| " + " | ".join(texts) + " |"

    def _figure(self, figure: Figure) -> str:
        caption = self.inline(figure.caption)
        credit = f"({_escaped(figure.credit)})" if figure.credit else ""
        words = " ".join(part for part in (caption, credit) if part)
        alt = _one_line(_escaped(figure.alt or figure.caption.text))
        if not 0 <= figure.link < len(self._links):
            return words or alt
        picture = f"![{alt}]({_destination(self._links[figure.link])})"
        return f"{picture}\\\n{words}" if words else picture

    def _linked(self, words: str, link: int) -> str:
        if not 0 <= link < len(self._links):
            return words
        return f"[{words}]({_destination(self._links[link])})"

    def inline(self, inline: Inline) -> str:
        """A run of text with its spans; line breaks as hard ones."""
        written: list[str] = []
        # What is open, the innermost last: the span, and where its Markdown begins in `written`.
        stack: list[tuple[Span, int]] = []
        opening: dict[int, list[Span]] = {}
        for span in inline.spans:
            if span.kind != "small":
                opening.setdefault(span.start, []).append(span)
        position = 0
        text = inline.text
        for place in sorted({0, len(text), *(end for span in inline.spans for end in (span.start, span.end))}):
            if place > position:
                written.append(_escaped(text[position:place]))
                position = place
            unfinished = self._close(written, stack, text, place)
            for span in sorted([*unfinished, *opening.get(place, ())], key=lambda span: (-span.end, _RANKS[span.kind])):
                if _may_open(span, stack):
                    stack.append((Span(place, span.end, span.kind, span.link), len(written)))
        return _with_line_starts("".join(written))

    def _close(self, written: list[str], stack: list[tuple[Span, int]], text: str, place: int) -> list[Span]:
        """Close all that ends here and what is inside of it; what of that goes on must be opened again."""
        unfinished: list[Span] = []
        while any(span.end <= place for span, _ in stack):
            span, begin = stack.pop()
            content = "".join(written[begin:])
            del written[begin:]
            words, before = text[span.start : place], written[-1] if written else ""
            is_free = _is_edge(text[span.start - 1 : span.start]) and _is_edge(text[place : place + 1])
            written.append(
                _code(words, before) if span.kind == "code" else self._marked(span, content, words, before, is_free)
            )
            if span.end > place:
                unfinished.append(span)
        return unfinished

    def _marked(self, span: Span, content: str, words: str, before: str, is_free: bool) -> str:
        """A span's Markdown; ``before`` stands in front of it, and ``is_free`` means that no word touches it."""
        if not words.strip():
            return content
        if span.kind == "link":
            address = self._links[span.link] if 0 <= span.link < len(self._links) else ""
            return f"<{address}>" if words == address else self._linked(content, span.link)
        mark, tags = _MARKS.get(span.kind, ""), _TAGS.get(span.kind, ("", ""))
        if mark and is_free and words == words.strip() and not before.endswith(mark[0]):
            return mark + content + mark
        return tags[0] + content + tags[1]


def _may_open(span: Span, stack: Sequence[tuple[Span, int]]) -> bool:
    """Code holds nothing, and nothing stands in itself."""
    return not any(outer.kind in {"code", span.kind} for outer, _ in stack)


def _is_edge(character: str) -> bool:
    """Whether a mark may stand next to it, whatever is on the mark's other side."""
    return not character or character.isspace() or unicodedata.category(character)[0] == "P"


def _code(text: str, before: str) -> str:
    """Code in a line. Tags keep it apart from other code right before it, and from naming a link's target."""
    text = _one_line(text)
    if before.endswith("`") or "]:" in text:
        return f"<code>{_escaped(text)}</code>"
    fence = "`" * (_longest_run(text) + 1)
    pad = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _escaped(text: str) -> str:
    """Text whose signs Markdown does not obey; line breaks as hard ones."""
    return _HARD_BREAK.sub(r"\\\n", _SIGNS.sub(r"\\\g<0>", text))


def _with_line_starts(text: str) -> str:
    """What would begin a heading, a list, a quotation or a table, escaped."""

    def escaped(found: re.Match[str]) -> str:
        if found[0] == "|":
            return "&#124;"
        return f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}"

    return _LINE_START.sub(escaped, text)


def _heading(text: str, level: int) -> str:
    text = _one_line(text)
    # Number signs at its end would be taken for the heading's own.
    return f"{'#' * level} {text[:-1]}\\#" if text.endswith("#") else f"{'#' * level} {text}"


def _one_line(text: str) -> str:
    return text.replace("\\\n", " ").replace("\n", " ")


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)


def _destination(address: str) -> str:
    return f"<{address}>" if "(" in address or ")" in address else address
