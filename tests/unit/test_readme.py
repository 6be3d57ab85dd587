"""The README stays true."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_key_table_is_the_command_table() -> None:
    """A key that moved must move in the README too; `python scripts/key_table.py` writes it."""
    spec = importlib.util.spec_from_file_location("key_table", ROOT / "scripts" / "key_table.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    assert script.with_table(text) == text


def test_every_link_into_the_repository_leads_somewhere() -> None:
    """A newcomer follows them."""
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_first_line_with_pytest_is_the_whole_test_line() -> None:
    """CI runs that line."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if "pytest" in line)

    assert line.strip().startswith("python3 -m venv .venv && ")
    assert line.endswith("python -m pytest")
