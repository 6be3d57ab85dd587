"""The filter language: what is written and what it means."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.query import ArticleFacts, complete, describe, hits, matches
from reader.query import parse as parse_query
from reader.query.tree import (
    ALL,
    MAX_DEPTH,
    MAX_TERMS,
    And,
    Check,
    Family,
    Node,
    Not,
    Or,
    Regex,
    Saved,
    Text,
    leaves,
    walk,
)
from tests.unit.query.conftest import NAMES, NOW, ZONE, Parse


def word(text: str, **more: object) -> Text:
    return Text(tuple(text.split()), **more)  # type: ignore[arg-type]  # the fields of Text


DAY = 86_400
TODAY = int(NOW.astimezone(ZONE).replace(hour=0, minute=0).timestamp())


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", ALL),
        ("natuna", word("natuna")),
        ("bpjs natuna", And((word("bpjs"), word("natuna")))),
        ("bpjs AND natuna", And((word("bpjs"), word("natuna")))),
        ("bpjs & natuna", And((word("bpjs"), word("natuna")))),
        ("bpjs && natuna", And((word("bpjs"), word("natuna")))),
        ("bpjs | umkm", Or((word("bpjs"), word("umkm")))),
        ("bpjs || umkm", Or((word("bpjs"), word("umkm")))),
        ("bpjs OR umkm", Or((word("bpjs"), word("umkm")))),
        ("bpjs or umkm", And((word("bpjs"), word("or"), word("umkm")))),
        ("a OR b c", Or((word("a"), And((word("b"), word("c")))))),
        ("(a OR b) c", And((Or((word("a"), word("b"))), word("c")))),
        ("-politik", Not(word("politik"))),
        ("NOT politik", Not(word("politik"))),
        ("!politik", Not(word("politik"))),
        ("--politik", word("politik")),
        ("-(a b)", Not(And((word("a"), word("b"))))),
        ('"Jaminan Sosial"', word("jaminan sosial", is_exact=True)),
        ("“Jaminan Sosial”", word("jaminan sosial", is_exact=True)),
        ("covid-19", word("covid 19")),
        ("C++", word("c")),
        ("12:30", word("12 30")),
        ("https://a.example/b", word("https a example b")),
        ("foo:bar", word("foo bar")),
        ("iss:x", word("iss x")),
        ("url://a.example", word("url a example")),
        ("title:-banjir", word("banjir", scope="title")),
        ("~Tangkap", Family("tangkap")),
        ("nat*", word("nat", is_prefix=True)),
        ("title:banjir", word("banjir", scope="title")),
        ("title:(gempa OR banjir)", Or((word("gempa", scope="title"), word("banjir", scope="title")))),
        ('body:"dua kata"', word("dua kata", scope="body", is_exact=True)),
        ("author:~tulis", Family("tulis", "author")),
        ("/rp ?\\d+/i", Regex("rp ?\\d+", "i")),
        (r"/a\/b/", Regex(r"a\/b")),
        (r"/a\\/ b", And((Regex(r"a\\"), word("b")))),
        ("title:/a b/", Regex("a b", "", "title")),
        ("feed:rri", Check("feed", ("rri", False))),
        ("folder:Kepri/Natuna", Check("folder", ("kepri/natuna", False))),
        ("#penting", Check("tag", ("penting", False))),
        ('#"Baca Nanti"', Check("tag", ("baca nanti", False))),
        ("site:https://www.antaranews.com/x", Check("site", ("antaranews.com", False))),
        ("site:antaranews", Check("site", ("antaranews.", True))),
        ("url:/Berita/2025", Check("url", "/berita/2025")),
        ("is:unread", Check("is", "unread")),
        ("is:new", Check("is", ("new", 1_794_704_400))),
        ("has:audio", Check("has", "audio")),
        ("after:2026-11-01", Check("after", (1_793_466_000, None))),
        ("before:2026", Check("before", (None, 1_767_200_400))),
        ("date:2026-11", Check("date", (1_793_466_000, 1_796_058_000))),
        ("date:18/6/2025", Check("date", (1_750_179_600, 1_750_266_000))),
        ("newer:3d", Check("newer", (int(NOW.timestamp()) - 3 * DAY, None))),
        ("date:1/8/2026", Check("date", (1_785_517_200, 1_785_603_600))),
        ("newer:2026", Check("newer", (1_767_200_400, None))),
        ("older:2minggu", Check("older", (None, int(NOW.timestamp()) - 14 * DAY))),
        ("today", Check("date", (TODAY, TODAY + DAY))),
        ("kemarin", Check("date", (TODAY - DAY, TODAY))),
        ('"kemarin"', word("kemarin", is_exact=True)),
        ("words:>800", Check("words", (801, None))),
        ("words:100-300", Check("words", (100, 301))),
        ("place:Natuna", Check("place", (("natuna",), False))),
        ('search:"natuna"', Saved("Natuna", Or((word("natuna"), word("ranai"))))),
        ("intitle:x", word("x", scope="title")),
        ("is:(unread OR starred)", Or((Check("is", "unread"), Check("is", "starred")))),
    ],
)
def test_what_is_written_means_what_the_language_says(parse: Parse, text: str, tree: Node) -> None:
    query = parse(text)

    assert query.tree == tree
    assert query.problem == ""


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("natu", word("natu", is_prefix=True)),
        ("natuna ", word("natuna")),
        ("bpjs natu", And((word("bpjs"), word("natu", is_prefix=True)))),
        ("title:ban", word("ban", scope="title", is_prefix=True)),
        ('"jaminan sos', word("jaminan sos", is_exact=True, is_prefix=True)),
        ("~tangk", Or((Family("tangk"), word("tangk", is_prefix=True)))),
        ("-b", Not(word("b"))),
        ("natuna -", word("natuna")),
        ("natuna OR", word("natuna")),
        ("natuna AND", word("natuna")),
        ("natuna /rp 1", word("natuna")),
        ("natuna title:/rp", word("natuna")),
        ("natuna (", word("natuna")),
        ("natuna title:", word("natuna")),
        ("natuna is:un", word("natuna")),
        ("natuna search:Nat", word("natuna")),
        ("natuna sort:r", word("natuna")),
        ("natuna #", word("natuna")),
        ("natuna ~", word("natuna")),
        ("natuna date:20", word("natuna")),
        ("natuna date:2026-1", And((word("natuna"), Check("date", (1_767_200_400, 1_798_736_400))))),
        ("natuna date:2026-11-1", And((word("natuna"), Check("date", (1_793_466_000, 1_796_058_000))))),
        ("natuna newer:3", And((word("natuna"), Check("newer", (int(NOW.timestamp()) - 3 * DAY, None))))),
        ("newer:2026", Check("newer", (1_767_200_400, None))),
        ("natuna words:>", word("natuna")),
        ("folder:kep", Check("folder", ("kep", True))),
        ("-(natuna bo", Not(And((word("natuna"), word("bo"))))),
        ("-(natuna -bo", Not(And((word("natuna"), Not(word("bo", is_prefix=True)))))),
        ("-folder:kep", Not(Check("folder", ("kep", False)))),
    ],
)
def test_half_typed_text_means_something_and_is_no_problem(parse: Parse, text: str, tree: Node) -> None:
    """A list that empties while a word is being typed is a list that flickers."""
    query = parse(text, complete=False)

    assert query.tree == tree
    assert query.problem == ""


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("natuna )", 8),
        ("(natuna", 1),
        ('natuna "bpjs', 8),
        ("natuna OR", 8),
        ("AND", 1),
        ("a title: b", 3),
        ("is:tired", 4),
        ("date:2026-13", 6),
        ("newer:soon", 7),
        ("after:2026-1", 7),
        ("bpjs after:2026-11-", 12),
        ("before:2026-11-1", 8),
        ("date:2026-1..2026-11", 6),
        ("older:2", 7),
        ("-newer:30", 8),
        ("words:many", 7),
        ("/(/", 1),
        ("/a/q", 1),
        ("a /b", 3),
        ("+++", 1),
        ("~", 1),
        ("#", 1),
        ('~""', 1),
        ('natuna #""', 8),
        ("()", 1),
        ("-()", 2),
        ("natuna title:( )", 14),
        ("tittle:banjir", 1),
        ("search:Nobody", 8),
        ("sort:up", 6),
        ("natuna search:Ping", 15),
    ],
)
def test_the_first_problem_is_told_with_its_column(parse: Parse, text: str, column: int) -> None:
    query = parse(text)

    assert query.problem
    assert query.column == column


def test_a_filter_that_contains_itself_is_told_and_passed_over(parse: Parse) -> None:
    query = parse("search:Ping natuna")

    assert "Ping → Pong → Ping" in query.problem
    assert [leaf for leaf, _wanted in leaves(query.tree)] == [word("x"), word("natuna")]


def test_sort_is_an_order_and_not_a_condition(parse: Parse) -> None:
    query = parse("natuna sort:old")

    assert query.tree == word("natuna")
    assert query.sort == "old"


def test_a_saved_filter_does_not_sort_the_query_it_stands_in(parse: Parse) -> None:
    names = type(NAMES)(filters={"Lama": "x sort:old"})

    assert parse_query("search:Lama", now=NOW, zone=ZONE, names=names).sort is None


@pytest.mark.parametrize(
    "text",
    ["-" * 500 + "-natuna", "sort:new " * 249 + "sort:old -natuna x", "x -" + "y" * 10_000],
)
def test_what_is_too_long_is_told_as_that(parse: Parse, text: str) -> None:
    """A minus whose word was cut off is no mistake of the reader's."""
    query = parse(text)

    assert query.problem.startswith("Too long")
    assert query.column


