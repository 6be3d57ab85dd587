"""What a document says of one entry, before and after cleaning: whatever the format, entries are finished here."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING

from reader.light import dataclass
from reader.model import Document, Enclosure, Figure, Paragraph, ParsedEntry, pack, walk
from reader.parse.identity import Traits
from reader.text.clean import clean, clean_line, clip
from reader.text.conventions import apply, strip_title
from reader.text.dates import parse_date
from reader.text.html import to_document
from reader.text.plain import plain_text
from reader.text.urls import host, resolve

if TYPE_CHECKING:
    from reader.text.conventions import Conventioned

__all__ = ["Composed", "Draft", "Origin", "compose", "line_of_html"]

MAX_TEXT = 200_000
"""Characters of plain text kept for search."""
MAX_SUMMARY = 300
_MAX_CATEGORIES = 20
_MAX_ENCLOSURES = 20

_HIDDEN = re.compile(r"<(script|style)\b[^<>]{0,500}>.{0,5000}?</\1\s{0,9}>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>|<!--.{0,2000}?-->|<!doctype[^<>]{0,500}>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Origin:
    """What all entries of a document share."""

    url: str
    """The address that answered: base of relative links."""
    site_url: str = ""
    """The feed's web site."""
    language: str = ""
    """The feed's language."""
    title_strip: tuple[str, ...] = ()
    """Tails to take off titles."""
    now: datetime | None = None
    """The clock for dates without a year."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry as the document has it: nothing cleaned, nothing believed."""

    guid: str = ""
    """Its guid or id."""
    link: str = ""
    """Its address, maybe relative."""
    base: str = ""
    """Base of relative links, if the document names one for this entry."""
    title: str = ""
    """Its title as plain text; may hold line breaks."""
    author: str = ""
    """Its authors."""
    published: str = ""
    """When it was published."""
    updated: str = ""
    """When it was changed."""
    content: str = ""
    """Its text as HTML."""
    summary: str = ""
    """Its summary as HTML, if that is not the text."""
    categories: tuple[str, ...] = ()
    """The publisher's categories."""
    enclosures: tuple[Enclosure, ...] = ()
    """Files that come with it; addresses maybe relative."""
    image: str = ""
    """Address of a picture for it, maybe relative."""
    caption: str = ""
    """What is said about that picture: one line of text."""
    credit: str = ""
    """Who made that picture."""
    comments: str = ""
    """Address of a page of comments, maybe relative."""


@dataclass(frozen=True, slots=True)
class Composed:
    """An entry finished but for its keys, which depend on its neighbours."""

    entry: ParsedEntry
    """The entry; its keys are empty."""
    traits: Traits
    """What it is told apart by."""


def compose(draft: Draft, origin: Origin) -> Composed:
    """The entry, clean."""
    base = resolve(origin.url, draft.base) or origin.url
    url = resolve(base, draft.link)
    publisher = host(url) or host(origin.url)
    title = strip_title(clean_line(draft.title), publisher, origin.title_strip)
    image = resolve(base, draft.image)

    def read(markup: str) -> Conventioned:
        found = to_document(markup, base=url or base, title=title)
        return apply(found, host=publisher, language=origin.language)

    whole = read(draft.content)
    brief = read(draft.summary) if draft.summary else whole
    caption = _caption(draft, title)
    pictured = read(_figure(image, caption)).document if image and caption else Document(())
    document = _with_picture(whole.document, image, clean_line(draft.credit, 200), pictured)
    text = plain_text(document)
    summary = _summary(brief.document)
    published = parse_date(draft.published, now=origin.now)
    updated = parse_date(draft.updated, now=origin.now)
    entry = ParsedEntry(
        key="",
        title=title or clip(summary or clean_line(text), 100),
        url=url,
        author=clean_line(draft.author, 200) or whole.author,
        published=published or updated,
        raw_date=clean_line(draft.published or draft.updated, 100),
        summary=summary,
        place=whole.place or brief.place,
        words=len(text.split()),
        categories=_categories(draft),
        enclosures=_enclosures(draft, base),
        image_url=image or _first_picture(document),
        comments_url=resolve(base, draft.comments),
    )
    packed, text = pack(document), clip(text, MAX_TEXT)
    content = "\n".join((entry.title, entry.raw_date, text or summary))
    entry = replace(entry, updated=updated, document=packed, text=text, content_hash=_content_hash(entry, packed))
    return Composed(entry, Traits(clean(draft.guid), url, content))


