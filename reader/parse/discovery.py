"""The addresses a page names that may be feeds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from reader.model.discovering import PageLeads
from reader.parse import sniff
from reader.parse.markers import head_of
from reader.text.clean import clean_line
from reader.text.source import bounded
from reader.text.urls import resolve

if TYPE_CHECKING:
    from reader.model import ParseJob

__all__ = ["look"]

_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})
_MOST = 10
_MOST_LINKS = 5_000
_SPEAKS_OF_FEEDS = re.compile(r"\b(?:rss|atom|feeds?|umpan)\b|\.(?:rss|rdf|atom)\b|feed\.xml", re.IGNORECASE)
_OF_COMMENTS = re.compile(r"comments?|komentar", re.IGNORECASE)


def look(job: ParseJob) -> PageLeads:
    """What a page says of feeds. Never raises for what it holds."""
    text = sniff.decode(job.body, job.content_type)
    head = head_of(text)
    base = head.css_first("base[href]")
    here = (resolve(job.url, base.attributes.get("href") or "") if base is not None else "") or job.url
    feeds: list[tuple[bool, str]] = []
    for link in head.css("link[rel~=alternate][href], link[rel~=feed][href]"):
        kind = (link.attributes.get("type") or "").partition(";")[0].strip().lower()
        url = resolve(here, link.attributes.get("href") or "")
        if kind in _TYPES and url:
            is_of_comments = bool(_OF_COMMENTS.search((link.attributes.get("title") or "") + url))
            feeds.append((is_of_comments, url))
    title = head.css_first("title")
    return PageLeads(
        clean_line(title.text(), 200) if title is not None else "",
        tuple(dict.fromkeys(url for _, url in sorted(feeds, key=lambda pair: pair[0])))[:_MOST],
        _links(text, here),
    )


def _links(text: str, base: str) -> tuple[str, ...]:
    found: list[str] = []
    for link in LexborHTMLParser(bounded(text).html).css("a[href]")[:_MOST_LINKS]:
        href = link.attributes.get("href") or ""
        if _SPEAKS_OF_FEEDS.search(href) or _SPEAKS_OF_FEEDS.search(link.text()[:100]):
            found.append(resolve(base, href))
    return tuple(dict.fromkeys(filter(None, found)))[:_MOST]
