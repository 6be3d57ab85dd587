"""HTML becomes the blocks a reader would name."""

from __future__ import annotations

import pytest

from reader.model.document import (
    Block,
    Code,
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
from reader.text.html import to_document

YOUTUBE = "https://www.youtube.com/watch?v=abcdefghijk"
BASE = "https://a.example/berita/satu"


def convert(html: str, title: str = "") -> Document:
    return to_document(html, base=BASE, title=title)


def blocks(html: str) -> tuple[Block, ...]:
    return convert(html).blocks


def p(text: str, *spans: Span) -> Paragraph:
    return Paragraph(Inline(text, spans))


def texts(html: str) -> list[str]:
    """The text of each paragraph, for cases where nothing else is expected."""
    found = []
    for block in blocks(html):
        assert isinstance(block, Paragraph)
        found.append(block.text.text)
    return found


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>kasus<a href='/x'>korupsi</a></p>", ["kasuskorupsi"]),
        ("<p>kasus <a href='/x'>korupsi</a></p>", ["kasus korupsi"]),
        ("<p>kasus<a href='/x'> korupsi</a>.</p>", ["kasus korupsi."]),
        ("<p>a <b> b </b> c</p>", ["a b c"]),
        ("<p>a\n\t b</p>", ["a b"]),
        ("<p>satu<br>dua<br/>tiga</p>", ["satu\ndua\ntiga"]),
        ("<p>satu <br> dua</p>", ["satu\ndua"]),
        ("<p>satu<br><br>dua<br>&nbsp;<br>tiga</p>", ["satu", "dua", "tiga"]),
        ("<p><br>satu<br></p>", ["satu"]),
        ("satu<p>dua</p>tiga<div>empat</div>", ["satu", "dua", "tiga", "empat"]),
        ("<p></p><p>&nbsp;</p><p>\u200b</p><p>x</p>", ["x"]),
        ("<p>REPUBLIKA.CO.ID,&nbsp;JAKARTA&nbsp;--&nbsp;Isi</p>", ["REPUBLIKA.CO.ID, JAKARTA -- Isi"]),
        ("<p>a&#13;\nb&#27;[31m c&#x9d;</p>", ["a b[31m c"]),
        ("<p>AT&amp;T &amp;lt;b&amp;gt; &lt;i&gt;</p>", ["AT&T &lt;b&gt; <i>"]),
        ("<p>a < b dan c <3</p>", ["a < b dan c <3"]),
        ("<p>x <https://b.example/> y</p>", ["x <https://b.example/> y"]),
        ("<![CDATA[<p>isi</p>]]>", ["isi"]),
        ("<!-- x --><p>a<!-- b -->c</p><!-- tak ditutup", ["ac"]),
        ("<script>a</script><style>b</style><p>c</p><script>d", ["c"]),
        ('<script src="x"/><p>c</p>', ["c"]),
        ("<form><input value=x><button>Kirim</button><p>isi</p><select><option>a</select></form>", ["isi"]),
        ("<nav>menu</nav><p>isi</p><div hidden>h</div><p style='color:red; display: none'>n</p>", ["isi"]),
        ("<p>isi <span class='screen-reader-text'>buka</span></p><div class='sharedaddy x'>Bagikan</div>", ["isi"]),
        ("<p>terpotong <a href='https://a.exa", ["terpotong"]),
        ("<p>kutip <q>kata</q></p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", ["kutip “kata”", "漢(kan)"]),
        ("<i class=x /><p>xhtml <a id='y'/>isi</p>", ["xhtml isi"]),
        ("<tr><td>satu<td>dua</tr>", ["satu", "dua"]),
        ("<p>e<b>\u0301</b></p>", ["é"]),
    ],
)
def test_text_is_kept_as_it_reads(html: str, expected: list[str]) -> None:
    """Spaces are as the source has them, entities are decoded once, and only what is meant to be read is there."""
    assert expected == texts(html)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("satu\n\ndua\r\n\r\ntiga", ["satu", "dua", "tiga"]),
        ("satu\ndua tiga", ["satu\ndua tiga"]),
        ("0:00 Awal\n1:20 Akhir", ["0:00 Awal\n1:20 Akhir"]),
        (f"{'kata ' * 12}\nsatu\n lagi", [f"{'kata ' * 12}satu lagi"]),
        ("Kalimat.\nLain.", ["Kalimat.\nLain."]),
        ("AT&amp;T &#8211; x", ["AT&T – x"]),
        ("a < b & c > d", ["a < b & c > d"]),
        ("bukan <tanda", ["bukan <tanda"]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_plain_text_makes_paragraphs(text: str, expected: list[str]) -> None:
    """Many descriptions hold no tags at all."""
    assert expected == texts(text)


def test_spans_cover_their_words() -> None:
    """Emphasis and links must sit on the right characters, without the spaces at their ends."""
    document = convert("<p>Ini <b>tebal </b>dan <em><a href='../x?q=1'>tautan</a></em>, <code>kode</code></p>")

    assert document.blocks == (
        p(
            "Ini tebal dan tautan, kode",
            Span(4, 9, "strong"),
            Span(14, 20, "emphasis"),
            Span(14, 20, "link", 0),
            Span(22, 26, "code"),
        ),
    )
    assert document.links == ("https://a.example/x?q=1",)


def test_a_span_over_several_paragraphs_is_in_each() -> None:
    """`<b>` around paragraphs is common in old pages."""
    assert blocks("<b>satu<p>dua</p></b>tiga") == (
        p("satu", Span(0, 4, "strong")),
        p("dua", Span(0, 3, "strong")),
        p("tiga"),
    )


def test_links_are_listed_once_in_reading_order() -> None:
    """Link n on screen is the nth address."""
    document = convert(
        "<p><a href='/dua'>a</a> <a href='https://u:p@b.example/'>b</a> <a href='/dua'>c</a></p>"
        "<p><a href='mailto:x@y.example?subject=z'>surat</a> <a href='/kosong'></a></p>"
    )

    assert document.links == ("https://a.example/dua", "https://b.example/", "mailto:x@y.example")


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "file:///x", "#kaki", "", "http://[", "x:y"]
)
def test_what_is_no_link_is_text(href: str) -> None:
    """Only http, https and mailto may ever be opened."""
    document = convert(f"<p>a <a href='{href}'>b</a></p>")

    assert document == Document((p("a b"),))


