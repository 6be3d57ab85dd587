"""Everything out as JSON and in again: lossless, idempotent, and never over a newer mark."""

from __future__ import annotations

import json
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.config.load import load
from reader.core.exchange import Taken, read_export
from reader.core.reader import Reader
from reader.errors import ConfigError
from reader.model import Document, Enclosure, FeedFacts, Inline, PageText, Paragraph, Span, Verdict, pack
from reader.model.exchanging import CarriedArticle, EntryKey, Marks
from reader.storage.values import key_hash
from tests.unit.storage.checking import assert_sound
from tests.unit.storage.making import START, Clock, Shelf, entry

TOML = """
[[feeds]]
url = "https://a.example/feed"
title = "Kabar A"
folder = "Nasional/Pagi"
tags = ["satu", "dua"]
remove = [".iklan"]
auth = "me:hunter2"

[[feeds]]
url = "https://me:hunter2@b.example/feed"
enabled = false

[[filters]]
name = "Bola"
query = "bola -timnas"
action = "mute"
until = 2026-12-31

[[filters]]
name = "Laut"
query = "kapal OR feri"
action = "tag:laut"
notify = true
"""
LINKED = pack(Document((Paragraph(Inline("baca sini", (Span(5, 9, "link", 0),))),), ("https://x.example/",)))


def place(folder: Path, toml: str = "") -> Path:
    """A folder's feeds.toml, made if it is not there."""
    folder.mkdir(exist_ok=True)
    path = folder / "feeds.toml"
    if not path.exists():
        path.write_text(toml)
    return path


@asynccontextmanager
async def opened(folder: Path, clock: Clock) -> AsyncIterator[Reader]:
    path = place(folder)
    reader = await Reader.open(load(path, may_run_commands=False), folder / "data", now=clock, is_visit=False)
    try:
        yield reader
    finally:
        await reader.close()


async def export_of(folder: Path, clock: Clock) -> str:
    """The document, without the moment it was made."""
    async with opened(folder, clock) as reader:
        return "\n".join([line async for line in reader.exchange.export()])


async def take_in(folder: Path, document: str, clock: Clock) -> Taken:
    """As `warta import` does."""
    path = folder.parent / f"{folder.name}.json"
    path.write_text(document, encoding="utf-8")
    found = read_export(path)
    assert found is not None
    async with opened(folder, clock) as reader:
        await reader.subscriptions.take_list(found.listed, label=path.name)
        return await reader.exchange.take_in(path, found, told=lambda _count: None)


async def fill(folder: Path, clock: Clock) -> None:
    """A store with one of everything."""
    path = place(folder, TOML + '\n[[feeds]]\nurl = "https://gone.example/feed"\ntitle = "Dulu"\n')
    async with opened(folder, clock) as reader:
        shelf = Shelf(reader._store, clock)
        a, b, gone = [feed.id for feed in await reader.feeds()]
        same = {"url": "https://x.example/1", "merge_key": "https://x.example/1"}
        rich = entry(
            "rich", "Judul “kaya”", "baca sini", document=LINKED, author="Budi", place="Natuna", summary="Ringkas",
            categories=("Laut",), enclosures=(Enclosure("https://x.example/a.mp3", "audio/mpeg", 12, 60, "Siaran"),),
            image_url="https://x.example/i.jpg", comments_url="https://x.example/c", raw_date="kemarin",
            published=START - timedelta(days=1), updated=START, **same,
        )  # fmt: skip
        first = await shelf.bring(a, rich, *(entry(f"a{n}") for n in range(6)), facts=FeedFacts("A sendiri"))
        clock.forward(hours=1)
        await shelf.bring(b, entry("b1", "Judul “kaya”", "singkat", **same), entry("b2"))
        await shelf.bring(gone, entry("g1"), verdicts={"g1": Verdict(highlight="warning")})
        ids = sorted(first.new_ids)
        store = reader._store
        await store.mark(ids[:3], "read")
        await store.mark(ids[2:5], "star")
        await store.tag(ids[1:3], "penting")
        await store.annotate(ids[4], "catatan\nku")
        await store.save_full(ids[6], PageText(LINKED, "baca sini saja", 3))
        await store.mark(ids[5:6], "read")
        await store._writer.run(lambda db: _purge_one(db, ids[5]))
    path.write_text(TOML)


