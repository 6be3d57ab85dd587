"""Characters come out as the publisher meant them, whatever header and document say."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.parse.sniff import decode, failure, is_feed_like, is_html_like
from tests.hostile import item, rss

from .helpers import entry

TEXTS = {
    "utf-8": "Kedai “Kopi” – é 日本 Ж",
    "utf-16": "Kedai “Kopi” – é 日本 Ж",
    "utf-16-be": "Kedai “Kopi” 日本",
    "utf-32": "Kedai “Kopi” 日本",
    "iso-8859-1": "Café à la carte",
    "windows-1252": "Kedai “Kopi” – €",
    "windows-1251": "Новости дня",
    "koi8-r": "Новости дня",
    "shift_jis": "日本のニュース",
    "euc-jp": "日本のニュース",
    "iso-2022-jp": "日本のニュース",
    "big5": "新聞快訊",
    "gb18030": "新闻快讯",
    "gb2312": "新闻快讯",
    "euc-kr": "오늘의 뉴스",
    "tis-620": "ข่าววันนี้",
}


def _document(text: str, encoding: str) -> bytes:
    declaration = f"<?xml version='1.0' encoding='{encoding}'?>"
    return (declaration + rss(item(1, title=text)).decode()).encode(encoding)


@pytest.mark.parametrize("encoding", TEXTS)
def test_the_documents_own_word(encoding: str) -> None:
    """A feed without a charset in its header says itself what it is."""
    assert entry(_document(TEXTS[encoding], encoding), url="https://kabar.example/rss").title == TEXTS[encoding]


@pytest.mark.parametrize("encoding", [name for name in TEXTS if not name.startswith("utf-")])
def test_the_header_goes_before_the_document(encoding: str) -> None:
    """Servers convert documents without telling them (RFC 7303 §3)."""
    body = ("<?xml version='1.0' encoding='utf-8'?>" + rss(item(1, title=TEXTS[encoding])).decode()).encode(encoding)

    assert TEXTS[encoding] in decode(body, f'text/xml; charset="{encoding.upper()}"')


@pytest.mark.parametrize("bom", ["utf-8-sig", "utf-16", "utf-32"])
def test_the_byte_order_mark_goes_before_all(bom: str) -> None:
    """It is part of the bytes and cannot be lost on the way."""
    body = rss(item(1, title="Café 日本")).decode().encode(bom)

    assert "Café 日本" in decode(body, "text/xml; charset=iso-8859-1")


@pytest.mark.parametrize(
    "told", ["iso-8859-1", "windows-1252", "us-ascii", "utf-16", "nonsense", "hex", "punycode", ""]
)
def test_utf_8_is_known_by_itself(told: str) -> None:
    """Tribun's header and document disagree; no other text is valid UTF-8 by chance."""
    body = rss(item(1, title="Harga “naik” – Rp 5.000"))

    assert "“naik” –" in decode(body, f"application/xml; charset={told}")


def test_the_users_word_goes_before_all() -> None:
    """`encoding` in feeds.toml is for feeds that lie beyond rescue."""
    body = "<title>Новости</title>".encode("koi8-r")

    assert decode(body, "text/xml; charset=utf-8", "koi8-r") == "<title>Новости</title>"


def test_a_few_broken_bytes_do_not_spoil_the_rest() -> None:
    """One author's paste must not turn a whole feed into mojibake."""
    text = "“Satu” “dua” “tiga” “empat” “lima” é é é é "
    body = text.encode() + b"\x93kutip\x94"

    assert decode(body, "text/xml; charset=utf-8") == text + "“kutip”"


@given(st.binary(max_size=300), st.text(max_size=40), st.text(max_size=20))
def test_decoding_never_fails(body: bytes, content_type: str, encoding: str) -> None:
    """There is always some text to show, if only as a snippet in an error."""
    assert isinstance(decode(body, content_type, encoding), str)


@pytest.mark.parametrize("start", ["<!--a-->", "<!--", "<?xml ?>", " ", "<title>", "<title", "<input ", "<"])
def test_looking_at_the_start_is_linear(start: str) -> None:
    """What came instead of a feed is looked at in every failing refresh."""
    text = start * (200_000 // len(start)) + "<p>"
    began = time.process_time()

    is_html_like(text)
    is_feed_like(text)
    failure(text)

    assert time.process_time() - began < 2


@pytest.mark.parametrize("name", ["unicode_escape", "raw_unicode_escape", "idna", "punycode", "rot13", "zlib", "mbcs"])
def test_codecs_that_are_no_encodings_are_passed_over(name: str) -> None:
    """Some of Python's codecs run in quadratic time, some mean something else altogether."""
    assert decode(b"a\\x41-\xe9", "", name) == "a\\x41-é"
