"""What a field's value means, exactly: Python and SQL share this reading, so comparing the two tells nothing of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reader.query import ArticleFacts, matches
from reader.query.fields import ALIASES
from reader.query.tree import MAX_DEPTH, MAX_TERMS, Check, Text, leaves, variants
from tests.unit.query.conftest import NAMES, NOW, Parse
from tests.unit.query.test_moments import midnight

FIRST, LAST = midnight(2026, 11, 1), midnight(2026, 11, 4)
YEAR = 365 * 86_400


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("words:>50", (51, None)),
        ("words:>=50", (50, None)),
        ("words:<50", (None, 50)),
        ("words:<=50", (None, 51)),
        ("words:=50", (50, 51)),
        ("words:50", (50, None)),
        ("words:50-60", (50, 61)),
        ("words:50..60", (50, 61)),
        ("date:2026-11-01..2026-11-03", (FIRST, LAST)),
        ("date:2026-11-01,2026-11-03", (FIRST, LAST)),
        ("date:2026-11-01..", (FIRST, None)),
        ("date:..2026-11-03", (None, LAST)),
        ("after:2026-11-03", (midnight(2026, 11, 3), None)),
        ("before:2026-11-04", (None, LAST)),
        ("newer:2026-11-01", (FIRST, None)),
        ("older:2026-11-01", (None, FIRST)),
        ("after:this-week", (midnight(2026, 11, 9), None)),
        ("before:bulan-ini", (None, FIRST)),
        ("date:last-month..last-week", (midnight(2026, 10, 1), midnight(2026, 11, 9))),
        ("newer:90y", (int(NOW.timestamp()) - 90 * YEAR, None)),
        ("older:9999y", (None, int(NOW.timestamp()) - 9_999 * YEAR)),
        ("site:www.situs.example.", ("situs.example", False)),
    ],
)
def test_a_value_is_read_to_its_bounds(parse: Parse, text: str, value: object) -> None:
    """Off by one is a day of articles, or one word."""
    query = parse(text)

    assert query.problem == ""
    assert query.tree == Check(text.partition(":")[0], value)  # type: ignore[arg-type]  # values of any field


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("f", "feed"), ("source", "feed"), ("sumber", "feed"), ("in", "folder"), ("label", "tag"), ("host", "site"),
        ("inurl", "url"), ("link", "url"), ("since", "after"), ("pubdate", "date"), ("tanggal", "date"),
        ("newer_than", "newer"),
        ("older_than", "older"), ("word_count", "words"), ("dateline", "place"), ("tempat", "place"),
        ("intitle", "title"),
        ("subject", "title"), ("judul", "title"), ("content", "body"), ("intext", "body"), ("isi", "body"),
        ("by", "author"), ("penulis", "author"),
    ],
)  # fmt: skip
def test_every_other_name_of_a_field_is_taken(alias: str, name: str) -> None:
    """Saved filters and habits from other readers depend on them."""
    assert ALIASES[alias] == name


@pytest.mark.parametrize(
    ("words", "order"),
    [("new newest desc baru", "new"), ("old oldest asc lama", "old"), ("rank relevance best Best", "rank")],
)
def test_every_name_of_an_order_is_taken(parse: Parse, words: str, order: str) -> None:
    assert {parse(f"natuna sort:{word}").sort for word in words.split()} == {order}


def test_a_day_ends_before_the_next_begins(parse: Parse) -> None:
    """An article of midnight belongs to one day only."""
    at = ArticleFacts(title="Natuna", date=datetime.fromtimestamp(LAST, UTC))
    before = replace(at, date=datetime.fromtimestamp(LAST - 1, UTC))

    assert [matches(parse(text), at) for text in ("before:2026-11-04", "after:2026-11-04", "date:2026-11-03")] == [
        False, True, False,
    ]  # fmt: skip
    assert [matches(parse(text), before) for text in ("before:2026-11-04", "after:2026-11-04", "date:2026-11-03")] == [
        True, False, True,
    ]  # fmt: skip


def test_a_whole_tag_is_meant_once_it_is_typed(parse: Parse) -> None:
    """`#baca` is not `#"baca nanti"`, which only its beginning is while it is typed."""
    article = ArticleFacts(title="x", tags=("baca nanti",))

    assert not matches(parse("#baca"), article)
    assert matches(parse("#baca", complete=False), article)


@pytest.mark.parametrize(("scope", "found"), [("title", False), ("body", False), ("author", False), ("any", True)])
def test_a_days_name_in_a_field_of_words_is_a_word(parse: Parse, scope: str, found: bool) -> None:
    """`title:kemarin` looks for the word."""
    tree = parse("kemarin" if scope == "any" else f"{scope}:kemarin").tree

    assert isinstance(tree, Check) is found
    assert found or isinstance(tree, Text)


def test_words_of_three_letters_have_clitics_and_shorter_ones_have_not() -> None:
    """*apinya* is fire; *diku* is nothing."""
    assert {"api", "apinya", "apilah", "apiku"} <= set(variants(Text(("api",))))
    assert variants(Text(("di",))) == ("di",)
    assert variants(Text(("api",), is_exact=True)) == variants(Text(("api",), is_prefix=True)) == ("api",)


def test_the_last_word_that_counts_is_the_sixty_fourth(parse: Parse) -> None:
    """And the next is told, with its place."""
    full = " ".join(f"kata{number}" for number in range(MAX_TERMS))

    assert (len(list(leaves(parse(full).tree))), parse(full).problem) == (MAX_TERMS, "")
    assert len(list(leaves(parse(f"{full} lagi").tree))) == MAX_TERMS
    assert parse(f"{full} lagi").column == len(full) + 2


def test_brackets_nest_just_so_deep(parse: Parse) -> None:
    """One level more is told."""
    deepest = "(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH

    assert parse(deepest).problem == ""
    assert parse(f"({deepest})").column == MAX_DEPTH + 1


def test_a_saved_filters_own_order_and_depth_stay_its_own(parse: Parse) -> None:
    """`search:` takes the words of a filter, not how it was sorted."""
    names = replace(NAMES, filters={"Lama": "natuna sort:old"})
    from reader.query import parse as parse_query

    query = parse_query("search:Lama", now=NOW, zone=UTC, names=names)

    assert query.sort is None
    assert parse_query("sort:rank search:Lama", now=NOW, zone=UTC, names=names).sort == "rank"


def test_filters_within_filters_end_somewhere(parse: Parse) -> None:
    """A file may chain as many as it likes."""
    from reader.query import parse as parse_query

    chain = {f"f{number}": f"search:f{number + 1}" for number in range(MAX_DEPTH * 2)}
    names = replace(NAMES, filters={**chain, f"f{MAX_DEPTH * 2}": "natuna"})

    assert parse_query("search:f0", now=NOW, zone=UTC, names=names).problem
    assert parse_query(f"search:f{MAX_DEPTH + 1}", now=NOW, zone=UTC, names=names).problem == ""
