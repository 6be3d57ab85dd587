"""The states of the screen that pictures are made of: how each comes about."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from socket import EAI_AGAIN, gaierror
from typing import NoReturn

from textual.pilot import Pilot

from reader.config.load import load
from reader.config.locate import Located
from reader.core import Reader
from reader.core.beginning import Beginning
from reader.core.reader import DATABASE
from reader.fetch.network import SystemNetwork
from reader.model import Config, Question, RefreshProgress, Source
from reader.ui.app import WartaApp
from reader.ui.port import ReaderPort

__all__ = ["STATES", "Stage", "State"]

Finish = Callable[[WartaApp, Pilot[int]], Awaitable[None]]


class NoNetwork(SystemNetwork):
    """A machine without one."""

    async def resolve(self, host: str, port: int) -> Sequence[str]:  # noqa: ARG002 - no name at all
        """No name is known."""
        raise gaierror(EAI_AGAIN, "no network")

    def has_route(self) -> bool:
        """There is no way out."""
        return False


@dataclass(slots=True)
class Stage:
    """What a picture is taken of."""

    config: Config
    """feeds.toml as obeyed; a state may put another in its place."""
    data_dir: Path
    """Of the database."""
    home: Path
    """A home folder with nothing in it."""
    now: datetime
    """The clock stands still here."""
    stock: Path
    """A data folder with the demo's articles, to be copied."""
    reader: Reader | None = None
    """Opened already; None: when the screen asks for it."""
    beginning: Beginning | None = None
    """What a first start offers."""

    async def store(self) -> Reader:
        """Open the reader on the demo's articles."""
        shutil.copytree(self.stock, self.data_dir)
        self.reader = await Reader.open(self.config, self.data_dir, now=lambda: self.now)
        return self.reader

    async def refresh_without_network(self) -> None:
        """Open the reader and ask all feeds, on a machine without a network."""
        self.reader = await Reader.open(self.config, self.data_dir, now=lambda: self.now, network=NoNetwork())
        await self.reader.refresh(urgency="force")

    def app(self) -> WartaApp:
        """The app on it."""

        async def opened() -> ReaderPort:
            return self.reader or await Reader.open(self.config, self.data_dir, now=lambda: self.now)

        return WartaApp(self.config, self.data_dir, opened, network=False, beginning=self.beginning)


async def stored(stage: Stage) -> None:
    """With the demo's articles."""
    await stage.store()


async def nothing(_stage: Stage) -> None:
    """As it is before the first refresh."""


async def first_run(stage: Stage) -> None:
    """A home with what other readers left."""
    os.environ["HOME"] = str(stage.home)
    (stage.home / ".newsboat").mkdir()
    (stage.home / ".newsboat/urls").write_text('https://contoh.example/rss "~Kabar Laut"\nhttps://dua.example/rss\n')
    (stage.home / "Downloads").mkdir()
    outline = '<outline text="Pelabuhan" xmlUrl="https://pelabuhan.example/rss"/>'
    (stage.home / "Downloads/langganan.opml").write_text(f'<opml version="2.0"><body>{outline}</body></opml>')
    located = Located(stage.home / ".config/warta/feeds.toml", stage.data_dir, True)
    stage.config = replace(load(located.path), settings=stage.config.settings)
    stage.beginning = Beginning(located, stage.home)


async def unusable_file(stage: Stage) -> None:
    """A feeds.toml that is no TOML."""
    path = stage.home / "feeds.toml"
    path.write_text('[[feeds]\nurl = "https://contoh.example/rss"\n')
    stage.config = replace(load(path), settings=stage.config.settings)


async def offline(stage: Stage) -> None:
    """The first start without a network."""
    stage.config = _elsewhere(stage.config)
    await stage.refresh_without_network()


async def offline_later(stage: Stage) -> None:
    """A network that went away after articles had come."""
    await (await stage.store()).close()
    with closing(sqlite3.connect(stage.data_dir / DATABASE)) as database, database:
        database.execute("UPDATE feeds SET url = replace(url, 'http://127.0.0.1', 'https://contoh.example')")
    stage.config = _elsewhere(stage.config)
    stage.now += timedelta(days=1)
    await stage.refresh_without_network()


def _elsewhere(config: Config) -> Config:
    """The demo's feeds at a name: for an address on this machine no network is needed."""
    feeds = tuple(
        replace(feed, url=feed.url.replace("http://127.0.0.1", "https://contoh.example")) for feed in config.feeds
    )
    return replace(config, feeds=feeds)


async def broken_database(stage: Stage) -> None:
    """A file where the data folder should be."""
    stage.data_dir = stage.home / "data"
    stage.data_dir.write_text("")


