"""Following, changing and leaving feeds, from the keys to feeds.toml."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reader.core.subscriptions import FeedEntry, FeedsAdded
from reader.i18n import _
from reader.model import Source
from reader.ui.cells import simple
from reader.ui.screens.listing import ALL, beside
from reader.ui.widgets.sidebar_model import feed_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reader.model import Feed
    from reader.ui.dialogs.add_feed import Followed, PageWish
    from reader.ui.port import ReaderPort
    from reader.ui.screens.main import MainScreen

__all__ = ["Subscribing"]


class Subscribing:
    """What is followed. `E`, `D` and moving act on whatever is selected among the sources."""

    def __init__(self, screen: MainScreen, reader: ReaderPort) -> None:
        self._screen = screen
        self._reader = reader

    def do_feed_add(self) -> None:
        """Find something and follow it."""
        from reader.ui.dialogs.add_feed import AddDialog

        reader = self._reader
        dialog = AddDialog(
            reader.subscriptions, now=reader.now, zone=reader.zone, folders=self._folders(), folder=self._folder()
        )
        self._screen.app.push_screen(dialog, self.added)

    async def do_source_edit(self) -> None:
        """Change what is selected: a filter, a folder's name, a feed; else the feed of the article."""
        match self._source.name:
            case "filter":
                self._screen.late.filtering.edit()
            case "folder":
                self.do_folder_rename()
            case _:
                if (feed := self._feed()) is not None:
                    await self.edit(feed)

    async def do_source_remove(self) -> None:
        """Remove the selected feed or filter."""
        match self._source.name:
            case "filter":
                await self._screen.late.filtering.delete()
            case "feed":
                if (feed := self._feed()) is not None:
                    neighbour = self._beside(feed)
                    sentence = await self._reader.subscriptions.remove(feed.id)
                    self._screen.lists.listing = self._screen.lists.listing.at(neighbour)
                    self._settle(sentence, place="top")
            case "folder":
                self._screen.say(_("Remove a folder by removing its feeds; or rename it"))
            case _:
                self._screen.say(_("Select a feed or filter in the sidebar first"))

    async def do_source_move_up(self) -> None:
        """Move the selected feed or filter up."""
        await self._move(-1)

    async def do_source_move_down(self) -> None:
        """Move the selected feed or filter down."""
        await self._move(1)

    async def do_feed_rename(self) -> None:
        """Give the feed another name."""
        if (feed := self._feed()) is not None:
            entry = await self._reader.subscriptions.entry(feed.id)
            self._ask(
                _("Name of this feed; empty: as it calls itself"),
                entry.config.title,
                partial(self._change_text, entry, "title"),
                placeholder=simple(feed.facts.title),
            )

    async def do_feed_move(self) -> None:
        """Put the feed into another folder."""
        if (feed := self._feed()) is not None:
            entry = await self._reader.subscriptions.entry(feed.id)
            self._ask(
                _("Folder of “{title}”; A/B lies in A; empty: none").format(title=feed_name(feed)),
                entry.config.folder,
                partial(self._change_text, entry, "folder"),
            )

    async def do_feed_toggle(self) -> None:
        """Stop asking the feed, or ask it again."""
        if (feed := self._feed()) is not None:
            entry = await self._reader.subscriptions.entry(feed.id)
            is_off = entry.config.is_enabled
            await self._reader.subscriptions.edit(entry, {"enabled": False if is_off else None})
            title = feed_name(feed)
            self._settle((_("“{title}” disabled") if is_off else _("“{title}” enabled")).format(title=title))
            if not is_off:
                self._screen.refreshing.refresh([feed.id])

    async def do_feed_follow_found(self) -> None:
        """Follow the feed that was found for a web page."""
        if (feed := self._feed()) is not None:
            await self.follow_found(feed)

    def do_folder_rename(self) -> None:
        """Give the selected folder another name."""
        source = self._source
        if source.name != "folder":
            self._screen.say(_("Select a folder in the sidebar first"))
            return
        self._ask(
            _("New name of this folder; A/B lies in A; empty: its feeds lie in none"),
            str(source.value),
            partial(self._rename_folder, str(source.value)),
        )

    async def follow_found(self, feed: Feed) -> None:
        """Give a feed the address of the one that was found for it."""
        state = feed.state
        if not state.found_url:
            self._screen.say(_("No other feed found for this one"))
            return
        entry = await self._reader.subscriptions.entry(feed.id)
        kind = None if state.found_kind == "feed" else state.found_kind
        self._settle(await self._reader.subscriptions.edit(entry, {"url": state.found_url, "kind": kind}))
        self._screen.refreshing.refresh([feed.id], keeps_message=True)

    async def edit(self, feed: Feed) -> None:
        """Open the form for a feed's entry."""
        from reader.ui.dialogs.feed_form import FeedForm

        subscriptions = self._reader.subscriptions
        entry = await subscriptions.entry(feed.id)
        form = FeedForm(entry, subscriptions, folders=self._folders())
        self._screen.app.push_screen(form, self._saved)

    def _saved(self, sentence: str | None) -> None:
        if sentence:
            self._settle(sentence)
            self._reader.wake()

    def added(self, result: FeedsAdded | Followed | PageWish | None) -> None:
        """Show what came of the add dialog."""
        from reader.ui.dialogs.add_feed import Followed, PageWish

        match result:
            case Followed(config):
                feed = next((feed for feed in self._screen.lists.feeds if feed.config.url == config.url), None)
                if feed is not None:
                    self._screen.dialogs.go(Source("feed", feed.id))
            case PageWish(values):
                self._describe_page(values)
            case FeedsAdded(sentence, feed_ids):
                self._settle(sentence, place="keep")
                if feed_ids:
                    self._screen.refreshing.refresh(feed_ids, keeps_message=True)

    def _describe_page(self, values: Mapping[str, object]) -> None:
        from reader.ui.dialogs.feed_form import FeedForm

        form = FeedForm(None, self._reader.subscriptions, folders=self._folders(), values=values)
        self._screen.app.push_screen(form, self._saved)

    def _ask(self, title: str, value: str, then: partial[None], *, placeholder: str = "") -> None:
        from reader.ui.dialogs.prompt import PromptDialog

        dialog = PromptDialog(
            title, value=value, placeholder=placeholder, suggestions=self._folders(), may_be_empty=True
        )
        self._screen.app.push_screen(dialog, then)

    def _change_text(self, entry: FeedEntry, key: str, typed: str | None) -> None:
        if typed is not None and typed != getattr(entry.config, key):
            self._screen.work(partial(self._write, entry, {key: typed or None}), "command", exclusive=False)

    async def _write(self, entry: FeedEntry, changes: Mapping[str, object]) -> None:
        self._settle(await self._reader.subscriptions.edit(entry, changes))

    def _rename_folder(self, old: str, typed: str | None) -> None:
        new = (typed or "").strip(" /")
        if typed is not None and new != old:
            self._screen.work(partial(self._rename, old, new), "command", exclusive=False)

    async def _rename(self, old: str, new: str) -> None:
        sentence = await self._reader.subscriptions.rename_folder(old, new)
        lists = self._screen.lists
        lists.listing = replace(lists.listing, source=Source("folder", new) if new else ALL)
        lists.folded = {key.replace(f"folder:{old}", f"folder:{new}", 1) for key in lists.folded}
        self._settle(sentence)

    async def _move(self, by: int) -> None:
        match self._source.name:
            case "filter":
                await self._screen.late.filtering.move(by)
            case "feed":
                if (feed := self._feed()) is not None and await self._reader.subscriptions.move(feed.id, by):
                    self._screen.lists.update_sidebar()
            case _:
                self._screen.say(_("Select a feed or filter in the sidebar first"))

    def _settle(self, sentence: str, *, place: str = "keep") -> None:
        """The file changed: show sources, list and article as they are now, the reader where he was."""
        screen = self._screen
        screen.telling.say_step(sentence, is_kept=True)
        screen.list.forget_rows()
        screen.lists.ask("top" if place == "top" else "keep")
        screen.lists.update_sidebar()
        screen.reading.look()
        screen.remember()

    def _beside(self, feed: Feed) -> Source:
        """Where the reader is once a feed is gone: at its neighbour in the folder, else at that in the sidebar."""
        own = Source("feed", feed.id)
        inside = [
            Source("feed", other.id) for other in self._screen.lists.feeds if other.config.folder == feed.config.folder
        ]
        around = [line.source for line in self._screen.sidebar.lines if line.source and line.source.name == "feed"]
        return beside(own, inside) or beside(own, around) or ALL

    @property
    def _source(self) -> Source:
        return self._screen.lists.listing.source

    def _feed(self) -> Feed | None:
        """The selected feed, else the article's; says so where there is none."""
        feed = self._screen.dialogs.feed()
        if feed is None:
            self._screen.say(_("Select a feed first"))
        return feed

    def _folders(self) -> list[str]:
        """Every folder, those around others too."""
        found: dict[str, None] = {}
        for feed in self._reader.config.feeds:
            names = feed.folder.split("/") if feed.folder else []
            found.update(dict.fromkeys("/".join(names[:depth]) for depth in range(1, len(names) + 1)))
        return list(found)

    def _folder(self) -> str:
        """The folder one is in."""
        source = self._source
        if source.name == "folder":
            return str(source.value)
        feed = next((feed for feed in self._screen.lists.feeds if source == Source("feed", feed.id)), None)
        return feed.config.folder if feed is not None else ""
