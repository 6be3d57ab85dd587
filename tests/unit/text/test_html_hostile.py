"""Whatever comes in, a document comes out, bounded and in time."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    Table,
    pack,
    unpack,
    walk,
)
from reader.text.build import MAX_BLOCKS, MAX_LINKS, MAX_TEXT
from reader.text.clean import clean
from reader.text.conventions import apply
from reader.text.html import to_document
from reader.text.plain import plain_text
from reader.text.source import MAX_DEPTH, MAX_OUTPUT, bounded

BASE = "https://a.example/x/y"

HOSTILE: dict[str, Callable[[], str]] = {
    "nested divs": lambda: "<div>" * 80_000 + "x",
    "nested spans and text": lambda: "<span>x" * 60_000,
    "nested lists": lambda: "<ul><li>x" * 20_000,
    "nested quotes": lambda: "<blockquote>x" * 20_000,
    "nested tables": lambda: "<table><tr><td>x" * 20_000,
    "items in terms": lambda: "<li><dd>x" * 40_000,
    "formatting left open": lambda: "<p>" + "".join(f"<b id={n}>" for n in range(200)) + "<p>x" * 10_000,
    "formatting in blocks": lambda: "".join(f"<div><b id={n}>x</div>" for n in range(20_000)),
    "misnested": lambda: ("<b><div>" * 50 + "</b>" * 50) * 200,
    "links in links": lambda: "<a href=x><div>" * 40_000,
    "many links": lambda: "".join(f"<a href='https://b.example/{n}'>x</a> " for n in range(100_000)),
    "many attributes": lambda: "<p " + " ".join(f"a{n}" for n in range(100_000)) + ">x",
    "long attribute": lambda: "<a href='https://b.example/" + "x" * 1_000_000 + "'>x</a>",
    "many rows": lambda: "<table>" + "<tr><td>a<td>b<td>c" * 10_000 + "</table>",
    "many columns": lambda: "<table>" + ("<tr>" + "<td>a" * 1_000) * 40,
    "wide spans": lambda: "<table>" + "<tr><td colspan=99999 rowspan=99999>a" * 5_000,
    "many paragraphs": lambda: "<p>x" * 100_000,
    "many breaks": lambda: "x<br><br>" * 60_000,
    "many items": lambda: "<ul>" + "<li>x" * 50_000,
    "one long line": lambda: "x" * 1_000_000,
    "one long tagged line": lambda: "<p>" + "kata " * 200_000,
    "entities": lambda: "<p>" + "&amp;" * 200_000,
    "comments": lambda: "<!--" * 50_000,
    "words in brackets": lambda: "<enam " * 100_000,
    "brackets": lambda: "<" * 500_000,
    "open tags": lambda: "<a " * 200_000,
    "open quotation marks": lambda: "<a x='>" * 100_000,
    "open iframes": lambda: "<iframe>" * 60_000,
    "open scripts": lambda: "<script>" * 60_000,
    "end tags": lambda: "<div>" * 100 + "</p></b></x>" * 40_000,
    "embedded image": lambda: "<p>a<img src='data:image/png;base64," + "A" * 3_000_000 + "'>b</p>",
    "addresses": lambda: "https://b.example/ " * 50_000,
    "marks": lambda: "<p>a" + "\u0301" * 300_000,
    "spaces": lambda: "<p>a" + " " * 900_000 + "b",
    "dashes": lambda: "<p>" + "- " * 300_000,
    "preformatted": lambda: "<pre>" + "x\n" * 300_000,
    "lone surrogates and NULs": lambda: "<p>\ud800\x00" * 10_000,
    "srcset": lambda: "<img srcset='" + "a.jpg 1w, " * 100_000 + "'>x",
    "figures": lambda: "<figure><figcaption>x" * 20_000,
    "templates": lambda: "<template>" * 50_000 + "x",
    "selects": lambda: "<select><optgroup>" * 20_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_input_is_bounded_in_time_and_size(kind: str) -> None:
    """The limit is far above what any of them takes, and far below what a quadratic step would."""
    html = HOSTILE[kind]()
    started = time.process_time()
    document = to_document(html, base=BASE, title="x")

    assert time.process_time() - started < 3
    check(document)


@pytest.mark.parametrize("kind", ["many rows", "one long line", "many paragraphs", "many items", "preformatted"])
def test_what_is_left_out_is_told(kind: str) -> None:
    """A reader must know that there was more."""
    document = to_document(HOSTILE[kind](), base=BASE)

    assert document.blocks[-1] == Cut("size")
    assert len(plain_text(document)) > 1_000


ATTACKS = """
<script>alert(1)</script>x
<IMG SRC="javascript:alert('x');">x
<img src=x onerror=alert(1)>x
<a href="jav&#x09;ascript:alert(1)">x</a>
<a href=" javascript:alert(1)">x</a>
<a href="&#1;javascript:alert(1)">x</a>
<a href="vbscript:x">x</a><a href="data:text/html;base64,PHNjcmlwdD4=">x</a>
<svg><script>alert(1)</script></svg>x
<math><a xlink:href="javascript:alert(1)">x</a></math>
<iframe src="javascript:alert(1)"></iframe>x
<object data="file:///etc/passwd"></object><embed src="ftp://a.example/">x
<style>@import 'javascript:alert(1)';</style>x
<base href="javascript:alert(1)//"><a href="//b.example/">x</a>
<meta http-equiv="refresh" content="0;url=javascript:alert(1)">x
<noscript><p title="</noscript><img src=x onerror=alert(1)>">x
<<script>script>alert(1)<</script>/script>x
<a href="--version">x</a><a href="https://[">x</a>
<video poster=javascript:alert(1)><source onerror="alert(1)"></video>x
[@click=app.quit]x[/] [link=file:///x]x[/link] [/] [a='
""".strip().splitlines()


@pytest.mark.parametrize("html", ATTACKS)
def test_what_would_act_in_a_browser_is_text_or_nothing(html: str) -> None:
    """Only words come out, and links a person may follow."""
    document = to_document(html, base=BASE)

    check(document)
    assert "x" in plain_text(document)
    assert "alert(1)" not in plain_text(document)
    assert not any("alert" in link for link in document.links)


def test_deep_nesting_keeps_the_text() -> None:
    """5,000 levels are flattened, not refused."""
    document = to_document("<div>" * 5_000 + "<p>isi</p>" + "</div>" * 5_000 + "<p>sesudah</p>", base=BASE)

    assert [block.text.text for block in document.blocks if isinstance(block, Paragraph)] == ["isi", "sesudah"]
    assert document.blocks[-1] == Cut("depth")


def check(document: Document) -> None:
    """What must hold of every document."""
    size = 0
    count = 0
    for block in walk(document.blocks):
        count += 1 + (len(block.rows) if isinstance(block, Table) else 0)
        for inline in inlines(block):
            size += len(inline.text)
            check_inline(inline, len(document.links))
        if isinstance(block, Figure | Embed):
            assert -1 <= block.link < len(document.links)
        if isinstance(block, Table):
            assert len({len(row) for row in (*block.rows, *((block.header,) if block.header else ()))}) <= 1
        if isinstance(block, Paragraph | Heading):
            assert block.text.text
        if isinstance(block, ListBlock):
            assert all(block.items)
        if isinstance(block, Quote):
            assert block.blocks
    assert size <= MAX_TEXT + 50_000
    assert count <= 3 * MAX_BLOCKS + 10
    assert len(document.links) <= MAX_LINKS
    assert len(set(document.links)) == len(document.links)
    assert all(link.isascii() and link.isprintable() and " " not in link for link in document.links)
    assert all(link.startswith(("http://", "https://", "mailto:")) for link in document.links)
    assert unpack(pack(document)) == document
    plain_text(document)


def inlines(block: Block) -> list[Inline]:
    match block:
        case Paragraph(text=text) | Heading(text=text):
            return [text]
        case Figure(caption=caption, credit=credit, alt=alt):
            return [caption, Inline(credit), Inline(alt)]
        case Embed(label=label):
            return [Inline(label)]
        case Code(text=text):
            return [Inline(text)]
        case Table(rows=rows, header=header, caption=caption):
            return [Inline(caption), *header, *(cell for row in rows for cell in row)]
        case _:
            return []


def check_inline(inline: Inline, links: int) -> None:
    assert clean(inline.text) == inline.text
    for span in inline.spans:
        assert 0 <= span.start < span.end <= len(inline.text)
        assert (0 <= span.link < links) if span.kind == "link" else span.link == -1
    assert [span.start for span in inline.spans] == sorted(span.start for span in inline.spans)


NAMES = """
    p div span b i a em code pre ul ol li dl dt dd table tr td th thead caption blockquote figure figcaption
    img br hr h1 h3 q ruby rt iframe video source script style svg select option form noscript section small
    sup template body x
"""
TAGS = """
    <a href='/x'> | <a href=javascript:x> | <img src=a.jpg alt=Teks> | <img width=1 src=p.gif> | <p/> | <br/> |
    <a | <td colspan=3 rowspan=2> | <p class=caption> | <span class=credit> | <blockquote class=twitter-tweet> |
    <ol start=7> | <div style='display:none'> | <iframe src=//youtube.com/embed/abcdefghijk> |
    <pre class=language-x> | <!-- | --> | < | > | <![CDATA[ | ]]> | =' | " | &amp; | &#27; | &#x9d; | &#xD800; |
    &nbsp; | &lt;b&gt; | https://b.example/x. | *** | <enam
"""
PIECES = [
    *(f"<{name}>" for name in NAMES.split()),
    *(f"</{name}>" for name in NAMES.split()),
    *(tag.strip() for tag in TAGS.split("|")),
    *("\x00", "\x1b", "\ud800", "\u202e", "teks", " ", "\n", "\n\n", "kata kata "),
    *("e\u0301", "\u0301", "漢字", "👩\u200d👧"),
]
soup = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=80)


@given(soup, st.sampled_from(["", BASE, "javascript:x", "http://["]))
@settings(max_examples=400, deadline=None)
def test_any_soup_makes_a_sound_document(html: str, base: str) -> None:
    """Half the world's feeds are not quite valid."""
    document = to_document(html, base=base, title="teks")
    check(document)
    check(apply(document, host="rri.co.id").document)


@given(soup)
@settings(max_examples=200, deadline=None)
def test_what_was_made_safe_stays_within_the_bounds(html: str) -> None:
    """A page may be rewritten once for its selectors and again for its text."""
    source = bounded(html)

    assert len(source.html) <= MAX_OUTPUT
    assert to_document(source.html, base=BASE) == to_document(bounded(source.html).html, base=BASE)


def test_depth_is_bounded_before_the_parser() -> None:
    """The parser's time grows with the square of the depth."""
    assert bounded("<div>" * 80_000).html.count("<div>") == MAX_DEPTH
