"""From a server to the store and back, through `Reader`, with nothing faked but the clock."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.core import Reader
from reader.demo.configuration import Demo, demo
from reader.fetch.network import SystemNetwork
from reader.model import Answer, Config, FeedConfig, Question, RefreshProgress, Source

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def demonstration() -> Iterator[Demo]:
    with demo(NOW) as running:
        yield running


@pytest.fixture
async def reader(demonstration: Demo, clock: Clock, tmp_path: Path) -> AsyncIterator[Reader]:
    opened = await Reader.open(demonstration.config, tmp_path, now=clock)
    yield opened
    await opened.close()


async def last(reader: Reader, question: Question) -> Answer:
    answers = [answer async for answer in reader.ask(question)]
    assert [answer.is_final for answer in answers] == [False] * (len(answers) - 1) + [True]
    return answers[-1]


async def titles(reader: Reader, query: str = "", source: Source | None = None) -> list[str]:
    answer = await last(reader, Question(source or Source(), query, is_complete_word=True))
    assert answer.total == len(answer.ids)
    return [row.title for row in await reader.rows(list(answer.ids))]


async def test_a_refresh_stores_every_article_of_every_good_feed(reader: Reader, demonstration: Demo) -> None:
    """The main job: what the publishers serve is in the list afterwards, newest first."""
    progress: list[RefreshProgress] = []

    results = await reader.refresh(listener=progress.append)

    assert {r.title: r.outcome for r in results if r.outcome != "new"} == {"Pos Perbatasan": "failed"}
    assert sum(r.new for r in results) == len(demonstration.server.articles)
    assert await titles(reader) == [article.title for article in demonstration.server.articles]
    assert progress[0].total == 9
    assert progress[-1].is_finished


async def test_a_second_refresh_stores_nothing(reader: Reader, clock: Clock) -> None:
    """A refresh costs what changed, and never doubles a list."""
    await reader.refresh()
    clock.time += timedelta(days=2)

    results = await reader.refresh()

    assert {r.outcome for r in results if r.title != "Pos Perbatasan"} == {"not_modified"}
    assert (await reader.counts()).total == 61


async def test_nothing_is_asked_before_it_is_due(reader: Reader) -> None:
    """Publishers block readers that come back at each start."""
    await reader.refresh()

    results = await reader.refresh()

    assert {r.outcome for r in results} == {"not_due"}


async def test_a_failing_feed_says_why_and_the_others_go_on(reader: Reader) -> None:
    """One bad server must cost its own articles only."""
    await reader.refresh()

    feed = next(feed for feed in await reader.feeds() if feed.title == "Pos Perbatasan")
    assert feed.state.health == "failing"
    assert feed.state.http_status == 503
    assert feed.state.failure is not None
    assert "dirawat" in feed.state.failure.snippet


@pytest.mark.parametrize(
    "query", ["jaminan sosial", "JAMINAN", "14 ribu orang", "feed:ranai jaminan", '"jaminan sosial"']
)
async def test_a_keyword_finds_its_article(reader: Reader, query: str) -> None:
    """Over title, summary and text, whatever the case."""
    await reader.refresh()

    assert "Kepesertaan jaminan sosial di Natuna capai separuh pekerja" in await titles(reader, query)


@pytest.mark.parametrize(
    "query", ["C++", "covid-19", '"', "AND", "(", "a OR", "-", "*", "NEAR(", "title:", "'; DROP TABLE"]
)
async def test_no_input_raises(reader: Reader, query: str) -> None:
    """A person types anything."""
    await reader.refresh()

    await titles(reader, query)


async def test_marks_are_kept_and_undone(demonstration: Demo, clock: Clock, tmp_path: Path) -> None:
    """What the reader did survives a restart, and can be taken back after it."""
    reader = await Reader.open(demonstration.config, tmp_path, now=clock)
    await reader.refresh()
    ids = list((await last(reader, Question())).ids)[:5]
    await reader.mark(ids, "read")
    await reader.mark(ids[:2], "star")
    await reader.close()

    again = await Reader.open(demonstration.config, tmp_path, now=clock)
    try:
        starred = await titles(again, source=Source("starred"))
        undone = await again.undo()
        counts = await again.counts()

        assert len(starred) == 2
        assert undone is not None
        assert (undone.kind, undone.count) == ("star", 2)
        assert (counts.starred, counts.unread) == (0, 61 - 5)
    finally:
        await again.close()


async def test_a_feed_taken_out_of_the_file_is_hidden_not_lost(reader: Reader, demonstration: Demo) -> None:
    """An edit of feeds.toml is no order to delete."""
    await reader.refresh()
    without = replace(demonstration.config, feeds=tuple(f for f in demonstration.config.feeds if "kabar" not in f.url))

    await reader.use_config(without)
    hidden = (await reader.counts()).total
    await reader.use_config(demonstration.config)

    assert hidden == 61 - 11
    assert (await reader.counts()).total == 61


async def test_the_whole_article_is_fetched_and_found(reader: Reader) -> None:
    """RRI's feed has only a snippet; `x` brings the rest, caption and dateline kept, and search knows it."""
    await reader.refresh()
    answer = await last(reader, Question(query="kepesertaan", is_complete_word=True))
    before = await titles(reader, "Sedanau iuran")

    whole = await reader.fetch_whole(answer.ids[0])

    article = await reader.article(answer.ids[0])
    assert whole.outcome == "stored", whole.sentence
    assert article.full is not None
    assert "Pulau Tiga, Sedanau dan Midai" in article.text
    assert article.row.place == "Natuna"
    assert before == []
    assert await titles(reader, "Sedanau iuran") == ["Kepesertaan jaminan sosial di Natuna capai separuh pekerja"]


