"""Pastes between keys, in whatever pieces a terminal's bytes arrive."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser

from reader.ui.pasting import PASTE_CHARACTERS, BoundedParser

START, END = "\x1b[200~", "\x1b[201~"


def read(parser: XTermParser, pieces: Iterable[str]) -> list[str]:
    """Keys and pastes that come out of the pieces."""
    out = []
    for piece in pieces:
        for message in parser.feed(piece):
            if isinstance(message, events.Paste):
                out.append(f"<{message.text}>")
            elif isinstance(message, events.Key):
                out.append(message.key)
    return out


def cut(text: str, sizes: list[int]) -> list[str]:
    """A text in pieces of these sizes, over and over."""
    pieces, at, number = [], 0, 0
    while at < len(text):
        size = sizes[number % len(sizes)]
        pieces.append(text[at : at + size])
        at, number = at + size, number + 1
    return pieces


WORDS = st.text("ab[~201m\u00e9\n", max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(WORDS, st.booleans()), max_size=5), st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_ordinary_input_is_read_as_textual_reads_it(parts: list[tuple[str, bool]], sizes: list[int]) -> None:
    """However reads divide it, also in the middle of a mark."""
    sent = "".join(f"{START}{text}{END}" if is_pasted and text else text for text, is_pasted in parts)

    assert read(BoundedParser(), cut(sent, sizes)) == read(XTermParser(), [sent] if sent else [])


def test_ten_megabytes_are_passed_over_at_once() -> None:
    """They held every key for 40 seconds."""
    sent = f"a{START}{'berita ' * 1_500_000}{END}b"

    out = read(BoundedParser(), cut(sent, [65_536]))

    assert [out[0], out[-1], len(out)] == ["a", "b", 3]
    assert len(out[1]) == PASTE_CHARACTERS + 2


def test_an_escape_in_a_paste_presses_no_key() -> None:
    """A page that has one copy `ESC Q` would otherwise type into Warta."""
    sent = f"{START}satu\x1bQ\x1b[A\x1bOP dua{END}"

    assert read(BoundedParser(), [sent]) == ["<satuQ[AOP dua>"]
    assert read(BoundedParser(), sent) == ["<satuQ[AOP dua>"]


def test_a_paste_that_never_ends_keeps_nothing() -> None:
    """A connection that broke: what comes after it is the paste still, and costs no memory."""
    parser = BoundedParser()
    out = read(parser, [START, *(["x" * 4096] * 1_000)])

    assert out == []
    assert parser._left == 0


def test_ctrl_c_ends_a_paste_whose_end_never_comes() -> None:
    """Else no key would be heard again."""
    assert read(BoundedParser(), [f"{START}beri", "ta", "\x03", "j"]) == ["<berita>", "ctrl+c", "j"]
