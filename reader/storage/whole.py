"""One article, whole, as it is read."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from reader.errors import NotFoundError
from reader.i18n import _
from reader.model import Article, Document, Inline, Paragraph, unpack
from reader.storage.entries import enclosures_in, strings_in
from reader.storage.rows import load_rows
from reader.storage.values import moment, safe_int

__all__ = ["load_article"]


def load_article(connection: sqlite3.Connection, article_id: int) -> Article:
    """One article, whole.

    Raises:
        NotFoundError: there is no such article.

    """
    row = load_rows(connection, [article_id])
    if not row:
        raise NotFoundError(_("No article {id}.").format(id=article_id))
    (
        published, updated, raw_date, categories, enclosures, image_url, comments_url, changed_at,
        read_at, note, document, text, full_document, full_text,
    ) = connection.execute(
        """
        SELECT a.published, a.updated, a.raw_date, a.categories, a.enclosures, a.image_url, a.comments_url,
               a.changed_at, s.read_at, s.note, t.document, t.text, t.full_document, t.full_text
          FROM articles AS a
          JOIN statuses AS s ON s.id = a.id
          JOIN texts AS t ON t.id = a.id
         WHERE a.id = ?
        """,
        (safe_int(article_id),),
    ).fetchone()  # fmt: skip
    return Article(
        row[0],
        _document(document, text),
        _document(full_document, full_text) if full_document or full_text else None,
        _moment(published),
        _moment(updated),
        raw_date,
        strings_in(categories),
        enclosures_in(enclosures),
        image_url,
        comments_url,
        _moment(changed_at),
        _moment(read_at),
        note,
        max(text, full_text, key=len),
    )


def _moment(when: int | None) -> datetime | None:
    return None if when is None else moment(when)


def _document(packed: bytes, text: str) -> Document:
    """The stored document; if its bytes are damaged, what the plain text has."""
    try:
        return unpack(packed)
    except ValueError:
        return Document(tuple(Paragraph(Inline(part)) for part in text.split("\n\n") if part.strip()))
