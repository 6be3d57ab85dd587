"""Following, changing and leaving feeds, through `Reader`, with a file and a loopback server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.config.load import load
from reader.core import Reader
from reader.core.subscriptions import step_told
from reader.errors import ConfigError, NotFoundError
from reader.model import Question, Source
from reader.model.discovering import DiscoveryProgress
from tests.hostile import item, rss
from tests.loopback import Answer, Loopback

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as running:
        running.answer("*", Answer(status=404))
        running.answer("/rss", Answer(body=rss(item(1), item(2))))
        running.answer("/new", Answer(body=rss(item(1), item(2), item(3))))
        yield running


@pytest.fixture
def path(tmp_path: Path, server: Loopback) -> Path:
    path = tmp_path / "feeds.toml"
    path.write_text(
        f'# mine\n[[feeds]]\nurl = "{server.url("/rss")}" # the first\ntitle = "RRI"\nfolder = "Nasional"\n'
    )
    return path


async def opened(path: Path) -> Reader:
    return await Reader.open(load(path, may_run_commands=True), path.parent / "data", now=lambda: NOW)


@pytest.fixture
async def reader(path: Path) -> AsyncIterator[Reader]:
    found = await opened(path)
    yield found
    await found.close()


def text_of(path: Path) -> str:
    return path.read_text()


def left_over(path: Path) -> list[str]:
    return [one.name for one in path.parent.iterdir() if one.name.endswith(".new")]


def vanish(path: Path) -> None:
    path.unlink()


def write(path: Path, text: str) -> None:
    path.write_text(text)


async def ids(reader: Reader, source: Source | None = None) -> list[int]:
    found: list[int] = []
    async for answer in reader.ask(Question(source or Source())):
        found = list(answer.ids)
    return found


async def test_a_new_address_keeps_articles_and_marks(reader: Reader, path: Path, server: Loopback) -> None:
    """A paper that moves must not cost what was read and starred."""
    await reader.refresh()
    (feed,) = await reader.feeds()
    before = await ids(reader)
    await reader.mark(before[:1], "star")

    await reader.subscriptions.edit(await reader.subscriptions.entry(feed.id), {"url": server.url("/new")})
    await reader.refresh()

    (moved,) = await reader.feeds()
    assert (moved.id, moved.config.url, moved.articles) == (feed.id, server.url("/new"), 3)
    assert set(before) < set(await ids(reader, Source("feed", feed.id)))
    assert await ids(reader, Source("starred")) == before[:1]

    step = await reader.undo()
    assert step is not None
    assert step_told(step) == "“RRI” changed"
    (back,) = await reader.feeds()
    assert (back.id, back.config.url, back.articles) == (feed.id, server.url("/rss"), 3)


@pytest.fixture
def nameless(path: Path, server: Loopback) -> Path:
    """A feed that goes by the name it gives itself."""
    path.write_text(f'[[feeds]]\nurl = "{server.url("/rss")}"\n')
    return path


async def test_a_taken_back_address_brings_back_what_the_feed_calls_itself(nameless: Path, server: Loopback) -> None:
    """The name of the feed that was left again would stand beside the other's articles, until that answers."""
    server.answer("/new", Answer(body=rss(item(3)).replace(b"<title>Uji<", b"<title>Lain<")))
    reader = await opened(nameless)
    await reader.refresh()
    (feed,) = await reader.feeds()
    await reader.subscriptions.edit(await reader.subscriptions.entry(feed.id), {"url": server.url("/new")})
    await reader.refresh()
    assert [moved.title for moved in await reader.feeds()] == ["Lain"]
    await reader.close()

    tomorrow = await opened(nameless)
    await tomorrow.undo()
    (back,) = await tomorrow.feeds()
    row = (await tomorrow.rows(await ids(tomorrow)))[0]
    await tomorrow.close()

    assert (feed.title, feed.facts) == ("Uji", back.facts)
    assert (back.title, row.feed) == ("Uji", "Uji")


