"""`warta check --online`: every feed is asked, and nothing is kept."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from email.utils import formatdate
from pathlib import Path

import pytest

from reader.cli.main import main
from tests.loopback import Answer, Loopback, redirect

RSS = f"""<rss version="2.0"><channel><title>Kabar</title><item><title>Satu</title><link>https://kabar.example/1</link>
<pubDate>{formatdate()}</pubDate></item></channel></rss>"""


def toml(server: Loopback) -> str:
    names = ("well", "moved?token=hunter2", "absent", "page", "empty")
    entries = [f'[[feeds]]\nurl = "{server.url(f"/{name}")}"\n' for name in names]
    return "\n".join([*entries, f'[[feeds]]\nurl = "{server.url("/off")}"\nenabled = false\n'])


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, list[dict[str, object]], int]:
    """What it says as JSON; and the folder, the status, and how often it asked."""
    folder = tmp_path_factory.mktemp("online")
    with Loopback() as server:
        server.answer("*", Answer(status=404))
        server.answer("/robots.txt", Answer(status=404))
        server.answer("/well", Answer(body=RSS.encode()))
        server.answer("/moved?token=hunter2", redirect(server.url("/well"), status=301))
        server.answer(
            "/page", Answer(body=b"<!doctype html><title>x</title><p>x", headers=(("Content-Type", "text/html"),))
        )
        server.answer("/empty", Answer(body=b'<rss version="2.0"><channel><title>Sepi</title></channel></rss>'))
        (folder / "feeds.toml").write_text(toml(server))
        with pytest.MonkeyPatch.context() as patched, (folder / "out").open("w+", encoding="utf-8") as out:
            patched.setattr("sys.stdout", out)
            places = ["--feeds", str(folder / "feeds.toml"), "--data", str(folder / "data")]
            status = main(["check", "--online", "--json", *places])
            out.seek(0)
            return folder, status, json.load(out), len(server.requests)


def test_each_feed_is_told_with_its_state(said: tuple[Path, int, list[dict[str, object]], int]) -> None:
    """In the order of the file, whatever answered first."""
    _folder, status, told, asked = said

    assert status == 1
    assert asked == 6
    assert [(one["state"], one["status"], one["items"]) for one in told] == [
        ("ok", 200, 1), ("ok", 200, 1), ("failing", 404, 0), ("not_a_feed", 200, 0), ("empty", 200, 0),
        ("disabled", None, 0),
    ]  # fmt: skip
    assert told[0]["title"] == "Kabar"
    assert [bool(one["newest"]) for one in told] == [True, True, False, False, False, False]
    assert str(told[1]["redirects_to"]).endswith("/well")
    assert [one["moved"] for one in told] == [False, True, False, False, False, False]
    assert all(one["error"] for one in told[2:4])
    assert "hunter2" not in json.dumps(told)


def test_nothing_is_stored(said: tuple[Path, int, list[dict[str, object]], int]) -> None:
    """It looks; a refresh is something else."""
    folder, _status, _told, _asked = said

    assert not (folder / "data" / "warta.db").exists()


def test_the_table_is_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also while there is a database; which stays as it is, but for the list of feeds."""
    with Loopback() as server:
        server.answer("/well", Answer(body=RSS.encode()))
        server.answer("/moved", redirect(server.url("/well"), status=302))
        entries = "".join(f'[[feeds]]\nurl = "{server.url(path)}"\n' for path in ("/well", "/moved"))
        (tmp_path / "feeds.toml").write_text(entries)
        places = ["--feeds", str(tmp_path / "feeds.toml"), "--data", str(tmp_path / "data")]
        assert main(["list", *places]) == 1
        assert main(["check", "--online", *places]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["feed", "state", "status", "articles", "newest", "seconds"]
    assert lines[2].startswith("Kabar")
    assert lines[3] == f"    → redirects to {server.url('/well')}"
    with closing(sqlite3.connect(tmp_path / "data" / "warta.db")) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (0,)
        assert connection.execute("SELECT DISTINCT state FROM feeds").fetchall() == [("{}",)]
