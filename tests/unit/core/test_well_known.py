"""Feeds known from an address alone."""

from __future__ import annotations

import pytest

from reader.core.well_known import by_pattern, usual_places


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("https://www.youtube.com/channel/UCabcdefghijkl", "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijkl"),
        ("https://youtube.com/playlist?list=PL0123456789", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL0123456789"),
        ("https://github.com/python/cpython", "https://github.com/python/cpython/releases.atom"),
        ("https://github.com/python/cpython/commits/main", "https://github.com/python/cpython/commits/main.atom"),
        ("https://github.com/python", "https://github.com/python.atom"),
        ("https://old.reddit.com/r/indonesia/top", "https://www.reddit.com/r/indonesia/.rss"),
        ("https://mastodon.example/@rri", "https://mastodon.example/@rri.rss"),
        ("https://medium.com/@rri", "https://medium.com/feed/@rri"),
    ],
)  # fmt: skip
def test_sites_whose_rules_are_known(page: str, feed: str) -> None:
    """Their pages are programs that no reader can run, or name no feed."""
    assert by_pattern(page) == (feed,)


@pytest.mark.parametrize(
    "page", ["https://rri.example/", "https://www.tiktok.com/@rri", "https://kabar.example/@rri/1"]
)
def test_others_have_no_rule(page: str) -> None:
    """A guess would cost a request."""
    assert by_pattern(page) == ()


def test_usual_places_begin_where_the_reader_is() -> None:
    """WordPress has a feed beneath every category."""
    assert usual_places("https://kabar.example/ranai?x=1")[:3] == (
        "https://kabar.example/ranai/feed/", "https://kabar.example/ranai/rss", "https://kabar.example/feed/",
    )  # fmt: skip
