"""Whole articles: on demand, as they arrive, and for offline reading; from a server of our own to the store."""

from __future__ import annotations

import asyncio
import shlex
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.core import Reader
from reader.core.prefetch import FeedPages, PrefetchProgress
from reader.core.whole import WholeFetcher, install_command
from reader.fetch.client import Fetcher
from reader.model import Config, FeedConfig, Question
from reader.parse.worker import Parser
from reader.storage.store import Store
from tests.loopback import Answer, Loopback, redirect
from tests.unit.fetch.conftest import Town
from tests.unit.storage.making import Clock, Shelf, entry

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
SUMMARY = "Kapal perintis sandar di Pelabuhan Selat Lampa membawa beras."
REST = "Bongkar muat berlangsung sampai petang, kata petugas pelabuhan, lalu kapal berlayar ke Midai dan Sedanau."
LOGIN = (
    b"<main><h1>Masuk</h1><form>Nama pengguna</form><p>Silakan masuk atau berlangganan dahulu untuk membaca"
    b" seluruh isi situs tanpa batas mulai dari sepuluh ribu rupiah setiap bulan bersama keluarga Anda di rumah."
    b" Pelanggan lama cukup memakai surel dan kata sandi yang terdaftar pada akun masing-masing.</p></main>"
)


def page(number: int = 1, selector: str = "id=isi") -> bytes:
    body = f"<div><a href=/>Beranda</a></div><div {selector}><p>{SUMMARY}</p><p>{REST}</p></div>"
    return f"<html><title>Kapal {number}</title><body>{body}</body></html>".encode()


def feed(server: Loopback, *numbers: int) -> Answer:
    items = "".join(
        f"<item><title>Kapal perintis nomor {n} sandar</title><guid>{n}</guid><link>{server.url(f'/berita/{n}')}</link>"
        f"<description>{SUMMARY}</description></item>"
        for n in numbers
    )
    return Answer(body=f"<rss version='2.0'><channel><title>Pelabuhan</title>{items}</channel></rss>".encode())


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as running:
        running.answer("*", Answer(status=404))
        yield running


@asynccontextmanager
async def opened(folder: Path, *feeds: FeedConfig) -> AsyncIterator[Reader]:
    """A reader whose clock goes on by a day with each refresh."""
    reader = await Reader.open(Config(folder / "feeds.toml", feeds=feeds), folder, now=lambda: NOW)
    try:
        yield reader
    finally:
        await reader.close()


async def ids(reader: Reader, query: str = "") -> list[int]:
    found: list[int] = []
    async for answer in reader.ask(Question(query=query, is_complete_word=True)):
        found = list(answer.ids)
    return found


async def test_both_texts_are_kept_and_searched(server: Loopback, tmp_path: Path) -> None:
    """The page may lose what the feed said; either is one key away."""
    server.answer("/feed", feed(server, 1))
    server.answer("/berita/1", Answer(body=page().replace(b"membawa beras", b"membawa obat")))
    async with opened(tmp_path, FeedConfig(server.url("/feed"), content=("#isi",))) as reader:
        await reader.refresh()
        (number,) = await ids(reader)

        whole = await reader.fetch_whole(number)

        article = await reader.article(number)
        assert (whole.outcome, whole.sentence) == ("stored", "Full article stored.")
        assert article.full is not None
        assert article.document.blocks != article.full.blocks
        assert await ids(reader, "petang") == await ids(reader, "beras") == [number]


@pytest.mark.parametrize("body", [LOGIN, b"<main><p>Setujui kuki kami untuk lanjut.</p></main>"], ids=["more", "less"])
async def test_a_page_that_is_not_the_article_keeps_the_summary(server: Loopback, tmp_path: Path, body: bytes) -> None:
    """A log-in or consent page must not replace what the feed said, however long it is."""
    server.answer("/feed", feed(server, 1))
    server.answer("/berita/1", redirect("/masuk"))
    server.answer("/masuk", Answer(body=body))
    async with opened(tmp_path, FeedConfig(server.url("/feed"))) as reader:
        await reader.refresh()
        (number,) = await ids(reader)

        whole = await reader.fetch_whole(number)

        article = await reader.article(number)
        assert whole.outcome == "shorter"
        assert "The summary stays" in whole.sentence
        assert (article.full, article.row.has_media) == (None, "x")
        assert await ids(reader, "beras") == [number]


async def test_a_selector_that_finds_nothing_is_told(server: Loopback, tmp_path: Path) -> None:
    """The article is taken from where articles usually are, and the reader hears of his selector."""
    server.answer("/feed", feed(server, 1))
    server.answer("/berita/1", Answer(body=page(selector="class=entry-content")))
    async with opened(tmp_path, FeedConfig(server.url("/feed"), content=("#gone",))) as reader:
        await reader.refresh()

        whole = await reader.fetch_whole((await ids(reader))[0])

        assert whole.outcome == "stored"
        assert "`content`" in whole.sentence


