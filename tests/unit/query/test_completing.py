"""Tab in the filter bar."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.query import complete, parse, place_begun
from reader.query.tree import Check
from tests.unit.query.conftest import NAMES, NOW, ZONE


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
        ("tod", ("today",)),
        ("date:last", ("date:last-week", "date:last-month", "date:last-year")),
        ("tanggal:minggu", ("tanggal:minggu-ini", "tanggal:minggu-lalu")),
        ("after:bulan-i", ("after:bulan-ini",)),
        ("-ke", ("kemarin",)),
        ("place:tan", ("place:\"Tanjung Pinang\"",)),
        ("tempat:\"Tanjung P", ("tempat:\"Tanjung Pinang\"",)),
        ("place:pin", ("place:\"Tanjung Pinang\"",)),
        ("place:zzz", ()),
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


@pytest.mark.parametrize(
    ("option", "told"), [("newer:", "3d"), ("after:", "2026-11-01"), ("today", "today"), ("kemarin", "yesterday")]
)
def test_each_field_and_day_is_explained(option: str, told: str) -> None:
    """That dates can be asked for, and how, is told where one looks what there is."""
    found = complete("", 0, NAMES)

    assert told in dict(zip(found.options, found.notes, strict=True))[option]
    assert all(found.notes)


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ("place:", ""),
        ("natuna -tempat:tan", "tan"),
        ('dateline:"Tanjung Pi', "Tanjung Pi"),
        ("place:a b", None),
        ("feed:a", None),
        ("#place", None),
        ("", None),
    ],
)
def test_a_place_is_asked_for_only_where_one_is_typed(text: str, begun: str | None) -> None:
    """The store is asked for places then, and else not."""
    assert place_begun(text, len(text)) == begun


@pytest.mark.parametrize("name", ['Kabar "Pagi"', "“Pagi” Natuna", '"Pagi"', "~Pagi", "Pagi (Kepri)", "Pagi«Sore"])
def test_a_name_with_quotes_is_completed_to_itself(name: str) -> None:
    """A feed is called as its publisher likes; what Tab puts there must find it."""
    (option,) = complete("place:", 6, replace(NAMES, places=(name,))).options

    query = parse(option, now=NOW, zone=ZONE, names=NAMES)

    assert query.problem == ""
    assert isinstance(query.tree, Check)
    assert query.tree.written == name
