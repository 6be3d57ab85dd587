"""A terminal that a headless app draws on, to be compared with what drawing all of it gives."""

from __future__ import annotations

import pyte
from textual._compositor import CompositorUpdate
from textual._context import visible_screen_stack

from tests.screen.driving import Driver

__all__ = ["Watched", "colours", "is_right"]


class Watched:
    """A terminal that the app draws on, and what it was sent: a headless app sends nothing anywhere."""

    def __init__(self, driver: Driver) -> None:
        self.screen = pyte.Screen(*driver.app.size)
        self.bytes = 0
        self.updates = 0
        self._stream = pyte.Stream(self.screen)
        self._console = driver.app.console
        driver.app._display = self._display  # type: ignore[method-assign, assignment]  # there is no other place to listen
        self._display(driver.screen, driver.screen._compositor.render_full_update())

    def _display(self, screen: object, update: object) -> None:
        if isinstance(update, CompositorUpdate):
            data = update.render_segments(self._console)
            self.updates += 1
            self.bytes += len(data.encode())
            self._stream.feed(data)

    @property
    def text(self) -> str:
        """What stands there."""
        return "\n".join(line.rstrip() for line in self.screen.display)


def colours(screen: pyte.Screen) -> list[tuple[str, str, bool, bool]]:
    """How every character looks."""
    size = range(screen.lines), range(screen.columns)
    cells = (screen.buffer[y][x] for y in size[0] for x in size[1])
    return [(cell.fg, cell.bg, cell.bold, cell.underscore) for cell in cells]


def is_right(driver: Driver, watched: Watched) -> bool:
    """Whether the terminal shows what drawing all of it gives, text and colours."""
    screen, whole = driver.app.screen, pyte.Screen(*driver.app.size)
    screen._dirty_regions.add(screen.region)  # a dialog keeps the lines of what lies behind it
    screen._styles_cache.clear()
    visible_screen_stack.set(list(driver.app._background_screens))
    lines = (strip.render(driver.app.console) for strip in screen._compositor.render_strips())
    pyte.Stream(whole).feed("".join(f"\x1b[{y + 1};1H{line}" for y, line in enumerate(lines)))
    return (whole.display, colours(whole)) == (watched.screen.display, colours(watched.screen))
