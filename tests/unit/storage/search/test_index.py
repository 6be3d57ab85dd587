"""The search index: what goes in can be found, and can be taken out again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace

import pytest

from reader.storage.schema import SCHEMA
from reader.storage.search import index
from reader.storage.search.index import Indexed

ARTICLE = Indexed(
    title="Banjir di “Natuna”",
    text="Warga mengungsi.",
    full_text="Warga mengungsi ke sekolah.",
    author="Penulis Contoh",
    feed_ids=(3, 12),
    url="https://kepri.news-site.example/a",
    dateline="Natuna",
    media="if",
    words=240,
)


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    for statement in SCHEMA:
        connection.execute(statement)
    yield connection
    connection.close()


def found(db: sqlite3.Connection, expression: str) -> list[int]:
    return [row for (row,) in db.execute("SELECT rowid FROM search WHERE search MATCH ?", (expression,))]


@pytest.mark.parametrize(
    "label",
    [
        index.ANY,
        index.feed_label(3),
        index.feed_label(12),
        index.host_label("kepri.news-site.example"),
        index.host_label("news-site.example"),
        index.media_label("f"),
        index.place_label("natuna"),
        index.length_label(240),
    ],
)
def test_every_label_is_one_word_of_the_index(db: sqlite3.Connection, label: str) -> None:
    """A label cut in two would find articles that only have the halves."""
    index.add(db, 5, ARTICLE)

    assert found(db, f'labels : "{label}"') == [5]
    db.execute("CREATE VIRTUAL TABLE v USING fts5vocab (search, row)")
    assert db.execute("SELECT count(*) FROM v WHERE term = ?", (label,)).fetchone() == (1,)


def test_no_text_can_look_like_a_label(db: sqlite3.Connection) -> None:
    index.add(db, 5, replace(ARTICLE, title="·f7 ·mv", text="·f7", full_text="", author="·f7"))

    assert found(db, '"·f7"') == []
    assert found(db, '"·mv"') == []


def test_a_removed_article_leaves_nothing(db: sqlite3.Connection) -> None:
    """The index keeps no texts: whatever is not taken out by its own words would be found for ever."""
    index.add(db, 5, ARTICLE)
    index.remove(db, 5, ARTICLE)

    db.execute("CREATE VIRTUAL TABLE v USING fts5vocab (search, row)")
    assert db.execute("SELECT term FROM v").fetchall() == []


def test_both_texts_are_searched_when_they_differ() -> None:
    assert index.body("other", "whole") == "whole\nother"
    assert index.body("whole", "the whole") == "the whole"
    assert index.body("only", "") == "only"


def test_no_transaction_has_to_merge_the_whole_index(db: sqlite3.Connection) -> None:
    """FTS5 would by itself when 16 segments have gathered: with 100,000 articles a mark then waited for seconds."""
    place = 0

    def store(count: int) -> int:
        """Put in so many articles; how many rows their commit writes."""
        nonlocal place
        for _ in range(count):
            place += 1
            text = " ".join(f"{number * place % 9973:x}w" for number in range(1, 150))
            index.add(db, place, replace(ARTICLE, text=text))
        before = db.total_changes
        db.commit()
        return db.total_changes - before

    first = sum(store(60) for _ in range(12))
    later = [store(1) for _ in range(40)]

    assert max(later) < first / 2
