"""Random keys, pastes and marks from elsewhere: the terminal shows what drawing all of it gives."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest
from textual import events

from reader.model import ArticleRow
from tests.screen.driving import PATIENCE_SECONDS, Driver, running, some_reader, some_rows
from tests.screen.fake_reader import FakeReader
from tests.screen.watched import Watched, is_right

NAMES = {
    "/": "slash", "\x1b": "escape", "\r": "enter", "'": "apostrophe", ":": "colon", "?": "question_mark", " ": "space",
    ".": "full_stop", ",": "comma", "\t": "tab", "\\": "backslash", "}": "right_curly_bracket",
}  # fmt: skip
KEYS = "jjjjjkkkgGnnpmmsuJK bdd..,,,\x1b\x1b\x1b\x1b\r\r\t\thl?:'tiiMMW/ikrz\\}Af"
TITLES = (
    "Kapal perintis", "漢字 ニュース 速報", "Banjir 😀 di Ranai", "خبر عاجل من ناتونا",
    "Cafe\u0301 n\u0303o\u0302", "שלום עולם", "각 👩\u200d👩\u200d👧 🇮🇩 ❤\ufe0f",
)  # fmt: skip
BURSTS = (1, 2, 5, 13, 200, 3, 1)
"""Keys sent at once, in turn."""


def wide_rows() -> list[ArticleRow]:
    """Articles with titles of every width and direction."""
    return [replace(row, title=f"{TITLES[n % len(TITLES)]} {row.id}") for n, row in enumerate(some_rows(60))]


async def taken(driver: Driver) -> None:
    """Wait until all keys are, as long as one after the other is."""
    left, end = -1, time.monotonic() + PATIENCE_SECONDS
    while waiting := len(driver.app._waiting):
        if waiting != left:
            left, end = waiting, time.monotonic() + PATIENCE_SECONDS
        assert time.monotonic() < end
        await driver.pilot.pause(0.01)


def burst(driver: Driver, rng: random.Random, length: int) -> None:
    """Send keys, sometimes with a paste among them. None of them quits."""
    for key in rng.choices(KEYS, k=length):
        driver.app.post_message(events.Key(NAMES.get(key, key), key if key.isprintable() else None))
        if rng.random() < 0.02:
            driver.app.post_message(events.Paste("tempel 漢 ikan\n\x1bx"))


async def mark_elsewhere(driver: Driver, reader: FakeReader, rng: random.Random) -> None:
    """Marks that another process made come into sight, dialog or not."""
    main = driver.app.screen_stack[0]
    ids = rng.sample(sorted(reader.stored), 5)
    await reader.mark(ids, rng.choice(("read", "unread", "star", "unstar")))
    main.lists.update(ids)  # type: ignore[attr-defined]  # the first screen is the main one


@pytest.mark.parametrize(("seed", "size"), [(1, (130, 36)), (3, (60, 20))])
async def test_random_keys_leave_nothing_on_the_terminal_that_is_not_there(seed: int, size: tuple[int, int]) -> None:
    """In panes, dialogs and fields, in bursts, while rows change."""
    rng, reader = random.Random(seed), some_reader(wide_rows())
    async with running(reader, size=size) as driver:
        watched = Watched(driver)
        for length in BURSTS:
            burst(driver, rng, length)
            await mark_elsewhere(driver, reader, rng)
            await driver.pilot.pause()
            await taken(driver)
            await driver.until(lambda: is_right(driver, watched))
