"""The rows a list was given, as many as are worth keeping, and which of them were asked for. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from array import array

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

    def wanted(self, ids: array[int], first: int, page: int) -> tuple[int, ...]:
        """What is to be asked for where a page begins: of it and of those beside it, once enough is lacking.

        It counts as asked for then.
        """
        around = self.lacking(ids[max(0, first - page) : first + 2 * page])
        lacking = tuple(article_id for article_id in around if article_id not in self._asked)
        if not lacking or (len(lacking) * 2 < page and not self.lacking(ids[first : first + page])):
            return ()
        self._asked.update(lacking)
        return lacking

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
