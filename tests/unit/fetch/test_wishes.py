"""What header fields say about the next time, and what they only seem to say."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.fetch.client import Fetcher
from reader.fetch.fields import read_validators, read_wishes
from reader.model.fetching import FetchFailed, ServerWishes
from tests.loopback import Answer, Loopback, feed
from tests.unit.fetch.conftest import NOON, Clock, ask, get

IN_AN_HOUR = format_datetime(NOON + timedelta(hours=1), usegmt=True)
AN_HOUR_AGO = format_datetime(NOON - timedelta(hours=1), usegmt=True)
A_YEAR_AHEAD = format_datetime(NOON + timedelta(days=365), usegmt=True)


@pytest.mark.parametrize(("value", "expected"), [
    ("max-age=600", 600), ("MAX-AGE=600", 600), ("public, max-age=600", 600), ("max-age = 600 , public", 600),
    ('max-age="600"', 600), ("s-maxage=9, max-age=600, stale-while-revalidate=30", 600), ("max-age=0", None),
    ("no-cache", None), ("no-store, max-age=600", None), ("no-cache, max-age=600", None), ("max-age=-1", None),
    ("max-age=abc", None), ("max-age", None), ("max-age=", None), ("x-max-age=600", None), ("", None),
    ("max-age=99999999999999999999", 10 * 365 * 86_400), ("\xff=\xfe", None),
])  # fmt: skip
async def test_max_age_is_read_in_every_dress(
    fetcher: Fetcher, server: Loopback, value: str, expected: int | None
) -> None:
    """And what forbids keeping, or is nonsense, leaves the usual interval."""
    server.answer("/feed", Answer(headers=(("Cache-Control", value),), body=feed()))

    assert (await get(fetcher, server.url("/feed"))).wishes.max_age_seconds == expected


async def test_several_fields_are_one_list(fetcher: Fetcher, server: Loopback) -> None:
    """RFC 9110 §5.3."""
    server.answer("/feed", Answer(headers=(("cache-control", "public"), ("Cache-Control", "max-age=60")), body=feed()))

    assert (await get(fetcher, server.url("/feed"))).wishes.max_age_seconds == 60


@pytest.mark.parametrize(("headers", "expected"), [
    ((("Expires", IN_AN_HOUR),), 3_600),
    ((("Expires", "0"),), None), ((("Expires", "-1"),), None), ((("Expires", "soon"),), None),
    ((("Expires", AN_HOUR_AGO),), None),
    ((("Expires", "Fri, 31 Dec 9999 23:59:59 -2359"),), None), ((("Expires", "Fri, 99 Foo 2026"),), None),
    ((("Expires", IN_AN_HOUR), ("Cache-Control", "max-age=60")), 60),
    ((("Expires", IN_AN_HOUR), ("Cache-Control", "max-age=0")), None),
    ((("Expires", IN_AN_HOUR), ("Cache-Control", "no-cache")), None),
    ((("Expires", IN_AN_HOUR), ("Cache-Control", "public")), 3_600),
    ((("Expires", A_YEAR_AHEAD), ("Date", A_YEAR_AHEAD)), None),
    ((("Expires", IN_AN_HOUR), ("Date", AN_HOUR_AGO)), 7_200),
])  # fmt: skip
async def test_expires_counts_where_max_age_is_silent(
    fetcher: Fetcher, server: Loopback, headers: tuple[tuple[str, str], ...], expected: int | None
) -> None:
    """By the server's own clock, which may be wrong by a year, as may ours."""
    server.answer("/feed", Answer(headers=headers, body=feed()))

    assert (await get(fetcher, server.url("/feed"))).wishes.max_age_seconds == expected


@pytest.mark.parametrize(("value", "expected"), [
    ("120", 120), (" 120 ", 120), ("3.5", 3), (IN_AN_HOUR, 3_600), (AN_HOUR_AGO, None), ("later", None), ("-5", None),
    ("9" * 5_000, 10 * 365 * 86_400),
])  # fmt: skip
@pytest.mark.parametrize("status", [429, 503])
async def test_retry_after_is_seconds_or_a_date(
    fetcher: Fetcher, server: Loopback, status: int, value: str, expected: int | None
) -> None:
    """RFC 9110 §10.2.3, on both statuses that carry it."""
    server.answer("/feed", Answer(status, (("Retry-After", value),)))

    outcome = await ask(fetcher, server.url("/feed"))

    assert isinstance(outcome, FetchFailed)
    assert outcome.wishes.retry_after_seconds == expected


async def test_retry_after_means_nothing_elsewhere(fetcher: Fetcher, server: Loopback, clock: Clock) -> None:
    """On a 200 or a 404 it is a slip."""
    for status in (200, 404, 301):
        assert read_wishes([(b"Retry-After", b"60")], status, clock()) == ServerWishes()


@settings(max_examples=200)
@given(st.lists(st.tuples(
    st.sampled_from([b"Cache-Control", b"Expires", b"Retry-After", b"Date", b"ETag", b"Last-Modified"]),
    st.binary(max_size=40) | st.sampled_from([b"max-age=1", IN_AN_HOUR.encode(), b"Sat, 1 Jan 1 00:00:00 +9999"]),
)), st.sampled_from([200, 304, 429, 503]))  # fmt: skip
def test_no_field_raises(fields: list[tuple[bytes, bytes]], status: int) -> None:
    """Header fields are bytes from a stranger."""
    wishes = read_wishes(fields, status, NOON)
    read_validators(fields)

    assert (wishes.max_age_seconds or 0) >= 0
    assert (wishes.retry_after_seconds or 0) >= 0
