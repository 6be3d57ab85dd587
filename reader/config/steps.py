"""What a change did to feeds.toml, small enough for a journal, so that it can be taken back, also tomorrow.

While nobody wrote the file since, its old lines come back byte for byte. Otherwise the entries that were changed are
looked for: one that went comes back at its place, one that came goes, one that was changed is as before. An entry that
somebody changed since is left alone, and that is told.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from reader.config.changing import change_file
from reader.config.entries import Source
from reader.errors import NotFoundError
from reader.i18n import _
from reader.light import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.config.changing import Target
    from reader.config.entries import Entry
    from reader.config.files import Stamp
    from reader.model.config import Config

__all__ = ["EntryChange", "FileChange", "difference", "take_back"]

_ARRAYS = ("feeds", "filters")


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One entry, before and after."""

    array: str
    """``feeds`` or ``filters``."""
    index: int
    """Which it was, or is, from 0."""
    before: str
    """Its lines before; empty: it was added."""
    after: str
    """Its lines after; empty: it was removed."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """What a change did."""

    digest: str
    """Of the whole file afterwards."""
    line: int
    """Where it begins to differ, from 0."""
    before: str
    """The lines that stood there."""
    after: str
    """The lines that stand there now."""
    entries: tuple[EntryChange, ...] = ()
    """The entries that are not as they were."""

    def packed(self) -> dict[str, Any]:
        """As JSON takes it."""
        entries = [[entry.array, entry.index, entry.before, entry.after] for entry in self.entries]
        return {
            "digest": self.digest, "line": self.line, "before": self.before, "after": self.after, "entries": entries,
        }  # fmt: skip

    @classmethod
    def unpacked(cls, kept: dict[str, Any]) -> FileChange:
        """As it was packed. Raises KeyError, TypeError for what was not."""
        entries = tuple(EntryChange(*entry) for entry in kept["entries"])
        return cls(kept["digest"], kept["line"], kept["before"], kept["after"], entries)


def difference(old: bytes, new: bytes) -> FileChange:
    """What makes one file of another; both are valid TOML."""
    before, after = _source(old), _source(new)
    first = 0
    while first < min(len(before.lines), len(after.lines)) and before.lines[first] == after.lines[first]:
        first += 1
    last = 0
    most = min(len(before.lines), len(after.lines)) - first
    while last < most and before.lines[-1 - last] == after.lines[-1 - last]:
        last += 1
    return FileChange(
        _digest(after),
        first,
        "".join(before.lines[first : len(before.lines) - last]),
        "".join(after.lines[first : len(after.lines) - last]),
        tuple(change for array in _ARRAYS for change in _entry_changes(array, before, after)),
    )


def take_back(target: Target, change: FileChange) -> Stamp:
    """Undo a change of the file. Mistakes that stood in it then may come back.

    Raises:
        ConfigError: it was refused for now; the file is as it was.
        NotFoundError: what it changed is not there any more; the file is as it was.

    """

    def back(source: Source, _config: Config) -> None:
        if _digest(source) == change.digest:
            source.lines[change.line : change.line + change.after.count("\n")] = [change.before] * bool(change.before)
        else:
            _entries_back(source, change.entries)

    return change_file(target, back, may_create=True, may_bring_problems=True)


def _entry_changes(array: str, before: Source, after: Source) -> list[EntryChange]:
    old, new = _texts(before, array), _texts(after, array)
    same = Counter(old) & Counter(new)
    gone, come = _beyond(old, same), _beyond(new, same)
    if len(gone) == len(come):  # changed in place
        return [EntryChange(array, at, text, other) for (at, text), (_at, other) in zip(gone, come, strict=True)]
    return [
        *(EntryChange(array, at, text, "") for at, text in gone),
        *(EntryChange(array, at, "", text) for at, text in come),
    ]


def _texts(source: Source, array: str) -> list[str]:
    return [_text(source, entry) for entry in source.entries(array)]


def _text(source: Source, entry: Entry) -> str:
    return "".join(source.lines[entry.start : entry.end])


def _beyond(texts: Sequence[str], same: Counter[str]) -> list[tuple[int, str]]:
    """The texts that are not among the same ones, with their places."""
    left = Counter(same)
    found = []
    for at, text in enumerate(texts):
        if left[text] > 0:
            left[text] -= 1
        else:
            found.append((at, text))
    return found


def _entries_back(source: Source, changes: Sequence[EntryChange]) -> None:
    if not changes:  # only the order was another
        raise _too_late()
    for change in sorted(changes, key=lambda change: (change.array, -change.index)):
        if change.after:
            entry = next((e for e in source.entries(change.array) if _text(source, e) == change.after), None)
            if entry is None:
                raise _too_late()
            if change.before:
                source.replace(entry, change.before)
            else:
                source.cut(entry)
            source.look_again()
    for change in sorted(changes, key=lambda change: (change.array, change.index)):
        if not change.after:
            entries = source.entries(change.array)
            at = entries[change.index].start if change.index < len(entries) else _end(source, entries)
            source.insert(at, change.before)
            source.look_again()


def _end(source: Source, entries: Sequence[Entry]) -> int:
    return entries[-1].end if entries else len(source.lines)


def _too_late() -> NotFoundError:
    return NotFoundError(_("has changed in that place since; this can no longer be undone"))


def _source(content: bytes) -> Source:
    return Source.of(content.decode("utf-8-sig").replace("\r\n", "\n"))


def _digest(source: Source) -> str:
    from hashlib import blake2b

    return blake2b(str(source).encode(), digest_size=16).hexdigest()
