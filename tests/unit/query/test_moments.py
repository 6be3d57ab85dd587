"""Dates and ages to the second: Python and SQL share this reading, so only exact values can tell that it is right."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.query.moments import age_seconds, day_named, stretch
from tests.unit.query.conftest import NOW, ZONE

MINUTE, HOUR, DAY = 60, 3_600, 86_400


def midnight(year: int, month: int, day: int) -> int:
    return int(datetime(year, month, day, tzinfo=ZONE).timestamp())


@pytest.mark.parametrize(
    ("names", "seconds"),
    [
        ("min menit minute minutes", MINUTE),
        ("h hr hour hours jam", HOUR),
        ("d day days hari", DAY),
        ("w wk week weeks minggu", 7 * DAY),
        ("m mo month months bulan", 30 * DAY),
        ("y yr year years tahun", 365 * DAY),
    ],
)
def test_every_unit_of_an_age_is_known(names: str, seconds: int) -> None:
    """In both languages, with or without a space, in any case."""
    for name in names.split():
        assert [age_seconds(f"1{name}"), age_seconds(f"12 {name.upper()}")] == [seconds, 12 * seconds]


@pytest.mark.parametrize("text", ["", "3", "d", "3x", "-3d", "3.5d", "12345d", "3d2", "3 d d"])
def test_what_is_no_age_is_none(text: str) -> None:
    assert age_seconds(text) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", (2026, 1, 1), (2027, 1, 1)),
        ("2024", (2024, 1, 1), (2025, 1, 1)),
        ("2000", (2000, 1, 1), (2001, 1, 1)),
        ("1900", (1900, 1, 1), (1901, 1, 1)),
        ("2026-02", (2026, 2, 1), (2026, 3, 1)),
        ("2024/02", (2024, 2, 1), (2024, 3, 1)),
        ("2026-12", (2026, 12, 1), (2027, 1, 1)),
        ("2026-01", (2026, 1, 1), (2026, 2, 1)),
        ("2024-02-29", (2024, 2, 29), (2024, 3, 1)),
        ("2026-12-31", (2026, 12, 31), (2027, 1, 1)),
        ("2026/11/05", (2026, 11, 5), (2026, 11, 6)),
        ("5/11/2026", (2026, 11, 5), (2026, 11, 6)),
        ("05.11.2026", (2026, 11, 5), (2026, 11, 6)),
        ("5-11-2026", (2026, 11, 5), (2026, 11, 6)),
    ],
)
def test_a_date_is_a_stretch_to_the_second(text: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    """Leap years and the year's end included."""
    assert stretch(text, NOW, ZONE) == (midnight(*first), midnight(*last))


@pytest.mark.parametrize(
    "text",
    [
        "2026-00", "2026-13", "2026-02-29", "1900-02-29", "2026-11-31", "2026-11-00", "32/1/2026", "1/13/2026", "0001",
        "9999", "9999-12", "9999-12-31", "31/12/9999", "0000-01", "26", "202", "20266", "2026-111",
        "2026-11-011", "soon",
    ],
)  # fmt: skip
def test_what_is_no_date_is_none(text: str) -> None:
    """Also where the day after it would be beyond what Python counts."""
    assert stretch(text, NOW, ZONE) is None
    assert stretch(text, NOW, ZONE, is_complete=False) is None or text == "2026-11-00"


def test_hari_ini_with_a_hyphen_is_a_day_after_a_colon() -> None:
    """As minggu-ini is a week there."""
    assert stretch("hari-ini", NOW, ZONE) == stretch("today", NOW, ZONE)


@pytest.mark.parametrize(
    ("text", "back"), [("today", 0), ("hari ini", 0), ("HariIni", 0), ("yesterday", 1), ("Kemarin", 1)]
)
def test_a_day_by_name_begins_at_the_readers_midnight(text: str, back: int) -> None:
    """At 23:30 UTC it is tomorrow in Jakarta."""
    late = NOW.replace(hour=23)
    for now, today in ((NOW, (2026, 11, 15)), (late, (2026, 11, 16))):
        first = midnight(*today) - back * DAY
        assert day_named(text, now, ZONE) == stretch(text, now, ZONE) == (first, first + DAY)


def test_the_last_and_the_first_year_are_dates() -> None:
    """Bounds on both sides."""
    found = [stretch(text, NOW, ZONE) for text in ("9998", "9998-12-31", "0002")]

    assert None not in found
    assert found[1] == (midnight(9998, 12, 31), midnight(9998, 12, 31) + int(timedelta(days=1).total_seconds()))


@pytest.mark.parametrize(
    ("names", "first", "last"),
    [
        ("this-week minggu-ini", (2026, 11, 9), (2026, 11, 16)),
        ("last-week minggu-lalu", (2026, 11, 2), (2026, 11, 9)),
        ("this-month bulan-ini", (2026, 11, 1), (2026, 12, 1)),
        ("last-month bulan-lalu", (2026, 10, 1), (2026, 11, 1)),
        ("this-year tahun-ini", (2026, 1, 1), (2027, 1, 1)),
        ("last-year tahun-lalu", (2025, 1, 1), (2026, 1, 1)),
    ],
)
def test_a_week_month_or_year_has_names(names: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    """In both languages, with a hyphen or a space; NOW is a Sunday, the last day of its week."""
    for name in names.split():
        for written in (name, name.replace("-", " "), name.upper(), f" {name} "):
            assert stretch(written, NOW, ZONE) == (midnight(*first), midnight(*last))


@pytest.mark.parametrize("text", ["last", "last-", "last-w", "lastweek", "last-weeks", "minggu", "next-week", "-"])
def test_half_a_name_is_no_date(text: str) -> None:
    """Nor what only looks like one."""
    assert stretch(text, NOW, ZONE) is None


@given(
    st.integers(631_152_000, 7_258_118_400).map(lambda number: datetime.fromtimestamp(number, UTC)),
    st.sampled_from(["Asia/Jakarta", "America/Sao_Paulo", "Pacific/Apia", "Europe/London", "Asia/Kathmandu"]).map(
        ZoneInfo
    ),
    st.sampled_from(["week", "month", "year"]),
)
def test_this_stretch_holds_now_and_the_last_one_ends_where_it_begins(now: datetime, zone: ZoneInfo, unit: str) -> None:
    """At the turn of a month or year, in leap years, and where the clocks are put forward."""
    this, last = (stretch(f"{name}-{unit}", now, zone) for name in ("this", "last"))
    assert this is not None
    assert last is not None
    start, end = (datetime.fromtimestamp(number or 0, zone).date() for number in this)

    assert (this[0] or 0) <= now.timestamp() < (this[1] or 0)
    assert last[1] == this[0]
    match unit:
        case "week":
            assert (start.weekday(), (end - start).days) == (0, 7)
        case "month":
            assert this == stretch(f"{now.astimezone(zone):%Y-%m}", now, zone)
            assert last == stretch(f"{start - timedelta(days=1):%Y-%m}", now, zone)
        case _:
            assert this == stretch(f"{now.astimezone(zone):%Y}", now, zone)
            assert last == stretch(str(start.year - 1), now, zone)
