"""The command line from outside: real processes, real HTTP over loopback, a real database."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.loopback import Answer, Loopback, conditional

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>"""
ITEM = """<item><title>{title}</title><guid>{name}-{number}</guid><link>http://127.0.0.1/{name}/{number}</link>
<description>&lt;p&gt;Isi &lt;a href="http://127.0.0.1/tautan"&gt;berita&lt;/a&gt; {name} {number}.</description>
<pubDate>Tue, 16 Dec 2025 {hour:02}:05:00 +0000</pubDate>
<enclosure url="http://127.0.0.1/{name}-{number}.mp3" type="audio/mpeg" length="1000"/></item>"""
ARTICLE_KEYS = [
    "id", "feed", "feeds", "feed_url", "folder", "title", "url", "author", "published", "first_seen", "summary", "tags",
    "read", "starred", "muted",
]  # fmt: skip
FEED_KEYS = [
    "id", "title", "url", "folder", "kind", "state", "error", "status", "last_success", "next_due", "newest",
    "articles", "unread",
]  # fmt: skip
HOSTILE = "Jahat\x9b31m \u202etxet [@click=app.quit]x[/]"


def document(name: str, *titles: str) -> bytes:
    items = "".join(
        ITEM.format(name=name, number=number, title=title, hour=number) for number, title in enumerate(titles)
    )
    return RSS.format(name=name, items=items).encode()


@dataclass
class Place:
    """A feeds.toml with its data folder."""

    folder: Path

    @property
    def feeds(self) -> Path:
        return self.folder / "feeds.toml"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def command(self, *arguments: str) -> list[str]:
        places = ["--feeds", str(self.feeds), "--data", str(self.data)]
        return [sys.executable, "-m", "reader", *arguments[:1], *places, *arguments[1:]]

    def run(self, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            self.command(*arguments),
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=60,
            env=self.environ(**environ),
            cwd=self.folder,
            check=False,
        )
        assert "Traceback" not in done.stderr
        assert "\x1b" not in done.stdout + done.stderr
        return done

    def json(self, *arguments: str) -> Any:
        return json.loads(self.run(*arguments, "--json").stdout)

    def environ(self, **changes: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("WARTA", "LC_", "LANG"))}
        home = {"HOME": str(self.folder), "WARTA_LANGUAGE": "en", "PYTHONUTF8": "1"}
        return kept | home | changes


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Place, subprocess.CompletedProcess[str]]:
    """Three feeds and one that is absent, refreshed once; then the server is gone."""
    place = Place(tmp_path_factory.mktemp("filled"))
    with Loopback() as server:
        server.answer("/satu", conditional(document("satu", "Kapal perintis", "Harga ikan"), etag=b'"1"'))
        server.answer("/dua", Answer(body=document("dua", "Gempa kecil", HOSTILE)))
        server.answer("/tiga?token=hunter2", Answer(body=document("tiga", "Jaminan sosial")))
        lines = [f'[[feeds]]\nurl = "{server.url(path)}"' for path in ("/satu", "/dua", "/tidak")]
        lines += [
            'title = "Tidak Ada"',
            f'[[feeds]]\nurl = "http://me:hunter2@127.0.0.1:{server.port}/tiga?token=hunter2"\nfolder = "Kepri"',
        ]
        place.feeds.write_text("\n".join(lines) + "\n")
        done = place.run("refresh")
    return place, done


@pytest.fixture
def place(filled: tuple[Place, subprocess.CompletedProcess[str]], tmp_path: Path) -> Place:
    """A copy of its own."""
    shutil.copytree(filled[0].folder, tmp_path / "copy")
    return Place(tmp_path / "copy")


