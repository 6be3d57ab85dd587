"""What a key brings to the screen, and when: parts of it, watched until nothing more comes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.bench.processes import cpu_so_far

if TYPE_CHECKING:
    from tests.terminal import Terminal

__all__ = ["Answer", "Part", "answer", "part"]

Part = Callable[["Terminal"], object]
"""What stands on a part of the screen, colours included."""
QUIET_SECONDS = 0.3


@dataclass(frozen=True)
class Answer:
    """What one key, or several sent in one go, caused."""

    stood: dict[str, float | None]
    """Of each part watched: seconds from the key until it stood there as it stayed; None if it is as before."""
    last: float
    """Seconds until the last byte."""
    bytes: int
    """How many were written."""
    cpu: float
    """CPU seconds of all threads until all is quiet."""


def part(columns: range, lines: range) -> Part:
    """A rectangle of the screen."""

    def look(terminal: Terminal) -> object:
        buffer = terminal.screen.buffer
        return [[buffer[y][x] for x in columns] for y in lines]

    return look


def answer(
    terminal: Terminal, keys: str, parts: Mapping[str, Part] | None = None, *, quiet_seconds: float = QUIET_SECONDS
) -> Answer:
    """Type, and tell when what is watched stood there. The screen is looked at only after all of it has come."""
    parts = parts or {}
    looks = {name: [(0.0, look(terminal))] for name, look in parts.items()}
    before = cpu_so_far(terminal.pid)
    pieces = terminal.answer(keys, quiet_seconds)
    cpu = cpu_so_far(terminal.pid) - before
    for seconds, data in pieces:
        terminal.show(data)
        for name, look in parts.items():
            looks[name].append((seconds, look(terminal)))
    return Answer(
        {name: _stood(seen) for name, seen in looks.items()},
        pieces[-1][0] if pieces else 0.0,
        sum(len(data) for _seconds, data in pieces),
        cpu,
    )


def _stood(looks: list[tuple[float, object]]) -> float | None:
    final = looks[-1][1]
    stood = None
    for (_before, old), (seconds, new) in pairwise(looks):
        if old != final and new == final:
            stood = seconds
    return stood
