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
    "[itemprop='articleBody']", ".entry-content", ".post-content", ".article-content", ".article-body",
    ".detail-text", "article", "main",
)  # fmt: skip
_LEFT_OUT = ("nav", "aside", "footer", "form", "button", "noscript")
_FEWEST_WORDS = 5


def parse_page(job: PageJob) -> PageText | ParseFailed:
    """The text under the first selector that has any.

    The feed's own selectors come first, then what is known of the site, then an extractor if one is installed, then
    the usual places of articles.
    """
    text = sniff.decode(job.body, job.content_type)
    if not text.strip("\ufeff\0 \t\r\n"):
        return ParseFailed(Failure("empty_body"))
    rule = page_rule(job.url)
    tree = LexborHTMLParser(bounded(text).html)
    _remove(tree, (*job.remove, *(rule.remove if rule else ())))
    everything = (tree.html or "") if is_installed() else ""
    _remove(tree, _LEFT_OUT)
    for selector in (*job.content, *(rule.content if rule else ())):
        if found := _article(_outermost(tree, selector), job, selector):
            return found
    if found := _article(extracted(everything, job.url), job, ""):
        return found
    for selector in _USUAL:
        if found := _article(_outermost(tree, selector), job, selector):
            return found
    snippet = sniff.failure(text).snippet
    return ParseFailed(Failure("parse_error", snippet, snippet))


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


def _outermost(tree: LexborHTMLParser, selector: str) -> str:
    """The HTML of all that a selector finds, without what stands inside another find."""
    return "\n".join(node.html or "" for node in _without_inner(_select(tree, selector)))


def _without_inner(nodes: list[LexborNode]) -> Iterator[LexborNode]:
    taken: set[int] = set()
    for node in nodes:
        parent = node.parent
        while parent is not None and parent.mem_id not in taken:
            parent = parent.parent
        taken.add(node.mem_id)
        if parent is None:
            yield node
