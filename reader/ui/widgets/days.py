"""Where in a list each day begins: found by looking at few of its dates, however long it is. Pure."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date

from reader.ui.widgets.row_map import NO_DAYS, Days

__all__ = ["find_days"]

DayOf = Callable[[Sequence[int]], Awaitable[Sequence[date | None]]]
"""The days of some ids, in their order; None where an article is gone."""


async def find_days(ids: Sequence[int], day_of: DayOf, *, is_final: bool = True) -> Days:
    """Where each day begins.

    Two articles of one day have no other day between them, so only stretches whose ends differ are halved: a day
    costs the logarithm of the list's length. All stretches are halved at once: ``day_of`` is called about 20 times
    for a million ids.
    """
    if not ids:
        return NO_DAYS
    last = len(ids) - 1
    first_day, last_day = await day_of([ids[0], ids[last]])
    # One that is gone counts to the day of the one before it.
    days = {0: first_day or last_day or date.min, last: last_day or first_day or date.min}
    starts = [0]
    stretches = [(0, last)]
    while stretches:
        stretches = [(low, high) for low, high in stretches if days[low] != days[high]]
        starts += [high for low, high in stretches if high - low == 1]
        stretches = [(low, high) for low, high in stretches if high - low > 1]
        middles = [(low + high) // 2 for low, high in stretches]
        found = await day_of([ids[middle] for middle in middles]) if middles else ()
        days |= {mid: day or days[low] for (low, _), mid, day in zip(stretches, middles, found, strict=True)}
        halves = [((low, mid), (mid, high)) for (low, high), mid in zip(stretches, middles, strict=True)]
        stretches = [half for pair in halves for half in pair]
    starts.sort()
    return Days(tuple(starts), tuple(days[index] for index in starts), is_final)
