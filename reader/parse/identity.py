"""What makes an entry itself: stable from refresh to refresh, distinct inside its document. Pure.

Publishers repeat guids, leave them out, edit the slug behind a stable number, and change http to https; all of it was
seen in the wild.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import urlsplit

from reader.light import dataclass
from reader.text import urls
from reader.text.clean import clean

__all__ = ["Crowd", "Traits", "base_key", "crowd", "key_of", "merge_key_of"]

_LONGEST_KEY = 600

# Each address of a document is asked for several times.
_canonical = lru_cache(4_096)(urls.canonical)
_site_key = lru_cache(4_096)(urls.site_key)


@dataclass(frozen=True, slots=True)
class Traits:
    """What an entry is told apart by."""

    guid: str
    """Its guid or id; may be empty."""
    url: str
    """Its address; may be empty."""
    content: str = ""
    """Title, date and text, for entries that nothing else tells apart."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """What stands more than once in a document, the items that were not parsed included."""

    keys: frozenset[str]
    """Base keys that several items have."""
    pairs: frozenset[str]
    """Base key and address that several items share."""
    merges: frozenset[str]
    """Addresses that several items share, as merge keys."""


def crowd(all_traits: Iterable[Traits]) -> Crowd:
    """What the items of one document share."""
    keys: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    merges: Counter[str] = Counter()
    for traits in all_traits:
        base = base_key(traits)
        keys[base] += 1
        pairs[_with_link(base, traits.url)] += 1
        merges[_merge(traits.url)] += 1
    return Crowd(*(frozenset(key for key, times in counter.items() if times > 1) for counter in (keys, pairs, merges)))


def key_of(traits: Traits, among: Crowd) -> str:
    """What the entry is known by inside its feed; never empty.

    A site's number for the article, else the guid, else the canonical address, else a hash of the content. What
    repeats inside the document is joined with the address, and what still repeats with the hash.
    """
    base = base_key(traits)
    if not base:
        return "#" + _digest(traits.content)
    if base not in among.keys:
        return base
    pair = _with_link(base, traits.url)
    if traits.url and pair not in among.pairs:
        return _bounded(pair)
    return _bounded(f"{base} {_digest(traits.content)}")


def merge_key_of(url: str, among: Crowd) -> str:
    """What the entry is known by across feeds; empty if its address is not its own."""
    merge = _merge(url)
    return "" if merge in among.merges else merge


def base_key(traits: Traits) -> str:
    """The key as long as nothing repeats; empty for an entry with neither guid nor address."""
    guid = clean(traits.guid).strip()
    key = _site_key(traits.url) or _site_key(guid)
    if key:
        return key
    if guid:
        return _bounded("https://" + guid[7:] if guid[:7].lower() == "http://" else guid)
    return _bounded(_canonical(traits.url))


def _merge(url: str) -> str:
    key = _site_key(url)
    if key:
        return key
    address = _canonical(url)
    parts = urlsplit(address)
    is_home_page = parts.path.strip("/") == "" and not parts.query and not parts.fragment
    return "" if is_home_page else address


def _with_link(base: str, url: str) -> str:
    return f"{base} {_canonical(url) or url}"


def _bounded(key: str) -> str:
    return key if len(key) <= _LONGEST_KEY else f"{key[:200]}#{_digest(key)}"


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=12).hexdigest()