async def test_a_removed_feed_comes_back_tomorrow(reader: Reader, path: Path) -> None:
    """The journal outlives the app, and brings the entry back to the letter."""
    text = text_of(path)
    await reader.refresh()
    (feed,) = await reader.feeds()

    sentence = await reader.subscriptions.remove(feed.id)
    assert "RRI" in sentence
    assert await ids(reader) == []
    await reader.close()

    tomorrow = await opened(path)
    step = await tomorrow.undo()
    assert step is not None
    assert (step_told(step), text_of(path)) == ("“RRI” removed", text)
    assert len(await ids(tomorrow)) == 2
    assert [feed.id for feed in await tomorrow.feeds()] == [feed.id]
    await tomorrow.close()


async def test_steps_of_marks_and_of_the_file_are_taken_back_in_order(reader: Reader, path: Path) -> None:
    """`u` is one key for everything."""
    await reader.refresh()
    found = await ids(reader)
    await reader.mark(found, "read")
    await reader.subscriptions.rename_folder("Nasional", "Indonesia")
    await reader.mark(found, "unread")

    kinds = [step.kind for _ in range(3) if (step := await reader.undo()) is not None]

    assert kinds == ["unread", "folder_renamed", "read"]
    assert load(path).feeds[0].folder == "Nasional"
    assert await reader.undo() is None


async def test_what_is_followed_already_is_told(reader: Reader, server: Loopback) -> None:
    """Also with another protocol or a slash more."""
    wish = {"url": server.url("/rss") + "/", "title": "Lagi"}

    added = await reader.subscriptions.add([wish])

    assert (added.sentence, added.feed_ids) == ("Already added.", ())


async def test_many_are_added_in_one_step(reader: Reader, path: Path, server: Loopback) -> None:
    """Ticked in the catalogue, taken back with one key."""
    text = text_of(path)
    added = await reader.subscriptions.add([{"url": server.url(f"/{name}")} for name in ("new", "rss", "x")])

    assert added.sentence == "2 feeds added"
    assert len(added.feed_ids) == 2
    await reader.undo()
    assert text_of(path) == text


async def test_a_file_changed_since_the_form_opened_is_refused(reader: Reader, path: Path) -> None:
    """Nothing is written over what an editor saved."""
    (feed,) = await reader.feeds()
    entry = await reader.subscriptions.entry(feed.id)
    text = text_of(path) + "# saved\n"
    write(path, text)

    with pytest.raises(ConfigError, match="meanwhile"):
        await reader.subscriptions.edit(entry, {"title": "Baru"})
    assert text_of(path) == text

    await reader.subscriptions.edit(await reader.subscriptions.entry(feed.id), {"title": "Baru"})
    assert text_of(path) == text.replace('"RRI"', '"Baru"')


async def test_what_was_changed_by_hand_since_is_not_taken_back(reader: Reader, path: Path) -> None:
    """It says so, once, and the step before it can be reached."""
    await reader.refresh()
    (feed,) = await reader.feeds()
    await reader.mark(await ids(reader), "star")
    await reader.subscriptions.edit(await reader.subscriptions.entry(feed.id), {"title": "Baru"})
    write(path, text_of(path).replace("Baru", "Lain"))

    with pytest.raises(NotFoundError):
        await reader.undo()
    step = await reader.undo()

    assert step is not None
    assert step.kind == "star"
    assert '"Lain"' in text_of(path)


async def test_problems_are_those_of_the_file(reader: Reader, server: Loopback) -> None:
    """One check, one sentence, wherever it is told."""
    (feed,) = await reader.feeds()
    entry = await reader.subscriptions.entry(feed.id)
    wrong = {"url": server.url("/rss"), "refresh_minutes": 0, "kind": "page", "encoding": "utf-9"}

    found = reader.subscriptions.problems(wrong, entry=entry)

    assert found["refresh_minutes"] == "refresh_minutes: must be from 1 to 44640"
    assert set(found) == {"refresh_minutes", "item", "encoding"}
    assert set(reader.subscriptions.problems({"url": server.url("/rss")})) == {"url"}
    assert reader.subscriptions.problems({"url": "rri.co.id"})["url"].startswith("url: must be an address")


