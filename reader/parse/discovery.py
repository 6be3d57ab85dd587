"""The addresses a page names that may be feeds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from reader.model.discovering import PageLeads
from reader.parse import sniff
from reader.parse.link_shapes import article_pattern
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
_LINK_TEXT = 300
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
    links = _links(text, here)
    return PageLeads(
        clean_line(title.text(), 200) if title is not None else "",
        tuple(dict.fromkeys(url for _, url in sorted(feeds, key=lambda pair: pair[0])))[:_MOST],
        tuple(dict.fromkeys(url for url, words in links if _speaks_of_feeds(url, words)))[:_MOST],
        article_pattern(job.url, links),
    )


def _links(text: str, base: str) -> list[tuple[str, str]]:
    """The links of a page: absolute addresses, with their texts."""
    nodes = LexborHTMLParser(bounded(text).html).css("a[href]")[:_MOST_LINKS]
    found = ((resolve(base, node.attributes.get("href") or ""), node.text()[:_LINK_TEXT]) for node in nodes)
    return [(url, words) for url, words in found if url]


def _speaks_of_feeds(url: str, words: str) -> bool:
    place = url.partition("://")[2].partition("/")[2]  # the host's name says nothing of what stands there
    return bool(_SPEAKS_OF_FEEDS.search(place) or _SPEAKS_OF_FEEDS.search(words[:100]))
