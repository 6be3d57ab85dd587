"""Short ways to parse in a test."""

from __future__ import annotations

from typing import Any

from reader.model import FeedConfig, ParsedEntry, ParsedFeed, ParseFailed, ParseJob, ParseOutcome
from reader.parse.kinds import parse

URL = "https://kabar.example/rss"


def job(body: bytes, content_type: str = "", *, url: str = URL, known: bytes = b"", **config: Any) -> ParseJob:
    """A job for a body, as if it had come from a feed."""
    return ParseJob(body, url, content_type, FeedConfig(url, **config), known_items=known)


def outcome(body: bytes, content_type: str = "", **options: Any) -> ParseOutcome:
    """What the body comes to, in this process."""
    return parse(job(body, content_type, **options))


def feed(body: bytes, content_type: str = "", **options: Any) -> ParsedFeed:
    """The same, where a feed must come out."""
    found = outcome(body, content_type, **options)
    assert isinstance(found, ParsedFeed), found
    return found


def entry(body: bytes, **options: Any) -> ParsedEntry:
    """The only entry of a body."""
    (found,) = feed(body, **options).entries
    return found


def failure_kind(body: bytes, **options: Any) -> str:
    """The kind of failure a body must come to."""
    found = outcome(body, **options)
    assert isinstance(found, ParseFailed), found
    return found.failure.kind
