"""Documents become lines: complete, within the width, and calm to read."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.model import Document
from reader.model.document import Block, Code, Embed, Figure, Heading, Inline, ListBlock, Paragraph, Quote, Span, Table
from reader.text import times
from reader.text.clean import clean
from reader.ui.article.finding import finder
from reader.ui.article.header import Card, article_card, readable, reading_minutes
from reader.ui.article.layout import Page, lay_out
from reader.ui.article.lines import Line, Mark
from reader.ui.article.runs import misleading_host
from reader.ui.cells import steady
from tests.unit.ui.article.documents import EVERYTHING, LINKS, article, documents
from tests.unit.ui.making import HOSTILE, NOW


def lines(document: Document, width: int = 60, **page: object) -> list[Line]:
    """The lines of a document under a short title."""
    whole = Page(Card("Judul"), document, **page)  # type: ignore[arg-type]  # fields by name
    return [line for block in lay_out(whole, width) for line in block]


def text_of(document: Document, width: int = 60, **page: object) -> str:
    """The lines as text."""
    return "\n".join(line.text for line in lines(document, width, **page))


def written(block: Block) -> Iterator[str]:
    """All the author's words in a block."""
    match block:
        case Paragraph(text) | Heading(text):
            yield text.text
        case Quote(inner):
            for one in inner:
                yield from written(one)
        case ListBlock(items):
            for item in items:
                for one in item:
                    yield from written(one)
        case Table(rows, header, caption):
            yield caption
            for cells in (*rows, header if rows else ()):
                yield from (cell.text for cell in cells)
        case Code(text):
            yield text
        case Figure(caption, credit):
            yield caption.text
            yield credit
        case Embed(label):
            yield label


def letters(text: str) -> Counter[str]:
    """What must be on the screen of a text: everything but space."""
    return Counter(character for character in steady(clean(text)) if not character.isspace())


@given(documents, st.integers(4, 90))
@example(Document((Paragraph(Inline("aaaa \u0301")),)), 4)
@settings(max_examples=40, deadline=None)
def test_no_line_is_wider_than_the_column(document: Document, width: int) -> None:
    """A line that overruns pushes the pane beside it out of place."""
    for line in lines(document, width, shows_related=True, is_highlighted=True, find=finder("a")):
        assert sum(cell_len(run.text) for run in line.runs) <= width
        assert unicodedata.normalize("NFC", line.text) == clean(line.text)
        assert "\n" not in line.text


@given(documents, st.integers(20, 90))
@example(Document((Code("\U0001f1ee\u0301"),)), 20)
@example(
    Document(
        (
            Table(
                ((Inline("[/"), Inline("panjang sekali lagi"), Inline("")),),
                (Inline("a"), Inline("b"), Inline("c ini kosong")),
            ),
        )
    ),
    20,
)
@settings(max_examples=40, deadline=None)
def test_every_letter_of_the_article_is_shown(document: Document, width: int) -> None:
    """No wrong text on the screen, and none missing."""
    blocks = document.blocks
    if blocks and isinstance(blocks[0], Heading) and blocks[0].text.text == "Judul":
        blocks = blocks[1:]

    shown = letters("".join(line.text for line in lines(document, width, shows_related=True)))

    for block in blocks:
        for text in written(block):
            assert not letters(text) - shown


@pytest.mark.parametrize("width", [20, 34, 60, 76])
def test_one_of_everything_at_every_width(width: int) -> None:
    """From a phone's shell to a wall."""
    text = text_of(EVERYTHING, width)

    assert "Keterangan" in text
    assert "▸ Related (2)" in text
    assert "Kapal perintis" not in text
    assert "    return" in text
    assert "┄ Suasana" in text


def test_unfolded_related_lines_stand_at_the_end() -> None:
    """Scattered through the text they cut sentences apart; here they cut nothing."""
    text = text_of(EVERYTHING, shows_related=True)

    assert text.index("▾ Related (2)") < text.index("Kapal perintis") < text.index("Harga cabai") < text.index("Links")


def test_narrow_table_becomes_name_and_value() -> None:
    """Columns of three letters say nothing."""
    text = text_of(EVERYTHING, 24)

    assert "Tempat: Ranai" in text
    assert "Harga: 900" in text


