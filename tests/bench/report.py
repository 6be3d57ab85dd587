"""What was measured, as a table and as JSON."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

__all__ = ["Figure", "as_json", "percentile", "table"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured."""

    what: str
    """What, in words."""
    asked: str
    """The budget; empty: none."""
    values: tuple[float, ...]
    """One value for each run; empty: not measured."""
    unit: str = ""
    """``ms``, ``bytes``, … ; empty: a ratio."""
    note: str = ""
    """Why it was not measured, or what must be known of it."""

    @property
    def cell(self) -> str:
        """The values: the lowest, the median, the highest."""
        if not self.values:
            return self.note or "not measured"
        low, middle, high = min(self.values), statistics.median(self.values), max(self.values)
        told = f"{_number(low)}, **{_number(middle)}**, {_number(high)}" if len(self.values) > 1 else _number(middle)
        return f"{told} {self.unit}".rstrip() + (f" ({self.note})" if self.note else "")


def table(figures: Iterable[Figure]) -> str:
    """A Markdown table."""
    rows = [f"| {figure.what} | {figure.asked} | {figure.cell} |" for figure in figures]
    return "\n".join(["| what | asked | min, **median**, max |", "|---|---|---|", *rows])


def as_json(figures: Iterable[Figure]) -> str:
    """The same with every value."""
    return json.dumps([asdict(figure) for figure in figures], indent=1)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which so great a share of them lies."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 20 else f"{value:.2f}"
