"""A well-formed feed cut into its items, by the byte positions expat gives.

Parsing XML with expat is cheap, making entries of it is not: items whose bytes were seen before are left out of the
document before feedparser gets it.
"""

from __future__ import annotations

from hashlib import blake2b
from xml.parsers import expat

from reader.light import dataclass

__all__ = ["HASH_BYTES", "Item", "Pieces", "hash_item", "is_expat_safe", "split"]

HASH_BYTES = 8
"""Size of an item's hash in `ParsedFeed.item_hashes`."""

_PARSER_VERSION = b"warta1"
"""Part of every item's hash: raised when entries come out differently, so that all are parsed again."""
_MAX_DEPTH = 500
_MAX_ATTRIBUTES = 200
_CONTAINERS = frozenset({"channel"})
_ITEMS = frozenset({"item", "entry"})
_BROKEN_OFF = frozenset(
    expat.errors.codes[message]
    for message in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
    )
)
_JUNK_AFTER = expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the document."""

    start: int
    """Byte where its tag begins."""
    end: int
    """Byte after its closing tag."""
    hash: bytes
    """Over its bytes."""
    guid: str
    """Its guid or id as it stands there, trimmed; may be empty."""
    link: str
    """Its link as it stands there, trimmed; may be empty."""
    is_absurd: bool = False
    """It nests so deep, or has elements of so many attributes, that it would only cost time."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A document and where its items are."""

    body: bytes
    """The document in UTF-8."""
    items: tuple[Item, ...]
    """In document order."""
    end: int
    """Where the document ends: its length, or where the last whole item ends if it broke off."""
    closing: bytes = b""
    """The closing tags that are missing because it broke off."""
    is_broken_off: bool = False
    """The document ends amid an element."""
    is_item_open: bool = False
    """It broke off amid its first item."""

    def with_items(self, kept: tuple[Item, ...]) -> bytes:
        """The document with only these of its items."""
        chosen = {item.start for item in kept}
        parts: list[bytes] = []
        position = 0
        for item in self.items:
            if item.start not in chosen:
                parts.append(self.body[position : item.start])
                position = item.end
        parts += [self.body[position : self.end], self.closing]
        return b"".join(parts)


def is_expat_safe() -> bool:
    """Whether expat refuses entities that expand to gigabytes (since 2.4.1)."""
    return expat.version_info >= (2, 4, 1)


def hash_item(content: bytes) -> bytes:
    """What an item is known by between two parses of the same feed."""
    return blake2b(content, digest_size=HASH_BYTES, key=_PARSER_VERSION).digest()


def split(body: bytes) -> Pieces | None:
    """The items of a document; None if it is not well-formed, defines entities, or nests absurdly.

    Args:
        body: the document in UTF-8, without byte order mark.

    """
    if b"<!ENTITY" in body:
        return None
    cutter = _Cutter(body)
    parser = cutter.parser
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        if error.code == _JUNK_AFTER and cutter.items:
            return Pieces(body, tuple(cutter.items), parser.ErrorByteIndex)
        if error.code not in _BROKEN_OFF:
            return None
        return cutter.broken_off(parser.ErrorByteIndex)
    except _CannotSplitError:
        return None
    return Pieces(body, tuple(cutter.items), len(body))


class _CannotSplitError(Exception):
    """The document has a shape that cannot be cut."""


class _Cutter:
    """Takes expat's events; keeps the path to where it stands, and the items so far."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.items: list[Item] = []
        self.closing = b""
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self._path: list[str] = []
        self._is_absurd = False
        self._item_depth = 0
        self._item_start = 0
        self._text: list[str] = []
        self._guid = ""
        self._link = ""

    def broken_off(self, position: int) -> Pieces:
        """The pieces of a document that ends at this byte without closing all it opened."""
        items = tuple(self.items)
        if self._item_depth:
            end = items[-1].end if items else 0
            return Pieces(self.body, items, end, self.closing, is_broken_off=True, is_item_open=not items)
        is_complete = len(self._path) == 1 and self.body.startswith(b"</", position)
        return Pieces(self.body, items, position, self._closing_tags(), is_broken_off=not is_complete)

    def _closing_tags(self) -> bytes:
        return b"".join(b"</" + name.encode() + b">" for name in reversed(self._path))

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        depth = len(self._path)
        local = name.rpartition(":")[2].lower()
        if depth == 0 and local in _ITEMS:
            raise _CannotSplitError
        self._path.append(name)
        if depth > _MAX_DEPTH or len(attributes) > _MAX_ATTRIBUTES:
            # feedparser looks each attribute up among all.
            self._is_absurd = True
        if self._item_depth:
            if depth == self._item_depth:
                self._begin_child(local, attributes)
        elif local in _ITEMS and (depth == 1 or (depth == 2 and self._parent() in _CONTAINERS)):
            self._item_depth = depth + 1
            self._is_absurd = False
            self._item_start = self.parser.CurrentByteIndex
            self._guid = next((value for key, value in attributes.items() if key.endswith(":about")), "")
            self._link = attributes.get("href", attributes.get("HREF", ""))

    def _parent(self) -> str:
        return self._path[-2].rpartition(":")[2].lower()

    def _begin_child(self, local: str, attributes: dict[str, str]) -> None:
        if local == "link" and not self._link and attributes.get("rel", "alternate") == "alternate":
            self._link = attributes.get("href", "")
        if local in {"guid", "id", "link"}:
            self._text = []
            self.parser.CharacterDataHandler = self._text.append

    def _end(self, name: str) -> None:
        depth = len(self._path) - 1
        self._path.pop()
        if not self._item_depth:
            return
        if depth == self._item_depth and self.parser.CharacterDataHandler is not None:
            self._end_child(name.rpartition(":")[2].lower())
        elif depth == self._item_depth - 1:
            self._end_item(name)

    def _end_child(self, local: str) -> None:
        self.parser.CharacterDataHandler = None
        text = "".join(self._text).strip()
        if local == "link":
            self._link = self._link or text
        elif local in {"guid", "id"}:
            self._guid = self._guid or text

    def _end_item(self, name: str) -> None:
        self._item_depth = 0
        position = self.parser.CurrentByteIndex
        end = position
        # Of <item/> expat tells the end, of others where the closing tag begins.
        if self.body.startswith(b"</" + name.encode(), position):
            end = self.body.index(b">", position) + 1
        content = self.body[self._item_start : end]
        self.items.append(Item(self._item_start, end, hash_item(content), self._guid, self._link, self._is_absurd))
        self.closing = self._closing_tags()