async def test_feeds_move_among_their_folder(reader: Reader, path: Path, server: Loopback) -> None:
    """Order in the file is order in the sidebar."""
    await reader.subscriptions.add([{"url": server.url("/a")}])
    await reader.subscriptions.add([{"url": server.url("/b"), "folder": "Nasional"}])
    ids_of = {feed.config.url.rpartition("/")[2]: feed.id for feed in await reader.feeds()}

    assert await reader.subscriptions.move(ids_of["b"], -1)
    assert [feed.url.rpartition("/")[2] for feed in load(path).feeds] == ["b", "rss", "a"]
    assert not await reader.subscriptions.move(ids_of["b"], -1)
    assert not await reader.subscriptions.move(ids_of["a"], 1)


async def test_a_search_tells_how_far_it_is_and_can_be_stopped(reader: Reader, server: Loopback) -> None:
    """It may take a while; nobody waits for nothing."""
    seen: list[DiscoveryProgress] = []
    found = await reader.subscriptions.discover(server.url("/rss"), seen.append)
    assert [(progress.url, progress.asked) for progress in seen] == [(server.url("/rss"), 1)]
    assert found.candidates[0].items == 2

    server.answer("/lambat", Answer(delay_seconds=30))
    asked = asyncio.Event()
    search = asyncio.create_task(reader.subscriptions.discover(server.url("/lambat"), lambda _progress: asked.set()))
    await asked.wait()
    search.cancel()
    with pytest.raises(asyncio.CancelledError):
        await search
    assert (await reader.subscriptions.discover(server.url("/new"))).candidates


async def test_a_login_in_the_address_is_found_with_and_kept(reader: Reader, path: Path, server: Loopback) -> None:
    """It goes to its own server only, and stands in the file as `auth`."""
    address = server.url("/rss").replace("http://", "http://budi:rahasia@")

    (candidate,) = (await reader.subscriptions.discover(address)).candidates

    assert (candidate.auth, candidate.url) == ("budi:rahasia", server.url("/rss"))
    assert server.requests[0].header("Authorization") == b"Basic YnVkaTpyYWhhc2lh"


async def test_a_feed_moved_twice_in_one_breath_moves_twice(reader: Reader, path: Path) -> None:
    """A key held down must not count once for each time the file happens to be ready."""
    addresses = [f"https://{name}.example/feed" for name in "abc"]
    await reader.subscriptions.add([{"url": url, "folder": "Nasional"} for url in addresses])
    first = (await reader.feeds())[0]
    await asyncio.gather(*(reader.subscriptions.move(first.id, 1) for _turn in range(2)))
    assert [feed.config.url for feed in await reader.feeds()].index(first.config.url) == 2


async def test_changes_at_the_same_time_all_happen(reader: Reader, path: Path) -> None:
    """Nothing may be lost behind a message that it was done."""
    (first,) = await reader.feeds()
    new = [f"https://{name}.example/feed" for name in "abcd"]
    await asyncio.gather(
        *(reader.subscriptions.add([{"url": url}]) for url in new), reader.subscriptions.remove(first.id)
    )
    assert sorted(feed.url for feed in load(path).feeds) == new
    assert left_over(path) == []


async def test_a_file_that_vanished_is_not_begun_anew(reader: Reader, path: Path) -> None:
    """A new one with a single feed would hide all the others from whoever brings the old one back."""
    vanish(path)
    with pytest.raises(ConfigError, match="no such file"):
        await reader.subscriptions.add([{"url": "https://a.example/feed"}])
    with pytest.raises(FileNotFoundError):
        text_of(path)
