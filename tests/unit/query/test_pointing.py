"""A query that means one feed: what is written to feeds.toml when what a feed shows is saved."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.core.names import feed_name
from reader.model import Feed, FeedConfig
from reader.query import FeedName, Names, complete, parse
from reader.query.names import feed_fits
from reader.query.pointing import feed_query
from reader.query.tree import And, Check
from tests.unit.query.conftest import NAMES, NOW, ZONE

SECRETS = ("hunter2", "budi", "rahasia")
ADDRESSES = (
    "https://budi:hunter2@umpan.example/rss",
    "https://umpan.example/rss/kepri",
    "http://budi@umpan.example/rss?token=rahasia&x=1",
    "https://umpan.example/rss?token=rahasia2&x=1",
    "https://budi:hunter2@situs.example/a%22b (c)",
    "https://www.situs.example:8443/",
    "https://3.example/",
)
TITLES = (
    "",
    "RRI",
    "RRI Ranai",
    'Kabar “Pagi” »x« "y" ＂z',
    "3",
    "!!!",
    "漢字",
    "umpan.example",
    "https://umpan.example/rss",
)


def named(number: int, url: str, title: str = "") -> FeedName:
    """A feed of feeds.toml as queries see it."""
    return feed_name(Feed(number, FeedConfig(url, title=title)))


def found(query: str, feeds: tuple[FeedName, ...]) -> list[int]:
    """The feeds a query of `feed:` alone means; it is wholly understood."""
    read = parse(query, now=NOW, zone=ZONE, names=Names(feeds=feeds))
    assert read.problem == ""
    tests = read.tree.parts if isinstance(read.tree, And) else (read.tree,)
    checks = [test for test in tests if isinstance(test, Check) and test.name == "feed"]
    assert len(checks) == len(tests) > 0
    return [feed.id for feed in feeds if all(feed_fits(check.value, feed) for check in checks)]


def test_a_feed_without_a_name_is_meant_by_its_address_without_the_login() -> None:
    """Filters are shown, exported and shared."""
    feeds = tuple(named(number, url) for number, url in enumerate(ADDRESSES[:2], 1))

    assert feed_query(feeds[0], feeds) == 'feed:"https://umpan.example/rss"'
    assert found(feed_query(feeds[0], feeds), feeds) == [1]


def test_a_name_that_others_have_in_theirs_is_not_enough() -> None:
    """*RRI* is in *RRI Ranai*, too."""
    feeds = (named(1, ADDRESSES[0], "RRI"), named(2, ADDRESSES[1], "RRI Ranai"))

    assert [feed_query(feed, feeds) for feed in feeds] == ['feed:"https://umpan.example/rss"', 'feed:"RRI Ranai"']


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(ADDRESSES), st.sampled_from(TITLES)), min_size=1, unique_by=lambda two: two[0])
)
def test_what_is_written_finds_that_feed_only_and_tells_no_secret(known: list[tuple[str, str]]) -> None:
    """Whatever feeds are called and wherever they are."""
    feeds = tuple(named(number, url, title) for number, (url, title) in enumerate(known, 1))
    for feed in feeds:
        query = feed_query(feed, feeds)

        assert found(query, feeds) == [feed.id]
        assert not any(secret in query for secret in SECRETS)


@pytest.mark.parametrize(
    "query",
    [
        'feed:"https://umpan.example/rss"', "feed:https://budi:lama@umpan.example/rss/", "feed:http://www.umpan.example/rss",
    ],
)  # fmt: skip
def test_an_address_means_the_feed_there_with_whatever_login(query: str) -> None:
    """Also of filters saved when the login was written, and after it was changed."""
    feeds = tuple(named(number, url) for number, url in enumerate(ADDRESSES, 1))

    assert found(query, feeds) == [1]


def test_a_title_that_reads_like_a_number_means_no_other_feed() -> None:
    """``feed:"#3"`` is the feed of that number."""
    feed = named(2, ADDRESSES[0], "#3")

    assert found(feed_query(feed, (feed,)), (feed,)) == [2]


def test_an_address_being_typed_means_all_that_begin_so() -> None:
    """The list must not go empty before the last letter."""
    feeds = tuple(named(number, url) for number, url in enumerate(ADDRESSES[:2], 1))
    for typed, expected in (("https://ump", [1, 2]), ("https://umpan.example/rss", [1, 2]), ("https://x", [])):
        read = parse(f"feed:{typed}", complete=False, now=NOW, zone=ZONE, names=Names(feeds=feeds)).tree

        assert isinstance(read, Check)
        assert [feed.id for feed in feeds if feed_fits(read.value, feed)] == expected


def test_completing_a_feed_without_a_name_tells_no_login() -> None:
    """What Tab puts into the bar is on the screen, and saved with one more key."""
    names = replace(NAMES, feeds=tuple(named(number, url) for number, url in enumerate(ADDRESSES, 1)))

    options = " ".join(complete("feed:", 5, names).options)

    assert "umpan.example/rss" in options
    assert not any(secret in options for secret in SECRETS)
