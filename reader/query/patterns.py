"""Regular expressions under a deadline.

The ``regex`` package can be told to give up; ``re`` cannot, and holds the whole process meanwhile. A pattern that took
too long, or is slow again and again, is off for the rest of the run: it would take as long for every further article.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from reader.errors import QueryError
from reader.i18n import _
from reader.query.tree import Regex

if TYPE_CHECKING:
    import regex

__all__ = ["Pattern", "PatternTooSlowError", "compiled", "problem"]

MAX_PATTERN = 500
"""Longest pattern taken, in characters."""
DEADLINE_SECONDS = 0.1
"""For one search in one article's text."""
ATTEMPTS = 5
"""So often does a search begin that got no time to search."""
SLOW_SECONDS = 0.02
"""A search that takes longer is slow: it still counts, but a pattern may not be slow for ever."""
PATIENCE_SECONDS = 1.0
"""So long may the slow searches of a pattern take together."""
LONG_TEXT = 8_000
"""Characters of a text during whose search other threads go on."""


class PatternTooSlowError(QueryError):
    """A regular expression took too long."""

    def __init__(self, pattern: str) -> None:
        super().__init__(_("The pattern /{pattern}/ takes too long and is ignored.").format(pattern=pattern))
        self.pattern = pattern
        """The pattern."""


class Pattern:
    """A compiled pattern that gives up in time, and then for good."""

    def __init__(self, node: Regex, *, clock: Callable[[], float] = time.thread_time) -> None:
        """``clock``: CPU seconds of this thread."""
        import regex

        flags = regex.VERSION0
        for letter in node.flags:
            flags |= {"i": regex.IGNORECASE, "m": regex.MULTILINE, "s": regex.DOTALL}[letter]
        self._compiled: regex.Pattern[str] = regex.compile(node.pattern, flags, cache_pattern=False)
        self._node = node
        self._clock = clock
        self.is_off = False
        """It took too long."""
        self._slow_seconds = 0.0

    def found_in(self, text: str) -> bool:
        """Whether it is found in a text.

        Raises:
            PatternTooSlowError: it took too long, now or before.

        """
        # To let other threads go on costs more than a search in a short text takes.
        is_long = len(text) > LONG_TEXT
        for _attempt in range(ATTEMPTS):
            if self.is_off:
                break
            started = self._clock()
            try:
                found = self._compiled.search(text, timeout=DEADLINE_SECONDS, concurrent=is_long) is not None
            except TimeoutError:
                # By the wall clock. On a busy machine, or one that slept, the search had hardly begun.
                taken = self._clock() - started
                self._add(taken)
                self.is_off |= taken > DEADLINE_SECONDS / 2
                continue
            taken = self._clock() - started
            if taken > SLOW_SECONDS and not is_long:
                self._add(taken)
            return found
        raise PatternTooSlowError(self._node.pattern)

    def _add(self, slow_seconds: float) -> None:
        self._slow_seconds += slow_seconds
        self.is_off = self._slow_seconds > PATIENCE_SECONDS

    def spans(self, text: str, limit: int = 1_000) -> list[tuple[int, int]]:
        """Where it is found in a text; empty if that takes too long."""
        found: list[tuple[int, int]] = []
        if self.is_off:
            return found
        try:
            for match in self._compiled.finditer(text, timeout=DEADLINE_SECONDS):
                if match.end() > match.start():
                    found.append(match.span())
                if len(found) >= limit:
                    break
        except TimeoutError:
            return []
        return found


@lru_cache(maxsize=64)
def compiled(node: Regex) -> Pattern:
    """The pattern of a node; made once."""
    return Pattern(node)


def problem(pattern: str, flags: str) -> str:
    """Why this is no pattern that can be used, in words; empty if it is one."""
    import regex

    if len(pattern) > MAX_PATTERN:
        return _("The pattern is longer than {limit} characters.").format(limit=MAX_PATTERN)
    try:
        compiled(Regex(pattern, flags))
    except regex.error as error:
        from reader.text.told import pattern_reason

        return _("The pattern is not valid: {reason}.").format(reason=pattern_reason(error))
    except (RecursionError, OverflowError, MemoryError, ValueError, IndexError, KeyError, AttributeError):
        return _("The pattern is not valid.")
    return ""
