"""What lists, the article pane and the sidebar are given."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from reader.errors import NotFoundError
from reader.model import Document, Enclosure, Inline, Paragraph
from reader.storage import indexing
from reader.storage.entries import enclosures_in, strings_in
from tests.unit.storage.checking import assert_indexed
from tests.unit.storage.making import START, Clock, Shelf, entry, opened


async def test_rows_come_in_the_order_asked_without_those_that_are_gone(shelf: Shelf) -> None:
    """The list asks for what it shows."""
    (rri,) = await shelf.subscribe("rri")
    first, second, third = (await shelf.bring(rri, *(entry(str(n)) for n in range(3)))).new_ids

    rows = await shelf.store.rows([third, 999, first, 2**80, second, first])

    assert [row.id for row in rows] == [third, first, second, first]


async def test_dates_come_in_the_order_asked_with_gaps_for_those_that_are_gone(shelf: Shelf) -> None:
    """The list finds its days by them."""
    (rri,) = await shelf.subscribe("rri")
    old = entry("1", published=START - timedelta(days=3))
    first, second = (await shelf.bring(rri, old, entry("2"))).new_ids

    dates = await shelf.store.dates([second, 999, first, 2**80])

    told = {row.id: row.date for row in await shelf.store.rows([first, second])}
    assert dates == (told[second], None, told[first], None)
    assert set(told.values()) == {START, START - timedelta(days=3)}


async def test_an_article_comes_with_all_the_feed_told(shelf: Shelf) -> None:
    """Nothing of an entry is lost on its way through the store."""
    (rri,) = await shelf.subscribe("rri")
    audio = Enclosure("https://x.example/a.mp3", "audio/mpeg", 10, 60, "Episode")
    published = START - timedelta(days=1, microseconds=1)
    brought = entry(
        "1",
        "Gempa",
        "isi berita",
        url="https://rri.example/1",
        author="Ani",
        published=published,
        updated=START,
        raw_date="kemarin",
        summary="ringkas",
        place="Natuna",
        categories=("a", "b"),
        enclosures=(audio,),
        image_url="https://x.example/i.jpg",
        comments_url="https://x.example/c",
    )
    (number,) = (await shelf.bring(rri, brought)).new_ids

    article = await shelf.store.article(number)

    row = article.row
    assert (row.title, row.url, row.author, row.summary, row.place, row.words, row.has_media) == (
        "Gempa", "https://rri.example/1", "Ani", "ringkas", "Natuna", 2, "ai",
    )  # fmt: skip
    assert (row.date, row.first_seen) == (article.published, START)
    assert (article.published, article.updated) == (published.replace(microsecond=0), START)
    assert (article.document, article.full) == (Document((Paragraph(Inline("isi berita")),)), None)
    assert (article.text, article.raw_date, article.categories) == ("isi berita", "kemarin", ("a", "b"))
    assert (article.enclosures, article.image_url) == ((audio,), "https://x.example/i.jpg")
    with pytest.raises(NotFoundError):
        await shelf.store.article(10**30)


async def test_a_damaged_document_is_replaced_by_its_plain_text(shelf: Shelf) -> None:
    """Rather plain than nothing."""
    (rri,) = await shelf.subscribe("rri")
    (number,) = (await shelf.bring(rri, entry("1", text="satu\n\ndua"))).new_ids
    await shelf.store._writer.run(lambda db: db.execute("UPDATE texts SET document = x'00'").rowcount)

    document = (await shelf.store.article(number)).document
    assert document.blocks == (Paragraph(Inline("satu")), Paragraph(Inline("dua")))


async def test_text_that_is_no_text_any_more_is_read_as_far_as_it_goes(shelf: Shelf) -> None:
    """SQLite does not notice a damaged letter; one of them must not keep the database from being opened."""
    (rri,) = await shelf.subscribe("rri")
    (number,) = (await shelf.bring(rri, entry("1", text="satu dua"))).new_ids

    def damage(db: sqlite3.Connection) -> None:
        db.execute("UPDATE texts SET text = CAST(x'41ff42' AS TEXT)")
        db.execute("DELETE FROM meta")

    await shelf.store._writer.run(damage)
    await shelf.store.close()

    async with opened(shelf.store.path, Clock()) as store:
        assert (await store.article(number)).text == "A\ufffdB"


def test_damaged_lists_are_empty() -> None:
    """A column that holds nonsense costs its content, not the article."""
    assert enclosures_in("[1, {}, {") == ()
    assert enclosures_in('[1, {}, {"url": "u", "later": 1}]') == (Enclosure("u"),)
    assert strings_in('["a", 1]') == ("a",)
    assert strings_in("7") == ()


async def test_counts_are_of_what_the_lists_show(shelf: Shelf) -> None:
    """All, Unread, Today, Starred and tags of the sidebar."""
    (rri,) = await shelf.subscribe("rri")
    today = START.replace(hour=0)
    stored = await shelf.bring(
        rri,
        entry("now"),
        entry("midnight", published=today),
        entry("yesterday", published=today - timedelta(seconds=1)),
        entry("read", published=START),
    )
    by_title = {row.title: row.id for row in await shelf.store.rows(stored.new_ids)}
    await shelf.store.mark([by_title["Berita read"]], "read")
    await shelf.store.mark([by_title["Berita yesterday"]], "star")
    await shelf.store.tag(list(stored.new_ids), "a")

    counts = await shelf.store.counts(today_start=today)

    assert (counts.total, counts.unread, counts.today, counts.starred, counts.tags) == (4, 3, 2, 1, {"a": 4})


async def test_days_are_those_of_the_readers_zone(shelf: Shelf) -> None:
    """The small chart in a feed's details."""
    (rri,) = await shelf.subscribe("rri")
    jakarta = ZoneInfo("Asia/Jakarta")
    times = [
        datetime(2025, 12, 15, 16, 59, tzinfo=UTC),  # the 15th in Jakarta
        datetime(2025, 12, 15, 17, 0, tzinfo=UTC),  # the 16th
        datetime(2025, 12, 16, 9, 0, tzinfo=UTC),
        datetime(2025, 11, 1, tzinfo=UTC),
    ]
    await shelf.bring(rri, *(entry(str(when), published=when) for when in times))

    assert await shelf.store.per_day(rri, 3, jakarta) == (0, 1, 2)


