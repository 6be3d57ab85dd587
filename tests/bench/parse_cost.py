"""What parsing a feed of 100 items costs when all, one or none of them are new.

    python -m tests.bench.parse_cost [--items 100] [--kilobytes 2]

CPU time, best of several rounds, as ratios: against feedparser's own defaults on the same body, and against a parse in
which everything is new.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import time
from collections.abc import Callable

import feedparser

from reader.model import FeedConfig, ParsedFeed, ParseJob
from reader.parse.feed import parse_feed

URL = "https://kabar.example/rss"
SENTENCE = "Hujan deras mengguyur Ranai sejak pagi sehingga <a href='/jalan/{n}'>sejumlah ruas jalan</a> tergenang. "
PLAIN = "Petugas gabungan masih bersiaga di lokasi. "


def main() -> None:
    """Measure and print one JSON object."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--items", type=int, default=100)
    arguments.add_argument("--kilobytes", type=float, default=2.0, help="HTML in each item")
    arguments.add_argument("--rounds", type=int, default=5)
    options = arguments.parse_args()
    old = _feed(range(options.items), options.kilobytes)
    new = _feed(range(-1, options.items - 1), options.kilobytes)
    theirs = _cpu(lambda: feedparser.parse(io.BytesIO(old)), options.rounds)
    known = _parse(old).item_hashes
    everything = _cpu(lambda: _parse(old), options.rounds)
    one = _cpu(lambda: _parse(new, known), options.rounds)
    nothing = _cpu(lambda: _parse(old, known), options.rounds)

    assert len(_parse(new, known).entries) == 1
    report = {
        "items": options.items,
        "body_kilobytes": len(old) // 1024,
        "seconds": {"all new": everything, "one new": one, "nothing new": nothing, "feedparser's defaults": theirs},
        "of all new": {"one new": one / everything, "nothing new": nothing / everything},
        "of feedparser's defaults": {
            "all new": everything / theirs,
            "one new": one / theirs,
            "nothing new": nothing / theirs,
        },
    }
    json.dump(report, sys.stdout, indent=2, default=str)
    sys.stdout.write("\n")


def _feed(numbers: range, kilobytes: float) -> bytes:
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
        "<channel><title>Kabar</title><link>https://kabar.example/</link>"
        + "".join(_item(number, kilobytes) for number in numbers)
        + "</channel></rss>"
    ).encode()


def _item(number: int, kilobytes: float) -> str:
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < kilobytes * 1024:
        paragraphs.append(f"<p>{SENTENCE.format(n=number) + PLAIN * 3}</p>")
    return (
        f"<item><title>Hujan deras di Natuna {number}</title><link>https://kabar.example/berita/{number}</link>"
        f"<guid>https://kabar.example/berita/{number}</guid><pubDate>Wed, 18 Jun 2025 07:30:00 +0700</pubDate>"
        f"<description>KBRN, Natuna: Hujan deras.</description><category>Daerah</category>"
        f"<content:encoded><![CDATA[{''.join(paragraphs)}]]></content:encoded></item>"
    )


def _parse(body: bytes, known: bytes = b"") -> ParsedFeed:
    outcome = parse_feed(ParseJob(body, URL, "application/rss+xml", FeedConfig(URL), known_items=known))
    assert isinstance(outcome, ParsedFeed)
    return outcome


def _cpu(action: Callable[[], object], rounds: int) -> float:
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        action()
        best = min(best, time.process_time() - began)
    return round(best, 5)


if __name__ == "__main__":
    main()