def test_a_refresh_tells_each_feed_and_its_failures(filled: tuple[Place, subprocess.CompletedProcess[str]]) -> None:
    """Results on standard output, the sum beside it, 1 because a feed failed."""
    _place, done = filled

    assert done.returncode == 1
    lines = sorted(done.stdout.splitlines())
    assert lines[:3] == ["  dua: 2 new", "  satu: 2 new", "  tiga: 1 new"]
    assert lines[3].startswith("! Tidak Ada: ")
    assert done.stderr.splitlines() == ["4 feeds checked · 5 new · 1 failed"]


def test_everything_is_there_without_the_server(place: Place) -> None:
    """The whole point of keeping it: newest first, all of it."""
    done = place.run("list")

    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 5
    assert "Kapal perintis" in done.stdout
    assert place.run("list", "kapal").stdout.count("\n") == 1
    assert place.run("search", "--count", "is:unread").stdout == "5\n"
    assert place.run("list", "--limit", "2").stdout.count("\n") == 2
    assert place.run("list", "--count", "is:new").stdout == "5\n"


def test_the_json_of_list_is_as_promised(place: Place) -> None:
    """Scripts rely on every key."""
    articles = place.json("list")

    assert [list(article) for article in articles] == [ARTICLE_KEYS] * 5
    article = next(article for article in articles if article["title"] == "Jaminan sosial")
    assert isinstance(article["id"], int)
    assert (article["feed"], article["feeds"], article["folder"]) == ("tiga", ["tiga"], "Kepri")
    assert (article["published"], article["read"], article["starred"]) == ("2025-12-16T00:05:00Z", False, False)
    assert article["first_seen"].endswith("Z")
    assert article["summary"] == "Isi berita tiga 0."
    dates = [article["published"] for article in articles]
    assert dates == sorted(dates, reverse=True)


def test_nothing_found_is_status_1_and_still_json(place: Place) -> None:
    """A script's parser sees an empty array."""
    done = place.run("list", "tidakadasamasekali", "--json")

    assert (done.returncode, done.stdout) == (1, "[]\n")
    assert place.run("list", "tidakadasamasekali").returncode == 1


def test_tabs_divide_seven_fields(place: Place) -> None:
    """For cut and awk."""
    rows = [line.split("\t") for line in place.run("list", "--tsv", "jaminan").stdout.splitlines()]

    assert [len(row) for row in rows] == [7]
    assert rows[0][1:6] == ["2025-12-16T00:05:00Z", "0", "0", "tiga", "Jaminan sosial"]


def test_an_article_can_be_shown_in_three_forms(place: Place) -> None:
    """As text, for a Markdown pager, for a script."""
    number = str(place.json("list", "kapal")[0]["id"])

    text = place.run("show", number).stdout
    document_ = json.loads(place.run("show", number, "--format", "json").stdout)
    markdown = place.run("show", number, "--format", "markdown").stdout

    assert text.startswith("Kapal perintis\nsatu · Tuesday, 16 December 2025")
    assert "Isi berita satu 0." in text
    assert list(document_) == [*ARTICLE_KEYS, "text", "markdown", "links", "enclosures"]
    assert document_["links"] == ["http://127.0.0.1/tautan"]
    assert document_["enclosures"][0]["type"] == "audio/mpeg"
    assert "[berita](http://127.0.0.1/tautan)" in markdown
    assert place.run("show", "999").returncode == 1


def test_marks_are_counted_and_taken_back(place: Place) -> None:
    """What the app does with A and u."""
    assert place.run("mark", "read", "kapal", "--dry-run").stdout == "1 article would be marked read\n"
    assert place.run("mark", "read", "feed:satu").stdout == "2 articles marked read\n"
    assert place.run("list", "--count", "is:unread").stdout == "3\n"
    assert place.run("mark", "star", "kapal").stdout == "1 article starred\n"
    assert place.run("mark", "star", "kapal").stdout == "0 articles starred\n"
    assert place.run("mark", "read", "nihil").returncode == 1

    assert place.run("undo").returncode == 0
    assert place.run("undo").returncode == 0
    assert place.run("list", "--count", "is:unread", "-is:starred").stdout == "5\n"
    assert place.run("undo").returncode == 1


