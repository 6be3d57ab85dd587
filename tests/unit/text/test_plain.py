"""A document as text for search and the clipboard."""

from __future__ import annotations

from reader.model.document import (
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
    Table,
)
from reader.text.plain import plain_text


def p(text: str) -> Paragraph:
    return Paragraph(Inline(text))


def test_every_kind_of_block_gives_its_words() -> None:
    """What a reader can read, search must find."""
    document = Document(
        (
            Heading(Inline("Bab")),
            p("Satu\ndua"),
            ListBlock(((p("a"), ListBlock(((p("b"),),))), (p("c"), p("d"))), is_ordered=True, start=9),
            Quote((p("kata"), p("lain"))),
            Rule(),
            Table(((Inline("1"), Inline("")), (Inline(""), Inline("4\n5"))), (Inline("A"), Inline("B")), "Hasil"),
            Code("x = 1\ny"),
            Figure(Inline("Kapal"), "Dok. X", "alt"),
            Figure(alt="Peta"),
            Embed("Film"),
            Cut("size"),
        )
    )

    assert plain_text(document) == (
        "Bab\n\nSatu\ndua\n\n9. a\n  • b\n10. c\n  d\n\nkata\n\nlain\n\nHasil\nA | B\n1\n4 5\n\nx = 1\ny\n\n"
        "Kapal (Dok. X)\n\nPeta\n\nFilm"
    )


def test_related_lines_are_left_out() -> None:
    """They speak of other articles and would be found under this one."""
    related = Paragraph(Inline("Baca juga: Lain"), role="related")

    assert plain_text(Document((p("Isi"), related))) == "Isi"
    assert plain_text(Document()) == ""
