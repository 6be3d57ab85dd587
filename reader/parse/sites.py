"""Where articles stand on the pages of Indonesian news sites, and how an article of several pages comes as one.

A table of data. The selectors are those that public programs of 2024 to 2026 name for these sites, tried by nobody from
here. Sites change them, so a rule may have several, of which the first that finds text counts. What the reader writes
for a feed (``content`` and ``remove`` in feeds.toml) goes before all of it.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from reader.light import dataclass
from reader.text.urls import host, web_url

__all__ = ["PAGE_RULES", "PageRule", "page_rule", "whole_url"]


@dataclass(frozen=True, slots=True)
class PageRule:
    """What is known of a site's article pages."""

    site: str
    """The site without ``www.``; its subdomains are meant too."""
    example: str
    """The address of an article there."""
    content: tuple[str, ...]
    """CSS of the article's text, tried in order."""
    remove: tuple[str, ...] = ()
    """CSS of what stands inside it and is none of it."""
    whole: tuple[str, str] | None = None
    """Query parameter that shows an article of several pages on one; None: the site needs none."""
    asked: str = ""
    """What `whole_url` makes of the example; empty: the same."""


PAGE_RULES = (
    PageRule(
        "antaranews.com",
        "https://kepri.antaranews.com/berita/14104/contoh-judul",
        (".wrap__article-detail-content", ".post-content"),
        whole=("page", "all"),
        asked="https://kepri.antaranews.com/berita/14104/contoh-judul?page=all",
    ),
    PageRule(
        "rri.co.id",
        "https://www.rri.co.id/ranai/daerah/700038/contoh-judul",
        (
            "#news-content", ".news-content", ".post_details_inner", ".post_details_block", ".post-content",
            ".detail-berita",
        ),
        ("a[href*='/tags/']",),
    ),
    PageRule(
        "kompas.com",
        "https://nasional.kompas.com/read/2026/11/18/21350041/contoh-judul?utm_source=rss&utm_medium=rss",
        (".read__content",),
        (".ads-on-body",),
        ("page", "all"),
        "https://nasional.kompas.com/read/2026/11/18/21350041/contoh-judul?page=all",
    ),
    PageRule(
        "detik.com",
        "https://finance.detik.com/berita-ekonomi-bisnis/d-7968123/contoh-judul",
        (".detail__body-text", ".itp_bodycontent"),
        whole=("single", "1"),
        asked="https://finance.detik.com/berita-ekonomi-bisnis/d-7968123/contoh-judul?single=1",
    ),
    PageRule(
        "tempo.co",
        "https://www.tempo.co/politik/contoh-judul-2070001",
        (".detail-content", ".detail-konten", "#content-wrapper"),
    ),
    PageRule(
        "cnnindonesia.com",
        "https://www.cnnindonesia.com/nasional/20261118141520-12-1240999/contoh-judul",
        (".detail-text", ".detail_text"),
    ),
    PageRule(
        "cnbcindonesia.com",
        "https://www.cnbcindonesia.com/news/20261118141520-4-640999/contoh-judul",
        (".detail-text", ".detail_text"),
    ),
    PageRule(
        "liputan6.com",
        "https://www.liputan6.com/news/read/6055946/contoh-judul",
        (".article-content-body__item-content", ".article-content-body"),
    ),
    PageRule(
        "republika.co.id",
        "https://news.republika.co.id/berita/t6k0a1/contoh-judul",
        ("div.article-content",),
        (".picked-article",),
    ),
    PageRule(
        "tribunnews.com",
        "https://batam.tribunnews.com/2026/11/18/contoh-judul?page=2",
        (".side-article.txt-article", ".txt-article"),
        whole=("page", "all"),
        asked="https://batam.tribunnews.com/2026/11/18/contoh-judul?page=all",
    ),
    PageRule(
        "suara.com",
        "https://www.suara.com/news/2026/11/18/165000/contoh-judul",
        ("div.article-content", "article.detail-content", "div.detail-content"),
        whole=("page", "all"),
        asked="https://www.suara.com/news/2026/11/18/165000/contoh-judul?page=all",
    ),
    PageRule(
        "tirto.id",
        "https://tirto.id/contoh-judul-hb7Q",
        (".content-text-editor", ".detail-content"),
    ),
    PageRule(
        "kontan.co.id",
        "https://investasi.kontan.co.id/news/contoh-judul",
        (".tmpt-desk-kon",),
        whole=("page", "all"),
        asked="https://investasi.kontan.co.id/news/contoh-judul?page=all",
    ),
    PageRule(
        "bisnis.com",
        "https://market.bisnis.com/read/20261118/7/1830001/contoh-judul",
        (".detailsContent", ".details-content"),
    ),
    PageRule(
        "sindonews.com",
        "https://nasional.sindonews.com/read/1500001/12/contoh-judul-1795000000",
        (".detail-desc",),
        whole=("showpage", "all"),
        asked="https://nasional.sindonews.com/read/1500001/12/contoh-judul-1795000000?showpage=all",
    ),
    PageRule(
        "katadata.co.id",
        "https://katadata.co.id/berita/nasional/6740a1b2c3d4e/contoh-judul",
        (".detail-body",),
    ),
)  # fmt: skip
"""Every site once."""


def page_rule(url: str) -> PageRule | None:
    """What is known of the site of an address; None: nothing."""
    name = host(url)
    return next((rule for rule in PAGE_RULES if name == rule.site or name.endswith("." + rule.site)), None)


def whole_url(url: str) -> str:
    """The address to ask for the whole of an article: as it is, but where a rule knows how its pages come as one.

    There what only says where a reader came from (``utm_…``) goes: the robots.txt of some forbids it.
    """
    rule = page_rule(url)
    if rule is None or rule.whole is None:
        return url
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=None)
    kept = [pair for pair in pairs if pair[0] != rule.whole[0] and not pair[0].lower().startswith("utm_")]
    return web_url(urlunsplit(parts._replace(query=urlencode([*kept, rule.whole]), fragment="")))
