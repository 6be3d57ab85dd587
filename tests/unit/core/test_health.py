"""What a feed's health is called, and told to do about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from reader.core.health import STALE_AFTER, health_now, health_sentence
from reader.model import Failure, Feed, FeedConfig, FeedState, Health

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
FEED = Feed(1, FeedConfig("https://a.example/rss"), state=FeedState(health="ok"), newest=NOW)


def test_health_is_as_of_now() -> None:
    """Clock and settings change it without a refresh."""
    edge = replace(FEED, newest=NOW - STALE_AFTER)
    old = replace(FEED, newest=NOW - STALE_AFTER - timedelta(seconds=1))

    assert [health_now(feed, NOW) for feed in (FEED, edge, old)] == ["ok", "ok", "stale"]
    assert health_now(replace(old, config=FeedConfig("https://a.example/rss", is_enabled=False)), NOW) == "disabled"
    assert health_now(replace(old, state=FeedState(health="gone")), NOW) == "gone"
    assert health_now(replace(FEED, newest=None), NOW) == "ok"


@pytest.mark.parametrize(
    ("health", "state", "told"),
    [
        ("new", FeedState(), "Not fetched yet."),
        ("ok", FeedState(), "All is well."),
        ("disabled", FeedState(), "enabled = false"),
        ("empty", FeedState(), "with no articles"),
        ("stale", FeedState(), "Nothing new for 31 days."),
        ("not_a_feed", FeedState(found_url="https://u:p@a.example/f", found_title="Kabar"), "Kabar, https://a.example/f"),
        ("gone", FeedState(), "unknown reason"),
    ],
)  # fmt: skip
def test_health_is_told_in_a_sentence(health: Health, state: FeedState, told: str) -> None:
    """Without the login of an address."""
    feed = replace(FEED, state=state, newest=NOW - timedelta(days=31, hours=5))

    assert told in health_sentence(feed, health, now=NOW)


@pytest.mark.parametrize("health", ["new", "gone"])
def test_a_failure_tells_its_reason(health: Health) -> None:
    """Of a feed that never went well too."""
    failed = replace(FEED, state=FeedState(failure=Failure("timeout"), http_status=None))

    assert health_sentence(failed, health, now=NOW) not in {"Not fetched yet.", "It failed; no reason is known."}
