"""Regular expressions: what the index may be asked for first, and what is refused."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.query import patterns
from reader.query.literals import needed_words
from reader.query.tree import Regex
from reader.text.fold import words


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"\bmiliar\b", [["miliar"]]),
        (r"kota batam raya", [["batam"], ["raya*"]]),
        (r"rp ?\d+ (miliar|triliun)", [["miliar*", "triliun*"]]),
        (r"rp ?\d+ (?:miliar|triliun)\b", [["miliar", "triliun"]]),
        (r"\bBupati\b.*\bNatuna\b", [["bupati"], ["natuna"]]),
        (r"\bsatu\b|\bdua\b", []),
        (r"(\bsatu\b)?x", []),
        (r"\b(satu|dua)? tiga", [["tiga*"]]),
        (r"\bkata? x", [["kat*"], ["x*"]]),
        (r"\bk?ata ", []),
        (r"(?i)\bkata\b", []),
        (r"\bkata(?= lain)", []),
        (r" \N{LATIN SMALL LETTER A} ", []),
        (r"[ab] kata [cd] ", [["kata"]]),
        (r"\bkata\b?", [["kata*"]]),
        (r"\bkata{2} ", [["kat*"]]),
        (r"\bkata{e<=1} ", [["kat*"]]),
        (r"\b(a(b|c)) d", [["d*"]]),
        (r"kata", []),
        (r"\bcaf\u00e9 ", [["caf*"]]),
        ("", []),
    ],
)
def test_only_words_that_every_match_has_are_needed(pattern: str, needed: list[list[str]]) -> None:
    """A word asked for wrongly would hide what the pattern finds."""
    found = [[word + "*" * goes_on for word, goes_on in words] for words in needed_words(pattern)]

    assert found == needed


PIECES = [
    "kata",
    "lain",
    " ",
    "-",
    r"\b",
    "(satu|dua)",
    "(?:a|b)",
    "x?",
    r"\w+",
    ".*",
    "[ab]",
    "(c d)",
    "{2}",
    r"\d",
    "|",
    "é",
]
TEXTS = st.lists(st.sampled_from(["kata", "lain", "satu", "dua", "a", "b", "x", "c d", "7", "aa", "katalain", "é"]))


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, "|", "é"]), max_size=7).map("".join), TEXTS.map(" ".join))
def test_what_a_pattern_finds_has_what_it_needs(pattern: str, text: str) -> None:
    if patterns.problem(pattern, "i") or not patterns.compiled(Regex(pattern, "i")).found_in(text):
        return
    there = words(text)

    for needed in needed_words(pattern):
        assert any(word in there or (goes_on and any(w.startswith(word) for w in there)) for word, goes_on in needed)


@pytest.mark.parametrize("pattern", ["(", "[", "*", "a{2,1}", "(?P<x", "x" * 501, "\\", "(?<=a+", "(" * 250])
def test_what_is_no_pattern_is_told_and_not_raised(pattern: str) -> None:
    assert patterns.problem(pattern, "")


def _searches_until_off(seconds: float, text: str = "natuna") -> int:
    """How many searches of so many seconds each a pattern may make; 100: it is not switched off."""
    clock = itertools.count(step=seconds)
    pattern = patterns.Pattern(Regex("natuna"), clock=lambda: float(next(clock)))
    for search in range(100):
        if pattern.is_off:
            return search
        assert pattern.found_in(text)
    return 100


def test_a_pattern_that_is_slow_again_and_again_is_switched_off() -> None:
    """Under the deadline each time, it would still hold a refresh of a thousand articles for minutes."""
    slow = patterns.SLOW_SECONDS * 2

    assert _searches_until_off(slow) in {25, 26}  # together they take a second
    assert _searches_until_off(patterns.SLOW_SECONDS / 2) == 100
    assert _searches_until_off(slow, "natuna" + " " * patterns.LONG_TEXT) == 100


def test_a_search_that_got_no_time_to_search_is_no_slow_one() -> None:
    """The deadline is one of the wall clock: on a busy machine, a good rule would be off till the end."""
    hopeless, text = Regex("(x+x+)+y"), "x" * 5_000
    starved = patterns.Pattern(hopeless, clock=lambda: 0.0)
    slow = patterns.Pattern(hopeless, clock=itertools.count(step=patterns.DEADLINE_SECONDS).__next__)

    for pattern in (starved, slow):
        with pytest.raises(patterns.PatternTooSlowError):
            pattern.found_in(text)

    assert not starved.is_off
    assert starved.found_in("xxy")
    assert slow.is_off


def test_a_search_that_got_little_time_is_slow_in_the_end() -> None:
    """Each attempt holds everything else for a tenth of a second."""
    little = patterns.Pattern(Regex("(x+x+)+y"), clock=itertools.count(step=patterns.DEADLINE_SECONDS / 2.5).__next__)
    searches = 0
    while not little.is_off:
        with pytest.raises(patterns.PatternTooSlowError):
            little.found_in("x" * 5_000)
        searches += 1

    assert 1 < searches < 10
