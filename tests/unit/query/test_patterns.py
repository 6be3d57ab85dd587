"""Regular expressions: what the index may be asked for first, and what is refused."""

from __future__ import annotations

import pytest

from reader.query import patterns
from reader.query.tree import Regex


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"\bmiliar\b", ("miliar",)),
        (r"kota batam raya", ("batam",)),
        (r"rp ?\d+ (miliar|triliun)", ()),
        (r"\bBupati\b.*\bNatuna\b", ("bupati", "natuna")),
        (r"\bsatu\b|\bdua\b", ()),
        (r"(\bsatu\b)?x", ()),
        (r"\bkata? x", ()),
        (r"(?i)\bkata\b", ()),
        (r" \N{LATIN SMALL LETTER A} ", ()),
        (r"[ab] kata [cd] ", ("kata",)),
        (r"\bkata\b?", ()),
        (r"\bkata{2} ", ()),
    ],
)
def test_only_words_that_every_match_has_are_needed(pattern: str, needed: tuple[str, ...]) -> None:
    """A word asked for wrongly would hide what the pattern finds."""
    assert patterns.needed_words(Regex(pattern)) == needed


@pytest.mark.parametrize("pattern", ["(", "[", "*", "a{2,1}", "(?P<x", "x" * 501, "\\", "(?<=a+", "(" * 250])
def test_what_is_no_pattern_is_told_and_not_raised(pattern: str) -> None:
    assert patterns.problem(pattern, "")
