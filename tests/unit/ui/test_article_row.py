"""How an article looks in the list."""

from __future__ import annotations

from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment

from reader.model import ArticleRow
from reader.ui.widgets.article_row import Ground, Hits, RowLook, paint, row_lines
from tests.unit.ui.making import HOSTILE, NOW, STYLES, row


def lines(article: ArticleRow, width: int = 44, rows: int = 2, ground: Ground = "plain") -> list[str]:
    painted = paint(article, RowLook(width, rows, ground), STYLES, now=NOW, zone=UTC)
    return ["".join(segment.text for segment in line).rstrip() for line in painted]


def test_unread_is_told_by_a_dot() -> None:
    """Meaning never by colour alone."""
    assert lines(row()) == [" ● Kapal perintis berlayar lagi", "   RRI · 10 min"]


def test_starred_and_read_are_told_apart() -> None:
    """A star stands under the dot, so that titles stay in one column."""
    assert lines(row(is_read=True, is_starred=True)) == ["   Kapal perintis berlayar lagi", " ★ RRI · 10 min"]


def test_cursor_is_told_by_a_bar_on_every_line() -> None:
    """Without colours the cursor must still be seen."""
    assert lines(row(), ground="cursor") == ["▌● Kapal perintis berlayar lagi", "▌  RRI · 10 min"]


def test_long_titles_take_a_second_line() -> None:
    """Three-line rows show titles whole."""
    title = "Kepesertaan BPJS di Natuna capai separuh pekerja"

    assert lines(row(title=title, place="Ranai"), width=27, rows=3) == [
        " ● Kepesertaan BPJS di",
        "   Natuna capai separuh…",
        "   RRI · 10 min · Ranai",
    ]


def test_short_titles_leave_the_third_line_empty() -> None:
    """Rows are of one height, whatever they hold."""
    assert lines(row(title="Kapal"), rows=3) == [" ● Kapal", "   RRI · 10 min", ""]


def test_compact_rows_have_one_line_with_the_age_at_the_right() -> None:
    """As many rows as lines."""
    (line,) = lines(row(is_starred=True), width=44, rows=1)

    assert line.startswith(" ●★ Kapal perintis")
    assert line.endswith(" 10 min")


def test_compact_titles_take_the_room_there_is() -> None:
    """Names of sources stand in a column only where the title does not need its blanks."""
    title = "Kepesertaan BPJS di Natuna capai separuh pekerja"

    (line,) = lines(row(title=title), width=66, rows=1)
    assert title in line
    assert line.endswith(" RRI 10 min")

    (short,) = lines(row(), width=66, rows=1)
    assert short.index("RRI") == 66 - 16 - 1 - 8 - 1


def test_meta_tells_tags_place_and_other_sources() -> None:
    """What helps to choose without opening."""
    article = row(tags=("laut",), place="Natuna", other_feeds=("Antara", "BMKG"))

    assert lines(article, width=60)[1] == "   RRI · 10 min · #laut · Natuna · +2 sources"


def test_hits_are_underlined() -> None:
    """Where the filter matched is seen without colours too."""
    painted = paint(row(), RowLook(44, 2), STYLES, now=NOW, zone=UTC, hits=lambda _text: [(6, 14)])

    assert [s.text for line in painted for s in line if s.style and s.style.underline] == ["perintis"]


@settings(max_examples=120)
@given(
    st.one_of(st.text(max_size=80), st.sampled_from(HOSTILE)),
    st.integers(8, 80),
    st.integers(1, 3),
    st.booleans(),
    st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=3),
)
def test_every_line_fills_its_cells_exactly(
    title: str, width: int, rows: int, starred: bool, found: list[tuple[int, int]]
) -> None:
    """Wide, combining, joined and right-to-left text never breaks a column."""
    hits: Hits = lambda text: sorted((a, b) for a, b in found if a < b <= len(text))  # noqa: E731
    article = row(title=title, feed=title, place=title, tags=(title,), is_starred=starred, highlight="warning")

    painted = paint(article, RowLook(width, rows), STYLES, now=NOW, zone=UTC, hits=hits)

    assert rows == len(painted)
    for line in painted:
        assert width == sum(cell_len(segment.text) for segment in line)
        assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for segment in line for c in segment.text)


def test_neighbours_of_one_style_are_one_segment() -> None:
    """Each segment costs about forty bytes to the terminal."""
    painted = paint(row(is_read=True), RowLook(44, 2), STYLES, now=NOW, zone=UTC)

    assert [len(line) for line in painted] == [1, 1]
    assert isinstance(painted[0][0], Segment)


@pytest.mark.parametrize(
    ("mode", "width", "height", "expected"),
    [("compact", 60, 40, 1), ("comfortable", 60, 17, 2), ("comfortable", 44, 40, 3), ("comfortable", 100, 40, 2)],
)
def test_row_height_depends_on_the_list_alone(mode: str, width: int, height: int, expected: int) -> None:
    """One height for all rows keeps a million rows as cheap as a thousand."""
    assert expected == row_lines("compact" if mode == "compact" else "comfortable", width, height)
