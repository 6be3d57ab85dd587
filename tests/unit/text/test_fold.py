"""Folding and cutting into words: what Python sees is what SQLite's index sees."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.text.fold import fold, tokens, words

SPECIMENS = "abZé ß İıſﬁ①１ＡŁÆᾳΣς\u0345\u0301\u0327\u0323か゛\u3099ｶﾞ각ᄀ\u11a8漢字ไทย\u200d\xad—“”'-_.0 \n\x00"
TEXTS = st.one_of(st.text(max_size=60), st.text(SPECIMENS, max_size=40))


def cut_by_sqlite(folded: str) -> list[str]:
    """The words that a real FTS5 table with the `ascii` tokenizer finds, in order."""
    db = sqlite3.connect(":memory:")
    try:
        db.execute("CREATE VIRTUAL TABLE t USING fts5 (x, tokenize = 'ascii')")
        db.execute("CREATE VIRTUAL TABLE v USING fts5vocab (t, instance)")
        db.execute("INSERT INTO t VALUES (?)", (folded,))
        return [term for (term,) in db.execute("SELECT term FROM v ORDER BY offset")]
    finally:
        db.close()


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_words_are_those_of_the_search_index(text: str) -> None:
    """Otherwise a query would mean one thing for stored articles and another for arriving ones."""
    assert cut_by_sqlite(fold(text)) == words(text)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_tokens_are_the_words_and_stand_where_they_say(text: str) -> None:
    """Hits are marked by these offsets: a wrong one paints the wrong letters."""
    found = list(tokens(text))

    assert words(text) == [word for word, _start, _end in found]
    assert all(word in words(text[start:end]) for word, start, end in found)
    assert all(0 <= start < end <= len(text) for _word, start, end in found)
    assert [start for _word, start, _end in found] == sorted(start for _word, start, _end in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Banjir DI Natuna", ["banjir", "di", "natuna"]),
        ("covid-19, C++", ["covid", "19", "c"]),
        ("“Jaminan” sosial…", ["jaminan", "sosial"]),
        ("café", ["cafe"]),
        ("cafe\u0301", ["cafe"]),
        ("Ｎａｔｕｎａ　１２", ["natuna", "12"]),
        ("ﬁnal Straße Łódź Ørsted", ["final", "strasse", "lodz", "orsted"]),
        ("İstanbul ISTANBUL", ["istanbul", "istanbul"]),
        ("Nat\xaduna", ["natuna"]),
        ("漢字ab", ["漢", "字", "ab"]),
        ("が か", ["が", "か"]),
        ("rp\xa02,1 miliar", ["rp", "2", "1", "miliar"]),
        ("Привет МИР", ["привет", "мир"]),
        ("", []),
    ],
)
def test_case_accents_width_and_form_do_not_matter(text: str, expected: list[str]) -> None:
    assert expected == words(text)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_folded_text_can_be_stored(text: str) -> None:
    """SQLite takes no lone surrogates."""
    fold(text).encode()


def test_offsets_point_into_the_original() -> None:
    text = "“Ｎａｔｕｎａ”: cafe\u0301 ﬁn"

    assert [text[start:end] for _word, start, end in tokens(text)] == ["Ｎａｔｕｎａ", "cafe\u0301", "ﬁn"]