def _purge_one(db, number: int) -> None:  # type: ignore[no-untyped-def] # a connection
    from reader.storage.indexing import IndexBatch, indexed_rows

    index = IndexBatch()
    for place, indexed in indexed_rows(db, [number]):
        index.remove(place, indexed)
    index.write(db)
    for table, column in (("feed_articles", "article_id"), ("texts", "id"), ("articles", "id")):
        db.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))
    db.execute("UPDATE statuses SET is_listed = 0 WHERE id = ?", (number,))


async def test_everything_comes_back_as_it_was(tmp_path: Path) -> None:
    """A new machine: feeds, folders, filters, marks, texts, purged and hidden ones too; secrets stay at home."""
    clock = Clock()
    await fill(tmp_path / "one", clock)
    document = await export_of(tmp_path / "one", clock)

    taken = await take_in(tmp_path / "two", document, clock)

    assert (taken.new, taken.known, taken.homeless, taken.broken) == (9, 0, 0, 0)
    assert await export_of(tmp_path / "two", clock) == document
    assert "hunter2" not in document
    assert_sound(tmp_path / "two" / "data" / "warta.db")
    async with opened(tmp_path / "two", clock) as reader:
        shelf = Shelf(reader._store, clock)
        assert len(await shelf.found("saja")) == 1
        assert [feed.title for feed in await reader.feeds()][:1] == ["Kabar A"]


async def test_the_page_tells_every_name(tmp_path: Path) -> None:
    """The form is documented, so that other programs may write it."""
    clock = Clock()
    await fill(tmp_path / "one", clock)
    document = json.loads(await export_of(tmp_path / "one", clock))
    page = (Path(__file__).parents[2] / "docs" / "exchange.md").read_text(encoding="utf-8")

    names = {*document, *(name for article in document["articles"] for name in article)}
    assert {name for name in names if f"`{name}`" not in page} == set()
    assert len(names) > 30


async def test_taken_in_twice_changes_nothing(tmp_path: Path) -> None:
    """Also into the store it came from."""
    clock = Clock()
    await fill(tmp_path / "one", clock)
    document = await export_of(tmp_path / "one", clock)
    await take_in(tmp_path / "two", document, clock)

    again = [await take_in(tmp_path / name, document, clock) for name in ("one", "two")]

    assert [(taken.new, taken.known, taken.marked) for taken in again] == [(0, 9, 0)] * 2
    assert await export_of(tmp_path / "one", clock) == document == await export_of(tmp_path / "two", clock)


async def test_marks_join_and_newer_ones_win(tmp_path: Path) -> None:
    """What was read there is read here; what was marked unread here since stays unread; one step, which undo takes."""
    clock = Clock()
    await fill(tmp_path / "one", clock)
    document = await export_of(tmp_path / "one", clock)
    clock.forward(hours=1)
    async with opened(tmp_path / "one", clock) as reader:
        starred = list(await Shelf(reader._store, clock).ids())
        await reader.mark(starred, "unread")
        await reader.tag(starred, remove=["penting"])
        await reader.mark(starred, "unstar")
        await reader.undo()
        await reader.tag(starred[:1], add=["baru"])
    changed = await export_of(tmp_path / "one", clock)

    await take_in(tmp_path / "one", document, clock)
    assert await export_of(tmp_path / "one", clock) == changed

    await take_in(tmp_path / "two", document, clock)
    taken = await take_in(tmp_path / "two", changed, clock)
    assert taken.marked == 1
    async with opened(tmp_path / "two", clock) as reader:
        step = await reader.undo()
        assert step is not None
        assert (step.kind, step.count, step.label) == ("import", 1, "two.json")


async def test_it_is_taken_in_while_the_reader_is_open(tmp_path: Path) -> None:
    """The command line does not ask the app to be closed; and one step takes the feeds back."""
    clock = Clock()
    await fill(tmp_path / "one", clock)
    document = await export_of(tmp_path / "one", clock)

    async with opened(tmp_path / "two", clock) as app:
        taken = await take_in(tmp_path / "two", document, clock)

        assert taken.new == 9
        assert (await app.counts()).starred == 3
        assert (await app.undo()) is not None
        assert (tmp_path / "two" / "feeds.toml").read_text() == ""


