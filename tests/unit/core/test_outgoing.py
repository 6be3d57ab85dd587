"""What is taken out of Warta: where it goes, what it is called, what is refused."""

from __future__ import annotations

import asyncio
import json
import shutil
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta, timezone, tzinfo
from pathlib import Path

import pytest

from reader.config.load import load
from reader.core.outgoing import Coming, Outgoing, downloads_folder, refusal
from reader.fetch.client import Fetcher
from reader.model import Article, Config, Document, Enclosure, Feed, Inline, Paragraph, Settings
from tests.loopback import Answer, Loopback
from tests.unit.ui.making import NOW, feed, row

WIB = timezone(timedelta(hours=7))


class Library:
    """One article of one feed."""

    def __init__(self, config: Config, article: Article, known: Feed) -> None:
        self.config = config
        self.stored = article
        self.known = known
        self.zone: tzinfo = WIB

    async def article(self, article_id: int) -> Article:
        return self.stored

    async def feeds(self) -> tuple[Feed, ...]:
        return (self.known,)


def an_article(title: str = "Harga ikan: turun", **changes: object) -> Article:
    text = Document((Paragraph(Inline("Harga ikan turun.")),))
    return Article(
        row(1, title, author="Budi", tags=("laut",), **changes), text, published=NOW, text="Harga ikan turun."
    )


def library(folder: Path, article: Article | None = None) -> Library:
    config = Config(Path("feeds.toml"), Settings(downloads=str(folder)), may_run_commands=True)
    return Library(config, article or an_article(), feed(1, "RRI"))


