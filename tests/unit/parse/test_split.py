"""Cutting documents into items, and mending what cannot be cut."""

from __future__ import annotations

import time
from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.parse.markup import document, repair
from reader.parse.split import Pieces, split
from reader.parse.values import duration, number
from tests.hostile import atom, item, rss

from .helpers import feed

PIECES = st.sampled_from(
    ["<a>", "</a>", "<a b='c'>", "<!--", "-->", "<![CDATA[", "]]>", "&", "&amp;", "&x;", "&#1;", "&#x41;", "&nbsp", "<",
     ">", "\0", "\x1b", "<?x", "?>", "<!DOCTYPE", "[", "]", "teks", " ", "<item>", "</item>", "<rss>", "</rss>"]
)  # fmt: skip


def pieces_of(body: bytes) -> Pieces:
    found = split(body)
    assert found is not None
    return found


@pytest.mark.parametrize("count", [0, 1, 5])
@pytest.mark.parametrize("form", ["rss", "atom"])
def test_all_items_together_are_the_document(form: str, count: int) -> None:
    """Nothing but items is ever left out."""
    entries = [f"<entry><id>{n}</id></entry>\n" for n in range(count)]
    body = rss(*(item(n) for n in range(count))) if form == "rss" else atom(*entries)
    found = pieces_of(body)

    assert len(found.items) == count
    assert found.with_items(found.items) == body


def test_an_item_alone_reads_as_it_does_among_others() -> None:
    """The whole trick rests on it."""
    body = rss(*(item(n, title=f"Judul {n} é &amp; 日本") for n in range(10)), head="<language>id</language>")
    whole = feed(body).entries
    found = pieces_of(body)

    for index, each in enumerate(found.items):
        others = b"".join(other.hash for other in found.items if other is not each)
        assert feed(body, known=others).entries == (whole[index],)


@pytest.mark.parametrize(
    "empty", ["<item/>", "<item a='/>'/>", "<item></item>", "<item><a/></item>", "<item>/></item>"]
)
def test_empty_items_end_where_they_end(empty: str) -> None:
    """Of `<item/>` expat tells another byte than of `<item></item>`; a wrong one would cut the neighbours."""
    body = rss(empty, item(1), empty)
    found = pieces_of(body)

    assert [body[each.start : each.end].decode() for each in found.items] == [empty, item(1), empty]


def test_items_inside_items_are_not_items() -> None:
    """Only those at the document's own level are."""
    found = pieces_of(rss("<item><title>x</title><item><title>y</title></item></item>"))

    assert len(found.items) == 1


@pytest.mark.parametrize(
    "body", [b"", b"<rss>", b"<rss><item></rss>", b"<rss><a>&x;</a></rss>", b"<!DOCTYPE r [<!ENTITY x 'y'>]><r/>"]
)
def test_what_is_not_well_formed_is_not_cut(body: bytes) -> None:
    """Guessing where an item ends would mix articles up."""
    found = split(body)

    assert found is None or not found.items


@given(st.lists(PIECES, max_size=30))
def test_mending_leaves_no_character_or_reference_expat_refuses(parts: list[str]) -> None:
    """After it only the nesting of tags can be wrong."""
    mended = repair("".join(parts))
    parser = expat.ParserCreate("utf-8")

    try:
        parser.Parse(f"<r>{mended}</r>".encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        assert error.code not in {  # noqa: PT017  # which error it is decides
            expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY],
            expat.errors.codes[expat.errors.XML_ERROR_BAD_CHAR_REF],
        }


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("<a>R&D &nosuch; &eacute;&amp;&#65;</a>", "<a>R&amp;D &amp;nosuch; é&amp;&#65;</a>"),
        ("<a>1 < 2 <3</a>", "<a>1 &lt; 2 &lt;3</a>"),
        ("<a><![CDATA[a & b &eacute; < c]]></a>", "<a><![CDATA[a & b &eacute; < c]]></a>"),
        ("<a>x<!-- -- --- > & -->y</a>", "<a>xy</a>"),
        ("<a>\x1b[31m\0&#27;&#xD800;&#0;</a>", "<a>[31m\ufffd\ufffd\ufffd</a>"),
        ("<a>&lt</a>", "<a>&amp;lt</a>"),
    ],
)
def test_mending_keeps_the_text(broken: str, mended: str) -> None:
    """Every letter the publisher wrote is still there."""
    assert repair(broken) == mended


@pytest.mark.parametrize(
    "piece",
    ["<!--", "<![CDATA[", "&", "<", "<!", "<?", "<!DOCTYPE [", "<!ENTITY a 'b'>", "a.", "<author>", "]]>", "<!>"],
)
def test_mending_is_linear(piece: str) -> None:
    """A pattern that starts again at each opening would take minutes."""
    text = "<rss>" + piece * (400_000 // len(piece))
    began = time.process_time()

    repair(document(text))
    repair(document(piece * (400_000 // len(piece)) + "[]>-->]]>"))

    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("value", "count"),
    [("12", 12), (" 1,234 ", 1234), ("12.7", 12), (5, 5), (5.9, 5), ("-1", None), ("x", None), ("", None), (None, None),
     (float("inf"), None), (True, None), ("9" * 5_000, None), (-3, None)],
)  # fmt: skip
def test_counts(value: object, count: int | None) -> None:
    """Lengths in feeds are mostly lies, sometimes essays."""
    assert number(value) == count


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("1:02:03", 3723), ("62:03", 3723), ("3723", 3723), (61.5, 61), ("0", None), ("1:2:3:4", None), ("sejam", None),
     ("", None), (None, None), ("::", None)],
)  # fmt: skip
def test_playing_times(value: object, seconds: int | None) -> None:
    """iTunes allows three forms."""
    assert duration(value) == seconds
