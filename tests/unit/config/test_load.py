"""feeds.toml in every state a person can leave it in."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.config.check import check
from reader.config.keys import FEED, FILTER, SETTINGS
from reader.config.lines import scan
from reader.config.load import load
from reader.config.locate import starter_path
from reader.model import Config, ConfigProblem, FilterConfig

TWO_FEEDS = """\
[[feeds]]
url = "https://one.example/feed"

[[feeds]]
url = "https://two.example/feed"
title = "Two"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "feeds.toml"


def read(path: Path, source: str | bytes, *, may_run_commands: bool = False) -> Config:
    path.write_bytes(source if isinstance(source, bytes) else source.encode())
    return load(path, last_good=path.with_name("kept.toml"), may_run_commands=may_run_commands)


def only(config: Config) -> ConfigProblem:
    assert len(config.problems) == 1, config.problems
    return config.problems[0]


def test_a_line_with_an_address_is_enough(path: Path) -> None:
    """The promise of the README: two lines, and it is followed."""
    config = read(path, '[[feeds]]\nurl = "https://example.org/feed"\n')

    assert [feed.url for feed in config.feeds] == ["https://example.org/feed"]
    assert config.feeds[0].kind == "feed"
    assert config.problems == ()


def test_every_key_of_a_feed_arrives(path: Path) -> None:
    """A key that is checked but not passed on would be a setting that does nothing."""
    source = """
[[feeds]]
url = "https://example.org/list"
kind = "page"
title = " A \\t title "
folder = " Nasional / /Kepri/ "
tags = ["a", "b"]
title_strip = " - RRI.co.id"
content = "#news"
remove = [".ad", ".share"]
item = "div.item"
link = "a.title"
link_pattern = '/\\d+/'
item_title = "h2"
summary = "p"
date = "li.date"
author = "li.author"
image = "img"
refresh_minutes = 5
full_text = true
headers = { X-One = "1" }
user_agent = "Me/1"
auth = "user:pass"
auth_command = ["pass", "show", "x"]
proxy = "socks5://127.0.0.1:9050"
timeout_seconds = 12.5
max_articles = 10
keep_days = 3
enabled = false
encoding = "windows-1252"
"""
    config = read(path, source, may_run_commands=True)

    assert config.problems == ()
    feed = config.feeds[0]
    assert (feed.kind, feed.title, feed.folder, feed.tags) == ("page", "A title", "Nasional/Kepri", ("a", "b"))
    assert (feed.title_strip, feed.content, feed.remove) == ((" - RRI.co.id",), ("#news",), (".ad", ".share"))
    assert (feed.item, feed.link, feed.link_pattern, feed.item_title) == ("div.item", "a.title", r"/\d+/", "h2")
    assert (feed.summary, feed.date, feed.author, feed.image) == ("p", "li.date", "li.author", "img")
    assert (feed.refresh_minutes, feed.full_text, feed.headers) == (5, True, (("X-One", "1"),))
    assert (feed.user_agent, feed.auth, feed.auth_command) == ("Me/1", "user:pass", ("pass", "show", "x"))
    assert (feed.proxy, feed.timeout_seconds) == ("socks5://127.0.0.1:9050", 12.5)
    assert (feed.max_articles, feed.keep_days, feed.is_enabled, feed.encoding) == (10, 3, False, "windows-1252")
    assert feed.line == 2


def test_settings_filters_and_keys_arrive(path: Path) -> None:
    """The other tables of the file."""
    source = """
[settings]
language = "id"
timezone = "Asia/Jayapura"
refresh_minutes = 30
mark_read = "end"
keep_days = 90
merge = false
browser = ["firefox", "-P"]
[[filters]]
name = "Natuna"
query = "natuna OR ranai"
notify = true
[[filters]]
name = "Bola"
query = "bola"
action = "tag:Olah raga"
until = 2026-07-31
[keys]
"article.star" = "s,f"
article.open = ["enter", "o"]
"""
    config = read(path, source, may_run_commands=True)

    assert config.problems == ()
    chosen = config.settings
    assert (chosen.language, chosen.timezone, chosen.refresh_minutes) == ("id", "Asia/Jayapura", 30)
    assert (chosen.mark_read, chosen.keep_days, chosen.merge, chosen.browser) == ("end", 90, False, ("firefox", "-P"))
    assert config.filters == (
        FilterConfig("Natuna", "natuna OR ranai", notify=True, line=10),
        FilterConfig("Bola", "bola", action="tag", tag="Olah raga", until=date(2026, 7, 31), line=14),
    )
    assert config.keys == {"article.star": "s,f", "article.open": "enter,o"}


