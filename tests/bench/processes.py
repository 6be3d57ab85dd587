"""What processes cost, from /proc: a process with all that it started."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

__all__ = ["cpu_so_far", "memory_megabytes", "peak_megabytes"]


def cpu_so_far(pid: int) -> float:
    """CPU seconds of a process's threads, to the nanosecond."""
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9


def memory_megabytes(pid: int) -> float:
    """Memory of a process and of those it started; what several share counts once (PSS)."""
    return sum(_pss(each) for each in _family(pid)) / 1024


def peak_megabytes(command: Sequence[str]) -> float:
    """The most memory a command and its processes take together."""
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0.0
    while running.poll() is None:
        peak = max(peak, memory_megabytes(running.pid))
        time.sleep(0.05)
    return peak


def _family(pid: int) -> list[int]:
    found = [pid]
    for told in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = told.read_text().split()
        except OSError:  # it has ended
            continue
        for child in children:
            found += _family(int(child))
    return found


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
