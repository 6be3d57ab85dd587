"""The entries of one document among each other: keys, and which items are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.light import dataclass
from reader.model import ParsedFeed
from reader.parse.drafts import compose
from reader.parse.identity import Traits, crowd, key_of, merge_key_of
from reader.parse.split import HASH_BYTES, hash_item
from reader.text.urls import resolve

if TYPE_CHECKING:
    from reader.model import FeedFacts, ParsedEntry, ParseJob
    from reader.parse.drafts import Composed, Draft, Origin

__all__ = ["BUDGET_SECONDS", "Counted", "finished", "hashes", "with_keys"]

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


def finished(drafts: Sequence[Draft], facts: FeedFacts, origin: Origin, job: ParseJob) -> ParsedFeed:
    """A document whose drafts are all at hand: those known from the last time are counted and left out."""
    known = hashes(job.known_items)
    marks = [hash_item(repr(draft).encode("utf-8", "replace")) for draft in drafts]
    composed = [compose(draft, origin) for draft, mark in zip(drafts, marks, strict=True) if mark not in known]
    return ParsedFeed(
        facts,
        with_keys(composed, [Traits(draft.guid, draft.link) for draft in drafts], origin, facts),
        skipped=len(drafts) - len(composed),
        item_hashes=b"".join(dict.fromkeys(marks)),
    )


def hashes(joined: bytes) -> frozenset[bytes]:
    """The item hashes of `FeedState.item_hashes`."""
    return frozenset(joined[start : start + HASH_BYTES] for start in range(0, len(joined), HASH_BYTES))
