"""The catalogue on the command line."""

from __future__ import annotations

import os
import subprocess
import tomllib
from pathlib import Path

import pytest

from .test_command_line import Place

RRI = '# mine\n[[feeds]]\nurl = "https://rri.co.id/rss"\nfolder = "Nasional"\n'


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = Place(tmp_path)
    place.feeds.write_text(RRI)
    return place


def titles(place: Place) -> list[tuple[str, str]]:
    """Titles and folders in feeds.toml."""
    feeds = tomllib.loads(place.feeds.read_text())["feeds"]
    return [(feed.get("title", ""), feed.get("folder", "")) for feed in feeds]


def test_the_table_is_grouped_and_marks_what_is_followed(place: Place) -> None:
    """What one has is not added again."""
    done = place.run("catalogue", WARTA_LANGUAGE="id")

    assert done.returncode == 0
    heads = [line for line in done.stdout.splitlines() if line and not line.startswith((" ", "✓"))]
    assert heads == ["Nasional", "Antara di daerah", "Pers daerah", "Pemerintah dan peringatan", "Mancanegara"]
    assert [line for line in done.stdout.splitlines() if line.startswith("✓")] == [
        line for line in done.stdout.splitlines() if "https://www.rri.co.id/rss" in line
    ]
    assert "171 sumber" in done.stderr


def test_a_query_narrows_it_and_json_tells_all(place: Place) -> None:
    """For scripts, every key."""
    found = place.json("catalogue", "natuna")

    assert [entry["name"] for entry in found] == ["RRI: Natuna", "Ranai Pos"]
    assert list(found[0]) == [
        "name", "url", "kind", "language", "group", "regions", "topics", "folder", "status", "checked", "note",
        "followed",
    ]  # fmt: skip
    assert place.json("catalogue", "rri.co.id/rss")[0]["followed"] is True
    empty = place.run("catalogue", "xyzzy")
    assert (empty.returncode, empty.stdout) == (1, "")


def test_a_name_is_added_without_a_request(place: Place) -> None:
    """With its folder and, for a page, its selectors; --folder and --title win."""
    assert place.run("add", "antara kepri").returncode == 0
    assert place.run("add", "RRI: Natuna", "--folder", "Radio", "--title", "Natuna").returncode == 0
    assert titles(place) == [("", "Nasional"), ("Antara Kepri", "Kepulauan Riau"), ("Natuna", "Radio")]
    feeds = tomllib.loads(place.feeds.read_text())["feeds"]
    assert (feeds[2]["kind"], feeds[2]["link"]) == ("page", "a.title")
    assert place.feeds.read_text().startswith(RRI)
    assert place.run("check").returncode == 0


@pytest.mark.parametrize(
    ("name", "status", "said"),
    [
        ("rri", 1, "is already in feeds.toml"),
        ("bbc", 1, "BBC Indonesia, BBC World"),
        ("The Jakarta Post", 1, "404"),
        ("antah", 1, "warta catalogue"),
        ("", 2, "warta catalogue"),
    ],
)
def test_what_cannot_be_added_is_told(place: Place, name: str, status: int, said: str) -> None:
    """And the file stays as it is."""
    arguments = ["add", name] if name else ["add"]
    done = subprocess.run(
        place.command(*arguments), capture_output=True, text=True, env=place.environ(), input="", check=False
    )

    assert done.returncode == status
    assert said in done.stderr
    assert place.feeds.read_text() == RRI


def test_sources_are_picked_by_number_and_by_name(place: Place) -> None:
    """On a terminal, many at once; Enter ends it."""
    pty = pytest.importorskip("pty", reason="no terminals of this kind on Windows")
    main, terminal = pty.openpty()
    os.write(main, b"bmkg\n2 1, 9\nAntara Kepri, hacker news\nxyzzy\n\n")
    done = subprocess.run(
        place.command("add"),
        stdin=terminal,
        capture_output=True,
        text=True,
        env=place.environ(),
        timeout=60,
        check=False,
    )
    os.close(terminal)
    os.close(main)

    assert done.returncode == 0, done.stderr
    assert "no number 9 in the list" in done.stderr
    assert 'nothing in the catalogue for "xyzzy"' in done.stderr
    assert "1   BMKG: Peringatan dini" in done.stdout
    names = {name for name, _folder in titles(place)}
    assert names == {"", "BMKG: Early warnings", "BMKG: Peringatan dini", "Antara Kepri", "Hacker News"}
