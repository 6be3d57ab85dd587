"""Markdown that shows again what the document says."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

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
    Span,
    SpanKind,
    Table,
)
from reader.text.html import to_document
from reader.text.markdown import to_markdown
from reader.text.plain import plain_text

LINKS = ("https://a.example/x_y", "https://b.example/a_(b)")


def written(*blocks: Paragraph | Heading | ListBlock | Quote | Table | Code | Figure | Rule | Embed | Cut) -> str:
    return to_markdown(Document(blocks, LINKS))


def p(text: str, *spans: Span) -> Paragraph:
    return Paragraph(Inline(text, spans))


def test_every_kind_of_block_is_written() -> None:
    """An exported article is whole."""
    nested = ListBlock(((p("a"), ListBlock(((p("b"),),))), (p("c"),)), is_ordered=True, start=9)
    table = Table(((Inline("1|2"), Inline("b\nc")),), (Inline("A"), Inline("B")), "Hasil")
    markdown = written(
        Heading(Inline("Bab #"), 3),
        p("Tebal dan tautan\nbaris dua.", Span(0, 5, "strong"), Span(10, 16, "link", 0)),
        nested,
        ListBlock(((p("x"), p("y")),)),
        Quote((p("kata"), p("lain"))),
        table,
        Code("a ``` b\n", "python"),
        Figure(Inline("Kapal"), "Dok. X", "", 1),
        Rule(),
        Embed("YouTube", 0),
        Paragraph(Inline("Baca juga"), role="related"),
        Cut("size"),
    )

    assert markdown == (
        "### Bab \\#\n\n"
        "**Tebal** dan [tautan](https://a.example/x_y)\\\nbaris dua.\n\n"
        "9. a\n   - b\n10. c\n\n<!-- -->\n\n- x\n\n  y\n\n"
        "> kata\n>\n> lain\n\n"
        "Hasil\n\n| A | B |\n| --- | --- |\n| 1\\|2 | b<br>c |\n\n"
        "````python\na ``` b\n\n````\n\n"
        "![Kapal](<https://b.example/a_(b)>)\\\nKapal (Dok. X)\n\n"
        "---\n\n[YouTube](https://a.example/x_y)\n\n\\[…\\]"
    )


def test_the_head_tells_where_it_is_from() -> None:
    """An exported file must stand alone."""
    document = Document((Heading(Inline("Bab"), 1), p("Isi.")))
    head = to_markdown(document, title="Harga *naik*", url=LINKS[0], author="Siti", date="18 Juni", source="RRI")

    assert head == f"# Harga \\*naik\\*\n\nSiti · RRI · 18 Juni\n\n<{LINKS[0]}>\n\n## Bab\n\nIsi."
    assert to_markdown(Document()) == ""


def test_signs_are_escaped_only_where_they_would_be_obeyed() -> None:
    """Readable as text, too."""
    assert written(p("a < b & c_d - e! 1. f")) == "a < b & c_d - e! 1. f"
    assert written(p("1. a\n# b\n- c\n> d\n| e")) == "1\\. a\\\n\\# b\\\n\\- c\\\n\\> d\\\n&#124; e"
    assert written(p("<b> &amp; *x* _y_ `z` [l](u) ~~s~~")) == (
        "\\<b> \\&amp; \\*x\\* \\_y\\_ \\`z\\` \\[l\\](u) \\~\\~s\\~\\~"
    )


def test_emphasis_inside_a_word_uses_tags() -> None:
    """`**` is not obeyed everywhere, and `_` never inside a word."""
    assert written(p("ketidaksamaan", Span(2, 7, "strong"))) == "ke<strong>tidak</strong>samaan"
    assert written(p("(tebal), ya", Span(1, 6, "strong"))) == "(**tebal**), ya"
    assert written(p("x2", Span(1, 2, "super"))) == "x<sup>2</sup>"
    assert written(p("a b c", Span(0, 3, "strong"), Span(2, 5, "emphasis"))) == "**a _b_**<em> c</em>"


SHOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def shown_text(tokens: list[Token]) -> str:
    """The text a Markdown program shows for one paragraph."""
    pieces: list[str] = []
    for token in tokens:
        for child in token.children or []:
            if child.type in {"text", "code_inline"}:
                pieces.append(child.content)
            elif child.type in {"softbreak", "hardbreak"}:
                pieces.append("\n")
    return "".join(pieces)


KINDS: tuple[SpanKind, ...] = ("emphasis", "strong", "code", "strike", "mark", "small", "sub", "super", "link")
signs = st.text(st.sampled_from("ab1 *_`[]()<>!#+-.|~&;\\/:=\n\"'é漢"), min_size=1, max_size=24)


@st.composite
def inlines(draw: st.DrawFn) -> Inline:
    raw = draw(
        signs
        | st.sampled_from(["&amp; <b>x</b>", "```", "---", "1) x", "[a]: b", "![x](y)", "a\n===", "https://a_b.c/_d_"])
    )
    text = "\n".join(re.sub(" +", " ", line).strip() for line in raw.split("\n") if line.strip()) or "x"
    spans = []
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        if text[start:end].strip() == text[start:end]:
            kind = draw(st.sampled_from(KINDS))
            spans.append(Span(start, end, kind, draw(st.integers(0, 1)) if kind == "link" else -1))
    return Inline(text, tuple(sorted(spans, key=lambda span: span.start)))


@given(inlines())
@settings(max_examples=500, deadline=None)
@example(Inline("a\\", (Span(0, 2, "link", 0),)))
@example(Inline("11]: 1", (Span(0, 6, "link", 0), Span(0, 6, "code"))))
def test_what_is_shown_is_what_was_written(inline: Inline) -> None:
    """No sign in a text may turn into a heading, a list, a link or nothing."""
    markdown = written(Paragraph(inline))
    tokens = SHOWN.parse(markdown)

    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"], markdown
    assert re.sub(r"\s+", " ", shown_text(tokens)) == re.sub(r"\s+", " ", inline.text), markdown
    linked = {span.link for span in inline.spans if span.kind == "link"}
    children = tokens[1].children or []
    assert {str(child.attrs["href"]) for child in children if child.type == "link_open"} <= {LINKS[at] for at in linked}
    assert not any(child.type == "image" for child in children)


@given(inlines())
@settings(max_examples=200, deadline=None)
def test_headings_and_cells_hold_any_text(inline: Inline) -> None:
    """A pipe or a line break must not break the table."""
    tokens = SHOWN.parse(written(Heading(inline, 2)))
    assert [token.type for token in tokens] == ["heading_open", "inline", "heading_close"]

    tokens = SHOWN.parse(written(Table(((inline, Inline("b")),), (Inline("A"), Inline("B")))))
    cells = [token.content for token in tokens if token.type == "inline"]
    assert cells[0:2] == ["A", "B"]
    assert cells[3:] == ["b"]


def test_a_whole_article_comes_through() -> None:
    """From HTML to Markdown to what is shown: the same words."""
    html = """<h2>Bab</h2><p>Satu <b>dua</b> <a href=/x>tiga</a>.</p><ul><li>a<ol start=3><li>b</ol><li>c</ul>
        <blockquote><p>d</p><pre>e</pre></blockquote><table><tr><th>f<th>g<tr><td>h<td>i</table>"""
    document = to_document(html, base="https://a.example/")
    blocks = [token for token in SHOWN.parse(to_markdown(document)) if token.type in {"inline", "fence"}]
    shown = " ".join(shown_text([token]) if token.type == "inline" else token.content for token in blocks)

    assert re.findall("[A-Za-z]+", plain_text(document)) == re.findall("[A-Za-z]+", shown)
