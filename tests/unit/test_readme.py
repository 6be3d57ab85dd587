"""The README stays true."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from reader.i18n import Language, current_language, set_language

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("name", "language"), [("README.md", "en"), ("README.id.md", "id")])
def test_the_key_table_is_the_command_table(name: str, language: Language) -> None:
    """A key that moved must move in the README too; `python scripts/key_table.py` writes it."""
    spec = importlib.util.spec_from_file_location("key_table", ROOT / "scripts" / "key_table.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    text = (ROOT / name).read_text(encoding="utf-8")
    before = current_language()
    try:
        assert script.with_table(text, language) == text
    finally:
        set_language(before)


def test_both_languages_tell_the_same() -> None:
    """What is added to one README is missing in the other: commands, headings, links and rows are counted."""
    pages = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.id.md")]
    for mark in ("\n## ", "\n    ", "\n| ", "](http", "](docs/", "```", "![", "<details>"):
        assert pages[0].count(mark) == pages[1].count(mark), mark


@pytest.mark.parametrize("pattern", [r"^    (?:[^#\n]*[^#\s])", r"^```toml\n.*?^```", r"\[docs/[^\]]*\]"])
def test_both_languages_give_the_same_commands_and_examples(pattern: str) -> None:
    """They are typed as they stand; only what is said of them is translated."""
    pages = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.id.md")]
    found = [re.findall(pattern, page, re.MULTILINE | re.DOTALL) for page in pages]

    assert found[0] == found[1]
    assert found[0]


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
    assert line.endswith("python -m pytest -n auto")
