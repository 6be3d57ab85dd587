"""Places in an article that hold at any width, and from one start to the next."""

from __future__ import annotations

import json

from reader.ui.article.header import Card
from reader.ui.article.laid import Laid, Spots
from reader.ui.article.layout import Page
from tests.unit.ui.article.documents import EVERYTHING


def laid_out(width: int) -> Laid:
    """The document with everything in it, at a width."""
    laid = Laid(Page(card=Card("Peserta naik", "RRI", "Selasa, 16 Desember 2025"), document=EVERYTHING), width)
    laid.advance(rows=1 << 30)
    return laid


def test_every_row_is_found_again() -> None:
    """A row that comes back as the one above it moves the text up at every start."""
    for width in (24, 57, 58, 76):
        laid = laid_out(width)
        assert [laid.row(laid.spot(row)) for row in range(len(laid.lines))] == list(range(len(laid.lines)))


def test_a_place_is_kept_exactly() -> None:
    """What is written for the next start is what was there."""
    laid = laid_out(58)
    for row in range(len(laid.lines)):
        spot = laid.spot(row)
        for _start in range(5):
            spots = Spots()
            spots.keep(7, spot)
            again = Spots()
            again.from_state(json.loads(json.dumps(spots.to_state(9))))
            spot = again.of(7)
        assert laid.row(spot) == row


def test_another_width_shows_the_same_words() -> None:
    """The first words in sight stay in sight."""
    wide, narrow = laid_out(76), laid_out(40)
    for row, line in enumerate(wide.lines):
        first = next(iter(line.text[line.lead :].split()), "")
        if len(first) > 3 and all(run.role == "body" for run in line.runs):
            there = narrow.row(wide.spot(row))
            assert first[:4] in narrow.lines[there].text
