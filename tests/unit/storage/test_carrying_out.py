"""What a refresh does to the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from reader.errors import NotFoundError
from reader.model import Enclosure, FeedFacts, FeedState, PageText, RefreshPlan, Validators, Verdict
from tests.unit.storage.making import START, Shelf, entry


async def test_new_entries_become_articles_newest_first(shelf: Shelf) -> None:
    """The top of a feed without dates is its newest item."""
    (rri,) = await shelf.subscribe("rri")

    stored = await shelf.bring(rri, entry("3"), entry("2"), entry("1", published=START - timedelta(days=1)))

    assert await shelf.ids() == list(stored.new_ids)
    assert await shelf.titles() == ["Berita 3", "Berita 2", "Berita 1"]


async def test_the_same_document_twice_adds_nothing(shelf: Shelf) -> None:
    """Assertion 41: what is stored is the distinct entries."""
    (rri,) = await shelf.subscribe("rri")
    document = [entry(str(number), text=f"isi {number}") for number in range(5)]

    first = await shelf.bring(rri, *document)
    again = await shelf.bring(rri, *document)

    assert len(first.new_ids) == 5
    assert (again.new_ids, again.joined, again.updated) == ((), 0, 0)


async def test_a_plan_another_process_carried_out_meanwhile_adds_nothing(shelf: Shelf) -> None:
    """A lease that expired must not double articles."""
    (rri,) = await shelf.subscribe("rri")
    plan = RefreshPlan(rri, FeedFacts(), (entry("1"), entry("2")))

    await shelf.store.carry_out(plan, FeedState(), now=START)
    again = await shelf.store.carry_out(plan, FeedState(), now=START)

    assert again.new_ids == ()
    assert len(await shelf.ids()) == 2


async def test_a_changed_entry_updates_in_place_and_keeps_marks(shelf: Shelf) -> None:
    """Assertion 43."""
    (rri,) = await shelf.subscribe("rri")
    (number,) = (await shelf.bring(rri, entry("1", "Lama", "isi lama"))).new_ids
    await shelf.store.mark([number], "read")
    await shelf.store.mark([number], "star")
    await shelf.store.tag([number], "penting")
    shelf.clock.forward(hours=1)

    stored = await shelf.bring(rri, entry("1", "Baru", "isi baru", url="https://rri.example/1"))

    (row,) = await shelf.store.rows([number])
    assert (stored.updated, stored.new_ids) == (1, ())
    assert (row.title, row.url, row.is_read, row.is_starred, row.tags) == (
        "Baru",
        "https://rri.example/1",
        True,
        True,
        ("penting",),
    )
    assert (await shelf.store.article(number)).changed_at == START + timedelta(hours=1)
    assert (await shelf.found("lama"), await shelf.found("baru")) == ([], [number])


async def test_an_article_of_two_feeds_is_one_row(shelf: Shelf) -> None:
    """A wire story must not be read twice."""
    rri, antara = await shelf.subscribe("rri", "antara")
    (number,) = (await shelf.bring(rri, entry("a", "Gempa", merge_key="https://x.example/1"))).new_ids

    stored = await shelf.bring(antara, entry("b", "Gempa di Natuna", merge_key="https://x.example/1"))

    (row,) = await shelf.store.rows([number])
    assert (stored.new_ids, stored.joined) == ((), 1)
    assert (row.title, row.feed, row.other_feeds) == ("Gempa", "rri", ("antara",))
    assert [feed.articles for feed in await shelf.store.feeds()] == [1, 1]


async def test_merging_can_be_switched_off(shelf: Shelf) -> None:
    """Then each feed has its own row."""
    rri, antara = await shelf.subscribe("rri", "antara")
    await shelf.bring(rri, entry("a", "Gempa", merge_key="https://x.example/1"))

    stored = await shelf.bring(antara, entry("b", "Gempa", merge_key="https://x.example/1"), merge=False)

    assert len(stored.new_ids) == 1


async def test_a_guid_twin_in_one_feed_is_one_row(shelf: Shelf) -> None:
    """Assertion 44: http and https guids of one article, in one document and across refreshes."""
    (rri,) = await shelf.subscribe("rri")
    http = entry("http://rri.example/1", "Gempa", merge_key="rri.example/1")
    https = replace(http, key="https://rri.example/1")

    together = await shelf.bring(rri, http, https)
    later = await shelf.bring(rri, replace(http, key="urn:1"))

    assert (len(together.new_ids), together.joined) == (1, 1)
    assert (later.new_ids, later.joined) == ((), 1)
    assert (await shelf.store.feeds())[0].articles == 1


async def test_entries_that_all_link_to_the_home_page_stay_apart(shelf: Shelf) -> None:
    """Assertion 42: a shared address must not swallow articles."""
    (blog,) = await shelf.subscribe("blog")

    first = await shelf.bring(blog, *(entry(str(n), merge_key="https://blog.example/") for n in range(3)))
    later = await shelf.bring(blog, *(entry(str(n), merge_key="https://blog.example/") for n in range(5)))

    assert (len(first.new_ids), len(later.new_ids)) == (3, 2)


async def test_joining_takes_the_longer_text_and_keeps_the_title(shelf: Shelf) -> None:
    """A feed with whole articles enriches the one with snippets; a poorer one changes nothing."""
    rri, antara, kepri = await shelf.subscribe("rri", "antara", "kepri")
    (number,) = (await shelf.bring(rri, entry("a", "Gempa", "singkat", merge_key="x"))).new_ids

    await shelf.bring(antara, entry("b", "Gempa Natuna", "panjang sekali isinya", merge_key="x"))
    await shelf.bring(kepri, entry("c", "Gempa", "pendek", merge_key="x"))

    article = await shelf.store.article(number)
    assert (article.row.title, article.text, article.changed_at) == ("Gempa", "panjang sekali isinya", None)
    assert await shelf.found("panjang") == [number]


async def test_the_home_feeds_change_keeps_the_longer_text_of_another(shelf: Shelf) -> None:
    """A headline mended at home must not cost the text."""
    rri, antara = await shelf.subscribe("rri", "antara")
    (number,) = (await shelf.bring(rri, entry("a", "Gempa", "singkat", merge_key="x"))).new_ids
    await shelf.bring(antara, entry("b", "Gempa", "panjang sekali isinya", merge_key="x"))

    await shelf.bring(rri, entry("a", "Gempa 5,1", "singkat saja", merge_key="x"))

    article = await shelf.store.article(number)
    assert (article.row.title, article.text) == ("Gempa 5,1", "panjang sekali isinya")


async def test_a_future_date_does_not_stay_on_top(shelf: Shelf) -> None:
    """Assertions 46 and 47: sorting dates are clamped to [1990, first seen]."""
    (rri,) = await shelf.subscribe("rri")
    await shelf.bring(
        rri,
        entry("future", published=datetime(9999, 12, 31, tzinfo=UTC)),
        entry("ancient", published=datetime(1, 1, 1, tzinfo=UTC)),
        entry("none"),
    )
    shelf.clock.forward(minutes=1)
    await shelf.bring(rri, entry("later"))

    rows = await shelf.store.rows(await shelf.ids())
    assert [row.title for row in rows] == ["Berita later", "Berita future", "Berita none", "Berita ancient"]
    assert [row.date for row in rows[1:]] == [START, START, datetime(1990, 1, 1, tzinfo=UTC)]


async def test_text_from_outside_never_breaks_a_transaction(shelf: Shelf) -> None:
    """SQLite refuses lone surrogates and cuts at NUL; both come out of other people's JSON."""
    (rri,) = await shelf.subscribe("rri")

    stored = await shelf.bring(
        rri,
        entry("\ud800", "judul \ud800", "isi\0 \udfff", author="\ud800", categories=("\ud800",), raw_date="\0"),
        facts=FeedFacts(title="\ud800"),
        verdicts={"\ud800": Verdict(tags=("\ud800",), highlight="\0")},
    )

    article = await shelf.store.article(stored.new_ids[0])
    assert (article.row.title, article.text) == ("judul ?", "isi ?")


