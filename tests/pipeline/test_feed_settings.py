"""Every setting a feed may have does something: once with it, once without, from feeds.toml to what is seen."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.config.keys import FEED
from reader.config.load import load
from reader.core import Reader
from reader.model import ArticleRow, Config, FeedConfig, Question, Source
from reader.text.plain import plain_text
from tests.loopback import Answer, Loopback

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
TITLE = "Kapal perintis sandar – Kabar"
ITEM = "<item><title>{title}</title><guid>{n}</guid><link>{base}/berita/{n}</link><pubDate>{date}</pubDate></item>"
ARTICLE = (
    "<html><title>x</title><body><nav>Beranda</nav><div id=kotak><p>Pertama beras diturunkan ke dermaga lama.</p>"
    "<p class=iklan>Beli ikan asin di toko kami setiap hari.</p></div>"
    "<div id=isi class=entry-content><p>Kedua obat diturunkan ke dermaga baru, kata"
    " petugas pelabuhan kepada wartawan pada siang hari itu juga.</p></div></body></html>"
)
LISTING = (
    "<html><title>Daftar</title><body><div class=card><a class=pic href=/foto/1><img src=/kecil.jpg></a>"
    "<a class=read href=/berita/1>Kapal sandar</a><h3>Judul kartu</h3><p class=lead>Ringkas kartu</p>"
    "<b class=when>21 Nov 2026 17:05 WIB</b><time datetime=2026-11-20T00:00Z></time><i class=by>Oleh Ani</i>"
    "<img class=big data-src=/besar.jpg></div><div class=card><a class=read href=/bola/2>Timnas</a></div></body></html>"
)


def prepare(server: Loopback) -> None:
    """A feed of three articles, a listing page, an article's page."""
    base = server.url("")
    items = "".join(
        ITEM.format(title=TITLE, n=n, base=base, date=f"{date:%a, %d %b %Y %H:%M:%S +0000}")
        for n, date in enumerate((NOW - timedelta(hours=1), NOW - timedelta(days=20), NOW - timedelta(days=40)), 1)
    )
    rss = f"<rss version='2.0'><channel><title>Kabar</title>{items}</channel></rss>"
    server.answer("*", Answer(status=404))
    server.answer("/feed", Answer(body=rss.encode("cp1252", "xmlcharrefreplace")))
    server.answer("/lain", Answer(body=rss.replace("Kapal", "Feri").encode("cp1252", "xmlcharrefreplace")))
    server.answer("/list", Answer(body=LISTING.encode()))
    server.answer("/lambat", Answer(body=rss.encode("cp1252"), delay_seconds=2.5))
    server.answer("/berita/1", Answer(body=ARTICLE.encode()))


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> datetime:
        return self.time


@dataclass
class Seen:
    """A reader after its first refresh, its server and its clock."""

    reader: Reader
    server: Loopback
    clock: Clock

    async def rows(self, query: str = "", source: Source | None = None) -> list[ArticleRow]:
        found: list[int] = []
        async for answer in self.reader.ask(Question(source or Source(), query, is_complete_word=True)):
            found = list(answer.ids)
        return list(await self.reader.rows(found))


Probe = Callable[[Seen], Awaitable[object]]


def header(name: str) -> Probe:
    async def probe(seen: Seen) -> object:
        return seen.server.received("/feed")[0].header(name)

    return probe


def of_row(name: str) -> Probe:
    """Something of the first article as it is stored."""

    async def probe(seen: Seen) -> object:
        row = next(row for row in await seen.rows() if row.url.endswith("/1"))
        article = await seen.reader.article(row.id)
        return getattr(row if hasattr(row, name) else article, name)

    return probe


async def titles(seen: Seen) -> object:
    return sorted({row.title for row in await seen.rows()})


async def shown(seen: Seen) -> object:
    return [feed.title for feed in await seen.reader.feeds()]


async def in_folder(seen: Seen) -> object:
    return len(await seen.rows(source=Source("folder", "Kepri")))


async def tagged(seen: Seen) -> object:
    return len(await seen.rows("#laut"))


async def whole(seen: Seen) -> object:
    """The first article's whole text, fetched as `x` does."""
    row = next(row for row in await seen.rows() if row.url.endswith("/1"))
    await seen.reader.fetch_whole(row.id)
    text = plain_text((await seen.reader.article(row.id)).best)
    return tuple(word for word in ("beras", "ikan", "obat") if word in text)


async def fetched_whole(seen: Seen) -> object:
    await seen.reader.prefetcher.finished()
    return len(seen.server.received("/berita/1"))


async def interval(seen: Seen) -> object:
    (feed,) = await seen.reader.feeds()
    return feed.state.interval_minutes


async def outcome(seen: Seen) -> object:
    (feed,) = await seen.reader.feeds()
    return feed.state.failure.kind if feed.state.failure else f"{feed.articles} articles"


async def asked(seen: Seen) -> object:
    return [request.path for request in seen.server.requests]


async def left(seen: Seen) -> object:
    """Articles that are left by the retention a month after all of them were read."""
    await seen.reader.mark([row.id for row in await seen.rows()], "read")
    seen.clock.time += timedelta(days=31)
    await seen.reader.purge()
    return len(await seen.rows())


FEED_LINES = 'url = "{base}/feed"'
PAGE_LINES = 'url = "{base}/list"\nkind = "page"\nitem = ".card"'
READ_LINES = PAGE_LINES + '\nlink = "a.read"'
PRINTS = f'auth_command = ["{sys.executable}", "-c", "print(\'bearer T\')"]'

