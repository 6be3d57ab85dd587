"""What a first start finds on the machine, and what it writes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reader.config.load import load
from reader.config.locate import Located
from reader.core.beginning import MOST_LISTS, Beginning
from reader.errors import ConfigError

OPML = '<opml version="2.0"><body><outline text="{name}" xmlUrl="https://{name}.example/rss"/></body></opml>'


def at(home: Path) -> tuple[Beginning, Located]:
    located = Located(home / ".config/warta/feeds.toml", home / "data", True)
    return Beginning(located, home), located


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_an_empty_home_offers_the_starter_and_taking_it_makes_the_file(tmp_path: Path) -> None:
    """Nobody should have to write a file before the first article."""
    beginning, located = at(tmp_path)

    (starter,) = beginning.look()

    assert beginning.is_first
    assert starter.kind == "starter"
    assert starter.names[:2] == ("Antara", "Antara Kepri")
    assert beginning.take(starter).feeds == starter.count == len(load(located.path).feeds)
    assert beginning.look() == ()
    assert not at(tmp_path)[0].is_first


def test_lists_of_other_readers_are_found_and_taken(tmp_path: Path) -> None:
    """Who comes from elsewhere brings his feeds."""
    put(tmp_path / ".newsboat/urls", 'https://rri.example/rss "~RRI"\nhttps://lwn.example/rss\n')
    put(tmp_path / "Downloads/lama.opml", OPML.format(name="laut"))
    put(tmp_path / "Downloads/bukan.opml", "<html>")
    beginning, located = at(tmp_path)

    _starter, newsboat, opml = beginning.look()

    assert (newsboat.kind, newsboat.count, newsboat.names) == ("newsboat", 2, ("RRI", "lwn.example"))
    assert (opml.kind, opml.names) == ("opml", ("laut",))
    assert beginning.take(newsboat).feeds == 2
    assert beginning.take(opml).feeds == 1
    assert [feed.url for feed in load(located.path).feeds] == [
        "https://rri.example/rss", "https://lwn.example/rss", "https://laut.example/rss",
    ]  # fmt: skip
    assert beginning.look() == (), "what is followed is not offered again"


def test_a_home_full_of_files_is_looked_at_within_bounds(tmp_path: Path) -> None:
    """A start does not read a whole disk."""
    for number in range(MOST_LISTS + 3):
        path = put(tmp_path / f"{number}.opml", OPML.format(name=f"nomor{number}"))
        os.utime(path, (number, number))
    (tmp_path / "map.opml").mkdir()
    beginning, _located = at(tmp_path)

    lists = beginning.look()[1:]

    assert [offer.names[0] for offer in lists] == [f"nomor{number}" for number in range(8, 2, -1)]


def test_a_file_that_cannot_be_written_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    """The folder may belong to somebody else."""
    put(tmp_path / ".config", "a file where a folder should be")
    beginning, _located = at(tmp_path)
    starter = beginning.look()[0]

    with pytest.raises(ConfigError):
        beginning.take(starter)


def test_a_named_or_existing_file_is_no_first_start(tmp_path: Path) -> None:
    """Who names a file has one in mind."""
    named = Located(tmp_path / "mine.toml", tmp_path, True, "argument")
    existing = Located(put(tmp_path / "feeds.toml", ""), tmp_path, True)

    assert not Beginning(named, tmp_path).is_first
    assert not Beginning(existing, tmp_path).is_first


@pytest.mark.parametrize(
    ("urls", "cache"),
    [
        (".newsboat/urls", ".newsboat/cache.db"),
        (".config/newsboat/urls", ".local/share/newsboat/cache.db"),
        (".newsboat/urls", ""),
    ],
)
def test_what_newsboat_stored_is_found_beside_its_list(tmp_path: Path, urls: str, cache: str) -> None:
    """A cache without a byte holds nothing to take."""
    put(tmp_path / urls, "https://rri.example/rss\n")
    put(tmp_path / ".newsboat/cache.db", "")
    if cache:
        put(tmp_path / cache, "SQLite format 3")

    _starter, newsboat = at(tmp_path)[0].look()

    assert newsboat.history == (tmp_path / cache if cache else None)
