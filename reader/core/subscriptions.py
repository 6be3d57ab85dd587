"""The ``[[feeds]]`` of feeds.toml as the app changes them. Each change is journalled and can be taken back."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from reader.core.feeds_file import FeedsFile
from reader.core.moved import Moved
from reader.core.turns import in_turn
from reader.errors import ConfigError, NotFoundError
from reader.i18n import _, ngettext, number
from reader.light import dataclass
from reader.model import FeedConfig
from reader.text.clean import clean_line
from reader.text.urls import canonical, without_secrets

if TYPE_CHECKING:
    from reader.config.changing import Target
    from reader.config.files import Stamp
    from reader.config.steps import FileChange
    from reader.core.discover import Listener
    from reader.core.lists import FoundList
    from reader.core.reader import Reader
    from reader.core.refresh import Refresher
    from reader.fetch.client import Fetcher
    from reader.model import Feed, SourceKind, Step
    from reader.model.discovering import Discovery
    from reader.parse.worker import Parser
    from reader.storage.store import Store

__all__ = ["FEED_STEPS", "FeedEntry", "FeedsAdded", "Subscriptions", "step_told", "values_of"]

FEED_STEPS = frozenset({"feed_added", "feed_changed", "feed_removed", "feed_moved", "folder_renamed"})
"""Kinds of steps that change feeds.toml."""

_NOT_KEYS = frozenset({"line", "is_enabled"})
_SHOWN = 60
_MANY = "× "
"""Begins the label of a step that is about several feeds: how many follows."""

Values = Mapping[str, object]
"""Keys of an entry as feeds.toml has them; None leaves one out, or takes it away."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry as the file has it now, to be changed."""

    feed: Feed
    """The feed."""
    config: FeedConfig
    """What the file says of it."""
    stamp: Stamp | None
    """What the file was like then."""


@dataclass(frozen=True, slots=True)
class FeedsAdded:
    """What came of following something."""

    sentence: str
    """What was done."""
    feed_ids: tuple[int, ...] = ()
    """The new feeds."""


def values_of(config: FeedConfig) -> dict[str, object]:
    """The keys of an entry that are not as by default, as feeds.toml has them."""
    values: dict[str, object] = {"url": config.url}
    for field in fields(config):
        value = getattr(config, field.name)
        if field.name in _NOT_KEYS or field.name == "url" or value == field.default:
            continue
        if field.name == "headers":
            value = dict(value)
        values[field.name] = list(value) if isinstance(value, tuple) else value
    if not config.is_enabled:
        values["enabled"] = False
    return values


def step_told(step: Step) -> str:
    """What a step of feeds.toml did; empty for other steps."""
    many = step.label.removeprefix(_MANY)
    match step.kind:
        case "feed_added" if many != step.label and many.isdecimal():
            return _many_followed(int(many))
        case "feed_added":
            text = _("“{title}” added")
        case "feed_changed":
            text = _("“{title}” changed")
        case "feed_removed":
            text = _("“{title}” removed")
        case "feed_moved":
            text = _("“{title}” moved")
        case "folder_renamed":
            text = _("folder “{title}” renamed")
        case _:
            return ""
    return text.format(title=step.label)


def _many_followed(count: int) -> str:
    return ngettext("{count} feed added", "{count} feeds added", count).format(count=number(count))


