"""The demo's articles as the documents real publishers serve: RSS, Atom, RDF, JSON Feed, pages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.demo.articles import DemoArticle, DemoSource

__all__ = ["audio_path", "feed_document", "page", "silence"]

# MPEG-1 layer III at 128 kbit/s and 44.1 kHz, mono; a frame of nothing but zeros is silence.
_FRAME = b"\xff\xfb\x90\xc4" + bytes(413)
_FRAMES_A_SECOND = 44_100 / 1_152


def feed_document(source: DemoSource, articles: Sequence[DemoArticle], base: str) -> tuple[str, str]:
    """A source's feed and its Content-Type.

    Args:
        source: The publisher; not one that fails.
        articles: Its articles, newest first.
        base: The server's address without a slash at the end.

    """
    match source.shape:
        case "atom":
            return _atom(source, articles, base), "application/atom+xml; charset=utf-8"
        case "rdf":
            return _rdf(source, articles, base), "application/rdf+xml; charset=utf-8"
        case "json":
            return _json(source, articles, base), "application/feed+json"
        case _:
            return _rss(source, articles, base), "application/rss+xml; charset=utf-8"


def page(source: DemoSource, article: DemoArticle) -> str:
    """An article's page, with the surroundings a real page has."""
    when = article.published.strftime("%d %b %Y %H:%M UTC")
    return f"""<!doctype html>
<html lang="{source.language}"><head><meta charset="utf-8"><title>{escape(article.title)}</title>
<script>var tracked = true;</script></head><body>
<nav><a href="/">Beranda</a> <a href="/{source.name}">{escape(source.title)}</a></nav>
<h2 id="news-title">{escape(article.title)}</h2>
<ul><li class="date">{when}</li><li class="author">Oleh - {escape(article.author or "Contoh Penulis")},</li></ul>
<div id="news-content">{article.body or f"<p>{escape(article.summary)}</p>"}
<div class="baca-juga"><a href="/">Berita lain</a></div></div>
<footer>{escape(source.title)}</footer></body></html>"""


def _rss(source: DemoSource, articles: Sequence[DemoArticle], base: str) -> str:
    items = "".join(_rss_item(source, article, base) for article in articles)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>
<title>{escape(source.title)}</title><link>{base}/{source.name}</link>
<description>{escape(source.title)}</description><language>{source.language}</language><ttl>60</ttl>
{items}</channel></rss>"""


def audio_path(article: DemoArticle) -> str:
    """Where an article's episode stands."""
    return f"/suara/{article.id}.mp3"


def silence(seconds: int) -> bytes:
    """An MP3 file in which nothing is to be heard."""
    return _FRAME * round(seconds * _FRAMES_A_SECOND)


def _rss_item(source: DemoSource, article: DemoArticle, base: str) -> str:
    link = base + article.path
    parts = [
        f"<title>{escape(article.title + source.title_tail)}</title><link>{link}</link>",
        f'<guid isPermaLink="false">{link}</guid><pubDate>{format_datetime(article.published)}</pubDate>',
        f"<description>{escape(article.summary)}</description>",
    ]
    if article.author:
        parts.append(f"<dc:creator>{escape(article.author)}</dc:creator>")
    if article.body and source.shape != "rss_snippets":
        parts.append(f"<content:encoded><![CDATA[{article.body}]]></content:encoded>")
    if article.image:
        parts.append(f'<media:content url="{base}{article.image}" medium="image"/>')
    if article.audio_seconds:
        audio, length = base + audio_path(article), round(article.audio_seconds * 16_000)
        parts.append(f'<enclosure url="{audio}" type="audio/mpeg" length="{length}"/>')
        parts.append(f"<itunes:duration>{article.audio_seconds}</itunes:duration>")
    return f"<item>{''.join(parts)}</item>\n"


def _atom(source: DemoSource, articles: Sequence[DemoArticle], base: str) -> str:
    entries = "".join(
        f"""<entry><title>{escape(article.title)}</title><link href="{base}{article.path}"/>
<id>tag:contoh.example,2026:{source.name}/{article.id}</id><updated>{article.published.isoformat()}</updated>
<published>{article.published.isoformat()}</published>
<author><name>{escape(article.author or source.title)}</name></author>
<summary>{escape(article.summary)}</summary><content type="html">{escape(article.body)}</content></entry>
"""
        for article in articles
    )
    return f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{source.language}"><title>{escape(source.title)}</title>
<link href="{base}/{source.name}"/><id>tag:contoh.example,2026:{source.name}</id>
<updated>{articles[0].published.isoformat()}</updated>
{entries}</feed>"""


def _rdf(source: DemoSource, articles: Sequence[DemoArticle], base: str) -> str:
    items = "".join(
        f"""<item rdf:about="{base}{article.path}"><title>{escape(article.title)}</title>
<link>{base}{article.path}</link><description>{escape(article.summary)}</description><dc:date>{article.published.isoformat()}</dc:date></item>
"""
        for article in articles
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="{base}/{source.name}">
<title>{escape(source.title)}</title><link>{base}/{source.name}</link>
<description>{escape(source.title)}</description></channel>
{items}</rdf:RDF>"""


def _json(source: DemoSource, articles: Sequence[DemoArticle], base: str) -> str:
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": source.title,
            "home_page_url": f"{base}/{source.name}",
            "language": source.language,
            "items": [
                {
                    "id": f"{base}{article.path}",
                    "url": f"{base}{article.path}",
                    "title": article.title,
                    "summary": article.summary,
                    "content_html": article.body,
                    "date_published": article.published.isoformat(),
                    "authors": [{"name": article.author or source.title}],
                }
                for article in articles
            ],
        },
        ensure_ascii=False,
    )