def test_addresses_in_text_become_links() -> None:
    """Many feeds write an address without marking it."""
    document = convert("<p>Lihat (https://b.example/x_(y)) dan https://c.example/a, <code>https://d.example</code></p>")

    assert document.links == ("https://b.example/x_(y)", "https://c.example/a")


def test_headings_keep_their_level() -> None:
    """They carry the outline."""
    assert blocks("<h2>Bab <i>satu</i></h2><p>isi</p><h4>Anak</h4>") == (
        Heading(Inline("Bab satu", (Span(4, 8, "emphasis"),)), 2),
        p("isi"),
        Heading(Inline("Anak"), 4),
    )


def test_lists_nest() -> None:
    """A list in an item belongs to that item."""
    assert blocks("<ol start=3><li>a<ul><li>b<li>c</ul><li><p>d</p><p>e</p></ol>") == (
        ListBlock(
            ((p("a"), ListBlock(((p("b"),), (p("c"),)))), (p("d"), p("e"))),
            is_ordered=True,
            start=3,
        ),
    )


def test_definitions_are_a_list() -> None:
    """A term and what is said of it stay together."""
    terms = [p(term, Span(0, 3, "strong")) for term in ("KPK", "DPR")]

    assert blocks("<dl><dt>KPK<dd>Komisi<dt>DPR<dd>Dewan<dd>Jakarta</dl>") == (
        ListBlock(((terms[0], p("Komisi")), (terms[1], p("Dewan"), p("Jakarta")))),
    )


def test_quotes_hold_blocks() -> None:
    """What is quoted must not read as the author's own words."""
    assert blocks("<blockquote>a<p>b</p><ul><li>c</ul></blockquote>") == (
        Quote((p("a"), p("b"), ListBlock(((p("c"),),)))),
    )


def test_tables_of_data_are_rectangular() -> None:
    """Every row has the same number of cells, whatever spans the source uses."""
    html = """<table><caption>Hasil</caption><thead><tr><th>Tim<th>Main<th>Nilai</thead>
        <tr><td rowspan=2>A<td>1<td><b>3</b><tr><td>2<td>6<tr><td colspan=2>Jumlah<tr><td>x<td>y<td>z<td></table>"""

    assert blocks(html) == (
        Table(
            (
                (Inline("A"), Inline("1"), Inline("3", (Span(0, 1, "strong"),))),
                (Inline(""), Inline("2"), Inline("6")),
                (Inline("Jumlah"), Inline(""), Inline("")),
                (Inline("x"), Inline("y"), Inline("z")),
            ),
            (Inline("Tim"), Inline("Main"), Inline("Nilai")),
            "Hasil",
        ),
    )


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td><p>satu</p><p>dua</p></table>",
        "<table><tr><td>satu<tr><td>dua</table>",
        "<table role=presentation><tr><td>satu<td>dua</table>",
        "<table><tr><td><table><tr><td>satu</table><td>dua</table>",
        "<table><tr><td>satu<td>dua</table>",
    ],
)
def test_tables_that_only_lay_out_are_taken_apart(html: str) -> None:
    """Newsletters put whole articles into tables."""
    assert texts(html) == ["satu", "dua"]