def test_numbers_are_kept_whole_and_aligned_right() -> None:
    """A price broken at its space is two prices."""
    table = [line.text for line in lines(EVERYTHING, 40) if "Rp 1.200" in line.text or "900" in line.text]

    assert len(table) == 2
    assert table[0].index("1.200") + 5 == table[1].index("900") + 3


def test_link_that_names_another_host_shows_the_real_one() -> None:
    """The oldest trick of all."""
    text = text_of(EVERYTHING)

    assert "bankcontoh.co.id (penipu.example)²" in text
    assert "Jumlah¹ peserta" in text


@pytest.mark.parametrize(
    ("text", "url", "real"),
    [
        ("antaranews.com", "https://kepri.antaranews.com/x", ""),
        ("www.rri.co.id", "https://rri.co.id/x", ""),
        ("rri.co.id", "https://rri.co.id.jahat.example/x", "rri.co.id.jahat.example"),
        ("https://bank.co.id/masuk", "https://user@jahat.example/", "jahat.example"),
        ("selengkapnya", "https://jahat.example/", ""),
        ("Node.js", "https://contoh.example/", ""),
        ("redaksi@rri.co.id", "https://contoh.example/", ""),
        ("pukul 12.30", "https://contoh.example/", ""),
    ],
)
def test_misleading_host(text: str, url: str, real: str) -> None:
    """Only a text that names a host can mislead about it."""
    assert misleading_host(text, url) == real


def test_dateline_and_hits_are_set_apart() -> None:
    """Marks change looks, never text."""
    found = lines(EVERYTHING, hits=finder("natuna"), find=finder("NATUNA"))
    runs = [run for line in found for run in line.runs]

    assert [run.text for run in runs if run.marks & Mark.DATELINE] == ["KBRN, ", "Natuna", ":"]
    assert [run.text for run in runs if run.marks & Mark.HIT] == ["Natuna"]
    assert [run.find for run in runs if run.find >= 0] == [0]


def test_hit_across_a_line_break_is_marked_on_both_lines() -> None:
    """A phrase does not care where we broke the line."""
    document = Document((Paragraph(Inline("aaaa bbbb cccc dddd")),))

    marked = [line.text for line in lines(document, 9, find=finder("bbbb cccc")) if any(r.find == 0 for r in line.runs)]

    assert marked == ["aaaa bbbb", "cccc dddd"]


def test_link_number_stands_once_after_a_link_with_marks_inside() -> None:
    """Bold words in a link are not two links."""
    document = Document((Paragraph(Inline("abc def", (Span(0, 7, "link", 0), Span(0, 3, "strong")))),), LINKS)

    assert "abc def¹" in text_of(document)


def test_headline_repeated_by_the_page_is_left_out() -> None:
    """One title is enough."""
    document = Document((Heading(Inline("Judul"), 1), Paragraph(Inline("Isi."))))

    assert text_of(document).count("Judul") == 1


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_words_everywhere(hostile: str) -> None:
    """Whatever came past the worker is harmless here."""
    inline = Inline(hostile, (Span(0, len(hostile), "link", 0),))
    document = Document(
        (
            Paragraph(inline),
            Heading(inline),
            Quote((Paragraph(inline),)),
            ListBlock(((Paragraph(inline),),)),
            Table(((inline, inline),), (inline, inline), hostile),
            Code(hostile, "python"),
            Figure(inline, hostile, hostile, 0),
            Embed(hostile, 0),
        ),
        (hostile,),
    )
    card = Card(hostile, hostile, hostile, (hostile,), (hostile,), hostile, ((hostile, hostile),))

    text = "".join(line.text for block in lay_out(Page(card, document), 30) for line in block)

    assert clean(text) == text
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in text)


def test_card_tells_what_a_reader_asks_first() -> None:
    """Who, when, how long, what changed."""
    made = article_card(article(other_feeds=("Antara",), tags=("natuna",)), zone=times.zone("Asia/Jakarta"), now=NOW)

    assert made.byline == "RRI · Contoh Penulis"
    assert "16 Dec 2025 16:55 WIB · 10 min · 3 min read" in made.dates
    assert made.notes == ("also in: Antara",)
    assert made.files[0][0] == "audio · 34 minutes · 24 MB"


def test_article_without_text_shows_its_summary() -> None:
    """Better two sentences than a blank pane."""
    assert readable(article(Document(), summary="Ringkas.")).blocks == (Paragraph(Inline("Ringkas.")),)
    assert reading_minutes(0) == 0
    assert reading_minutes(50) == 1
