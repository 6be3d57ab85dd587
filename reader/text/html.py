"""HTML made into a document of typed blocks.

The only place that touches the HTML parser; imported in the parse worker alone. Nothing here raises, whatever comes
in, and the time is linear in its length: `source.bounded` comes before the parser, the walk is iterative, and what
comes out is bounded in text, blocks and nesting.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from reader.model.document import Cut, Heading, Paragraph, Rule
from reader.text import simple
from reader.text.build import Builder
from reader.text.elements import TEXT_HANDLERS
from reader.text.figures import FIGURE_HANDLERS, start_by_class
from reader.text.links import numbered
from reader.text.source import bounded

if TYPE_CHECKING:
    from reader.model.document import Block, CutReason, Document, Inline

__all__ = ["to_document"]

_HANDLERS = {**TEXT_HANDLERS, **FIGURE_HANDLERS}
_MAX_NODES = 250_000
_BLANK_LINES = re.compile(r"\n[ \t\xa0]*(?:\n[ \t\xa0]*)+")
# A line that ends a sentence was broken on purpose, and so were lines too short for a program to have wrapped them.
_MEANT_BREAK = re.compile(r"(?<=[.!?:;\"”)])[ \t]*\n")
_WRAPPED_AT = 50


def to_document(html: str, *, base: str, title: str = "") -> Document:
    """What the HTML says, as blocks.

    Args:
        html: HTML, or plain text with entities: then blank lines part the paragraphs.
        base: the address relative links are relative to; may be empty.
        title: the article's title; a first heading or paragraph that only repeats it is left out.

    Returns:
        The document; with a `Cut` as the last block where a bound was reached. Empty for empty input.

    """
    builder, cut = _built(html, base)
    blocks = _without_title(builder.finish(), title)
    while blocks and isinstance(blocks[-1], Rule):
        blocks.pop()
    if cut := builder.cut or cut:
        blocks.append(Cut(cut))
    return numbered(blocks, builder.links)


def _built(html: str, base: str) -> tuple[Builder, CutReason | None]:
    """A builder that was told all of the HTML, and which bound was reached before it."""
    if found := simple.pieces(html):
        builder = Builder(base, _HANDLERS, start_by_class)
        if simple.told(builder, found):
            return builder, None
    source = bounded(html)
    builder = Builder(base, _HANDLERS, start_by_class)
    if source.has_tags:
        _build(builder, source.html)
    else:
        _build_plain(builder, source.html)
    return builder, source.cut


def _build(builder: Builder, html: str) -> None:
    try:
        body = LexborHTMLParser(html).body
    except SelectolaxError:
        body = None
    if body is not None:
        _walk(builder, body)


def _walk(builder: Builder, root: LexborNode) -> None:
    """Tell the builder of every node below the root, in order."""
    node, parents = root.first_child, [root]
    nodes_left = _MAX_NODES
    while node is not None and builder.cut is None:
        nodes_left -= 1
        if nodes_left < 0:
            builder.cut = "size"
            return
        child = None
        if node.is_text_node:
            builder.text(node.text_content or "")
        elif node.is_element_node and builder.start(node.tag or "", node.attributes):
            child = node.first_child
            if child is None:
                builder.end()
        if child is not None:
            parents.append(node)
            node = child
            continue
        following = node.next
        while following is None:
            node = parents.pop()
            if not parents:
                return
            builder.end()
            following = node.next
        node = following


def _build_plain(builder: Builder, text: str) -> None:
    text = entities.unescape(text).replace("\r\n", "\n").replace("\r", "\n")
    for paragraph in _BLANK_LINES.split(text):
        lines = paragraph.strip().split("\n")
        if any(len(line.strip()) > _WRAPPED_AT for line in lines):
            lines = _MEANT_BREAK.split(paragraph)
        for number, line in enumerate(lines):
            if number:
                builder.run.line_break()
            builder.text(line)
        builder.flush()
        if builder.cut:
            return


def _without_title(blocks: list[Block], title: str) -> list[Block]:
    """The blocks without a first heading or paragraph that says only what the title says."""
    wanted = list(_letters(title))
    for number, block in enumerate(blocks[:3]):
        if isinstance(block, Heading | Paragraph):
            is_repeated = bool(wanted) and _says(block.text, wanted)
            return blocks[:number] + blocks[number + 1 :] if is_repeated else blocks
    return blocks


def _says(inline: Inline, wanted: Sequence[str]) -> bool:
    pairs = zip_longest(_letters(inline.text), wanted)
    return len(inline.text) < 1_000 and all(letter == other for letter, other in pairs)


def _letters(text: str) -> Iterator[str]:
    return filter(str.isalnum, text.casefold())
