"""The rows a list was given, as many as are worth keeping, and which of them were asked for. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.model import ArticleRow

__all__ = ["KeptRows"]

ROWS_KEPT = 2_000


class KeptRows:
    """Rows by id; None for one that the store no longer has."""

    def __init__(self) -> None:
        self._rows: dict[int, ArticleRow | None] = {}
        self._asked: set[int] = set()

    def get(self, article_id: int) -> ArticleRow | None:
        """The row, if it is here."""
        return self._rows.get(article_id)

    def lacking(self, ids: Iterable[int]) -> list[int]:
        """Which of these ids have no row here."""
        return [article_id for article_id in ids if article_id not in self._rows]

    def to_ask(self, ids: Iterable[int]) -> list[int]:
        """Those of them that are not asked for already."""
        return [article_id for article_id in self.lacking(ids) if article_id not in self._asked]

    def asked(self, ids: Iterable[int]) -> None:
        """These are on their way."""
        self._asked.update(ids)

    def take(self, article_id: int, row: ArticleRow | None) -> bool:
        """Take a row over; whether it is another one than before."""
        self._asked.discard(article_id)
        if article_id in self._rows and self._rows[article_id] == row:
            return False
        self._rows.pop(article_id, None)
        self._rows[article_id] = row
        if len(self._rows) > ROWS_KEPT:
            del self._rows[next(iter(self._rows))]
        return True

    def keep_only(self, ids: Iterable[int]) -> None:
        """Forget all others."""
        self._rows = {article_id: self._rows[article_id] for article_id in ids if article_id in self._rows}
