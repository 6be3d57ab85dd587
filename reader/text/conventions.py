"""The press's conventions applied to a document: what is dateline, caption, byline or a pointer to other articles.

The rules are in `presswords`; here is where in a document each may apply. Text inside a paragraph is never taken away:
only whole lines change their role, and a role can be unfolded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.light import dataclass
from reader.model.document import Figure, Heading, Inline, ListBlock, Paragraph, Quote
from reader.text.clean import clean_line
from reader.text.grids import flatten
from reader.text.links import numbered
from reader.text.presswords import rules_for
from reader.text.runs import cut, without

if TYPE_CHECKING:
    from reader.model.document import Block, Document
    from reader.text.presswords import PressRule, RuleKind

__all__ = ["Conventioned", "apply", "strip_title"]

_MAX_LINE = 300
_MAX_CAPTION = 420
# Where a byline may stand: a reader looks above the text and below it.
_BYLINES_ABOVE, _BYLINES_BELOW = 4, 8
_TAKEN_ALONG = 3
_DATELINE_WITHIN = 3
_MAKER_ONLY = re.compile(r"[\w.' -]{2,40}/[\w.' -]{2,40}")
_TAIL = re.compile(r"\s+[-|–—:]\s+(?P<name>[^|–—]{2,40})$")


@dataclass(frozen=True, slots=True)
class Conventioned:
    """A document with its conventions recognised."""

    document: Document
    """The document: roles, datelines and captions set, reading marks gone."""
    place: str = ""
    """The dateline's place: ``Natuna``; empty if there is none."""
    author: str = ""
    """Who wrote it, from a byline in the text; empty if none."""


def apply(document: Document, *, host: str, language: str = "") -> Conventioned:
    """Recognise what the rules know.

    Args:
        document: what `html.to_document` made.
        host: the host of the article's address; may be empty.
        language: its language as the feed tells; may be empty.

    """
    press = _Press(host, language)
    blocks = press.split_lines(document.blocks)
    blocks = press.fold_related(blocks)
    blocks, author = press.set_bylines_apart(blocks)
    blocks = press.credit_figures(press.make_captions(blocks))
    blocks, place = press.mark_dateline(blocks)
    blocks = press.remove_marks(blocks)
    if tuple(blocks) == document.blocks:
        return Conventioned(document, place, author)
    return Conventioned(numbered(blocks, document.links), place, author)


def strip_title(title: str, host: str = "", extra: Sequence[str] = ()) -> str:
    """The title without the site's name behind it, unless nothing else would be left.

    Args:
        title: one clean line.
        host: the host of the article's address; its own name is a tail too.
        extra: tails the reader named for the feed (``title_strip``), literal.

    """
    title = title.strip()
    for tail in extra:
        title = title.removesuffix(tail.rstrip()).rstrip() or title
    for rule in rules_for("tail", host=host):
        title = rule.pattern.sub("", title, count=1).strip() or title
    if (found := _TAIL.search(title)) and _is_site_name(found["name"], host):
        title = title[: found.start()].rstrip() or title
    return title


def _is_site_name(name: str, host: str) -> bool:
    """Whether a title's tail is the site's own name: ``RRI.co.id``, ``Suara``, ``Batam Pos`` for batampos.co.id."""
    labels = host.removeprefix("www.").split(".")
    letters = "".join(character for character in name.casefold() if character.isalnum())
    names = {"".join(labels[start:]) for start in range(len(labels) - 1)}
    names |= {label for label in labels[:-1] if len(label) > 2}
    return letters in {known.replace("-", "") for known in names}