def test_the_feeds_tell_their_health(place: Place) -> None:
    """Also to a script; no password, no token."""
    feeds = place.json("feeds")

    assert [list(feed) for feed in feeds] == [FEED_KEYS] * 4
    assert [feed["state"] for feed in feeds] == ["stale", "stale", "failing", "stale"]
    assert (feeds[2]["title"], feeds[2]["status"], feeds[0]["error"]) == ("Tidak Ada", 404, None)
    assert feeds[2]["error"]
    assert (feeds[0]["articles"], feeds[0]["unread"], feeds[0]["newest"]) == (2, 2, "2025-12-16T01:05:00Z")
    table = place.run("feeds").stdout
    assert "Tidak Ada" in table


def test_no_secret_is_ever_printed(place: Place) -> None:
    """Nor logged: output and log are pasted into bug reports."""
    said = [place.run(*command.split()) for command in ("feeds", "feeds --json", "list --json", "check", "where")]
    said.append(place.run("refresh", "--force", "--json", "--log-level", "debug"))
    log = place.data / "warta.log"

    assert all("hunter2" not in done.stdout + done.stderr for done in said)
    assert not log.exists() or "hunter2" not in log.read_text()


def test_hostile_titles_are_harmless(place: Place) -> None:
    """No byte a terminal obeys, in any form of output."""
    for command in ("list", "list --json", "list --tsv"):
        done = place.run(*command.split())
        assert "Jahat" in done.stdout
        assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(done.stdout)


def test_a_refresh_can_be_asked_for_one_feed(place: Place) -> None:
    """The server is gone now: that is a failure of that feed, and nothing stored is lost."""
    done = place.run("refresh", "satu", "--force", "--json")

    assert done.returncode == 1
    assert [list(result) for result in json.loads(done.stdout)] == [
        ["url", "title", "outcome", "new", "muted", "updated", "error", "whole"]
    ]
    assert json.loads(done.stdout)[0]["outcome"] == "failed"
    assert place.run("list", "--count").stdout == "5\n"
    assert json.loads(place.run("refresh", "dua", "--json").stdout)[0]["outcome"] == "not_due"
    unclear = place.run("refresh", "a")
    assert (unclear.returncode, unclear.stdout) == (2, "")


def test_mistakes_in_the_file_are_told_with_their_place(place: Place) -> None:
    """One bad entry: the rest goes on; `check` says where."""
    line = place.feeds.read_text().count("\n") + 2
    place.feeds.write_text(place.feeds.read_text() + '[[feeds]]\nurll = "x"\n')

    checked = place.run("check")
    listed = place.run("list", "--count")

    assert checked.returncode == 2
    assert f"{place.feeds}:{line}:1: " in checked.stdout
    assert "Tidak Ada" in checked.stdout
    assert (listed.returncode, listed.stdout) == (0, "5\n")
    assert f"{place.feeds}:{line}:1: " in listed.stderr


def test_a_file_that_is_no_toml_leaves_the_last_good_copy(place: Place) -> None:
    """Half a saved line must not hide everything; the status tells of it."""
    place.feeds.write_text("[[feeds]]\nurl = \n")

    done = place.run("list", "--count")

    assert (done.returncode, done.stdout) == (2, "5\n")
    assert f"{place.feeds}:2:7: " in done.stderr


@pytest.mark.parametrize("content", [None, "x", "[[feeds]]\nurl = "])
def test_a_file_that_cannot_be_obeyed_is_status_2(tmp_path: Path, content: str | None) -> None:
    """And nothing is hidden or made because of it."""
    place = Place(tmp_path)
    if content is not None:
        place.feeds.write_text(content)

    for command in (["list", "--json"], ["refresh"], ["check"], ["feeds"]):
        assert place.run(*command).returncode == 2
    assert not (place.data / "warta.db").exists()