async def test_a_page_without_article_says_how_to_read_more_sites(
    server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line, in the form that fits how Warta was installed."""
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    server.answer("/feed", feed(server, 1))
    server.answer("/berita/1", Answer(body=b"<html><body><div id=app></div></body></html>"))
    async with opened(tmp_path, FeedConfig(server.url("/feed"))) as reader:
        await reader.refresh()

        whole = await reader.fetch_whole((await ids(reader))[0])

        assert whole.outcome == "failed"
        assert whole.sentence == f"No article found on the page. For more sites: {install_command()}"


@pytest.mark.parametrize(
    ("status", "said"), [(404, "no longer exists"), (401, "requires a login"), (403, "blocks Warta")]
)
async def test_a_page_that_cannot_be_had_is_told_as_a_page(
    server: Loopback, tmp_path: Path, status: int, said: str
) -> None:
    """The feed is well; telling the reader to mend its entry would send him astray."""
    server.answer("/feed", feed(server, 1))
    server.answer("/berita/1", Answer(status=status))
    async with opened(tmp_path, FeedConfig(server.url("/feed"))) as reader:
        await reader.refresh()

        whole = await reader.fetch_whole((await ids(reader))[0])

        assert whole.outcome == "failed"
        assert said in whole.sentence
        assert "feed" not in whole.sentence


@pytest.mark.parametrize(
    ("prefix", "command"),
    [
        ("/home/a/.local/share/pipx/venvs/warta", "pipx inject warta trafilatura"),
        ("/home/a/.local/share/uv/tools/warta", "uv tool install 'warta[full]'"),
        (r"C:\Users\a\pipx\venvs\warta", "pipx inject warta trafilatura"),
        ("/home/a/warta/.venv", "pip install 'warta[full]'"),
    ],
)
def test_the_extra_is_installed_as_warta_was(prefix: str, command: str) -> None:
    """pip inside a pipx or uv environment would change another Python."""
    assert install_command(prefix) == command


def test_the_extra_is_installed_by_the_pip_beside_warta(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the README's first line the shell's own pip is another Python's, and may not install anything."""
    pip = tmp_path / "warta's" / ".venv/bin/pip"
    pip.parent.mkdir(parents=True)
    pip.touch()

    assert shlex.split(install_command(str(pip.parents[1]))) == [str(pip), "install", "warta[full]"]
    monkeypatch.chdir(pip.parents[2])
    assert install_command(str(pip.parents[1])) == ".venv/bin/pip install 'warta[full]'"


async def test_all_pages_are_asked_for_and_the_plain_one_where_that_fails(tmp_path: Path) -> None:
    """What a site once knew as `?page=all` may be gone; the article's own address is not."""
    with Loopback(host="127.0.0.2") as server:
        url = server.url("/read/2026/11/18/21350041/kapal?utm_source=rss", host="nasional.kompas.com")
        server.answer("/read/2026/11/18/21350041/kapal?page=all", Answer(body=page(selector="class=read__content")))
        server.answer(
            "/read/2026/11/18/21350041/kapal?utm_source=rss", Answer(body=page(selector="class=read__content"))
        )
        town = Town({"nasional.kompas.com": ["127.0.0.2"]})
        store = await Store.open(tmp_path / "warta.db", now=lambda: NOW)
        whole = WholeFetcher(store, Fetcher(network=town, environ={}, spacing_seconds=0), Parser(1))
        try:
            shelf = Shelf(store, Clock())
            (kompas,) = await shelf.subscribe("kompas")
            first, second = (await shelf.bring(kompas, entry("1", url=url), entry("2", url=url))).new_ids

            stored = await whole.fetch(await store.article(first), None)
            server.answer("/read/2026/11/18/21350041/kapal?page=all", Answer(status=404))
            again = await whole.fetch(await store.article(second), None)
        finally:
            await whole.parser.close()
            await whole.fetcher.close()
            await store.close()

    assert (stored.outcome, again.outcome) == ("stored", "stored")
    assert [request.path.partition("?")[2] for request in server.requests] == ["page=all", "page=all", "utm_source=rss"]


async def test_full_text_fetches_what_arrives(server: Loopback, tmp_path: Path) -> None:
    """After the feed is stored, each page once; the next refresh asks only for what is new then."""
    server.answer("/feed", feed(server, 1, 2), feed(server, 1, 2, 3))
    for number in (1, 2, 3):
        server.answer(f"/berita/{number}", Answer(body=page(number)))
    async with opened(tmp_path, FeedConfig(server.url("/feed"), content=("#isi",), full_text=True)) as reader:
        await reader.refresh()
        first = await reader.prefetcher.finished()
        await reader.refresh(urgency="force")
        second = await reader.prefetcher.finished()

        assert (first.all, second.all) == (FeedPages(stored=2), FeedPages(stored=1))
        assert len(await ids(reader, "petang")) == 3
    assert [request.path for request in server.requests] == [
        "/feed", "/robots.txt", "/berita/1", "/berita/2", "/feed", "/berita/3",
    ]  # fmt: skip


async def test_robots_forbids_what_is_automatic_not_what_is_asked_for(server: Loopback, tmp_path: Path) -> None:
    """It is said, nothing is lost, and the reader's own `x` still works."""
    server.answer("/robots.txt", Answer(body=b"User-agent: *\nDisallow: /berita"))
    server.answer("/feed", feed(server, 1))
    server.answer("/berita/1", Answer(body=page()))
    async with opened(tmp_path, FeedConfig(server.url("/feed"), content=("#isi",), full_text=True)) as reader:
        await reader.refresh()
        progress = await reader.prefetcher.finished()
        asked = server.received("/berita/1")

        whole = await reader.fetch_whole((await ids(reader))[0])

        assert (progress.all, asked) == (FeedPages(failed=1), [])
        assert "robots.txt" in progress.sentences[0][0]
        assert whole.outcome == "stored"


async def test_prefetch_takes_unread_snippets_and_goes_on_where_it_stopped(server: Loopback, tmp_path: Path) -> None:
    """For a journey: newest first; what was read, fetched or in vain is not asked again."""
    server.answer("/feed", feed(server, 1, 2, 3, 4))
    server.answer("/berita/1", Answer(body=page(1, "class=entry-content")))
    server.answer("/berita/2", Answer(body=LOGIN))
    server.answer("/berita/3", Answer(body=page(3, "class=entry-content")))
    told: list[PrefetchProgress] = []
    async with opened(tmp_path, FeedConfig(server.url("/feed"))) as reader:
        await reader.refresh()
        four = (await ids(reader, "nomor 4"))[0]
        await reader.mark([four], "read")
        feeds = await reader.feeds()

        first = await reader.prefetcher.fetch_unread(feeds, listener=told.append)
        again = await reader.prefetcher.fetch_unread(feeds)
        once_more = await reader.prefetcher.fetch_unread(feeds, again=True)

        assert first.all == FeedPages(stored=2, shorter=1)
        assert first.by_feed == {feeds[0].id: first.all}
        assert [progress.done for progress in told] == [0, 1, 2, 3, 3]
        assert (told[0].total, told[-1].is_finished) == (3, True)
        assert (again.total, once_more.all) == (0, FeedPages(shorter=1))
    assert server.received("/berita/4") == []


async def test_a_host_in_trouble_is_left_alone(server: Loopback, tmp_path: Path) -> None:
    """Three failures in a row, or one 429, and the rest waits for the next time."""
    numbers = range(1, 8)
    server.answer("/feed", feed(server, *numbers))
    for number in numbers:
        server.answer(f"/berita/{number}", Answer(status=503), Answer(status=429), Answer(body=page(number)))
    async with opened(tmp_path, FeedConfig(server.url("/feed"), content=("#isi",))) as reader:
        await reader.refresh()
        feeds = await reader.feeds()

        broken = await reader.prefetcher.fetch_unread(feeds)
        limited = await reader.prefetcher.fetch_unread(feeds)

        assert broken.all == FeedPages(failed=3, left=4)
        assert limited.all == FeedPages(failed=1, left=6)
        assert broken.sentences[0][1] == 3


async def test_breaking_off_loses_nothing(server: Loopback, tmp_path: Path) -> None:
    """Ctrl+C amid a prefetch: what is stored stays, the next run takes the rest."""
    numbers = range(1, 6)
    server.answer("/feed", feed(server, *numbers))
    for number in numbers:
        server.answer(f"/berita/{number}", Answer(body=page(number)))
    async with opened(tmp_path, FeedConfig(server.url("/feed"), content=("#isi",))) as reader:
        await reader.refresh()
        feeds = await reader.feeds()
        second_stored = asyncio.Event()

        def hear(progress: PrefetchProgress) -> None:
            if progress.done == 2:
                second_stored.set()

        task = asyncio.create_task(reader.prefetcher.fetch_unread(feeds, listener=hear))
        await second_stored.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

        assert len(await ids(reader, "petang")) >= 2
        await reader.prefetcher.fetch_unread(feeds)
        assert len(await ids(reader, "petang")) == 5
