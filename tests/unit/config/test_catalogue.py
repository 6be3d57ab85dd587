"""The catalogue that ships holds nothing wrong."""

from __future__ import annotations

import re
import tomllib
from datetime import date

import pytest

from reader.config.catalogue import CATALOGUE, load_catalogue
from reader.config.keys import FEED
from reader.config.load import load
from reader.config.locate import starter_path
from reader.model.catalogue import CatalogueEntry
from reader.text.fold import words
from reader.text.urls import canonical, web_url

KNOWN = frozenset({
    "name", "url", "kind", "language", "group", "regions", "topics", "folder", "status", "checked", "note",
})  # fmt: skip
DOCUMENT = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))
ENTRIES = load_catalogue()


def test_every_key_of_an_entry_is_known() -> None:
    """A misspelt key would be obeyed nowhere; selectors are feeds.toml's own and pass its checks."""
    for entry in DOCUMENT["sources"]:
        for key in entry.keys() - KNOWN:
            FEED[key](entry[key])


def test_names_and_addresses_are_unique() -> None:
    """`warta add NAME` takes one; the same source twice would be followed twice."""
    names = [tuple(words(entry.name)) for entry in ENTRIES]
    addresses = [canonical(entry.url) for entry in ENTRIES if entry.url]

    assert len(names) == len(set(names))
    assert all(names)
    assert len(addresses) == len(set(addresses))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_an_entry_is_sound(entry: CatalogueEntry) -> None:
    """An address as it is asked for, known kinds, languages and states, a date that was."""
    assert entry.url == web_url(entry.url)
    assert "@" not in entry.url
    assert not re.search(r"key=|token=|utm_", entry.url)
    assert entry.url or entry.status == "closed"
    assert entry.note or entry.status in {"tried", "listed"}
    assert entry.kind in {"feed", "sitemap", "page"}
    assert entry.kind != "page" or {"link", "link_pattern"} & dict(entry.more).keys()
    assert re.fullmatch("[a-z]{2}", entry.language)
    assert entry.status in {"tried", "listed", "blocked", "closed"}
    assert entry.checked or entry.status != "tried"
    assert entry.regions
    assert entry.topics
    assert entry.folder
    assert _is_a_date_before_release(entry.checked)


def _is_a_date_before_release(text: str) -> bool:
    if not text:
        return True
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return bool(re.fullmatch(r"\d{4}(-\d\d){0,2}", text)) and date(2016, 1, 1) <= date(year, month, day) <= date(
        2026, 11, 30
    )


@pytest.mark.parametrize("table", ["groups", "regions", "topics", "notes"])
def test_every_word_is_used_and_has_both_languages(table: str) -> None:
    """The interface shows them."""
    key = {"groups": "group", "notes": "note"}.get(table, table)
    used: set[str] = set()
    for entry in DOCUMENT["sources"]:
        value = entry.get(key, [])
        used.update([value] if isinstance(value, str) else value)

    assert used == set(DOCUMENT[table])
    for word in DOCUMENT[table].values():
        assert word["id"].strip()
        assert word["en"].strip()


def test_groups_stand_in_order() -> None:
    """Indonesia's press first, the Riau Islands first among the regions."""
    groups = list(dict.fromkeys(entry.group.key for entry in ENTRIES))
    regional = [entry.regions[0].key for entry in ENTRIES if entry.group.key == "regional"]

    assert groups == ["national", "bureaus", "regional", "government", "international"]
    assert regional == sorted(regional, key=lambda region: region != "kepri")


def test_the_starter_agrees_with_it() -> None:
    """What feeds.toml follows, and what stands there commented out, the catalogue has with the same keys."""
    known = {(entry.kind, canonical(entry.url)): entry for entry in ENTRIES}
    starter = starter_path()
    off = "\n".join(re.findall(r"^# ((?:\[|\w+ = ).*)$", starter.read_text(encoding="utf-8"), re.MULTILINE))
    off = off[off.index("[[feeds]]") :].split("[[filters]]")[0].split("[settings]")[0]
    feeds = [*tomllib.loads(starter.read_text(encoding="utf-8"))["feeds"], *tomllib.loads(off)["feeds"]]

    assert not load(starter).problems
    assert len(feeds) > 20
    for feed in feeds:
        entry = known[feed.get("kind", "feed"), canonical(feed["url"])]
        values = {key: value for key, value in entry.values().items() if value is not None}
        assert values == {key: value for key, value in feed.items() if key != "tags"}
