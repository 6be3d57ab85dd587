"""One list of feeds as feeds.toml, as OPML and as JSON: whatever the way, it comes back as it was."""

from __future__ import annotations

import re
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from reader.config.changing import Target
from reader.config.edit import add_entries
from reader.config.keys import FEED
from reader.config.load import load
from reader.config.opml import parse_opml, render_opml
from reader.config.taken import AT_HOME
from reader.core.exchange import read_export
from reader.core.lists import parse_list, read_list
from reader.core.reader import Reader
from reader.errors import ConfigError
from reader.model import Config, FeedConfig
from tests.unit.storage.making import Clock

LETTERS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=12)
LINES = st.lists(LETTERS, min_size=1, max_size=3).map(" ".join)
SELECTORS = st.sampled_from(["div > a[href*='x']", "article.isi", 'p:not(.baca-juga) "é"'])
FOLDERS = st.lists(LINES.map(lambda text: text.replace("/", "_")), max_size=4).map("/".join)
VALUES: dict[str, st.SearchStrategy[object]] = {
    "kind": st.sampled_from(["feed", "sitemap", "page"]),
    "title": LINES,
    "folder": FOLDERS | st.just("/".join(f"d{n}" for n in range(30))),
    "tags": st.lists(LINES | st.sampled_from(["a,b", "a/b", "penting"]), max_size=3),
    "title_strip": st.lists(LINES.map(lambda text: f" - {text}"), max_size=2),
    "content": st.lists(SELECTORS, max_size=2),
    "remove": st.lists(SELECTORS, max_size=2),
    "item": SELECTORS,
    "link": SELECTORS,
    "link_pattern": st.just(r"^https?://[^?]+/\d+/<&'\""),
    "refresh_minutes": st.integers(1, 1000),
    "full_text": st.booleans(),
    "timeout_seconds": st.floats(1, 600),
    "max_articles": st.integers(0, 1000),
    "keep_days": st.integers(0, 100),
    "enabled": st.booleans(),
    "encoding": st.sampled_from(["utf-8", "windows-1252"]),
    "summary": SELECTORS,
    "date": SELECTORS,
    "author": SELECTORS,
    "image": SELECTORS,
    "item_title": SELECTORS,
}


@st.composite
def entries(draw: st.DrawFn) -> list[dict[str, object]]:
    """Entries as feeds.toml may have them, each address once."""
    found = []
    for number in range(draw(st.integers(1, 5))):
        values = draw(st.fixed_dictionaries({}, optional=VALUES))
        if values.get("kind") == "page" and "item" not in values:
            values["link_pattern"] = "/x/"
        found.append({"url": f"https://a{number}.example/rss?a=1&b={number}", **values})
    return found


def test_no_key_is_forgotten() -> None:
    """A new key of feeds.toml is given away like the others, or stays at home for a reason."""
    assert set(FEED) == set(VALUES) | AT_HOME | {"url"}


def toml_of(folder: Path, values: list[dict[str, object]]) -> Config:
    add_entries(Target(folder / "feeds.toml"), values, [])
    config = load(folder / "feeds.toml", may_run_commands=False)
    assert config.problems == ()
    return config


def told(config: Config) -> dict[str, FeedConfig]:
    """The feeds whatever their order: OPML puts those of a folder together."""
    return {feed.url: replace(feed, line=0) for feed in config.feeds}


@settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(entries())
@example([{"url": "https://a.example/rss", "title_strip": [" - \U0002f800"], "content": ["p.\u202e"]}])
async def test_the_list_survives_every_way(values: list[dict[str, object]]) -> None:
    """feeds.toml → OPML → feeds.toml → JSON → feeds.toml → OPML."""
    clock = Clock()
    with tempfile.TemporaryDirectory() as name:
        folders = [Path(name) / part for part in ("one", "two", "three")]
        for folder in folders:
            folder.mkdir()
        first = toml_of(folders[0], values)
        second = toml_of(folders[1], [dict(feed) for feed in parse_opml(render_opml(first.feeds).encode()).feeds])
        reader = await Reader.open(second, folders[1] / "data", now=clock, is_visit=False)
        try:
            document = [line async for line in reader.exchange.export()]
        finally:
            await reader.close()
        (folders[2] / "all.json").write_text("\n".join(document))
        exported = read_export(folders[2] / "all.json")
        assert exported is not None
        third = toml_of(folders[2], [dict(feed) for feed in exported.listed.feeds])

    assert told(first) == told(second) == told(third)
    assert render_opml(second.feeds) == render_opml(third.feeds)


def test_ten_thousand_feeds_a_title_of_a_megabyte_and_everything_twice(tmp_path: Path) -> None:
    """Somebody has them, or sends them: bounded in size and time, and told."""
    feeds = [FeedConfig(f"https://a{n}.example/rss", title=f"Umpan {n}", folder=f"f{n % 50}") for n in range(10_000)]
    outlines = render_opml(feeds).partition("<body>")[2].partition("</body>")[0]
    long = f"<outline text='{'x' * 1_000_000}' xmlUrl='https://long.example/'/>"
    began = time.monotonic()

    found = parse_list(f"<opml><body>{outlines}{long}{outlines}</body></opml>".encode())
    config = toml_of(tmp_path, [dict(values) for values in found.feeds])

    assert (len(config.feeds), found.duplicates) == (10_001, 10_000)
    assert max(len(feed.title) for feed in config.feeds) == 1_000
    assert time.monotonic() - began < 60


BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    "head",
    [
        f'<!DOCTYPE opml [<!ENTITY l0 "ha">{BOMB}]>',
        f'<!DOCTYPE opml [<!ENTITY big "{"x" * 100_000}">]>',
        '<!DOCTYPE opml [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
        '<!DOCTYPE opml [<!ENTITY l11 SYSTEM "file:///etc/passwd">]>',
    ],
    ids=["laughs", "blow-up", "parameter", "external"],
)
def test_bombs_are_refused_before_they_go_off(tmp_path: Path, head: str) -> None:
    """In a sentence that names the file."""
    path = tmp_path / "list.opml"
    body = "<outline text='&l11;' xmlUrl='https://a.example/?&l11;'/>" + "&big;" * 1000
    path.write_text(f"<?xml version='1.0'?>{head}<opml><body>{body}</body></opml>")

    with pytest.raises(ConfigError, match="entities") as caught:
        read_list(path)

    assert caught.value.path == str(path)


def test_what_is_left_out_is_told_with_a_reason() -> None:
    """Nobody wonders later where a feed went."""
    found = parse_list(b"<opml><body><outline xmlUrl='exec:date'/><outline xmlUrl='https://a.example/'/></body></opml>")

    assert [re.sub(r"[()]", "", line) for line in found.left_out] == ["exec:date not a web source"]
