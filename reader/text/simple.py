"""HTML so plain that a parser would only confirm what is seen: tags that nest, each closed, none that moves another.

Most of what feeds bring is that: paragraphs, links, emphasis, lists, images. Reading it here spares the bounding, the
tree and the walk through it, half of what an entry costs. Whatever a tree builder would treat in any special way is
left to it, so both ways come to the same document; a property test holds that.

Source: HTML Standard §13.2.6.4.7 (what "in body" does with each of these tags).
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Sequence
from html.entities import html5
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.text.build import Builder

__all__ = ["pieces", "told"]

MAX_LENGTH = 100_000
"""Longer HTML goes the usual way, which counts."""
_MAX_ATTRIBUTES = 1_000
_MAX_DEPTH = 8

_VOID = frozenset({"br", "img", "hr"})
_INLINE = frozenset({"a", "b", "i", "em", "strong", "small", "sub", "sup", "mark", "span", "cite", "u", "font"})
_BLOCK = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "hr"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LISTS = frozenset({"ul", "ol"})
# As `source.bounded` renames them.
_RENAMED = {"u": "span", "font": "span"}

_NAMES = "|".join(sorted(_VOID | _INLINE | _BLOCK, key=len, reverse=True))
_TAG = re.compile(rf"""<(/?)({_NAMES})((?:[ \n]+[a-z][a-z-]*=(?:"[^"<>]*"|'[^'<>]*'))*)[ \n]*(/?)>""")
_ATTRIBUTE = re.compile(r"""[ \n]+([a-z-]+)=(?:"([^"]*)"|'([^']*)')""")
# References that end where they seem to, to characters that every parser makes of them.
_REFERENCE = re.compile(
    r"&(?:[a-zA-Z][a-zA-Z0-9]{1,7}|#0{0,2}(?:3[2-9]|[4-9]\d|1[6-9]\d|[2-9]\d\d|8[0-4]\d\d)|#[xX](?:[2-6a-fA-F]|20)[0-9a-fA-F]);"
)
_NAMED = re.compile("&([a-zA-Z][a-zA-Z0-9]*;)")
_SURROGATE = re.compile("[\ud800-\udfff]")


def pieces(html: str) -> Sequence[str]:
    """The text between the tags, and each tag as four pieces (``/``, name, attributes, ``/``); empty if not plain."""
    brackets = html.count("<")
    if not brackets or len(html) > MAX_LENGTH or "\0" in html or "\f" in html or "\r" in html:
        return ()
    if not html.isascii() and _SURROGATE.search(html):
        return ()
    if (references := html.count("&")) and references != len(_REFERENCE.findall(html)):
        return ()
    found = _TAG.split(html)
    return found if len(found) == 5 * brackets + 1 else ()


def told(builder: Builder, found: Sequence[str]) -> bool:
    """Tell the builder of the pieces; False if they turn out not to be plain, and the builder is spoilt."""
    stack: list[str] = []
    if found[0]:
        builder.text(_decoded(found[0]))
    for at in range(1, len(found), 5):
        closing, name, attributes, slash, text = found[at : at + 5]
        if closing:
            if not stack or stack.pop() != name or attributes or slash:
                return False
            builder.end()
        else:
            is_void = name in _VOID
            if (slash and not is_void) or not _may_open(name, stack):
                return False
            if attributes and (len(attributes) > _MAX_ATTRIBUTES or _is_ambiguous(attributes)):
                return False
            if not builder.start(_RENAMED.get(name, name), _attributes(attributes) if attributes else {}):
                return False
            if is_void:
                builder.end()
            else:
                stack.append(name)
        if text:
            builder.text(entities.unescape(text) if "&" in text else text)
        if builder.cut:
            return False
    return not stack


def _may_open(name: str, stack: Sequence[str]) -> bool:
    """Whether a tree builder would put the element right there and close nothing for it."""
    if len(stack) >= _MAX_DEPTH:
        return False
    if name == "a":
        return "a" not in stack
    if name in _BLOCK:
        if "p" in stack or (name == "li") != (bool(stack) and stack[-1] in _LISTS):
            return False
        return name not in _HEADINGS or _HEADINGS.isdisjoint(stack)
    return True


def _is_ambiguous(attributes: str) -> bool:
    """Whether a reference begins as another one: ``&copyx;`` is © and x in text, but only itself in an attribute."""
    return "&" in attributes and any(name not in html5 for name in _NAMED.findall(attributes))


def _attributes(text: str) -> dict[str, str | None]:
    """The attributes; of one that stands twice the first counts."""
    found: dict[str, str | None] = {}
    for name, double, single in _ATTRIBUTE.findall(text):
        found.setdefault(name, _decoded(double or single))
    return found


def _decoded(text: str) -> str:
    return entities.unescape(text) if "&" in text else text
