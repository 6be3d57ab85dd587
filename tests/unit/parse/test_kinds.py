"""What every kind of source must hold to: the contract of the registry."""

from __future__ import annotations

import gzip
import pickle
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import ParsedFeed, ParseFailed, SourceKind
from reader.parse.kinds import KINDS
from tests.hostile import NOT_FEEDS, atom, item, rss

from .helpers import job

LISTING = b"""<!doctype html><title>Kabar</title>
<div class=card><a href=/berita/1001>Kapal perintis sandar</a> <time datetime=2026-11-21>kemarin</time></div>
<div class=card><a href=/berita/1002>Harga ikan naik</a></div>"""
NEWS = b"""<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://kabar.example/a-1</loc>
<news:news><news:publication_date>2026-11-21T10:00:00+07:00</news:publication_date><news:title>Satu</news:title>
</news:news></url></urlset>"""
PLAIN = b"<urlset><url><loc>https://kabar.example/harga-ikan-naik</loc><lastmod>2026-11-21</lastmod></url></urlset>"

EXAMPLES: dict[SourceKind, tuple[bytes, ...]] = {
    "feed": (rss(item(1), item(2)), atom("<entry><id>a</id><title>b</title></entry>")),
    "sitemap": (NEWS, PLAIN, gzip.compress(NEWS)),
    "page": (LISTING,),
}
"""Documents that each kind reads; a new kind adds its own."""
NEEDED: dict[SourceKind, dict[str, Any]] = {"feed": {}, "sitemap": {}, "page": {"link_pattern": "/berita/"}}
"""Settings a kind cannot do without."""


def test_every_kind_has_examples() -> None:
    """Without one the contract below would prove nothing for it."""
    assert EXAMPLES.keys() == KINDS.keys()
    assert all(kind.name == name for name, kind in KINDS.items())


@pytest.mark.parametrize(("name", "body"), [(name, body) for name, bodies in EXAMPLES.items() for body in bodies])
def test_reads_its_examples(name: SourceKind, body: bytes) -> None:
    """Entries with distinct keys come out, plain enough to cross a process border; the same again brings nothing."""
    parse = KINDS[name].parse

    outcome = parse(job(body, kind=name, **NEEDED[name]))

    assert isinstance(outcome, ParsedFeed)
    keys = [entry.key for entry in outcome.entries]
    assert keys
    assert len(set(keys)) == len(keys)
    assert pickle.loads(pickle.dumps(outcome)) == outcome
    again = parse(job(body, kind=name, known=outcome.item_hashes, **NEEDED[name]))
    assert isinstance(again, ParsedFeed)
    assert not outcome.item_hashes or again.entries == ()


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("body", NOT_FEEDS)
def test_what_is_something_else_is_a_failure(name: SourceKind, body: str) -> None:
    """Never an exception, and never an empty feed."""
    outcome = KINDS[name].parse(job(NOT_FEEDS[body](), kind=name, **NEEDED[name]))

    assert isinstance(outcome, ParseFailed) is ((name, body) != ("sitemap", "a sitemap"))


@pytest.mark.parametrize("name", KINDS)
def test_never_raises(name: SourceKind) -> None:
    """Bodies are whatever a server sends."""

    @settings(max_examples=60)
    @given(st.binary(max_size=200), st.text(max_size=30), st.binary(max_size=20))
    def check(body: bytes, content_type: str, known: bytes) -> None:
        outcome = KINDS[name].parse(job(body, content_type, kind=name, known=known, **NEEDED[name]))

        assert isinstance(outcome, ParsedFeed | ParseFailed)

    check()
