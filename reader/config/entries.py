"""A feeds.toml as the lines of its entries, so that one can be changed and everything else stays as it was written.

An entry owns its header, its keys, the tables under it, and the comment lines that touch it without a blank line
between; a comment between two entries belongs to the lower one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any

from reader.config.lines import scan
from reader.light import dataclass

if TYPE_CHECKING:
    from reader.config.lines import KeyPath

__all__ = ["Entry", "Source", "changed", "rendered"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One ``[[feeds]]`` or ``[[filters]]`` entry's place."""

    index: int
    """Its number in its array, from 0."""
    header: int
    """Line of its header, from 1."""
    start: int
    """First line it owns, from 0."""
    end: int
    """Line after the last one it owns, from 0."""


@dataclass(slots=True)
class Source:
    """The lines of a file, each with its end."""

    lines: list[str]
    """The text."""
    _headers: tuple[tuple[int, KeyPath], ...] = field(default=())

    @classmethod
    def of(cls, text: str) -> Source:
        """The lines of a text that is valid TOML and ends its lines with a newline alone."""
        lines = text.split("\n")
        last = lines.pop()
        return cls([line + "\n" for line in lines] + ([last + "\n"] if last else []), scan(text).headers)

    def __str__(self) -> str:
        return "".join(self.lines)

    def entries(self, array: str) -> list[Entry]:
        """The entries of an array of tables, in file order."""
        found: list[Entry] = []
        for number, (line, path) in enumerate(self._headers):
            if len(path) == 2 and path[0] == array and isinstance(path[1], int):
                below = [other for other, name in self._headers[number + 1 :] if name[:2] != path]
                end = below[0] - 1 if below else len(self.lines)
                found.append(Entry(path[1], line, self._start(line - 1), self._end(line - 1, end, bool(below))))
        return found

    def look_again(self) -> None:
        """Find the entries anew, after lines went or came."""
        again = Source.of(str(self))
        self.lines, self._headers = again.lines, again._headers  # noqa: SLF001 - another of the same

    def insert(self, at: int, block: str) -> None:
        """Put an entry before a line, with one blank line on each side."""
        before = at > 0 and bool(self.lines[at - 1].strip())
        after = at < len(self.lines) and bool(self.lines[at].strip())
        self.lines[at:at] = [*(["\n"] if before else []), block.rstrip("\n") + "\n", *(["\n"] if after else [])]

    def cut(self, entry: Entry) -> str:
        """Take an entry out, with the blank lines under it, or above it if it is the last; its text."""
        text = "".join(self.lines[entry.start : entry.end])
        end = entry.end
        while end < len(self.lines) and not self.lines[end].strip():
            end += 1
        start = entry.start
        while end == len(self.lines) and start > 0 and not self.lines[start - 1].strip():
            start -= 1
        # What stood apart above and below stays apart.
        keeps_gap = start > 0 and end < len(self.lines) and bool(self.lines[start - 1].strip())
        self.lines[start:end] = ["\n"] if keeps_gap else []
        return text

    def replace(self, entry: Entry, text: str) -> None:
        """Put another text in an entry's place."""
        self.lines[entry.start : entry.end] = [text.rstrip("\n") + "\n"]

    def _start(self, header: int) -> int:
        start = header
        while start > 0 and self.lines[start - 1].lstrip().startswith("#"):
            start -= 1
        # Right under another entry's key, without a blank line, the comment is that entry's as far as anyone can tell.
        return start if start == 0 or not self.lines[start - 1].strip() else header

    def _end(self, header: int, limit: int, is_followed: bool) -> int:
        end = self._start(limit) if is_followed else limit
        while end > header + 1 and not self._is_content(end - 1):
            end -= 1
        while end < limit and self.lines[end].lstrip().startswith("#") and self._belongs(end, limit, is_followed):
            end += 1
        return end

    def _is_content(self, number: int) -> bool:
        text = self.lines[number].strip()
        return bool(text) and not text.startswith("#")

    def _belongs(self, number: int, limit: int, is_followed: bool) -> bool:
        return not is_followed or number < self._start(limit)


def rendered(array: str, values: Mapping[str, object], order: Sequence[str]) -> str:
    """A new entry's text, its keys in a fixed order."""
    import tomlkit  # loads 40 ms of parser

    keys = sorted(values, key=lambda key: order.index(key) if key in order else len(order))
    lines = [
        f"{tomlkit.key(key).as_string()} = {_item(values[key]).as_string()}" for key in keys if values[key] is not None
    ]
    return "\n".join([f"[[{array}]]", *lines]) + "\n"


def changed(text: str, array: str, changes: Mapping[str, object]) -> str:
    """An entry's text with some keys set, or, where the value is None, taken away; comments stay."""
    import tomlkit

    document: Any = tomlkit.parse(text)
    entry = document[array][0]
    for key, value in changes.items():
        if value is None:
            entry.pop(key, None)
        elif key not in entry or not _is_same(entry[key].unwrap(), value):
            entry[key] = _item(value)
    return tomlkit.dumps(document)


def _is_same(old: object, new: object) -> bool:
    """Equal, and of one type: TOML tells 1 from true."""
    new = list(new) if isinstance(new, tuple) else new
    return type(old) is type(new) and old == new


def _item(value: object) -> Any:
    import tomlkit

    if isinstance(value, str) and "\\" in value and "'" not in value and value.isprintable():
        return tomlkit.string(value, literal=True)
    if isinstance(value, Mapping):
        table = tomlkit.inline_table()
        table.update(value)
        return table
    return tomlkit.item(list(value) if isinstance(value, tuple) else value)