def line_of_html(markup: str) -> str:
    """One line of text of a title that may hold markup and references."""
    if "<" in markup:
        markup = _TAG.sub("", _HIDDEN.sub("", markup[:20_000]))
    return html.unescape(markup) if "&" in markup else markup


def _summary(document: Document) -> str:
    line = clean_line(" ".join(_sentences(document)), MAX_SUMMARY)
    return line or clean_line(plain_text(document), MAX_SUMMARY)


def _sentences(document: Document) -> list[str]:
    """The body's paragraphs without datelines, as many as a summary can use."""
    found: list[str] = []
    room = MAX_SUMMARY * 2
    for block in walk(document.blocks):
        if isinstance(block, Paragraph) and block.role == "body" and room > 0:
            words = block.text.text[block.dateline :]
            found.append(words)
            room -= len(words)
    return found


def _caption(draft: Draft, title: str) -> str:
    """What is said about the picture; empty if that is only the article's title or a file's name."""
    caption = clean_line(draft.caption, 400)
    is_told = " " in caption and caption.casefold() not in {title.casefold(), clean_line(draft.title).casefold()}
    return caption if is_told else ""


def _figure(image: str, caption: str) -> str:
    """A picture as a page would have it, so that the press's conventions find the credit in its caption."""
    return f'<figure><img src="{html.escape(image)}"><figcaption>{html.escape(caption)}</figcaption></figure>'


def _with_picture(document: Document, image: str, credit: str, pictured: Document) -> Document:
    """The document with the feed's own picture on top if something is told of it and it is not there yet."""
    told = next((block for block in pictured.blocks if isinstance(block, Figure)), Figure())
    credit = credit or told.credit
    if not image or not (credit or told.caption.text) or image in document.links:
        return document
    if any(isinstance(block, Figure) for block in document.blocks[:3]):
        return document
    figure = Figure(caption=told.caption, credit=credit, link=len(document.links))
    return Document((figure, *document.blocks), (*document.links, image))


def _first_picture(document: Document) -> str:
    for block in walk(document.blocks):
        if isinstance(block, Figure) and block.link >= 0:
            return document.links[block.link]
    return ""


def _categories(draft: Draft) -> tuple[str, ...]:
    lines = (clean_line(category, 80) for category in draft.categories[: _MAX_CATEGORIES * 4])
    return tuple(dict.fromkeys(line for line in lines if line))[:_MAX_CATEGORIES]


def _enclosures(draft: Draft, base: str) -> tuple[Enclosure, ...]:
    """Each address once, with all that was told of it."""
    found: dict[str, Enclosure] = {}
    for enclosure in draft.enclosures[: _MAX_ENCLOSURES * 4]:
        url = resolve(base, enclosure.url)
        if not url or (url not in found and len(found) == _MAX_ENCLOSURES):
            continue
        first = found.get(url, Enclosure(url))
        found[url] = Enclosure(
            url,
            type=first.type or clean_line(enclosure.type, 100).lower(),
            length=first.length or enclosure.length,
            duration_seconds=first.duration_seconds or enclosure.duration_seconds,
            title=first.title or clean_line(enclosure.title, 200),
        )
    return tuple(found.values())


def _content_hash(entry: ParsedEntry, document: bytes) -> bytes:
    """Over all that is stored but `updated`, which some feeds set at every request; the text is in the document.

    Args:
        entry: without update, document and text.
        document: packed.

    """
    return blake2b(repr(entry).encode("utf-8", "replace") + document, digest_size=8).digest()
