"""newsboat's list of feeds, and its filter expressions."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.config.newsboat import NewsboatUrls, parse_urls, usual_urls
from reader.config.newsboat_query import NoTranslationError, translated
from reader.query import Names, parse

URLS = rb"""# mine
https://a.example/rss "~Kabar \"A\"" berita "dua kata" # the first
https://a.example/rss lagi
https://b.example/rss?x=1#y a/b
https://c.example/rss "!Rahasia"
"query:Belum dibaca:unread = \"yes\"" tag
"query:Alamat:rssurl =~ \"x\""
"exec:curl https://user:hunter2@x.example"
"filter:/bin/cat:https://x.example/"
file:///etc/passwd
|date
tanpa-skema
"""


def test_lines_become_feeds_folders_tags_and_filters() -> None:
    """What a person has sorted for years stays sorted."""
    found = parse_urls(URLS)

    assert found.feeds == (
        {"url": "https://a.example/rss", "title": 'Kabar "A"', "folder": "berita", "tags": ["berita", "dua kata"]},
        {"url": "https://b.example/rss?x=1#y", "folder": "a-b", "tags": ["a/b"]},
        {"url": "https://c.example/rss", "title": "Rahasia", "folder": "Hidden in newsboat"},
    )
    assert found.filters == ({"name": "Belum dibaca", "query": "is:unread"},)
    assert (found.duplicates, found.hidden) == (1, 1)


def test_what_would_run_or_read_something_is_left_out_with_its_line() -> None:
    """A list may come from anybody; and what is missing later must have been told."""
    found = parse_urls(URLS)

    assert [one.line for one in found.left_out] == [7, 8, 9, 10, 11, 12]
    assert [one.text.partition(":")[0] for one in found.left_out] == [
        "query",
        "exec",
        "filter",
        "file",
        "|date",
        "tanpa-skema",
    ]
    assert all(one.reason for one in found.left_out)
    assert "hunter2" not in str(found)


@pytest.mark.parametrize(
    ("expression", "query"),
    [
        ('unread = "yes"', "is:unread"),
        ('unread != "yes"', "-is:unread"),
        ('title =~ "Linux/BSD" or author !~ "x"', r"(title:/Linux\/BSD/i OR -author:/x/i)"),
        ('title = "a/b (c)"', r"title:/^a\/b\ \(c\)$/"),
        ('title =~ "a" and title =~ "b" or title =~ "c"', "((title:/a/i title:/b/i) OR title:/c/i)"),
        ('title =~ "c" or title =~ "b" and title =~ "a"', "((title:/c/i OR title:/b/i) title:/a/i)"),
        ('(tags # "tag1" or tags !# "dua kata") and unread = "no"', '((#"tag1" OR -#"dua kata") is:read)'),
        ("age between 0:10", "newer:11d"),
        ("age between 2:10", "(newer:11d older:2d)"),
        ("age < 7", "newer:7d"),
        ("age > 7", "older:8d"),
        (r'link =~ "example\.com/foo"', 'url:"example.com/foo"'),
        ('flags # "s"', "#flag-s"),
        ('feedtitle =~ "RRI"', 'feed:"RRI"'),
        ('enclosure_type =~ "audio/"', "has:audio"),
    ],
)
def test_expressions_are_translated(expression: str, query: str) -> None:
    """`and` and `or` group from the left, as newsboat 2.21 was seen to do."""
    told = translated(expression)

    assert told in {query, query.removeprefix("(").removesuffix(")")}
    assert not parse(told, complete=True, now=datetime.now(UTC), zone=UTC, names=Names()).problem


@pytest.mark.parametrize(
    "expression",
    [
        "", "unread =", 'title =~ "("', "(" * 200, '(unread = "yes"', 'rssurl =~ "x"', 'unread = "perhaps"', "a b c",
        'title ~ "x"', 'unread_count > 5', 'unread = "yes" and', "x" * 100_000,
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_told(expression: str) -> None:
    """Better a saved query missing, with a reason, than one that finds something else."""
    with pytest.raises(NoTranslationError, match=r"\w"):
        translated(expression)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_any_file_is_read(content: bytes) -> None:
    """Whatever stands in it, each line ends up somewhere, and only the web's addresses are taken."""
    found = parse_urls(content)

    assert isinstance(found, NewsboatUrls)
    assert all(str(feed["url"]).lower().startswith("http") for feed in found.feeds)


def test_huge_lines_and_lists_are_bounded() -> None:
    """A megabyte of title is clipped, ten thousand feeds are taken."""
    long = b'https://long.example/ "~' + b"x" * 1_000_000 + b'"\n'
    many = b"".join(b"https://a%d.example/rss\n" % n for n in range(10_000))

    found = parse_urls(long + many)

    assert len(found.feeds) == 10_001
    assert len(str(found.feeds[0]["title"])) == 200


def test_the_usual_places_are_known(tmp_path: Path) -> None:
    """So the first start can offer what is there."""
    assert usual_urls(tmp_path) is None

    (tmp_path / ".newsboat").mkdir()
    (tmp_path / ".newsboat" / "urls").write_text("https://a.example/\n")

    assert usual_urls(tmp_path) == tmp_path / ".newsboat" / "urls"
