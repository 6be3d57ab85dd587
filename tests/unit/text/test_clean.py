"""What is cleaned can be painted."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.text.clean import _HARMFUL, clean, clean_line, clip

# Format characters that shape what is read: joiners, and marks that are drawn.
KEPT_FORMAT = {"\u200c", "\u200d", "\u06dd", "\u070f", "\u08e2", *map(chr, range(0x0600, 0x0606)), "\u0890", "\u0891"}

ODD = "a é\u0301\u0323\u0653\u0627\u0300\x1b\x07\x9b\x9d\x90\x7f\x00\r\n\t\x0b\x85\u2028\u202e\u2066\ufeff\xad"
hostile = st.text(st.sampled_from(ODD + "\U000e0041\ud800👩\u200d👧\ufe0f漢"))
anything = st.text() | hostile


@given(anything)
@settings(max_examples=300, deadline=None)
@example("\u0627" + "\u0323" * 4 + "\u0300\u0653")
def test_clean_text_holds_nothing_a_terminal_obeys(text: str) -> None:
    """One escape sequence in a title would set the clipboard or the window's title."""
    cleaned = clean(text)

    for character in cleaned:
        category = unicodedata.category(character)
        assert category not in {"Cc", "Cs", "Zl", "Zp"} or character in "\n\t"
        if category == "Cf" and character < "\U00010000":
            assert character in KEPT_FORMAT
    assert "\ufff9" not in cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode()


@given(anything)
@settings(max_examples=300, deadline=None)
@example("\u0627" + "\u0323" * 4 + "\u0300\u0653")
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """It runs before storing and again before painting."""
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_line(clean_line(text, 10), 10) == clean_line(text, 10)


@given(anything)
@settings(max_examples=200, deadline=None)
def test_a_line_is_one_line_within_its_bound(text: str) -> None:
    """A title with a newline would break every row below it."""
    line = clean_line(text, 20)

    assert "\n" not in line
    assert "\t" not in line
    assert line == line.strip()
    assert len(line) <= 20


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a\x1b[31mb", "a[31mb"),
        ("a\x1b]52;c;AA==\x07b", "a]52;c;AA==b"),
        ("a\x9d0;x\x9cb", "a0;xb"),
        ("kiri\u202ekanan", "kirikanan"),
        ("e\u0301", "é"),
        ("a\r\nb\rc\x85d\u2028e", "a\nb\nc\nd\ne"),
        ("👩\u200d👧 ❤\ufe0f", "👩\u200d👧 ❤\ufe0f"),
        ("z" + "\u0335" * 40, "z" + "\u0335" * 4),
        ("Jumat\xa0ini", "Jumat\xa0ini"),
        ("tab\tdan\nbaris", "tab\tdan\nbaris"),
        ("", ""),
    ],
)
def test_known_cases(raw: str, expected: str) -> None:
    """What the words say stays; what a terminal would do goes."""
    assert expected == clean(raw)


def test_clipping_says_so() -> None:
    """A cut without a mark reads as the whole."""
    assert clip("abcdef", 4) == "abc…"
    assert clip("abc   f", 5) == "abc…"
    assert clip("abcd", 4) == "abcd"


def test_nothing_harmful_counts_as_printable() -> None:
    """Printable text is not looked at more closely."""
    every = "".join(map(chr, range(0x110000)))

    assert [character for character in _HARMFUL.findall(every) if character.isprintable()] == []
