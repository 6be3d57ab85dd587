"""JSON Feed, which feedparser does not read."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from reader.model import Enclosure

from .helpers import entry, failure_kind, feed

ITEM = {
    "id": 7,
    "url": "/berita/7",
    "title": "Panen <raya>",
    "content_html": "<p>Petani <b>panen</b>.</p>",
    "summary": "Ringkas.",
    "image": "/a.jpg",
    "date_published": "2025-06-18T07:30:00+07:00",
    "authors": [{"name": "Sri"}, {"name": "Adi"}],
    "tags": ["beras", "beras", 3],
    "attachments": [
        {"url": "/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 12, "duration_in_seconds": 61.5, "title": "Suara"}
    ],
}


def body(*items: object, **head: object) -> bytes:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Uji", "items": items, **head}).encode()


def test_reads_all_that_an_item_has() -> None:
    """The same fields as any other feed's entries."""
    found = entry(body(ITEM))

    assert (found.key, found.url, found.title) == ("7", "https://kabar.example/berita/7", "Panen <raya>")
    assert (found.text, found.summary, found.author) == ("Petani panen.", "Ringkas.", "Sri, Adi")
    assert found.published == datetime(2025, 6, 18, 0, 30, tzinfo=UTC)
    assert (found.image_url, found.categories) == ("https://kabar.example/a.jpg", ("beras",))
    assert found.enclosures == (Enclosure("https://kabar.example/a.mp3", "audio/mpeg", 12, 61, "Suara"),)


def test_reads_the_feeds_own_facts() -> None:
    """Title, site, language and hub as in the other formats."""
    facts = feed(
        body(home_page_url="/", language="ID", icon="/i.png", hubs=[{"type": "WebSub", "url": "https://hub.example/"}])
    ).facts

    assert (facts.title, facts.site_url, facts.language) == ("Uji", "https://kabar.example/", "id")
    assert (facts.icon_url, facts.hub_url, facts.format) == (
        "https://kabar.example/i.png",
        "https://hub.example/",
        "json11",
    )


def test_version_1_has_one_author_and_plain_text() -> None:
    """Feeds of 2017 are still served."""
    found = entry(
        body(
            {"id": "a", "content_text": "Satu < dua\n\nTiga", "author": {"name": "Sri"}},
            version="https://jsonfeed.org/version/1",
        )
    )

    assert (found.author, found.text, found.words) == ("Sri", "Satu < dua\n\nTiga", 4)


def test_the_feeds_authors_stand_in() -> None:
    """Items without authors have the feed's (§ Top-level)."""
    assert entry(body({"id": "a"}, authors=[{"name": "Redaksi"}])).author == "Redaksi"


def test_only_new_items_are_parsed() -> None:
    """A refresh costs what changed, in this format too."""
    known = feed(body(ITEM)).item_hashes

    found = feed(body({"id": "b", "content_text": "x"}, ITEM), known=known)

    assert ([each.key for each in found.entries], found.skipped) == (["b"], 1)


def test_a_huge_feed_is_read_in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed at the deadline an archive of thousands would never come in."""
    whole = body(*({"id": str(number), "content_text": "x"} for number in range(5)))
    monkeypatch.setattr("reader.parse.jsonfeed.BUDGET_SECONDS", -1)
    first = feed(whole)
    monkeypatch.undo()

    second = feed(whole, known=first.item_hashes)

    assert (first.entries, first.item_hashes, first.is_partial) == ((), b"", True)
    assert (len(second.entries), second.is_partial) == (5, False)


def test_a_byte_order_mark_is_no_obstacle() -> None:
    """It is not allowed in JSON, and it is there."""
    assert entry(b"\xef\xbb\xbf" + body(ITEM)).key == "7"


@pytest.mark.parametrize(
    "document", [b'{"items": 3}', b'{"items": []}', b'{"error": "x", "items": [1]}', b"[]", b"{", b'{"a": NaN}']
)
def test_other_json_is_no_feed(document: bytes) -> None:
    """An API's error must not pass for a feed without news."""
    assert failure_kind(document) == "not_a_feed"
