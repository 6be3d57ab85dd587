"""Tab in the filter bar."""

from __future__ import annotations

import pytest

from reader.query import complete
from tests.unit.query.conftest import NAMES


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("ti", ("title:",)),
        ("natuna is:un", ("is:unread",)),
        ("feed:r", ("feed:\"RRI Ranai\"",)),
        ("feed:\"RRI R", ("feed:\"RRI Ranai\"",)),
        ("folder:nat", ("folder:Nasional", "folder:Kepri/Natuna")[1:]),
        ("#pen", ("#penting",)),
        ("#baca", ('#"baca nanti"',)),
        ("-(#ind", ("#indonesia",)),
        ("search:bo", ("search:Bola",)),
        ("sort:", ("sort:new", "sort:old", "sort:rank")),
        ("-has:v", ("has:video",)),
        ("zzz", ()),
    ],
)  # fmt: skip
def test_what_is_typed_is_completed(text: str, options: tuple[str, ...]) -> None:
    assert complete(text, len(text), NAMES).options == options


def test_only_the_word_under_the_cursor_is_replaced() -> None:
    done = complete("natuna is:un bola", 12, NAMES)

    assert "natuna is:un bola"[done.start : done.end] == "is:un"


def test_where_nothing_is_typed_the_fields_are_offered() -> None:
    """Who does not know what there is presses Tab first."""
    for text in ("", "natuna "):
        found = complete(text, len(text), NAMES)
        assert {"title:", "feed:", "is:", "search:"} <= set(found.options)
        assert (found.start, found.end) == (len(text), len(text))
