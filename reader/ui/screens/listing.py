"""What the list is asked for: source, filter, order, and what stays in it although it was read. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, get_args

from reader.light import dataclass
from reader.model import Question, SortOrder, Source, SourceName

__all__ = ["ALL", "Listing", "beside", "listing_from_state", "listing_to_state"]

ALL = Source("all")
_SORTS: tuple[SortOrder, ...] = get_args(SortOrder)
_NAMES: tuple[SourceName, ...] = get_args(SourceName)


@dataclass(frozen=True, slots=True)
class Listing:
    """What the reader looks at."""

    source: Source = ALL
    """What is selected in the sidebar."""
    query: str = ""
    """The filter."""
    is_wide: bool = False
    """The filter goes over everything instead of the source."""
    sort: SortOrder = "new"
    """The order."""
    show_read: bool = True
    """False: unread ones only."""
    by_day: bool = False
    """A heading stands above the articles of each day, where they are in the order of dates."""
    sticky: frozenset[int] = frozenset()
    """What was opened since the view was entered; it stays until the reader leaves."""

    @property
    def place(self) -> Source:
        """What is really asked: everything for a widened filter."""
        return ALL if self.is_wide and self.query else self.source

    @property
    def leaves_out_read(self) -> bool:
        """An article leaves the list once it is read, unless it is sticky."""
        return not self.show_read or self.place.name == "unread"

    def question(self) -> Question:
        """The question to ask."""
        return Question(
            source=self.place,
            query=self.query,
            sort=self.sort,
            show_read=self.show_read,
            sticky=self.sticky if self.leaves_out_read else frozenset(),
        )

    def at(self, source: Source) -> Listing:
        """The same at another source: the filter goes along, what was sticky does not."""
        return replace(self, source=source, sticky=frozenset(), is_wide=False)

    def filtered(self, query: str) -> Listing:
        """The same with another filter."""
        return replace(self, query=query, is_wide=self.is_wide and bool(query))

    def keeping(self, *article_ids: int) -> Listing:
        """The same, with articles that stay although they are read now."""
        return replace(self, sticky=self.sticky | set(article_ids)) if self.leaves_out_read else self


def beside(own: Source, sources: Sequence[Source]) -> Source | None:
    """The source after one among others, else the one before it; None: it stands alone, or not among them."""
    at = sources.index(own) if own in sources else len(sources)
    rest = sources[at + 1 : at + 2] or sources[max(at - 1, 0) : at]
    return rest[0] if rest else None


def listing_to_state(listing: Listing) -> dict[str, Any]:
    """What of it is kept for the next start."""
    return {
        "source": [listing.source.name, listing.source.value],
        "query": listing.query,
        "sort": listing.sort,
        "show_read": listing.show_read,
        "by_day": listing.by_day,
    }


def listing_from_state(state: object) -> Listing:
    """What was kept; whatever of it is nonsense by now is left out."""
    kept = state if isinstance(state, dict) else {}
    query, sort, source = kept.get("query"), kept.get("sort"), kept.get("source")
    return Listing(
        source=_source(source),
        query=query if isinstance(query, str) else "",
        sort=next((order for order in _SORTS if order == sort), "new"),
        show_read=kept.get("show_read") is not False,
        by_day=kept.get("by_day") is True,
    )


def _source(kept: object) -> Source:
    match kept:
        case [str(name), int() | str() as value]:
            found = next((known for known in _NAMES if known == name), None)
            return Source(found, value) if found else ALL
    return ALL
