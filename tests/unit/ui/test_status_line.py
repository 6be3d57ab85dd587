"""The bottom line."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import RefreshProgress
from reader.ui.widgets.status_line import Hint, Status, status_content

HINTS = (Hint("⏎", "open"), Hint("/", "filter"), Hint("?", "help"))


def test_a_refresh_outweighs_a_message() -> None:
    """One thing at a time."""
    status = Status(RefreshProgress(total=20, done=12, new=84), message="Marked", idle="updated")

    assert "↻ 12/20 feeds · 84 new" in status_content(status, HINTS, 80).plain


def test_bad_news_outweigh_a_refresh() -> None:
    """What went wrong at the start must not be gone in half a second."""
    status = Status(RefreshProgress(total=20, done=12), message="feeds.toml:3: wrong", is_warning=True)

    assert "feeds.toml:3: wrong" in status_content(status, HINTS, 80).plain


def test_a_message_outweighs_how_things_stand() -> None:
    """What just happened is told while it is fresh."""
    text = status_content(Status(message="[b]Marked[/b]", idle="updated"), HINTS, 80).plain

    assert text.startswith(" [b]Marked[/b] ")
    assert text.endswith("? help ")


def test_how_things_stand_is_cut_before_the_weightiest_hints() -> None:
    """On a phone shell one needs to know the keys more than the rest of a sentence."""
    text = status_content(Status(idle="feeds.toml cannot be used: `warta check` tells why"), HINTS, 60).plain

    assert text.startswith(" feeds.toml cannot be used")
    assert text.endswith("⏎ open  / filter  ? help ")


def test_hints_leave_first_where_it_is_narrow() -> None:
    """What is said is weightier than what could be pressed."""
    assert "help" not in status_content(Status(idle="updated 5 minutes ago"), HINTS, 36).plain


@settings(max_examples=80)
@given(st.text(max_size=50), st.integers(8, 120), st.integers(0, 30), st.integers(0, 30))
def test_the_line_never_exceeds_its_width(message: str, width: int, total: int, done: int) -> None:
    """One line, one row."""
    progress = RefreshProgress(total=total, done=min(done, total), new=done) if total else None

    assert status_content(Status(progress, message=message), HINTS, width).cell_length <= width


def test_how_things_stand_makes_room_for_the_first_hints() -> None:
    """In a narrow terminal, trouble and the way to help count more than when it was last updated."""
    hints = (Hint("⏎", "buka"), Hint("/", "saring"), Hint("?", "bantuan"))
    idle = "diperbarui 5 menit lalu · 2 umpan bermasalah"

    text = status_content(Status(idle=idle), hints, 60).plain
    assert "bantuan" in text
    assert text.strip().startswith("2 umpan bermasalah")
    assert idle in status_content(Status(idle=idle), hints, 100).plain


def test_the_way_to_help_stays_beside_a_message() -> None:
    """Who is told something new may want to know what the keys do now."""
    hints = (Hint("⏎", "open"), Hint("/", "filter"), Hint("?", "help", "screen.command('help.open')"))
    text = status_content(Status(message="“Kabar Natuna” was fetched and brought 12 articles"), hints, 60).plain

    assert text.endswith(("…  ? help ", "… ? help ", "  ? help "))


def test_what_was_just_done_outweighs_the_refresh_it_began() -> None:
    """Nobody would know that it was done, and how to take it back."""
    status = Status(RefreshProgress(total=2, done=1), message="2 feeds added · u undoes it", is_kept=True)

    assert "2 feeds added" in status_content(status, HINTS, 80).plain
