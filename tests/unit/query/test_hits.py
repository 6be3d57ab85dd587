"""Marking what a query found."""

from __future__ import annotations

import pytest

from reader.query import hits
from tests.unit.query.conftest import Parse


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("banjir", "Banjir besar, banjirnya surut", ["Banjir", "banjirnya"]),
        ("nat*", "Warga Natuna dan nasional", ["Natuna"]),
        ("~tangkap", "Polisi menangkap; penangkapan, tanggap", ["menangkap", "penangkapan"]),
        ('"jaminan sosial"', "jaminan sosial, jaminan", ["jaminan sosial"]),
        ("covid-19", "COVID-19 dan covid 20", ["COVID-19"]),
        ("natuna -bola", "bola Natuna", ["Natuna"]),
        ("cafe", "di cafe\u0301 “Café”", ["cafe\u0301", "Café"]),
        ("/rp ?\\d+/i", "harga Rp 500 dan rp7", ["Rp 500", "rp7"]),
        ("title:banjir OR desa", "banjir desa", ["banjir", "desa"]),
        ("", "apa saja", []),
        ("is:unread", "apa saja", []),
    ],
)
def test_what_was_found_is_marked(parse: Parse, query: str, text: str, marked: list[str]) -> None:
    spans = hits(parse(query))(text)

    assert [text[start:end] for start, end in spans] == marked


def test_overlapping_hits_are_one(parse: Parse) -> None:
    text = "jaminan sosial"

    assert hits(parse('"jaminan sosial" jaminan'))(text) == [(0, len(text))]


def test_hits_that_touch_are_one(parse: Parse) -> None:
    """Two marks side by side would be painted as two."""
    assert hits(parse("/ban/ /jir/"))("banjir") == [(0, 6)]
