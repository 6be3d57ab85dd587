"""Answers: what each source shows, in steps, with counts, and what happens when a pattern runs away."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from sqlite3 import Connection
from typing import TypeVar

import pytest

from reader.model import Answer, Question, Source
from reader.query.tree import leaves
from reader.storage.search import asking
from reader.storage.search.asking import SCREENFUL, ask, without_patterns
from reader.storage.search.ranking import RANKED
from tests.unit.storage.search.library import Made, asked, library, read, search

T = TypeVar("T")

ARTICLES = (
    Made(title="Banjir di Natuna", feed_ids=(1,)),
    Made(title="Bola di Natuna", feed_ids=(2,), is_read=True, age=timedelta(hours=5)),
    Made(title="Flood in Natuna", feed_ids=(3, 1), tags=("Nanti",), age=timedelta(hours=40)),
    Made(title="Dibisukan di Natuna", muted_by="Bola", age=timedelta(hours=2)),
    Made(title="Bintang di Natuna", is_starred=True, is_read=True, age=timedelta(days=90)),
    Made(title="Hilang di Natuna", feed_ids=(4,), is_listed=False, is_starred=True),
    Made(title="Natuna penuh", text="banjir besar", feed_ids=(2,), age=timedelta(hours=1)),
)


@pytest.fixture
def db() -> Iterator[Connection]:
    connection = library(ARTICLES)
    yield connection
    connection.close()


def answers(db: Connection, question: Question) -> list[Answer]:
    """All answers to a question."""

    async def run(function: Callable[[Connection], T]) -> T:
        return function(db)

    async def collect() -> list[Answer]:
        query = read(question.query, complete=question.is_complete_word)
        return [answer async for answer in ask(run, question, query)]

    return asyncio.run(collect())


@pytest.mark.parametrize(
    ("source", "ids"),
    [
        (Source("all"), [7, 1, 2, 3, 5]),
        (Source("unread"), [7, 1, 3]),
        (Source("today"), [7, 1, 2]),
        (Source("starred"), [5]),
        (Source("feed", 1), [1, 3, 5]),
        (Source("feed", 99), []),
        (Source("folder", "Kepri"), [1, 3, 5]),
        (Source("folder", "Kep"), []),
        (Source("filter", "Bola"), [2]),
        (Source("filter", "Dibisukan"), [4]),
        (Source("filter", "Nobody"), [7, 1, 2, 3, 5]),
        (Source("tag", "Nanti"), [3]),
        (Source("tag", "english"), [3]),
        (Source("tag", "nobody"), []),
    ],
)
def test_every_source_shows_its_articles_newest_first(db: Connection, source: Source, ids: list[int]) -> None:
    """Muted articles and those of feeds no longer in the file stay out."""
    assert asked(db, "", Question(source)) == ids
    assert asked(db, "natuna", Question(source, "natuna")) == ids


@pytest.mark.parametrize("source", [Source("all"), Source("feed", 1), Source("folder", "Kepri"), Source("unread")])
def test_read_articles_are_left_out_but_for_those_that_stick(db: Connection, source: Source) -> None:
    """What was opened in an unread list stays in it until the list is left."""
    shown = asked(db, "", Question(source, show_read=False))
    sticking = asked(db, "", Question(source, show_read=False, sticky=frozenset({5})))

    assert 5 not in shown
    assert set(sticking) == {*shown, 5}


def test_muted_articles_are_shown_when_asked_for(db: Connection) -> None:
    assert asked(db, "is:muted") == [4]
    assert asked(db, "natuna is:muted OR bola") == [4, 2]
    assert asked(db, "-is:muted") == [7, 1, 2, 3, 5]
    assert asked(db, "natuna OR -is:muted") == [7, 1, 2, 3, 5]
    assert asked(db, "is:unread OR (is:muted bola)") == [7, 4, 1, 3]


def test_today_ends_at_midnight() -> None:
    """A date that is a little ahead belongs to tomorrow."""
    ahead = library([Made(age=-timedelta(hours=6.4)), Made(age=-timedelta(hours=6.6))])

    assert asked(ahead, "", Question(Source("today"))) == [1]


@pytest.mark.parametrize(
    "text", ["", "natuna", "natuna -banjir", "is:unread OR natuna", "/natuna/i", "natuna sort:old"]
)
def test_a_long_answer_comes_in_parts_and_none_twice(text: str) -> None:
    """The first part is a screenful; what was shown never moves."""
    many = library(Made(title=f"Natuna {number}", age=timedelta(minutes=number)) for number in range(700))
    parts = answers(many, Question(query=text, is_complete_word=True))
    many.close()

    assert len(parts[0].ids) == SCREENFUL
    assert parts[0].total is None
    assert all(later.ids[: len(earlier.ids)] == earlier.ids for earlier, later in pairwise(parts))
    assert sorted(parts[-1].ids) == list(range(1, 701))
    assert parts[-1].is_final
    assert (parts[-1].total, parts[-1].population) == (700, 700)


def test_the_last_answer_tells_count_population_and_meaning(db: Connection) -> None:
    last = answers(db, Question(Source("folder", "Kepri"), "banjir", is_complete_word=True))[-1]

    assert (list(last.ids), last.total, last.population) == ([1], 1, 3)
    assert last.understood.meaning == "banjir"


def test_the_last_word_goes_on_while_it_is_typed(db: Connection) -> None:
    assert asked(db, "banj", complete=False) == [7, 1]
    assert asked(db, "banj") == []


def test_when_nothing_matches_each_word_is_counted(db: Connection) -> None:
    """So the reader sees which word is to blame."""
    last = answers(db, Question(query="natuna bola banjir zzyzx", is_complete_word=True))[-1]

    assert last.total == 0
    assert last.term_counts == (("natuna", 5), ("bola", 1), ("banjir", 2), ("zzyzx", 0))


def test_a_limit_bounds_the_ids_and_not_the_count(db: Connection) -> None:
    last = answers(db, Question(query="natuna", limit=2, is_complete_word=True))[-1]

    assert (list(last.ids), last.total) == ([7, 1], 5)


def test_counting_counts_what_asking_finds(db: Connection) -> None:
    for text in ("", "natuna", "is:unread OR bola", "/natuna/i", "-banjir", "zzyzx"):
        assert asking.count(db, Question(query=text), read(text)) == len(asked(db, text))


def test_a_pattern_that_takes_too_long_hides_nothing() -> None:
    """The filter is off and says so; the list goes on as if it had not been written."""
    slow = Made(title="Lambat", text="x" * 4_000, age=timedelta(hours=30))
    some = library(
        [Made(title="xxy natuna"), Made(title="Natuna"), slow, Made(title="Natuna tua", age=timedelta(days=3))]
    )
    ids, work = search(some, "/(x+x+)+y$|^never/")
    some.close()

    assert "takes too long" in work.problem
    assert ids[-2:] == [3, 4]


@pytest.mark.parametrize(
    "text", ["natuna banjir sort:rank", "banjir OR bola sort:rank", "sort:rank", "is:unread sort:rank"]
)
def test_ranking_loses_and_doubles_nothing(db: Connection, text: str) -> None:
    plain = asked(db, text.replace("sort:rank", ""))

    assert sorted(asked(db, text)) == sorted(plain)


def test_what_is_too_much_to_rank_follows_by_date() -> None:
    """Of thousands of matches the newest are put in order, and none is lost."""
    count = RANKED + 5
    many = library(Made(title="Natuna", age=timedelta(minutes=number)) for number in range(count))
    ids = asked(many, "natuna sort:rank")
    many.close()

    assert sorted(ids) == list(range(1, count + 1))
    assert ids[RANKED:] == list(range(RANKED + 1, count + 1))


def test_a_pattern_that_is_left_out_leaves_the_rest_of_the_query() -> None:
    """What is excluded stays excluded."""
    left = without_patterns(read("-(bola /x/) (natuna OR /y/) -/z/ search:Natuna").tree)

    assert left is not None
    assert list(leaves(left)) == list(leaves(read("-bola natuna search:Natuna").tree))
    assert without_patterns(read("-/x/ OR /y/").tree) is None


def test_titles_and_late_news_rank_first(db: Connection) -> None:
    ranked = asked(db, "natuna banjir sort:rank")

    assert ranked == [1, 7]


def test_closing_an_answer_early_stops_asking() -> None:
    """A superseded search must not go on in the background."""
    steps = 0

    async def run(function: Callable[[Connection], tuple[array[int], bool]]) -> tuple[array[int], bool]:
        nonlocal steps
        steps += 1
        return array("q", [steps]), False

    async def first() -> Answer:
        answered = ask(run, Question(), read(""))
        try:
            return await anext(answered)
        finally:
            await answered.aclose()

    assert list(asyncio.run(first()).ids) == [1]
    assert steps == 1
