"""SQL and Python mean the same by every query."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import Question, Source
from reader.query import FIELDS, matches
from reader.query.tree import MAX_DEPTH
from reader.storage.search.facts import load_facts
from reader.storage.search.meanings import FIELD_MEANINGS
from reader.storage.search.sources import is_muted_asked
from tests.unit.storage.search.library import NAMES, Made, asked, library, place_of, read

SPECIMENS = """
    natuna Natunanya NATUNA ranai banjir banjirlah bola timnas tangkap menangkap ditangkap tanggap penangkapan api
    tetapi berapi Ｎａｔｕｎａ café cafe\u0301 CAFÉ ﬁnal covid-19 19 C++ 漢字 漢 Straße ab abc abd mu ku natunaku
    “kutipan” f1 İstanbul Σίσυφος rp 2,1 miliar a
"""
WORDS = SPECIMENS.split()
TEXT = st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join)
ARTICLES = st.lists(
    st.builds(
        Made,
        title=TEXT,
        text=TEXT,
        full_text=st.one_of(st.just(""), TEXT),
        author=st.sampled_from(["", "Penulis Natuna", "Antara"]),
        feed_ids=st.sampled_from([(1,), (2,), (3,), (1, 2), (2, 4), (4,)]),
        url=st.sampled_from(["", "https://www.kepri.situs.example/Berita/1", "https://situs.example/b", "https://a-b.example:8/%C3"]),
        dateline=st.sampled_from(["", "Natuna", "Ranai, Kepri"]),
        media=st.sampled_from(["", "a", "iv", "f"]),
        words=st.sampled_from([0, 49, 50, 100, 101, 799, 800, 801, 20_000]),
        age=st.sampled_from([timedelta(hours=hours) for hours in (0, 1, 7, 9, 17.5, 20, 30, 72, 73, 900, 20_000)]),
        tags=st.sampled_from([(), ("penting",), ("baca nanti", "Penting"), ("natuna",)]),
        is_read=st.booleans(),
        muted_by=st.sampled_from(["", "", "Bola"]),
        is_listed=st.sampled_from([True, True, True, False]),
    ),
    min_size=1,
    max_size=8,
)  # fmt: skip
LEAVES = [
    *WORDS, "~tangkap", "~api", "~natuna", "nat*", "c*", "a*", "kov*", '"natuna banjir"', '"natuna"', '"c',
    "zzz", "title:natuna", "body:banjir", "author:natuna", "title:~tangkap", "body:a*", 'title:"natuna natuna"',
    "feed:rri", "feed:contoh", "feed:2", "feed:nobody", "feed:https://rri.example/rss",
    'feed:"https://budi:lama@contoh.example/feed/"', "feed:https://contoh.example/fee", "feed:#2", "feed:#9",
    "folder:Kepri", "folder:natuna", "folder:kepri/natuna",
    "folder:x", "#penting", "#indonesia", '#"baca nanti"', "#english", "#none", "site:situs.example",
    "site:kepri.situs.example", "site:situs", "site:example", "site:a-b.example", "url:berita", "url:/",
    "url:%c3", "is:unread", "is:read", "is:starred", "is:muted", "is:new", "has:audio", "has:video", "has:full",
    "today", "kemarin", "after:2026-11-14", "before:2026-11-15", "date:2026-11", "newer:3d", "older:2h",
    "date:2024", "date:last-week", "date:this-month", "-date:minggu-ini", "after:last-month", "before:this-week",
    "words:>100", "words:<800", "words:800", "words:100-800", "words:>=20000", "words:=50",
    "words:<0", "place:natuna", 'place:"kepri ranai"', "place:x", "/natuna b/", "/NAT/i", "title:/an/",
    "/rp 2/", "/\\bbanjir\\b/", "search:Natuna", "search:Bola",
]  # fmt: skip
ASKED = st.sampled_from(LEAVES)
QUERIES = st.recursive(
    ASKED,
    lambda inner: st.one_of(
        inner.map("-{}".format),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' '.join(parts)})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' OR '.join(parts)})"),
    ),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(ARTICLES, QUERIES, st.booleans(), st.booleans())
def test_sql_and_python_mean_the_same(articles: list[Made], text: str, complete: bool, oldest_first: bool) -> None:
    """A rule sees arriving articles through one, the list sees stored ones through the other."""
    query = read(text, complete=complete)
    hides_muted = not is_muted_asked(query.tree)
    wanted = [
        (place_of(number, made), number)
        for number, made in enumerate(articles, 1)
        if made.is_listed and matches(query, made.facts()) and not (hides_muted and made.muted_by)
    ]
    db = library(articles)
    question = Question(Source(), text, sort="old" if oldest_first else "new")
    found = asked(db, text, question, complete=complete)
    db.close()

    assert found == [number for _place, number in sorted(wanted, reverse=not oldest_first)]


FORMS = [
    "{}",
    "-{}",
    "natuna {}",
    "natuna -{}",
    "natuna OR -{}",
    "is:unread OR -{}",
    "-(banjir {})",
    "-({} OR -natuna)",
    "/an/ {}",
    "/an/ OR {}",
]


@pytest.mark.parametrize("form", FORMS)
def test_every_leaf_means_the_same_however_it_is_joined(form: str) -> None:
    """What chance may pass over."""
    rng = random.Random(5)
    articles = [
        Made(
            title=" ".join(rng.choices(WORDS, k=3)),
            text=" ".join(rng.choices(WORDS, k=rng.randrange(6))),
            author=rng.choice(["", "Penulis Natuna"]),
            feed_ids=rng.choice([(1,), (2,), (3,), (1, 2), (2, 4)]),
            url=rng.choice(["", "https://www.kepri.situs.example/Berita/1", "https://a-b.example:8/%C3"]),
            dateline=rng.choice(["", "Natuna", "Ranai, Kepri"]),
            media=rng.choice(["", "a", "iv", "f"]),
            words=rng.choice([0, 50, 99, 100, 101, 799, 800, 801, 20_000]),
            age=timedelta(hours=rng.choice([0, 1, 7, 8, 9, 17.5, 20, 30, 72, 73, 900, 20_000])),
            tags=rng.choice([(), ("penting",), ("baca nanti", "Penting")]),
            is_read=rng.random() < 0.5,
            is_starred=rng.random() < 0.3,
        )
        for _ in range(50)
    ]
    facts = [made.facts() for made in articles]
    db = library(articles)
    differing = [
        text
        for leaf in LEAVES
        for text in [form.format(leaf)]
        if sorted(asked(db, text)) != [n for n, known in enumerate(facts, 1) if matches(read(text), known)]
    ]
    db.close()

    assert differing == []


@settings(max_examples=30, deadline=None)
@given(ARTICLES)
def test_stored_articles_are_seen_as_they_arrived(articles: list[Made]) -> None:
    """Patterns are judged on what the store gives back."""
    db = library(articles)
    loaded = dict(load_facts(db, range(1, len(articles) + 1), NAMES))
    db.close()

    assert [loaded[number].title_words for number in loaded] == [made.facts().title_words for made in articles]
    assert [loaded[number].body for number in loaded] == [made.facts().body for made in articles]
    assert [loaded[number].feeds for number in loaded] == [made.facts().feeds for made in articles]
    assert [set(loaded[number].tags) for number in loaded] == [set(made.tags) for made in articles]


def test_every_field_has_a_meaning_in_sql() -> None:
    assert set(FIELD_MEANINGS) == set(FIELDS)


@pytest.mark.parametrize(
    "text",
    [
        "(" * MAX_DEPTH + "a OR (natuna b)" + ")" * MAX_DEPTH,
        "-(a -(b -(c -(natuna -(e -(f OR -(g -(h OR natuna)))))))) ",
        "(natuna is:unread) OR (a is:read) " * 12,
        "(natuna OR is:unread) (a OR is:read) (b OR is:starred) (c OR today) (d OR kemarin) (e OR is:new) natuna",
        " OR ".join(f"~w{n}" for n in range(60)) + " OR natuna",
        " ".join(f"-x{n}" for n in range(60)) + " natuna",
        'natuna "' + "kata " * 3_000,
        "natuna' OR 1=1 --",
        'natuna NEAR("a" b, 2) ^c {title}: + *',
    ],
)
def test_tangled_and_hostile_queries_are_answered(text: str) -> None:
    """FTS5 has a grammar and limits of its own; nothing typed may reach them."""
    articles = [Made(), Made(title="Lain", text="natuna a b c"), Made(title="Lain lagi", is_read=True)]
    db = library(articles)
    found = asked(db, text)
    db.close()

    wanted = {number for number, made in enumerate(articles, 1) if matches(read(text), made.facts())}
    assert set(found) == wanted
    assert len(found) == len(wanted)
