"""The demo's sources and articles, read from the content files beside this module."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from reader.light import dataclass

__all__ = ["SOURCES", "DemoArticle", "DemoSource", "articles"]

Shape = Literal["rss", "rss_snippets", "rdf", "atom", "json", "podcast", "failing"]

CONTENT = Path(__file__).with_name("content")


@dataclass(frozen=True, slots=True)
class DemoSource:
    """One invented publisher."""

    name: str
    """First part of its paths on the server."""
    title: str
    """Its feed's title."""
    shape: Shape
    """The format it serves, or how it fails."""
    folder: str
    """Where the demo's feeds.toml puts it."""
    language: str = "id"
    """Language code."""
    title_tail: str = ""
    """What it appends to its titles."""


@dataclass(frozen=True, slots=True)
class DemoArticle:
    """One invented article."""

    source: str
    """`DemoSource.name`."""
    id: int
    """Its number in its address."""
    title: str
    """Its title."""
    summary: str
    """One or two sentences."""
    body: str
    """HTML; empty where the publisher gives only summaries."""
    published: datetime
    """UTC."""
    author: str = ""
    """Its byline."""
    image: str = ""
    """Path of a picture."""
    audio_seconds: int = 0
    """Length of its episode; 0: none."""

    @property
    def path(self) -> str:
        """Its page's path on the server."""
        return f"/{self.source}/daerah/{self.id}/{slug(self.title)}"


SOURCES: tuple[DemoSource, ...] = (
    DemoSource("ranai", "Radio Ranai", "rss_snippets", "Nasional", title_tail=" - Radio Contoh"),
    DemoSource("kabar", "Kantor Berita Kabar", "atom", "Nasional"),
    DemoSource("kilas", "Kilas Pagi", "rdf", "Nasional"),
    DemoSource("bahari", "Majalah Bahari", "rss", "Bacaan panjang"),
    DemoSource("dermaga", "Siniar Dermaga", "podcast", "Bacaan panjang"),
    DemoSource("harbour", "The Harbour Times", "rss", "Dunia", "en"),
    DemoSource("terminal", "Terminal Weekly", "json", "Dunia", "en"),
    DemoSource("perbatasan", "Pos Perbatasan", "failing", "Nasional"),
    DemoSource("lama", "Koran Lama", "rss", "Nasional"),
)


def articles(now: datetime) -> tuple[DemoArticle, ...]:
    """All articles, newest first, dated back from ``now`` (aware)."""
    found = [
        _article(entry, number, now)
        for file in ("indonesian.toml", "english.toml")
        for number, entry in enumerate(_entries(file), start=700_100)
    ]
    return tuple(sorted(found, key=lambda article: article.published, reverse=True))


def slug(title: str) -> str:
    """A title as it stands in an address."""
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in title.lower()).split()
    return "-".join(words[:9])


def _entries(file: str) -> list[dict[str, Any]]:
    with (CONTENT / file).open("rb") as stream:
        entries: list[dict[str, Any]] = tomllib.load(stream)["articles"]
    return entries


def _article(entry: dict[str, Any], number: int, now: datetime) -> DemoArticle:
    return DemoArticle(
        source=entry["source"],
        id=entry.get("id", number),
        title=entry["title"],
        summary=entry["summary"],
        body=entry.get("body", "").strip(),
        published=(now - timedelta(hours=entry["hours"])).replace(microsecond=0),
        author=entry.get("author", ""),
        image=entry.get("image", ""),
        audio_seconds=entry.get("audio_seconds", 0),
    )
