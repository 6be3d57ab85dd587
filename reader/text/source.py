"""HTML source rewritten so that no parser can be held by it.

A tree builder's time and memory grow with the square of what is nested, of a tag's attributes, and of the formatting
elements left open: 80,000 nested ``<div>`` hold selectolax for 23 s. So the tags are counted here first, in one pass,
and what comes out is bounded in depth, length and number of tags, and closes what it opens.

Source: HTML Standard §13.2.5 (tokenization) for where a tag, a comment or a raw text ends.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from reader.light import dataclass

if TYPE_CHECKING:
    from reader.model.document import CutReason

__all__ = ["MAX_DEPTH", "MAX_INPUT", "MAX_OUTPUT", "MAX_TAGS", "Source", "bounded"]

MAX_INPUT = 8_000_000
"""Characters of HTML looked at: scripts and embedded images make pages long."""
MAX_OUTPUT = 1_000_000
"""Characters of HTML kept."""
MAX_TAGS = 60_000
"""Tags kept."""
MAX_DEPTH = 100
"""Elements open at once; a tag beyond is left out, its text stays."""

_MAX_FORMATTING = 8
# A parser compares each attribute of a tag with all others.
_MAX_TAG = 1_024
_MAX_VALUE = 4_096
_MAX_ATTRIBUTES = 24

_WS = " \\t\\n\\r\\f"
_TOKEN = re.compile(
    rf"""
      <(?P<end>/?)(?P<name>[a-zA-Z][^{_WS}/>]*+)
       (?P<rest>(?:
           [{_WS}/]++
         | [^{_WS}/>][^{_WS}/>=]*+ (?: [{_WS}]*+=[{_WS}]*+
             (?: "[^"]*+(?:"|\Z) | '[^']*+(?:'|\Z) | [^{_WS}>"'][^{_WS}>]*+ | (?=>|\Z) ) )?
       )*+)(?:>|\Z)
    | <!\[CDATA\[
    | <[!?][^>]*+(?:>|\Z)
    | </(?![a-zA-Z])[^>]*+(?:>|\Z)
    """,
    re.VERBOSE,
)
_OPENING = re.compile(r"<(?=[a-zA-Z/!?])")
_ATTRIBUTE = re.compile(
    rf"([^{_WS}/>=][^{_WS}/>=]*+)(?:[{_WS}]*+=[{_WS}]*+(\"[^\"]*+\"?|'[^']*+'?|[^{_WS}>\"'][^{_WS}>]*+)?)?"
)
# An address in angle brackets, as plain text has it.
_ADDRESS = re.compile(r"<(?:https?://|mailto:|[\w.+-]{1,64}@)", re.IGNORECASE)
_UNQUOTED_END = re.compile(rf"=[{_WS}]*+[^{_WS}\"'>][^{_WS}\"'>]*/\Z")
_DATA_URL = re.compile(r"data:[a-z/+;=-]{0,60}base64,[A-Za-z0-9+/=%\s]{400,}+", re.IGNORECASE)
_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")


def _names(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


_KEPT_ATTRIBUTES = _names(
    "href src srcset data-src data-srcset data-original data-lazy-src data-lazy alt title class id style width height",
    "start type colspan rowspan hidden aria-hidden aria-label role poster data cite lang data-lang",
)
_VOID = _names("area br col embed hr img input param source track wbr")
# Left out with all they hold: nothing in them is text of the article, or the parser has modes of its own for them.
_RAW = _names("script style textarea title noembed noframes svg xmp")
_DROPPED = _names("html head body meta link base frameset frame plaintext math basefont bgsound keygen isindex")
_RENAMED = {
    "form": "div", "fieldset": "div", "center": "div", "marquee": "div", "listing": "pre", "dir": "ul", "menu": "ul",
    "image": "img", "amp-img": "img", "amp-video": "video", "amp-audio": "audio", "amp-iframe": "iframe",
    "nobr": "span", "font": "span", "big": "span", "u": "span", "tt": "code", "strike": "s",
}  # fmt: skip
_FORMATTING = _names("a b code em i s small strong")
_HEADINGS = _names("h1 h2 h3 h4 h5 h6")
_TABLE_PARTS = _names("tr td th tbody thead tfoot caption colgroup col")
# They cannot nest without one of the counted elements between.
_UNCOUNTED = _VOID | _TABLE_PARTS | {"p"}
_BOUNDARIES = frozenset({"table", "template", "object"})
_BLOCKS = _names(
    "address article aside blockquote dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup li",
    "main nav ol pre section summary table ul",
)
_ITEM_GROUPS = {"li": frozenset({"li"}), "dd": frozenset({"dd", "dt"}), "dt": frozenset({"dd", "dt"})}


@dataclass(frozen=True, slots=True)
class Source:
    """HTML that is safe to hand to a parser."""

    html: str
    """The rewritten HTML: a fragment without html, head and body tags."""
    cut: CutReason | None
    """Which bound was reached; ``depth``: only tags were left out, ``size``: the rest was."""
    has_tags: bool
    """Whether there was any tag or comment; without, it is plain text with entities."""


def bounded(html: str) -> Source:
    """The HTML without scripts, styles and comments, bounded in depth, length and tags. Linear time, never raises."""
    html = _NOT_TEXT.sub("", html)
    if len(html) > MAX_OUTPUT:
        html = _DATA_URL.sub("data:,", html)
    rewriter = _Rewriter()
    position, has_cdata, has_tags = 0, False, False
    last_bracket = html.rfind(">", 0, MAX_INPUT)
    while not rewriter.is_full:
        opening = _OPENING.search(html, position, MAX_INPUT)
        if opening is None:
            rewriter.text(html[position:MAX_INPUT])
            break
        start = opening.start()
        rewriter.text(html[position:start])
        if html.startswith("<!--", start):
            end = html.find("-->", start + 2)
            position, has_tags = (end + 3 if end >= 0 else len(html)), True
            continue
        token = _TOKEN.match(html, start)
        if token is None or _ADDRESS.match(html, start):
            rewriter.text("<")
            position = start + 1
            continue
        if start > last_bracket:
            # Broken off, or a "less than" right before a word.
            has_tags = has_tags or _is_element(token["name"])
            rewriter.text("" if _is_element(token["name"]) else html[start:MAX_INPUT])
            break
        has_tags = True
        position = _tag(rewriter, token, html) if token["name"] else token.end()
        has_cdata = has_cdata or token[0] == "<![CDATA["
    if len(html) > MAX_INPUT:
        rewriter.cut = "size"
    text = "".join(rewriter.out)
    return Source(text.replace("]]>", "") if has_cdata else text, rewriter.cut, has_tags)


def _is_element(name: str | None) -> bool:
    """Whether HTML has an element of that name; also true for a comment or declaration, which has none."""
    name = (name or "p").lower()
    return name in _UNCOUNTED | _FORMATTING | _BLOCKS | _RAW | _DROPPED or name in _RENAMED


def _tag(rewriter: _Rewriter, token: re.Match[str], html: str) -> int:
    """Rewrite one tag; where the text goes on after it."""
    name, rest, position = token["name"].lower(), token["rest"], token.end()
    if token.end("rest") == position:
        # Broken off, or a quotation mark never closed: what follows the next bracket is text.
        return html.find(">", token.start()) + 1 or len(html)
    is_closed = rest.endswith("/") and not _UNQUOTED_END.search(rest[-_MAX_TAG:])
    if name in _RAW or name == "iframe":
        if token["end"]:
            return position
        if name == "iframe":
            rewriter.start(name, rest)
            rewriter.end(name)
        return position if is_closed else rewriter.after_raw(html, name, position)
    if name in _DROPPED:
        return position
    name = _RENAMED.get(name, name)
    if token["end"]:
        rewriter.end(name)
    else:
        rewriter.start(name, rest)
        if is_closed and name not in _VOID:
            rewriter.end(name)
    return position


class _Rewriter:
    """Writes tags while it keeps count of what is open."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.cut: CutReason | None = None
        self.is_full = False
        self._room = MAX_OUTPUT
        self._tags = MAX_TAGS
        self._stack: list[str] = []
        self._open: Counter[str] = Counter()
        self._left_out: Counter[str] = Counter()
        self._formatting = 0
        self._never_closed: set[str] = set()

    def after_raw(self, html: str, name: str, position: int) -> int:
        """Where a raw text ends: after its end tag, or at the end of all; an iframe never closed has no content."""
        if name not in self._never_closed:
            pattern = f"</{name}(?=[{_WS}/>])[^>]*+>?"
            if found := re.compile(pattern, re.IGNORECASE).search(html, position):
                return found.end()
            self._never_closed.add(name)
        return position if name == "iframe" else len(html)

    def text(self, text: str) -> None:
        """Text between tags, as it stands."""
        if text:
            self.emit(text.replace("<", "&lt;"))

    def emit(self, piece: str) -> None:
        """Write within the room there is."""
        if len(piece) > self._room:
            # A tag is not cut in two; half an entity at the end is no harm.
            piece = "" if piece.startswith("<") else piece[: self._room]
            self.is_full, self.cut = True, "size"
        self._room -= len(piece)
        self.out.append(piece)

    def start(self, name: str, rest: str) -> None:
        """A start tag."""
        if name in _TABLE_PARTS:
            if not self._open["table"]:
                self._write("<p>")
                return
            self._close_to("table", is_inclusive=False)
        elif name in _ITEM_GROUPS:
            self._close_item(_ITEM_GROUPS[name])
        elif (name in _HEADINGS and self._stack and self._stack[-1] in _HEADINGS) or (name == "a" and self._open["a"]):
            self.end(self._stack[-1] if name in _HEADINGS else "a")
        if name not in _UNCOUNTED and not self._count(name):
            return
        self._write(f"<{name}{_bounded_attributes(rest)}>")

    def end(self, name: str) -> None:
        """An end tag; one that closes nothing goes."""
        if name in _UNCOUNTED:
            self._end_uncounted(name)
        elif self._left_out[name]:
            self._left_out[name] -= 1
        elif self._open[name]:
            self._close_to(name, is_inclusive=True)

    def _end_uncounted(self, name: str) -> None:
        if name == "br":
            self._write("<br>")
        elif name == "p":
            self._write("</p>")
        elif name in _TABLE_PARTS and self._open["table"]:
            self._close_to("table", is_inclusive=False)
            self._write(f"</{name}>")

    def _count(self, name: str) -> bool:
        """Note an element as open; whether it may be."""
        is_formatting = name in _FORMATTING
        if len(self._stack) >= MAX_DEPTH or (is_formatting and self._formatting >= _MAX_FORMATTING):
            self._left_out[name] += 1
            self.cut = self.cut or ("depth" if len(self._stack) >= MAX_DEPTH else None)
            if name in _BLOCKS:
                self._write("<p>")
            return False
        self._stack.append(name)
        self._open[name] += 1
        self._formatting += is_formatting
        return True

    def _close_to(self, name: str, *, is_inclusive: bool) -> None:
        """Close what is open down to the nearest element of that name, unless a table's border lies between."""
        depth = len(self._stack) - 1
        while depth >= 0 and self._stack[depth] != name:
            if self._stack[depth] in _BOUNDARIES:
                return
            depth -= 1
        if depth >= 0:
            self._pop(depth if is_inclusive else depth + 1)

    def _close_item(self, group: frozenset[str]) -> None:
        for depth in range(len(self._stack) - 1, -1, -1):
            name = self._stack[depth]
            if name in group:
                self._pop(depth)
                return
            if name in {"ul", "ol", "dl", "blockquote", "section", "article"} or name in _BOUNDARIES:
                return

    def _pop(self, depth: int) -> None:
        while len(self._stack) > depth:
            name = self._stack.pop()
            self._open[name] -= 1
            self._formatting -= name in _FORMATTING
            self._write(f"</{name}>")

    def _write(self, tag: str) -> None:
        self._tags -= 1
        if self._tags < 0:
            self.is_full, self.cut = True, "size"
        else:
            self.emit(tag)


def _bounded_attributes(rest: str) -> str:
    """A tag's attributes; of a long tag only those that matter."""
    if len(rest) <= _MAX_TAG:
        return rest
    kept: list[str] = []
    for found in _ATTRIBUTE.finditer(rest):
        name, value = found[1].lower(), found[2] or ""
        if name in _KEPT_ATTRIBUTES and len(value) <= _MAX_VALUE:
            kept.append(f" {name}={value}" if value else f" {name}")
        if len(kept) >= _MAX_ATTRIBUTES:
            break
    return "".join(kept)
