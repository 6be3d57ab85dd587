"""An article as a record of the export, and back. Pure.

What comes in is a stranger's file until it is checked: each value has its type, texts are clean, addresses are the
web's, and a document that is not sound is made anew from the plain text.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from reader.core.records import timestamp
from reader.core.sound_document import cleaned, is_sound
from reader.model import Document, Enclosure, Inline, PageText, Paragraph, ParsedEntry, pack, unpack
from reader.model.exchanging import CarriedArticle, EntryKey, Marks
from reader.text.clean import clean, clean_line, clip
from reader.text.dates import FIRST_YEAR, LAST_YEAR
from reader.text.urls import web_url

__all__ = ["Record", "record_of", "record_to_article"]

Record = dict[str, Any]

_LONGEST_TEXT = 200_000
_LONGEST_NOTE = 100_000
_MOST = 200
"""Tags, categories, enclosures, keys of one article."""
_LARGEST_DOCUMENT = 16 * 1024 * 1024


def record_of(article: CarriedArticle) -> Record:
    """The article as a JSON object; what is as by default is left out."""
    marks, entry = article.marks, article.entry
    record: Record = {
        "keys": [[key.feed_url, _hex(key.entry_hash), key.content_hash.hex()] for key in article.keys],
        "merge": None if article.merge_hash is None else _hex(article.merge_hash),
        "first_seen": timestamp(article.first_seen),
        "read": marks.is_read,
        "read_at": timestamp(marks.read_at),
        "starred": marks.is_starred,
        "starred_at": timestamp(marks.starred_at),
        "tags": list(marks.tags),
        "note": marks.note,
        "muted_by": marks.muted_by,
        "highlight": marks.highlight,
    }
    if entry is not None:
        record |= _entry_record(entry)
        record["changed_at"] = timestamp(article.changed_at)
        # An article may have no title, but has one here: that tells it from a purged one.
        record["full"] = _full_record(article.full) if article.full else None
    return {key: value for key, value in record.items() if value or key == "title"}


def record_to_article(record: object) -> CarriedArticle | None:
    """The article of a record; None if it is none."""
    if not isinstance(record, dict):
        return None
    keys = tuple(filter(None, map(_key, _list(record, "keys")[:_MOST])))
    first_seen = _moment(record.get("first_seen"))
    if not keys or first_seen is None:
        return None
    is_read, is_starred = record.get("read") is True, record.get("starred") is True
    return CarriedArticle(
        keys,
        first_seen,
        Marks(
            is_read,
            _moment(record.get("read_at")) if is_read else None,
            is_starred,
            _moment(record.get("starred_at")) if is_starred else None,
            _lines(record, "tags", 200),
            clip(clean(_text(record, "note")), _LONGEST_NOTE),
            _line(record, "muted_by", 1000),
            _line(record, "highlight", 100),
        ),
        _number(record.get("merge")),
        _entry(record) if isinstance(record.get("title"), str) else None,
        _full(record.get("full")),
        _moment(record.get("changed_at")),
    )


def _entry_record(entry: ParsedEntry) -> Record:
    return {
        "title": entry.title,
        "url": entry.url,
        "author": entry.author,
        "published": timestamp(entry.published),
        "updated": timestamp(entry.updated),
        "raw_date": entry.raw_date,
        "summary": entry.summary,
        "place": entry.place,
        "categories": list(entry.categories),
        "enclosures": [
            {name: value for name, value in asdict(one).items() if value not in {"", None}} for one in entry.enclosures
        ],
        "image": entry.image_url,
        "comments": entry.comments_url,
        "words": entry.words,
        "text": entry.text,
        "document": _document_out(entry.document),
    }


def _full_record(full: PageText) -> Record:
    return {"text": full.text, "document": _document_out(full.document)}


def _entry(record: Mapping[str, Any]) -> ParsedEntry:
    text = clip(clean(_text(record, "text")), _LONGEST_TEXT)
    return ParsedEntry(
        "",
        _line(record, "title", 1000),
        web_url(_text(record, "url")),
        author=_line(record, "author", 1000),
        published=_moment(record.get("published")),
        updated=_moment(record.get("updated")),
        raw_date=_line(record, "raw_date", 100),
        summary=_line(record, "summary", 300),
        place=_line(record, "place", 200),
        document=_document_in(record.get("document"), text),
        text=text,
        words=len(text.split()) if (words := _size(record.get("words"))) is None else min(words, 10_000_000),
        categories=_lines(record, "categories", 200),
        enclosures=tuple(filter(None, map(_enclosure, _list(record, "enclosures")[:_MOST]))),
        image_url=web_url(_text(record, "image")),
        comments_url=web_url(_text(record, "comments")),
    )


def _full(value: object) -> PageText | None:
    if not isinstance(value, dict):
        return None
    text = clip(clean(_text(value, "text")), _LONGEST_TEXT * 10)
    document = _document_in(value.get("document"), text)
    return PageText(document, text, len(text.split())) if text or document else None


def _enclosure(value: object) -> Enclosure | None:
    if not isinstance(value, dict) or not (url := web_url(_text(value, "url"))):
        return None
    return Enclosure(
        url,
        type=_line(value, "type", 100),
        length=_size(value.get("length")),
        duration_seconds=_size(value.get("duration_seconds")),
        title=_line(value, "title", 200),
    )


def _key(value: object) -> EntryKey | None:
    match value:
        case [str(url), str(entry), str(content)] if (number := _number(entry)) is not None:
            return EntryKey(url, number, _bytes(content))
        case _:
            return None


def _document_out(packed: bytes) -> Any:
    """The packed document's JSON; None if it is empty or damaged."""
    try:
        return json.loads(zlib.decompress(packed)) if packed else None
    except (zlib.error, ValueError):
        return None