async def test_articles_that_are_here_already_are_known_by_address(tmp_path: Path) -> None:
    """Two machines that follow different feeds of one paper do not end up with everything twice."""
    clock = Clock()
    await fill(tmp_path / "one", clock)
    document = await export_of(tmp_path / "one", clock)
    two = tmp_path / "two"
    place(two, '[[feeds]]\nurl = "https://c.example/feed"\n')
    async with opened(two, clock) as reader:
        (feed,) = await reader.feeds()
        same = entry("c", "Judul “kaya”", url="https://x.example/1", merge_key="https://x.example/1")
        await Shelf(reader._store, clock).bring(feed.id, same)

    taken = await take_in(two, document, clock)

    assert (taken.new, taken.known, taken.marked) == (8, 1, 0)
    async with opened(two, clock) as reader:
        titles = await Shelf(reader._store, clock).titles()
        assert titles.count("Judul “kaya”") == 1
    assert_sound(two / "data" / "warta.db")


async def test_what_a_refresh_stores_meanwhile_gains_the_marks_too(tmp_path: Path) -> None:
    """Feeds first, then the history: the refresh of those feeds is under way when it comes, and took its marks away."""
    clock = Clock()
    place(tmp_path / "one", TOML)
    async with opened(tmp_path / "one", clock) as reader:
        feed = (await reader.feeds())[0]
        stored = [entry(key, url=f"https://x.example/{key}", merge_key=f"https://x.example/{key}") for key in "km"]

        async def articles() -> AsyncIterator[CarriedArticle | None]:
            await Shelf(reader._store, clock).bring(feed.id, *stored)
            for each, guid in zip(stored, ("k", "another guid"), strict=True):
                keys = (EntryKey(feed.config.url, key_hash(guid), each.content_hash),)
                yield CarriedArticle(keys, clock(), Marks(is_read=True), key_hash(each.merge_key), each)

        taken = await reader.exchange.take(
            articles(), {feed.config.url: feed.id}, clock(), "cache.db", lambda _count: None
        )

        assert (taken.new, taken.known, taken.marked) == (0, 2, 2)
        assert (await reader.counts()).unread == 0
    assert_sound(tmp_path / "one" / "data" / "warta.db")


async def test_an_article_of_a_feed_that_is_unknown_is_told(tmp_path: Path) -> None:
    """Its feed may have been left out as no source of the web."""
    clock = Clock()
    await fill(tmp_path / "one", clock)
    document = await export_of(tmp_path / "one", clock)
    head, articles = document.split('"feeds": [', 1)
    articles = articles[articles.index('"filters"') :]

    taken = await take_in(tmp_path / "two", head + articles, clock)

    assert (taken.new, taken.homeless) == (0, 9)


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.99])
async def test_half_a_document_is_refused_before_anything_is_taken(tmp_path: Path, cut: float) -> None:
    """A disk that was full when it was written."""
    clock = Clock()
    await fill(tmp_path / "one", clock)
    document = await export_of(tmp_path / "one", clock)
    path = tmp_path / "half.json"
    path.write_text(document[: int(len(document) * cut)])

    with pytest.raises(ConfigError, match="broken"):
        read_export(path)


HOSTILE = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.text(max_size=20) | st.just("\x1b]52;c;x\x07"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
RECORD = st.fixed_dictionaries(
    {"keys": st.just([["https://a.example/feed", "00" * 8, ""]]), "first_seen": st.just("9999-12-31T23:59:59Z")},
    optional=dict.fromkeys(
        (
            "title",
            "url",
            "document",
            "text",
            "full",
            "tags",
            "note",
            "enclosures",
            "published",
            "merge",
            "read",
            "words",
        ),
        HOSTILE | st.just([1, ["javascript:x"], [["p", ["x\x1b[31m", [["a", 0, 99, 7]]], "body", 0]]]),
    ),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(RECORD | HOSTILE, max_size=6))
async def test_a_strangers_document_does_no_harm(records: list[object]) -> None:
    """Whatever the records hold, what is stored can be read and holds nothing a terminal obeys."""
    clock = Clock()
    feeds = [{"url": "https://a.example/feed", "auth_command": ["touch", "/tmp/x"]}]
    document = json.dumps({"articles": records, "feeds": feeds, "format": "warta", "version": 1})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "two"
        await take_in(folder, document, clock)

        assert "auth_command" not in (folder / "feeds.toml").read_text()
        async with opened(folder, clock) as reader:
            for number in await Shelf(reader._store, clock).ids():
                article = await reader.article(number)
                assert "\x1b" not in repr(article)
                assert all(link.startswith("http") or not link for link in article.best.links)
                assert article.row.date <= clock()
