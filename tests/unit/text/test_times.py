"""Ages and dates as lists, articles and sentences show them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.i18n import Language, current_language, set_language
from reader.text import times

JAKARTA = ZoneInfo("Asia/Jakarta")
NOW = datetime(2025, 12, 16, 10, 5, tzinfo=UTC)  # 17.05 in Jakarta, a Tuesday


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    before = current_language()
    yield
    set_language(before)


@pytest.mark.parametrize(
    ("before", "indonesian", "english"),
    [
        (timedelta(seconds=30), "baru", "now"),
        (timedelta(minutes=-30), "baru", "now"),
        (timedelta(minutes=12), "12 mnt", "12 min"),
        (timedelta(minutes=59, seconds=59), "59 mnt", "59 min"),
        (timedelta(hours=1), "1 jam", "1 h"),
        (timedelta(hours=17), "17 jam", "17 h"),
        (timedelta(hours=18), "kemarin", "yesterday"),
        (timedelta(days=3), "3 hari", "3 d"),
        (timedelta(days=7), "9 Des", "9 Dec"),
        (timedelta(days=60), "17 Okt", "17 Oct"),
        (timedelta(days=365), "16 Des 2024", "16 Dec 2024"),
        (timedelta(days=-1), "besok", "tomorrow"),
        (timedelta(days=-20), "5 Jan 2026", "5 Jan 2026"),
    ],
)
def test_age_is_short_and_relative(before: timedelta, indonesian: str, english: str) -> None:
    """Lists have ten cells for it, and a calendar's words beat a count of hours."""
    told: dict[Language, str] = {}
    for language in ("id", "en"):
        set_language(language)
        told[language] = times.age(NOW - before, NOW, JAKARTA)

    assert {"id": indonesian, "en": english} == told


def test_an_evening_article_is_told_in_hours_after_midnight() -> None:
    """At one in the morning, what came two hours ago is not "yesterday" to a person who is still up."""
    set_language("id")
    now = datetime(2025, 12, 16, 18, 0, tzinfo=UTC)  # 01.00 in Jakarta

    assert times.age(now - timedelta(hours=2), now, JAKARTA) == "2 jam"


@pytest.mark.parametrize(
    ("before", "indonesian", "english"),
    [
        (timedelta(seconds=5), "baru saja", "just now"),
        (timedelta(minutes=5), "5 menit lalu", "5 minutes ago"),
        (timedelta(minutes=1), "1 menit lalu", "1 minute ago"),
        (timedelta(hours=2), "2 jam lalu", "2 hours ago"),
        (timedelta(days=1), "kemarin 17.05", "yesterday 17:05"),
        (timedelta(days=3), "3 hari lalu", "3 days ago"),
        (timedelta(days=20), "26 November 2025", "26 November 2025"),
        (timedelta(minutes=-12), "dalam 12 menit", "in 12 minutes"),
        (timedelta(days=-1), "besok 17.05", "tomorrow 17:05"),
    ],
)
def test_ago_fits_a_sentence(before: timedelta, indonesian: str, english: str) -> None:
    """Status lines speak in sentences, of what was and of what is due."""
    told: dict[Language, str] = {}
    for language in ("id", "en"):
        set_language(language)
        told[language] = times.ago(NOW - before, NOW, JAKARTA)

    assert {"id": indonesian, "en": english} == told


def test_exact_speaks_the_language_and_the_zone() -> None:
    """The article tells its moment in full; Indonesian writes the time with a dot."""
    set_language("id")
    assert times.exact(NOW, JAKARTA) == "Selasa, 16 Desember 2025 17.05 WIB"
    assert times.exact(NOW, JAKARTA, short=True) == "Selasa, 16 Des 2025 17.05 WIB"
    assert times.exact(NOW, ZoneInfo("Asia/Makassar")).endswith("18.05 WITA")
    assert times.exact(NOW, ZoneInfo("Asia/Jayapura")).endswith("19.05 WIT")
    assert times.exact(NOW, ZoneInfo("Asia/Pontianak")).endswith("17.05 WIB")

    set_language("en")
    assert times.exact(NOW, JAKARTA) == "Tuesday, 16 December 2025 17:05 WIB"
    assert times.exact(NOW, ZoneInfo("Europe/Berlin")).endswith("11:05 CET")
    assert times.exact(NOW, ZoneInfo("Asia/Kathmandu")).endswith("15:50 UTC+5:45")
    assert times.exact(NOW, timezone(timedelta(hours=-3))).endswith("07:05 UTC-3")
    assert times.exact(NOW, UTC).endswith("10:05 UTC")


def test_day_headings_follow_the_readers_midnight() -> None:
    """What is "today" in London may be yesterday in Natuna."""
    set_language("id")

    assert times.day(NOW, JAKARTA, NOW) == "Hari ini"
    assert times.day(NOW - timedelta(hours=17, minutes=6), JAKARTA, NOW) == "Kemarin"
    assert times.day(NOW - timedelta(days=2), JAKARTA, NOW) == "Minggu, 14 Desember"
    assert times.day(NOW - timedelta(days=400), JAKARTA, NOW) == "Senin, 11 November 2024"


def test_today_starts_at_the_readers_midnight() -> None:
    """ "Hari ini" in the sidebar counts from there."""
    assert times.today_start(NOW, JAKARTA) == datetime(2025, 12, 15, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize("name", ["", "No/Such", "../../etc/passwd", "Asia", "\x00", "a" * 5000, "/etc/localtime"])
def test_an_unknown_zone_is_the_systems(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A typing mistake in feeds.toml must not keep the reader from opening."""
    monkeypatch.setenv("TZ", "Asia/Jayapura")

    assert times.zone(name).utcoffset(NOW) == timedelta(hours=9)
    assert not times.is_zone(name)


@pytest.mark.parametrize("value", ["", "UTC0", "nonsense", ":Asia/Jakarta", "Asia/Jakarta"])
def test_whatever_tz_says_there_is_a_zone(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`TZ` may hold a POSIX rule, which zoneinfo does not read."""
    monkeypatch.setenv("TZ", value)

    assert times.zone("").utcoffset(NOW) is not None


@given(
    then=st.datetimes(timezones=st.none() | st.just(UTC)),
    now=st.datetimes(timezones=st.none() | st.just(UTC)),
    name=st.sampled_from(["Asia/Jakarta", "America/Caracas", "UTC", "Pacific/Kiritimati"]),
    language=st.sampled_from(["id", "en"]),
)
def test_no_moment_is_too_odd(then: datetime, now: datetime, name: str, language: Language) -> None:
    """A feed may date its news to the year 1 or 9999."""
    set_language(language)
    there = ZoneInfo(name)

    told = [times.age(then, now, there), times.ago(then, now), times.exact(then, there), times.day(then, there, now)]
    assert all(told)
