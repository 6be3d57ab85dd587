"""Sitemaps: headlines of sites that have no feed."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from reader.model import ParseFailed

from .helpers import failure_kind, feed, outcome

NEWS = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc>https://kabar.example/2026/11/kapal</loc>
<news:news><news:publication><news:name>Kabar</news:name><news:language>id</news:language></news:publication>
<news:publication_date>2026-11-21T17:00:00+07:00</news:publication_date><news:title>Kapal &amp; ikan</news:title>
<news:keywords>laut, ikan</news:keywords></news:news><lastmod>2026-11-22</lastmod>
<image:image><image:loc>https://kabar.example/k.jpg</image:loc><image:title>Bukan judul</image:title></image:image>
</url></urlset>"""


def urls(count: int, *, date: str = "<lastmod>2026-01-{day:02}T00:00:00Z</lastmod>") -> bytes:
    body = "".join(
        f"<url><loc>https://kabar.example/berita-ke-{n}-hari-ini</loc>{date.format(day=n % 28 + 1)}</url>"
        for n in range(count)
    )
    return f"<urlset>{body}</urlset>".encode()


def test_a_news_sitemap_tells_title_date_and_picture() -> None:
    """Its dates carry a zone; a picture's title is not the article's."""
    found = feed(NEWS, kind="sitemap")

    (entry,) = found.entries
    assert entry.title == "Kapal & ikan"
    assert entry.published == datetime(2026, 11, 21, 10, tzinfo=UTC)
    assert entry.image_url == "https://kabar.example/k.jpg"
    assert entry.categories == ("laut", "ikan")
    assert (found.facts.title, found.facts.language) == ("Kabar", "id")


def test_a_plain_sitemap_takes_titles_from_addresses() -> None:
    """Nothing else there says what an article is about; numbers of the site go, years stay."""
    body = b"<urlset><url><loc>/d-1234567/timnas-menang-2-0-di-2026-7654321.html</loc></url></urlset>"

    (entry,) = feed(body, kind="sitemap", url="https://kabar.example/sitemap.xml").entries

    assert entry.title == "Timnas menang 2 0 di 2026"
    assert entry.url == "https://kabar.example/d-1234567/timnas-menang-2-0-di-2026-7654321.html"


def test_fifty_thousand_addresses_come_to_the_newest_thousand() -> None:
    """The protocol allows so many; nobody reads them."""
    found = feed(urls(50_000), kind="sitemap")

    assert len(found.entries) == 1_000
    assert {entry.published for entry in found.entries} == {datetime(2026, 1, 28, tzinfo=UTC)}


def test_a_pattern_chooses_a_part_of_the_site() -> None:
    """One big sitemap serves all desks of a paper."""
    found = feed(urls(30), kind="sitemap", link_pattern=r"-ke-1\d-")

    assert len(found.entries) == 10
    assert failure_kind(urls(3), kind="sitemap", link_pattern="/olahraga/") == "nothing_found"


def test_a_gz_file_is_read() -> None:
    """Its Content-Type says so, no Content-Encoding does."""
    assert feed(gzip.compress(NEWS), "application/x-gzip", kind="sitemap").entries == feed(NEWS, kind="sitemap").entries


def test_a_bomb_in_gz_is_bounded() -> None:
    """50 MB is what a sitemap may have."""
    bomb = gzip.compress(b"<urlset><url><loc>https://kabar.example/a-b</loc></url>" + b" " * 60_000_000)

    assert feed(bomb, kind="sitemap").is_partial


def test_an_index_names_the_most_promising_sitemaps() -> None:
    """News first, then what changed last, and never more than three."""
    parts = [("tags", "2026-11-20"), ("post-1", "2020-01-01"), ("news", "2026-01-01"), ("post-9", "2026-11-22")]
    body = "".join(f"<sitemap><loc>/{name}.xml</loc><lastmod>{day}</lastmod></sitemap>" for name, day in parts)

    found = feed(f"<sitemapindex>{body}</sitemapindex>".encode(), kind="sitemap", url="https://kabar.example/x/i.xml")

    assert found.follow == tuple(f"https://kabar.example/{name}.xml" for name in ("news", "post-9", "tags"))
    assert found.entries == ()


@pytest.mark.parametrize("body", [b"<sitemapindex></sitemapindex>", b"<urlset><url><loc>https://a.example/x"])
def test_an_empty_index_or_a_broken_document_is_a_failure(body: bytes) -> None:
    """Neither is a site without news."""
    assert isinstance(outcome(body, kind="sitemap"), ParseFailed)


def test_an_empty_news_sitemap_is_a_sitemap() -> None:
    """News sitemaps hold two days: a small station's is often empty."""
    assert feed(b"<urlset></urlset>", kind="sitemap").entries == ()


def test_entities_do_not_grow() -> None:
    """A sitemap is XML from a stranger."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = f'<!DOCTYPE urlset [<!ENTITY l0 "ha">{laughs}]><urlset><url><loc>https://a.example/a-b?&l9;</loc></url></urlset>'

    assert len(feed(body.encode(), kind="sitemap").entries) == 1
