"""The one way a fetch ends early inside this package; `client` makes a value of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.errors import FetchError
from reader.model.feeds import Failure
from reader.model.fetching import ServerWishes
from reader.text.clean import clean_line

if TYPE_CHECKING:
    from reader.model.feeds import FailureKind

__all__ = ["FetchStoppedError"]

_MAX_DETAIL = 200


class FetchStoppedError(FetchError):
    """A fetch cannot go on; never leaves the package."""

    def __init__(
        self,
        kind: FailureKind,
        detail: str = "",
        *,
        status: int | None = None,
        snippet: str = "",
        wishes: ServerWishes | None = None,
    ) -> None:
        super().__init__(detail or kind, status=status)
        self.failure = Failure(kind, clean_line(detail, _MAX_DETAIL), snippet)
        """What to remember of it."""
        self.wishes = wishes or ServerWishes()
        """What the answer said about asking again."""
