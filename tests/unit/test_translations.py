"""Warta speaks Indonesian without a gap."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "translations.py"
HOW_TO_MEND = (
    "run `.venv/bin/python scripts/translations.py update`, fill in the empty msgstr of "
    "reader/locales/id/LC_MESSAGES/warta.po, run it again, and commit the .po and the .mo"
)


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_no_string_is_missing_unused_or_stale() -> None:
    """A half-translated screen looks broken: every string has its Indonesian, with the same placeholders."""
    problems = _script().problems()
    assert problems == [], "\n".join([HOW_TO_MEND, *problems])
