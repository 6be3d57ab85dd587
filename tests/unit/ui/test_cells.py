"""Widths of text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.ui.cells import clip_cells, even, fit, simple, wrap
from tests.unit.ui.making import HOSTILE

WILD = st.one_of(
    st.text(max_size=60),
    st.sampled_from(HOSTILE),
    st.text(alphabet="ab 日本👩\u200d🇮🇩é\u0301\ufe0fकष\u0644", max_size=60),
)


@settings(max_examples=150)
@given(WILD, st.integers(0, 40))
def test_clipped_text_never_exceeds_its_cells(text: str, width: int) -> None:
    """One cell too many pushes the pane beside it."""
    line = simple(text)

    assert cell_len(clip_cells(line, width)) <= width
    assert cell_len(fit(line, width)) == width


@settings(max_examples=150)
@given(WILD, st.integers(1, 40), st.integers(1, 3))
def test_wrapped_lines_fit_and_keep_their_places(text: str, width: int, lines: int) -> None:
    """Hits are marked by places in the title, so a line must know where it was cut from."""
    title = simple(text)

    cut = wrap(title, width, lines)

    assert len(cut) <= lines
    for line, start in cut:
        assert cell_len(line) <= max(width, 2)
        stem = line.removesuffix("…")
        assert title[start : start + len(stem)].strip() == stem.strip() or cell_len(title[start:]) > width


def test_breaks_at_spaces() -> None:
    """A word cut in two is read twice."""
    assert [line for line, _start in wrap("Kepesertaan BPJS di Natuna capai separuh pekerja", 21, 2)] == [
        "Kepesertaan BPJS di",
        "Natuna capai separuh…",
    ]


@pytest.mark.parametrize(("text", "expected"), [("👩‍👩‍👧 x", "👩👩👧 x"), ("🇮🇩", "ID"), ("❤️", "❤"), ("👍🏽", "👍")])
def test_clusters_that_terminals_measure_differently_fall_apart(text: str, expected: str) -> None:
    """Older terminals draw joined emoji wider than Python measures them: ragged rows."""
    assert expected == simple(text)


def test_parts_that_do_not_fit_are_left_out_whole() -> None:
    """Half a place's name is worse than none."""
    assert even(["RRI", "12 min", "Natuna"], 14) == "RRI · 12 min"