def test_long_queries_are_cut_and_say_so(parse: Parse) -> None:
    query = parse("kata " * 2_000)

    assert len(list(leaves(query.tree))) == MAX_TERMS
    assert str(MAX_TERMS) in query.problem


def test_saved_filters_cannot_blow_a_query_up(parse: Parse) -> None:
    """Ten filters of ten times the next would be ten billion words."""
    filters = {f"F{n}": " ".join([f"search:F{n + 1}"] * 10) for n in range(10)} | {"F10": "kata"}
    names = type(NAMES)(filters=filters)

    query = parse_query("search:F0", now=NOW, zone=ZONE, names=names)

    assert len(list(leaves(query.tree))) <= MAX_TERMS


SNIPPETS = st.sampled_from(
    [
        *'"“”()-!~#*/:|\\[]{}?+ ',
        *[
            "OR",
            "AND",
            "NOT",
            "title:",
            "is:",
            "is:unread",
            "date:",
            "2026-11",
            "newer:3d",
            "words:>",
            "feed:rri",
            "search:Ping",
            "search:Natuna",
        ],
        *[
            "natuna",
            "C++",
            "covid-19",
            "NEAR(",
            "/(a+)+$/",
            "/[/",
            "sort:rank",
            "１２",
            "漢字",
            "site:",
            "url:%",
            "place:",
            "kemarin",
        ],
        *("SELECT * FROM", "'; --", "\x00", "e\u0301", "\ud800"),
    ]
)
ANY_TEXT = st.one_of(st.text(max_size=80), st.lists(SNIPPETS, max_size=25).map("".join))