async def all_read(stage: Stage) -> None:
    """One source read through."""
    reader = await stage.store()
    feed = (await reader.feeds())[0]
    async for answer in reader.ask(_question(feed.id)):
        await reader.mark(list(answer.ids), "read")
    await reader.save_state("screen", {"listing": {"source": ["feed", feed.id], "show_read": False}})


async def failed_feed(stage: Stage) -> None:
    """One whose server is in trouble."""
    reader = await stage.store()
    feed = next(feed for feed in await reader.feeds() if feed.state.failure)
    await reader.save_state("screen", {"listing": {"source": ["feed", feed.id]}})


async def filtered_nowhere(stage: Stage) -> None:
    """A filter in a source that has nothing of it."""
    reader = await stage.store()
    feed = (await reader.feeds())[0]
    await reader.save_state("screen", {"listing": {"source": ["feed", feed.id]}})


async def starred(stage: Stage) -> None:
    """Nothing starred yet."""
    reader = await stage.store()
    await reader.save_state("screen", {"listing": {"source": ["starred", ""]}})


async def marked(stage: Stage) -> None:
    """Read, starred, tagged and highlighted articles among the others."""
    reader = await stage.store()
    ids: list[int] = []
    async for answer in reader.ask(_question()):
        ids = list(answer.ids)
    await reader.mark(ids[1:2] + ids[3:5], "read")
    await reader.mark([ids[0], ids[4]], "star")
    await reader.tag([ids[2]], add=["laut"])


async def compact(stage: Stage) -> None:
    """One line for each article."""
    stage.config = replace(stage.config, settings=replace(stage.config.settings, rows="compact"))
    await marked(stage)


def _question(feed_id: int | None = None) -> Question:
    return Question(Source("feed", feed_id) if feed_id is not None else Source())


async def progress(app: WartaApp, _pilot: Pilot[int]) -> None:
    """A refresh halfway."""
    screen = app.get_default_screen()
    screen.refreshing.progress = RefreshProgress(9, 4, 21, failed=1)
    screen.show_status()
    screen.lists.show_page()


async def unexpected(app: WartaApp, pilot: Pilot[int]) -> None:
    """An error of ours."""

    def fail() -> NoReturn:
        raise RuntimeError("for the picture")

    app.endures = True
    app.get_default_screen().set_timer(0.01, fail)
    await pilot.pause(0.2)


async def arrived(app: WartaApp, pilot: Pilot[int]) -> None:
    """New articles above what is seen."""
    app.get_default_screen().list.above_count = 12
    app.get_default_screen().list.refresh()
    await pilot.pause()


@dataclass(frozen=True, slots=True)
class State:
    """One state of the screen."""

    name: str
    """Also its file's."""
    prepare: Callable[[Stage], Awaitable[None]] = stored
    """What is there when the app opens."""
    keys: Sequence[str] = field(default=())
    """Pressed one after the other; characters or Textual's names."""
    finish: Finish | None = None
    """What happens after them."""


STATES = (
    State("first-run", first_run),
    State("no-feeds", first_run, ("escape",)),
    State("unusable-file", unusable_file),
    State("loading", nothing, finish=progress),
    State("nothing-stored", nothing),
    State("offline", offline),
    State("offline-later", offline_later),
    State("database-trouble", broken_database),
    State("reading", marked, ("j", "j", *"/sedanau", "enter")),
    State("article", marked, ("j", "j", "j", "j", "enter")),
    State("refreshing", marked, ("j",), progress),
    State("arrived", marked, ("G",), arrived),
    State("by-day", marked, ("d", *"jjjj")),
    State("range", marked, ("j", "v", "j", "j")),
    State("compact", compact, ("j",)),
    State("sources", marked, ("h", "j")),
    State("zen", marked, (*"/menyusuri", "enter", "escape", "z")),
    State("filtering", marked, tuple("/natuna -bp")),
    State("filter-problem", marked, tuple("/natuna (")),
    State("nothing-matched", filtered_nowhere, tuple("/natuna sepakbola")),
    State("all-read", all_read),
    State("no-stars", starred),
    State("failed-feed", failed_feed),
    State("unexpected", marked, ("j",), unexpected),
    State("help", marked, ("?",)),
    State("palette", marked, (":", *"tema")),
    State("jump", marked, ("'",)),
    State("sort", marked, (",",)),
    State("details", marked, ("i",)),
    State("details-failed", failed_feed, ("i",)),
    State("save-filter", marked, (*"/natuna", "enter", "F")),
    State("add-feed", marked, ("a",)),
    State("catalogue", marked, ("a", "ctrl+t")),
    State("edit-feed", failed_feed, ("E",)),
    State("tag", marked, ("t",)),
    State("menu", marked, ("M",)),
    State("links", marked, ("j", "j", "enter", "L")),
    State("hints", marked, ("j", "j", "enter", ";")),
    State("find", marked, ("j", "enter", "f", *"kapal")),
)
"""All of them, in the order in which one meets them."""
