"""The echo under the filter bar."""

from __future__ import annotations

import pytest

from reader.query import describe
from tests.unit.query.conftest import Parse


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ""),
        ("natuna bpjs newer:3d -bola", "natuna and bpjs · last 3 days · without “bola”"),
        ("bpjs OR (umkm is:unread)", "bpjs or (umkm · unread)"),
        ("title:(gempa OR banjir) nat*", "(gempa in the title or banjir in the title) and nat…"),
        ("-(a b)", "without (a and b)"),
        ("covid-19", "covid-19"),
        ('"jaminan sosial" ~tangkap', "“jaminan sosial” and the word family of tangkap"),
        ("words:>800 has:audio today", "from 801 words · with audio · today"),
        ("newer:1h", "last 1 hour"),
        ("newer:2bulan", "last 2 months"),
        ("folder:Kepri #penting site:a.example", "folder Kepri · tag penting · on a.example"),
        ("search:Natuna sort:rank", "saved “Natuna” · best first"),
    ],
)
def test_a_query_is_told_in_words(parse: Parse, text: str, told: str) -> None:
    assert describe(parse(text)) == told


def test_a_family_being_typed_is_told_once(parse: Parse) -> None:
    assert describe(parse("~tangk", complete=False)) == "the word family of tangk"
