"""The pure middle of the pipeline."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.core.plan import plan
from reader.model import FeedFacts, KnownEntry, ParsedEntry, ParsedFeed

KEYS = st.lists(st.sampled_from("abcdefgh"), unique=True)


def entry(key: str, content: bytes = b"1") -> ParsedEntry:
    return ParsedEntry(key, f"Title {key}", content_hash=content)


def test_new_changed_and_unchanged_are_told_apart() -> None:
    """A wrong answer stores twice, or loses a correction."""
    parsed = ParsedFeed(FeedFacts(), (entry("new"), entry("changed", b"2"), entry("same")), skipped=4)
    known = {"changed": KnownEntry(7, b"1"), "same": KnownEntry(8, b"1")}

    decided = plan(3, parsed, known)

    assert [e.key for e in decided.new] == ["new"]
    assert [(i, e.key) for i, e in decided.changed] == [(7, "changed")]
    assert decided.unchanged == 5


@given(KEYS, KEYS, KEYS)
def test_every_entry_is_decided_once(came: list[str], known: list[str], edited: list[str]) -> None:
    """Nothing a feed holds may fall between the decisions."""
    parsed = ParsedFeed(FeedFacts(), tuple(entry(key, b"2" if key in edited else b"1") for key in came))

    decided = plan(1, parsed, {key: KnownEntry(ord(key), b"1") for key in known})

    assert len(decided.new) + len(decided.changed) + decided.unchanged == len(came)
    assert {e.key for e in decided.new} == set(came) - set(known)
    assert {e.key for _, e in decided.changed} == set(came) & set(known) & set(edited)