class Subscriptions:
    """What is followed."""

    def __init__(
        self,
        reader: Reader,
        store: Store,
        start: Callable[[], Awaitable[tuple[Fetcher, Parser, Refresher]]],
    ) -> None:
        self._reader = reader
        self._store = store
        self._start = start
        self._file = FeedsFile(reader)
        self.turns = reader.turns

    async def discover(self, address: str, listener: Listener | None = None) -> Discovery:
        """What can be followed at an address; see `core.discover`. Cancelling stops the search."""
        from reader.core.discover import discover

        fetcher, parser, _refresher = await self._start()
        return await discover(address, fetcher=fetcher, parser=parser, listener=listener)

    def followed(self, url: str, kind: SourceKind = "feed") -> FeedConfig | None:
        """The entry that follows an address already; None: none does."""
        wanted = canonical(url)
        return next((f for f in self._reader.config.feeds if f.kind == kind and canonical(f.url) == wanted), None)

    async def entry(self, feed_id: int) -> FeedEntry:
        """A feed's entry as the file has it now.

        Raises:
            ConfigError: the file cannot be read.
            NotFoundError: the feed is not in it any more.

        """
        feed = self._reader.feed(feed_id)
        config, stamp = await self._file.read()
        if config.is_unusable or config.origin == "missing":
            raise ConfigError(str(config.problems[0]))
        for found in config.feeds:
            if found.url == feed.config.url:
                return FeedEntry(feed, found, stamp)
        raise NotFoundError(_("“{title}” is no longer in feeds.toml.").format(title=_shown(feed)))

    def problems(self, values: Values, *, entry: FeedEntry | None = None) -> dict[str, str]:
        """What is wrong with an entry's keys, in the words feeds.toml itself is checked with; empty: nothing.

        Args:
            values: The keys as they are to be.
            entry: The entry they are to replace; None: a new one.

        """
        from reader.config.check import check
        from reader.config.lines import Positions

        running = self._reader.config
        kept = {key: value for key, value in values.items() if value is not None}
        found = check({"feeds": [kept]}, Positions({}), running.path, may_run_commands=running.may_run_commands)
        told: dict[str, str] = {}
        for problem in found.problems:
            told.setdefault(problem.key, problem.message)
        for feed in found.feeds:
            other = self.followed(feed.url, feed.kind)
            if other and not (entry and other.url == entry.config.url):
                message = _("same address as on line {line}: {url}")
                told["url"] = message.format(line=other.line, url=without_secrets(other.url))
        return told

    @in_turn
    async def add(self, wishes: Sequence[Values], *, titles: Sequence[str] = ()) -> FeedsAdded:
        """Follow something.

        Args:
            wishes: The entries; those followed already are passed over.
            titles: What the feeds call themselves, for the message.

        Raises:
            ConfigError: the file cannot be changed so; nothing was written.

        """
        from reader.config import edit

        new = [wish for wish in wishes if not self.followed(str(wish["url"]), _kind(wish))]
        if not new:
            return FeedsAdded(_("Already added."))
        names = dict(zip((str(wish["url"]) for wish in wishes), titles, strict=False))
        label = str(new[0].get("title") or names.get(str(new[0]["url"])) or without_secrets(str(new[0]["url"])))

        def append(target: Target) -> None:
            if len(new) == 1:
                edit.add_feed(target, new[0])
            else:
                edit.add_feeds(target, new)

        if len(new) > 1:
            label = f"{_MANY}{len(new)}"
            sentence = _many_followed(len(new))
        else:
            sentence = _("“{title}” added.").format(title=label[:_SHOWN])
        note = await self._change("feed_added", label[:_SHOWN], append)
        urls = {str(wish["url"]) for wish in new}
        feeds = await self._reader.feeds()
        return FeedsAdded(_joined(sentence, note), tuple(feed.id for feed in feeds if feed.config.url in urls))

    @in_turn
    async def take_list(self, found: FoundList, *, label: str) -> FoundList:
        """Follow what a list has and feeds.toml has not, filters too, as one step; that part of it.

        Args:
            found: The list.
            label: Names it.

        Raises:
            ConfigError: the file cannot be changed so; nothing was written.

        """
        from reader.core.lists import add_missing, missing_of

        missing = missing_of(found, self._reader.config)
        if missing:
            await self._change("feed_added", clean_line(label, _SHOWN), lambda target: add_missing(missing, target))
        return missing

    @in_turn
    async def edit(self, entry: FeedEntry, changes: Values) -> str:
        """Change keys of an entry, as it was read; a sentence tells what was done.

        With another address the feed keeps its articles and their marks.

        Raises:
            ConfigError: the file cannot be changed so, or was changed since; nothing was written.
            NotFoundError: the feed is not in it any more.

        """
        from reader.config import edit

        old = entry.config.url
        new = str(changes.get("url") or old)
        note = await self._change(
            "feed_changed",
            _shown(entry.feed),
            lambda target: edit.edit_feed(target, old, changes),
            stamp=entry.stamp,
            moved=Moved(old, new, entry.feed.facts) if new != old else None,
        )
        return _joined(_("“{title}” changed.").format(title=_shown(entry.feed)), note)

    @in_turn
    async def remove(self, feed_id: int) -> str:
        """Take a feed out of the file; its articles are hidden and stay stored. A sentence tells what was done.

        Raises:
            ConfigError: the file cannot be changed; nothing was written.
            NotFoundError: the feed is not in it any more.

        """
        from reader.config import edit

        feed = self._reader.feed(feed_id)
        url = feed.config.url
        note = await self._change("feed_removed", _shown(feed), lambda target: edit.remove_feed(target, url))
        return _joined(_("“{title}” removed; its articles are kept.").format(title=_shown(feed)), note)

    @in_turn
    async def move(self, feed_id: int, by: int) -> bool:
        """Move a feed up or down among those of its folder; False if it is at the end already.

        Raises:
            ConfigError: the file cannot be changed; nothing was written.
            NotFoundError: the feed is not in it any more.

        """
        from reader.config import edit

        feed = self._reader.feed(feed_id)
        beside = [other.url for other in self._reader.config.feeds if other.folder == feed.config.folder]
        at = beside.index(feed.config.url) if feed.config.url in beside else -1
        to = at + by
        if at < 0 or not 0 <= to < len(beside):
            return False
        everything = [other.url for other in self._reader.config.feeds]
        behind = everything.index(beside[to]) + 1 if by > 0 else everything.index(beside[to])
        before = everything[behind] if behind < len(everything) else ""
        url = feed.config.url
        await self._change("feed_moved", _shown(feed), lambda target: edit.move_feed(target, url, before=before))
        return True

    @in_turn
    async def rename_folder(self, old: str, new: str) -> str:
        """Give another name to a folder and to those inside it. A sentence tells what was done.

        Raises:
            ConfigError: the file cannot be changed; nothing was written.
            NotFoundError: there is no such folder.

        """
        from reader.config import edit

        note = await self._change("folder_renamed", old, lambda target: edit.rename_folder(target, old, new))
        asks = re.compile(rf'(?<!\w)folder:(?:"{re.escape(old)}"|{re.escape(old)}(?=[\s()]|$))', re.IGNORECASE)
        user = next((one.name for one in self._reader.config.filters if asks.search(one.query)), "")
        used = _("The filter “{user}” still uses the old name.").format(user=user) if user else ""
        return _joined(_("Folder “{old}” is now “{new}”.").format(old=old, new=new), used, note)

    @in_turn
    async def take_back(self, step: Step, payload: Mapping[str, Any]) -> None:
        """Undo a step of the journal.

        Raises:
            ConfigError: the file cannot be changed now; the step can be tried again.
            NotFoundError: it cannot be taken back any more; the step is closed.

        """
        from reader.config.steps import FileChange, take_back

        try:
            change = FileChange.unpacked(payload["change"])
            path, moved = payload["path"], Moved.unpacked(payload.get("moved"))
        except (KeyError, TypeError) as error:
            await self._store.close_step(step.id)
            raise NotFoundError(_("This can no longer be undone.")) from error
        if path != str(self._reader.config.path):
            await self._store.close_step(step.id)
            raise NotFoundError(_("That change was made in {path}; undo it there.").format(path=path))

        async def back() -> None:
            if moved:
                await self._store.readdress(moved.new, moved.old, moved.facts)

        try:
            await self._file.change(lambda target: take_back(target, change), then=back)
        except NotFoundError:
            await self._store.close_step(step.id)
            raise
        await self._store.close_step(step.id)

    async def _change(
        self,
        kind: str,
        label: str,
        edit: Callable[[Target], object],
        *,
        stamp: Stamp | None = None,
        moved: Moved | None = None,
    ) -> str:
        """Change the file and journal it."""

        async def readdress() -> None:
            if moved:
                await self._store.readdress(moved.old, moved.new)

        done = await self._file.change(edit, stamp=stamp, then=readdress)
        step = await self._store.note_file_step(kind, self._payload(done.change, moved), label=label)
        self._reader.count_step(step)
        return done.note

    def _payload(self, change: FileChange, moved: Moved | None) -> dict[str, Any]:
        payload: dict[str, Any] = {"change": change.packed(), "path": str(self._reader.config.path)}
        return {**payload, "moved": moved.packed()} if moved else payload


def _kind(values: Values) -> SourceKind:
    match values.get("kind"):
        case "page" | "sitemap" as kind:
            return kind
        case _:
            return "feed"


def _shown(feed: Feed) -> str:
    return without_secrets(feed.title)[:_SHOWN]


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))
