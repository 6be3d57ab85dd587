"""Going through what may stand in place of a word. Pure."""

from __future__ import annotations

from dataclasses import replace

from reader.light import dataclass
from reader.query import Completion
from reader.ui.cells import simple

__all__ = ["Cycle", "begin"]

SHOWN = 8
"""Options told at once."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """A text in which one word is exchanged, option by option."""

    before: str
    """What stands in front of the word."""
    after: str
    """What follows it."""
    options: tuple[str, ...]
    """What may stand there; at least one."""
    index: int = 0
    """Which of them does."""
    notes: tuple[str, ...] = ()
    """What each of them finds; empty: they say so themselves."""

    @property
    def text(self) -> str:
        """The whole text as it is now."""
        return self.before + self._word + self.after

    @property
    def cursor(self) -> int:
        """Where typing goes on."""
        return len(self.before) + len(self._word)

    @property
    def told(self) -> str:
        """The options around the one that stands there, marked; or it explained, and what follows it."""
        note = self.notes[self.index] if self.notes else ""
        if len(self.options) < 2:
            return f"{self.options[0].rstrip(':')}: {note}" if note else ""
        first = self.index if note else max(0, min(self.index - SHOWN // 2, len(self.options) - SHOWN))
        names = [simple(option.partition(":")[2] or option) for option in self.options]
        window = list(enumerate(names))[first : first + SHOWN]
        chosen = names[self.index]
        told = f"[{chosen.rstrip(':')}: {note}]" if note else f"[{chosen}]"
        parts = [told if at == self.index else name for at, name in window]
        return " · ".join(["…"] * (first > 0 and not note) + parts + ["…"] * (first + SHOWN < len(self.options)))

    @property
    def _word(self) -> str:
        # A single value is done with: the next word may follow. After a field's colon its value does.
        option = self.options[self.index]
        is_done = len(self.options) == 1 and not self.after and not option.endswith(":")
        return f"{option} " if is_done else option

    def step(self, by: int) -> Cycle:
        """The next option, or the one before; behind the last comes the first."""
        return replace(self, index=(self.index + by) % len(self.options))


def begin(text: str, completion: Completion, by: int = 1) -> Cycle | None:
    """The first option in place, or the last one for ``by=-1``; None if nothing fits."""
    if not completion.options:
        return None
    index = 0 if by > 0 else len(completion.options) - 1
    return Cycle(text[: completion.start], text[completion.end :], completion.options, index, completion.notes)
