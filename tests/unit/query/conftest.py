"""A clock, a zone and names for queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from reader.query import FeedName, Names, Query
from reader.query import parse as parse_query

NOW = datetime(2026, 11, 15, 10, 30, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Jakarta")
NAMES = Names(
    feeds=(
        FeedName(1, "RRI Ranai", "https://rri.example/rss", "Kepri/Natuna", ("indonesia",)),
        FeedName(2, "Contoh Berita", "https://contoh.example/feed", "Nasional"),
        FeedName(3, "The Sample Times", "https://times.example/feed", "World News", ("english",)),
    ),
    folders=("Kepri", "Kepri/Natuna", "Nasional", "World News"),
    tags=("penting", "baca nanti"),
    filters={"Natuna": "natuna OR ranai", "Bola": "bola -timnas", "Ping": "search:Pong", "Pong": "x search:Ping"},
    places=("Natuna", "Tanjung Pinang"),
    last_start=datetime(2026, 11, 15, 1, 0, tzinfo=UTC),
)

Parse = Callable[..., Query]


@pytest.fixture
def parse() -> Parse:
    def parse(text: str, *, complete: bool = True) -> Query:
        return parse_query(text, complete=complete, now=NOW, zone=ZONE, names=NAMES)

    return parse
