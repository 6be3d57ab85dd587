"""feeds.toml saved in an editor while the app runs: its settings and keys are obeyed at once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest

from reader.i18n import begin_speaking, set_language
from reader.model import Config, Settings
from tests.screen.driving import Driver, running, some_reader, some_rows


class Save(Protocol):
    """Saves the file."""

    def __call__(self, settings: Settings, keys: dict[str, str] | None = None) -> None: ...


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("WARTA_LANGUAGE", raising=False)
    monkeypatch.delenv("SSH_TTY", raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    begin_speaking()
    yield
    set_language("en")


@asynccontextmanager
async def edited(folder: Path) -> AsyncIterator[tuple[Driver, Save]]:
    """The app on a file, and what saves it with other settings or keys."""
    path = folder / "feeds.toml"
    path.write_text("0")
    reader = some_reader(some_rows())
    reader.config = replace(reader.config, path=path)
    told: list[Config] = [reader.config]
    async with running(reader, load_config=lambda: told[-1]) as driver:

        def save(settings: Settings, keys: dict[str, str] | None = None) -> None:
            config = replace(reader.config, settings=settings, keys=keys or {})
            told.append(config)
            path.write_text("0" * len(told))
            driver.screen.watching.look()

        yield driver, save


async def test_keys_change_and_the_old_ones_are_free(tmp_path: Path) -> None:
    """Trying keys out must not take a restart each."""
    async with edited(tmp_path) as (driver, save):
        save(Settings(), {"article.toggle_star": "f5", "palette.open": "ctrl+p"})
        await driver.shows("feeds.toml reloaded")
        await driver.press("s")
        await driver.press("f5")
        await driver.shows("★")
        assert driver.screen.keymap.keys("article.toggle_star") == ("f5",)
        assert "s" not in driver.screen._bindings.key_to_bindings


async def test_a_clash_is_told(tmp_path: Path) -> None:
    """A key that quietly means something else looks like a broken program."""
    async with edited(tmp_path) as (driver, save):
        save(Settings(), {"article.toggle_star": "u"})
        await driver.shows("u is now “Star”, no longer “Undo”.")


async def test_a_preset_is_taken_over(tmp_path: Path) -> None:
    """Fingers from elsewhere."""
    async with edited(tmp_path) as (driver, save):
        save(Settings(keys="newsboat"))
        await driver.until(lambda: driver.screen.keymap.keys("article.toggle_read") == ("N",))
        await driver.press("N")
        await driver.shows("1 article marked read")


async def test_rows_theme_and_language_change(tmp_path: Path) -> None:
    """All that [settings] says of looks."""
    async with edited(tmp_path) as (driver, save):
        before = driver.screen.list.page
        save(Settings(rows="compact", theme="warta-light", language="id", animation="off"))
        await driver.until(lambda: driver.screen.list.page > 2 * before)
        assert driver.app.theme == "warta-light"
        assert driver.app.animation_level == "none"
        await driver.shows("Belum dibaca")

        save(Settings(theme="warta-drak", language="en"))
        await driver.shows("No theme “warta-drak”")
        assert driver.screen.list.page == before
