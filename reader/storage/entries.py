"""What is stored of an entry: its values by column, every one safe to bind."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from reader.model import Enclosure
from reader.storage.values import as_json, from_json, safe_text, seconds

if TYPE_CHECKING:
    from reader.model import ParsedEntry

__all__ = ["article_values", "enclosures_in", "media_letters", "strings_in", "text_of"]


def article_values(entry: ParsedEntry, feed_id: int, *, media: str, words: int) -> dict[str, Any]:
    """Columns of ``articles``, but for its id, with their values."""
    return {
        "feed_id": feed_id,
        "text_feed_id": feed_id,
        "title": safe_text(entry.title),
        "url": safe_text(entry.url),
        "author": safe_text(entry.author),
        "summary": safe_text(entry.summary),
        "dateline": safe_text(entry.place),
        "published": seconds(entry.published),
        "updated": seconds(entry.updated),
        "raw_date": safe_text(entry.raw_date),
        "categories": as_json(entry.categories) if entry.categories else "[]",
        "enclosures": as_json([_enclosure_out(one) for one in entry.enclosures]) if entry.enclosures else "[]",
        "image_url": safe_text(entry.image_url),
        "comments_url": safe_text(entry.comments_url),
        "media": media,
        "words": words,
        "feed_words": entry.words,
    }


def text_of(entry: ParsedEntry) -> str:
    """The entry's plain text."""
    return safe_text(entry.text)


def media_letters(entry: ParsedEntry, *, has_full: bool) -> str:
    """``a`` audio, ``v`` video, ``i`` image, ``f`` whole article stored, in this order.

    A last letter ``x`` in the store: the article's page gave no more than the feed.
    """
    kinds = {one.type.partition("/")[0] for one in entry.enclosures}
    has = {"a": "audio" in kinds, "v": "video" in kinds, "i": bool(entry.image_url) or "image" in kinds, "f": has_full}
    return "".join(letter for letter, is_there in has.items() if is_there)


def enclosures_in(text: str) -> tuple[Enclosure, ...]:
    """Enclosures from their column; damaged ones are left out."""
    names = {field.name for field in dataclasses.fields(Enclosure)}
    values = from_json(text, [])
    return tuple(
        Enclosure(**{name: value for name, value in one.items() if name in names})
        for one in (values if isinstance(values, list) else [])
        if isinstance(one, dict) and "url" in one
    )


def strings_in(text: str) -> tuple[str, ...]:
    """A list of strings from its column."""
    values = from_json(text, [])
    return tuple(value for value in values if isinstance(value, str)) if isinstance(values, list) else ()


def _enclosure_out(one: Enclosure) -> dict[str, Any]:
    return {name: value for name, value in dataclasses.asdict(one).items() if value not in {"", None}}
