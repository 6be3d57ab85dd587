"""The kinds of source, one row each: adding a kind adds a row."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.light import dataclass
from reader.model import Failure, ParseFailed
from reader.parse.feed import parse_feed
from reader.parse.listing import parse_listing
from reader.parse.sitemap import parse_sitemap

if TYPE_CHECKING:
    from reader.model import ParseJob, ParseOutcome, SourceKind

__all__ = ["KINDS", "Kind", "parse"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of source."""

    name: SourceKind
    """``kind`` in feeds.toml."""
    parse: Callable[[ParseJob], ParseOutcome]
    """Turns a body into entries; a body it cannot use is a `ParseFailed`, never an exception."""


KINDS: dict[SourceKind, Kind] = {
    kind.name: kind for kind in (Kind("feed", parse_feed), Kind("sitemap", parse_sitemap), Kind("page", parse_listing))
}
"""All kinds by name."""


def parse(job: ParseJob) -> ParseOutcome:
    """What the source's kind makes of its body."""
    kind = KINDS.get(job.config.kind)
    if kind is None:
        return ParseFailed(Failure("parse_error", f"kind {job.config.kind}"))
    try:
        return kind.parse(job)
    except MemoryError:
        return ParseFailed(Failure("too_large"))
