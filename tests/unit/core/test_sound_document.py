"""A document that came with an export is shown only if nothing in it can break the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest

from reader.core.sound_document import cleaned, is_sound
from reader.model.document import (
    Block,
    Code,
    Cut,
    Document,
    Embed,
    Figure,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
)

LINKS = ("https://a.example/1", "mailto:a@b.example")
WORDS = Inline("Banjir di Natuna", (Span(0, 6, "strong"), Span(10, 16, "link", 1)))
BAD = cast("Any", Inline)
"""Makes what the types forbid: a file keeps to no types."""

SOUND: tuple[Block, ...] = (
    Paragraph(WORDS, "related", 16),
    Heading(WORDS, 6),
    ListBlock(((Paragraph(WORDS),), (Rule(),)), is_ordered=True, start=-3),
    Quote((Paragraph(WORDS), Quote((Code("x", "py"),)))),
    Table(((WORDS, WORDS),), (WORDS, WORDS), "Tabel"),
    Table(()),
    Figure(WORDS, "Foto: x", "alt", 0),
    Embed("Video", 1),
    Cut("depth"),
    Rule(),
)

UNSOUND: tuple[Callable[[], Block], ...] = (
    lambda: Paragraph(Inline("ab", (Span(0, 3, "strong"),))),
    lambda: Paragraph(Inline("ab", (Span(2, 1, "strong"),))),
    lambda: Paragraph(Inline("ab", (Span(-1, 1, "strong"),))),
    lambda: Paragraph(Inline("ab", (Span(0, 1, "link", 2),))),
    lambda: Paragraph(Inline("ab", (Span(0, 1, "link", -2),))),
    lambda: Paragraph(BAD("ab", (Span(BAD(0), 1, "strong"),))),
    lambda: Paragraph(BAD("ab", (Span(cast("Any", True), 1, "strong"),))),
    lambda: Paragraph(WORDS, cast("Any", "loud")),
    lambda: Paragraph(WORDS, "body", 17),
    lambda: Heading(WORDS, 0),
    lambda: Heading(WORDS, 7),
    lambda: Heading(WORDS, cast("Any", 1.5)),
    lambda: ListBlock((), start=10**9 + 1),
    lambda: ListBlock((), is_ordered=cast("Any", "yes")),
    lambda: ListBlock(((Heading(WORDS, 9),),)),
    lambda: Quote((Quote((Embed("x", 2),)),)),
    lambda: Table(((WORDS,), (WORDS, WORDS))),
    lambda: Table(((WORDS,),), (WORDS, WORDS)),
    lambda: Table(((Inline("a", (Span(0, 2, "strong"),)),),)),
    lambda: Figure(Inline("a", (Span(0, 2, "strong"),))),
    lambda: Figure(link=2),
    lambda: Figure(link=cast("Any", "0")),
    lambda: Cut(cast("Any", "boredom")),
)


def test_what_the_parser_makes_is_sound() -> None:
    """Every kind of block."""
    assert is_sound(Document(SOUND, LINKS))
    assert is_sound(Document())


@pytest.mark.parametrize("made", UNSOUND)
def test_what_points_beside_its_text_or_has_another_type_is_not(made: Callable[[], Block]) -> None:
    """One such block is enough, wherever it stands."""
    assert not is_sound(Document((*SOUND, made()), LINKS))


def test_more_blocks_than_anybody_reads_are_not() -> None:
    """They would be laid out for minutes."""
    many = Quote((Rule(),) * 60_000)

    assert is_sound(Document((many,)))
    assert not is_sound(Document((many, many)))


def test_cleaning_takes_out_what_a_terminal_obeys_everywhere() -> None:
    """Text that changes loses its spans, which were made for another text; the rest stays to the letter."""
    bad = Inline("a\x1b[31mb\u202e", (Span(0, 2, "strong"),))
    blocks: tuple[Block, ...] = (
        Paragraph(bad, "small"),
        Heading(bad, 3),
        ListBlock(((Paragraph(bad),),), is_ordered=True, start=4),
        Quote((Paragraph(bad),)),
        Table(((bad,),), (bad,), "c\x9b1"),
        Code("x\x07\ny", "p\x1by"),
        Figure(bad, "\x1b]0;t\x07", "a\u2066", 0),
        Embed("\x1bV", 0),
        Cut("size"),
    )

    done = cleaned(Document(blocks, ("javascript:alert(1)", *LINKS)))

    assert done.links == ("", *LINKS)
    assert not any(character in repr(done) for character in ("\\x1b", "\\x07", "\\x9b", "\\u202e", "\\u2066"))
    assert [type(block) for block in done.blocks] == [type(block) for block in blocks]
    assert done.blocks[0] == Paragraph(Inline("a[31mb"), "small")
    assert cleaned(Document(SOUND, LINKS)) == Document(SOUND, LINKS)


def test_too_deep_a_document_is_refused() -> None:
    """Laying it out goes as deep as it is."""
    block: Block = Rule()
    for _ in range(102):
        block = Quote((block,))

    with pytest.raises(ValueError, match="deep"):
        cleaned(Document((block,)))