async def test_two_articles_of_one_second_a_million_apart_get_two_places(shelf: Shelf) -> None:
    """Their numbers share the low bits; nothing may be lost by it."""
    (rri,) = await shelf.subscribe("rri")
    (first,) = (await shelf.bring(rri, entry("1"))).new_ids
    distance = 1 << 20

    def skip(db: sqlite3.Connection) -> None:
        db.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'statuses'", (first + distance - 1,))

    await shelf.store._writer.run(skip)
    stored = await shelf.bring(rri, entry("2"))

    assert stored.new_ids == (first + distance,)
    assert await shelf.ids() == [first + distance, first]


async def test_an_index_of_an_older_form_is_built_anew_behind(shelf: Shelf) -> None:
    """What arrives or changes meanwhile is in it too, once."""
    (rri,) = await shelf.subscribe("rri")
    document = [entry(str(n), f"Berita nomor{n}", published=START - timedelta(hours=n)) for n in range(600)]
    await shelf.bring(rri, *document)
    await shelf.store._writer.run(
        lambda db: db.execute("UPDATE meta SET value = 'old' WHERE key = 'index_form'").rowcount
    )
    await shelf.store.close()

    async with opened(shelf.store.path, Clock()) as store:
        again = Shelf(store, Clock())
        told = store.notices
        await again.bring(rri, entry("new", "Kabar baru"), entry("0", "Kabar lama"), entry("599", "Kabar tua"))
        assert store._rebuilding is not None
        await store._rebuilding
        found = [len(await again.found(word)) for word in ("kabar", "nomor0", "nomor300", "nomor599")]
        is_current = await store._reader.run(indexing.is_current)

    assert len(told) == 1
    assert (found, is_current) == ([3, 0, 1, 0], True)
    assert_indexed(shelf.store.path)