def test_code_keeps_lines_and_language() -> None:
    """Spaces count in code."""
    html = '<pre><code class="hljs language-Python">\ndef f(x):\n    return x &lt; 1  \n<span>pass</span></code></pre>'

    assert blocks(html) == (Code("def f(x):\n    return x < 1\npass", "python"),)
    assert blocks("<pre>a<br>b<div>c</div></pre>") == (Code("a\nb\nc"),)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<figure><img src=a.jpg alt='Kapal'><figcaption>Kapal di Natuna. <cite class=credit>Dok. X</cite></figure>",
            Figure(Inline("Kapal di Natuna."), "Dok. X", "", 0),
        ),
        ("<p><img src=a.jpg alt=Kapal></p>", Figure(alt="Kapal", link=0)),
        ("<img src='data:image/gif;base64,R0' data-src=a.jpg>", Figure(link=0)),
        ("<img src=placeholder.png srcset='s.jpg 320w, a.jpg 1024w, m.jpg 640w'>", Figure(link=0)),
        ("<picture><source srcset=b.webp><img src=a.jpg></picture>", Figure(link=0)),
        ("<img src=a.jpg alt='IMG_1234.jpg'>", Figure(link=0)),
        ("<a href='/besar'><img src=a.jpg></a>", Figure(link=0)),
        ("<div><img src=a.jpg><p class=wp-caption-text>Kapal</p></div>", Figure(Inline("Kapal"), link=0)),
        ("<img src=a.jpg><noscript><img src=a.jpg></noscript>", Figure(link=0)),
        ("<img src=a.jpg><img src=a.jpg>", Figure(link=0)),
        ("<img src=a.jpg alt=Peta title='Peta itu terbalik'>", Figure(alt="Peta", link=0)),
        ("<img src=a.jpg alt=Peta title='Yang terbalik laut'>", Figure(Inline("Yang terbalik laut"), "", "Peta", 0)),
    ],
)  # fmt: skip
def test_images_keep_what_is_said_about_them(html: str, expected: Figure) -> None:
    """A terminal shows the caption and opens the picture."""
    document = convert(html)

    assert document.blocks == (expected,)
    assert document.links[0] == "https://a.example/berita/a.jpg"


@pytest.mark.parametrize(
    "html",
    [
        "<img src='https://t.example/p.gif' width=1 height=1>",
        "<img src=x.gif style='width:1px'>",
        "<img src='https://pixel.wp.com/g.gif'>",
        "<img src='data:image/png;base64,AA'>",
        "<img>",
        "<iframe src='https://ads.example/' width=0></iframe>",
        "<iframe></iframe>",
        "<hr><hr>",
        "<ul><li></li></ul><blockquote> </blockquote><table><tr><td></table><h2></h2><pre> </pre>",
    ],
)
def test_what_shows_nothing_leaves_nothing(html: str) -> None:
    """Counting pixels and empty elements are no part of an article."""
    assert convert(html) == Document()


def test_an_image_in_a_sentence_does_not_break_it() -> None:
    """The sentence goes on; the picture follows it."""
    assert blocks("<p>Kata <img src=a.jpg alt=Peta> lagi.</p>") == (p("Kata lagi."), Figure(alt="Peta", link=0))
    assert blocks("<p>Senang <img class=emoji alt='😀' src=s.png>!</p>") == (p("Senang 😀!"),)


@pytest.mark.parametrize(
    ("html", "label", "address"),
    [
        ("<iframe src='//www.youtube.com/embed/abcdefghijk?x' title='Film'></iframe>", "YouTube: Film", YOUTUBE),
        ("<iframe src='https://maps.b.example/x'>", "maps.b.example", "https://maps.b.example/x"),
        ("<video><source src=v.mp4>Peramban lama</video>", "a.example", "https://a.example/berita/v.mp4"),
        ("<audio src='https://b.example/s.mp3' title='Siaran'></audio>", "b.example: Siaran", "https://b.example/s.mp3"),
    ],
)  # fmt: skip
def test_embedded_things_become_a_label_and_a_link(html: str, label: str, address: str) -> None:
    """A terminal cannot play them, a browser can."""
    document = convert(html)

    assert document == Document((Embed(label, 0),), (address,))


def test_posts_keep_their_words_and_their_place() -> None:
    """A quoted post reads as a quotation and can be opened."""
    html = "<blockquote class=twitter-tweet><p>Halo</p>— N <a href='https://x.com/n/status/1'>18 Juni</a></blockquote>"

    assert blocks(html)[1] == Embed("X", 0)
    assert isinstance(blocks(html)[0], Quote)


def test_rules_stand_only_between() -> None:
    """A line above or below everything parts nothing."""
    assert blocks("<hr><p>a</p><hr><hr><p>* * *</p><p>b</p><hr>") == (p("a"), Rule(), p("b"))


def test_a_first_line_that_repeats_the_title_goes() -> None:
    """The title stands above the article already."""
    assert convert("<h1>Harga Beras, Naik</h1><p>Isi</p>", "Harga beras naik").blocks == (p("Isi"),)
    assert convert("<img src=a.jpg><p>Judul!</p><p>Isi</p>", "Judul").blocks[1:] == (p("Isi"),)
    assert convert("<p>Isi</p><p>Judul</p>", "Judul").blocks == (p("Isi"), p("Judul"))
    assert convert("<p>!</p>", "?").blocks == (p("!"),)
