"""What goes into the search index for an article, as the index must be told it again to forget it.

The index keeps no texts (FTS5, contentless), so a row can only be taken out by the very words that went in: whoever
changes an article, its feeds or its texts calls `remove` with what was, then `add` with what is.

The fourth column holds labels: made-up words that no text contains (they start with a character which folding takes
away), for what is known of an article beside its words. So one index answers "this word in that folder from this
site", newest first, without a look at any other table.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from reader.light import dataclass
from reader.text.fold import fold, words
from reader.text.urls import host

__all__ = ["ANY", "Indexed", "add", "body", "labels", "remove"]

ANY = "·"
"""The label every article carries: what "not this word" is taken from."""

WORD_STEPS = (50, 100, 200, 300, 400, 500, 600, 800, 1000, 1200, 1500, 2000, 2500, 3000, 4000, 5000, 10000)
"""Lengths in words between which articles are told apart by label."""

_AS_WORD = str.maketrans({".": "·", "-": "‐", ":": "¦", "_": "‗", "[": "⟦", "]": "⟧"})


@dataclass(frozen=True, slots=True)
class Indexed:
    """All of an article that the index is made from."""

    title: str
    """As stored."""
    text: str = ""
    """`texts.text`."""
    full_text: str = ""
    """`texts.full_text`."""
    author: str = ""
    """As stored."""
    feed_ids: tuple[int, ...] = ()
    """Every feed it stands in, by `feed_articles`."""
    url: str = ""
    """`articles.url`."""
    dateline: str = ""
    """`articles.dateline`."""
    media: str = ""
    """`articles.media`."""
    words: int = 0
    """`articles.words`."""


def add(db: sqlite3.Connection, place: int, article: Indexed) -> None:
    """Put an article into the index."""
    db.execute(
        "INSERT INTO search (rowid, title, body, author, labels) VALUES (?, ?, ?, ?, ?)", (place, *columns(article))
    )


def remove(db: sqlite3.Connection, place: int, article: Indexed) -> None:
    """Take an article out of the index; it must be given exactly as it was added."""
    db.execute(
        "INSERT INTO search (search, rowid, title, body, author, labels) VALUES ('delete', ?, ?, ?, ?, ?)",
        (place, *columns(article)),
    )


def columns(article: Indexed) -> tuple[str, str, str, str]:
    """The index's columns for an article: title, body, author, labels."""
    return (
        fold(article.title),
        fold(body(article.text, article.full_text)),
        fold(article.author),
        " ".join(labels(article)),
    )


def body(text: str, full_text: str) -> str:
    """The text that is searched: the whole article, then the feed's text if that says something else."""
    if not full_text or full_text == text:
        return text
    return f"{full_text}\n{text}" if text and text not in full_text else full_text


def labels(article: Indexed) -> Iterable[str]:
    """An article's labels, each one word to the index."""
    yield ANY
    for feed_id in sorted(article.feed_ids):
        yield feed_label(feed_id)
    name = host(article.url)
    while name:
        yield host_label(name)
        name = name.partition(".")[2]
    for letter in article.media:
        yield media_label(letter)
    yield length_label(article.words)
    yield from (place_label(word) for word in words(article.dateline))


def feed_label(feed_id: int) -> str:
    """The label of an article that stands in this feed."""
    return f"{ANY}f{feed_id}"


def host_label(name: str) -> str:
    """The label of an article whose page is on this host or below it."""
    return f"{ANY}h{name.translate(_AS_WORD)}"


def media_label(letter: str) -> str:
    """The label of an article with this letter in `articles.media`."""
    return f"{ANY}m{letter}"


def length_label(count: int) -> str:
    """The label of articles about this long."""
    return f"{ANY}w{sum(count >= step for step in WORD_STEPS)}"


def place_label(word: str) -> str:
    """The label of an article with this word in its dateline."""
    return f"{ANY}p{word}"
