"""Feeds made to break readers: an error on that feed at most, and the items around the bad one are kept."""

from __future__ import annotations

import pickle
import re
import sys
import time
from dataclasses import asdict
from xml.parsers import expat

import pytest

from reader.model import ParseFailed, unpack
from reader.parse.split import is_expat_safe
from tests.hostile import HOSTILE, NOT_FEEDS, item, rss

from .helpers import failure_kind, feed, job, outcome

AROUND = [name for name in HOSTILE if b"berita/3<" in HOSTILE[name]() and b"berita/2<" in HOSTILE[name]()]
HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\U000e0000-\U000e007f\ud800-\udfff]"
)

_opened: list[str] = []
_is_watching = False


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _is_watching and event in {"open", "socket.connect", "socket.getaddrinfo", "urllib.Request", "subprocess.Popen"}:
        _opened.append(f"{event} {arguments[0]!r}")


sys.addaudithook(_watch)


@pytest.mark.parametrize("name", HOSTILE)
def test_something_comes_out_in_time(name: str) -> None:
    """Half of the world's feeds are not quite valid; each of these has at least one entry to give."""
    body = HOSTILE[name]()
    began = time.process_time()

    found = feed(body)

    assert time.process_time() - began < 4
    assert found.entries
    assert len({entry.key for entry in found.entries}) == len(found.entries)


@pytest.mark.parametrize("name", HOSTILE)
def test_what_comes_out_is_clean_and_plain(name: str) -> None:
    """Nothing a terminal obeys is stored, and everything crosses a process border."""
    found = feed(HOSTILE[name]())

    assert pickle.loads(pickle.dumps(found)) == found
    for entry in found.entries:
        document = unpack(entry.document)
        texts = [str(value) for value in asdict(entry).values() if isinstance(value, str | tuple)]
        assert not HARMFUL.search("".join(texts).replace("\n", "").replace("\t", "") + repr(document.links))
        assert entry.url == "" or entry.url.startswith(("http://", "https://"))
        assert all(each.url.startswith(("http://", "https://")) for each in entry.enclosures)


@pytest.mark.parametrize("name", AROUND)
def test_the_items_around_a_bad_one_are_kept(name: str) -> None:
    """One bad article must not cost the others."""
    urls = [entry.url for entry in feed(HOSTILE[name]()).entries]

    assert {"https://kabar.example/berita/1", "https://kabar.example/berita/3"} <= set(urls) or "cut" in name


@pytest.mark.parametrize("name", NOT_FEEDS)
def test_what_is_no_feed_is_told_as_such(name: str) -> None:
    """`No news` and `no feed` are different things to a reader."""
    assert isinstance(outcome(NOT_FEEDS[name]()), ParseFailed)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("nothing", "empty_body"), ("white space", "empty_body"), ("a page", "html_page"),
        ("a login page", "html_page"),
        ("a JSON error", "not_a_feed"), ("a picture", "not_a_feed"), ("a feed cut in its first item", "truncated"),
    ],
)  # fmt: skip
def test_tells_what_came_instead(name: str, kind: str) -> None:
    """The sentence on the screen depends on it."""
    assert failure_kind(NOT_FEEDS[name]()) == kind


def test_shows_the_title_of_the_page_that_came_instead() -> None:
    """`Masuk` tells at once that the feed wants a login."""
    found = outcome(NOT_FEEDS["a login page"]())

    assert isinstance(found, ParseFailed)
    assert (found.failure.detail, found.failure.snippet) == ("login", "Masuk")


@pytest.mark.parametrize(
    "body",
    [b"/etc/hostname", b"/dev/zero", b"http://127.0.0.1:9/feed.xml", b"file:///etc/hostname"]
    + [HOSTILE[name]() for name in ("external entity", "parameter entity", "external DTD")],
)
def test_a_body_is_never_opened_as_a_file_or_address(body: bytes) -> None:
    """feedparser opens what it is given as bytes; a body of `/dev/zero` would never end."""
    global _is_watching
    feed(rss(item(1)))  # loads all there is to load
    _opened.clear()
    _is_watching = True
    try:
        outcome(body)
    finally:
        _is_watching = False

    assert _opened == []


def test_external_entities_leave_nothing() -> None:
    """Not the file, and no promise of it either."""
    (entry,) = feed(HOSTILE["external entity"]()).entries

    assert entry.text == ""


def test_a_feed_cut_amid_an_item_keeps_the_whole_ones() -> None:
    """Half an article is worse than one that comes an hour later; validators must not advance."""
    found = feed(rss(item(1), item(2), item(3))[:-70])

    assert [entry.key for entry in found.entries] == ["g1", "g2"]
    assert found.is_partial


def test_a_feed_without_items_is_a_feed() -> None:
    """Tempo serves valid feeds with no items; that is no error."""
    found = feed(rss())

    assert found.entries == ()
    assert not found.is_partial


def test_expat_is_not_the_one_that_explodes() -> None:
    """Before 2.4.1 expat let a kilobyte of entities grow to gigabytes."""
    assert is_expat_safe()
    assert expat.version_info >= (2, 4, 1)


def test_a_huge_feed_is_read_in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed at the deadline an archive of thousands would never come in; in portions it does."""
    monkeypatch.setattr("reader.parse.feed.BUDGET_SECONDS", 0.0001)
    body = rss(*(item(number) for number in range(150)))

    first = feed(body)
    second = feed(body, known=first.item_hashes)

    assert (len(first.entries), first.is_partial) == (100, True)
    assert (len(second.entries), second.is_partial, second.skipped) == (50, False, 100)


def test_a_job_of_an_unknown_kind_fails() -> None:
    """A newer feeds.toml must not break an older worker."""
    assert str(job(rss(), kind="gopher").config.kind) == "gopher"
    assert failure_kind(rss(), kind="gopher") == "parse_error"
