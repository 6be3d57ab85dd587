"""Documents for tests of the article pane: one of everything, and any at all."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st

from reader.model import Article, Document, Enclosure
from reader.model.document import (
    Block,
    Code,
    Cut,
    Embed,
    Figure,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Span,
    SpanKind,
    Table,
)
from tests.unit.ui.making import HOSTILE, NOW, row

LINKS = ("https://contoh.example/berita", "https://penipu.example/masuk", "mailto:redaksi@contoh.example")

_KINDS: tuple[SpanKind, ...] = ("emphasis", "strong", "code", "strike", "mark", "small", "sub", "super", "link")

EVERYTHING = Document(
    (
        Figure(Inline("Suasana di pelabuhan Ranai."), "RRI Ranai/Contoh", "kapal putih", 1),
        Paragraph(Inline("KBRN, Natuna: Jumlah peserta jaminan sosial naik.", (Span(14, 20, "link", 0),)), dateline=13),
        Paragraph(Inline("Masuk lewat bankcontoh.co.id sekarang.", (Span(12, 28, "link", 1),))),
        Heading(Inline("Harga ikan"), 2),
        ListBlock(
            (
                (
                    Paragraph(Inline("Tongkol turun tipis karena pasokan dari Midai kembali lancar sejak cuaca baik")),
                    ListBlock(((Paragraph(Inline("dalam")),),), is_ordered=True, start=9),
                ),
                (Paragraph(Inline("Cakalang")),),
            )
        ),
        Quote((Paragraph(Inline("“Baru separuh,” katanya.")), Quote((Paragraph(Inline("Lagi.")),)))),
        Table(
            (
                (Inline("Ranai"), Inline("Rp 1.200"), Inline("naik tajam karena cuaca buruk sepanjang pekan")),
                (Inline("Midai"), Inline("900"), Inline("turun")),
            ),
            (Inline("Tempat"), Inline("Harga"), Inline("Keterangan")),
            "Harga di pasar",
        ),
        Code("def turun(harga: int) -> str:\n    return 'murah'  # catatan", "python"),
        Rule(),
        Embed("Video", 1),
        Paragraph(Inline("Baca juga: Kapal perintis"), "related"),
        Paragraph(Inline("Baca juga: Harga cabai"), "related"),
        Paragraph(Inline("Editor: Contoh"), "small"),
        Cut("size"),
    ),
    LINKS,
)
"""A block of every kind."""


def article(
    document: Document = EVERYTHING, article_id: int = 1, title: str = "Peserta naik", **changes: object
) -> Article:
    """An article of ten minutes ago with this text."""
    return Article(
        row(article_id, title, author="Contoh Penulis", words=620, **changes),
        document,
        published=NOW - timedelta(minutes=10),
        enclosures=(Enclosure("https://contoh.example/a.mp3", "audio/mpeg", 24_000_000, 2040),),
    )


def long_article(words: int, article_id: int = 2) -> Article:
    """An article of so many words, 50 a paragraph."""
    line = "Harga ikan di pasar Ranai naik tajam karena nelayan “belum melaut” sejak pekan lalu. " * 4
    paragraph = Paragraph(Inline(" ".join(line.split()[:50])))
    return article(Document((paragraph,) * (words // 50)), article_id)


_texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.sampled_from("abcdefghij -–“”.,/\n"), max_size=120),
    st.text(st.sampled_from("日本語。「」ー e\u0301👩\u200d👧🇮🇩❤\ufe0fab \n"), max_size=60),
    st.text(max_size=30),
)


@st.composite
def inlines(draw: st.DrawFn) -> Inline:
    """Text with spans that nest, overlap and overrun."""
    text = draw(_texts)
    size = len(text)
    spans = []
    for _number in range(draw(st.integers(0, 4))):
        start, end = sorted((draw(st.integers(0, size)), draw(st.integers(0, size))))
        spans.append(Span(start, end, draw(st.sampled_from(_KINDS)), draw(st.integers(-1, 4))))
    return Inline(text, tuple(sorted(spans, key=lambda span: span.start)))


def _tables(cells: st.SearchStrategy[Inline]) -> st.SearchStrategy[Block]:
    def table(columns: int) -> st.SearchStrategy[Block]:
        line = st.tuples(*[cells] * columns)
        return st.builds(
            Table,
            st.lists(line, min_size=1, max_size=4).map(tuple),
            st.one_of(st.just(()), line),
            st.sampled_from(("", "Judul tabel")),
        )

    return st.integers(1, 5).flatmap(table)


_leaves: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, inlines(), st.sampled_from(("body", "related", "small")), st.integers(0, 9)),
    st.builds(Heading, inlines(), st.integers(1, 6)),
    st.builds(Code, _texts, st.sampled_from(("", "python", "nosuchlanguage"))),
    st.builds(Figure, inlines(), _texts.map(lambda text: text.replace("\n", " ")), st.just(""), st.integers(-1, 4)),
    st.builds(Embed, _texts, st.integers(-1, 4)),
    st.sampled_from((Rule(), Cut("depth"))),
    _tables(inlines()),
)

blocks: st.SearchStrategy[Block] = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.builds(Quote, st.lists(inner, max_size=3).map(tuple)),
        st.builds(
            ListBlock,
            st.lists(st.lists(inner, max_size=2).map(tuple), max_size=3).map(tuple),
            st.booleans(),
            st.integers(-5, 1000),
        ),
    ),
    max_leaves=6,
)

documents = st.builds(Document, st.lists(blocks, max_size=5).map(tuple), st.just(LINKS))
"""Any document at all."""