@pytest.mark.parametrize(
    ("entry", "key", "suggestion"),
    [
        ('titel = "x"', "titel", "title"),
        ('type = "page"', "type", "kind"),
        ('url_pattern = "x"', "url_pattern", "link_pattern"),
        ('kind = "sitmap"', "kind", "sitemap"),
        ('zzzzzz = "x"', "zzzzzz", ""),
        ('refresh_minutes = "60"', "refresh_minutes", ""),
        ("refresh_minutes = 0", "refresh_minutes", ""),
        ("refresh_minutes = true", "refresh_minutes", ""),
        ("timeout_seconds = 0.2", "timeout_seconds", ""),
        ("timeout_seconds = nan", "timeout_seconds", ""),
        ('enabled = "false"', "enabled", "false"),
        ("tags = [1]", "tags", ""),
        ('headers = {"X Y" = "1"}', "headers", ""),
        ('headers = {X = "a\\r\\nHost: b"}', "headers", ""),
        ('proxy = "ftp://x"', "proxy", ""),
        ('encoding = "utf-88"', "encoding", "utf-8"),
        ('encoding = "a\\u0000b"', "encoding", ""),
        ("link_pattern = '('", "link_pattern", ""),
        ('auth = "token"', "auth", ""),
        ("max_articles = -1", "max_articles", ""),
    ],
)
def test_a_bad_key_is_named_and_the_feed_goes_on(path: Path, entry: str, key: str, suggestion: str) -> None:
    """One typing mistake must not cost a feed, and the message must lead to it."""
    config = read(path, f'{TWO_FEEDS}\n{entry}\n[[feeds]]\nurl = "https://three.example/"\n')

    problem = only(config)
    assert (problem.line, problem.column, problem.key, problem.suggestion) == (8, 1, key, suggestion)
    assert str(problem).startswith(f"{path}:8:1: ")
    assert len(config.feeds) == 3


@pytest.mark.parametrize(
    ("url", "suggestion"),
    [
        ('"www.rri.co.id/rss"', "https://www.rri.co.id/rss"),
        ('"feed://example.org/rss"', "https://example.org/rss"),
        ('"file:///etc/passwd"', ""),
        ('"exec:rm -rf ~"', ""),
        ('"javascript:alert(1)"', ""),
        ('"https://a b/"', ""),
        ('""', ""),
        ("1", ""),
        ('["https://example.org"]', ""),
    ],
)
def test_only_web_addresses_are_followed(path: Path, url: str, suggestion: str) -> None:
    """Other schemes read files or run programs in some readers; here they are said to be none."""
    config = read(path, f"[[feeds]]\nurl = {url}\n{TWO_FEEDS}")

    problem = only(config)
    assert (problem.line, problem.key, problem.suggestion) == (2, "url", suggestion)
    assert len(config.feeds) == 2


