"""Items that another reader stored, made entries as if a feed had brought them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reader.model import Enclosure
from reader.model.exchanging import ForeignEntries
from reader.parse.drafts import Draft, Origin, compose, line_of_html
from reader.parse.identity import crowd, key_of, merge_key_of

if TYPE_CHECKING:
    from reader.model.exchanging import ForeignItem, ForeignJob

__all__ = ["parse_foreign"]


def parse_foreign(job: ForeignJob) -> ForeignEntries:
    """The entries of items: cleaned, with the keys they would have come with from their feed."""
    origin = Origin(job.url, title_strip=job.title_strip)
    composed = [compose(_draft(item), origin) for item in job.items]
    among = crowd(each.traits for each in composed)
    return ForeignEntries(
        tuple(
            replace(each.entry, key=key_of(each.traits, among), merge_key=merge_key_of(each.entry.url, among))
            for each in composed
        )
    )


def _draft(item: ForeignItem) -> Draft:
    enclosures = (Enclosure(item.enclosure_url, type=item.enclosure_type),) if item.enclosure_url else ()
    return Draft(
        guid=item.guid,
        link=item.url,
        title=line_of_html(item.title),
        author=item.author,
        published=item.published.isoformat() if item.published else "",
        content=item.content,
        enclosures=enclosures,
    )
