"""How fast a keystroke finds: latencies for each kind of query, the size of the index, the cost of new articles.

Run by hand, from the repository:

    python -m tests.bench.search_speed                     10,000 and 100,000 articles
    python -m tests.bench.search_speed --sizes 1000000     takes some minutes and 6 GB
    python -m tests.bench.search_speed --keep FOLDER       builds there, or asks again what was built there

Articles are generated: 150 words each, words by Zipf's law from roots with Indonesian affixes, so that prefixes like
``meng`` are as productive as in the language.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from reader.model import Question, Source
from reader.query import FeedName, Names, parse
from reader.storage.opening import connect_reader, open_database
from reader.storage.search.asking import Search
from reader.storage.search.index import Indexed, columns

NOW = datetime(2026, 11, 15, 10, tzinfo=UTC)
FEEDS = 60
ROOTS = 4_000
WORDS = 150
BATCH = 5_000
PREFIXES = ("me", "mem", "men", "meng", "di", "ter", "ber", "ke", "se", "pe", "pem", "pen", "peng", "per", "memper")
EVERYWHERE = Source()
SUFFIXES = ("", "", "", "kan", "an", "i", "nya", "lah")


@dataclass(frozen=True)
class Kind:
    """A kind of query."""

    name: str
    text: str
    source: Source = EVERYWHERE
    show_read: bool = True
    complete: bool = False


class Language:
    """Words by rank, and sentences made of them."""

    def __init__(self, rng: random.Random) -> None:
        syllables = [c + v for c in "bcdghjklmnprstwy" for v in "aiueo"] + ["an", "ang", "ar", "at", "un", "in"]
        roots = list(dict.fromkeys("".join(rng.choices(syllables, k=rng.choice((2, 2, 2, 3)))) for _ in range(ROOTS)))
        made = [
            root if rng.random() < 0.3 else rng.choice(PREFIXES) + root + rng.choice(SUFFIXES)
            for root in rng.choices(
                roots, cum_weights=list(accumulate(1 / (n + 2) for n in range(len(roots)))), k=90_000
            )
        ]
        self.roots = roots
        self.words = list(dict.fromkeys(made))
        weights = list(accumulate(1 / (n + 2.7) for n in range(len(self.words))))
        self.sentences = [" ".join(rng.choices(self.words, cum_weights=weights, k=15)) for _ in range(60_000)]


def build(path: Path, size: int) -> float:
    """Fill a database; seconds taken."""
    rng = random.Random(7)
    language = Language(rng)
    connection, _opened = open_database(path, now=NOW)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -200000")
    # A large buffer halves the time the index takes; it is what SQLite has by default again afterwards.
    connection.execute("INSERT INTO search (search, rank) VALUES ('hashsize', 67108864)")
    started = time.perf_counter()
    connection.execute("BEGIN")
    for number in range(1, FEEDS + 1):
        connection.execute(
            "INSERT INTO feeds (id, url, title, folder) VALUES (?, ?, ?, ?)",
            (number, f"https://site{number}.example/feed", f"Feed {number}", f"Folder {number % 6}"),
        )
    # The counters are set once at the end rather than by triggers for each row.
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _sql in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    for first in range(1, size + 1, BATCH):
        insert(connection, list(articles(language, rng, first, min(BATCH, size + 1 - first), size)))
    connection.execute(
        "UPDATE totals SET (listed, starred, unread) = "
        "(SELECT count(*), total(is_starred), total(is_read = 0) FROM statuses)"
    )
    connection.execute(
        "INSERT OR REPLACE INTO feed_counts (feed_id, articles) SELECT feed_id, count(*) FROM feed_articles GROUP BY 1"
    )
    for _name, sql in triggers:
        connection.execute(sql)
    connection.execute("INSERT INTO search (search, rank) VALUES ('hashsize', 1048576)")
    connection.execute("COMMIT")
    seconds = time.perf_counter() - started
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return seconds


@dataclass(frozen=True)
class Made:
    """A generated article."""

    id: int
    place: int
    feed: int
    is_read: bool
    is_starred: bool
    indexed: Indexed


def articles(language: Language, rng: random.Random, first: int, count: int, size: int) -> Iterator[Made]:
    """Generated articles, oldest first, one a minute."""
    for number in range(first, first + count):
        moment = int((NOW - timedelta(minutes=size - number)).timestamp())
        feed = min(int(rng.paretovariate(0.7)), FEEDS)
        # A tenth of the newest is unread, and a few here and there.
        is_read = rng.random() < (0.9 if number > size - 2_000 else 0.9995)
        text = " ".join(rng.choices(language.sentences, k=WORDS // 15))
        indexed = Indexed(
            title=rng.choice(language.sentences)[:70],
            text=text,
            author="Penulis Contoh",
            feed_ids=(feed,),
            url=f"https://site{feed}.example/berita/{number}",
            dateline=language.roots[number % 40],
            media="i" if number % 3 else "ia"[: 1 + (number % 99 == 0)],
            words=WORDS if number % 50 else 2_400,
        )
        yield Made(number, (moment << 20) | (number & 0xFFFFF), feed, is_read, rng.random() < 0.002, indexed)


def insert(connection: sqlite3.Connection, made: list[Made]) -> None:
    """Put articles into all tables."""
    many = connection.executemany
    many(
        "INSERT INTO statuses (id, place, first_seen, is_read, is_starred) VALUES (?, ?, ?, ?, ?)",
        [(one.id, one.place, one.place >> 20, one.is_read, one.is_starred) for one in made],
    )
    many(
        "INSERT INTO articles (id, feed_id, text_feed_id, title, url, author, dateline, words, media)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (one.id, one.feed, one.feed, x.title, x.url, x.author, x.dateline, x.words, x.media)
            for one in made
            for x in (one.indexed,)
        ],
    )
    many("INSERT INTO texts (id, text) VALUES (?, ?)", [(one.id, one.indexed.text) for one in made])
    many("INSERT INTO feed_articles VALUES (?, ?, ?)", [(one.feed, one.place, one.id) for one in made])
    many(
        "INSERT INTO article_tags VALUES (?, 'penting', ?)", [(one.id, one.place) for one in made if one.id % 500 == 0]
    )
    many("INSERT INTO article_tags VALUES (?, 'sering', ?)", [(one.id, one.place) for one in made if one.id % 4 == 0])
    many(
        "INSERT INTO search (rowid, title, body, author, labels) VALUES (?, ?, ?, ?, ?)",
        [(one.place, *columns(one.indexed)) for one in made],
    )


def kinds(connection: sqlite3.Connection) -> list[Kind]:
    """The kinds of queries, with words found by how many articles have them."""
    rng = random.Random(7)
    language = Language(rng)

    def share(word: str) -> int:
        return int(connection.execute("SELECT count(*) FROM search WHERE search MATCH ?", (f'"{word}"',)).fetchone()[0])

    size = connection.execute("SELECT listed FROM totals").fetchone()[0]
    ranked = language.words
    often, usual, seldom = ranked[0], ranked[60], ranked[20_000]
    print(f"\nwords: often {share(often):,}, usual {share(usual):,}, seldom {share(seldom):,} of {size:,}")
    root = language.roots[1]
    pair = " ".join(language.sentences[3].split()[4:6])
    return [
        Kind("everything", ""),
        Kind("one letter", "m"),
        Kind("two letters", "me"),
        Kind("three letters", "men"),
        Kind("four letters, productive", "meng"),
        Kind("five letters, productive", "menga"),
        Kind("a word being typed", usual[:-1]),
        Kind("a frequent word", often, complete=True),
        Kind("a usual word", usual, complete=True),
        Kind("a rare word", seldom, complete=True),
        Kind("nothing", "zzyzx", complete=True),
        Kind("frequent and rare", f"{often} {seldom}", complete=True),
        Kind("three words", f"{often} {usual} {ranked[30]}", complete=True),
        Kind("either", f"{usual} OR {seldom} OR {ranked[300]}", complete=True),
        Kind("without a frequent word", f"-{often}", complete=True),
        Kind("usual without frequent", f"{usual} -{often}", complete=True),
        Kind("phrase", f'"{pair}"', complete=True),
        Kind("phrase of frequent words", f'"{ranked[0]} {ranked[1]}"', complete=True),
        Kind("family", f"~{root}", complete=True),
        Kind("family being typed", f"~{root[:4]}"),
        Kind("title", f"title:{usual}", complete=True),
        Kind("frequent, unread", f"{often} is:unread", complete=True),
        Kind("usual, unread", f"{usual} is:unread", complete=True),
        Kind("frequent in Unread", often, Source("unread"), show_read=False, complete=True),
        Kind("starred", "is:starred", complete=True),
        Kind("usual, starred", f"{usual} is:starred", complete=True),
        Kind("frequent in a small feed", often, Source("feed", 40), complete=True),
        Kind("usual in a folder", usual, Source("folder", "Folder 3"), complete=True),
        Kind("a folder", "", Source("folder", "Folder 1")),
        Kind("a feed", "", Source("feed", 1)),
        Kind("Today", "", Source("today")),
        Kind("Unread", "", Source("unread"), show_read=False),
        Kind("usual, last 3 days", f"{usual} newer:3d", complete=True),
        Kind("frequent, long ago", f"{often} older:60d", complete=True),
        Kind("a month", "date:2026-10", complete=True),
        Kind("rare tag", "#penting", complete=True),
        Kind("usual, rare tag", f"{usual} #penting", complete=True),
        Kind("usual, frequent tag", f"{usual} #sering", complete=True),
        Kind("long articles", "words:>2000", complete=True),
        Kind("usual, audio", f"{usual} has:audio", complete=True),
        Kind("place", f"place:{root}", complete=True),
        Kind("either of two sorts", f"{seldom} OR is:starred", complete=True),
        Kind("best first", f"{usual} {ranked[30]} sort:rank", complete=True),
        Kind("oldest first", f"{often} sort:old", complete=True),
        Kind("pattern, frequent", "/meng\\w+ ter/", complete=True),
        Kind("pattern, nothing, a word known", f"/\\b{seldom}\\b \\d\\d/", complete=True),
    ]


def ask(connection: sqlite3.Connection, kind: Kind, names: Names) -> tuple[float, float, int, int]:
    """Milliseconds to the first screenful and to the end, how many were first, how many in all."""
    question = Question(kind.source, kind.text, show_read=kind.show_read, is_complete_word=kind.complete)
    started = time.perf_counter()
    query = parse(kind.text, complete=kind.complete, now=NOW, zone=UTC, names=names)
    search = Search(question, query)
    connection.execute("BEGIN")
    first, _is_done = search.step(connection)
    connection.execute("COMMIT")
    shown = time.perf_counter()
    ids = array("q", first)
    is_done = False
    connection.execute("BEGIN")
    while not is_done and time.perf_counter() - started < 20:
        found, is_done = search.step(connection)
        ids = ids + found
    connection.execute("COMMIT")
    ended = time.perf_counter()
    return (shown - started) * 1000, (ended - started) * 1000, len(first), len(ids)


def measure(path: Path, repeats: int) -> None:
    """Print the table for one database."""
    names = Names(
        feeds=tuple(
            FeedName(n, f"Feed {n}", f"https://site{n}.example/feed", f"Folder {n % 6}") for n in range(1, FEEDS + 1)
        ),
        last_start=NOW - timedelta(hours=12),
    )
    connection = connect_reader(path)
    connection.isolation_level = None
    rows = []
    every_first: list[float] = []
    for kind in kinds(connection):
        results = [ask(connection, kind, names) for _ in range(repeats)]
        firsts = sorted(result[0] for result in results)
        every_first += firsts
        rows.append((kind.name, statistics.median(firsts), firsts[-1], results[-1][1], results[-1][2], results[-1][3]))
    print("\n| query | first screenful p50 ms | worst ms | all ids and count ms | first | all |")
    print("|---|--:|--:|--:|--:|--:|")
    for name, p50, worst, end, first, total in rows:
        print(f"| {name} | {p50:.1f} | {worst:.1f} | {end:.0f} | {first} | {total:,} |")
    every_first.sort()
    p95 = every_first[int(len(every_first) * 0.95)]
    print(f"| **all kinds** | {statistics.median(every_first):.1f} | p95 {p95:.1f} | | | |")
    connection.close()


def sizes(path: Path) -> None:
    """Print what the file is made of."""
    connection = sqlite3.connect(path)
    parts = dict(
        connection.execute(
            "SELECT CASE WHEN name LIKE 'search%' THEN 'index' WHEN name = 'texts' THEN 'texts' ELSE 'the rest' END,"
            " sum(pgsize) FROM dbstat GROUP BY 1"
        ).fetchall()
    )
    connection.close()
    print("\n" + ", ".join(f"{name} {size / 1e6:,.0f} MB" for name, size in sorted(parts.items())))


def cost_of_adding(path: Path, size: int, count: int = 1_000) -> None:
    """Print what it costs to add articles; they are taken back."""
    connection, _opened = open_database(path, now=NOW)
    rng = random.Random(8)
    language = Language(rng)
    made = list(articles(language, rng, size + 1, count, size + count))
    started = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    insert(connection, made)
    inserted = time.perf_counter()
    connection.execute("ROLLBACK")
    connection.close()
    print(f"\n{count:,} more articles: {(inserted - started) * 1000:.0f} ms")


def main() -> None:
    """Build, measure, print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    arguments.add_argument("--repeats", type=int, default=5)
    arguments.add_argument("--keep", type=Path, help="a folder to build in, or to ask again what was built there")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.keep or Path(temporary)
        for size in chosen.sizes:
            path = folder / f"search-{size}.db"
            print(f"\n## {size:,} articles")
            if not path.exists():
                print(f"\nbuilt in {build(path, size):.0f} s")
            sizes(path)
            cost_of_adding(path, size)
            measure(path, chosen.repeats)


if __name__ == "__main__":
    main()
