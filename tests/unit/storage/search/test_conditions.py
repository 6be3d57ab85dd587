"""Conditions as unions of conjunctions: how many are too many, and where a range ends."""

from __future__ import annotations

from reader.storage.search.asking import fetch
from reader.storage.search.conditions import MAX_BRANCHES, NOTHING, Condition, Where, Within, both, branches, either
from reader.storage.search.plans import Page, plan_for
from tests.unit.storage.search.library import Made, library, place_of


def some(count: int, of: str = "a") -> list[Condition]:
    return [Where(f"{of} = {number}") for number in range(count)]


def test_a_condition_too_tangled_is_told_before_it_is_multiplied_out() -> None:
    """SQLite takes 500 parts of a union, and 2 to the 60 would be more than the memory."""
    assert len(branches(either(some(MAX_BRANCHES))) or ()) == MAX_BRANCHES
    assert branches(either(some(MAX_BRANCHES + 1))) is None
    assert len(branches(both([either(some(6)), either(some(4, "b"))])) or ()) == 24
    assert branches(both([either(some(5)), either(some(5, "b"))])) is None
    assert branches(both(either([Where(f"a{n}"), Where(f"b{n}")]) for n in range(60))) is None


def test_what_matches_nothing_or_everything_is_drawn_out_of_a_union() -> None:
    """An empty part leaves no statement behind."""
    (part,) = some(1)

    assert both([part, NOTHING]) == NOTHING
    assert either([part, NOTHING]) == part
    assert branches(NOTHING) == []
    assert branches(both([])) == [[]]


def test_a_range_of_places_has_its_start_and_not_its_end() -> None:
    """An article of midnight with the first number of its second stands exactly on the edge."""
    articles = [Made(title="a"), Made(title="b")]
    db = library(articles)
    first, second = (place_of(number, made) for number, made in enumerate(articles, 1))

    def found(start: int, end: int) -> list[int]:
        plan = plan_for(db, Within(start, end), is_muted_shown=False)
        assert plan is not None
        return list(fetch(db, plan, Page(-1))[0])

    assert [found(first, second), found(first, second + 1), found(first + 1, second + 1)] == [[1], [2, 1], [2]]
    assert found(second, second) == []
