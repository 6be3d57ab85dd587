"""Pastes of any size, taken in without keeping the keys waiting.

Textual reads what a terminal sends character by character, a paste too: one of 10 MB held every key for 40 seconds
before its first line reached a field. Nothing Warta has a field for is that long, so the rest is passed over. And an
escape in it, which most terminals take out and some do not, would begin a key.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser

from reader.ui.terminal_gone import Gone

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.message import Message

__all__ = ["PASTE_CHARACTERS", "BoundedParser", "bound_pastes"]

PASTE_CHARACTERS = 10_000
"""What of a paste is taken: as much as a filter may be long."""

BREAK_OFF = "\x03"
"""Ctrl+C ends a paste whose end never comes, or no key would ever be heard again."""

_MARK = len(BRACKETED_PASTE_START) - 1
"""So much of a mark may stand at the end of one read while the rest comes with the next."""


class BoundedParser(XTermParser):
    """Reads keys, mouse and pastes, while there is a terminal (`terminal_gone`); of a long paste only its start."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._is_pasting = False
        self._left = 0
        self._held = ""
        self._gone = Gone()

    def tick(self) -> Iterable[Message]:
        """The events that waited long enough for more; asked for several times a second, also at the end of input."""
        self._gone.look()
        yield from super().tick()

    def feed(self, data: str) -> Iterable[Message]:
        """The events in what the terminal sent; an empty text is its end."""
        if not data:
            yield from super().feed(data)
        while data:
            kept, data = self._in_paste(data) if self._is_pasting else self._up_to_paste(data)
            if kept:
                yield from super().feed(kept)

    def _up_to_paste(self, data: str) -> tuple[str, str]:
        """What to read now, up to where a paste begins; what comes after that."""
        seen = self._held + data
        at = seen.find(BRACKETED_PASTE_START)
        if at < 0:
            self._held = seen[-_MARK:]
            return data, ""
        self._is_pasting, self._left = True, PASTE_CHARACTERS
        end = at + len(BRACKETED_PASTE_START) - len(self._held)
        self._held = ""
        return data[:end], data[end:]

    def _in_paste(self, data: str) -> tuple[str, str]:
        """What of a paste to read; what comes after the paste."""
        seen = self._held + data
        at = seen.find(BRACKETED_PASTE_END)
        stop = seen.find(BREAK_OFF, 0, at if at >= 0 else len(seen))
        if stop >= 0:
            self._is_pasting, self._held = False, ""
            return self._bounded(seen[:stop]) + BRACKETED_PASTE_END, seen[stop:]
        if at < 0:
            # A mark that is not whole yet waits for its rest.
            last = range(max(0, len(seen) - _MARK), len(seen))
            end = next((n for n in last if BRACKETED_PASTE_END.startswith(seen[n:])), len(seen))
            self._held = seen[end:]
            return self._bounded(seen[:end]), ""
        self._is_pasting, self._held = False, ""
        end = at + len(BRACKETED_PASTE_END)
        return self._bounded(seen[:at]) + BRACKETED_PASTE_END, seen[end:]

    def _bounded(self, text: str) -> str:
        kept = text[: self._left]
        self._left -= len(kept)
        return kept.replace("\x1b", "")


def bound_pastes(driver: type[Driver]) -> None:
    """Let a driver read with this parser: each makes its own by the name it has for it in its module."""
    module = sys.modules[driver.__module__]
    if getattr(module, "XTermParser", None) is XTermParser:
        module.XTermParser = BoundedParser  # type: ignore[attr-defined]  # a module's own name, replaced
