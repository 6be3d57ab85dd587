"""The entries of one document among each other: keys, and which items are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reader.parse.identity import Traits, crowd, key_of, merge_key_of
from reader.parse.split import HASH_BYTES
from reader.text.urls import resolve

if TYPE_CHECKING:
    from reader.model import FeedFacts, ParsedEntry
    from reader.parse.drafts import Composed, Origin

__all__ = ["BUDGET_SECONDS", "Counted", "hashes", "with_keys"]

BUDGET_SECONDS = 6.0
"""After so long the rest of a huge document is left for the next time: better than the deadline's nothing."""


@dataclass(frozen=True, slots=True)
class Counted:
    """An item of a document, whether it is parsed or known already."""

    hash: bytes
    """Over all of it."""
    traits: Traits
    """Its guid and address."""


def with_keys(
    composed: Sequence[Composed], all_traits: Sequence[Traits], origin: Origin, facts: FeedFacts
) -> tuple[ParsedEntry, ...]:
    """The entries with their keys; the same entry twice is one.

    Args:
        composed: the entries.
        all_traits: guid and address of every item of the document, known ones included; empty: the entries are all.
        origin: what they share.
        facts: about the feed.

    """
    if not composed:
        return ()
    told = all_traits or [each.traits for each in composed]
    among = crowd(Traits(each.guid, resolve(origin.url, each.url)) for each in told)
    found: dict[str, ParsedEntry] = {}
    for each in composed:
        key, url = key_of(each.traits, among), each.entry.url
        merge = "" if url in {facts.site_url, origin.url} else merge_key_of(url, among)
        found.setdefault(key, replace(each.entry, key=key, merge_key=merge))
    return tuple(found.values())


def hashes(joined: bytes) -> frozenset[bytes]:
    """The item hashes of `FeedState.item_hashes`."""
    return frozenset(joined[start : start + HASH_BYTES] for start in range(0, len(joined), HASH_BYTES))
