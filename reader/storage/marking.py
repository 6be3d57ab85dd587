"""The reader's side of the store: marks and their journal, what rules did, the screen's memory.

Also what it stands on: the threads that own the connections, and the one way to write.
"""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from reader.storage import marks, ruling, state
from reader.storage.connection import SqlThread
from reader.storage.values import seconds

if TYPE_CHECKING:
    from reader.model import MarkKind, Step, Verdict

__all__ = ["Marking"]

T = TypeVar("T")


class Marking:
    """What the reader owns, in the file that three threads hold open."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        """``now``: the clock, in UTC."""
        self.path = path
        """The database file."""
        self.notices: tuple[str, ...] = ()
        """What the reader must be told about the database: sentences."""
        self.is_read_only = False
        """It can be read, not written."""
        self._now = now
        self._writer = SqlThread(path, "writer")
        self._reader = SqlThread(path, "reader")
        # A search may take a second at its tail; rows of the list must not wait for it.
        self._searcher = SqlThread(path, "reader")

    # The reader's marks

    async def mark(
        self, ids: Sequence[int], kind: MarkKind, *, label: str = "", now: datetime | None = None
    ) -> Step | None:
        """Mark articles ``read``, ``unread``, ``star`` or ``unstar``, as one step; None if nothing changed."""
        return await self._write(marks.mark, ids, kind, label=label, now=self._seconds(now))

    async def marked(self) -> None:
        """Wait until every mark that was asked for before this is stored, or was refused."""
        await self._writer.catch_up()

    async def tag(
        self, ids: Sequence[int], tag: str, *, remove: bool = False, label: str = "", now: datetime | None = None
    ) -> Step | None:
        """Put a tag on articles, or take it off, as one step; None if nothing changed."""
        return await self._write(marks.tag, ids, tag, remove=remove, label=label, now=self._seconds(now))

    async def retag(
        self, ids: Sequence[int], *, add: Sequence[str] = (), remove: Sequence[str] = (), label: str = ""
    ) -> Step | None:
        """Put tags on articles and take others off, all as one step; None if nothing changed."""
        return await self._write(marks.retag, ids, add=add, remove=remove, label=label, now=self._seconds(None))

    async def annotate(
        self, article_id: int, note: str, *, label: str = "", now: datetime | None = None
    ) -> Step | None:
        """Write the reader's note on an article; empty takes it away."""
        return await self._write(marks.annotate, article_id, note, label=label, now=self._seconds(now))

    async def judge(
        self, verdicts: Mapping[int, Verdict], *, kind: str = "mute", label: str = "", now: datetime | None = None
    ) -> Step | None:
        """Apply rules to stored articles, by id, as one step; None if nothing changed."""
        return await self._write(marks.judge, verdicts, kind=kind, label=label, now=self._seconds(now))

    async def unmute(self, rule: str, *, label: str = "", now: datetime | None = None) -> Step | None:
        """Show again what a rule hid; None if it hid nothing."""
        return await self._write(marks.unmute, rule, label=label, now=self._seconds(now))

    async def undo(self, *, now: datetime | None = None) -> Step | None:
        """Take the last step back, whoever made it; None if there is none, or if it was one of feeds.toml."""
        return await self._write(marks.undo, now=self._seconds(now))

    async def last_step(self) -> tuple[Step, Mapping[str, Any] | None] | None:
        """The step `undo` would take back, and what it did to feeds.toml, if it did; None if there is none."""
        return await self._reader.run(marks.last_step)

    async def note_file_step(self, kind: str, payload: Mapping[str, Any], *, label: str) -> Step | None:
        """Journal a step that changed feeds.toml. Where nothing can be written it is forgotten: None."""
        if self.is_read_only:
            return None
        return await self._write(marks.note_file_step, kind, payload, label=label, now=self._seconds(None))

    async def close_step(self, number: int) -> None:
        """Note that a step of feeds.toml was taken back, or cannot be."""
        await self._write(marks.close_step, number, now=self._seconds(None))

    # What rules did, when feeds.toml changes

    async def release_muted(self, rule: str) -> tuple[int, ...]:
        """Show what a rule hid; the articles it hid."""
        return await self._write(ruling.release, rule)

    async def release_unruled(self, rules: Iterable[str]) -> int:
        """Show what was hidden by rules that are not among these; how many articles that were."""
        return 0 if self.is_read_only else await self._write(ruling.release_unruled, tuple(rules), durable=False)

    async def hide_again(self, ids: Sequence[int], rule: str) -> None:
        """Hide what a rule hid before, but for what was starred meanwhile."""
        await self._write(ruling.hide_again, ids, rule)

    async def rename_rule(self, old: str, new: str) -> None:
        """Let what a rule hid be hidden by its new name."""
        await self._write(ruling.rename_rule, old, new)

    async def recolor(self, ids: Sequence[int], *, old: str, new: str) -> tuple[int, ...]:
        """Give another highlight to those of the articles that have the old one; those that had it."""
        return await self._write(ruling.recolor, ids, old=old, new=new)

    # The screen's memory

    async def load_state(self, key: str, default: Any = None) -> Any:
        """A JSON value the screen left, or the default."""
        return await self._reader.run(lambda db: state.load_value(db, key, default))

    async def save_ui_state(self, key: str, value: Any) -> None:
        """Keep a JSON value for the next start. Where nothing can be written it is forgotten."""
        if not self.is_read_only:
            await self._write(state.save_value, key, value, durable=False)

    async def _write(
        self, function: Callable[..., T], *args: Any, durable: bool = True, droppable: bool = False, **options: Any
    ) -> T:
        bound = functools.partial(_on_connection, function, args, options)
        return await self._writer.run(bound, durable=durable, droppable=droppable)

    def _seconds(self, now: datetime | None) -> int:
        return seconds(now or self._now()) or 0


def _on_connection(
    function: Callable[..., T], args: tuple[Any, ...], options: dict[str, Any], connection: sqlite3.Connection
) -> T:
    return function(connection, *args, **options)
