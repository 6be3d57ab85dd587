"""What a page says of feeds, looked at in this process: the worker's runs are seen by no measure of coverage."""

from __future__ import annotations

from reader.model.exchanging import ForeignItem, ForeignJob
from reader.parse.discovery import look
from reader.parse.foreign import parse_foreign
from tests.unit.parse.helpers import job

PAGE = """<html><head><title> Kabar\x1b Laut </title><base href="/id/">
<link rel="alternate" type="application/rss+xml" title="Comments" href="comments.xml">
<link rel="alternate" type="application/atom+xml; charset=utf-8" href="atom.xml">
<link rel="feed" type="application/feed+json" href="https://other.example/feed.json">
<link rel="alternate" type="application/rss+xml" href="javascript:x">
<link rel="alternate" type="text/html" href="/en/"><link rel="stylesheet" type="application/rss+xml" href="s.css">
</head><body><a href="rss">RSS kami</a><a href="berita/umpan.rss">x</a><a href="https://feed.example/berita">Berita</a>
<a href="tentang">Tentang kami</a><a href="mailto:rss@a.example">rss</a></body></html>"""


def test_the_feeds_a_page_names_come_before_those_of_comments() -> None:
    """By the base it names; only addresses of the web."""
    found = look(job(PAGE.encode(), "text/html"))

    assert found.title == "Kabar Laut"
    assert [url.rpartition("/")[2] for url in found.feeds] == ["atom.xml", "feed.json", "comments.xml"]
    assert found.feeds[0].endswith("/id/atom.xml")


def test_links_that_speak_of_feeds_are_looked_at_too() -> None:
    """By their words or their path, not by the name of their host."""
    found = look(job(PAGE.encode(), "text/html"))

    assert [url.partition("/id/")[2] for url in found.links] == ["rss", "berita/umpan.rss"]


def test_any_bytes_are_a_page_without_feeds() -> None:
    """Never more than that."""
    for body in (b"", b"\0\xff" * 50, b"<base href='http://[::1'>" + b"<a href=x>rss" * 20_000):
        found = look(job(body, "text/html"))
        assert found.feeds == ()
        assert len(found.links) <= 10


def test_what_another_reader_stored_is_cleaned_and_has_the_keys_of_its_feed() -> None:
    """Two items with one guid are told apart, as a feed's would be."""
    items = (
        ForeignItem("", "g", "https://a.example/1", "A &amp; <b>B</b>\x1b - Situs", content="<p>Isi</p>"),
        ForeignItem("", "g", "https://a.example/2", "C", enclosure_url="/a.mp3", enclosure_type="audio/mpeg"),
        ForeignItem(""),
    )

    entries = parse_foreign(ForeignJob(items, "https://a.example/rss", (" - Situs",))).entries

    assert [entry.title for entry in entries] == ["A & B", "C", ""]
    assert len({entry.key for entry in entries}) == len(items)
    assert entries[0].text == "Isi"
    assert entries[1].enclosures[0].url == "https://a.example/a.mp3"
