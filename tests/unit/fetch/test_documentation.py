"""docs/politeness.md names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_every_test_the_table_names_is_there() -> None:
    """A promise whose proof was renamed is only a promise."""
    missing = []
    for row in (ROOT / "docs" / "politeness.md").read_text(encoding="utf-8").splitlines():
        cell = row.rstrip("| ").rpartition(" | ")[2]
        sources = [_source(module) for module in re.findall(r"`((?:tests/pipeline/)?test_\w+)`", cell)]
        names = re.findall(r"(?<![`/\w])((?:[a-z0-9]+_){2,}[a-z0-9]+|Test[A-Z]\w+)", cell)
        missing += [name for name in names if sources and not any(name in source for source in sources)]

    assert missing == []


def _source(module: str) -> str:
    folder = ROOT if module.startswith("tests/") else Path(__file__).parent
    return (folder / f"{module}.py").read_text(encoding="utf-8")
