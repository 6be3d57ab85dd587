"""The whole article taken from its page by selectors, so that a site's menus and teasers stay out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from reader.model import Failure, PageText, ParseFailed, pack
from reader.parse import sniff
from reader.parse.drafts import MAX_TEXT
from reader.text.clean import clip
from reader.text.conventions import apply
from reader.text.html import to_document
from reader.text.plain import plain_text
from reader.text.source import bounded
from reader.text.urls import host

if TYPE_CHECKING:
    from reader.model import PageJob

__all__ = ["parse_page"]

# Where articles stand on pages of the common publishing systems; after the feed's own selectors.
_USUAL = (
    "[itemprop='articleBody']", ".entry-content", ".post-content", ".article-content", ".article-body",
    ".detail-text", "article", "main",
)  # fmt: skip
_LEFT_OUT = ("nav", "aside", "footer", "form", "button", "noscript")
_FEWEST_WORDS = 5


def parse_page(job: PageJob) -> PageText | ParseFailed:
    """The text under the first selector that has any; the usual places of articles where none of the feed's fits."""
    text = sniff.decode(job.body, job.content_type)
    if not text.strip("\ufeff\0 \t\r\n"):
        return ParseFailed(Failure("empty_body"))
    tree = LexborHTMLParser(bounded(text).html)
    for selector in (*_LEFT_OUT, *job.remove):
        for node in list(_without_inner(_select(tree, selector))):
            node.decompose()
    for selector in (*job.content, *_USUAL):
        markup = _outermost(tree, selector)
        if not markup:
            continue
        article = apply(to_document(markup, base=job.url, title=job.title), host=host(job.url))
        plain = plain_text(article.document)
        if len(plain.split()) >= _FEWEST_WORDS:
            return PageText(
                pack(article.document),
                clip(plain, MAX_TEXT),
                len(plain.split()),
                author=article.author,
                place=article.place,
                selector=selector,
            )
    found = sniff.failure(text).snippet
    return ParseFailed(Failure("parse_error", found, found))


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
