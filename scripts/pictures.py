"""Make the pictures of the screen in docs/pictures from the demo, the same each time.

Run it with the names of pictures, or with none for all of them. It needs no network.
"""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from reader.core import Reader
from reader.demo.configuration import demo
from reader.i18n import Language, set_language
from reader.ui.app import WartaApp

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
NOW = datetime(2025, 12, 16, 10, 17, tzinfo=UTC)
"""A Tuesday at 17.17 in Ranai."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: what is done before it is taken."""

    name: str
    """Its file's name."""
    size: tuple[int, int]
    """Columns and lines."""
    keys: Sequence[str] = ()
    """Pressed one after the other."""
    language: Language = "id"
    """The interface's language."""
    theme: str = "warta-dark"
    """The theme."""


ALL = (
    Picture("three-panes", (140, 36), ("j", "j", *"/sedanau", "enter")),
    Picture("three-panes-en", (140, 36), ("j", "j", *"/sedanau", "enter"), language="en"),
    Picture("three-panes-light", (140, 36), ("j", "n"), theme="warta-light"),
    Picture("two-panes", (100, 30), ("j", "j", "j")),
    Picture("one-pane", (60, 20)),
    Picture("one-pane-en", (60, 20), language="en"),
    Picture("one-pane-article", (60, 20), ("j", "enter")),
    Picture("help", (100, 30), ("question_mark",)),
    Picture("details", (100, 30), ("i",)),
    Picture("nothing-matched", (100, 30), tuple("/natuna sepakbola")),
    Picture("wall", (200, 50), ("j", "n")),
)


async def take(picture: Picture) -> str:
    """The picture as SVG."""
    set_language(picture.language)
    with demo(NOW) as running:
        settings = replace(running.config.settings, theme=picture.theme, timezone="Asia/Jakarta")
        config = replace(running.config, settings=settings)
        reader = await Reader.open(config, running.data_dir, now=lambda: NOW)
        await reader.refresh()

        async def open_reader() -> Reader:
            return reader

        app = WartaApp(config, running.data_dir, open_reader, network=False)
        app.animation_level = "none"
        async with app.run_test(size=picture.size) as pilot:
            await pilot.pause(0.5)
            for key in picture.keys:
                await pilot.press("slash" if key == "/" else "space" if key == " " else key)
            await pilot.pause(0.8)
            svg = app.export_screenshot(title="Warta", simplify=True)
    # The font comes from the reader's machine: nothing is loaded from elsewhere.
    return re.sub(r"@font-face\s*\{.*?\}", "", svg, flags=re.DOTALL)


def main(names: Sequence[str]) -> None:
    """Take the pictures named, or all."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for picture in ALL:
        if not names or picture.name in names:
            PICTURES.joinpath(f"{picture.name}.svg").write_text(asyncio.run(take(picture)), encoding="utf-8")
            print(picture.name)


if __name__ == "__main__":
    main(sys.argv[1:])
