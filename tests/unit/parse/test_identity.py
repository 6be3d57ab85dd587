"""What an entry is known by: stable across refreshes, distinct inside a document."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.parse.identity import Traits, base_key, crowd, key_of, merge_key_of
from tests.hostile import item, rss

from .helpers import feed

GUIDS = st.sampled_from(["", "a", "b", "http://kabar.example/1", "https://kabar.example/1", "  a "]) | st.text(
    max_size=8
)
URLS = st.sampled_from(["", *(f"https://kabar.example/{n}" for n in range(4)), "https://rri.co.id/daerah/700038/x"])
ENTRIES = st.lists(st.builds(Traits, GUIDS, URLS, st.sampled_from(["x", "y", "z"])), max_size=12)


@pytest.mark.parametrize(
    ("traits", "key"),
    [
        (Traits("g1", "https://kabar.example/1"), "g1"),
        (Traits(" g1\n", ""), "g1"),
        (Traits("G1", ""), "G1"),
        (Traits("http://kabar.example/?p=1", ""), "https://kabar.example/?p=1"),
        (Traits("", "http://www.kabar.example/1/?utm_source=rss"), "https://kabar.example/1"),
        (Traits("https://rri.co.id/?p=9", "https://www.rri.co.id/ranai/daerah/700038/judul"), "rri.co.id#700038"),
        (Traits("", ""), ""),
    ],
)
def test_the_ladder(traits: Traits, key: str) -> None:
    """A site's number, else guid, else address."""
    assert base_key(traits) == key


@settings(max_examples=150)
@given(ENTRIES)
def test_what_differs_has_a_key_of_its_own(entries: list[Traits]) -> None:
    """Stored articles are the distinct entries: no two different ones share a key."""
    among = crowd(entries)

    keys: dict[str, Traits] = {}
    for traits in entries:
        key = key_of(traits, among)
        assert key
        other = keys.setdefault(key, traits)
        assert other.content == traits.content


@settings(max_examples=100)
@given(ENTRIES, st.randoms())
def test_the_order_of_the_document_does_not_matter(entries: list[Traits], random: object) -> None:
    """Feeds move items about; nothing may come back as new for it."""
    shuffled = sorted(entries, key=repr)

    assert {key_of(each, crowd(entries)) for each in entries} == {key_of(each, crowd(shuffled)) for each in shuffled}


def test_a_repeated_guid_is_joined_with_the_link() -> None:
    """Spiegel had one guid for all items."""
    found = feed(rss(*(item(n).replace(f">g{n}<", ">sama<") for n in range(3))))

    assert [entry.key for entry in found.entries] == [f"sama https://kabar.example/berita/{n}" for n in range(3)]


def test_items_that_were_not_parsed_count_as_neighbours() -> None:
    """A new item's key must not depend on which of its neighbours were known already."""
    items = [item(n).replace(f">g{n}<", ">sama<") for n in range(3)]
    known = feed(rss(*items[:2])).item_hashes

    fresh = feed(rss(*items), known=known).entries

    assert [entry.key for entry in fresh] == ["sama https://kabar.example/berita/2"]


def test_the_same_entry_twice_is_one() -> None:
    """Some feeds repeat an item word for word."""
    assert len(feed(rss(item(1), item(1), item(2))).entries) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("<guid>http://kabar.example/1</guid>", "<guid>https://kabar.example/1</guid>"),
        ("<guid>a</guid>", "<guid> a </guid>"),
        ("<link>https://kabar.example/1?utm_source=x</link>", "<link>http://www.kabar.example/1</link>"),
        (
            "<link>https://www.liputan6.com/news/read/6055946/projo-lama</link>",
            "<link>https://www.liputan6.com/news/read/6055946/relawan-baru</link>",
        ),
        (
            "<link>https://kepri.antaranews.com/berita/1/a</link><guid>x</guid>",
            "<link>https://kepri.antaranews.com/amp/berita/1/b</link><guid>y</guid>",
        ),
    ],
)
def test_an_article_stays_itself(first: str, second: str) -> None:
    """Moves to https, new trackers and edited slugs must not bring an article a second time."""
    keys = [feed(rss(f"<item><title>x</title>{each}</item>")).entries[0].key for each in (first, second)]

    assert keys[0] == keys[1]


def test_keys_do_not_depend_on_where_the_feed_stands() -> None:
    """A feed that moves to another address keeps its articles."""
    body = rss("<item><title>x</title><guid>12345</guid></item>")

    assert (
        feed(body, url="https://a.example/rss").entries[0].key == feed(body, url="https://b.example/f").entries[0].key
    )


def test_only_an_address_of_its_own_merges_an_article() -> None:
    """A shared address would make one article of many."""
    among = crowd([Traits("a", "https://kabar.example/x"), Traits("b", "https://kabar.example/x")])

    assert merge_key_of("https://kabar.example/x", among) == ""
    assert merge_key_of("https://kabar.example/", crowd([])) == ""
    assert merge_key_of("", crowd([])) == ""
    assert merge_key_of("https://kabar.example/?p=7", crowd([])) == "https://kabar.example/?p=7"
    assert merge_key_of("http://www.kabar.example/y/", crowd([])) == "https://kabar.example/y"


def test_keys_are_bounded() -> None:
    """A guid may be the whole article."""
    keys = [key_of(Traits(f"{'x' * 5_000}{n}", ""), crowd([])) for n in range(2)]

    assert len(set(keys)) == 2
    assert max(map(len, keys)) < 1_000
