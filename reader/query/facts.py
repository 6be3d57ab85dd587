"""An article as the Python meaning of queries sees it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from reader.light import dataclass
from reader.text.fold import words

if TYPE_CHECKING:
    from reader.query.names import FeedName

__all__ = ["ArticleFacts"]

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class ArticleFacts:
    """All that a query can ask about an article. The words are cut when first asked for."""

    title: str = ""
    """As stored."""
    body: str = ""
    """The text that is searched."""
    author: str = ""
    """As stored."""
    date: datetime = _NEVER
    """The date it is sorted by. Aware."""
    first_seen: datetime = _NEVER
    """When we first saw it. Aware."""
    url: str = ""
    """Its page."""
    dateline: str = ""
    """The dateline's place."""
    feeds: tuple[FeedName, ...] = ()
    """The feeds it stands in."""
    tags: tuple[str, ...] = ()
    """The reader's tags for it; those of its feeds need not be among them."""
    words: int = 0
    """Length of the longest text."""
    media: str = ""
    """Letters: ``a`` audio, ``v`` video, ``i`` image, ``f`` whole article."""
    is_read: bool = False
    """The reader has read it."""
    is_starred: bool = False
    """The reader keeps it."""
    is_muted: bool = False
    """A rule hides it."""

    @cached_property
    def title_words(self) -> tuple[str, ...]:
        """The title's words, folded, in order."""
        return tuple(words(self.title))

    @cached_property
    def body_words(self) -> tuple[str, ...]:
        """The text's words, folded, in order."""
        return tuple(words(self.body))

    @cached_property
    def author_words(self) -> tuple[str, ...]:
        """The author's words, folded, in order."""
        return tuple(words(self.author))

    @cached_property
    def title_set(self) -> frozenset[str]:
        """The title's words, each once."""
        return frozenset(self.title_words)

    @cached_property
    def body_set(self) -> frozenset[str]:
        """The text's words, each once."""
        return frozenset(self.body_words)

    @cached_property
    def author_set(self) -> frozenset[str]:
        """The author's words, each once."""
        return frozenset(self.author_words)
