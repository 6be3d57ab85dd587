"""Listing pages: articles of sites that have no feed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reader.model import ParseFailed

from .helpers import failure_kind, feed, outcome

STATION = "https://rri.example/search?q=natuna"
PAGE = b"""<!doctype html><html lang="id"><head><title>Cari: natuna</title><base href="/arsip/"></head><body>
<nav><a href="/nasional">Nasional</a> <a href="/ranai/1/menu">Menu</a></nav>
<div class="news-list-item"><a href="/ranai/daerah/700038/nelayan"><img src="data:image/gif,x" data-src="/i/1.jpg"></a>
  <h4><a class="title" href="/ranai/daerah/700038/nelayan#top">Nelayan <b>Ranai</b>&nbsp;melaut lagi</a></h4>
  <p>Cuaca membaik di perairan Natuna.</p><li class="date">02 Sep 2026 14:22 WIB</li>
  <li class="author">Oleh - Afrizal,</li></div>
<div class="news-list-item"><h4><a class="title" href="daerah/700039/harga">Harga ikan naik</a></h4>
  <img srcset="/i/2-s.jpg 300w, /i/2-l.jpg 900w"><li class="date">2 jam yang lalu</li></div>
<div class="news-list-item"><span>Iklan</span></div>
</body></html>"""
SELECTORS = {
    "kind": "page", "item": "div.news-list-item", "link": "a.title", "date": "li.date", "author": "li.author",
    "summary": "p",
}  # fmt: skip


def test_selectors_tell_all_of_an_article() -> None:
    """A station's page gives as much as its feed would: title, time in its zone, author, summary, lazy picture."""
    found = feed(PAGE, url=STATION, **SELECTORS)

    first, second = found.entries
    assert first.title == "Nelayan Ranai melaut lagi"
    assert first.url == "https://rri.example/ranai/daerah/700038/nelayan"
    assert first.published == datetime(2026, 9, 2, 7, 22, tzinfo=UTC)
    assert first.author == "Afrizal"
    assert first.summary == "Cuaca membaik di perairan Natuna."
    assert first.image_url == "https://rri.example/i/1.jpg"
    assert second.url == "https://rri.example/arsip/daerah/700039/harga"
    assert second.image_url == "https://rri.example/i/2-l.jpg"
    assert (found.facts.title, found.facts.language) == ("Cari: natuna", "id")


def test_a_date_relative_to_now_is_none() -> None:
    """It would be another one at each refresh, and the article would seem to have changed."""
    _, second = feed(PAGE, url=STATION, **SELECTORS).entries

    assert (second.published, second.raw_date) == (None, "")


def test_a_pattern_alone_finds_the_same_articles() -> None:
    """Classes change with each redesign, addresses hardly ever. The card around a link still dates it."""
    found = feed(PAGE, url=STATION, kind="page", link_pattern=r"^https?://rri\.example/.+/\d{5,}/", date="li.date")

    assert [entry.title for entry in found.entries] == ["Nelayan Ranai melaut lagi", "Harga ikan naik"]
    assert found.entries[0].published == datetime(2026, 9, 2, 7, 22, tzinfo=UTC)
    assert found.entries[0].image_url == "https://rri.example/i/1.jpg"


def test_item_and_pattern_together_choose_the_link() -> None:
    """Of several links in an item, the one that looks like an article."""
    body = b"<html><li><a href=/tag/laut>Laut</a> <a href=/berita/12345>Kabar</a></li></html>"

    (entry,) = feed(body, kind="page", item="li", link_pattern="/berita/").entries

    assert entry.title == "Kabar"


def test_the_item_may_be_the_link() -> None:
    """Cards that are one big link have their title in a part of it."""
    body = b"<html><a class=card href=/b/1><h3>Judul</h3><p>Ringkasan.</p></a></html>"

    (entry,) = feed(body, kind="page", item="a.card", item_title="h3", summary="p").entries

    assert (entry.title, entry.summary) == ("Judul", "Ringkasan.")


def test_what_is_known_is_not_read_again() -> None:
    """A refresh costs what changed, also here."""
    first = feed(PAGE, url=STATION, **SELECTORS)

    again = feed(PAGE, url=STATION, known=first.item_hashes, **SELECTORS)

    assert (again.entries, again.skipped) == ((), 2)


@pytest.mark.parametrize(
    ("settings", "detail"),
    [
        ({"item": "div.gone"}, 'no match for "div.gone" (item)'),
        ({"item": "div.news-list-item", "link": "a.gone"}, 'no match for "a.gone" (link) inside "div.news-list-item"'),
        ({"link_pattern": "/tidak-ada/"}, 'no match for "/tidak-ada/" (link_pattern)'),
        ({"item": "div:::"}, '"div:::" (item) is not a CSS selector'),
        ({}, "neither item nor link_pattern is set"),
    ],
)
def test_what_finds_nothing_is_told_by_name(settings: dict[str, str], detail: str) -> None:
    """A site that changed must not look like a site without news."""
    found = outcome(PAGE, url=STATION, kind="page", **settings)

    assert isinstance(found, ParseFailed)
    assert found.failure.kind == "nothing_found"
    assert found.failure.detail.startswith(detail)


def test_a_login_page_is_told_as_such() -> None:
    """The selectors are right; it is the door that is shut."""
    body = b"<html><title>Masuk</title><form><input type=password></form></html>"

    assert failure_kind(body, kind="page", item="div.card") == "unauthorized"


def test_links_without_words_take_the_names_of_their_pictures() -> None:
    """Some cards hold nothing but a picture."""
    body = b"<html><a href=/b/1><img src=/1.jpg alt='Pelabuhan baru'></a></html>"

    (entry,) = feed(body, kind="page", link_pattern="/b/").entries

    assert entry.title == "Pelabuhan baru"


def test_ten_thousand_links_are_bounded() -> None:
    """A page may be an archive."""
    body = b"<html>" + b"".join(b"<div><a href=/b/%d>Judul %d</a></div>" % (n, n) for n in range(10_000))

    assert len(feed(body, kind="page", link_pattern="/b/").entries) == 300
