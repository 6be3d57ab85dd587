"""What is written to the terminal for what changed."""

from __future__ import annotations

import pyte
import pytest
from rich.color import Color, ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.ui.drawing import Shown
from reader.ui.pen import Pen, differing

RED, BLUE = Style(color="red", bgcolor="black"), Style(color="blue", bgcolor="black")
BOLD = Style(color="red", bgcolor="black", bold=True)
TRUE = ColorSystem.TRUECOLOR


def drawn(*pieces: tuple[int, list[Segment]]) -> tuple[str, pyte.Screen]:
    """What is written for pieces of the first line, and the screen it makes."""
    pen = Pen(TRUE)
    for x, segments in pieces:
        pen.draw(x, 0, segments)
    written = pen.written()
    screen = pyte.Screen(20, 2)
    pyte.Stream(screen).feed(written)
    return written, screen


def test_a_style_is_named_once() -> None:
    """Colours take more bytes than the words they colour."""
    written, screen = drawn((0, [Segment("one", RED)]), (5, [Segment("two", RED)]))

    assert screen.display[0].rstrip() == "one  two"
    assert written.count("\x1b[31;40m") == 1
    assert screen.buffer[0][0].fg == screen.buffer[0][6].fg == "red"


def test_only_the_colour_that_differs_is_named() -> None:
    """The ground mostly stays."""
    written, screen = drawn((0, [Segment("one", RED), Segment("two", BLUE)]))

    assert "\x1b[34m" in written
    assert (screen.buffer[0][3].fg, screen.buffer[0][3].bg) == ("blue", "black")


def test_attributes_end_with_their_text() -> None:
    """Nothing after a bold word is bold, nor what others write after us."""
    _written, screen = drawn((0, [Segment("one", BOLD), Segment("two", RED), Segment("three")]))

    assert [screen.buffer[0][x].bold for x in (0, 3, 6)] == [True, False, False]
    assert [screen.buffer[0][x].fg for x in (0, 3, 6)] == ["red", "red", "default"]
    assert not screen.cursor.attrs.bold
    assert drawn((0, [Segment("one", BOLD)]))[0].endswith("\x1b[0m")


def test_a_colour_of_the_terminals_own_is_named() -> None:
    """`default` is a colour like any other: it ends the one before."""
    plain = Style(color=Color.default(), bgcolor="black")

    _written, screen = drawn((0, [Segment("one", RED), Segment("two", plain)]))

    assert (screen.buffer[0][3].fg, screen.buffer[0][3].bg) == ("default", "black")


def test_what_stands_there_is_not_written() -> None:
    """Of a line only the part that differs."""
    before = [Segment("▌ ", BLUE), Segment("Natuna", RED), Segment("      ", BLUE)]
    after = [Segment("▌ ", BLUE), Segment("Ranai ", RED), Segment("      ", BLUE)]

    assert differing(before, after, TRUE) == (2, [Segment("Ranai ", RED)])


def test_looks_count_not_what_a_click_does() -> None:
    """A scrollbar's cells above and below its thumb differ by that alone."""
    up, down = (RED + Style.from_meta({"@mouse.down": way}) for way in ("scroll_up", "scroll_down"))

    assert differing([Segment(" ", up)], [Segment(" ", down)], TRUE) is None
    assert differing([Segment(" ", up)], [Segment(" ", BLUE)], TRUE) == (0, [Segment(" ", BLUE)])


def test_blanks_and_beginnings_that_stand_there_are_not_written() -> None:
    """Half of a list is the blank behind its titles."""
    before, after = [Segment("   Natuna hari ini     ", RED)], [Segment("   Ranai               ", RED)]

    assert differing(before, after, TRUE) == (3, [Segment("Ranai          ", RED)])
    assert differing(after, before, TRUE) == (3, [Segment("Natuna hari ini", RED)])
    assert differing([Segment("a b", RED)], [Segment("a ", RED), Segment("b", RED)], TRUE) == (
        2,
        [Segment("", RED), Segment("b", RED)],
    )


@pytest.mark.parametrize("wide", ["日本", "🏠", "e\u0301"])
def test_behind_characters_of_unsure_width_all_is_written(wide: str) -> None:
    """Terminals disagree about them, so where a piece goes on is only sure from its beginning."""
    before = [Segment(wide, RED), Segment("one", BLUE)]
    after = [Segment(wide, RED), Segment("two", BLUE)]

    assert differing(before, after, TRUE) == (0, after)


def test_lines_cut_elsewhere_are_not_known() -> None:
    """A pane that opened covers what stood there."""
    shown, strip = Shown(), Strip([Segment("one")])
    shown.fit([[0, 3]])
    assert shown.take(0, 0, strip) is None
    assert shown.take(0, 0, strip) is strip

    shown.fit([[0, 2, 3]])
    assert shown.take(0, 0, strip) is None

    shown.forget()
    shown.fit([[0, 2, 3]])
    assert shown.take(0, 0, strip) is None
