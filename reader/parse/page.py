"""The whole article taken from its page by selectors, so that a site's menus and teasers stay out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from reader.model import Failure, PageText, ParseFailed, pack
from reader.parse import sniff
from reader.parse.drafts import MAX_TEXT
from reader.parse.extraction import extracted, is_installed
from reader.parse.sites import page_rule
from reader.text.clean import clip
from reader.text.conventions import apply
from reader.text.html import to_document
from reader.text.plain import plain_text
from reader.text.source import bounded
from reader.text.urls import host

if TYPE_CHECKING:
    from reader.model import PageJob

__all__ = ["parse_page"]

# Where articles stand on pages of the common publishing systems.
_USUAL = (
    "[itemprop='articleBody']", ".entry-content", ".post-content", ".article-content", ".article-body", ".detail-text",
)  # fmt: skip
# Where there is more than the article, unless it is the only one on the page.
_ROUGH = ("article", "main")
_LEFT_OUT = ("nav", "aside", "footer", "form", "button", "noscript")
_FEWEST_WORDS = 5
_LEVELS_UP = 3


def parse_page(job: PageJob) -> PageText | ParseFailed:
    """The text under the first selector that has any.

    The feed's own selectors come first, then what is known of the site, then the usual places of articles; an
    extractor, if one is installed, before those that hold more than the article.
    """
    text = sniff.decode(job.body, job.content_type)
    if not text.strip("\ufeff\0 \t\r\n"):
        return ParseFailed(Failure("empty_body"))
    rule = page_rule(job.url)
    tree = LexborHTMLParser(bounded(text).html)
    _remove(tree, (*job.remove, *(rule.remove if rule else ())))
    everything = (tree.html or "") if is_installed() else ""
    _remove(tree, _LEFT_OUT)
    known = [*job.content, *(rule.content if rule else ()), *_USUAL]
    if len(list(_without_inner(tree.css("article")))) == 1:
        known.append("article")
    found = _first(tree, known, job) or _article(extracted(everything, job.url), job, "") or _first(tree, _ROUGH, job)
    if found:
        return found
    snippet = sniff.failure(text).snippet
    return ParseFailed(Failure("parse_error", snippet, snippet))


def _first(tree: LexborHTMLParser, selectors: Iterable[str], job: PageJob) -> PageText | None:
    """The article under the first of the selectors that has one."""
    for selector in selectors:
        nodes = list(_without_inner(_select(tree, selector)))
        markup = "\n".join(node.html or "" for node in nodes)
        if found := _article(_lead_picture(nodes) + markup, job, selector):
            return found
    return None


def _lead_picture(nodes: list[LexborNode]) -> str:
    """The picture with a caption that stands shortly before the text, if there is none in it: most sites do so."""
    if not nodes or nodes[0].css_first("figure") is not None:
        return ""
    around = nodes[0].parent
    for _level in range(_LEVELS_UP):
        if around is None or around.tag in {"body", "html"}:
            return ""
        before = ""
        for node in around.css("*"):
            if node.mem_id == nodes[0].mem_id:
                break
            if node.tag == "figure" and node.css_first("figcaption") is not None:
                before = node.html or ""
        if before:
            return before
        around = around.parent
    return ""


def _article(markup: str, job: PageJob, selector: str) -> PageText | None:
    """The article in a piece of the page; None if there is hardly any text in it."""
    if not markup:
        return None
    article = apply(to_document(markup, base=job.url, title=job.title), host=host(job.url))
    plain = plain_text(article.document)
    words = len(plain.split())
    if words < _FEWEST_WORDS:
        return None
    return PageText(
        pack(article.document),
        clip(plain, MAX_TEXT),
        words,
        author=article.author,
        place=article.place,
        selector=selector,
    )


def _remove(tree: LexborHTMLParser, selectors: Iterable[str]) -> None:
    for selector in selectors:
        for node in list(_without_inner(_select(tree, selector))):
            node.decompose()


def _select(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    """What a selector finds; nothing for one that is none."""
    try:
        return tree.css(selector) if selector.strip() else []
    except SelectolaxError:
        return []


def _without_inner(nodes: list[LexborNode]) -> Iterator[LexborNode]:
    taken: set[int] = set()
    for node in nodes:
        parent = node.parent
        while parent is not None and parent.mem_id not in taken:
            parent = parent.parent
        taken.add(node.mem_id)
        if parent is None:
            yield node
