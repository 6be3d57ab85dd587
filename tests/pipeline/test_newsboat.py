"""Moving from newsboat: its list of feeds and its cache, made by newsboat itself where it is installed."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from reader.cli.main import main
from reader.config.load import load
from reader.core.reader import Reader
from reader.errors import ConfigError
from reader.model import ArticleRow, Question
from reader.storage.newsboat_cache import feed_urls, read_items
from tests.damage import damaged_cache
from tests.loopback import Answer, Loopback

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Kabar</title><link>https://kabar.example/</link>
<description>x</description>
<item><title>Satu &amp;amp; dua</title><link>https://kabar.example/1</link><guid isPermaLink="false">g1</guid>
<pubDate>Tue, 16 Dec 2025 10:05:00 +0700</pubDate><description>&lt;p&gt;Halo &lt;b&gt;dunia&lt;/b&gt;</description>
<enclosure url="https://kabar.example/a.mp3" type="audio/mpeg" length="12"/></item>
<item><title>Tanpa guid</title><link>https://kabar.example/2</link>
<pubDate>Tue, 16 Dec 2025 11:05:00 +0700</pubDate><description>teks</description></item>
<item><title>Alamat guid</title><link>https://kabar.example/3</link><guid>https://kabar.example/3</guid>
<pubDate>Tue, 16 Dec 2025 12:05:00 +0700</pubDate><description>teks lain</description></item>
</channel></rss>"""

SCHEMA = """CREATE TABLE rss_item (id INTEGER PRIMARY KEY, guid, title, author, url, feedurl, pubDate, content, unread,
enclosure_url, enclosure_type, enqueued, flags, deleted, base)"""


@dataclass
class Boat:
    """A newsboat that has read a feed, and its files."""

    folder: Path
    server: Loopback

    @property
    def urls(self) -> Path:
        return self.folder / "urls"

    @property
    def cache(self) -> Path:
        return self.folder / "cache.db"

    def run(self, *arguments: str) -> None:
        files = ["-u", str(self.urls), "-c", str(self.cache), "-C", str(self.folder / "config")]
        subprocess.run(
            ["newsboat", *files, *arguments], check=True, capture_output=True, timeout=60,
            env={"HOME": str(self.folder), "PATH": "/usr/bin:/bin:/usr/local/bin", "LC_ALL": "C.UTF-8"},
        )  # fmt: skip


@pytest.fixture
def boat(tmp_path: Path) -> Iterator[Boat]:
    """A real newsboat with two articles read, one flagged."""
    if not shutil.which("newsboat"):
        pytest.skip("newsboat is not installed: its files cannot be made")
    with Loopback() as server:
        server.answer("/rss", Answer(body=RSS.encode(), headers=(("Content-Type", "application/rss+xml"),)))
        made = Boat(tmp_path / "newsboat", server)
        made.folder.mkdir()
        (made.folder / "config").touch()
        feed = server.url("/rss")
        made.urls.write_text(f'{feed} "~Kabar kita" pagi\nexec:date\n"query:Belum:unread = \\"yes\\""\n')
        made.run("-x", "reload")
        guids = made.folder / "read"
        guids.write_text("g1\nhttps://kabar.example/3\n")
        made.run("-I", str(guids))
        with closing(sqlite3.connect(made.cache)) as connection, connection:
            connection.execute("UPDATE rss_item SET flags = 'as' WHERE guid = 'g1'")
        yield made


async def rows(reader: Reader) -> list[ArticleRow]:
    await reader.feeds()
    answers = [answer async for answer in reader.ask(Question(is_complete_word=True))]
    return list(await reader.rows(list(answers[-1].ids)))


@pytest.fixture
def moved(boat: Boat, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Path, str]:
    """Where Warta keeps what it took from newsboat, and what it said."""
    (tmp_path / "feeds.toml").write_text("")
    places = ["--feeds", str(tmp_path / "feeds.toml"), "--data", str(tmp_path / "data")]
    before = boat.cache.read_bytes()
    assert main(["import", str(boat.urls), *places]) == 0
    assert main(["import", str(boat.cache), *places]) == 0
    assert boat.cache.read_bytes() == before
    said = capsys.readouterr()
    return tmp_path, said.out + said.err


async def test_everything_comes_along_from_newsboat(moved: tuple[Path, str], boat: Boat) -> None:
    """Years of reading are not to be read again; and what the feed then brings is known."""
    folder, said = moved
    config = load(folder / "feeds.toml", may_run_commands=False)
    reader = await Reader.open(config, folder / "data", is_visit=False)
    try:
        taken = await rows(reader)
        again = await reader.exchange.take_newsboat(boat.cache, told=lambda _count: None)
        (refreshed,) = await reader.refresh()
        after = await rows(reader)
    finally:
        await reader.close()

    assert "exec:date" in said
    assert [(feed.title, feed.folder, feed.tags) for feed in config.feeds] == [("Kabar kita", "pagi", ("pagi",))]
    assert [(saved.name, saved.query) for saved in config.filters] == [("Belum", "is:unread")]
    told = [(row.title, row.is_read, row.is_starred, row.tags, row.has_media) for row in taken]
    assert told == [
        ("Alamat guid", True, False, (), ""),
        ("Tanpa guid", False, False, (), ""),
        ("Satu & dua", True, True, ("flag-a", "flag-s"), "a"),
    ]
    assert all(row.first_seen == row.published for row in taken)
    assert (again.new, again.known, again.marked) == (0, 3, 0)
    assert refreshed.new == 0
    assert [(row.id, row.is_read) for row in after] == [(row.id, row.is_read) for row in taken]


