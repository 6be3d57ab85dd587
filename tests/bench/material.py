"""What the benchmarks read: text with a natural spread of words, and feeds made of it."""

from __future__ import annotations

import bisect
import itertools
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

__all__ = ["EPOCH", "Prose", "feed"]

EPOCH = datetime(2026, 11, 1, tzinfo=UTC)
"""Date of the newest generated article."""

SYLLABLES = [c + v for c in "bcdghjklmnprstwy" for v in "aiueo"]


class Prose:
    """Endless text whose words follow Zipf's law, the same for the same seed."""

    def __init__(self, seed: int = 1, vocabulary: int = 40_000) -> None:
        self._random = random.Random(seed)
        self.vocabulary = [self._word(rank) for rank in range(vocabulary)]
        """Words by rank; the first is the commonest."""
        self._weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(vocabulary)))

    def _word(self, rank: int) -> str:
        letters, number = "", rank
        for _ in range(1 if rank < 40 else 2 if rank < 3_000 else 3):
            number, syllable = divmod(number * 7 + 3, len(SYLLABLES))
            letters += SYLLABLES[syllable]
        return f"{letters}{'n' * (rank % 3 == 1)}{'ng' * (rank % 7 == 2)}{rank:x}"[: 4 + rank % 9]

    def words(self, count: int) -> list[str]:
        """So many words in a row."""
        total = self._weights[-1]
        draw = self._random.random
        return [self.vocabulary[bisect.bisect(self._weights, draw() * total)] for _ in range(count)]

    def title(self) -> str:
        """A headline."""
        return " ".join(self.words(8)).capitalize()

    def paragraphs(self, words: int) -> Iterator[str]:
        """Paragraphs of about 60 words that come to so many words."""
        for start in range(0, words, 60):
            yield " ".join(self.words(min(60, words - start))).capitalize() + "."


def feed(prose: Prose, number: int, entries: int, words: int, *, extra: int = 0) -> bytes:
    """An RSS document of HTML articles.

    Args:
        prose: Where the words come from.
        number: The feed's number: part of its title, guids and links.
        entries: How many items.
        words: Words of each body.
        extra: Numbers of the items are shifted by this: ``extra=1`` gives one new item and drops the oldest.
    """
    items = []
    for item in range(entries):
        serial = extra - item
        body = "".join(
            f'<p>{text} <a href="https://bench.example/{number}">more</a></p>' for text in prose.paragraphs(words)
        )
        when = format_datetime(EPOCH + timedelta(minutes=7 * serial - number))
        items.append(
            f"<item><title>{escape(prose.title())}</title><link>https://bench.example/{number}/{serial + 10_000}</link>"
            f'<guid isPermaLink="false">bench-{number}-{serial}</guid><pubDate>{when}</pubDate>'
            f"<description>{escape(body)}</description></item>"
        )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Feed {number}</title>'
        f"<link>https://bench.example/{number}</link><description>Bench</description>{''.join(items)}</channel></rss>"
    ).encode()
