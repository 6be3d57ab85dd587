"""Run as a program: opens the real app on an empty folder and prints what is loaded when the first screen stands."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from reader.config.load import load
from reader.ui.app import WartaApp
from reader.ui.textual_inside import screen_text

if TYPE_CHECKING:
    from reader.ui.port import ReaderPort


async def main(folder: Path) -> None:
    """Open the app, wait until the sidebar names the feed, print the modules' names."""
    path = folder / "feeds.toml"
    path.write_text('[[feeds]]\nurl = "https://rri.example/feed"\ntitle = "Ranai"\n')
    config = load(path, may_run_commands=True)

    async def opened() -> ReaderPort:
        from reader.core.reader import Reader

        return await Reader.open(config, folder)

    app = WartaApp(config, folder, opened, network=False)
    async with app.run_test(size=(130, 36)) as pilot:
        while "Ranai" not in screen_text(app.screen):
            await pilot.pause(0.01)
        print(*sorted(sys.modules), sep="\n")


asyncio.run(main(Path(sys.argv[1])))
