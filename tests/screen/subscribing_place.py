"""A reader with a feeds.toml of its own and a loopback site, for tests of following and changing feeds."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from reader.config.load import load
from reader.core import Reader
from reader.model import Config
from reader.ui.app import WartaApp
from reader.ui.port import ReaderPort
from tests.hostile import item, rss
from tests.loopback import Answer, Loopback
from tests.screen.driving import Driver

__all__ = ["NOW", "Place", "site"]

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def site(server: Loopback) -> None:
    """A site with two feeds on its front page, and one that is followed."""
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{name}">' for name in ("satu", "dua"))
    server.answer("*", Answer(status=404))
    server.answer("/", Answer(body=f"<!doctype html><title>Situs</title>{links}<p>Halo".encode()))
    server.answer("/utama", Answer(body=rss(item(1), item(2))))
    server.answer("/satu", Answer(body=rss(item(4))))
    server.answer("/dua", Answer(body=rss(item(5), item(6), item(7))))
    server.answer("/sepi", Answer(body=b"<!doctype html><title>Sepi</title><a href=/tentang>Tentang</a>"))


class Place:
    """feeds.toml, its server, and the reader on both."""

    def __init__(self, folder: Path, server: Loopback) -> None:
        self.path = folder / "feeds.toml"
        self.server = server
        self.before = (
            f'# mine\n[[feeds]]\nurl = "{server.url("/utama")}" # the first\ntitle = "RRI"\nfolder = "Nasional"\n\n'
            f'[[feeds]]\nurl = "{server.url("/tetangga")}"\ntitle = "Tetangga"\nfolder = "Nasional"\n\n'
            '[[filters]]\nname = "Natuna"\nquery = "natuna"\n'
        )
        self.path.write_text(self.before)

    @property
    def text(self) -> str:
        """The file now."""
        return self.path.read_text()

    def write(self, text: str) -> None:
        """As an editor saves it."""
        self.path.write_text(text)

    def load(self) -> Config:
        """The file as it is obeyed."""
        return load(self.path, last_good=self.path.with_name("last-good.toml"), may_run_commands=True)

    async def reader(self) -> Reader:
        """The real reader, with the first feed's articles stored."""
        opened = await Reader.open(self.load(), self.path.parent / "data", now=lambda: NOW)
        await opened.refresh()
        return opened

    @asynccontextmanager
    async def running(self, size: tuple[int, int] = (130, 40)) -> AsyncIterator[tuple[Driver, Reader]]:
        """The app on it, with the keys in the sidebar on RRI."""
        reader = await self.reader()

        async def open_reader() -> ReaderPort:
            return reader

        app = WartaApp(reader.config, reader.data_dir, open_reader, network=False, load_config=self.load)
        app.animation_level = "none"
        async with app.run_test(size=size) as pilot:
            driver = Driver(app, pilot)
            await driver.until(lambda: driver.screen.is_settled)
            await driver.press("'", *"rri", "enter")
            await driver.until(lambda: driver.screen.lists.source_name == "RRI")
            yield driver, reader
        await reader.close()
