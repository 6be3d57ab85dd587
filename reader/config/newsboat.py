"""The feeds of newsboat's ``urls`` file. Pure.

One feed a line: its address, then tags. ``"~Name"`` is its title, a tag with ``!`` in front hides it; ``query:`` lines
are saved queries. Lines that would run something or read a file are left out, and told.

Source: newsboat's manual, "First Steps", "Tagging", "Query Feeds", "Scripts and Filters".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path

from reader.config.newsboat_query import NoTranslationError, translated
from reader.config.values import folder
from reader.i18n import _
from reader.light import dataclass
from reader.text.clean import clean_line
from reader.text.urls import canonical, web_url, without_secrets

__all__ = ["MAX_BYTES", "LeftOut", "NewsboatUrls", "parse_urls", "usual_urls"]

MAX_BYTES = 8 * 1024 * 1024
"""Largest file taken."""
MAX_FEEDS = 50_000
_LONGEST_LINE = 20_000
_LONGEST_NAME = 200
_LOGIN = re.compile(r"//[^/\s@]{1,500}@")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that was not taken."""

    line: int
    """From 1."""
    text: str
    """Its address, cleaned, without a login."""
    reason: str
    """Why, in the current language."""


@dataclass(frozen=True, slots=True)
class NewsboatUrls:
    """What a ``urls`` file holds."""

    feeds: tuple[Mapping[str, object], ...] = ()
    """Feeds by the keys of feeds.toml, each address once."""
    filters: tuple[Mapping[str, object], ...] = ()
    """Saved queries by the keys of feeds.toml, each name once."""
    left_out: tuple[LeftOut, ...] = ()
    """What could not be taken, in file order."""
    duplicates: int = 0
    """Feeds that stood in it more than once."""
    hidden: int = 0
    """Feeds that newsboat hid; they are in a folder of their own."""


def usual_urls(home: Path) -> Path | None:
    """Where newsboat, or newsbeuter before it, keeps its list; None if there is none."""
    places = (".newsboat", ".config/newsboat", ".newsbeuter", ".config/newsbeuter")
    return next((found for place in places if (found := home / place / "urls").is_file()), None)


def usual_cache(urls: Path, home: Path) -> Path | None:
    """Where newsboat keeps the articles of a list in its usual place; None if there is nothing."""
    for place in (urls.parent, home / ".local/share" / urls.parent.name):
        found = place / "cache.db"
        if found.is_file() and found.stat().st_size:
            return found
    return None


def parse_urls(content: bytes) -> NewsboatUrls:
    """The feeds and saved queries of a ``urls`` file. Takes anything; what is no such line is left out and told."""
    found = _Found()
    for number, line in enumerate(content[:MAX_BYTES].decode("utf-8-sig", "replace").splitlines(), 1):
        words = tuple(_words(line[:_LONGEST_LINE]))
        if words:
            found.take(number, words[0], words[1:])
    return NewsboatUrls(
        tuple(found.feeds.values()),
        tuple(found.filters.values()),
        tuple(found.left_out),
        found.duplicates,
        found.hidden,
    )


@dataclass(slots=True)
class _Found:
    feeds: dict[str, Mapping[str, object]] = field(default_factory=dict)
    filters: dict[str, Mapping[str, object]] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    duplicates: int = 0
    hidden: int = 0

    def take(self, number: int, address: str, tags: tuple[str, ...]) -> None:
        try:
            if address.startswith("query:"):
                name, query = _query(address)
                if name in self.filters:
                    raise NoTranslationError(_("another query has this name"))
                self.filters[name] = {"name": name, "query": query}
            else:
                self._feed(address, tags)
        except NoTranslationError as error:
            shown = clean_line(without_secrets(_LOGIN.sub("//", address)), _LONGEST_NAME)
            self.left_out.append(LeftOut(number, shown, str(error)))

    def _feed(self, address: str, tags: tuple[str, ...]) -> None:
        url = _address(address)
        if len(self.feeds) >= MAX_FEEDS:
            raise NoTranslationError(_("too many feeds"))
        key = canonical(url)
        if key in self.feeds:
            self.duplicates += 1
            return
        is_hidden = any(tag.startswith("!") for tag in tags)
        self.feeds[key] = _values(url, tags, is_hidden=is_hidden)
        self.hidden += is_hidden


def _address(text: str) -> str:
    scheme = text.partition(":")[0].lower()
    match scheme:
        case "exec":
            raise NoTranslationError(_("Warta does not run programs to get a feed"))
        case "filter":
            raise NoTranslationError(_("Warta does not filter feeds through a program"))
        case "file":
            raise NoTranslationError(_("Warta does not read feeds from files"))
    if text.startswith("|"):
        raise NoTranslationError(_("Warta does not run programs to get a feed"))
    url = web_url(text)
    if not url:
        raise NoTranslationError(_("not an address that begins with http:// or https://"))
    return url


def _values(url: str, tags: tuple[str, ...], *, is_hidden: bool) -> Mapping[str, object]:
    title = next((tag[1:] for tag in tags if tag.startswith("~")), "")
    if not title:
        title = next((tag[1:] for tag in tags if tag.startswith("!")), "")
    plain = [clean_line(tag, _LONGEST_NAME) for tag in tags if tag and tag[0] not in "~!"]
    plain = list(dict.fromkeys(filter(None, plain)))
    told: dict[str, object] = {
        "url": url,
        "title": clean_line(title, _LONGEST_NAME),
        "folder": _("Hidden in newsboat") if is_hidden else folder(plain[0].replace("/", "-")) if plain else "",
        "tags": plain,
    }
    return {key: value for key, value in told.items() if value}


def _query(address: str) -> tuple[str, str]:
    """Name and query of a ``query:Name:expression`` line."""
    name, colon, expression = address.removeprefix("query:").partition(":")
    name = clean_line(name, _LONGEST_NAME)
    if not name or not colon:
        raise NoTranslationError(_("not query:NAME:EXPRESSION"))
    return name, translated(expression)


def _words(line: str) -> Iterator[str]:
    """The words of a line: quotes keep together, a backslash in them keeps a quote; a # that begins a word ends all."""
    at = 0
    while at < len(line):
        if line[at].isspace():
            at += 1
            continue
        if line[at] == "#":
            return
        is_quoted = line[at] == '"'
        word, at = _quoted(line, at + 1) if is_quoted else _bare(line, at)
        if word:
            yield word


def _quoted(line: str, at: int) -> tuple[str, int]:
    found: list[str] = []
    while at < len(line) and line[at] != '"':
        if line[at] == "\\" and at + 1 < len(line):
            at += 1
            found.append({"n": "\n", "r": "\r", "t": "\t", "\\": "\\", '"': '"'}.get(line[at], "\\" + line[at]))
        else:
            found.append(line[at])
        at += 1
    return "".join(found), at + 1


def _bare(line: str, at: int) -> tuple[str, int]:
    end = at
    while end < len(line) and not line[end].isspace():
        end += 1
    return line[at:end], end
