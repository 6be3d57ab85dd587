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
        ("newer:5menit", "last 5 minutes"),
        ("newer:1w", "last 1 week"),
        ("newer:2tahun", "last 2 years"),
        ("newer:2026-11-01", "since 2026-11-01"),
        ("newer:2026 newer:2026d", "since 2026 · last 2026 days"),
        ("older:2d after:2026-11 before:2026-12", "older than 2d · since 2026-11 · before 2026-12"),
        ("date:2026-11 kemarin yesterday", "dated 2026-11 · yesterday · yesterday"),
        ("date:last-week OR date:bulan-ini OR -date:tahun-lalu", "last week or this month or without last year"),
        ('date:"minggu lalu" after:last-month', "last week · since last-month"),
        ("words:<200 words:100-300", "under 200 words · 100 to 300 words"),
        ("is:read is:muted is:new has:full", "read · muted · new since the last start · full article stored"),
        ("body:natuna author:/an/ sort:new", "natuna in the text and /an/ as author · newest first"),
        ("title:~api sort:old", "the word family of api in the title · oldest first"),
        ("folder:Kepri #penting site:a.example", "folder Kepri · tag penting · on a.example"),
        ("search:Natuna sort:rank", "saved “Natuna” · best first"),
    ],
)
def test_a_query_is_told_in_words(parse: Parse, text: str, told: str) -> None:
    assert describe(parse(text)) == told


def test_a_family_being_typed_is_told_once(parse: Parse) -> None:
    assert describe(parse("~tangk", complete=False)) == "the word family of tangk"
