"""What a query means for one article."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reader.query import ArticleFacts, matches
from reader.query.patterns import compiled
from reader.query.tree import Regex
from tests.unit.query.conftest import NAMES, Parse

ARTICLE = ArticleFacts(
    title="Banjir di Natuna, tiga Ｄｅｓａ terendam",
    body="Petugas menangkap dua pencuri kabel. Kerugiannya Rp 2,1 miliar; jaminan sosial café.",
    author="Penulis Contoh",
    date=datetime(2026, 11, 15, 5, tzinfo=UTC),
    first_seen=datetime(2026, 11, 15, 6, tzinfo=UTC),
    url="https://kepri.situs.example/Berita/77",
    dateline="Ranai, Natuna",
    feeds=(NAMES.feeds[0],),
    tags=("baca nanti",),
    words=640,
    media="iv",
    is_starred=True,
)


@pytest.mark.parametrize(
    "text",
    [
        "banjir", "BANJIR natuna", "desa", "cafe", "CAFÉ", "kerugian", '"jaminan sosial"', "~tangkap", "~curi",
        "~rugi", "jami*", "title:banjir", "body:miliar", "author:contoh", "contoh", "banjir -bola",
        "bola OR banjir", "title:(bola OR natuna)", "/rp ?\\d+(,\\d+)? (miliar|triliun)/i", "feed:rri", "feed:rana",
        "feed:1", "folder:kepri", "folder:natuna", "folder:Kepri/Natuna", '#"baca nanti"', "#indonesia",
        "site:situs.example", "site:kepri.situs.example", "site:situs", "url:berita/77", "is:unread", "is:starred",
        "is:new", "has:video", "has:image", "after:2026-11-15", "before:2026-12", "date:2026-11", "newer:1d",
        "today", "words:>600", "words:<641", "place:natuna", 'place:"Ranai"', "search:Natuna", "-is:read",
        "natuna kemarin OR today", "2,1", "jaminan-sosial",
    ],
)  # fmt: skip
def test_these_find_the_article(parse: Parse, text: str) -> None:
    assert matches(parse(text), ARTICLE)


@pytest.mark.parametrize(
    "text",
    [
        "anjir", "banj", '"kerugian"', "tangkap", "title:miliar", "body:banjir", "author:banjir",
        '"sosial jaminan"', "banjir -natuna", "feed:anai", "folder:Nasional", "folder:kep", "#nanti",
        "site:tus.example", "site:example.com", "is:read", "is:muted", "has:audio", "after:2026-11-16",
        "before:2026-11-15", "older:1d", "kemarin", "words:>640", "place:jakarta", "search:Bola", "/RP 2/", "~api",
    ],
)  # fmt: skip
def test_these_do_not(parse: Parse, text: str) -> None:
    assert not matches(parse(text), ARTICLE)


def test_a_pattern_that_takes_too_long_matches_nothing_and_stays_off(parse: Parse) -> None:
    """A mute rule with such a pattern must not hide an article, nor hold a refresh for each one."""
    query = parse("-/(x+x+)+y/")
    facts = ArticleFacts(title="x" * 5_000)

    assert not matches(query, facts)
    assert compiled(Regex("(x+x+)+y")).is_off
    assert not matches(query, ARTICLE)
