"""Lists of feeds as other readers exchange them: OPML 1 and 2 in, OPML 2 out. Pure.

Folders are nested outlines, tags the ``category`` attribute. What else feeds.toml says of a feed goes into attributes
of our own, so that a list of ours comes back as it was; logins, headers and proxies stay at home.

Source: OPML 2.0 (opml.org/spec2.opml).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from reader.config.keys import FEED
from reader.config.taken import AT_HOME, feed_values
from reader.errors import ConfigError
from reader.i18n import _
from reader.light import dataclass
from reader.model.feeds import FeedConfig
from reader.text.clean import clean_line
from reader.text.urls import canonical, web_url, without_credentials

__all__ = ["MAX_BYTES", "Outlines", "parse_opml", "render_opml"]

MAX_BYTES = 32 * 1024 * 1024
"""Largest list taken."""
MAX_FEEDS = 50_000
_DEEPEST = 20

_NAMESPACE = "https://github.com/warta-reader/warta/opml"
_PREFIX = "warta:"
_OURS = tuple(key for key in FEED if key not in AT_HOME | {"url", "title", "folder"})

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LONE_AND = re.compile(rb"&(?!(?:#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")
_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)")


@dataclass(frozen=True, slots=True)
class Outlines:
    """What an OPML document holds."""

    feeds: tuple[Mapping[str, object], ...]
    """Feeds by the keys of feeds.toml, each address once."""
    duplicates: int = 0
    """Feeds that stood in it more than once."""
    refused: tuple[str, ...] = ()
    """Addresses that are not http(s), cleaned."""


def parse_opml(content: bytes) -> Outlines:
    """The feeds of an OPML document, also of one that is not quite XML.

    Raises:
        ConfigError: It is no OPML.

    """
    if len(content) > MAX_BYTES:
        raise ConfigError(_("is larger than {size} MiB").format(size=MAX_BYTES // 1024**2))
    try:
        collector = _read(content)
    except expat.ExpatError:
        try:
            collector = _read(_LONE_AND.sub(b"&amp;", _ENTITY.sub(b"&amp;", content)))
        except expat.ExpatError as error:
            message = _("is not OPML: {reason}").format(reason=expat.ErrorString(error.code))
            raise ConfigError(message, line=error.lineno, column=error.offset + 1) from error
    if not collector.is_opml:
        raise ConfigError(_("is not OPML"))
    found: dict[str, Mapping[str, object]] = {}
    refused: list[str] = []
    for folder, attributes in collector.feeds:
        values = _values(folder, attributes)
        if values is None:
            refused.append(clean_line(attributes.get("xmlurl", ""), 200))
        else:
            found.setdefault(f"{values.get('kind', 'feed')} {canonical(str(values['url']))}", values)
    return Outlines(tuple(found.values()), len(collector.feeds) - len(refused) - len(found), tuple(refused))


def render_opml(feeds: Sequence[FeedConfig], names: Mapping[str, str] | None = None) -> str:
    """The feeds as OPML 2.0; folders in the order in which they first occur.

    Args:
        feeds: The feeds.
        names: What feeds call themselves, by address: told for those to which the user gave no title.

    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<opml version="2.0" xmlns:warta="{_NAMESPACE}">',
        "  <head><title>Warta</title></head>",
        "  <body>",
        *_outlines(feeds, names or {}, "", 2),
        "  </body>",
        "</opml>",
    ]
    return "\n".join(lines) + "\n"


class _Collector:
    """Takes the outlines with addresses, each with its folder."""

    def __init__(self) -> None:
        self.is_opml = False
        self.feeds: list[tuple[str, dict[str, str]]] = []
        self._names: list[str] = []

    def opened(self, name: str, raw: dict[str, str]) -> None:
        name = name.lower()
        self.is_opml = self.is_opml or name == "opml"
        if name != "outline" or len(self.feeds) >= MAX_FEEDS:
            return
        attributes = {key.lower(): value for key, value in raw.items()}
        is_feed = bool(attributes.get("xmlurl", "").strip())
        if is_feed:
            self.feeds.append(("/".join(filter(None, self._names[:_DEEPEST])), attributes))
        own = attributes.get("text") or attributes.get("title") or ""
        self._names.append("" if is_feed else own)

    def closed(self, name: str) -> None:
        if name.lower() == "outline" and self._names:
            self._names.pop()


def _read(content: bytes) -> _Collector:
    collector = _Collector()
    parser = expat.ParserCreate()
    parser.StartElementHandler = collector.opened
    parser.EndElementHandler = collector.closed
    parser.EntityDeclHandler = _no_entities
    parser.Parse(content.lstrip(), True)
    return collector


def _no_entities(*_declared: object) -> None:
    raise ConfigError(_("declares entities, which no feed list needs; it was not read"))


def _values(folder: str, attributes: Mapping[str, str]) -> dict[str, object] | None:
    """A feed by the keys of feeds.toml; None if its address is none of the web."""
    url = web_url(attributes["xmlurl"])
    if not url:
        return None
    name = attributes.get("title") or attributes.get("text") or ""
    categories = [part.strip() for part in attributes.get("category", "").split(",")]
    told: dict[str, object] = {
        "title": "" if name in {url, attributes["xmlurl"]} else name,
        "folder": folder,
        "tags": [part for part in categories if part and "/" not in part],
    }
    for key in (*_OURS, "folder", "title"):
        if (text := attributes.get(_PREFIX + key)) is not None:
            told[key] = _json(text)
    return feed_values({"url": url, **told})


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _outlines(feeds: Sequence[FeedConfig], names: Mapping[str, str], folder: str, depth: int) -> Iterator[str]:
    """The outlines of a folder: its own feeds, then the folders inside it."""
    indent = "  " * depth
    inner: dict[str, list[FeedConfig]] = {}
    for feed in feeds:
        rest = feed.folder[len(folder) :].strip("/")
        if not rest or depth > _DEEPEST:
            yield f"{indent}<outline{_attributes(feed, names.get(feed.url, ''), is_deeper=bool(rest))}/>"
        else:
            inner.setdefault(rest.partition("/")[0], []).append(feed)
    for name, members in inner.items():
        yield f"{indent}<outline text={_quoted(name)}>"
        yield from _outlines(members, names, f"{folder}/{name}".strip("/"), depth + 1)
        yield f"{indent}</outline>"


def _attributes(feed: FeedConfig, own: str, *, is_deeper: bool) -> str:
    url = without_credentials(feed.url)
    name = feed.title or own
    told = {"type": "rss", "text": name or url, "title": name, "xmlUrl": url}
    if own and not feed.title:
        told[_PREFIX + "title"] = json.dumps("")  # the name is not the user's
    simple = [tag for tag in feed.tags if tag == tag.strip() and not re.search("[,/]", tag)]
    told["category"] = ",".join(simple)
    for each in fields(FeedConfig):
        key = "enabled" if each.name == "is_enabled" else each.name
        value = getattr(feed, each.name)
        is_told = key == "tags" and len(simple) == len(feed.tags)
        if key in _OURS and value != each.default and not is_told:
            told[_PREFIX + key] = json.dumps(value)
    if is_deeper:
        told[_PREFIX + "folder"] = json.dumps(feed.folder)
    return "".join(f" {name}={_quoted(value)}" for name, value in told.items() if value)


def _quoted(text: str) -> str:
    return quoteattr(_ILLEGAL.sub("", text), {"\n": "&#10;", "\t": "&#9;", "\r": "&#13;"})
