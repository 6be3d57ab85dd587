"""A small database of articles to ask, filled without the network's part of the program."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from reader.model import Question, Source
from reader.query import ArticleFacts, FeedName, Names, Query, parse
from reader.storage.schema import SCHEMA
from reader.storage.search import index
from reader.storage.search.asking import Search
from reader.storage.values import PLACE_BITS

NOW = datetime(2026, 11, 15, 10, 30, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Jakarta")
FEEDS = (
    FeedName(1, "RRI Ranai", "https://rri.example/rss", "Kepri/Natuna", ("indonesia",)),
    FeedName(2, "Contoh Berita", "https://contoh.example/feed", "Nasional"),
    FeedName(3, "The Sample Times", "https://times.example/feed", "World", ("english", "penting")),
)
NAMES = Names(
    feeds=FEEDS,
    filters={"Natuna": "natuna OR ranai", "Bola": "bola -timnas", "Dibisukan": "is:muted"},
    last_start=NOW - timedelta(hours=8),
)


@dataclass(frozen=True)
class Made:
    """An article to put into the database."""

    title: str = "Banjir di Natuna"
    text: str = ""
    full_text: str = ""
    author: str = ""
    feed_ids: tuple[int, ...] = (1,)
    url: str = "https://rri.example/natuna/1"
    dateline: str = ""
    media: str = ""
    words: int = 100
    age: timedelta = timedelta(hours=3)
    tags: tuple[str, ...] = ()
    is_read: bool = False
    is_starred: bool = False
    muted_by: str = ""
    is_listed: bool = True

    @property
    def date(self) -> datetime:
        """The date it is sorted by."""
        return NOW - self.age

    def facts(self) -> ArticleFacts:
        """The article as the Python meaning sees it."""
        return ArticleFacts(
            title=self.title, body=index.body(self.text, self.full_text), author=self.author, date=self.date,
            first_seen=self.date, url=self.url, dateline=self.dateline,
            feeds=tuple(feed for feed in FEEDS if feed.id in self.feed_ids), tags=self.tags, words=self.words,
            media=self.media, is_read=self.is_read, is_starred=self.is_starred, is_muted=bool(self.muted_by),
        )  # fmt: skip


def library(articles: Iterable[Made]) -> sqlite3.Connection:
    """A database in memory with these articles; their ids count from 1."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    for statement in SCHEMA:
        db.execute(statement)
    for feed in (*FEEDS, FeedName(4, "Sudah dihapus", "https://gone.example/rss")):
        row = (feed.id, feed.url, feed.title, feed.folder)
        db.execute("INSERT INTO feeds (id, url, title, folder) VALUES (?, ?, ?, ?)", row)
    rows = sorted(enumerate(articles, 1), key=lambda pair: (place_of(*pair), pair[0]))
    for number, made in rows:
        place = place_of(number, made)
        db.execute(
            "INSERT INTO statuses (id, place, first_seen, is_listed, muted_by, is_read, is_starred)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, place, int(made.date.timestamp()), made.is_listed, made.muted_by, made.is_read, made.is_starred),
        )
        db.execute(
            "INSERT INTO articles (id, feed_id, text_feed_id, title, url, author, dateline, words, media)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number, made.feed_ids[0], made.feed_ids[0], made.title, made.url, made.author, made.dateline,
                made.words, made.media,
            ),
        )  # fmt: skip
        db.execute("INSERT INTO texts (id, text, full_text) VALUES (?, ?, ?)", (number, made.text, made.full_text))
        db.executemany("INSERT INTO feed_articles VALUES (?, ?, ?)", [(feed, place, number) for feed in made.feed_ids])
        db.executemany("INSERT INTO article_tags VALUES (?, ?, ?)", [(number, tag, place) for tag in made.tags])
        index.add(
            db, place,
            index.Indexed(
                made.title, made.text, made.full_text, made.author, made.feed_ids, made.url, made.dateline, made.media,
                made.words,
            ),
        )  # fmt: skip
    return db


def place_of(number: int, made: Made) -> int:
    """Where an article stands in lists."""
    return int(made.date.timestamp()) << PLACE_BITS | number


def read(text: str, *, complete: bool = True) -> Query:
    """A query, read."""
    return parse(text, complete=complete, now=NOW, zone=ZONE, names=NAMES)


def asked(
    db: sqlite3.Connection, text: str = "", question: Question | None = None, *, complete: bool = True
) -> list[int]:
    """The ids that a question finds, in order."""
    return list(search(db, text, question, complete=complete)[0])


def search(
    db: sqlite3.Connection, text: str = "", question: Question | None = None, *, complete: bool = True
) -> tuple[list[int], Search]:
    """The ids that a question finds, and the search that found them."""
    work = Search(question or Question(Source(), text), read(text, complete=complete))
    ids: list[int] = []
    while True:
        found, is_done = work.step(db)
        ids += found
        if is_done:
            return ids, work
