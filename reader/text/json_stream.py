"""A JSON object read piece by piece: its large arrays never stand in memory as a whole. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Protocol

__all__ = ["MAX_ELEMENT", "BrokenJsonError", "pieces"]

MAX_ELEMENT = 32 * 1024 * 1024
"""Characters of the largest value taken."""
_CHUNK = 256 * 1024
_SPACE = " \t\r\n"
_BLANKS = re.compile(f"[{_SPACE}]*")
_ENDS = frozenset(_SPACE + ",]}")


class Readable(Protocol):
    """A text file."""

    def read(self, size: int, /) -> str: ...


class BrokenJsonError(ValueError):
    """The text is no JSON object, or broke off; ``str()`` is the decoder's complaint."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line
        """From 1."""


def pieces(file: Readable) -> Iterator[tuple[str, Any]]:
    """Name and value of each member of the object; of an array, name and element, one at a time.

    An empty array gives nothing. Names may stand in any order.

    Raises:
        BrokenJsonError: it is no JSON object, breaks off, nests too deeply, or has a value beyond `MAX_ELEMENT`.

    """
    text = _Text(file)
    text.expect("{")
    if text.take("}"):
        return
    while True:
        name = text.value()
        if not isinstance(name, str):
            raise text.broken("a name was expected")
        text.expect(":")
        if text.take("["):
            yield from _elements(text, name)
        else:
            yield name, text.value()
        if text.take("}"):
            return
        text.expect(",")


def _elements(text: _Text, name: str) -> Iterator[tuple[str, Any]]:
    if text.take("]"):
        return
    while True:
        yield name, text.value()
        if text.take("]"):
            return
        text.expect(",")


class _Text:
    """What was read and not yet understood."""

    def __init__(self, file: Readable) -> None:
        self._file = file
        self._buffer = ""
        self._at = 0
        self._line = 1
        self._is_whole = False
        self._decoder = json.JSONDecoder()

    def take(self, character: str) -> bool:
        """Whether this character is next; then it is passed."""
        self._skip_space()
        is_next = self._buffer.startswith(character, self._at)
        self._at += is_next
        return is_next

    def expect(self, character: str) -> None:
        """Pass this character."""
        if not self.take(character):
            raise self.broken(f"“{character}” was expected")

    def value(self) -> Any:
        """The next value."""
        self._skip_space()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as error:
                if not self._more():
                    raise self.broken(error.msg) from error
            except (RecursionError, ValueError) as error:
                raise self.broken(type(error).__name__) from error
            else:
                # A number may go on behind what was read.
                if self._buffer[end : end + 1] in _ENDS or not isinstance(value, int | float) or not self._more():
                    self._at = end
                    return value

    def broken(self, reason: str) -> BrokenJsonError:
        """The error at this place."""
        return BrokenJsonError(reason, self._line + self._buffer.count("\n", 0, self._at))

    def _skip_space(self) -> None:
        while True:
            if space := _BLANKS.match(self._buffer, self._at):
                self._at = space.end()
            if self._at < len(self._buffer) or not self._more():
                return

    def _more(self) -> bool:
        """Read on, as much again as is waiting; False at the end."""
        waiting = len(self._buffer) - self._at
        if self._is_whole:
            return False
        if waiting > MAX_ELEMENT:
            raise self.broken("a value is too large")
        read = self._file.read(max(_CHUNK, waiting))
        self._is_whole = not read
        self._line += self._buffer.count("\n", 0, self._at)
        self._buffer = self._buffer[self._at :] + read
        self._at = 0
        return bool(read)
