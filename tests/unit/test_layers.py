"""The layers hold: who may import whom, and what a start loads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

HEAVY = (
    "httpx", "feedparser", "selectolax", "pebble", "tomlkit", "pygments.lexers", "trafilatura", "regex", "msgspec",
)  # fmt: skip


LATE = (
    "reader.cli", "reader.config.edit", "reader.core.filters", "reader.core.refresh", "reader.core.rules",
    "reader.core.whole", "reader.demo", "reader.fetch", "reader.model.articles", "reader.model.fetching",
    "reader.model.parsing", "reader.model.refreshing", "reader.parse", "reader.storage.articles",
    "reader.storage.retention", "reader.storage.revising", "reader.storage.salvage", "reader.storage.whole",
    "reader.text.markdown", "reader.ui.article.copying", "reader.ui.article.finding", "reader.ui.article.highlight",
    "reader.ui.article.hints", "reader.ui.article.tables", "reader.ui.dialogs", "reader.ui.outside",
)  # fmt: skip
"""What the first screen does not need; packages stand for all in them."""

MOST_MODULES = 137
"""Of our own at the first screen."""


def test_import_contracts_hold() -> None:
    """A layer that reaches sideways or up makes every later change harder."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("module", ["reader.core", "reader.cli.main"])
def test_starts_without_the_screen_and_the_heavy_packages(module: str) -> None:
    """`warta list` in a status bar must not pay for a screen or a network it does not use."""
    code = f"import sys, {module}; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    unwanted = [name for name in loaded if name.split(".")[0] in {"textual", "rich"} or name in HEAVY]
    assert unwanted == []


def test_the_first_paint_waits_for_no_heavy_package(tmp_path: Path) -> None:
    """Each costs 20 to 200 ms, and none is needed to show what is stored."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.first_paint", tmp_path], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = done.stdout.split()

    assert "textual.app" in loaded
    assert [name for name in loaded if name in HEAVY] == []


def test_the_first_screen_waits_for_none_of_ours_it_does_not_need(tmp_path: Path) -> None:
    """Our own modules once took as long to load as Textual does: most of that was classes nobody used yet."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.first_screen", tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    ours = [name for name in done.stdout.split() if name.split(".")[0] == "reader"]

    assert "reader.core.reader" in ours
    assert not {"argparse", "calendar", "gettext", "hashlib"}.intersection(done.stdout.split())
    assert [name for name in ours if any(name == late or name.startswith(f"{late}.") for late in LATE)] == []
    assert len(ours) <= MOST_MODULES
