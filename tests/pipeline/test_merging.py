"""One article that comes from several sources: one row, whose status is shared, counted in each of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.core import Reader
from reader.model import ArticleRow, Config, FeedConfig, Question, Settings, Source
from reader.text.urls import canonical
from tests.loopback import Answer, Loopback

OUTLETS = Path(__file__).resolve().parents[1] / "outlets"
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
ADDRESSES = (
    "https://www.rri.co.id/daerah/700038/kapal-perintis",
    "http://rri.co.id/daerah/700038/kapal-perintis?utm_source=x&utm_medium=rss",
    "https://rri.co.id/index.php/ranai/daerah/700038/kapal-perintis",
    "https://www.rri.co.id/index.php/natuna/700038/judul-lain?fbclid=abc",
    "https://rri.co.id/ranai/daerah/700038/kapal-perintis/?page=all#isi",
)
COMMON = (
    "https://kabar.example/a/b",
    "http://www.kabar.example/a/b/",
    "https://kabar.example/amp/a/b",
    "https://kabar.example/a/b/amp/",
    "https://kabar.example/index.php/a/b?page=all",
    "https://kabar.example/a/b?utm_campaign=rss&fbclid=1",
)


def document(*items: tuple[str, str]) -> Answer:
    """A feed of articles, each with an address and a title."""
    each = "".join(
        f"<item><title>{title}</title><link>{url.replace('&', '&amp;')}</link><guid isPermaLink='false'>{number}</guid>"
        f"<description>KBRN, Natuna: Isi.</description><pubDate>Tue, 16 Dec 2025 17:05:00 +0700</pubDate></item>"
        for number, (url, title) in enumerate(items)
    )
    return Answer(body=f"<rss version='2.0'><channel><title>x</title>{each}</channel></rss>".encode())


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as running:
        running.answer("*", Answer(status=404))
        yield running


@asynccontextmanager
async def refreshed(folder: Path, *feeds: FeedConfig, merge: bool = True) -> AsyncIterator[Reader]:
    """A reader that fetched these feeds one after the other, so that the first is at home."""
    config = Config(folder / "feeds.toml", settings=Settings(merge=merge), feeds=feeds)
    reader = await Reader.open(config, folder, now=lambda: NOW)
    try:
        for feed in await reader.feeds():
            await reader.refresh({feed.id})
        yield reader
    finally:
        await reader.close()


async def rows(reader: Reader, source: Source | None = None, query: str = "") -> list[ArticleRow]:
    """The rows of a list."""
    ids: list[int] = []
    async for answer in reader.ask(Question(source or Source(), query, is_complete_word=True)):
        ids = list(answer.ids)
    return list(await reader.rows(ids))


@pytest.mark.parametrize("forms", [ADDRESSES, COMMON], ids=["rri", "common"])
async def test_every_form_of_an_address_is_one_article(
    server: Loopback, tmp_path: Path, forms: tuple[str, ...]
) -> None:
    """Trackers, /amp/, www, index.php, http and RRI's stations are no other article."""
    for number, url in enumerate(forms):
        server.answer(f"/{number}", document((url, "Kapal perintis")))
    feeds = [FeedConfig(server.url(f"/{number}"), title=f"Sumber {number}") for number in range(len(forms))]

    async with refreshed(tmp_path, *feeds) as reader:
        (row,) = await rows(reader)
        assert (row.feed, row.other_feeds) == ("Sumber 0", tuple(f"Sumber {n}" for n in range(1, len(forms))))
        assert [feed.unread for feed in await reader.feeds()] == [1] * len(forms)
    assert len({canonical(url) for url in COMMON}) == 1


async def test_its_status_is_shared_and_it_is_found_in_each_source(server: Loopback, tmp_path: Path) -> None:
    """Read once is read everywhere; each list has it; taking a source away takes nothing from the other."""
    server.answer("/rri", Answer(body=(OUTLETS / "rri.xml").read_bytes()))
    server.answer("/cari", Answer(body=(OUTLETS / "rri-search.html").read_bytes()))
    rri = FeedConfig(server.url("/rri"), title="RRI")
    search = FeedConfig(
        server.url("/cari"), kind="page", title="RRI: Natuna", item="div.news-list-item", link="a.title",
        link_pattern=r"/\d{6}/", date="li.date",
    )  # fmt: skip

    async with refreshed(tmp_path, rri, search) as reader:
        assert [feed.unread for feed in await reader.feeds()] == [3, 2]
        assert (await reader.counts()).total == 4
        (shared,) = await rows(reader, query="title:singgah")
        assert (shared.feed, shared.other_feeds, shared.place) == ("RRI", ("RRI: Natuna",), "Natuna")
        assert [row.id for row in await rows(reader, query='place:natuna feed:"RRI: Natuna"')] == [shared.id]
        for feed in await reader.feeds():
            assert shared.id in [row.id for row in await rows(reader, Source("feed", feed.id))]

        await reader.mark([shared.id], "read")

        assert [feed.unread for feed in await reader.feeds()] == [2, 1]
        assert (await reader.counts()).unread == 3

    async with refreshed(tmp_path, search) as reader:
        assert [row.is_read for row in await rows(reader, query="title:singgah")] == [True]


async def test_merge_false_keeps_them_apart(server: Loopback, tmp_path: Path) -> None:
    """Each source has its own row, with a status of its own."""
    server.answer("/satu", document((ADDRESSES[0], "Kapal perintis")))
    server.answer("/dua", document((ADDRESSES[2], "Kapal perintis")))
    feeds = [FeedConfig(server.url("/satu"), title="Satu"), FeedConfig(server.url("/dua"), title="Dua")]

    async with refreshed(tmp_path, *feeds, merge=False) as reader:
        found = await rows(reader)
        assert sorted((row.feed, row.other_feeds) for row in found) == [("Dua", ()), ("Satu", ())]
        await reader.mark([found[0].id], "read")
        assert sorted(feed.unread for feed in await reader.feeds()) == [0, 1]
