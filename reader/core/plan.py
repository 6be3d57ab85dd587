"""What to store of a parsed feed: a pure decision from what came and what is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reader.model import RefreshPlan

if TYPE_CHECKING:
    from reader.model import KnownEntry, ParsedEntry, ParsedFeed

__all__ = ["plan"]


def plan(feed_id: int, parsed: ParsedFeed, known: Mapping[str, KnownEntry]) -> RefreshPlan:
    """Sort a document's entries into new, changed and unchanged ones.

    Args:
        feed_id: The feed it came from.
        parsed: What the parse worker understood.
        known: Entry key to what the store knows, for those keys of the document it knows.

    Returns:
        The plan; entries keep the document's order. Items the worker skipped count as unchanged.

    """
    new: list[ParsedEntry] = []
    changed: list[tuple[int, ParsedEntry]] = []
    unchanged = parsed.skipped
    for entry in parsed.entries:
        before = known.get(entry.key)
        if before is None:
            new.append(entry)
        elif before.content_hash != entry.content_hash:
            changed.append((before.article_id, entry))
        else:
            unchanged += 1
    return RefreshPlan(feed_id, parsed.facts, tuple(new), tuple(changed), unchanged)