class _Press:
    """The rules for one article."""

    def __init__(self, host: str, language: str) -> None:
        self._host = host
        self._language = language
        self._known: dict[RuleKind, tuple[PressRule, ...]] = {}

    def split_lines(self, blocks: Sequence[Block]) -> list[Block]:
        """A paragraph in which a whole line points elsewhere, names someone or tells rights, in pieces."""
        lines: list[Block] = []
        for block in blocks:
            if isinstance(block, Paragraph) and "\n" in block.text.text and self._has_foreign_line(block.text):
                lines.extend(replace(block, text=line) for line in _lines(block.text))
            else:
                lines.append(block)
        return lines

    def fold_related(self, blocks: Sequence[Block]) -> list[Block]:
        """Lines that point to other articles become related ones, with the links under a bare heading."""
        folded: list[Block] = []
        taken_along = 0
        for block in blocks:
            text = block.text if isinstance(block, Paragraph | Heading) else Inline("")
            if text.text and self._points_elsewhere(text):
                taken_along = _TAKEN_ALONG if self._match(("heading",), text.text) else 0
                folded.append(Paragraph(text, "related"))
            elif taken_along and (links := _only_links(block, taken_along)):
                taken_along -= len(links)
                folded.extend(Paragraph(link, "related") for link in links)
            elif isinstance(block, Quote) and (lines := self._related_quote(block)):
                folded.extend(lines)
                taken_along = 0
            else:
                folded.append(block)
                taken_along = 0
        return folded

    def set_bylines_apart(self, blocks: Sequence[Block]) -> tuple[list[Block], str]:
        """Lines that name the author or editor, and notes, become small; the author, else the editor."""
        author = editor = ""
        apart = list(blocks)
        places = [at for at, block in enumerate(blocks) if isinstance(block, Paragraph) and block.role == "body"]
        for at in sorted({*places[:_BYLINES_ABOVE], *places[-_BYLINES_BELOW:]}):
            block = apart[at]
            if not isinstance(block, Paragraph) or len(block.text.text) > _MAX_LINE:
                continue
            line = block.text.text
            names = {kind: _name(found) for kind in _BYLINES if (found := self._match((kind,), line))}
            author, editor = author or names.get("author", ""), editor or names.get("editor", "")
            if names or self._match(("note",), line):
                apart[at] = replace(block, role="small")
        return apart, author or editor

    def make_captions(self, blocks: Sequence[Block]) -> list[Block]:
        """A first paragraph that is a caption becomes one, of the image before it if there is any without."""
        made = list(blocks)
        at = next((at for at, block in enumerate(made) if _is_body(block)), -1)
        block = made[at] if at >= 0 else None
        if not isinstance(block, Paragraph):
            return made
        figure, rest = self._caption(block.text)
        if figure is None or (not rest.text and not any(_is_body(other) for other in made[at + 1 :])):
            return made
        before = made[at - 1] if at else None
        first = at
        if isinstance(before, Figure) and not before.caption.text:
            figure = replace(before, caption=figure.caption, credit=figure.credit)
            first = at - 1
        made[first : at + 1] = [figure, *([Paragraph(rest)] if rest.text else [])]
        return made

    def credit_figures(self, blocks: Sequence[Block]) -> list[Block]:
        """The credit at the end of a caption set apart."""
        return [self._credited(block) if isinstance(block, Figure) else block for block in blocks]

    def mark_dateline(self, blocks: Sequence[Block]) -> tuple[list[Block], str]:
        """The dateline of the first paragraph marked; its place."""
        marked = list(blocks)
        # A summary or a caption nobody marked may stand above it.
        for at in [at for at, block in enumerate(marked) if _is_body(block)][:_DATELINE_WITHIN]:
            block = marked[at]
            if isinstance(block, Paragraph) and (found := self._dateline(block.text)):
                marked[at] = replace(block, dateline=found.end())
                return marked, _as_name(found.groupdict().get("place") or "")
        return marked, ""

    def remove_marks(self, blocks: Sequence[Block]) -> list[Block]:
        """Reading marks taken out of every paragraph, on sites that have them or after such a site's dateline."""
        is_radio = any(isinstance(block, Paragraph) and block.text.text.startswith("KBRN") for block in blocks[:6])
        rules = rules_for("mark", host="rri.co.id" if is_radio else self._host)
        if not rules:
            return list(blocks)
        return [_unmarked(block, rules) if isinstance(block, Paragraph) else block for block in blocks]

    def _rules(self, kind: RuleKind) -> tuple[PressRule, ...]:
        if kind not in self._known:
            self._known[kind] = rules_for(kind, host=self._host, language=self._language)
        return self._known[kind]

    def _match(self, kinds: Sequence[RuleKind], text: str) -> re.Match[str] | None:
        for kind in kinds:
            for rule in self._rules(kind):
                if found := rule.pattern.match(text):
                    return found
        return None

    def _has_foreign_line(self, inline: Inline) -> bool:
        lines = (line.strip() for line in inline.text.split("\n"))
        return any(len(line) <= _MAX_LINE and self._match(_LINE_KINDS, line) for line in lines)

    def _points_elsewhere(self, inline: Inline) -> bool:
        """A line of that kind, and no article's text after its link."""
        if len(inline.text) > _MAX_LINE or "\n" in inline.text or not self._match(("heading", "related"), inline.text):
            return False
        last_link = max((span.end for span in inline.spans if span.kind == "link"), default=len(inline.text))
        return len(inline.text) - last_link < 60

    def _related_quote(self, quote: Quote) -> list[Block]:
        """A quotation that holds nothing but such lines; else empty."""
        lines = self.fold_related(quote.blocks)
        is_related = all(isinstance(line, Paragraph) and line.role == "related" for line in lines)
        return lines if is_related else []

    def _caption(self, inline: Inline) -> tuple[Figure | None, Inline]:
        """The caption a paragraph is or begins with, and the text after it."""
        text = inline.text
        if self._dateline(inline):
            return None, inline
        for end in (found.end() for found in re.finditer(r"\)\.?(?=[\sA-Z])", text[:_MAX_CAPTION])):
            rest = cut(inline, end, len(text))
            if self._dateline(rest) and (figure := self._figure(cut(inline, 0, end))):
                return figure, rest
        figure = self._figure(inline) if len(text) <= _MAX_CAPTION else None
        return figure, Inline("")

    def _figure(self, inline: Inline) -> Figure | None:
        found = self._match(("caption",), inline.text)
        if found is None:
            return None
        words = cut(inline, *found.span("caption"))
        credit = found.groupdict().get("credit") or ""
        if not credit and _MAKER_ONLY.fullmatch(words.text):
            return Figure(credit=words.text)
        return Figure(caption=words, credit=clean_line(credit))

    def _credited(self, figure: Figure) -> Figure:
        text = figure.caption.text
        if figure.credit or not text or len(text) > 1_000:
            return figure
        for rule in self._rules("credit"):
            if found := rule.pattern.search(text):
                caption = cut(figure.caption, 0, found.start())
                return replace(figure, caption=caption, credit=clean_line(found["credit"], 200))
        return figure

    def _dateline(self, inline: Inline) -> re.Match[str] | None:
        text = inline.text[:200]
        for rule in self._rules("dateline"):
            if (found := rule.pattern.match(text)) and (not rule.is_strong or _is_strong(inline, found.end("place"))):
                return found
        return None


