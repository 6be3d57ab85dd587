"""What a query may refer to by name, and whether it means it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from reader.light import dataclass
from reader.text.fold import words
from reader.text.urls import canonical, host, without_secrets

if TYPE_CHECKING:
    from reader.query.tree import Value

__all__ = ["FeedName", "Names", "feed_address", "feed_fits", "folder_fits", "tag_fits"]


@dataclass(frozen=True, slots=True)
class FeedName:
    """A feed as queries see it."""

    id: int
    """Its number in the store."""
    title: str
    """The name shown; without one, its address."""
    url: str = ""
    """Its address, without a login: a query is shown, saved and shared."""
    folder: str = ""
    """``A/B`` nests."""
    tags: tuple[str, ...] = ()
    """The user's tags for all its articles."""


@dataclass(frozen=True, slots=True)
class Names:
    """All names a query may use."""

    feeds: tuple[FeedName, ...] = ()
    """The subscribed feeds, in file order."""
    folders: tuple[str, ...] = ()
    """Folder paths."""
    tags: tuple[str, ...] = ()
    """The reader's tags."""
    filters: Mapping[str, str] = field(default_factory=dict)
    """Saved filters: name to query."""
    muting: frozenset[str] = frozenset()
    """Those of the filters that hide what they match: selected, they show what is hidden."""
    places: tuple[str, ...] = ()
    """Places that begin as the word that is being completed; empty: not asked for."""
    last_start: datetime | None = None
    """When Warta was last started before now: ``is:new`` is what arrived since."""


@lru_cache(maxsize=2_048)  # of each feed, for each key of a query
def feed_address(text: str) -> str:
    """The form in which addresses of one feed are equal, without login or secrets; empty for what is no address."""
    return canonical(without_secrets(text)) if "://" in text else ""


def feed_fits(value: Value, feed: FeedName) -> bool:
    """Whether ``feed:`` means this feed.

    By words its title has in a row (the last may go on), its number, or its host; by an address or by # and a number,
    only that feed.
    """
    found, is_typed = cast("tuple[str, bool]", value)
    if found.startswith("#"):
        return found == f"#{feed.id}"
    if "://" in found:
        address = feed_address(feed.url)
        return address.startswith(found) if is_typed else address.rstrip("/") == found
    if found == str(feed.id):
        return True
    return f" {found}" in f" {' '.join(words(feed.title))}" or f" {found}" in f" {' '.join(words(host(feed.url)))}"


def folder_fits(value: Value, folder: str) -> bool:
    """Whether ``folder:`` means this folder: it, or one it is in, has that name."""
    found, is_typed = cast("tuple[str, bool]", value)
    path = "/" + "/".join(" ".join(words(part)) for part in folder.split("/")) + "/"
    return f"/{found}" in path if is_typed else f"/{found}/" in path


def tag_fits(value: Value, tag: str) -> bool:
    """Whether ``tag:`` means this tag."""
    found, is_typed = cast("tuple[str, bool]", value)
    name = " ".join(words(tag))
    return name.startswith(found) if is_typed else name == found
