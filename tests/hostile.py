"""Small generators of feeds that broke other readers, one for each class.

Each gives a body; nothing is stored in the repository but how to make it.
"""

from __future__ import annotations

import json
from collections.abc import Callable

__all__ = ["HOSTILE", "NOT_FEEDS", "atom", "item", "rss"]

ESCAPES = "\x1b]0;title\x07\x1b[31m\x9b31m\x9d52;c;aGk=\x9c\x90q\x7f\u202e\u2066\u2028\U000e0041"


def item(number: int = 0, *, title: str = "", text: str = "", extra: str = "") -> str:
    """One RSS item with its own guid and link."""
    return (
        f"<item><title>{title or f'Berita {number}'}</title><guid isPermaLink='false'>g{number}</guid>"
        f"<link>https://kabar.example/berita/{number}</link><description>{text or f'Isi {number}'}</description>{extra}"
        "</item>"
    )


def rss(*items: str, head: str = "", prolog: str = "") -> bytes:
    """An RSS document."""
    body = "".join(items)
    return f"{prolog}<rss version='2.0'><channel><title>Uji</title>{head}{body}</channel></rss>".encode(
        "utf-8", "surrogatepass"
    )


def atom(*entries: str) -> bytes:
    """An Atom document."""
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Uji</title>{''.join(entries)}</feed>".encode()


def _around(text: str = "", *, title: str = "", extra: str = "") -> bytes:
    """A bad item between two good ones."""
    return rss(item(1), item(2, title=title, text=text, extra=extra), item(3))


def _doctype(subset: str) -> str:
    return f"<?xml version='1.0'?><!DOCTYPE rss [{subset}]>"


def _laughs() -> bytes:
    lines = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))
    return rss(item(1, text="&l11;"), prolog=_doctype("<!ENTITY l0 'lol'>" + lines))


def _quadratic() -> bytes:
    return rss(item(1, text="&a;" * 20_000), prolog=_doctype(f"<!ENTITY a '{'a' * 20_000}'>"))


_NO_LINKS = ("data:text/html,x", "%action", "http://[::1", "http://xn--a/")
_NO_DATES = ("Fri, 31 Dec 9999 23:59:59 GMT", "0000-00-00", "12:00", "99999-01-01", "9" * 5_000)


def _linked(link: str) -> str:
    enclosure = f"<enclosure url='{link}' length='-1' type='a'/>"
    return f"<item><guid isPermaLink='false'>{link}</guid><link>{link}</link>{enclosure}</item>"


def _json(head: dict[str, object], *items: object) -> bytes:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", **head, "items": items}).encode()


