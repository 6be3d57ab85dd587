"""The catalogue that ships, read from its file."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from reader.model.catalogue import CatalogueEntry, CatalogueWord

__all__ = ["CATALOGUE", "load_catalogue", "read_catalogue"]

CATALOGUE = Path(__file__).with_name("catalogue.toml")
"""The file. It is ours, so what is wrong in it is a fault of the program; a test finds it."""

_OWN = frozenset({
    "name", "url", "kind", "language", "group", "regions", "topics", "folder", "status", "checked", "note",
})  # fmt: skip
_Words = dict[str, CatalogueWord]


@cache
def load_catalogue() -> tuple[CatalogueEntry, ...]:
    """Every source, in the order of the groups, then of the file."""
    return read_catalogue(CATALOGUE.read_text(encoding="utf-8"))


def read_catalogue(text: str) -> tuple[CatalogueEntry, ...]:
    """The sources a catalogue's text lists; KeyError or ValueError if it is none."""
    document = tomllib.loads(text)
    words = {table: _words(document[table]) for table in ("groups", "regions", "topics", "notes")}
    folders = {key: group.get("folder", "") for key, group in document["groups"].items()}
    entries = [_entry(found, words, folders) for found in document["sources"]]
    order = list(words["groups"])
    return tuple(sorted(entries, key=lambda entry: order.index(entry.group.key)))


def _words(table: dict[str, dict[str, str]]) -> _Words:
    return {key: CatalogueWord(key, word["id"], word["en"]) for key, word in table.items()}


def _entry(found: dict[str, Any], words: dict[str, _Words], folders: dict[str, str]) -> CatalogueEntry:
    regions = tuple(words["regions"][key] for key in found["regions"])
    more = {key: value for key, value in found.items() if key not in _OWN}
    return CatalogueEntry(
        name=found["name"],
        url=found["url"],
        kind=found.get("kind", "feed"),
        language=found.get("language", "id"),
        group=words["groups"][found["group"]],
        regions=regions,
        topics=tuple(words["topics"][key] for key in found["topics"]),
        folder=found.get("folder") or folders[found["group"]] or regions[0].id,
        status=found["status"],
        checked=found.get("checked", ""),
        note=words["notes"][found["note"]] if "note" in found else None,
        more=tuple((key, tuple(value) if isinstance(value, list) else value) for key, value in more.items()),
    )