@pytest.mark.parametrize(
    ("source", "line", "key", "suggestion"),
    [
        ("[[feed]]\nurl = 'https://x.example'", 1, "feed", "feeds"),
        ("[setings]\nlanguage = 'id'", 1, "setings", "settings"),
        ("[settings]\nlanguage = 'fr'", 2, "language", ""),
        ("[settings]\ntimezone = 'Asia/Jakata'", 2, "timezone", "Asia/Jakarta"),
        ("[settings]\nbrowser = 'firefox -P'", 2, "browser", '["firefox", "-P"]'),
        ("settings = 1", 1, "settings", ""),
        ("feeds = 1", 1, "feeds", ""),
        ("feeds = ['https://x.example']", 1, "feeds", ""),
        ("[feeds]\nurl = 'https://x.example'", 1, "feeds", ""),
        ("[[feeds]]\ntitle = 'x'", 1, "url", ""),
        ("[[feeds]]\nkind = 'page'\nurl = 'https://x.example'", 1, "item", ""),
        ("[[filters]]\nname = 'x'", 1, "query", ""),
        ("[[filters]]\nname = 'x'\nquery = 'x'\naction = 'mut'", 4, "action", "mute"),
        ("[[filters]]\nname = 'x'\nquery = 'x'\naction = 'tag'", 4, "action", "tag:NAME"),
        ("[[filters]]\nname = 'x'\nquery = 'x'\naction = 'mute:x'", 4, "action", "mute"),
        ("[[filters]]\nname = 'x'\nquery = 'x'\nuntil = 'soon'", 4, "until", ""),
        ("[[filters]]\nname = 'x'\nquery = 'x'\n[[filters]]\nname = 'X'\nquery = 'y'", 5, "name", ""),
        ("keys = 'x'", 1, "keys", ""),
        ("[keys]\n'article.star' = 1", 2, "article.star", ""),
    ],
)
def test_mistakes_have_their_line(path: Path, source: str, line: int, key: str, suggestion: str) -> None:
    """A person is sent to the place, not to the manual."""
    problem = only(read(path, source, may_run_commands=True))

    assert (problem.line, problem.key, problem.suggestion) == (line, key, suggestion)


def test_a_second_entry_of_the_same_address_is_passed_over(path: Path) -> None:
    """Twice the same feed would be fetched twice and counted twice."""
    config = read(
        path,
        """[[feeds]]
url = "https://www.example.org/feed/"
[[feeds]]
url = "http://example.org/feed?utm_source=x"
[[feeds]]
url = "https://rri.co.id/search?q=natuna"
[[feeds]]
url = "https://rri.co.id/search?q=ranai"
""",
    )

    problem = only(config)
    assert len(config.feeds) == 3
    assert (problem.line, problem.key) == (4, "url")
    assert "line 1" in problem.message


@pytest.mark.parametrize("key", ["auth_command", "pipe", "player", "browser"])
def test_commands_of_a_found_file_are_refused(path: Path, key: str) -> None:
    """Running `warta` inside somebody's clone must execute nothing."""
    marker = path.with_name("ran")
    table = "[[feeds]]\nurl = 'https://x.example'" if key == "auth_command" else "[settings]"
    config = read(path, f"{table}\n{key} = ['touch', '{marker}']\n")

    problem = only(config)
    assert (problem.key, problem.line) == (key, 3 if key == "auth_command" else 2)
    assert "--feeds" in problem.message
    assert not any((config.settings.browser, config.settings.player, config.settings.pipe))
    assert all(feed.auth_command == () for feed in config.feeds)
    assert not marker.exists()


def test_secrets_stay_out_of_messages(path: Path) -> None:
    """Messages are printed, logged and pasted into bug reports."""
    config = read(
        path,
        """[[feeds]]
url = "https://user:hunter2@example.org/feed?token=hunter2"
auth = "hunter2"
proxy = "hunter2"
headers = { Authorization = ["hunter2"] }
[[feeds]]
url = "https://user:hunter2@example.org/feed?token=hunter2"
[[feeds]]
url = "ftp://user:hunter2@example.org/"
""",
    )

    assert len(config.problems) == 5
    assert "hunter2" not in repr(config.problems)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_nobody_else_may_read_the_kept_copy(path: Path) -> None:
    """It holds the passwords of a feeds.toml that its owner has closed to others, also where an older one was open."""
    kept = path.with_name("kept.toml")

    read(path, TWO_FEEDS)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600

    kept.chmod(0o644)
    read(path, TWO_FEEDS)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600

    kept.chmod(0o644)
    read(path, TWO_FEEDS + "enabled = false\n")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_broken_file_leaves_the_last_good_copy_in_force(path: Path) -> None:
    """Saving half a line must not empty the reader's screen."""
    read(path, TWO_FEEDS)

    config = read(path, TWO_FEEDS + "title = \n")

    assert config.origin == "last_good"
    assert len(config.feeds) == 2
    assert (config.problems[0].line, config.problems[0].column) == (7, 9)
    assert "TOML" in config.problems[0].message


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (b"[[feeds]]\nurl = 'a", 2, 9),
        (TWO_FEEDS.encode("utf-16"), 1, 1),
        (b'# ok\ntitle = "Kep\xf6"', 2, 13),
        (b"\x00\x01\x02", 1, 1),
        (b"a = " + b"[" * 20_000, 0, 0),
        (b"a = " + b"9" * 5_000, 0, 0),
        (b"a = 0000-01-01", 1, 5),
        (b"a = 1\na = 2", 2, 6),
        (b"#" * (10 << 20), 0, 0),
        (b"<html>", 1, 1),
    ],
)
def test_what_is_no_toml_is_a_problem_with_its_place(path: Path, content: bytes, line: int, column: int) -> None:
    """Whatever is under the name, the program opens and says what is wrong."""
    config = read(path, content)

    assert config.origin == "missing"
    assert config.feeds == ()
    assert (only(config).line, only(config).column) == (line, column)