_BYLINES: tuple[RuleKind, ...] = ("author", "editor")
_LINE_KINDS: tuple[RuleKind, ...] = ("heading", "related", "author", "editor", "note")


def _is_body(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role == "body"


def _lines(inline: Inline) -> list[Inline]:
    lines: list[Inline] = []
    start = 0
    for line in inline.text.split("\n"):
        piece = cut(inline, start, start + len(line))
        if piece.text:
            lines.append(piece)
        start += len(line) + 1
    return lines


def _only_links(block: Block, limit: int) -> list[Inline]:
    """The texts of a block in which everything is a link, at most so many; empty if there is anything else."""
    match block:
        case Paragraph(text=text, role="body"):
            texts = _lines(text)
        case ListBlock(items=items):
            texts = [flatten(item) for item in items]
        case _:
            return []
    is_all = all(any(s.kind == "link" and s.start <= 2 and s.end >= len(t.text) - 2 for s in t.spans) for t in texts)
    return texts if is_all and len(texts) <= limit else []


def _name(found: re.Match[str]) -> str:
    return clean_line(found["name"], 100).strip(" ,|/")


def _as_name(place: str) -> str:
    """A place in capitals as a name; others as they are."""
    return " ".join(word.capitalize() for word in place.split()) if place.isupper() else place


def _is_strong(inline: Inline, end: int) -> bool:
    return any(span.kind == "strong" and span.start == 0 and 0 <= span.end - end <= 3 for span in inline.spans)


def _unmarked(paragraph: Paragraph, rules: Sequence[PressRule]) -> Paragraph:
    for rule in rules:
        head = paragraph.text.text[: paragraph.dateline]
        text = without(paragraph.text, rule.pattern)
        # A dateline holds no marks; were one in it, its length would be another.
        if text.text.startswith(head) and text.text:
            paragraph = replace(paragraph, text=text)
    return paragraph