def test_a_query_that_means_nothing_is_status_2(place: Place) -> None:
    """With its column."""
    done = place.run("list", "kapal (ikan")

    assert (done.returncode, done.stdout) == (2, "")
    assert "column 7" in done.stderr


@pytest.mark.parametrize(("query", "column"), [("after:2026-1", 7), ("kapal older:2", 13), ("  kapal   is:tired", 14)])
def test_a_query_that_is_not_wholly_understood_marks_nothing(place: Place, query: str, column: int) -> None:
    """A date broken off by a slip of Enter would mark months of articles that were not meant."""
    unread = place.run("list", "is:unread", "--count").stdout

    marked = place.run("mark", "read", query)
    listed = place.run("list", query)

    for done in (marked, listed):
        assert (done.returncode, done.stdout) == (2, "")
        assert f"column {column})" in done.stderr
    assert place.run("list", "is:unread", "--count").stdout == unread


def test_a_database_that_cannot_be_used_is_status_3(place: Place) -> None:
    """A file where the folder should be, for one."""
    shutil.rmtree(place.data)
    place.data.write_text("")

    assert place.run("list").returncode == 3


def test_the_language_can_be_chosen(place: Place) -> None:
    """Argument before environment before settings."""
    place.feeds.write_text('[settings]\nlanguage = "id"\n' + place.feeds.read_text())
    number = str(place.json("list", "kapal")[0]["id"])

    assert "Selasa, 16 Desember 2025" in place.run("show", number, WARTA_LANGUAGE="").stdout
    assert "Tuesday, 16 December" in place.run("show", number, WARTA_LANGUAGE="en").stdout
    assert "Selasa, 16 Desember" in place.run("show", number, "--language", "id").stdout


def test_a_terminal_of_another_encoding_is_no_crash(place: Place) -> None:
    """`LC_ALL=C` in cron; JSON stays whole."""
    environ = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"}

    assert place.run("list", **environ).returncode == 0
    assert len(json.loads(place.run("list", "--json", **environ).stdout)) == 5


def test_a_reader_that_goes_away_is_no_error(place: Place) -> None:
    """`warta list | head -0`: quiet."""
    out, into = os.pipe()
    os.close(out)
    done = subprocess.run(
        place.command("list"),
        stdout=into,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        env=place.environ(),
        check=False,
    )
    os.close(into)

    assert done.stderr == ""


def test_whole_articles_are_fetched_for_reading_offline(tmp_path: Path) -> None:
    """`refresh --full` says how many came, also in JSON; the next run takes only what is left."""
    place = Place(tmp_path)
    with Loopback() as server:
        link = f"http://127.0.0.1:{server.port}"
        feed = document("satu", "Kapal perintis", "Harga ikan").replace(b"http://127.0.0.1", link.encode())
        server.answer("/satu", Answer(body=feed))
        whole = b"<article><p>Isi berita satu 0. Kapal perintis sandar di Ranai membawa beras dan obat.</p></article>"
        server.answer("/satu/0", Answer(body=whole))
        place.feeds.write_text(f'[[feeds]]\nurl = "{server.url("/satu")}"\n')
        told = place.run("refresh", "--full", "--json")
        again = place.json("refresh", "--full")

    assert json.loads(told.stdout)[0]["whole"] == {"stored": 1, "shorter": 0, "failed": 1, "left": 0}
    assert "1 full article stored · 1 failed" in told.stderr
    assert again[0]["whole"] is None
    assert place.run("list", "beras", "--count").stdout == "1\n"


