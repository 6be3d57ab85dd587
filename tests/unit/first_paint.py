"""Run as a program: opens the real app on a stored article and prints what is loaded when it is painted."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from reader.config.load import load
from reader.core.reader import Reader
from reader.ui.app import WartaApp
from reader.ui.textual_inside import screen_text
from tests.unit.storage.making import Clock, Shelf, entry, opened


async def main(folder: Path) -> None:
    """Store an article, open the app, wait until list and article show it, print the modules' names."""
    async with opened(folder / "warta.db") as store:
        shelf = Shelf(store, Clock())
        (rri,) = await shelf.subscribe("rri")
        await shelf.bring(rri, entry("1", "Kapal perintis", "Kapal itu berlayar lagi."))
    path = folder / "feeds.toml"
    path.write_text('[[feeds]]\nurl = "https://rri.example/feed"\n[[filters]]\nname = "Natuna"\nquery = "natuna"\n')
    config = load(path, may_run_commands=True)
    app = WartaApp(config, folder, lambda: Reader.open(config, folder), network=False)
    async with app.run_test(size=(130, 36)) as pilot:
        while screen_text(app.screen).count("Kapal") < 3:
            await pilot.pause(0.01)
        print(*sorted(sys.modules), sep="\n")


asyncio.run(main(Path(sys.argv[1])))
