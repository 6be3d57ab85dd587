"""Sources of the catalogue, found by what a person types."""

from __future__ import annotations

import pytest

from reader.core.catalogue import catalogue, checked_sentence, followed, named, search_catalogue, told
from reader.i18n import set_language
from reader.model import FeedConfig


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("antara kepri", "Antara Kepri"),
        ("KEPRI", "Antara Kepri"),
        ("kepulauan riau", "Antara Kepri"),
        ("riau islands", "Antara Kepri"),
        ("natuna", "RRI: Natuna"),
        ("cuaca", "BMKG: Peringatan dini"),
        ("weather", "BMKG: Peringatan dini"),
        ("north suma", "Antara Sumatera Utara"),
        ("setkab.go.id", "Sekretariat Kabinet"),
        ("tribunnews batam", "Tribun Batam"),
        ("ja", "The Jakarta Post"),
    ],
)
def test_a_source_is_found_by_name_region_topic_or_host(query: str, first: str) -> None:
    """In either language, whatever the case."""
    found = [entry.name for entry in search_catalogue(query)]

    assert first in (found if query == "ja" else found[:1])


def test_nothing_typed_is_everything_and_nonsense_nothing() -> None:
    """The dialog narrows as one types."""
    assert search_catalogue(" ") == catalogue()
    assert search_catalogue("xyzzy") == ()
    assert search_catalogue("kepri", ()) == ()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("antara", ["Antara"]),
        ("Antara: hukum", ["Antara: Hukum"]),
        ("natuna", ["RRI: Natuna"]),
        ("bbc", ["BBC Indonesia", "BBC World"]),
        ("", []),
        ("antah", []),
    ],
)
def test_a_name_beats_a_beginning_and_that_a_part(name: str, found: list[str]) -> None:
    """`warta add rri` is not held up by RRI: Natuna."""
    assert [entry.name for entry in named(name)] == found


def test_what_is_followed_is_known_by_any_form_of_its_address() -> None:
    """http or https, with or without www; another kind is another source."""
    feeds = [FeedConfig("http://rri.co.id/rss/"), FeedConfig("https://www.suara.com/sitemap_news.xml")]

    assert followed(feeds) == {"RRI"}


def test_it_speaks_both_languages() -> None:
    """Headings, notes and states."""
    (entry,) = named("The Jakarta Post")
    try:
        set_language("id")
        assert told(entry.group) == "Nasional"
        assert told(entry.note).endswith("umpan umum lagi.")
        assert checked_sentence(entry) == "tak bisa diikuti 2026-10-04"
    finally:
        set_language("en")
    assert told(entry.group) == "National"
    assert told(None) == ""
