"""Dates of feeds and pages: the instant that was meant, or none."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.dates import FIRST_YEAR, LAST_YEAR, parse_date

NOW = datetime(2025, 6, 20, 3, 0, tzinfo=UTC)

MOMENTS = st.datetimes(datetime(FIRST_YEAR, 1, 3), datetime(LAST_YEAR, 12, 29)).map(lambda m: m.replace(microsecond=0))  # noqa: DTZ001
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        # Page dates of the Indonesian press
        ("Rabu, 18 Jun 2025 07:30 WIB", "2025-06-18T00:30:00"),
        ("18 Juni 2025 | 20.04 WIB", "2025-06-18T13:04:00"),
        (",\u00a0Jurnalis-Senin, 16 Juni 2025 |15:20 WIB", "2025-06-16T08:20:00"),
        ("Kompas.com- Diperbarui 19/06/2025, 10:25 WIB", "2025-06-19T03:25:00"),
        ("Diperbarui 18 Jun 2025, 14:05 WIB", "2025-06-18T07:05:00"),
        ("18/06/2025, 21:35 WIB", "2025-06-18T14:35:00"),
        ("Rabu   18 Jun 2025  22:02 WIB", "2025-06-18T15:02:00"),
        ("02 Sep 2026 14:22 WIB", "2026-09-02T07:22:00"),
        ("Senin, 1 Okt 2025 pukul 9.05 WITA", "2025-10-01T01:05:00"),
        ("Kamis, 04 Des 2025 12.00 WIT", "2025-12-04T03:00:00"),
        ("14:05 WIB, 18 Juni 2025", "2025-06-18T07:05:00"),
        ("Jum'at, 5 Des 2025 10.00 WIB", "2025-12-05T03:00:00"),
        ("Jum’at, 5 Desember 2025 10.00 WIB", "2025-12-05T03:00:00"),
        ("Rab, 20 Agu 2025 10:00 +0700", "2025-08-20T03:00:00"),
        ("Rabu, 20 Ags 2025 10:00 +0700", "2025-08-20T03:00:00"),
        ("Rabu, 20 Agt 2025 10:00 +0700", "2025-08-20T03:00:00"),
        ("1 Mei 2025 10:00 WIB", "2025-05-01T03:00:00"),
        ("02/09/2026", "2026-09-02T00:00:00"),
        ("6/18/2025", "2025-06-18T00:00:00"),
        # RFC 822 and 2822
        ("Wed, 18 Jun 2025 07:30:00 GMT", "2025-06-18T07:30:00"),
        ("Wed, 18 Jun 2025 07:30:00 +0700 (WIB)", "2025-06-18T00:30:00"),
        ("18 Jun 25 07:30 EST", "2025-06-18T12:30:00"),
        ("Wed, 18 Jun 99 07:30:00 PDT", "1999-06-18T14:30:00"),
        ("Wed, 18 Jun 2025 07:30:00 JST", "2025-06-17T22:30:00"),
        ("Wed, 18 Jun 2025 07:30:00 IST", "2025-06-18T02:00:00"),
        ("Wed, 18 Jun 2025 07:30:00 CEST", "2025-06-18T05:30:00"),
        ("Wed, 18 Jun 2025 07:30:00 UTC+07:00", "2025-06-18T00:30:00"),
        ("Wed, 18 Jun 2025 07:30:00 GMT+7", "2025-06-18T00:30:00"),
        ("Wed, 18 Jun 2025 07:30:00 XYZ", "2025-06-18T07:30:00"),
        ("Wed, 18 Jun 2025 24:00:00 GMT", "2025-06-19T00:00:00"),
        # RFC 3339 and W3CDTF
        ("2025-06-18T07:30:00+07:00", "2025-06-18T00:30:00"),
        ("2025-06-18T07:30:00.123456789Z", "2025-06-18T07:30:00"),
        ("2025-06-18T07:30Z", "2025-06-18T07:30:00"),
        ("2025-06-18 07:30:00 −0730", "2025-06-18T15:00:00"),
        ("20250618T073000Z", "2025-06-18T07:30:00"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59"),
        ("2025-06-18", "2025-06-18T00:00:00"),
        ("2025-06", "2025-06-01T00:00:00"),
        ("2025", "2025-01-01T00:00:00"),
        # Others that feeds carry
        ("Wed Jun 18 07:30:00 2025", "2025-06-18T07:30:00"),
        ("June 18, 2025 3:04 pm", "2025-06-18T15:04:00"),
        ("12 May 2025 12:10 AM", "2025-05-12T00:10:00"),
    ],
)
def test_reads_the_instant_that_was_meant(raw: str, expected: str) -> None:
    """A wrong hour or a swapped day puts news in the wrong place of the list."""
    assert parse_date(raw) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "raw",
    [
        "", "   ", "12:00", "1730862000", "1730862000000", "-0001-01-01", "99999-01-01", "2024-13-45T99:99:99Z",
        "Fri, 31 Dec 9999 23:59:59 GMT", "0000-00-00T00:00:00Z", "0001-01-01T00:00:00Z", "31 Jun 2025", "29 Feb 2025",
        "Wed, 18 Jun 2025 07:30:00 +9999", "25 Agustus", "18/6", "yesterday", "Mon, 01 Jan 0001 00:00:00 +0000",
        "2025-06-18T25:00:00Z", "1969-12-31", "2200-01-01", "9999-12-31T23:59:59-14:00", "2025-400", "１２：００",
    ],
)  # fmt: skip
def test_nonsense_is_no_date(raw: str) -> None:
    """A made-up date would be believed; the time of first seeing is better."""
    assert parse_date(raw) is None


def test_a_day_in_indonesian_words_is_a_day_in_jakarta() -> None:
    """Read as UTC, `18 Juni` would show as the 18th in Jakarta only until the evening."""
    assert parse_date("Rabu, 18 Juni 2025") == datetime(2025, 6, 17, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Rabu (18/6) 20.04 WIB", datetime(2025, 6, 18, 13, 4, tzinfo=UTC)),
        ("18 Jun 14:05 GMT", datetime(2025, 6, 18, 14, 5, tzinfo=UTC)),
        ("31/12", datetime(2024, 12, 31, tzinfo=UTC)),
        ("29/2", datetime(2024, 2, 29, tzinfo=UTC)),
        ("99/2", None),
    ],
)
def test_the_clock_tells_the_missing_year(raw: str, expected: datetime | None) -> None:
    """Listings print `18/6`; the latest such day is meant."""
    assert parse_date(raw, now=NOW) == expected


@given(moment=MOMENTS, zone=OFFSETS)
def test_reads_back_what_the_standards_write(moment: datetime, zone: timezone) -> None:
    """Every instant survives each of the two standard forms, in every zone."""
    aware = moment.replace(tzinfo=zone)

    assert parse_date(aware.isoformat()) == aware
    assert parse_date(format_datetime(aware)) == aware


@given(
    raw=st.one_of(st.text(), st.text("0123456789:-/+. TZtzWIBjanokt'(),"), st.from_regex(r"\d+[-/. ]\d+[-/. ]\d+.*"))
)
def test_never_raises_and_stays_in_range(raw: str) -> None:
    """A date is the commonest nonsense in feeds; it must not cost an article."""
    moment = parse_date(raw, now=NOW)

    assert moment is None or (moment.utcoffset() == timedelta() and FIRST_YEAR <= moment.year <= LAST_YEAR)


def test_a_huge_text_costs_nothing() -> None:
    """An element that should hold a date may hold megabytes."""
    began = time.process_time()

    for piece in ("1 ", "12 jan ", "a", "1/", "2025-", "t00", " "):
        parse_date(piece * 500_000, now=NOW)

    assert time.process_time() - began < 0.5