def test_the_size_is_told_without_touching_anything(place: Place) -> None:
    """Also while nobody has the database open: a look must leave no files."""
    before = sorted(place.data.iterdir())

    told = place.json("where")
    text = place.run("where").stdout

    assert (told["database"], told["articles"]) == (str(place.data / "warta.db"), 5)
    assert told["database_bytes"] >= told["free_bytes"] >= 0 == told["wal_bytes"]
    assert "5 articles" in text
    assert sorted(place.data.iterdir()) == before


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_refresh_that_is_stopped_ends_in_good_order(tmp_path: Path, sent: signal.Signals, status: int) -> None:
    """At once, without a traceback, without a worker left, and the feed can be asked again."""
    place = Place(tmp_path)
    hold = threading.Event()
    with Loopback() as server:
        server.answer("/lambat", Answer(body=document("lambat", "x"), hold=hold))
        place.feeds.write_text(f'[[feeds]]\nurl = "{server.url("/lambat")}"\n')
        running = subprocess.Popen(
            place.command("refresh"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=place.environ(),
            preexec_fn=lambda: signal.signal(sent, signal.SIG_DFL),  # noqa: PLW1509  # tests in the background ignore it
        )  # fmt: skip
        while not server.requests:
            assert running.poll() is None
            threading.Event().wait(0.02)
        running.send_signal(sent)
        out, err = running.communicate(timeout=20)
        hold.set()
        again = place.run("refresh")

    assert (running.returncode, out) == (status, "")
    assert "Traceback" not in err
    assert "1 new" in again.stdout


def test_listing_loads_neither_screen_nor_network(place: Place) -> None:
    """A status bar asks every few seconds."""
    arguments = ["list", "--count", "--feeds", str(place.feeds), "--data", str(place.data)]
    code = f"import sys\nfrom reader.cli.main import main\nmain({arguments!r})\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=place.environ(), check=True)

    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    assert not loaded & {"textual", "rich", "httpx", "feedparser", "selectolax", "pebble", "tomlkit"}


def test_where_tells_and_makes_nothing(tmp_path: Path) -> None:
    """Asked before anything exists."""
    place = Place(tmp_path)

    done = place.run("where")

    assert done.returncode == 0
    assert str(place.data / "warta.db") in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_the_screen_needs_a_terminal(place: Place) -> None:
    """`warta` in cron is a mistake, said in a sentence."""
    done = subprocess.run(
        [sys.executable, "-m", "reader"], capture_output=True, text=True, stdin=subprocess.DEVNULL, env=place.environ(),
        cwd=place.folder, timeout=60, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (2, "")
    assert "terminal" in done.stderr


def test_two_refreshes_at_once_fetch_once(tmp_path: Path) -> None:
    """Cron and the app, or two crons: the lease."""
    place = Place(tmp_path)
    hold = threading.Event()
    with Loopback() as server:
        server.answer("/satu", Answer(body=document("satu", "a"), hold=hold))
        place.feeds.write_text(f'[[feeds]]\nurl = "{server.url("/satu")}"\n')
        first = subprocess.Popen(
            place.command("refresh"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=place.environ()
        )
        while not server.requests:
            assert first.poll() is None
            threading.Event().wait(0.02)
        second = place.json("refresh", "--force")
        hold.set()
        out, _err = first.communicate(timeout=30)

    assert [result["outcome"] for result in second] == ["not_due"]
    assert out == "  satu: 1 new\n"
    assert len(server.requests) == 1


def test_a_login_with_a_bracket_keeps_no_other_feed_from_being_asked(tmp_path: Path) -> None:
    """A password may hold any character; what the standard library takes for half an IPv6 address ended the refresh."""
    place = Place(tmp_path)
    with Loopback() as server:
        server.answer("*", Answer(body=document("satu", "Satu")))
        with_login = server.url("/a").replace("://", "://siti:pa[ss@")
        place.feeds.write_text(f'[[feeds]]\nurl = "{with_login}"\n\n[[feeds]]\nurl = "{server.url("/b")}"\n')

        done = place.run("refresh", "--json")

    assert sorted(result["outcome"] for result in json.loads(done.stdout)) == ["new", "unchanged"]
