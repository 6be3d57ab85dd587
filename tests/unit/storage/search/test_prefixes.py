"""When a long prefix is looked for by its first letters."""

from __future__ import annotations

from sqlite3 import Connection

from reader.query.tree import ALL, And, Saved, Text
from reader.storage.search.prefixes import roughly
from reader.storage.search.terms import prepare
from tests.unit.storage.search.library import Made, library


def large(words: int) -> Connection:
    """A store that counts as large, with so many words that begin with ``menga``."""
    db = library([Made(text=" ".join(f"menga{number}" for number in range(words)))])
    db.execute("UPDATE totals SET listed = 20001")
    prepare(db)
    return db


def test_only_a_prefix_many_words_begin_with_is_cut_short() -> None:
    """What few words begin with FTS5 puts together in no time."""
    typed = Text(("menga",), is_prefix=True)
    short = Text(("meng",), is_prefix=True)

    assert roughly(large(30), typed) == (And((short,)), And((typed,)))
    assert roughly(large(29), typed) is None
    assert roughly(large(30), And((Saved("x", typed), Text(("desa",))))) == (
        And((Saved("x", short), Text(("desa",)))),
        And((Saved("x", typed),)),
    )


def test_whole_words_short_prefixes_and_small_stores_go_the_usual_way() -> None:
    """Nothing would be won."""
    db = large(40)
    for tree in (ALL, Text(("menga",)), Text(("meng",), is_prefix=True)):
        assert roughly(db, tree) is None

    db.execute("UPDATE totals SET listed = 20000")
    assert roughly(db, Text(("menga",), is_prefix=True)) is None
