"""Make pictures of the screen from the demo, the same each time. It needs no network.

scripts/pictures.py                     those that the READMEs show, into docs/pictures
scripts/pictures.py NAME…               only these of them
scripts/pictures.py --every [FOLDER]    every state at three sizes in both themes, into FOLDER (build/pictures)
scripts/pictures.py --every FOLDER --only WORD…    of those, the states whose names hold one of the words
"""

from __future__ import annotations

import asyncio
import html
import re
import sys
from argparse import ArgumentParser
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.cells import cell_len
from textual.pilot import Pilot

from reader.core import Reader
from reader.demo.configuration import demo
from reader.i18n import Language, set_language
from reader.model import Config
from reader.ui.app import WartaApp
from scripts.picture_states import STATES, Stage, State

TOP = Path(__file__).resolve().parents[1]
PICTURES = TOP / "docs" / "pictures"
NOW = datetime(2025, 12, 16, 10, 17, tzinfo=UTC)
"""A Tuesday at 17.17 in Ranai."""
SIZES = ((200, 50), (100, 30), (60, 20))
THEMES = ("warta-dark", "warta-light")


@dataclass(frozen=True, slots=True)
class Picture:
    """One that a README shows."""

    name: str
    """Its file's name."""
    state: str
    """Which state of `STATES`."""
    size: tuple[int, int]
    """Columns and lines."""
    language: Language
    """The interface's language."""
    theme: str = "warta-dark"
    """The theme."""


SHOWN = (
    Picture("three-panes", "reading", (140, 36), "id"),
    Picture("three-panes-en", "reading", (140, 36), "en"),
    Picture("phone", "by-day", (60, 20), "id"),
    Picture("phone-en", "by-day", (60, 20), "en"),
    Picture("paper", "zen", (100, 30), "id", "warta-light"),
    Picture("paper-en", "zen", (100, 30), "en", "warta-light"),
)


@dataclass(frozen=True, slots=True)
class Stock:
    """The demo, fetched once for all pictures."""

    config: Config
    """Its feeds."""
    data_dir: Path
    """Its articles."""


@asynccontextmanager
async def stocked() -> AsyncIterator[Stock]:
    """Fetch the demo."""
    with demo(NOW) as running:
        config = replace(running.config, settings=replace(running.config.settings, timezone="Asia/Jakarta"))
        reader = await Reader.open(config, running.data_dir, now=lambda: NOW)
        await reader.refresh()
        await reader.close()
        yield Stock(config, running.data_dir)


async def take(stock: Stock, state: State, size: tuple[int, int], themes: Sequence[str]) -> AsyncIterator[str]:
    """Pictures of a state as SVG, one in each theme."""
    with TemporaryDirectory(prefix="warta-home-", ignore_cleanup_errors=True) as home:
        config = replace(stock.config, settings=replace(stock.config.settings, theme=themes[0]))
        stage = Stage(config, Path(home) / "data", Path(home), NOW, stock.data_dir)
        async with _opened(stage, state, size) as (app, pilot):
            for theme in themes:
                app.theme = theme
                await pilot.pause(0.3)
                svg = app.export_screenshot(title="Warta", simplify=True)
                # The font comes from the machine of whoever looks: nothing is loaded from elsewhere.
                yield in_runs(re.sub(r"@font-face\s*\{.*?\}", "", svg, flags=re.DOTALL))


def in_runs(svg: str) -> str:
    """Each run of letters in its own place, whatever font and renderer it meets: some close gaps of blanks up."""

    def apart(found: re.Match[str]) -> str:
        text, x = html.unescape(found["text"]), float(found["x"])
        cell = float(found["length"]) / max(cell_len(text), 1)
        return "".join(
            f'{found["begin"]} x="{x + cell_len(text[: run.start()]) * cell:g}"{found["between"]}'
            f' textLength="{cell_len(run[0]) * cell:g}"{found["end"]}>{_escaped(run[0])}</text>'
            for run in re.finditer("[^\xa0]+(?:\xa0[^\xa0]+)*", text)
        )

    return _TEXT.sub(apart, svg)


_TEXT = re.compile(
    r'(?P<begin><text class="[^"]*") x="(?P<x>[^"]*)"(?P<between> y="[^"]*") textLength="(?P<length>[^"]*)"'
    r"(?P<end>[^>]*)>(?P<text>[^<]*)</text>"
)


def _escaped(text: str) -> str:
    return html.escape(text, quote=False).replace("\xa0", "&#160;")


@asynccontextmanager
async def _opened(stage: Stage, state: State, size: tuple[int, int]) -> AsyncIterator[tuple[WartaApp, Pilot[int]]]:
    await state.prepare(stage)
    app = stage.app()
    app.animation_level = "none"
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause(0.5)
        for key in state.keys:
            await pilot.press(KEYS.get(key, key))
        if state.finish is not None:
            await state.finish(app, pilot)
        await pilot.pause(0.6)
        yield app, pilot


KEYS = {
    "/": "slash", " ": "space", "?": "question_mark", "\\": "backslash", ":": "colon", ",": "comma", "'": "apostrophe",
    ";": "semicolon", ".": "full_stop",
}  # fmt: skip
"""Characters to the names Textual has for their keys."""


async def every(folder: Path, words: Sequence[str]) -> None:
    """Every state at every size in every theme."""
    async with stocked() as stock:
        for state in STATES:
            if words and not any(word in state.name for word in words):
                continue
            for size in SIZES:
                names = (f"{state.name}-{size[0]}x{size[1]}-{theme.removeprefix('warta-')}" for theme in THEMES)
                await _write(folder, names, take(stock, state, size, THEMES))
            print(state.name)


async def shown(names: Sequence[str]) -> None:
    """Those that the READMEs show, or the named ones of them."""
    states = {state.name: state for state in STATES}
    async with stocked() as stock:
        for picture in SHOWN:
            if not names or picture.name in names:
                set_language(picture.language)
                taken = take(stock, states[picture.state], picture.size, [picture.theme])
                await _write(PICTURES, [picture.name], taken)
                print(picture.name)


async def _write(folder: Path, names: Iterable[str], pictures: AsyncIterator[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 - a script
    left = iter(names)
    async for svg in pictures:
        folder.joinpath(f"{next(left)}.svg").write_text(svg, encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    """Take what is asked for."""
    parser = ArgumentParser(description="Pictures of the screen, from the demo.")
    parser.add_argument("names", nargs="*", help="which of those the READMEs show; none: all")
    parser.add_argument("--every", nargs="?", const=TOP / "build" / "pictures", type=Path, metavar="FOLDER")
    parser.add_argument("--only", nargs="+", default=[], metavar="WORD", help="with --every: states with such a name")
    parser.add_argument("--language", choices=("en", "id"), default="id", help="with --every")
    given = parser.parse_args(arguments)
    set_language(given.language)
    asyncio.run(every(given.every, given.only) if given.every else shown(given.names))


if __name__ == "__main__":
    main(sys.argv[1:])
