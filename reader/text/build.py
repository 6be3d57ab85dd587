"""What gathers a page's elements and texts, in the order they come, into blocks.

Knows neither the HTML parser nor what an element means: `html.to_document` walks the tree, and the handlers in
`elements` and `figures` say what each element does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from reader.light import dataclass
from reader.model.document import Code, Figure, Inline, ListBlock, Paragraph, Quote, Rule
from reader.text.clean import clean
from reader.text.media import Attributes
from reader.text.runs import Run, with_bare_links
from reader.text.tags import BLOCKS, is_hidden, language_of
from reader.text.urls import mail_url, resolve, without_credentials

if TYPE_CHECKING:
    from reader.model.document import Block, CutReason
    from reader.text.grids import Grid

__all__ = ["MAX_BLOCKS", "MAX_LINKS", "MAX_TEXT", "Builder", "Closer", "Frame", "Handler"]

MAX_TEXT = 200_000
"""Characters of text kept."""
MAX_BLOCKS = 4_000
"""Blocks and table rows kept."""
MAX_LINKS = 4_000
"""Addresses kept; further links stay as plain text."""
MAX_NESTING = 12
"""Lists and quotations inside each other; deeper ones are laid out as the text around them."""

_DASHES = re.compile(r"[\s*•·_=~#–—-]{3,60}")

Closer = Callable[[], None]
"""What is to be done when an element ends."""


@dataclass(slots=True)
class Frame:
    """Something that gathers blocks until it ends."""

    kind: str
    """``root list item quote table cell figure caption credit media``."""
    blocks: list[Block] = field(default_factory=list)
    """What it holds so far."""
    items: list[tuple[Block, ...]] = field(default_factory=list)
    """Of a list: the items that ended."""
    caption: Inline = field(default_factory=lambda: Inline(""))
    """Of a figure: what its caption says."""
    credit: str = ""
    """Of a figure or caption: who made it."""
    address: str = ""
    """Of media: where they are."""


class Builder:
    """Takes a page's elements one after another and makes blocks of them."""

    def __init__(self, base: str, handlers: Mapping[str, Handler], by_class: Handler) -> None:
        self.base = base
        """What relative addresses are relative to."""
        self.cut: CutReason | None = None
        """Which bound was reached; nothing more is taken then."""
        self.links: list[str] = []
        """Addresses as they were met."""
        self.frames = [Frame("root")]
        """What is gathering, the innermost last."""
        self.grids: list[Grid] = []
        """Tables being read, the innermost last."""
        self.run = Run()
        """The paragraph being gathered."""
        self.leaf: Callable[[Inline], Block] = Paragraph
        """What a paragraph becomes here."""
        self.nesting = 0
        """Lists and quotations open now."""
        self._handlers = handlers
        self._by_class = by_class
        self._link_numbers: dict[str, int] = {}
        self._numbers_as_written: dict[str, int] = {}
        self._closers: list[Closer | None] = []
        self._code: list[str] | None = None
        self._code_language = ""
        self._waiting: list[Figure] = []
        self._text_left = MAX_TEXT
        self._blocks_left = MAX_BLOCKS

    def start(self, tag: str, attributes: Attributes) -> bool:
        """An element begins; whether to look inside. `end` is due only if so."""
        if is_hidden(tag, attributes):
            return False
        if self._code is not None:
            self._start_in_code(tag, attributes)
            return True
        closer = self._by_class(self, tag, attributes) if attributes else None
        if closer is None:
            if handler := self._handlers.get(tag):
                closer = handler(self, tag, attributes)
            elif tag in BLOCKS:
                self.flush()
                closer = self.flush
        self._closers.append(closer)
        return True

    def end(self) -> None:
        """The innermost element ends."""
        if closer := self._closers.pop():
            closer()

    def text(self, text: str) -> None:
        """A text node, decoded."""
        if len(text) > self._text_left:
            text, self.cut = text[: self._text_left], "size"
        if self._code is not None:
            text = clean(text)
            self._code.append(text)
            self._text_left -= len(text)
            return
        if self.run.breaks > 1 and self.leaf is Paragraph and text.strip():
            self.flush()
        self._text_left -= self.run.text(text)

    def finish(self) -> list[Block]:
        """All blocks, with what is still open closed."""
        while self._closers:
            self.end()
        self.flush()
        return self.frames[0].blocks

    def add(self, block: Block) -> None:
        """Put a block where blocks are gathered now; a rule or an image right after its like goes."""
        blocks = self.frames[-1].blocks
        if isinstance(block, Rule) and (not blocks or isinstance(blocks[-1], Rule)):
            return
        if isinstance(block, Figure) and blocks:
            before = blocks[-1]
            if isinstance(before, Figure) and block.link == before.link >= 0:
                return
        # What a list or a quotation holds was counted already.
        if isinstance(block, ListBlock | Quote) or self.spend():
            blocks.append(block)

    def spend(self) -> bool:
        """Take one from the blocks allowed; whether there was one."""
        self._blocks_left -= 1
        if self._blocks_left < 0:
            self.cut = "size"
        return self._blocks_left >= 0

    def picture(self, figure: Figure) -> None:
        """An image: where it stands, or after the paragraph if it stands in the middle of a sentence."""
        if self.run and not self.run.breaks:
            self._waiting.append(figure)
        else:
            self.flush()
            self.add(figure)

    def flush(self) -> None:
        """End the paragraph that is being gathered."""
        self.run.breaks = 0
        if self.run:
            inline = with_bare_links(self.run.take(), self.link)
            if _DASHES.fullmatch(inline.text):
                self.add(Rule())
            elif inline.text:
                self.add(self.leaf(inline))
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            for figure in waiting:
                self.add(figure)

    def push(self, kind: str) -> Frame:
        """Gather blocks in a new frame."""
        self.flush()
        frame = Frame(kind)
        self.frames.append(frame)
        return frame

    def pop(self) -> Frame:
        """End the innermost frame."""
        self.flush()
        return self.frames.pop()

    def link(self, address: str) -> int:
        """The number of an address, -1 if it is none to follow."""
        if len(self.links) >= MAX_LINKS:
            return -1
        if (number := self._numbers_as_written.get(address)) is None:
            number = self._numbers_as_written[address] = self._number(address)
        return number

    def _number(self, address: str) -> int:
        address = without_credentials(resolve(self.base, address)) or mail_url(address)
        if not address:
            return -1
        number = self._link_numbers.setdefault(address, len(self.links))
        if number == len(self.links):
            self.links.append(address)
        return number

    def start_code(self, language: str) -> None:
        """From here on text is preformatted."""
        self.flush()
        self._code, self._code_language = [], language

    def end_code(self) -> None:
        """The end of preformatted text."""
        text = "".join(self._code or ()).strip("\n")
        self._code = None
        if text.strip():
            self.add(Code("\n".join(line.rstrip() for line in clean(text).split("\n")), self._code_language))

    def _start_in_code(self, tag: str, attributes: Attributes) -> None:
        code = self._code if self._code is not None else []
        self._code_language = self._code_language or language_of(attributes)
        is_line = (tag in BLOCKS or tag in {"li", "tr"}) and bool(code) and not code[-1].endswith("\n")
        if is_line or tag == "br":
            code.append("\n")
        self._closers.append(None)


Handler = Callable[[Builder, str, Attributes], Closer | None]
"""Says what an element does when it starts; what it gives back is done when the element ends."""