HOSTILE: dict[str, Callable[[], bytes]] = {
    # Characters and references
    "lone surrogate reference": lambda: _around("a&#xD800;b"),
    "reference beyond Unicode": lambda: _around("a&#x110000;b"),
    "reference too long for C": lambda: _around("a&#99999999999999999999;b"),
    "reference too long for int": lambda: _around(f"a&#{'9' * 100_000};b"),
    "escape reference": lambda: _around(title="a&#27;[31mb&#x9d;c"),
    "raw escapes": lambda: _around(ESCAPES, title=ESCAPES),
    "NUL bytes": lambda: _around("a\0b", title="\0"),
    "double escapes": lambda: _around("&amp;#27;]0;x&amp;#7;"),
    "raw surrogates": lambda: _around("\ud800\udc00"),
    "unknown entities": lambda: _around("&nbsp;&eacute;&nosuch;&", title="a & b < c"),
    "unpaired ampersands": lambda: _around("<![CDATA[a & b &amp; c]]>", title="R&D;"),
    # Documents
    "backslash in DOCTYPE": lambda: rss(item(1), prolog=_doctype(r"<!ENTITY a '\g<9>\1\u'>")),
    "billion laughs": _laughs,
    "quadratic blow-up": _quadratic,
    "external entity": lambda: rss(item(1, text="&x;"), prolog=_doctype("<!ENTITY x SYSTEM 'file:///etc/hostname'>")),
    "parameter entity": lambda: rss(
        item(1), prolog=_doctype("<!ENTITY % p SYSTEM 'http://127.0.0.1:9/x.dtd'>%p;<!ENTITY x 'y'>")
    ),
    "external DTD": lambda: rss(item(1, text="&x;"), prolog="<!DOCTYPE rss SYSTEM 'http://127.0.0.1:9/rss.dtd'>"),
    "encoding line trap": lambda: b"<?" + b"encoding='" * 50_000 + rss(item(1)),
    "bad GML": lambda: _around(
        extra="<g:where xmlns:g='http://www.georss.org/georss' xmlns:m='http://www.opengis.net/gml'>"
        "<m:Point srsName='x' srsDimension='a'><m:pos>1 b</m:pos></m:Point></g:where>"
    ),
    "undeclared prefixes": lambda: _around(extra="<media:content url='/a.jpg'/><dc:creator>A</dc:creator>"),
    "junk around": lambda: (
        b"\n\n<br />\n<b>Warning</b>: x\n<?xml version='1.0'?>" + rss(item(1)) + b"\n<script>x</script>"
    ),
    "cut inside an item": lambda: rss(item(1), item(2), item(3))[:-70],
    "cut inside a tag": lambda: rss(item(1), item(2))[:-10],
    "deep XML": lambda: _around(extra="<a>" * 20_000 + "</a>" * 20_000),
    "many unclosed comments": lambda: _around("<!--" * 40_000),
    "many escaped comments": lambda: _around("&lt;!--" * 40_000),
    "many attributes": lambda: _around(extra=f"<x {' '.join(f'a{n}=' + chr(39) + chr(39) for n in range(20_000))}/>"),
    "many items": lambda: rss(*(item(number) for number in range(1_500))),
    "only an empty item": lambda: rss("<item/>"),
    # Cost
    "long author": lambda: _around(extra=f"<author>{'a.' * 40_000}</author>"),
    "long author in CDATA": lambda: _around(extra=f"<author><![CDATA[{'a.' * 40_000}]]></author>"),
    # The letters reach the expression as one word although no long word stands in the document.
    "author in pieces": lambda: _around(extra=f"<author>{'a.<!-- -->' * 80_000}</author>"),
    "author in references": lambda: _around(extra=f"<author>{'a&#46;' * 80_000}</author>"),
    "long category": lambda: _around(extra="".join(f"<category>k{n}</category>" for n in range(5_000))),
    "long title": lambda: _around(title="x" * 1_000_000),
    "long link": lambda: _around(extra=f"<link>https://kabar.example/{'x' * 100_000}</link>"),
    "deep HTML": lambda: _around("&lt;div&gt;" * 5_000),
    "wide table": lambda: _around("&lt;table&gt;" + "&lt;tr&gt;&lt;td&gt;x" * 10_000),
    # Identity
    "the same guid for all": lambda: rss(*(item(n).replace(f"g{n}<", "sama<") for n in range(5))),
    "no identity at all": lambda: rss(*(f"<item><title>Judul {n}</title></item>" for n in range(3)), "<item/>"),
    "home page as link": lambda: rss(*(item(n).replace(f"berita/{n}<", "<") for n in range(3))),
    # Addresses
    "dangerous links": lambda: rss(
        *map(_linked, ("javascript:alert(1)", "--version", "file:///etc/passwd", *_NO_LINKS))
    ),
    # Dates
    "impossible dates": lambda: rss(*(item(n, extra=f"<pubDate>{date}</pubDate>") for n, date in enumerate(_NO_DATES))),
    # JSON
    "JSON with surrogates": lambda: _json({"title": "\ud800"}, {"id": "\udfff", "content_text": "\ud83d x"}),
    "JSON with endless numbers": lambda: _json(
        {"title": "t"},
        {"id": float("inf"), "attachments": [{"url": "https://a.example/x", "size_in_bytes": float("inf")}]},
        {"id": 10**4000, "attachments": [{"url": "https://a.example/x", "duration_in_seconds": float("-inf")}]},
    ).replace(b"Infinity", b"1e400"),
    "JSON of wrong types": lambda: _json(
        {"title": [], "hubs": 3}, 1, None, {}, {"id": {}, "url": 3, "tags": "x", "authors": {"name": 1}}
    ),
}
"""Feeds of which at least one entry must come out, each within seconds."""

NOT_FEEDS: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "white space": lambda: b" \r\n\t ",
    "a path": lambda: b"/etc/hostname",
    "a device": lambda: b"/dev/zero",
    "an address": lambda: b"http://127.0.0.1:9/feed.xml",
    "a JSON error": lambda: b'{"error": "not found"}',
    "a JSON list": lambda: b"[1, 2]",
    "deep JSON": lambda: b"[" * 100_000,
    "a huge JSON number": lambda: b'{"items": [' + b"9" * 10_000 + b"]}",
    "a page": lambda: b"<!DOCTYPE html><html><head><title>Beranda</title></head><body><p>Halo</p></body></html>",
    "a login page": lambda: b"<html><title>Masuk</title><form><input type='password'></form></html>",
    "a page about feeds": lambda: b"<html><body><pre>&lt;rss&gt;</pre><script>'<rss>'</script></body></html>",
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "a feed cut in its first item": lambda: b"<rss version='2.0'><channel><title>x</title><item><title>Ter",
    "a sitemap": lambda: b"<urlset><url><loc>https://a.example/</loc></url></urlset>",
}
"""Bodies that are no feed; each must be told as such."""
