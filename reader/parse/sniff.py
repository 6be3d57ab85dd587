"""What a body is: its characters, and the kind of document that came.

Source: RFC 7303 §3 (byte order mark, then charset, then the document's own word), WHATWG Encoding (names that mean a
larger set than they say). A document whose characters do not fit its encoding is rescued, never refused.
"""

from __future__ import annotations

import codecs
import html
import re

from reader.model import Failure
from reader.text.clean import clean_line

__all__ = ["decode", "failure", "is_feed_like", "is_html_like", "is_json_like"]

_BOMS = (
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
)
# The first characters of an XML declaration where it is not a superset of ASCII (XML 1.0 appendix F).
_DECLARATIONS = (
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00<\x00?", "utf-16-be"),
    (b"<\x00?\x00", "utf-16-le"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
_LARGER = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
# Codecs of Python that are no character encodings of the web, or decode in quadratic time.
_ALLOWED = re.compile(
    r"utf-8(-sig)?|utf-(16|32)(-[bl]e)?|utf-7|ascii|iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|kz1048|ptcp154|tis-620|hz"
    r"|gb2312|gbk|gb18030|big5(hkscs)?|shift_jis(x0213|_2004)?|euc_\w+|iso2022_\w+|johab|hp-roman8"
)
_XML_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?\bencoding\s{0,9}=\s{0,9}["']([A-Za-z0-9._:-]{1,40})["']""")
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?\bcharset\s{0,9}=\s{0,9}["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_CHARSET = re.compile(r"""\bcharset\s{0,9}=\s{0,9}["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)

_FEED_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(?:rss|feed|rdf|channel|item|entry)\b", re.IGNORECASE)
_HTML_ROOT = re.compile(
    r"\s*+(?>(?:<!--.{0,2000}?-->|<\?xml[^>]{0,200}>)\s*+)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TITLE = re.compile(r"<title[^>]{0,200}>(.{0,300}?)</title", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"<[^<>]{0,400}>")
_LOGIN = re.compile(r"""<input[^>]{0,200}type\s{0,3}=\s{0,3}["']?password\b""", re.IGNORECASE)


def decode(body: bytes, content_type: str = "", encoding: str = "") -> str:
    """The characters of a body; what does not fit its encoding becomes U+FFFD, or what it most likely was.

    Args:
        body: as it came, without Content-Encoding.
        content_type: the Content-Type field; its charset goes before the document's own word.
        encoding: the user's word, which goes before all.

    """
    told = [encoding]
    for bom, name in _BOMS:
        if body.startswith(bom):
            body = body[len(bom) :]
            told.append(name)
            break
    wide = next((name for start, name in _DECLARATIONS if body.startswith(start)), "")
    head = body[:1024].decode(wide, "replace").encode("ascii", "replace") if wide else body[:1024]
    if not encoding and b"\0" not in body and _is_utf8_beyond_ascii(body):
        return body.decode()  # whatever it says: no other text is valid UTF-8 by chance
    charset = _CHARSET.search(content_type)
    own = _XML_ENCODING.search(head) or _META_CHARSET.search(head)
    named = own[1].decode("ascii") if own else ""
    # UTF-16's own word cannot tell the byte order; of EBCDIC there are many, told apart by theirs.
    told += [charset[1] if charset else "", *((named, wide) if wide == "cp037" else (wide, named)), "utf-8"]
    return _first_fit(body, told)


def _first_fit(body: bytes, told: list[str]) -> str:
    names = [name for name in map(_codec, told) if name]
    for name in dict.fromkeys(names):
        try:
            return body.decode(name)
        except UnicodeError:
            # A few broken bytes in a document that is UTF-8 otherwise.
            if name == "utf-8" and _is_mostly_utf8(body):
                return body.decode("utf-8", "warta.cp1252")
    # UTF-8 was tried and is not even likely: the encoding told, with marks for what does not fit it.
    return body.decode(next((name for name in names if name != "utf-8"), "cp1252"), "replace")


def _codec(name: str) -> str:
    """Python's name for an encoding of the web, or empty."""
    try:
        known = codecs.lookup(name.strip().lower().removeprefix("x-")).name if name else ""
    except (LookupError, ValueError):
        return ""
    return _LARGER.get(known, known) if _ALLOWED.fullmatch(known) else ""


def _is_utf8_beyond_ascii(body: bytes) -> bool:
    if body.isascii():
        return False
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_mostly_utf8(body: bytes) -> bool:
    """Whether at most a quarter of what is beyond ASCII fails to be UTF-8."""
    beyond = sum(1 for _ in re.finditer(rb"[\xc2-\xf4][\x80-\xbf]{1,3}", body))
    broken = body.decode("utf-8", "replace").count("\ufffd")
    return beyond > 0 and broken * 4 <= beyond


def _as_cp1252(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("warta.cp1252", _as_cp1252)


def is_json_like(text: str) -> bool:
    """Whether the document can only be JSON."""
    return text.lstrip("\ufeff \t\r\n")[:1] in {"{", "["}


def is_feed_like(text: str) -> bool:
    """Whether an element of a feed stands anywhere in it: worth a parse."""
    return _FEED_ROOT.search(text) is not None


def is_html_like(text: str) -> bool:
    """Whether it begins as a web page does."""
    return _HTML_ROOT.match(text) is not None


def failure(text: str) -> Failure:
    """Why the document is no feed, with its first words.

    Args:
        text: the document, which no parser understood.

    """
    head = text[:100_000]
    if not head.strip("\ufeff\0 \t\r\n"):
        return Failure("empty_body")
    if is_html_like(head) or _TITLE.search(head):
        found = _TITLE.search(head)
        title = clean_line(html.unescape(_TAGS.sub(" ", found[1])), 120) if found else ""
        return Failure("html_page", "login" if _LOGIN.search(head) else "", title or _first_words(head))
    return Failure("not_a_feed", "json" if is_json_like(head) else "", _first_words(head))


def _first_words(text: str) -> str:
    return clean_line(html.unescape(_TAGS.sub(" ", text[:4000])), 120)
