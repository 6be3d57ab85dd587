"""The links of an article in a list: number, words, and where each really leads. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from reader.model.document import Embed, Figure, Heading, Inline, Paragraph, Table, walk
from reader.text.clean import clean_line
from reader.text.urls import display_host, mail_url, web_url

if TYPE_CHECKING:
    from reader.model.document import Block
    from reader.ui.article.layout import Page

__all__ = ["NamedLink", "named_links"]


class NamedLink(NamedTuple):
    """One link of a page."""

    number: int
    """As it stands behind the words in the text, from 1."""
    words: str
    """What the text calls it, one line; its address where it has no words."""
    host: str
    """The host it really leads to, as a person should see it; for a mail the address."""
    url: str
    """Its address, checked; empty: it leads nowhere."""


def named_links(page: Page) -> tuple[NamedLink, ...]:
    """All links of a page in their order."""
    words: dict[int, str] = {}
    for index, text in _words(page.document.blocks):
        if text and index not in words:
            words[index] = text
    known = page.links
    words |= {known.index(url): label for label, url in page.card.files if url in known}
    links = []
    for index, address in enumerate(known):
        url = web_url(address) or mail_url(address)
        host = display_host(url) or url.removeprefix("mailto:")
        links.append(NamedLink(index + 1, words.get(index) or clean_line(address), host, url))
    return tuple(links)


def _words(blocks: tuple[Block, ...]) -> Iterator[tuple[int, str]]:
    """Index and words of each place that links somewhere."""
    for block in walk(blocks):
        match block:
            case Paragraph(text=text) | Heading(text=text):
                yield from _linked(text)
            case Figure(caption=caption, alt=alt, link=link):
                yield from _linked(caption)
                yield link, clean_line(alt or caption.text)
            case Table(rows=rows, header=header):
                for cell in (cell for row in (header, *rows) for cell in row):
                    yield from _linked(cell)
            case Embed(label=label, link=link):
                yield link, clean_line(label)
            case _:
                pass


def _linked(text: Inline) -> Iterator[tuple[int, str]]:
    for span in text.spans:
        if span.kind == "link":
            yield span.link, clean_line(text.text[span.start : span.end])
