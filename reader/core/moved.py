"""A feed's new address as the journal keeps it, to be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.light import dataclass

if TYPE_CHECKING:
    from reader.model import FeedFacts

__all__ = ["Moved"]


@dataclass(frozen=True, slots=True)
class Moved:
    """A feed that got another address, as the journal keeps it."""

    old: str
    """Its address before."""
    new: str
    """Its address since."""
    facts: FeedFacts | None = None
    """What it told of itself at the old one; None: not noted."""

    def packed(self) -> list[str]:
        """As JSON holds it."""
        from reader.storage.feed_values import facts_out

        return [self.old, self.new, *([facts_out(self.facts)] if self.facts else [])]

    @classmethod
    def unpacked(cls, kept: list[str] | None) -> Moved | None:
        """What `packed` made, or an earlier version without facts."""
        if not kept:
            return None
        from reader.storage.feed_values import facts_in

        return cls(kept[0], kept[1], facts_in(kept[2]) if len(kept) > 2 else None)
