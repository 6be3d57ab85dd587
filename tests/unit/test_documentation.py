"""The pages that promise something name tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = {"politeness.md": "tests/unit/fetch", "reliability.md": ""}
"""The page, and the folder of modules that it names without one."""


@pytest.mark.parametrize("page", PAGES)
def test_every_test_the_page_names_is_there(page: str) -> None:
    """A promise whose proof was renamed is only a promise."""
    missing, named = [], 0
    for row in (ROOT / "docs" / page).read_text(encoding="utf-8").splitlines():
        cell = row.rstrip("| ").rpartition(" | ")[2]
        modules = re.findall(r"`((?:tests/[a-z/_]+/)?test_\w+)`", cell)
        source = "".join(_source(module, PAGES[page]) for module in modules)
        names = re.findall(r"(?<![`/\w])((?:[a-z0-9]+_){2,}[a-z0-9]+|Test[A-Z]\w+)", cell)
        missing += [name for name in names if modules and name not in source]
        named += len(names) if modules else 0

    assert missing == []
    assert named > 40


def _source(module: str, folder: str) -> str:
    path = Path(module) if module.startswith("tests/") else Path(folder) / module
    return (ROOT / path).with_suffix(".py").read_text(encoding="utf-8")
