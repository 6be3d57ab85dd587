"""Tells which regions of the screen others hide."""

from __future__ import annotations

from collections.abc import Iterable

from textual.geometry import Region

__all__ = ["hidden"]


def hidden(region: Region, front: Iterable[Region]) -> bool:
    """Whether other regions together cover a region."""
    left = [region]
    for cover in front:
        if any(cover.overlaps(part) for part in left):
            left = [rest for part in left for rest in _without(part, cover)]
            if not left:
                return True
    return False


def _without(region: Region, cover: Region) -> list[Region]:
    """What of a region another one leaves: above, below, beside."""
    common = region.intersection(cover)
    if not common:
        return [region]
    return [
        part
        for part in (
            Region.from_corners(region.x, region.y, region.right, common.y),
            Region.from_corners(region.x, common.bottom, region.right, region.bottom),
            Region.from_corners(region.x, common.y, common.x, common.bottom),
            Region.from_corners(common.right, common.y, region.right, common.bottom),
        )
        if part
    ]
