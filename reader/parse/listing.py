"""A listing page as a source: the articles it links to, by CSS selectors or by what their addresses look like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from reader.light import dataclass
from reader.model import Failure, FeedFacts, ParseFailed
from reader.parse import sniff
from reader.parse.assembly import finished
from reader.parse.drafts import Draft, Origin
from reader.parse.markers import head_of
from reader.text.clean import clean_line
from reader.text.dates import parse_date
from reader.text.source import bounded
from reader.text.urls import canonical, resolve

if TYPE_CHECKING:
    from reader.model import FeedConfig, ParseJob, ParseOutcome

__all__ = ["MAX_ITEMS", "parse_listing"]

MAX_ITEMS = 300
"""Articles taken from one page."""
_MAX_LINKS = 5_000
_HIGHEST = 8
"""How far above its link an article's card may begin."""

_BYLINE = re.compile(r"^(?:oleh|penulis|reporter|pewarta|editor|by)\b[\s:–—-]*", re.IGNORECASE)
_PICTURE_SOURCES = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-srcset", "srcset", "src")
_PASSWORD = "input[type=password]"  # noqa: S105 - a selector


class _SelectorError(Exception):
    """A selector or pattern of feeds.toml that means nothing."""


@dataclass(slots=True)
class _Found:
    """An article on the page, on its way to a draft."""

    url: str
    """Its address."""
    links: list[LexborNode]
    """All that lead to it."""
    card: LexborNode
    """What of the page is about it: an item, or the largest part around its link that holds no other article's."""
    above: list[LexborNode] = field(default_factory=list)
    """The parts around its first link, from the inside."""


def parse_listing(job: ParseJob) -> ParseOutcome:
    """The articles a page lists. Never raises for what a body holds."""
    text = sniff.decode(job.body, job.content_type, job.config.encoding)
    if not text.strip("\ufeff\0 \t\r\n") or not (sniff.is_html_like(text) or "<a" in text.lower()):
        return ParseFailed(sniff.failure(text))
    tree, head = LexborHTMLParser(bounded(text).html), head_of(text)
    try:
        found = _articles(tree, job.config, _base(head, job.url))
        drafts = [_draft(each, job) for each in found[:MAX_ITEMS]]
    except _SelectorError as error:
        return ParseFailed(Failure("nothing_found", str(error)))
    drafts = [draft for draft in drafts if draft.title]
    if not drafts:
        return ParseFailed(_why_nothing(tree, text, job.config))
    facts = _facts(head, job)
    origin = Origin(job.url, facts.site_url, facts.language, job.config.title_strip, job.now)
    return finished(drafts, facts, origin, job)


def _articles(tree: LexborHTMLParser, config: FeedConfig, base: str) -> list[_Found]:
    if config.item:
        return _by_items(tree, config, base)
    if config.link or config.link_pattern:
        return _by_links(tree, config, base)
    raise _SelectorError("neither item nor link_pattern is set")


def _by_items(tree: LexborHTMLParser, config: FeedConfig, base: str) -> list[_Found]:
    wanted = _pattern(config)
    found: dict[str, _Found] = {}
    for item in _select(tree, config.item, "item")[:_MAX_LINKS]:
        links = _select(item, config.link, "link") if config.link else [item, *item.css("a[href]")]
        for link in links:
            url = _target(link, base)
            if url and (wanted is None or wanted.search(url)):
                found.setdefault(canonical(url), _Found(url, [link], item))
                break
    return list(found.values())


def _by_links(tree: LexborHTMLParser, config: FeedConfig, base: str) -> list[_Found]:
    """Articles known by their links alone: links to one address are one article, with the card around the first."""
    wanted = _pattern(config)
    found: dict[str, _Found] = {}
    inside: dict[int, set[str]] = {}
    for link in _select(tree, config.link or "a[href]", "link")[:_MAX_LINKS]:
        url = _target(link, base)
        if not url or (wanted is not None and not wanted.search(url)):
            continue
        key = canonical(url)
        above = list(_above(link))
        for node in above:
            inside.setdefault(node.mem_id, set()).add(key)
        if key in found:
            found[key].links.append(link)
        else:
            found[key] = _Found(url, [link], link, above)
    for key, article in found.items():
        for node in article.above:
            if inside[node.mem_id] != {key} or node.tag in {"body", "html", "main"}:
                break
            article.card = node
    return list(found.values())


def _above(link: LexborNode) -> Iterator[LexborNode]:
    node = link.parent
    for _ in range(_HIGHEST):
        if node is None or node.tag in {"-document", "html", "body"}:
            return
        yield node
        node = node.parent


