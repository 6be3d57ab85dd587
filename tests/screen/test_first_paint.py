"""The screen comes up once: styled, laid out and painted when the first rows are there."""

from __future__ import annotations

from typing import Any

import pytest
from textual import events
from textual._compositor import Compositor
from textual.geometry import Size
from textual.widget import Widget

from tests.screen.driving import running, some_reader, some_rows


@pytest.mark.parametrize("size", [(140, 40), (100, 30), (70, 24)])
async def test_the_first_rows_are_painted_as_they_stay(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """They once came in rows of one line, because nothing knew the list's width before it was painted."""
    paints: list[list[str]] = []
    full, reflow = Compositor.render_full_update, Compositor.reflow
    layouts = 0

    def counted(self: Compositor, parent: Widget, size: Size) -> object:
        nonlocal layouts
        layouts += not any("Kapal" in line for lines in paints for line in lines)
        return reflow(self, parent, size)

    def seen(self: Compositor, *args: Any, **options: Any) -> object:
        paints.append([strip.text.rstrip() for strip in self.render_strips()])
        return full(self, *args, **options)

    monkeypatch.setattr(Compositor, "render_full_update", seen)
    monkeypatch.setattr(Compositor, "reflow", counted)
    async with running(some_reader(some_rows()), size=size) as driver:
        first = next(lines for lines in paints if any("Kapal" in line for line in lines))
        await driver.pilot.pause()
        stays = driver.text.splitlines()

    assert layouts == 1
    where = range(2, size[1] - 1)  # the count above and the preview come later
    width = 44 if size[0] >= 80 else size[0]
    assert [first[y][:width] for y in where] == [stays[y][:width] for y in where]


async def test_a_size_the_terminal_had_before_is_not_laid_out() -> None:
    """Told of late, after a resize right at the start, it came last and stayed: a wide screen on a narrow terminal."""
    async with running(some_reader(some_rows()), size=(79, 24)) as driver:
        before = driver.text
        stale = Size(120, 30)
        driver.screen.post_message(events.Resize(stale, stale))
        await driver.pilot.pause()
        await driver.pilot.pause()

        assert driver.screen.size == driver.app.size == Size(79, 24)
        assert driver.text == before