def names(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


async def no_network() -> Fetcher:
    raise AssertionError("nothing is fetched here")


async def test_an_article_is_saved_with_all_one_needs_to_find_it_again(tmp_path: Path) -> None:
    """Other programs read what stands in front."""
    outgoing = Outgoing(library(tmp_path / "new"), no_network)

    kept = await outgoing.save(1)
    again = await outgoing.save(1)

    assert kept.path == tmp_path / "new" / "2025-12-16 Harga ikan turun.md"
    assert again.path == tmp_path / "new" / "2025-12-16 Harga ikan turun (2).md"
    assert str(kept.path) in kept.sentence
    text = kept.path.read_text(encoding="utf-8")
    assert text.startswith('---\ntitle: "Harga ikan: turun"\nsource: "RRI"\nauthor: "Budi"\n')
    assert 'date: "2025-12-16T17:05:00+07:00"\nurl: "https://contoh.example/1"\ntags: ["laut"]\n---\n\n# Harga' in text
    assert text.endswith("Harga ikan turun.\n")


async def test_a_title_cannot_leave_the_folder(tmp_path: Path) -> None:
    """Whoever writes the feed writes the title."""
    folder = tmp_path / "downloads"
    kept = await Outgoing(library(folder, an_article("../../.bashrc")), no_network).save(1)

    assert kept.path is not None
    assert kept.path.parent == folder
    assert names(tmp_path) == ["downloads"]


async def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """One mends the path by the sentence."""
    (tmp_path / "file").write_text("")

    kept = await Outgoing(library(tmp_path / "file"), no_network).save(1)

    assert kept.path is None
    assert "Cannot write to" in kept.sentence


async def test_the_record_is_what_the_command_line_prints(tmp_path: Path) -> None:
    """One form for every script; nothing in it reaches a terminal raw."""
    record = json.loads(await Outgoing(library(tmp_path, an_article("a\x1b[31mb")), no_network).record(1))

    assert record["title"] == "a[31mb"
    assert (record["feed"], record["feed_url"]) == ("RRI", "https://contoh.example/1.xml")
    assert record["text"] == record["markdown"] == "Harga ikan turun."


def test_a_file_that_was_only_found_names_neither_command_nor_folder(tmp_path: Path) -> None:
    """Running warta inside somebody's clone executes nothing, and puts nothing where things are started from."""
    path = tmp_path / "feeds.toml"
    path.write_text('[settings]\npipe = ["sh"]\nplayer = ["sh"]\ndownloads = "/etc/autostart"\n')

    found, named = load(path), load(path, may_run_commands=True)

    assert "config folder" in refusal(found, "pipe")
    assert "config folder" in refusal(found, "player")
    assert downloads_folder(found) != Path("/etc/autostart")
    assert refusal(named, "pipe") == refusal(named, "player") == ""
    assert downloads_folder(named) == Path("/etc/autostart")
    assert "pipe = [" in refusal(Config(path), "pipe")


def test_a_folder_is_counted_from_home() -> None:
    """Where warta was started does not matter."""
    config = Config(Path("feeds.toml"), may_run_commands=True)

    assert downloads_folder(replace(config, settings=Settings(downloads="berita"))) == Path.home() / "berita"
    assert downloads_folder(replace(config, settings=Settings(downloads="~/x"))) == Path.home() / "x"


def test_the_systems_own_folder_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is called Unduhan on an Indonesian desktop."""
    (tmp_path / "user-dirs.dirs").write_text(f'XDG_DOWNLOAD_DIR="{tmp_path}/Unduhan"\n')
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    assert downloads_folder(Config(Path("feeds.toml"), may_run_commands=True)) == tmp_path / "Unduhan"


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as running:
        yield running


@pytest.fixture
async def outgoing(tmp_path: Path, server: Loopback) -> AsyncIterator[Outgoing]:
    """With a feed on the same host, so that the host may be asked."""
    known = feed(1, "RRI")
    source = library(tmp_path)
    source.known = replace(known, config=replace(known.config, url=server.url("/feed")))
    fetcher = Fetcher(environ={}, spacing_seconds=0.0)

    async def ready() -> Fetcher:
        return fetcher

    yield Outgoing(source, ready)
    await fetcher.close()


async def test_an_episode_is_downloaded_under_its_servers_name(
    outgoing: Outgoing, server: Loopback, tmp_path: Path
) -> None:
    """With its progress, and nothing else left in the folder."""
    body = b"suara" * 1_000_000
    disposition = ("Content-Disposition", 'attachment; filename="../Berita pagi.mp3"')
    server.answer("/1", Answer(headers=(disposition,), body=body))
    told: list[Coming] = []

    kept = await outgoing.download(Enclosure(server.url("/1"), "audio/mpeg"), 1, told.append)

    assert kept.path == tmp_path / "Berita pagi.mp3"
    assert kept.path.read_bytes() == body
    assert names(tmp_path) == ["Berita pagi.mp3"]
    assert told[0] == Coming("Berita pagi.mp3", 0, len(body))
    assert told[-1].received == len(body)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(404), "Nothing found at this address"),
        (Answer(headers=(("Content-Length", "99"),), body=b"half", is_bare=True), "was cut off"),
        (Answer(headers=(("Content-Length", str(10**13)),), body=b"x", is_bare=True), "larger than"),
    ],
)
async def test_what_does_not_come_whole_leaves_nothing(
    outgoing: Outgoing, server: Loopback, tmp_path: Path, answer: Answer, words: str
) -> None:
    """A folder of halves is worse than none; why is told."""
    server.answer("/1.mp3", answer)

    kept = await outgoing.download(Enclosure(server.url("/1.mp3")), 1, lambda _coming: None)

    assert kept.path is None
    assert words in kept.sentence
    assert names(tmp_path) == []


async def test_a_body_of_unknown_length_stops_before_the_disk_is_full(
    outgoing: Outgoing, server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database may be on the same disk; the system is told to have as little room left as it says there."""
    sent = 0

    def pieces() -> Iterator[bytes]:
        nonlocal sent
        for _number in range(200):
            sent += 1
            yield b"x" * 1024**2

    usage = shutil.disk_usage(tmp_path)
    room = 205 * 1024**2
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=room - sent * 1024**2))
    server.answer("/1.mp3", Answer(pieces=pieces))

    kept = await outgoing.download(Enclosure(server.url("/1.mp3")), 1, lambda _coming: None)

    assert kept.path is None
    assert "Not enough disk space" in kept.sentence
    assert names(tmp_path) == []
    assert sent < 200


async def test_cancelling_leaves_nothing(outgoing: Outgoing, server: Loopback, tmp_path: Path) -> None:
    """The reader changed his mind."""
    never = threading.Event()
    began = asyncio.Event()

    def pieces() -> Iterator[bytes]:
        yield b"one"
        never.wait(20)

    server.answer("/1.mp3", Answer(pieces=pieces))
    task = asyncio.create_task(outgoing.download(Enclosure(server.url("/1.mp3")), 1, lambda _coming: began.set()))
    await began.wait()
    assert names(tmp_path) == ["1.mp3.part"]
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    never.set()

    assert names(tmp_path) == []