def _draft(found: _Found, job: ParseJob) -> Draft:
    config, card = job.config, found.card
    date = _date(card, config)
    summary = _first(card, config.summary, "summary")
    author = _text(_first(card, config.author, "author"))
    return Draft(
        link=found.url,
        title=_text(_first(card, config.item_title, "item_title")) or _title_of_links(found.links),
        author=_BYLINE.sub("", author).strip(" ,-–—|"),
        # What cannot be read as a date ("2 hours ago") would be another one each time.
        published=date if parse_date(date, now=job.now) else "",
        content=(summary.html or "") if summary is not None else "",
        image=_picture(_first(card, config.image, "image") or (None if config.image else card)),
    )


def _title_of_links(links: list[LexborNode]) -> str:
    """The longest of what the links to an article say, in words or in the names of their pictures."""
    texts = [_text(link) for link in links]
    if not any(texts):
        texts = [link.attributes.get("title") or link.attributes.get("aria-label") or "" for link in links]
    if not any(texts):
        texts = [picture.attributes.get("alt") or "" for link in links for picture in link.css("img[alt]")]
    return max(texts, key=len, default="")


def _date(card: LexborNode, config: FeedConfig) -> str:
    node = _first(card, config.date, "date")
    if node is None and not config.date:
        node = card.css_first("time")
    if node is None:
        return ""
    inner = node.css_first("time[datetime]") or node
    return inner.attributes.get("datetime") or inner.attributes.get("content") or _text(inner)


def _picture(node: LexborNode | None) -> str:
    """A picture's address where lazy pages keep it; the largest of several sizes is the last."""
    picture = node if node is None or node.tag == "img" else node.css_first("img")
    if picture is None:
        return ""
    for name in _PICTURE_SOURCES:
        value = (picture.attributes.get(name) or "").strip()
        if value and not value.startswith(("data:", "about:")):
            return value.split(",")[-1].strip().split(" ")[0] if name.endswith("srcset") else value
    return ""


def _why_nothing(tree: LexborHTMLParser, text: str, config: FeedConfig) -> Failure:
    snippet = sniff.failure(text).snippet
    if tree.css_first(_PASSWORD) is not None:
        return Failure("unauthorized", "a login page was sent", snippet)
    if config.item and tree.css_first(config.item) is not None:
        said = f'"{config.link or config.link_pattern}" (link)' if config.link or config.link_pattern else "a link"
        return Failure("nothing_found", f'no match for {said} inside "{config.item}" (item)', snippet)
    name, value = ("item", config.item) if config.item else ("link_pattern", config.link_pattern or config.link)
    return Failure("nothing_found", f'no match for "{clean_line(value, 120)}" ({name})', snippet)


def _facts(head: LexborHTMLParser, job: ParseJob) -> FeedFacts:
    title = head.css_first("title")
    site = head.css_first("meta[property='og:site_name']")
    root = head.css_first("html")
    icon = head.css_first("link[rel~=icon]")
    named = _text(title) or ((site.attributes.get("content") or "") if site is not None else "")
    language = (root.attributes.get("lang") or "") if root is not None else ""
    return FeedFacts(
        title=clean_line(named, 300),
        site_url=resolve(job.url, job.url),
        language=clean_line(language, 20).lower(),
        icon_url=resolve(job.url, icon.attributes.get("href") or "") if icon is not None else "",
        format="page",
    )


def _base(head: LexborHTMLParser, url: str) -> str:
    base = head.css_first("base[href]")
    return (resolve(url, base.attributes.get("href") or "") if base is not None else "") or url


def _target(link: LexborNode, base: str) -> str:
    if link.tag != "a":
        inner = link.css_first("a[href]") if not link.attributes.get("href") else None
        link = inner or link
    href = (link.attributes.get("href") or "").strip()
    return "" if not href or href.startswith("#") else resolve(base, href).partition("#")[0]


def _pattern(config: FeedConfig) -> re.Pattern[str] | None:
    try:
        return re.compile(config.link_pattern) if config.link_pattern else None
    except re.error as error:
        raise _SelectorError(f"link_pattern: {error}") from error


def _select(place: LexborHTMLParser | LexborNode, selector: str, name: str) -> list[LexborNode]:
    try:
        return place.css(selector)
    except SelectolaxError as error:
        raise _SelectorError(f'"{clean_line(selector, 120)}" ({name}) is not a CSS selector') from error


def _first(place: LexborNode, selector: str, name: str) -> LexborNode | None:
    return next(iter(_select(place, selector, name)), None) if selector.strip() else None


def _text(node: LexborNode | None) -> str:
    return clean_line(node.text(separator=" ", strip=True), 500) if node is not None else ""
