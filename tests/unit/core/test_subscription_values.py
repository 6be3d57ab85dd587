"""What an entry is in feeds.toml, and how its steps are told."""

from __future__ import annotations

import pytest

from reader.core.moved import Moved
from reader.core.subscriptions import FEED_STEPS, step_told, values_of
from reader.model import FeedConfig, FeedFacts, Step


def test_an_entry_is_what_is_not_as_by_default() -> None:
    """With lists and tables as TOML has them."""
    config = FeedConfig(
        "https://a.example/rss", title="A", tags=("x", "y"), headers=(("X-A", "1"),), is_enabled=False, line=7
    )

    assert values_of(config) == {
        "url": "https://a.example/rss",
        "title": "A",
        "tags": ["x", "y"],
        "headers": {"X-A": "1"},
        "enabled": False,
    }
    assert values_of(FeedConfig("https://a.example/rss")) == {"url": "https://a.example/rss"}


@pytest.mark.parametrize(
    ("kind", "label", "told"),
    [
        ("feed_added", "RRI", "“RRI” added"),
        ("feed_added", "× 3", "3 feeds added"),
        ("feed_added", "× 1", "1 feed added"),
        ("feed_added", "× lipat", "“× lipat” added"),
        ("feed_changed", "RRI", "“RRI” changed"),
        ("feed_removed", "RRI", "“RRI” removed"),
        ("feed_moved", "RRI", "“RRI” moved"),
        ("folder_renamed", "Kepri", "folder “Kepri” renamed"),
        ("read", "natuna", ""),
    ],
)
def test_a_step_of_the_file_is_told(kind: str, label: str, told: str) -> None:
    """Steps of marks are told elsewhere."""
    step = Step(1, kind, 0, label)

    assert step_told(step) == told
    assert bool(told) is (kind in FEED_STEPS)


def test_a_new_address_is_kept_with_what_the_feed_told_at_the_old_one() -> None:
    """Steps that were journalled before have only the addresses."""
    moved = Moved("https://a.example/", "https://b.example/", FeedFacts("Kabar", skip_hours=frozenset({3, 4})))

    assert Moved.unpacked(moved.packed()) == moved
    assert Moved.unpacked(["a", "b"]) == Moved("a", "b")
    assert Moved.unpacked(None) is None