@settings(max_examples=400, deadline=None)
@given(ANY_TEXT, st.booleans())
def test_no_text_is_an_error(text: str, complete_word: bool) -> None:
    """Whatever stands in the bar while somebody types."""
    query = parse_query(text, complete=complete_word, now=NOW, zone=ZONE, names=NAMES)

    describe(query)
    matches(query, ArticleFacts(title="Banjir di Natuna", body="covid-19 C++ 12:30", date=NOW, first_seen=NOW))
    for start, end in hits(query)("Banjir di Natuna, covid-19"):
        assert 0 <= start < end
    complete(text, len(text) // 2, NAMES)
    assert bool(query.problem) == bool(query.column)


@pytest.mark.parametrize("text", ["(" * 10_000, '"' * 10_001, "/" * 9_999, "-" * 10_000, "~" * 10_000, "a:" * 5_000])
def test_ten_thousand_characters_are_read_at_once(parse: Parse, text: str) -> None:
    query = parse(text)

    depth = sum(1 for node, _wanted in walk(query.tree) if isinstance(node, Not | And | Or))
    assert depth <= MAX_DEPTH * MAX_TERMS


@pytest.mark.parametrize(
    ("text", "is_complete", "goes_on"),
    [('"jaminan sosial"', False, False), ('"jaminan sos', False, True), ('"jaminan sos', True, False)],
)
def test_a_phrase_goes_on_until_it_is_closed(parse: Parse, text: str, is_complete: bool, goes_on: bool) -> None:
    """Its last word is a beginning only while it is typed."""
    tree = parse(text, complete=is_complete).tree

    assert isinstance(tree, Text)
    assert (tree.is_prefix, tree.is_exact) == (goes_on, True)
