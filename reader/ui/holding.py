"""What a reader that stays open all day holds in memory: what a start made, and no more than is in sight."""

from __future__ import annotations

import gc
import sys
from functools import lru_cache
from typing import TYPE_CHECKING

from textual._styles_cache import StylesCache
from textual.style import Style

if TYPE_CHECKING:
    from textual.color import Color

__all__ = ["hold_little"]

_COLLECT = (5_000, 5, 10)
"""A dialog leaves thousands of objects that refer to each other: found early, few of them have to go in one breath."""
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3  # mallopt(3)
_KEPT_BYTES = 1 << 20


def hold_little() -> None:
    """Once the start is over: see to it that what is closed, left or stored takes no memory."""
    # What a start leaves lives to the end: no collection needs to look at it again.
    gc.freeze()
    gc.set_threshold(*_COLLECT)
    # Textual remembers the last 1,024 backgrounds together with the cache that asked for them, and so all painted lines
    # of dialogs long closed: https://github.com/Textualize/textual/issues/6665
    StylesCache.get_inner_outer = _inner_outer  # type: ignore[method-assign,assignment]
    _give_back_freed()


def _inner_outer(_cache: StylesCache, base_background: Color, background: Color) -> tuple[Style, Style]:
    return _styles(base_background, background)


@lru_cache(1_024)
def _styles(base_background: Color, background: Color) -> tuple[Style, Style]:
    return Style(background=base_background + background), Style(background=base_background)


def _give_back_freed() -> None:
    """Have glibc return what was freed.

    After the first large body it would keep up to twice as much for the next one (mallopt(3), M_MMAP_THRESHOLD).
    """
    if sys.platform != "linux":
        return
    try:
        import ctypes

        set_option = ctypes.CDLL(None).mallopt
    except (ImportError, OSError, AttributeError):  # a Python without ctypes, another C library
        return
    set_option(_M_TRIM_THRESHOLD, _KEPT_BYTES)
    set_option(_M_MMAP_THRESHOLD, _KEPT_BYTES)
