"""docs/filters.md tells the truth: every example of its tables is run on the articles it shows."""

from __future__ import annotations

import re
import textwrap
from datetime import timedelta
from pathlib import Path

import pytest

from reader.config.load import loads
from reader.model import Config, Question, Source
from reader.query import FeedName, Names, parse
from reader.query.fields import FIELDS, TEXT_FIELDS
from reader.storage.search.asking import Search
from tests.unit.storage.search.library import NOW, ZONE, Made, library

PAGE = Path(__file__).parents[4] / "docs" / "filters.md"
FEEDS = (
    FeedName(1, "RRI Ranai", folder="Kepri"),
    FeedName(2, "Contoh Olahraga", folder="Olahraga"),
    FeedName(3, "Contoh Berita", folder="Nasional", tags=("penting",)),
    FeedName(4, "The Sample Times", folder="World"),
)
NAMES = Names(feeds=FEEDS, filters={"Laut": "pelabuhan OR ferries"})
# What the page says of each article beside its title and text.
REST = (
    {"feed_ids": (1,), "age": timedelta(hours=3), "dateline": "Natuna"},
    {"feed_ids": (1,), "age": timedelta(hours=26), "dateline": "Ranai"},
    {"feed_ids": (2,), "age": timedelta(hours=28), "is_read": True},
    {"feed_ids": (3,), "age": timedelta(days=8), "is_read": True, "is_starred": True},
    {"feed_ids": (4,), "age": timedelta(days=31), "is_read": True, "media": "a", "words": 900,
     "url": "https://www.times.example/flood"},
)  # fmt: skip


def rows(line: str) -> list[str]:
    return [cell.strip().strip("`") for cell in line.strip().strip("|").split(" | ")]


def shown() -> list[Made]:
    """The articles of the page's first table."""
    text = PAGE.read_text(encoding="utf-8")
    table = re.findall(r"^\| \d \|.*$", text, re.MULTILINE)
    cells = [rows(line) for line in table]
    return [Made(title=title, text=body, **rest) for (_n, title, body, *_), rest in zip(cells, REST, strict=True)]  # type: ignore[arg-type]  # mixed values


def examples() -> list[tuple[str, list[int]]]:
    """Every query in the first column of a table, with the numbers beside it."""
    found = re.findall(r"^\| `(.+?)` \| ([\d ]+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return [(query, [int(number) for number in numbers.split()]) for query, numbers in found]


def ask(text: str) -> list[int]:
    query = parse(text, now=NOW, zone=ZONE, names=NAMES)
    assert query.problem == ""
    db = library(shown())
    search = Search(Question(Source(), text), query)
    ids: list[int] = []
    is_done = False
    while not is_done:
        found, is_done = search.step(db)
        ids += found
    db.close()
    return ids


@pytest.mark.parametrize(("text", "numbers"), examples())
def test_an_example_finds_what_the_page_says(text: str, numbers: list[int]) -> None:
    """A newcomer learns the language from these lines."""
    assert ask(text) == numbers


def test_every_example_in_running_text_is_understood() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for query in (
        "bpjs -feed:rri newer:1w",
        "-is:read -folder:Olahraga",
        "-(bola OR timnas)",
        "title:(banjir OR flood)",
    ):
        assert f"`{query}`" in text
        ask(query)


def test_the_page_names_every_field() -> None:
    text = PAGE.read_text(encoding="utf-8")

    assert [name for name in (*FIELDS, *TEXT_FIELDS) if name != "tag" and f"{name}:" not in text] == []


def test_the_filters_it_writes_into_feeds_toml_are_obeyed() -> None:
    """They will be copied."""
    blocks = re.findall(r"(?:^    .*\n|^\n)+", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    block = textwrap.dedent(next(block for block in blocks if "[[filters]]" in block))

    config = loads(block.encode(), Path("feeds.toml"))

    assert isinstance(config, Config)
    assert config.problems == ()
    found = [(one.name, one.action, one.notify) for one in config.filters]
    assert found == [("Laut", "", True), ("Bola", "mute", False)]
    assert config.filters[0].query == NAMES.filters["Laut"]


def test_there_are_enough_examples() -> None:
    assert len(examples()) >= 25