CASES: dict[str, tuple[str, str, Probe, object, object]] = {
    "url": ('url = "{base}/lain"', "", titles, ["Feri perintis sandar – Kabar"], [TITLE]),
    "kind": ('kind = "page"\nlink_pattern = "/berita/"', 'url = "{base}/list"', outcome, "1 articles", "html_page"),
    "title": ('title = "Kabar Kami"', FEED_LINES, shown, ["Kabar Kami"], ["Kabar"]),
    "folder": ('folder = "Kepri/Natuna"', FEED_LINES, in_folder, 3, 0),
    "tags": ('tags = ["laut"]', FEED_LINES, tagged, 3, 0),
    "title_strip": ('title_strip = [" – Kabar"]', FEED_LINES, titles, ["Kapal perintis sandar"], [TITLE]),
    "content": ('content = "#kotak"', FEED_LINES + '\nremove = ".iklan"', whole, ("beras",), ("obat",)),
    "remove": ('remove = ".iklan"', FEED_LINES + '\ncontent = "#kotak"', whole, ("beras",), ("beras", "ikan")),
    "item": ('item = ".card"', PAGE_LINES[: PAGE_LINES.index("\nitem")], outcome, "2 articles", "nothing_found"),
    "link": ('link = "a.read"', PAGE_LINES, of_row("url"), "{base}/berita/1", "{base}/foto/1"),
    "link_pattern": ('link_pattern = "/berita/"', PAGE_LINES, outcome, "1 articles", "2 articles"),
    "item_title": ('item_title = "h3"', READ_LINES, of_row("title"), "Judul kartu", "Kapal sandar"),
    "summary": ('summary = "p.lead"', PAGE_LINES, of_row("summary"), "Ringkas kartu", ""),
    "date": (
        'date = "b.when"', PAGE_LINES, of_row("published"),
        datetime(2026, 11, 21, 10, 5, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC),
    ),
    "author": ('author = "i.by"', PAGE_LINES, of_row("author"), "Ani", ""),
    "image": ('image = "img.big"', PAGE_LINES, of_row("image_url"), "{base}/besar.jpg", "{base}/kecil.jpg"),
    "refresh_minutes": ("refresh_minutes = 77", FEED_LINES, interval, 77, None),
    "full_text": ('full_text = true\ncontent = "#isi"', FEED_LINES, fetched_whole, 1, 0),
    "headers": ('headers = {X-Kunci = "rahasia"}', FEED_LINES, header("X-Kunci"), b"rahasia", None),
    "user_agent": ('user_agent = "Mozilla/5.0 (uji)"', FEED_LINES, header("User-Agent"), b"Mozilla/5.0 (uji)", None),
    "auth": ('auth = "bearer T"', FEED_LINES, header("Authorization"), b"Bearer T", None),
    "auth_command": (PRINTS, FEED_LINES, header("Authorization"), b"Bearer T", None),
    "proxy": ('proxy = "{base}"', 'url = "http://kabar.invalid/feed"', asked, ["http://kabar.invalid/feed"], []),
    "timeout_seconds": ("timeout_seconds = 1", 'url = "{base}/lambat"', outcome, "timeout", "3 articles"),
    "max_articles": ("max_articles = 2", FEED_LINES, left, 2, 3),
    "keep_days": ("keep_days = 30", FEED_LINES, left, 0, 3),
    "enabled": ("enabled = false", FEED_LINES, asked, [], ["/feed"]),
    "encoding": ('encoding = "cp437"', FEED_LINES, titles, ["Kapal perintis sandar û Kabar"], [TITLE]),
}  # fmt: skip
"""Key: its line, the rest of the entry, what is looked at, what is seen with it, and without; None: anything else."""


def test_every_setting_is_tried() -> None:
    """A key that nothing obeys is a promise broken in silence."""
    assert set(CASES) == set(FEED)
    known = {field.name for field in fields(FeedConfig)} - {"line", "is_enabled"} | {"enabled"}
    assert known == set(FEED)


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as running:
        prepare(running)
        yield running


def written(entry: str, folder: Path, base: str) -> Config:
    folder.mkdir()
    path = folder / "feeds.toml"
    path.write_text(f"[[feeds]]\n{entry}\n".replace("{base}", base))
    config = load(path, may_run_commands=True)
    assert [problem for problem in config.problems if problem.key != "item"] == []
    return config


async def seen_with(entry: str, folder: Path, server: Loopback, probe: Probe) -> object:
    clock = Clock()
    reader = await Reader.open(written(entry, folder, server.url("")), folder / "data", now=clock)
    try:
        await reader.refresh()
        return await probe(Seen(reader, server, clock))
    finally:
        await reader.close()
        server.requests.clear()


@pytest.mark.parametrize("key", CASES)
async def test_a_setting_has_its_effect(key: str, tmp_path: Path, server: Loopback) -> None:
    """The whole way: the file, its check, the network, the parser, the store."""
    line, rest, probe, expected, otherwise = CASES[key]
    if key == "url":
        rest_without = FEED_LINES
        entries = (line, rest_without)
    else:
        entries = (f"{rest}\n{line}", rest)

    with_it = await seen_with(entries[0], tmp_path / "with", server, probe)
    without = await seen_with(entries[1], tmp_path / "without", server, probe)

    base = server.url("")
    assert with_it == (expected.replace("{base}", base) if isinstance(expected, str) else expected)
    assert without != with_it
    if otherwise is not None:
        assert without == (otherwise.replace("{base}", base) if isinstance(otherwise, str) else otherwise)