def cache_of(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)
    return path


@pytest.mark.parametrize(
    "statements",
    [
        (),
        ("CREATE TABLE rss_item (id)",),
        ("CREATE VIEW rss_item AS SELECT load_extension('x') AS guid, 1 title, 2 url, 3 feedurl, 4 content, 5 unread",),
        ("CREATE VIRTUAL TABLE rss_item USING fts5(guid, title, url, feedurl, content, unread)",),
    ],
)
def test_a_database_that_is_no_cache_is_refused(tmp_path: Path, statements: tuple[str, ...]) -> None:
    """Nothing in it is run to find that out."""
    path = cache_of(tmp_path / "x.db", *statements)

    for attempt in (lambda: list(read_items(path)), lambda: feed_urls(path)):
        with pytest.raises(ConfigError, match=r"newsboat|read"):
            attempt()


def test_values_of_any_kind_are_borne(tmp_path: Path) -> None:
    """SQLite keeps what it is given, whatever the column says."""
    values = ["x'ff00'", "NULL", "9e999", "-1", "'\x1b]0;x\x07'", "zeroblob(100)", "9223372036854775807", "'1'"]
    path = cache_of(
        tmp_path / "cache.db",
        SCHEMA,
        *(f"INSERT INTO rss_item VALUES (NULL{f', {value}' * 14})" for value in values),
    )

    assert len(list(read_items(path))) == len(values) - 1


def test_a_cache_that_was_cut_off_is_told_as_damaged(tmp_path: Path) -> None:
    """SQLite reads what is missing of the last page as zeros: articles of feeds without an address."""
    names = "guid, title, url, feedurl, content, unread"
    row = f"INSERT INTO rss_item ({names}) VALUES ('g', 't', 'u', 'f', '{'x' * 300}', 1)"
    path = cache_of(tmp_path / "cache.db", SCHEMA, *([row] * 8))
    content = path.read_bytes()
    assert len(list(read_items(path))) == 8

    for length in (*range(16, len(content), 199), len(content) - 1):
        path.write_bytes(content[:length])
        for read in (lambda: list(read_items(path)), lambda: feed_urls(path)):
            with pytest.raises(ConfigError, match="damaged"):
                read()


@pytest.mark.parametrize("at", [100, 2_000, 4_096, 6_000])
def test_a_damaged_cache_is_a_sentence(tmp_path: Path, at: int) -> None:
    """Never a traceback, never an endless loop."""
    names = "guid, title, url, feedurl, content, unread"
    row = f"INSERT INTO rss_item ({names}) VALUES ('g', 't', 'u', 'f', '{'x' * 900}', 1)"
    path = cache_of(tmp_path / "cache.db", SCHEMA, *([row] * 20))
    content = bytearray(path.read_bytes())
    content[at : at + 300] = bytes([255]) * 300
    path.write_bytes(content)

    try:
        found = list(read_items(path))
    except ConfigError as error:
        assert str(error)  # noqa: PT017 - either is well
    else:
        assert len(found) <= 20


async def test_what_a_damaged_cache_still_held_is_taken_marks_and_all(tmp_path: Path) -> None:
    """Articles that a feed brought before gain their marks too, as one step."""
    with Loopback() as server:
        url = server.url("/rss")
        items = "".join(f"<item><title>Lama {n}</title><guid>g{n}</guid></item>" for n in range(3))
        body = f'<rss version="2.0"><channel><title>Kabar</title>{items}</channel></rss>'
        server.answer("/rss", Answer(body=body.encode(), headers=(("Content-Type", "application/rss+xml"),)))
        (tmp_path / "feeds.toml").write_text(f'[[feeds]]\nurl = "{url}"\n')
        count = damaged_cache(tmp_path / "cache.db", url)
        config = load(tmp_path / "feeds.toml", may_run_commands=False)
        reader = await Reader.open(config, tmp_path / "data", is_visit=False)
        try:
            await reader.refresh()
            taken = await reader.exchange.take_newsboat(tmp_path / "cache.db", told=lambda _count: None)
            unread = [row.title for row in await rows(reader) if not row.is_read]
        finally:
            await reader.close()

    assert (taken.new, taken.known, taken.marked) == (count - 3, 3, 3)
    assert "malformed" in str(taken.trouble)
    assert unread == []


def test_a_damaged_cache_is_told_after_what_was_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And the exit status says that something is missing."""
    (tmp_path / "feeds.toml").write_text('[[feeds]]\nurl = "https://rri.example/rss"\n')
    count = damaged_cache(tmp_path / "cache.db", "https://rri.example/rss")
    places = ["--feeds", str(tmp_path / "feeds.toml"), "--data", str(tmp_path / "data")]

    assert main(["import", str(tmp_path / "cache.db"), *places]) == 2

    said = capsys.readouterr()
    assert f"{count} articles added, 0 marked" in said.out
    assert "cache.db: cannot be read" in said.err
