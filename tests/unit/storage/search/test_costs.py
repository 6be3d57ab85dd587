"""What a key press in the filter costs, in SQLite's own counts, which are the same on every machine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from sqlite3 import Connection

import pytest

from reader.model import Question, Source
from reader.storage.search.asking import Search
from tests.unit.storage.search.library import Made, library, read

SMALL, LARGE = 400, 2_400
MOST_STATEMENTS = 18
"""For the first screenful of one key press."""
MOST_STEPS = 10_000
"""Of SQLite's machine, for the same: about half a millisecond."""
LOOK_EVERY = 100


def _articles(count: int) -> list[Made]:
    places = ("Natuna", "Ranai", "Midai", "Anambas", "Tarempa")
    return [
        Made(
            title=f"Kapal perintis {number} di {places[number % 5]}",
            text=f"Nelayan berangkat dari {places[number % 5]} membawa {number} ton ikan",
            feed_ids=(number % 3 + 1,),
            is_read=number % 4 == 0,
            age=timedelta(minutes=number),
        )
        for number in range(count)
    ]


@pytest.fixture(scope="module")
def small() -> Iterator[Connection]:
    connection = library(_articles(SMALL))
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def large() -> Iterator[Connection]:
    connection = library(_articles(LARGE))
    yield connection
    connection.close()


def _first_screenful(db: Connection, question: Question) -> tuple[int, int]:
    """How many statements and steps of SQLite's machine it takes."""
    statements: list[str] = []
    looks: list[None] = []
    search = Search(question, read(question.query, complete=question.is_complete_word))
    db.set_trace_callback(statements.append)
    db.set_progress_handler(lambda: looks.append(None), LOOK_EVERY)
    search.step(db)
    db.set_trace_callback(None)
    db.set_progress_handler(None, 0)
    # The index reads its own tables by statements of its own.
    return sum("'search_" not in statement for statement in statements), len(looks) * LOOK_EVERY


@pytest.mark.parametrize("source", [Source("all"), Source("unread"), Source("feed", 2)], ids=("all", "unread", "feed"))
@pytest.mark.parametrize("typed", ["", "k", "ka", "kapa", "natuna", "natuna ik", "-ranai", "is:unread kap"])
def test_a_key_press_costs_the_same_in_any_history(
    small: Connection, large: Connection, typed: str, source: Source
) -> None:
    """Six times the articles may not take six times as long: the list must answer at 1,000,000 too."""
    question = Question(source, typed, is_complete_word=False)
    statements, steps = _first_screenful(large, question)

    assert statements <= MOST_STATEMENTS
    assert steps <= MOST_STEPS
    assert steps <= _first_screenful(small, question)[1] * 2 + 2_000
