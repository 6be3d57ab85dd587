"""What the command line prints: results to standard output, messages to standard error.

Everything goes through `clean`: titles, names and errors come from outside. A pipe whose reader has gone is no error:
what is printed there is dropped. A result that a full disk or a closed stream did not take is one: see `trouble`.
"""

from __future__ import annotations

import errno
import json
import os
import sys
import unicodedata
from typing import TYPE_CHECKING, TextIO

from reader.i18n import _, number
from reader.text.clean import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.core.records import Json

__all__ = ["Output", "cells", "clip_cells", "pad", "size_text"]

_WIDE = frozenset("WF")
_ERASE_LINE = "\r\x1b[K"


class Output:
    """The two streams of a process."""

    def __init__(self, out: TextIO | None, err: TextIO | None) -> None:
        self._out = _safe(out)
        self._err = _safe(err)
        self._progress = ""
        self._is_deserted = False
        self.trouble: OSError | None = None
        """Why part of the result was lost; None: none was."""

    @classmethod
    def standard(cls) -> Output:
        """The process's own streams."""
        return cls(sys.stdout, sys.stderr)

    @property
    def is_wanted(self) -> bool:
        """Whether anybody still reads the results; asked before one is printed, so it is lost where nobody can."""
        if self._out is None and not self._is_deserted:
            self.trouble = self.trouble or _closed()
        return self._out is not None

    @property
    def columns(self) -> int:
        """Width of the terminal the results go to; 0 if they go elsewhere."""
        return _columns(self._out)

    @property
    def shows_progress(self) -> bool:
        """Whether messages go to a terminal that can redraw a line."""
        return self._err is not None and self._err.isatty() and os.environ.get("TERM", "") != "dumb"

    def result(self, text: str) -> None:
        """A line, or lines, of the result."""
        self._erase()
        self._put(clean(text) + "\n")
        self._redraw()

    def line(self, text: str) -> None:
        """A line that is clean already."""
        self._put(text + "\n")

    @property
    def is_narrow(self) -> bool:
        """Whether the results go to a stream that cannot take every letter."""
        encoding = (self._out.encoding if self._out else "") or ""
        return encoding.lower().replace("-", "") != "utf8"

    def json(self, value: Json) -> None:
        """One JSON document."""
        self._put(self._dump(value) + "\n")

    def json_array(self, values: Sequence[Json]) -> None:
        """One JSON array."""
        for position, value in enumerate(values):
            self.json_element(value, is_first=position == 0)
        self.json_end(is_empty=not values)

    def json_element(self, value: Json, *, is_first: bool) -> None:
        """One element of an array, on a line of its own, as soon as it is known."""
        self._put(("[" if is_first else ",") + "\n" + self._dump(value))

    def json_end(self, *, is_empty: bool) -> None:
        """The end of an array."""
        self._put("[]\n" if is_empty else "\n]\n")

    def message(self, text: str) -> None:
        """A line beside the result: what happened, what went wrong."""
        self._erase()
        self._err = _write(self._err, clean(text) + "\n", flush=True)
        self._redraw()

    def progress(self, text: str) -> None:
        """One line that replaces the one before, on a terminal only; empty takes it away."""
        if not self.shows_progress:
            return
        self._erase()
        self._progress = clip_cells(clean(text), _columns(self._err) - 1)
        self._redraw()

    def close(self) -> None:
        """Write out what is still held back."""
        self.progress("")
        self._put("", flush=True)
        self._err = _write(self._err, "", flush=True)

    def _put(self, text: str, *, flush: bool = False) -> None:
        """Write to standard output; what it does not take is lost, which `trouble` tells unless the reader left."""
        if self._out is None:
            if text and not self._is_deserted:
                self.trouble = self.trouble or _closed()
            return
        try:
            self._out.write(text)
            if flush:
                self._out.flush()
        except (OSError, ValueError) as error:
            self._is_deserted = isinstance(error, BrokenPipeError)
            if not self._is_deserted:
                self.trouble = error if isinstance(error, OSError) else _closed()
            _discard(self._out)
            self._out = None

    def _dump(self, value: Json) -> str:
        from reader.core.records import cleaned  # most commands print no JSON

        return json.dumps(cleaned(value), ensure_ascii=self.is_narrow)

    def _erase(self) -> None:
        if self._progress:
            self._err = _write(self._err, _ERASE_LINE, flush=True)

    def _redraw(self) -> None:
        if self._progress:
            if self._out is not None and self._out.isatty():
                self._put("", flush=True)
            self._err = _write(self._err, self._progress, flush=True)


def size_text(count: int) -> str:
    """A number of bytes as a person reads it: ``12 KB``, ``340 MB``."""
    if count < 1_000_000:
        return _("{size} KB").format(size=number(-(-count // 1_000)))
    return _("{size} MB").format(size=number(round(count / 1_000_000)))


def cells(text: str) -> int:
    """How many terminal cells a clean line takes, nearly: East Asian wide characters two, marks none."""
    if text.isascii():
        return len(text)
    return sum(
        2 if unicodedata.east_asian_width(ch) in _WIDE else unicodedata.category(ch) not in _NO_CELL for ch in text
    )


def clip_cells(text: str, width: int) -> str:
    """At most so many cells of the text, with an ellipsis where something was cut off."""
    if cells(text) <= width:
        return text
    room, kept = max(width - 1, 0), ""
    for character in text:
        room -= cells(character)
        if room < 0:
            break
        kept += character
    return kept.rstrip() + "…" if width > 0 else ""


def pad(text: str, width: int, *, right: bool = False) -> str:
    """The text clipped and filled up to so many cells."""
    text = clip_cells(text, width)
    space = " " * (width - cells(text))
    return space + text if right else text + space


_NO_CELL = frozenset({"Mn", "Me", "Cf"})


def _safe(stream: TextIO | None) -> TextIO | None:
    """The stream with a question mark for what its encoding cannot say; None if there is none."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
    return stream


def _columns(stream: TextIO | None) -> int:
    """Width of the terminal a stream goes to; 0 if it goes elsewhere."""
    if stream is None or not stream.isatty():
        return 0
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def _write(stream: TextIO | None, text: str, *, flush: bool = False) -> TextIO | None:
    """Write messages; None from then on if nobody can read them."""
    if stream is None:
        return None
    try:
        stream.write(text)
        if flush:
            stream.flush()
    except (OSError, ValueError):
        _discard(stream)
        return None
    return stream


def _closed() -> OSError:
    return OSError(errno.EBADF, os.strerror(errno.EBADF))


def _discard(stream: TextIO) -> None:
    """Let what the stream still holds go nowhere, so that Python's exit does not complain about it."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return
