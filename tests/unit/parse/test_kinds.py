"""What every kind of source must hold to: the contract of the registry."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import ParsedFeed, ParseFailed, SourceKind
from reader.parse.kinds import KINDS
from tests.hostile import NOT_FEEDS, atom, item, rss

from .helpers import job

EXAMPLES: dict[SourceKind, tuple[bytes, ...]] = {
    "feed": (rss(item(1), item(2)), atom("<entry><id>a</id><title>b</title></entry>")),
}
"""Documents that each kind reads; a new kind adds its own."""


def test_every_kind_has_examples() -> None:
    """Without one the contract below would prove nothing for it."""
    assert EXAMPLES.keys() == KINDS.keys()
    assert all(kind.name == name for name, kind in KINDS.items())


@pytest.mark.parametrize(("name", "body"), [(name, body) for name, bodies in EXAMPLES.items() for body in bodies])
def test_reads_its_examples(name: SourceKind, body: bytes) -> None:
    """Entries with distinct keys come out, plain enough to cross a process border; the same again brings nothing."""
    parse = KINDS[name].parse

    outcome = parse(job(body, kind=name))

    assert isinstance(outcome, ParsedFeed)
    keys = [entry.key for entry in outcome.entries]
    assert keys
    assert len(set(keys)) == len(keys)
    assert pickle.loads(pickle.dumps(outcome)) == outcome
    again = parse(job(body, kind=name, known=outcome.item_hashes))
    assert isinstance(again, ParsedFeed)
    assert not outcome.item_hashes or again.entries == ()


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("body", NOT_FEEDS)
def test_what_is_something_else_is_a_failure(name: SourceKind, body: str) -> None:
    """Never an exception, and never an empty feed."""
    assert isinstance(KINDS[name].parse(job(NOT_FEEDS[body](), kind=name)), ParseFailed)


@pytest.mark.parametrize("name", KINDS)
def test_never_raises(name: SourceKind) -> None:
    """Bodies are whatever a server sends."""

    @settings(max_examples=60)
    @given(st.binary(max_size=200), st.text(max_size=30), st.binary(max_size=20))
    def check(body: bytes, content_type: str, known: bytes) -> None:
        assert isinstance(KINDS[name].parse(job(body, content_type, kind=name, known=known)), ParsedFeed | ParseFailed)

    check()
