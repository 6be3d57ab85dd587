"""Where a cursor and a view go, by a movement or a change of what is listed. Pure."""

from __future__ import annotations

from array import array
from typing import Literal, get_args

__all__ = ["MOVES", "Move", "moved", "nearest", "place_of", "scrolled_to_show"]

Move = Literal["down", "up", "first", "last", "half_down", "half_up", "page_down", "page_up"]

MOVES: tuple[Move, ...] = get_args(Move)
"""Every movement a pane understands."""


def moved(move: Move, cursor: int, *, count: int, page: int) -> int:
    """The cursor after a movement, from 0 to ``count - 1``; 0 in an empty list."""
    page = max(1, page)
    target = {
        "down": cursor + 1,
        "up": cursor - 1,
        "first": 0,
        "last": count - 1,
        "half_down": cursor + max(1, page // 2),
        "half_up": cursor - max(1, page // 2),
        "page_down": cursor + page,
        "page_up": cursor - page,
    }[move]
    return max(0, min(target, count - 1))


def scrolled_to_show(row: int, *, first: int, page: int, count: int, margin: int = 0) -> int:
    """The first visible row after a view moved just far enough to show a row, ``margin`` rows around it included."""
    page = max(1, page)
    margin = min(margin, (page - 1) // 2)
    if row - margin < first:
        first = row - margin
    elif row + margin >= first + page:
        first = row + margin - page + 1
    return max(0, min(first, count - page))


_WINDOW = 5_000
"""Ids looked through on either side before all of a million are."""


def place_of(wanted: int, ids: array[int], near: int = 0) -> int | None:
    """Where an id stands in a list, looked for around ``near`` first; None: nowhere."""
    low = max(0, near - _WINDOW)
    try:
        return low + ids[low : near + _WINDOW].index(wanted)
    except ValueError:
        pass
    try:
        return ids.index(wanted)
    except ValueError:
        return None


def nearest(old: array[int], cursor: int, ids: array[int]) -> int:
    """Where a cursor goes when a list becomes another: to the same id, else to the neighbour of before that is left.

    The next ones are tried before the ones above; 0 if nothing is left to go by.
    """
    if not (old and ids):
        return 0
    if cursor < len(ids) and ids[cursor] == old[cursor]:
        return cursor
    if (place := place_of(old[cursor], ids, cursor)) is not None:
        return place
    low = max(0, cursor - _WINDOW)
    places = {article_id: low + index for index, article_id in enumerate(ids[low : cursor + _WINDOW])}
    near = [*old[cursor + 1 : cursor + 200], *reversed(old[max(0, cursor - 50) : cursor])]
    return next((places[n] for n in near if n in places), min(cursor, len(ids) - 1))
