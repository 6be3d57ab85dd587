"""What a process and those it started hold: memory, threads, handles; read from /proc."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Held", "held", "least", "workers"]


@dataclass(frozen=True, slots=True)
class Held:
    """What is held at one moment."""

    megabytes: float
    """Resident memory of the app's process."""
    worker_megabytes: float
    """The same of those it started."""
    threads: int
    """Of the app's process."""
    handles: int
    """Open files, sockets, pipes of the app's process."""
    children: int
    """Processes it started, and those they started."""
    tasks: int
    """Of its event loop."""


def held(pid: int, samples: Path) -> Held:
    """What a process holds now; the tasks are those of its last line in ``samples``."""
    process = Path(f"/proc/{pid}")
    children = _children(pid)
    # Its last line may be half written.
    lines = samples.read_text().splitlines(keepends=True)
    tasks = int(next(line for line in reversed(lines) if line.endswith("\n")))
    return Held(
        megabytes=_megabytes(pid),
        worker_megabytes=sum(map(_megabytes, children)),
        threads=len(list((process / "task").iterdir())),
        handles=len(list((process / "fd").iterdir())),
        children=len(children),
        tasks=tasks,
    )


def least(several: Sequence[Held]) -> Held:
    """The least of each over several moments, of memory the median: what is held when nothing is under way."""
    pick: Callable[[str], list[float]] = lambda name: [getattr(one, name) for one in several]  # noqa: E731
    return Held(
        megabytes=statistics.median(pick("megabytes")),
        worker_megabytes=statistics.median(pick("worker_megabytes")),
        threads=int(min(pick("threads"))),
        handles=int(min(pick("handles"))),
        children=int(min(pick("children"))),
        tasks=int(min(pick("tasks"))),
    )


def workers(pid: int) -> list[int]:
    """The parsers among the processes it started."""
    return [child for child in _children(pid) if b"spawn_main" in _command(child)]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # it has ended meanwhile
        return b""


def _megabytes(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:  # it has ended meanwhile
        return 0.0
    line = next((line for line in status.splitlines() if line.startswith("VmRSS:")), "VmRSS: 0 kB")
    return int(line.split()[1]) / 1024


def _children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            direct = [int(number) for number in task.read_text().split()]
        except OSError:  # the thread has ended meanwhile
            continue
        for child in direct:
            found += [child, *_children(child)]
    return found
