"""docs/sources.md tells what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reader.config.keys import FEED
from reader.config.load import loads
from reader.model import Config, PageJob, PageText, ParsedFeed, ParseJob
from reader.parse.kinds import KINDS, parse
from reader.parse.page import parse_page

PAGE = Path(__file__).resolve().parents[3] / "docs" / "sources.md"
EXAMPLE = re.compile(r"```toml\n(.*?)```\s+```(?:xml|html)\n(.*?)```\s+```text\n(.*?)```", re.DOTALL)
EXAMPLES = EXAMPLE.findall(PAGE.read_text(encoding="utf-8"))


def test_every_kind_has_an_example() -> None:
    """A kind nobody can read about is used by nobody."""
    shown = {kind for kind in KINDS for entry, _body, _result in EXAMPLES if f'kind = "{kind}"' in entry}

    assert shown | {"feed"} == KINDS.keys()
    assert len(EXAMPLES) >= 4


def test_every_setting_of_a_feed_is_told() -> None:
    """A key nobody can read about is used by nobody."""
    table = PAGE.read_text(encoding="utf-8").partition("## What an entry may say")[2].partition("\n## ")[0]

    assert [key for key in FEED if f"`{key}`" not in table] == []


@pytest.mark.parametrize(("entry", "body", "result"), EXAMPLES)
def test_an_example_gives_what_the_page_says(entry: str, body: str, result: str) -> None:
    """Copied into feeds.toml it must work."""
    config = loads(entry.encode(), Path("feeds.toml"), may_run_commands=False)
    assert isinstance(config, Config)
    assert config.problems == ()
    (feed,) = config.feeds

    found = parse(ParseJob(body.encode(), feed.url, "", feed))

    assert isinstance(found, ParsedFeed), found
    lines = [
        f"{entry.published:%Y-%m-%d %H:%M}  {entry.title}" if entry.published else f"{'-':<18}{entry.title}"
        for entry in found.entries
    ]
    assert lines == result.strip().splitlines()


def test_the_example_of_whole_articles_works() -> None:
    """Its selectors are taken in the order written."""
    section = PAGE.read_text(encoding="utf-8").partition("## Whole articles")[2]
    config = loads(section.partition("```toml\n")[2].partition("```")[0].encode(), PAGE, may_run_commands=False)
    assert isinstance(config, Config)
    (feed,) = config.feeds
    body = b"<div class=isi-berita><p>Kapal perintis sandar di Ranai.</p><p class=iklan>Beli</p></div><article>"

    found = parse_page(PageJob(body, "https://kabar.example/1", "", feed.content, feed.remove))

    assert (config.problems, feed.full_text) == ((), True)
    assert isinstance(found, PageText)
    assert found.text == "Kapal perintis sandar di Ranai."
