"""The catalogue of sources: what it offers, what a person means by a name, what is followed already.

The first question reads the file, which takes some 30 milliseconds; nothing is read before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from reader.i18n import N_, _, current_language
from reader.text.fold import fold, words
from reader.text.urls import canonical, display_host

if TYPE_CHECKING:
    from reader.model import FeedConfig
    from reader.model.catalogue import CatalogueEntry, CatalogueStatus, CatalogueWord

__all__ = ["STATUS", "catalogue", "checked_sentence", "followed", "named", "search_catalogue", "told"]

STATUS: dict[CatalogueStatus, str] = {
    "tried": N_("tested"),
    "listed": N_("not tested"),
    "blocked": N_("partly blocked"),
    "closed": N_("not available"),
}
"""What a status is called."""

_HOST_LETTERS = 4
"""A word of so many letters is looked for anywhere in a host's name; a shorter one only where a word begins."""


def catalogue() -> tuple[CatalogueEntry, ...]:
    """Every source, grouped: national, Antara's bureaus, regional, government, international."""
    from reader.config.catalogue import load_catalogue

    return load_catalogue()


def search_catalogue(query: str, entries: Sequence[CatalogueEntry] | None = None) -> tuple[CatalogueEntry, ...]:
    """The sources in whose name, region, topic, group, language or address every word of the query begins a word.

    Case and accents do not matter, and both languages are understood. Without a word: all of them.

    Args:
        query: What was typed.
        entries: Where to look; all of them by default.

    """
    wanted = words(query)
    found = catalogue() if entries is None else entries
    return tuple(entry for entry in found if all(_is_in(word, entry) for word in wanted))


def named(name: str) -> tuple[CatalogueEntry, ...]:
    """The source of this name, as a tuple of one; else those whose name begins with it, else those it is part of."""
    wanted = " ".join(words(name))
    tests = (lambda title: title == wanted, lambda title: title.startswith(wanted), lambda title: wanted in title)
    for test in tests if wanted else ():
        if found := tuple(entry for entry in catalogue() if test(" ".join(words(entry.name)))):
            return found
    return ()


def followed(feeds: Iterable[FeedConfig]) -> frozenset[str]:
    """Names of the sources that stand in feeds.toml already."""
    known = {(feed.kind, canonical(feed.url)) for feed in feeds}
    return frozenset(entry.name for entry in catalogue() if (entry.kind, canonical(entry.url)) in known)


def told(word: CatalogueWord | None) -> str:
    """A group, region, topic or note in the current language; empty for None."""
    if word is None:
        return ""
    return word.id if current_language() == "id" else word.en


def checked_sentence(entry: CatalogueEntry) -> str:
    """How much is known of a source's working, in a few words: ``tried 2026-09-05``."""
    return " ".join(filter(None, (_(STATUS[entry.status]), entry.checked)))


@cache
def _haystack(entry: CatalogueEntry) -> tuple[frozenset[str], str]:
    """The words by which a source is found, those of its address among them, and its host."""
    known = (entry.group, *entry.regions, *entry.topics)
    texts = [
        entry.name,
        entry.language,
        entry.folder,
        *(text for word in known for text in (word.key, word.id, word.en)),
    ]
    texts.append(entry.url.partition("://")[2])
    return frozenset(words(" ".join(texts))), fold(display_host(entry.url))


def _is_in(word: str, entry: CatalogueEntry) -> bool:
    known, host = _haystack(entry)
    return any(one.startswith(word) for one in known) or (len(word) >= _HOST_LETTERS and word in host)