def test_a_byte_order_mark_and_windows_line_ends_are_harmless(path: Path) -> None:
    """Notepad writes both."""
    config = read(path, b"\xef\xbb\xbf" + TWO_FEEDS.replace("\n", "\r\n").encode())

    assert config.problems == ()
    assert [feed.line for feed in config.feeds] == [1, 4]


def test_a_missing_file_is_no_crash(path: Path) -> None:
    """A first run, or a wrong argument."""
    config = load(path)

    assert config.origin == "missing"
    assert only(config).path == str(path)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """`--feeds ~/news` is an easy mistake."""
    assert "folder" in only(load(tmp_path)).message


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_told(path: Path) -> None:
    """Somebody ran an editor with sudo."""
    path.write_text(TWO_FEEDS)
    path.chmod(0)

    assert "permission" in only(load(path)).message


def test_a_path_that_is_none_is_told() -> None:
    """Arguments can hold anything."""
    assert len(load(Path("a\0b")).problems) == 1
    assert len(load(Path("x" * 5_000)).problems) == 1


def test_the_starter_is_faultless() -> None:
    """The first thing a person sees of Warta is this file."""
    config = load(starter_path())

    assert config.problems == ()
    assert len(config.feeds) == 20
    assert [feed.title for feed in config.feeds[:3]] == ["Antara", "Antara Kepri", "RRI"]
    assert config.feeds[2].content[0] == "#news-content"
    assert {feed.folder for feed in config.feeds} == {
        "Nasional", "Kepulauan Riau", "Ekonomi", "Pemerintah", "Dunia", "Teknologi",
    }  # fmt: skip


def test_the_starters_commented_examples_are_faultless(path: Path) -> None:
    """Somebody takes the # signs away and expects it to work."""
    lines = starter_path().read_text("utf-8").splitlines()
    bare = [line.removeprefix("# ") for line in lines if not line.startswith(("#  ", "# ---")) and line != "#"]
    starts = ("[", '"')
    source = "\n".join(line for line in bare if line.startswith(starts) or line.partition(" = ")[0].isidentifier())

    config = read(path, source, may_run_commands=True)

    assert config.problems == ()
    assert {feed.title for feed in config.feeds} >= {"RRI: Natuna", "Suara", "Kompas"}
    assert len(config.filters) == 2


_scalars = st.booleans() | st.integers(-5, 5) | st.text(max_size=8) | st.dates() | st.floats()
_values = _scalars | st.lists(_scalars, max_size=2) | st.dictionaries(st.text(max_size=5), _scalars, max_size=2)


def _tables(keys: Iterable[str]) -> st.SearchStrategy[dict[str, object]]:
    return st.dictionaries(st.sampled_from(sorted(keys)), _values, max_size=4)


@settings(max_examples=60, deadline=None)
@given(_tables(FEED), _tables(FILTER), _tables(SETTINGS), st.dictionaries(st.text(max_size=5), _values, max_size=2))
def test_no_value_of_any_key_raises(
    feed: dict[str, object], rule: dict[str, object], chosen: dict[str, object], other: dict[str, object]
) -> None:
    """The file is written by hand: any key may hold anything."""
    url = {"url": "https://example.org/"}
    document = other | {"feeds": [url | feed, other], "filters": [rule], "settings": chosen, "keys": other}

    config = check(document, scan(""), Path("feeds.toml"), may_run_commands=True)

    assert len(config.feeds) <= 1
