"""Opens the app on a reader in memory and waits for what a test wants to see."""

from __future__ import annotations

import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from textual.pilot import Pilot

from reader.model import ArticleRow, Config, Failure, Feed, FeedState, FilterConfig, Settings
from reader.ui.app import WartaApp
from reader.ui.port import ReaderPort
from reader.ui.screens.main import MainScreen
from reader.ui.textual_inside import screen_text
from tests.screen.fake_reader import FakeReader
from tests.unit.ui.making import NOW, feed, row

REPORTS = Path(tempfile.gettempdir()) / "warta-test-reports"
"""Where a test that breaks something unexpected leaves its report."""
PATIENCE_SECONDS = 20.0
"""Only a failure takes so long; a busy machine takes longer than one likes."""
FEEDS = (
    feed(1, "RRI", "Nasional"),
    feed(2, "Antara Kepri", "Nasional"),
    feed(3, "Tempo", "Nasional", state=FeedState(health="failing", failure=Failure("timeout"))),
    feed(4, "BMKG"),
)
WORDS = ("Kapal perintis Natuna berlayar lagi", "Harga ikan di Ranai turun", "Timnas menang tipis")


def some_rows(count: int = 30, first: int = 1) -> list[ArticleRow]:
    """Articles a minute apart, the newest first; every third one read."""
    return [
        row(
            n,
            f"{WORDS[n % 3]} {n}",
            feed_id=(known := FEEDS[(0, 1, 3)[n % 3]]).id,
            feed=known.title,
            date=NOW - timedelta(minutes=n),
            is_read=n % 3 == 0,
        )
        for n in range(first, first + count)
    ]


def some_reader(
    rows: Sequence[ArticleRow] = (),
    feeds: Sequence[Feed] = FEEDS,
    settings: Settings | None = None,
    *,
    filters: Sequence[FilterConfig] = (FilterConfig("Natuna", "natuna"),),
) -> FakeReader:
    """A reader in memory with these articles."""
    config = Config(
        Path("/home/budi/.config/warta/feeds.toml"),
        settings=settings or Settings(),
        feeds=tuple(known.config for known in feeds),
        filters=tuple(filters),
    )
    reader = FakeReader(config, known_feeds=tuple(feeds))
    reader.add(rows)
    return reader


class Driver:
    """A running app, its pilot, and what it shows."""

    def __init__(self, app: WartaApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> MainScreen:
        """The screen."""
        screen = self.app.screen
        assert isinstance(screen, MainScreen)
        return screen

    @property
    def text(self) -> str:
        """What is on the terminal."""
        return screen_text(self.app.screen)

    async def press(self, *keys: str) -> None:
        """Press keys, and let what they cause happen."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until something is so."""
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            if condition():
                return
            await self.pilot.pause(0.01)
        raise AssertionError(f"still not so:\n{self.text}")

    async def shows(self, *texts: str) -> None:
        """Wait until all of these are on the terminal."""
        await self.until(lambda: all(text in self.text for text in texts))


@asynccontextmanager
async def running(
    reader: FakeReader,
    size: tuple[int, int] = (130, 36),
    *,
    folder: Path = REPORTS,
    network: bool = True,
    load_config: Callable[[], Config] | None = None,
) -> AsyncIterator[Driver]:
    """The app on a reader, with its first rows on the screen."""

    async def open_reader() -> ReaderPort:
        return reader

    app = WartaApp(reader.config, folder, open_reader, network=network, load_config=load_config)
    app.animation_level = "none"
    async with app.run_test(size=size) as pilot:
        driver = Driver(app, pilot)
        await driver.until(lambda: driver.screen.is_settled)
        await pilot.pause()
        yield driver