async def test_verdicts_are_applied_to_new_articles_only(shelf: Shelf) -> None:
    """Rules act as articles arrive; a starred article is never hidden."""
    (rri,) = await shelf.subscribe("rri")
    verdicts = {
        "1": Verdict(muted_by="Bola"),
        "2": Verdict(muted_by="Bola", is_starred=True, is_read=True, highlight="warning", tags=("a", "b")),
    }

    stored = await shelf.bring(rri, entry("1"), entry("2"), verdicts=verdicts)

    first, second = await shelf.store.rows(stored.new_ids)
    assert (first.muted_by, first.is_read) == ("Bola", False)
    assert (second.muted_by, second.is_starred, second.is_read, second.highlight, second.tags) == (
        "",
        True,
        True,
        "warning",
        ("a", "b"),
    )


async def test_the_whole_article_is_stored_beside_the_feeds_text(shelf: Shelf) -> None:
    """Both are searched; the letter f tells it."""
    (rri,) = await shelf.subscribe("rri")
    audio = Enclosure("https://x.example/a.mp3", "audio/mpeg", 10, 60)
    (number,) = (
        await shelf.bring(rri, entry("1", "Gempa", "cuplikan", enclosures=(audio,), image_url="https://x/i"))
    ).new_ids

    await shelf.store.save_full(
        number, PageText(entry("x", text="seluruh isinya").document, "seluruh isinya", 2, "Ani", "Ranai")
    )

    article = await shelf.store.article(number)
    assert (article.row.has_media, article.row.words, article.row.author, article.row.place) == (
        "aif",
        2,
        "Ani",
        "Ranai",
    )
    assert article.full is not None
    assert article.enclosures == (audio,)
    assert (await shelf.found("seluruh"), await shelf.found("cuplikan")) == ([number], [number])
    with pytest.raises(NotFoundError):
        await shelf.store.save_full(999, PageText(b"", "", 0))


async def test_state_and_facts_come_back_as_they_were(shelf: Shelf) -> None:
    """Assertions 2, 4 and 8: validators byte for byte, due times after a restart."""
    (rri,) = await shelf.subscribe("rri")
    state = FeedState(
        validators=Validators(b'W/"a\\b\xff"', b"Tue, 16 Dec 2025"),
        next_due=START + timedelta(minutes=61, microseconds=5),
        failures=2,
        health="failing",
        body_hash=b"\x01",
        item_hashes=b"\x02" * 16,
    )
    facts = FeedFacts("RRI", "https://rri.example", "id", ttl_minutes=5, skip_hours=frozenset({1, 2}))

    await shelf.bring(rri, entry("1"), facts=facts, state=state)

    (feed,) = await shelf.store.feeds()
    assert (feed.state, feed.facts) == (state, facts)


async def test_an_unknown_feed_is_told(shelf: Shelf) -> None:
    """Nothing is stored for a feed that is not there."""
    with pytest.raises(NotFoundError):
        await shelf.bring(7, entry("1"))


async def test_a_feeds_rhythm_is_the_median_gap(shelf: Shelf) -> None:
    """The schedule stretches by it."""
    (rri,) = await shelf.subscribe("rri")
    assert await shelf.store.rhythms([rri]) == {rri: None}

    await shelf.bring(rri, *(entry(str(n), published=START - timedelta(hours=n)) for n in range(9)))

    assert await shelf.store.rhythms([rri]) == {rri: 60}
