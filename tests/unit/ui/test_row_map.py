"""Which line of the list shows what, and where its days begin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ui.widgets.days import find_days
from reader.ui.widgets.row_map import HEADING, NO_DAYS, RowMap

COUNTS = st.integers(1, 60)
HEADS = st.sets(st.integers(0, 59))


def drawn(rows: RowMap) -> list[tuple[int, int]]:
    """Every line, the slow way."""
    lines = []
    for index in range(rows.count):
        if index in rows.heads:
            lines.append((index, HEADING))
        lines += [(index, part) for part in range(rows.lines)]
    return lines


def mapped(count: int, lines: int, heads: set[int]) -> RowMap:
    return RowMap(count, lines, tuple(sorted(head for head in heads if head < count)))


@settings(max_examples=60)
@given(COUNTS, st.integers(1, 3), HEADS)
def test_every_line_shows_what_stands_there(count: int, lines: int, heads: set[int]) -> None:
    """A line off by one puts a click on the wrong article."""
    rows = mapped(count, lines, heads)
    expected = drawn(rows)

    assert [tuple(rows.at(line)) for line in range(rows.height)] == expected
    assert len(expected) == rows.height
    for index in range(count):
        assert expected[rows.line(index)] == (index, 0)
        assert expected[rows.top(index)] == (index, HEADING if index in rows.heads else 0)


@settings(max_examples=80)
@given(COUNTS, st.integers(1, 3), HEADS, st.integers(0, 59), st.integers(0, 200), st.integers(1, 30), st.integers(0, 2))
def test_a_view_that_shows_a_row_cuts_none(
    count: int, lines: int, heads: set[int], index: int, top: int, height: int, margin: int
) -> None:
    """A cursor out of sight is lost; half a row at the top cannot be read."""
    rows, index = mapped(count, lines, heads), min(index, count - 1)
    top = rows.settled(min(top, rows.height - 1))

    shown = rows.shown(index, first_line=top, height=height, margin=margin)

    assert rows.settled(shown) == rows.whole_below(shown) == shown
    assert shown <= rows.line(index)
    if height >= lines:
        assert rows.end(index) <= shown + height


@settings(max_examples=60)
@given(st.lists(st.integers(0, 9), max_size=80), st.booleans())
async def test_days_begin_where_the_date_changes(ages: list[int], is_newest_first: bool) -> None:
    """Under the wrong heading an article looks as if it were of another day."""
    first = date(2026, 11, 22)
    listed = sorted((first - timedelta(days=age) for age in ages), reverse=is_newest_first)

    async def day_of(ids: Sequence[int]) -> list[date | None]:
        return [listed[index] for index in ids]

    days = await find_days(range(len(listed)), day_of)

    begins = [index for index, day in enumerate(listed) if not index or day != listed[index - 1]]
    assert list(days.starts) == begins
    assert list(days.days) == [listed[index] for index in begins]
    assert sum(days.told(start, len(listed))[1] for start in begins) == len(listed)


async def test_a_million_articles_are_not_all_looked_at() -> None:
    """The list opens as fast with a million as with a thousand."""
    looked = calls = 0

    async def day_of(ids: Sequence[int]) -> list[date | None]:
        nonlocal looked, calls
        looked, calls = looked + len(ids), calls + 1
        return [date(2026, 1, 1) - timedelta(days=index // 5_000) for index in ids]

    days = await find_days(range(1_000_000), day_of)

    assert len(days.starts) == 200
    assert calls < 25
    assert looked < 5_000


async def test_a_vanished_article_begins_no_day() -> None:
    """One that was purged meanwhile still has its place in the list."""

    async def day_of(ids: Sequence[int]) -> list[date | None]:
        return [None if index == 2 else date(2026, 1, 2 if index < 4 else 1) for index in ids]

    assert (await find_days(range(6), day_of)).starts == (0, 4)
    assert await find_days((), day_of) == NO_DAYS
