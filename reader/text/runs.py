"""Running text as it is gathered: white space folded as HTML does, spans kept at their characters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from reader.model.document import Inline, Span
from reader.text.clean import clean

if TYPE_CHECKING:
    from reader.model.document import SpanKind

__all__ = ["Run", "cut", "join", "with_bare_links", "without"]

_BARE_LINK = re.compile(r"https?://[^\s<>\"'`{}|\\^\[\]…]+", re.IGNORECASE)
_LINK_TAIL = ".,;:!?*_»”’"


class Run:
    """The text of one paragraph to be, and what is open over it."""

    def __init__(self) -> None:
        self.breaks = 0
        """Line breaks met since the last text."""
        self._pieces: list[str] = []
        self._length = 0
        self._last = ""
        self._is_ascii = True
        self._spans: list[Span] = []
        self._open: list[tuple[int, SpanKind, int]] = []

    def __bool__(self) -> bool:
        return bool(self._pieces)

    def text(self, text: str) -> int:
        """Add text as it stands in the source; how many characters it came to."""
        if not (text.isascii() and text.isprintable() and "  " not in text):
            text = _folded(clean(text))
            self._is_ascii = self._is_ascii and text.isascii()
        if self._last in {"", " "} or self.breaks:
            text = text.removeprefix(" ")
        if not text:
            return 0
        if self.breaks and self._pieces:
            self._add("\n")
        self.breaks = 0
        self._add(text)
        return len(text)

    def line_break(self) -> None:
        """A line break; it is written once text follows."""
        self.breaks += 1
        if self._last == " ":
            self._pieces[-1] = self._pieces[-1][:-1]
            self._length -= 1
            self._last = "x"

    def open(self, kind: SpanKind, link: int = -1) -> None:
        """Begin a span."""
        self._open.append((self._length + bool(self.breaks and self._pieces), kind, link))

    def close(self) -> None:
        """End the span begun last."""
        start, kind, link = self._open.pop()
        if start < self._length:
            self._spans.append(Span(start, self._length, kind, link))

    def take(self) -> Inline:
        """What was gathered; open spans go on in the next run."""
        text = "".join(self._pieces)
        spans = self._spans
        if self._open:
            spans += [Span(start, len(text), kind, link) for start, kind, link in self._open]
            self._open = [(0, kind, link) for _start, kind, link in self._open]
        # Each piece is clean. Only beyond ASCII may two of them make something else when they meet.
        cleaned = text if self._is_ascii else clean(text)
        self._pieces, self._spans = [], []
        self._length, self._last, self.breaks, self._is_ascii = 0, "", 0, True
        return Inline(cleaned.rstrip(), _tidy(cleaned, spans)) if spans else Inline(cleaned.rstrip())

    def _add(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)
        self._last = piece[-1]


def _folded(text: str) -> str:
    """Each stretch of white space as one blank, at the ends too."""
    folded = " ".join(text.split())
    if not folded:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{folded}{' ' if text[-1].isspace() else ''}"


def _tidy(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans without white space at their ends, sorted, each once."""
    kept: list[Span] = []
    for span in spans:
        start, end = span.start, min(span.end, len(text))
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            is_tidy = start == span.start and end == span.end
            kept.append(span if is_tidy else Span(start, end, span.kind, span.link))
    if len(kept) < 2:
        return tuple(kept)
    return tuple(sorted(dict.fromkeys(kept), key=lambda span: (span.start, -span.end, span.kind)))


def with_bare_links(inline: Inline, link: Callable[[str], int]) -> Inline:
    """The same text with addresses that stand in it made into links; ``link`` gives an address its number or -1."""
    if "://" not in inline.text:
        return inline
    spans = list(inline.spans)
    is_taken = bytearray(len(inline.text))
    for span in spans:
        if span.kind in {"link", "code"}:
            is_taken[span.start : span.end] = b"x" * (span.end - span.start)
    for found in _BARE_LINK.finditer(inline.text):
        address = found[0].rstrip(_LINK_TAIL)
        unmatched = min(address.count(")") - address.count("("), len(address) - len(address.rstrip(")")))
        if unmatched > 0:
            address = address[:-unmatched].rstrip(_LINK_TAIL)
        start, end = found.start(), found.start() + len(address)
        if not any(is_taken[start:end]) and (number := link(address)) >= 0:
            spans.append(Span(start, end, "link", number))
    return Inline(inline.text, _tidy(inline.text, spans))


def join(inlines: Iterable[Inline], mark: str = "\n") -> Inline:
    """Several runs as one, with a mark between."""
    pieces: list[str] = []
    spans: list[Span] = []
    length = 0
    for inline in inlines:
        if not inline.text:
            continue
        if pieces:
            pieces.append(mark)
            length += len(mark)
        pieces.append(inline.text)
        spans.extend(Span(s.start + length, s.end + length, s.kind, s.link) for s in inline.spans)
        length += len(inline.text)
    return Inline("".join(pieces), tuple(spans))


def cut(inline: Inline, start: int, end: int) -> Inline:
    """The characters from start to before end, without white space around them, with their spans."""
    while start < end and inline.text[start].isspace():
        start += 1
    piece = _slice(inline, start, end)
    text = piece.text.rstrip()
    return Inline(text, _tidy(text, piece.spans))


def without(inline: Inline, pattern: re.Pattern[str]) -> Inline:
    """The same run without what a pattern finds; where two words would meet, a space stands between."""
    pieces: list[str] = []
    # Where each old character stands in the new text.
    places: list[int] = []
    position = length = 0
    for found in pattern.finditer(inline.text):
        start, end = found.span()
        before, after = inline.text[max(start - 1, 0) : start], inline.text[end : end + 1]
        gap = " " if before.strip() and after.strip() else ""
        places += [*range(length, length + start - position), *[length + start - position] * (end - start)]
        pieces += [inline.text[position:start], gap]
        length += start - position + len(gap)
        position = end
    if not pieces:
        return inline
    pieces.append(inline.text[position:])
    places += range(length, length + len(inline.text) - position + 1)
    text = "".join(pieces)
    spans = (Span(places[span.start], places[span.end], span.kind, span.link) for span in inline.spans)
    return Inline(text, _tidy(text, spans))


def _slice(inline: Inline, start: int, end: int) -> Inline:
    spans = (
        Span(max(span.start, start) - start, min(span.end, end) - start, span.kind, span.link)
        for span in inline.spans
        if span.start < end and span.end > start
    )
    return Inline(inline.text[start:end], tuple(spans))
