"""Lines and columns of tables and keys in a TOML source.

tomllib tells no positions, and a parser that does is too slow for every start. The source has been parsed before it
comes here, so this scan only has to know where strings, comments and brackets end.
"""

from __future__ import annotations

import re
from pathlib import Path

from reader.light import dataclass, late_pattern

__all__ = ["Positions", "positions", "scan"]

KeyPath = tuple[str | int, ...]

_TOKEN = late_pattern(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[^\s\[\]{}=,.\"'#]+"
    r"|\n|[\[\]{}=,.]",
    re.DOTALL,
)
_ESCAPE = late_pattern(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_SHORT_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


@dataclass(frozen=True, slots=True)
class Positions:
    """Where tables and keys stand."""

    _places: dict[KeyPath, tuple[int, int]]
    headers: tuple[tuple[int, KeyPath], ...] = ()
    """Line and path of every ``[table]`` and ``[[entry]]``, in file order."""

    def of(self, *path: str | int) -> tuple[int, int]:
        """Line and column, from 1, of a table or key, or of the nearest thing around it; (0, 0) if there is none.

        A path names keys and, inside an array of tables, the index: ``of("feeds", 2, "url")``.
        """
        for length in range(len(path), 0, -1):
            if found := self._places.get(path[:length]):
                return found
        return 0, 0

    def line(self, *path: str | int) -> int:
        """Only the line."""
        return self.of(*path)[0]


def scan(source: str) -> Positions:
    """The positions in a valid TOML document."""
    found = _Scan(source)
    found.run()
    return Positions(found.places, tuple(found.headers))


def positions(path: Path) -> Positions:
    """The positions in a file; none in one that cannot be read or is no TOML."""
    try:
        return scan(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeError, ValueError, IndexError):
        return Positions({})


class _Scan:
    """One pass over the tokens."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.places: dict[KeyPath, tuple[int, int]] = {}
        self.headers: list[tuple[int, KeyPath]] = []
        self.counts: dict[KeyPath, int] = {}
        self.table: KeyPath = ()
        self.line = 1
        self.line_start = 0
        self.depth = 0
        self.header = 0
        self.statement: list[str] = []
        self.place = (0, 0)
        self.is_value = False

    def run(self) -> None:
        for match in _TOKEN.finditer(self.source):
            self.take(match[0], match.start())
            if breaks := match[0].count("\n"):
                self.line += breaks
                self.line_start = match.start() + match[0].rindex("\n") + 1

    def take(self, piece: str, start: int) -> None:
        if piece == "\n":
            if self.depth == 0:
                self.statement, self.is_value = [], False
        elif piece[0] == "#":
            pass
        elif self.is_value:
            self.depth += (piece in "[{") - (piece in "]}")
        elif piece == "[":
            self.begin(start)
            self.header += 1
        elif piece == "]":
            self.end_header()
        elif piece == "=":
            self.is_value = True
            self.places.setdefault((*self.table, *self.statement), self.place)
        elif piece != ".":
            self.begin(start)
            self.statement += _names(piece)

    def begin(self, start: int) -> None:
        if not self.statement and not self.header:
            self.place = (self.line, start - self.line_start + 1)

    def end_header(self) -> None:
        """At the first closing bracket the name is whole; a second one only closes."""
        if not self.statement:
            self.header = 0
            return
        path = self.resolve(tuple(self.statement))
        if self.header == 2:
            index = self.counts.get(path, 0)
            self.counts[path] = index + 1
            self.places.setdefault(path, self.place)
            path = (*path, index)
        self.places.setdefault(path, self.place)
        self.headers.append((self.place[0], path))
        self.table, self.statement, self.header = path, [], max(self.header - 1, 0)

    def resolve(self, names: tuple[str, ...]) -> KeyPath:
        """A header's path with the index of the latest entry behind each array of tables but the last name."""
        path: KeyPath = ()
        for position, name in enumerate(names):
            path = (*path, name)
            if position < len(names) - 1 and path in self.counts:
                path = (*path, self.counts[path] - 1)
        return path


def _names(piece: str) -> list[str]:
    if piece[0] == '"':
        return [_ESCAPE.sub(_unescape, piece[1:-1])]
    return [piece[1:-1] if piece[0] == "'" else piece]


def _unescape(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _SHORT_ESCAPES.get(match[3], match[3])