async def test_an_unreachable_feed_is_a_value(clock: Clock, demonstration: Demo, tmp_path: Path) -> None:
    """Nothing listens there; the batch goes on."""
    nobody = FeedConfig("http://127.0.0.1:9/feed", title="Nobody")
    reader = await Reader.open(
        replace(demonstration.config, feeds=(nobody, *demonstration.config.feeds)), tmp_path, now=clock
    )
    try:
        results = {r.title: r for r in await reader.refresh()}

        assert results["Nobody"].outcome == "failed"
        assert results["Radio Ranai"].outcome == "new"
    finally:
        await reader.close()


async def test_a_cancelled_refresh_leaves_the_store_whole(reader: Reader) -> None:
    """Quitting during a refresh takes under a second and loses nothing."""
    task = asyncio.create_task(reader.refresh())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    async with asyncio.timeout(30):
        results = await reader.refresh(urgency="force")
    assert sum(r.new for r in results) + sum(r.outcome == "not_modified" for r in results) > 0


async def test_a_saved_filter_counts_its_unread(reader: Reader) -> None:
    """The sidebar's number follows what is read, without running every filter at every key."""
    await reader.refresh()
    before = (await reader.counts()).filters["Natuna"]
    answer = await last(reader, Question(Source("filter", "Natuna")))

    await reader.mark(list(answer.ids)[:2], "read")

    assert before == len(answer.ids) > 2
    assert (await reader.counts()).filters["Natuna"] == before - 2


class NoNames(SystemNetwork):
    """A resolver that knows no host, as many routers are when the line is down."""

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


@pytest.mark.parametrize(("hosts", "kind"), [(("a.example", "b.example"), "offline"), (("a.example",), "dns")])
async def test_no_host_has_a_name_means_no_network(
    hosts: tuple[str, ...], kind: str, clock: Clock, tmp_path: Path
) -> None:
    """Being offline counts against no feed, also where the resolver says "no such host" instead of nothing."""
    feeds = tuple(FeedConfig(f"https://{host}/feed") for host in hosts)
    reader = await Reader.open(Config(tmp_path / "feeds.toml", feeds=feeds), tmp_path, now=clock, network=NoNames())
    try:
        results = await reader.refresh()

        assert {result.failure.kind for result in results if result.failure} == {kind}
        assert {feed.state.failures for feed in await reader.feeds()} == {0 if kind == "offline" else 1}
    finally:
        await reader.close()


async def test_retention_takes_only_what_was_read(reader: Reader, demonstration: Demo, clock: Clock) -> None:
    """Nothing the reader has not seen, or has starred, goes because of its age."""
    await reader.refresh()
    old = list((await last(reader, Question(query="older:2d", is_complete_word=True))).ids)
    await reader.mark(old, "read")
    await reader.mark(old[:1], "star")
    settings = replace(demonstration.config.settings, keep_days=2)
    await reader.use_config(replace(demonstration.config, settings=settings))
    clock.time += timedelta(days=3)

    would_go = await reader.purge(dry_run=True)
    gone = await reader.purge()

    assert would_go == gone == len(old) - 1
    assert (await reader.counts()).total == 61 - gone
    assert (await reader.article(old[0])).row.is_starred
    assert sum(result.new for result in await reader.refresh()) == 0


async def test_one_feed_is_not_blamed_while_there_is_no_network(clock: Clock, tmp_path: Path) -> None:
    """`warta refresh NAME` while offline must not say that the host is gone."""
    feeds = tuple(FeedConfig(f"https://{host}/feed") for host in ("a.example", "b.example"))
    reader = await Reader.open(Config(tmp_path / "feeds.toml", feeds=feeds), tmp_path, now=clock, network=NoNames())
    try:
        await reader.refresh()
        first = (await reader.feeds())[0]

        (result,) = await reader.refresh([first.id], urgency="force")

        assert result.failure is not None
        assert result.failure.kind == "offline"
        assert "No network" in reader.sentence((await reader.feeds())[0])
    finally:
        await reader.close()


async def test_an_episode_of_the_demo_can_be_downloaded(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the demo offers works, from the list to the file."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(tmp_path / "downloads"))
    await reader.refresh()
    answer = await last(reader, Question(query="has:audio", is_complete_word=True))
    article = await reader.article(answer.ids[0])

    kept = await reader.outgoing.download(article.enclosures[0], article.row.feed_id, lambda _coming: None)

    assert kept.path is not None, kept.sentence
    assert kept.path.parent == tmp_path / "downloads"
    assert kept.path.read_bytes()[:2] == b"\xff\xfb"


async def test_what_did_not_change_is_not_parsed(demonstration: Demo, clock: Clock, tmp_path: Path) -> None:
    """A refresh from cron every ten minutes may not start two processes to learn that nothing is new."""
    config = replace(demonstration.config, feeds=tuple(f for f in demonstration.config.feeds if f.kind == "feed"))
    first = await Reader.open(config, tmp_path, now=clock)
    await first.refresh()
    await first.close()
    clock.time += timedelta(days=2)
    second = await Reader.open(config, tmp_path, now=clock)
    results = await second.refresh()
    assert second._machinery
    _fetcher, parser, _refresher = second._machinery

    assert "not_modified" in {result.outcome for result in results}
    assert not {"new", "updated"} & {result.outcome for result in results}
    assert parser._pool is None
    await second.close()
