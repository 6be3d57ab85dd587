"""Sites without a feed, from a server to the list."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.core import Reader
from reader.core.refresh import HELD_BYTES
from reader.model import Config, FeedConfig, FeedRefreshed
from tests.loopback import Answer, Loopback

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
PAGE = b"""<!doctype html><title>Radio Perbatasan</title><div class=card>
<a href=/berita/100001>Kapal perintis sandar</a>
<time>21 November 2026 17.05 WIB</time></div><div class=card><a href=/berita/100002>Harga ikan naik</a></div>"""


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as running:
        running.answer("*", Answer(status=404))
        yield running


async def refreshed(server: Loopback, folder: Path, *feeds: FeedConfig, times: int = 1) -> list[list[FeedRefreshed]]:
    """The results of some refreshes, each a day after the one before."""
    clock = [NOW]
    reader = await Reader.open(Config(folder / "feeds.toml", feeds=feeds), folder, now=lambda: clock[0])
    results = []
    try:
        for _ in range(times):
            results.append(list(await reader.refresh()))
            clock[0] += timedelta(days=2)
        return results
    finally:
        await reader.close()


def packed(*urls: str) -> Answer:
    """A sitemap of these addresses, as a .gz file."""
    body = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return Answer(body=gzip.compress(f"<urlset>{body}</urlset>".encode()))


async def test_a_listing_page_is_a_source_like_any_other(server: Loopback, tmp_path: Path) -> None:
    """A station without a feed is read beside the others; the same page again costs no article twice."""
    server.answer("/search?q=natuna", Answer(body=PAGE), Answer(body=PAGE + b" "))
    page = FeedConfig(server.url("/search?q=natuna"), kind="page", item="div.card")

    first, second = await refreshed(server, tmp_path, page, times=2)

    assert [(result.outcome, result.new) for result in (*first, *second)] == [("new", 2), ("unchanged", 0)]
    assert first[0].title == "Radio Perbatasan"


async def test_a_page_that_changed_is_told_and_loses_nothing(server: Loopback, tmp_path: Path) -> None:
    """Redesigns happen; what was stored stays."""
    server.answer("/", Answer(body=PAGE), Answer(body=PAGE.replace(b"card", b"kartu")))
    page = FeedConfig(server.url("/"), kind="page", item="div.card")

    _first, second = await refreshed(server, tmp_path, page, times=2)

    assert second[0].failure is not None
    assert second[0].failure.kind == "nothing_found"


async def test_robots_is_obeyed(server: Loopback, tmp_path: Path) -> None:
    """Said on that source, and nobody asked the page."""
    server.answer("/robots.txt", Answer(body=b"User-agent: *\nDisallow: /search"))
    page = FeedConfig(server.url("/search"), kind="page", item="div.card")

    ((result,),) = await refreshed(server, tmp_path, page)

    assert result.failure is not None
    assert result.failure.kind == "robots"
    assert server.received("/search") == []


async def test_an_index_is_followed_to_its_sitemaps(server: Loopback, tmp_path: Path) -> None:
    """Its entries come from at most three documents, also packed ones, also when the index itself did not change."""
    index = "".join(f"<sitemap><loc>{server.url(f'/{n}.xml.gz')}</loc></sitemap>" for n in range(5))
    server.answer("/sitemap.xml", Answer(body=f"<sitemapindex>{index}</sitemapindex>".encode()))
    for number in range(5):
        server.answer(f"/{number}.xml.gz", packed(server.url(f"/berita-nomor-{number}")))
    server.answer("/0.xml.gz", packed(server.url("/lama")), packed(server.url("/lama"), server.url("/berita-baru")))
    feed = FeedConfig(server.url("/sitemap.xml"), kind="sitemap")

    (first,), (second,) = await refreshed(server, tmp_path, feed, times=2)

    assert (first.new, second.new) == (3, 1)
    assert len([request for request in server.requests if request.path.endswith(".gz")]) == 6


async def test_one_dead_sitemap_of_an_index_does_not_cost_the_others(server: Loopback, tmp_path: Path) -> None:
    """Indexes list what is long gone."""
    index = "".join(f"<sitemap><loc>{server.url(path)}</loc></sitemap>" for path in ("/gone.xml", "/a.xml"))
    server.answer("/sitemap.xml", Answer(body=f"<sitemapindex>{index}</sitemapindex>".encode()))
    url = f"<url><loc>{server.url('/berita-satu')}</loc></url>"
    server.answer("/a.xml", Answer(body=f"<urlset>{url}</urlset>".encode()))

    ((result,),) = await refreshed(server, tmp_path, FeedConfig(server.url("/sitemap.xml"), kind="sitemap"))

    assert (result.outcome, result.new) == ("new", 1)


async def test_more_bodies_than_may_be_held_all_arrive(server: Loopback, tmp_path: Path) -> None:
    """Fetching is held back while bodies pile up; an index among them still gets what it names."""
    index = f"<sitemapindex><sitemap><loc>{server.url('/part.xml.gz')}</loc></sitemap></sitemapindex>"
    padding = b" " * (HELD_BYTES // 3)
    server.answer("/index.xml", Answer(body=index.encode() + padding))
    server.answer("/part.xml.gz", packed(server.url("/berita/700001/kapal-sandar")))
    feeds = [FeedConfig(server.url("/index.xml"), kind="sitemap")]
    for number in range(8):
        item = f"<item><title>Kapal {number}</title><link>https://kabar.example/{number}</link></item>"
        body = f"<rss version='2.0'><channel><title>Kabar</title>{item}".encode()
        server.answer(f"/{number}", Answer(body=body + padding + b"</channel></rss>"))
        feeds.append(FeedConfig(server.url(f"/{number}")))

    (results,) = await refreshed(server, tmp_path, *feeds)

    assert [result.new for result in results] == [1] * 9
