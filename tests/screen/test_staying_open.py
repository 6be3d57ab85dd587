"""A reader that stays open all day: what was closed takes no memory."""

from __future__ import annotations

import ctypes
import gc
import subprocess
import sys
from typing import Any
from weakref import WeakSet

import pytest
from textual._styles_cache import StylesCache
from textual.screen import Screen
from textual.widget import Widget

from reader.ui.dialogs.picker import Picker
from tests.screen.driving import Driver, running, some_reader, some_rows


def painted(screen: Screen[Any]) -> list[StylesCache]:
    """What holds the lines that the widgets of a screen have painted."""
    caches = [widget._styles_cache for widget in screen.walk_children(Widget)]  # what Textual keeps
    return [cache for cache in caches if cache._cache]


async def open_and_close(driver: Driver, key: str) -> WeakSet[StylesCache]:
    """Look at a dialog; what it painted, as far as it is held any longer."""
    await driver.press(key)
    await driver.until(lambda: isinstance(driver.app.screen, Picker) and len(painted(driver.app.screen)) > 2)
    held = WeakSet(painted(driver.app.screen))
    await driver.press("escape")
    await driver.until(lambda: not isinstance(driver.app.screen, Picker))
    return held


@pytest.mark.parametrize("key", ["?", ":", "'"])
async def test_what_a_closed_dialog_painted_is_forgotten(key: str) -> None:
    """Textual would keep the lines of the last hundreds of dialogs, half a megabyte for each look at the help."""
    async with running(some_reader(some_rows())) as driver:
        await driver.until(lambda: driver.screen.is_settled)
        held = await open_and_close(driver, key)
        # Textual looks once more at the dialog it had last.
        await open_and_close(driver, ",")

        def is_forgotten() -> bool:
            gc.collect()
            return len(held) <= 1

        # The field one typed into may still be waited for.
        await driver.until(is_forgotten)


FREED = """
import ctypes
from reader.ui.holding import hold_little

class Info(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in "arena a b c mapped d e used free top".split()]

library = ctypes.CDLL(None)
library.mallinfo2.restype = Info
hold_little()
large = bytearray(24 << 20)
del large
several = [bytearray(200_000) for _ in range(100)]
del several
print(library.mallinfo2().top)
"""


@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "mallinfo2"), reason="only glibc tells what it keeps"
)
def test_a_large_body_leaves_no_reserve_behind() -> None:
    """After one of 16 megabytes glibc would keep up to 32 megabytes that nobody uses, until the end."""
    result = subprocess.run([sys.executable, "-c", FREED], capture_output=True, text=True, check=True)

    assert int(result.stdout) < 4 << 20
