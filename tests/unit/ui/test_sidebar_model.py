"""The sidebar's lines."""

from __future__ import annotations

from reader.model import Failure, FeedState, FilterConfig, Source, SourceCounts
from reader.ui.health_note import health_note
from reader.ui.widgets.sidebar_model import SidebarLine, build_lines, next_unread, source_label
from tests.unit.ui.making import HOSTILE, NOW, feed

COUNTS = SourceCounts(total=1203, unread=214, today=38, starred=9, filters={"Natuna": 14})
FEEDS = (
    feed(1, "RRI", "Nasional", 41),
    feed(2, "Antara Kepri", "Nasional/Daerah", 22),
    feed(3, "Tempo", "Nasional", state=FeedState(health="failing", failure=Failure("timeout"))),
    feed(4, "Catatan"),
)


def shown(lines: tuple[SidebarLine, ...]) -> list[tuple[int, str, int]]:
    return [(line.depth, line.label, line.count) for line in lines]


def test_places_come_first_then_folders_and_feeds() -> None:
    """Where the eye looks for them."""
    lines = build_lines(FEEDS, COUNTS, (), has_gaps=False)

    assert shown(lines) == [
        (0, "All", 1203),
        (0, "Unread", 214),
        (0, "Today", 38),
        (0, "Starred", 9),
        (0, "Nasional", 63),
        (1, "Daerah", 22),
        (2, "Antara Kepri", 22),
        (1, "RRI", 41),
        (1, "Tempo", 0),
        (0, "Catatan", 0),
    ]


def test_a_folded_folder_hides_what_it_holds_and_keeps_its_count() -> None:
    """Folding is for looking away, not for losing."""
    lines = build_lines(FEEDS, COUNTS, (), folded={"folder:Nasional"}, has_gaps=False)

    assert shown(lines)[4:] == [(0, "Nasional", 63), (0, "Catatan", 0)]


def test_filters_stand_between_and_say_when_they_mute() -> None:
    """A mute rule has no count: it hides."""
    filters = (FilterConfig("Natuna", "natuna"), FilterConfig("Bola", "bola", action="mute"))

    lines = build_lines((), COUNTS, filters)

    assert [(line.label, line.count, line.note) for line in lines if line.kind == "filter"] == [
        ("Natuna", 14, ""),
        ("Bola", 0, "muted"),
    ]
    assert [line.kind for line in lines][4:6] == ["gap", "heading"]


def test_a_failing_feed_says_why() -> None:
    """A mark alone makes people look elsewhere for the reason."""
    (line,) = build_lines(FEEDS[2:3], COUNTS, (), note_of=lambda f: health_note(f, f.state.health, NOW), folded=())[-1:]

    assert (line.note, line.is_failing) == ("timed out", True)


def test_keys_stay_while_counts_change() -> None:
    """They carry the cursor."""
    again = build_lines(FEEDS, SourceCounts(total=1), ())

    assert [line.key for line in build_lines(FEEDS, COUNTS, ())] == [line.key for line in again]


def test_next_unread_passes_over_what_is_read() -> None:
    """From place to place with something new."""
    lines = build_lines(FEEDS, COUNTS, (), has_gaps=False)

    first = next_unread(lines, 0, 1)
    assert first is not None
    assert lines[first].label == "Antara Kepri"
    assert next_unread(lines, len(lines) - 1, 1) is None


def test_names_from_outside_are_made_harmless() -> None:
    """A feed's title is untrusted."""
    for title in HOSTILE:
        lines = build_lines((feed(1, title or "x"),), COUNTS, ())
        assert all(ord(c) >= 32 for line in lines for c in line.label)
    assert source_label(Source("feed", 1), (feed(1, "a\x1bb"),)) == "ab"
