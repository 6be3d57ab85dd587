"""Cursor and view."""

from __future__ import annotations

from array import array

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ui.widgets.moving import MOVES, Move, moved, nearest, place_of, scrolled_to_show


@settings(max_examples=80)
@given(st.sampled_from(MOVES), st.integers(0, 50), st.integers(0, 50), st.integers(0, 20))
def test_the_cursor_never_leaves_the_list(move: Move, cursor: int, count: int, page: int) -> None:
    """Any key at any end."""
    target = moved(move, min(cursor, max(0, count - 1)), count=count, page=page)

    assert 0 <= target <= max(0, count - 1)


@settings(max_examples=80)
@given(st.integers(0, 200), st.integers(0, 200), st.integers(1, 20), st.integers(1, 201), st.integers(0, 3))
def test_the_row_is_in_sight_afterwards(row: int, first: int, page: int, count: int, margin: int) -> None:
    """A cursor out of sight is lost."""
    row = min(row, count - 1)

    top = scrolled_to_show(row, first=first, page=page, count=count, margin=margin)

    assert top <= row < top + page


@settings(max_examples=80)
@given(st.lists(st.integers(0, 40), unique=True), st.lists(st.integers(0, 40), unique=True), st.integers(0, 40))
def test_the_cursor_stays_on_its_article(old: list[int], new: list[int], cursor: int) -> None:
    """What a refresh brings never moves the reader."""
    cursor = min(cursor, max(0, len(old) - 1))

    place = nearest(array("q", old), cursor, array("q", new))

    if old and old[cursor] in new:
        assert new[place] == old[cursor]
    assert 0 <= place <= max(0, len(new) - 1)


def test_a_vanished_article_gives_way_to_the_next() -> None:
    """In Unread, what was read leaves; the cursor goes on."""
    assert nearest(array("q", [1, 2, 3, 4]), 1, array("q", [1, 3, 4])) == 1


def test_ids_are_found_far_from_where_they_were() -> None:
    """Beyond the window that is looked through first."""
    ids = array("q", range(20_000))

    assert place_of(19_999, ids, 3) == 19_999
    assert place_of(-1, ids) is None
