"""What retention takes, and what it never takes."""

from __future__ import annotations

from dataclasses import replace

from reader.model import FeedConfig, FeedState, Validators, Verdict
from tests.unit.storage.checking import assert_sound
from tests.unit.storage.making import START, Shelf, entry


async def test_nothing_goes_by_default(shelf: Shelf) -> None:
    """Retention is off until it is switched on."""
    (rri,) = await shelf.subscribe("rri")
    stored = await shelf.bring(rri, entry("1"))
    await shelf.store.mark(stored.new_ids, "read")
    shelf.clock.forward(days=4000)

    assert await shelf.store.purge() == 0


async def test_marked_and_unread_articles_are_never_taken(shelf: Shelf) -> None:
    """Assertion 45."""
    (rri,) = await shelf.subscribe("rri")
    star, tag, note, unread, read = (await shelf.bring(rri, *(entry(str(n)) for n in range(5)))).new_ids
    await shelf.store.mark([star, tag, note, read], "read")
    await shelf.store.mark([star], "star")
    await shelf.store.tag([tag], "a")
    await shelf.store.annotate(note, "x")
    shelf.clock.forward(days=31)
    await shelf.bring(rri, entry("new"))

    would = await shelf.store.purge(keep_days=30, dry_run=True)
    went = await shelf.store.purge(keep_days=30)

    assert (would, went) == (1, 1)
    assert {star, tag, note, unread} < set(await shelf.ids())
    assert await shelf.store.rows([read]) == ()
    assert_sound(shelf.store.path)


async def test_a_purged_article_does_not_come_back_as_new(shelf: Shelf) -> None:
    """Assertion 45: while the feed still carries it, it stays away; changed, it comes back as read as it was."""
    (rri,) = await shelf.subscribe("rri")
    first = entry("1", "Gempa", "isi", merge_key="x")
    (number,) = (await shelf.bring(rri, first)).new_ids
    await shelf.store.mark([number], "read")
    shelf.clock.forward(days=31)
    await shelf.store.purge(keep_days=30)

    same = await shelf.bring(rri, first)
    away = await shelf.ids()
    await shelf.bring(rri, entry("1", "Gempa susulan", "isi", merge_key="x"))

    (row,) = await shelf.store.rows([number])
    assert (same.new_ids, away) == ((), [])
    assert (row.title, row.is_read) == ("Gempa susulan", True)
    assert await shelf.found("susulan") == [number]
    assert_sound(shelf.store.path)


async def test_another_feed_brings_a_purged_article_back_as_read_as_it_was(shelf: Shelf) -> None:
    """Statuses outlive articles."""
    rri, antara = await shelf.subscribe("rri", "antara")
    (number,) = (await shelf.bring(rri, entry("1", merge_key="x"))).new_ids
    await shelf.store.mark([number], "read")
    shelf.clock.forward(days=31)
    await shelf.store.purge(keep_days=30)

    stored = await shelf.bring(antara, entry("b", "Gempa", merge_key="x"))

    (row,) = await shelf.store.rows([number])
    assert (stored.new_ids, stored.joined, row.feed, row.is_read) == ((), 1, "antara", True)
    assert_sound(shelf.store.path)


async def test_the_newest_so_many_stay(shelf: Shelf) -> None:
    """max_articles is per feed, and a feed's own rule beats the general one."""
    rri, antara = (
        feed.id
        for feed in await shelf.store.sync_feeds(
            [FeedConfig("https://a.example/"), FeedConfig("https://b.example/", max_articles=0)]
        )
    )
    for feed_id in (rri, antara):
        stored = await shelf.bring(feed_id, *(entry(f"{feed_id}-{n}") for n in range(5)))
        await shelf.store.mark(stored.new_ids, "read")

    assert await shelf.store.purge(max_articles=3) == 2
    assert await shelf.titles() == [
        *(f"Berita {antara}-{n}" for n in range(5)),
        *(f"Berita {rri}-{n}" for n in range(3)),
    ]


async def test_an_article_of_two_feeds_stays_while_one_keeps_it(shelf: Shelf) -> None:
    """It goes only if both let it go."""
    rri, antara = (
        feed.id
        for feed in await shelf.store.sync_feeds(
            [FeedConfig("https://a.example/", keep_days=1), FeedConfig("https://b.example/", keep_days=9)]
        )
    )
    stored = await shelf.bring(rri, entry("a", merge_key="x"))
    await shelf.bring(antara, entry("b", merge_key="x"))
    await shelf.store.mark(stored.new_ids, "read")

    shelf.clock.forward(days=2)
    after_two = await shelf.store.purge()
    shelf.clock.forward(days=8)
    assert (after_two, await shelf.store.purge()) == (0, 1)


async def test_a_removed_feed_is_emptied_only_on_purpose_and_fills_again(shelf: Shelf) -> None:
    """Its articles stay until then, starred ones for ever; subscribing again brings the rest back."""
    (rri,) = await shelf.subscribe("rri")
    state = FeedState(validators=Validators(b"x", None), body_hash=b"x", next_due=START)
    document = [entry(str(n)) for n in range(4)]
    stored = await shelf.bring(rri, *document, state=state)
    await shelf.store.mark(stored.new_ids[:1], "star")
    await shelf.store.mark(stored.new_ids[2:3], "read")
    await shelf.store.judge({stored.new_ids[3]: Verdict(muted_by="Bola")})
    await shelf.subscribe("antara")

    kept = await shelf.store.purge(keep_days=1)
    went = await shelf.store.purge(unlisted_too=True)
    starred = await shelf.ids()
    assert_sound(shelf.store.path)
    await shelf.subscribe("rri")
    feed = (await shelf.store.feeds())[0]
    await shelf.bring(rri, *document)

    assert (kept, went, starred) == (0, 3, [stored.new_ids[0]])
    assert feed.state == replace(state, validators=Validators(), body_hash=b"")
    assert [row.is_read for row in await shelf.store.rows(stored.new_ids)] == [False, False, True, False]
    assert_sound(shelf.store.path)


async def test_size_is_told(shelf: Shelf) -> None:
    """For `warta where`."""
    (rri,) = await shelf.subscribe("rri")
    await shelf.bring(rri, entry("1"), entry("2"))

    size = await shelf.store.size()

    assert (size.articles, size.feeds, size.oldest) == (2, 1, START)
    assert size.database_bytes > 0
