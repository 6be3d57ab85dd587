"""The feeds' rows: feeds.toml taken over, leases."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from reader.model import FeedConfig, FeedFacts, FeedState
from tests.unit.storage.making import Clock, Shelf, entry, opened


async def test_feeds_come_in_file_order_with_what_the_user_wrote(shelf: Shelf) -> None:
    """The sidebar shows them so."""
    configs = [FeedConfig(f"https://{name}.example/", folder="Nasional", tags=("a",)) for name in "cab"]

    feeds = await shelf.store.sync_feeds([*configs, configs[0]])

    assert [feed.config for feed in feeds] == configs
    assert [feed.id for feed in await shelf.store.feeds()] == [feed.id for feed in feeds]


async def test_a_vanished_feed_is_hidden_and_comes_back_with_its_articles(shelf: Shelf) -> None:
    """A line removed from feeds.toml deletes nothing."""
    rri, antara = await shelf.subscribe("rri", "antara")
    await shelf.bring(rri, entry("1"), entry("2", merge_key="x"))
    await shelf.bring(antara, entry("b", merge_key="x"))

    await shelf.subscribe("antara")
    hidden = await shelf.store.counts(today_start=shelf.clock())
    listed = [feed.title for feed in await shelf.store.feeds(include_unlisted=True)]
    await shelf.subscribe("rri", "antara")
    shown = await shelf.store.counts(today_start=shelf.clock())

    assert (hidden.total, shown.total, listed) == (1, 2, ["antara", "rri"])
    assert (await shelf.store.feeds())[0].articles == 2


async def test_secrets_are_not_written_to_the_disk(tmp_path: Path) -> None:
    """They stand in feeds.toml only; the running app has them all the same."""
    config = FeedConfig(
        "https://rri.example/",
        auth="bearer geheim",
        auth_command=("geheim",),
        headers=(("X-Key", "geheim"),),
        proxy="http://u:geheim@p.example",
        title_strip=(" - RRI",),
        keep_days=3,
    )
    async with opened(tmp_path / "warta.db") as store:
        await store.sync_feeds([config])
        told = (await store.feeds())[0].config
    async with opened(tmp_path / "warta.db") as store:
        stored = (await store.feeds())[0].config

    assert told == config
    assert (stored.title_strip, stored.keep_days, stored.auth, stored.proxy) == ((" - RRI",), 3, "", "")
    written = b"".join(file.read_bytes() for file in tmp_path.iterdir())  # noqa: ASYNC240 - a test
    assert b"geheim" not in written


async def test_the_database_belongs_to_its_user_alone(tmp_path: Path) -> None:
    """Addresses of feeds may hold tokens."""
    async with opened(tmp_path / "new" / "warta.db"):
        modes = {file.stat().st_mode & 0o077 for file in (tmp_path / "new").iterdir()}

    assert modes == {0}


async def test_the_name_shown_follows_the_user_then_the_feed_then_the_address(shelf: Shelf) -> None:
    """Without the password in the address."""
    url = "https://me:geheim@rri.example/rss"
    (feed,) = await shelf.store.sync_feeds([FeedConfig(url)])
    names = []
    for number, facts in enumerate([FeedFacts(), FeedFacts("RRI Natuna")]):
        stored = await shelf.bring(feed.id, entry(str(number)), facts=facts)
        names.append((await shelf.store.rows(stored.new_ids))[0].feed)
    await shelf.store.sync_feeds([FeedConfig(url, title="Mine")])
    names.append((await shelf.store.rows(stored.new_ids))[0].feed)

    assert names == ["https://rri.example/rss", "RRI Natuna", "Mine"]


async def test_two_processes_never_hold_one_lease(tmp_path: Path) -> None:
    """Assertion 62: no double fetch; a lease ends by itself, by release, or with the result."""
    clock = Clock()
    async with opened(tmp_path / "warta.db", clock) as app, opened(tmp_path / "warta.db", clock) as cron:
        feeds = [feed.id for feed in await app.sync_feeds([FeedConfig(f"https://{n}.example/") for n in "ab"])]
        await cron.feeds()

        assert await app.claim(feeds[:1], owner="app", seconds=60) == {feeds[0]}
        assert await cron.claim(feeds, owner="cron", seconds=60) == {feeds[1]}
        await cron.release(feeds, "cron")
        assert await app.claim(feeds, owner="app", seconds=60) == set(feeds)
        clock.forward(seconds=61)
        assert await cron.claim(feeds, owner="cron", seconds=60) == set(feeds)


async def test_a_feed_refreshed_by_another_process_is_not_given(tmp_path: Path) -> None:
    """Between looking and claiming, cron may have fetched: asking again would be too early."""
    clock = Clock()
    async with opened(tmp_path / "warta.db", clock) as app, opened(tmp_path / "warta.db", clock) as cron:
        (feed,) = await app.sync_feeds([FeedConfig("https://a.example/")])
        await cron.feeds()
        await cron.claim([feed.id], owner="cron", seconds=60)
        await cron.save_state(feed.id, FeedState(failures=1))

        assert await app.claim([feed.id], owner="app", seconds=60) == frozenset()
        await app.feeds()
        assert await app.claim([feed.id], owner="app", seconds=60) == {feed.id}


async def test_a_lease_of_a_clock_that_jumped_binds_nobody(tmp_path: Path) -> None:
    """Assertion 21: no feed is stuck because the clock was a year ahead."""
    clock = Clock()
    async with opened(tmp_path / "warta.db", clock) as app:
        (feed,) = await app.sync_feeds([FeedConfig("https://a.example/")])
        clock.forward(days=365)
        await app.claim([feed.id], owner="dead", seconds=60)
        clock.forward(days=-365)

        assert await app.claim([feed.id], owner="app", seconds=60) == {feed.id}


async def test_a_feed_keeps_its_articles_under_another_address(shelf: Shelf) -> None:
    """Editing a URL in the app is no new subscription."""
    rri, antara = await shelf.subscribe("rri", "antara")
    await shelf.bring(rri, entry("1"), state=FeedState(next_due=shelf.clock() + timedelta(hours=1), body_hash=b"x"))
    await shelf.bring(antara, entry("2"))

    moved = await shelf.store.readdress("https://rri.example/feed", "https://rri.example/new")
    clash = await shelf.store.readdress("https://rri.example/new", "https://antara.example/feed")

    feed = (await shelf.store.feeds())[0]
    assert (moved, clash) == (True, False)
    assert (feed.id, feed.config.url, feed.articles, feed.state) == (rri, "https://rri.example/new", 1, FeedState())


async def test_an_address_of_the_past_makes_way(shelf: Shelf) -> None:
    """Who followed the new address once, or whose cron job has just seen it, must not lose the articles for it."""
    rri, antara = await shelf.subscribe("rri", "antara")
    await shelf.bring(rri, entry("1"))
    await shelf.bring(antara, entry("2"))
    await shelf.subscribe("rri")

    moved = await shelf.store.readdress("https://rri.example/feed", "https://antara.example/feed")
    feeds = await shelf.store.sync_feeds([FeedConfig("https://antara.example/feed")])

    assert moved
    assert [(feed.id, feed.articles) for feed in feeds] == [(rri, 1)]
    hidden = [feed for feed in await shelf.store.feeds(include_unlisted=True) if feed.id == antara]
    assert hidden[0].articles == 1
