"""Which language is spoken, and how it writes numbers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from reader import i18n


@pytest.fixture(autouse=True)
def _locale(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("WARTA_LANGUAGE", raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    yield
    i18n.begin_speaking("en")


@pytest.mark.parametrize(
    ("argument", "environment", "setting", "locale", "expected", "is_wished"),
    [
        ("en", "id", "id", "id_ID.UTF-8", "en", True),
        ("", "id", "en", "en_GB.UTF-8", "id", True),
        ("", "", "id", "en_GB.UTF-8", "id", True),
        ("auto", "klingon", "auto", "id_ID.UTF-8", "id", False),
        ("", "", "auto", "C", "en", False),
    ],
)
def test_first_wish_in_line_wins(
    monkeypatch: pytest.MonkeyPatch,
    argument: str,
    environment: str,
    setting: str,
    locale: str,
    expected: str,
    is_wished: bool,
) -> None:
    """Argument, environment, feeds.toml, locale; only the locale may be overruled by what was chosen on the screen."""
    monkeypatch.setenv("WARTA_LANGUAGE", environment)
    monkeypatch.setenv("LC_ALL", locale)
    i18n.begin_speaking(argument, setting)

    assert i18n.current_language() == expected
    assert i18n.is_language_wished() is is_wished


def test_numbers_in_both_languages() -> None:
    """1.203 is a thousand and some in one language, one and some in the other."""
    i18n.set_language("id")
    assert (i18n.number(1203), i18n.decimal(0.4)) == ("1.203", "0,4")
    i18n.set_language("en")
    assert (i18n.number(1203), i18n.decimal(0.4)) == ("1,203", "0.4")
