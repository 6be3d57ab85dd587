"""Lists of feeds, in and out."""

from __future__ import annotations

import tempfile
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.config.edit import Target, add_feeds
from reader.config.load import load
from reader.config.opml import parse_opml, render_opml
from reader.errors import ConfigError
from reader.model.feeds import FeedConfig

NESTED = b"""<?xml version="1.0"?>
<opml version="1.1"><head><title>x</title></head><body>
<outline text="Berita"><outline text="Kepri" title="Kepri">
<outline type="rss" text="Antara Kepri" xmlUrl="https://kepri.example/rss" category="/Boss/x,natuna,laut"/></outline>
<outline TYPE="rss" text="Induk" xmlURL="http://induk.example/rss"/></outline>
<outline text="https://tanpa.example/rss" xmlUrl="https://tanpa.example/rss"/>
</body></opml>"""

lines = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=12)
parts = lines.map(lambda text: text.replace("/", "_"))
feed_configs = st.builds(
    FeedConfig,
    url=st.integers(0, 10**6).map(lambda n: f"https://a{n}.example/rss?a=1&b={n}"),
    kind=st.sampled_from(["feed", "sitemap"]),
    title=st.just("") | lines,
    folder=st.lists(parts, max_size=3).map("/".join),
    tags=st.lists(lines, max_size=3).map(tuple),
    title_strip=st.lists(lines.map(lambda text: f" - {text}"), max_size=2).map(tuple),
    item=st.just("") | st.just("div > a[href*='x']"),
    link_pattern=st.just("") | st.just(r"^https?://[^?]+/\d+/<&"),
    refresh_minutes=st.none() | st.integers(15, 1000),
    full_text=st.booleans(),
    is_enabled=st.booleans(),
    keep_days=st.none() | st.integers(0, 100),
)


def without_lines(feeds: tuple[FeedConfig, ...]) -> set[FeedConfig]:
    return {replace(feed, line=0) for feed in feeds}


@settings(max_examples=30, deadline=None)
@given(st.lists(feed_configs, max_size=6, unique_by=lambda feed: feed.url))
def test_our_own_list_comes_back_as_it_was(feeds: list[FeedConfig]) -> None:
    """Through OPML into a feeds.toml, read, and out again: nothing is lost on the way."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "feeds.toml"
        first = render_opml(feeds)
        if feeds:
            add_feeds(Target(path), parse_opml(first.encode()).feeds)
            config = load(path, last_good=None, may_run_commands=False)

            assert config.problems == ()
            assert without_lines(config.feeds) == _as_loaded(feeds)
            assert render_opml(config.feeds) == render_opml(sorted(config.feeds, key=lambda feed: feed.line))


def _as_loaded(feeds: list[FeedConfig]) -> set[FeedConfig]:
    """As feeds.toml would give them: texts cleaned by the same rules."""
    from reader.config.keys import FEED

    checked = set()
    for feed in feeds:
        values = {each.name: getattr(feed, each.name) for each in fields(FeedConfig)}
        for key in ("title", "folder", "tags", "title_strip"):
            value = values[key]
            values[key] = FEED[key](list(value) if isinstance(value, tuple) else value)
        checked.add(FeedConfig(**values))
    return checked


def test_folders_nest_and_categories_are_tags() -> None:
    """Whatever the case of the attributes; a name that is only the address is none."""
    assert parse_opml(NESTED).feeds == (
        {
            "url": "https://kepri.example/rss",
            "title": "Antara Kepri",
            "folder": "Berita/Kepri",
            "tags": ["natuna", "laut"],
        },
        {"url": "http://induk.example/rss", "title": "Induk", "folder": "Berita"},
        {"url": "https://tanpa.example/rss"},
    )


def test_what_is_not_of_the_web_is_left_out_and_told() -> None:
    """newsboat's exec: and file: entries travel in OPML, too."""
    urls = ["exec:rm -rf /", "file:///etc/passwd", "javascript:alert(1)", "https://a.example/", "http://www.a.example"]
    outlines = "".join(f"<outline xmlUrl='{url}' warta:auth_command='[\"x\"]'/>" for url in urls)

    found = parse_opml(f"<opml><body>{outlines}</body></opml>".encode())

    assert found.feeds == ({"url": "https://a.example/"},)
    assert found.refused == ("exec:rm -rf /", "file:///etc/passwd", "javascript:alert(1)")
    assert found.duplicates == 1


def test_a_bare_ampersand_is_mended() -> None:
    """Half of all exporters forget to escape addresses."""
    body = b"<opml><body><outline text='A & B &eacute;' xmlUrl='https://a.example/?x=1&y=2&z;=3'/></body></opml>"

    assert parse_opml(body).feeds[0]["url"] == "https://a.example/?x=1&y=2&z;=3"


def test_secrets_stay_at_home() -> None:
    """A list is made to be given away."""
    feed = FeedConfig(
        "https://me:hunter2@a.example/", auth="hunter2", proxy="http://hunter2@p/", headers=(("X", "hunter2"),)
    )

    assert "hunter2" not in render_opml([feed])


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\0\1", b"<html></html>", b"<opml><body><outline xmlUrl='https://a.example/'>", b"<opml " * 10_000,
        b'<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><opml><body><outline text="&b;"/></body></opml>',
    ],
)  # fmt: skip
def test_what_is_no_opml_is_refused_in_a_sentence(content: bytes) -> None:
    """Bombs and broken files are an error of their own, never a crash."""
    with pytest.raises(ConfigError):
        parse_opml(content)


def test_five_hundred_levels_of_folders_do_no_harm() -> None:
    """A list from a program that went wrong."""
    deep = "<outline text='x'>" * 500 + "<outline xmlUrl='https://deep.example/'/>" + "</outline>" * 500

    (feed,) = parse_opml(f"<opml><body>{deep}</body></opml>".encode()).feeds

    assert feed["folder"] == "/".join("x" * 20)