def _document_in(value: object, text: str) -> bytes:
    """The document packed; one of the plain text's paragraphs if it is not sound."""
    try:
        packed = json.dumps(value).encode() if value is not None else b""
        document = unpack(zlib.compress(packed, 1)) if packed and len(packed) <= _LARGEST_DOCUMENT else Document()
        document = cleaned(document)
        if is_sound(document) and (document or not text):
            return pack(document)
    except (ValueError, RecursionError, AttributeError, TypeError):
        pass
    return pack(Document(tuple(Paragraph(Inline(part)) for part in text.split("\n\n") if part.strip())))


def _moment(value: object) -> datetime | None:
    if not isinstance(value, str) or not value.isascii():
        return None
    try:
        found = datetime.fromisoformat(value)
        when = found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None
    # As for a feed's dates: year 9999 could not even be shown east of Greenwich.
    return when if when is not None and FIRST_YEAR <= when.year <= LAST_YEAR else None


def _hex(number: int) -> str:
    """64 bits with sign as 16 digits: numbers of this size do not survive every JSON program."""
    return f"{number & (1 << 64) - 1:016x}"


def _number(value: object) -> int | None:
    found = _bytes(value)
    return int.from_bytes(found, "big", signed=True) if len(found) == 8 else None


def _bytes(value: object) -> bytes:
    try:
        return bytes.fromhex(value) if isinstance(value, str) and len(value) <= 64 else b""
    except ValueError:
        return b""


def _size(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53 else None


def _text(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key)
    return value if isinstance(value, str) else ""


def _line(record: Mapping[str, Any], key: str, limit: int) -> str:
    return clean_line(_text(record, key), limit)


def _list(record: Mapping[str, Any], key: str) -> list[Any]:
    value = record.get(key)
    return value if isinstance(value, list) else []


def _lines(record: Mapping[str, Any], key: str, limit: int) -> tuple[str, ...]:
    found = (clean_line(value, limit) for value in _list(record, key)[:_MOST] if isinstance(value, str))
    return tuple(dict.fromkeys(filter(None, found)))
