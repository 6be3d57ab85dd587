"""HTML that needs no tree builder."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text import simple
from reader.text.html import to_document

BASE = "https://kabar.example/a"
NAMES = ("p", "div", "h2", "h3", "ul", "ol", "li", "blockquote", "a", "b", "em", "span", "u", "br", "img", "hr")
PIECES = st.sampled_from(
    [
        *(f"<{name}>" for name in NAMES),
        *(f"</{name}>" for name in NAMES),
        *(
            "Hujan deras",
            " di ",
            "\n\n",
            "R&D",
            "&amp;",
            "&nbsp;",
            "&#8217;",
            "&#x27;",
            "&copy",
            "&#150;",
            "&lt;b&gt;",
            "<",
            ">",
        ),
        *(
            "<br/>",
            "<p/>",
            "</br>",
            "<P>",
            "<a href='/x'>",
            '<a href="https://b.example/?a=1&amp;b=2">',
            "<table><tr><td>",
        ),
        *('<img src="/x.jpg" alt="Ranai">', '<p class="caption">', '<div hidden="">', '<p style="display:none">'),
        *(
            '<span class="credits">',
            "<p title='a' title=\"b\">",
            "<!-- x -->",
            "<script>x</script>",
            "Pasar — “ramai”",
            "\x00",
        ),
    ]
)
WHOLE = st.recursive(
    st.sampled_from(["Hujan", " deras ", "<br>", "<hr/>", '<img src="/a.jpg">', "&amp;", "—\n"]),
    lambda inner: st.tuples(st.sampled_from(NAMES[:13]), st.lists(inner, max_size=4)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
    ),
    max_leaves=12,
)


def _the_usual_way(html: str) -> object:
    """A comment changes nothing but that the HTML is no longer plain."""
    return to_document(html + "<!-- -->", base=BASE)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_any_tags_come_to_what_a_tree_builder_makes_of_them(html: str) -> None:
    """The short way is a short cut, never another opinion."""
    assert not simple.pieces(html) or to_document(html, base=BASE) == _the_usual_way(html)


@given(st.lists(WHOLE, max_size=4).map("".join))
def test_nested_elements_come_to_what_a_tree_builder_makes_of_them(html: str) -> None:
    """The same where the tags nest, as in nearly all feeds."""
    assert not simple.pieces(html) or to_document(html, base=BASE) == _the_usual_way(html)


@pytest.mark.parametrize(
    "html",
    [
        "<p>Hujan <b>deras</b> di <a href='/ranai'>Ranai</a>.<br />Lagi.</p>\n<p>Pasar &amp; pelabuhan</p>",
        "<ul><li>Satu</li><li>Dua<ul><li>Dua setengah</li></ul></li></ul><blockquote><p>Kata</p></blockquote>",
    ],
)
def test_what_feeds_bring_takes_the_short_way(html: str) -> None:
    """Else it would spare nothing."""
    assert simple.pieces(html)


@pytest.mark.parametrize("html", ["", "Tanpa tag", "<table><tr><td>1</td></tr></table>", "<p>a<b", "<p>&#1;</p>"])
def test_the_rest_goes_the_usual_way(html: str) -> None:
    """Bounds are kept where they are."""
    assert not simple.pieces(html)


@pytest.mark.parametrize("html", ['<img src="/a.jpg?a=1&copyx;">', '<img src="/a.jpg" alt="&ltx; &nott;">'])
def test_a_reference_within_a_name_is_read_as_in_an_attribute(html: str) -> None:
    """In text it ends where a known name does, in an attribute only at its semicolon."""
    assert to_document(html, base=BASE) == _the_usual_way(html)
