"""The sources Warta offers to follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from reader.light import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reader.model.feeds import SourceKind

CatalogueStatus = Literal["tried", "listed", "blocked", "closed"]
"""``tried``: somebody says they asked it and got articles. ``listed``: it stands in lists, or a document of it is on
record. ``blocked``: it answers some visitors only. ``closed``: there is nothing to follow, and the note says why."""


@dataclass(frozen=True, slots=True)
class CatalogueWord:
    """What a group, a region, a topic or a note is called."""

    key: str
    """In the catalogue's file."""
    id: str
    """In Indonesian."""
    en: str
    """In English."""


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One source."""

    name: str
    """Its name; no other source has it."""
    url: str
    """Its address; empty if there is nothing to follow."""
    kind: SourceKind
    """What stands at the address."""
    language: str
    """Of its articles: ISO 639-1."""
    group: CatalogueWord
    """Under which heading it stands."""
    regions: tuple[CatalogueWord, ...]
    """Where it writes about; the chief one first."""
    topics: tuple[CatalogueWord, ...]
    """What it writes about; the chief one first."""
    folder: str
    """The folder it goes to in feeds.toml."""
    status: CatalogueStatus
    """How much is known of its working."""
    checked: str = ""
    """When that was: ``2026``, ``2026-09`` or ``2026-09-05``; empty: not known."""
    note: CatalogueWord | None = None
    """What a person should know before following it."""
    more: tuple[tuple[str, str | tuple[str, ...]], ...] = ()
    """Further keys of its entry in feeds.toml: selectors, tails of titles."""

    @property
    def can_be_followed(self) -> bool:
        """Whether there is something to follow."""
        return self.status != "closed"

    def values(self, *, title: str = "", folder: str = "") -> Mapping[str, object]:
        """Its entry in feeds.toml, for `config.edit`; title and folder instead of its own."""
        return {
            "url": self.url,
            "kind": None if self.kind == "feed" else self.kind,
            "title": title or self.name,
            "folder": folder or self.folder or None,
            **{key: list(value) if isinstance(value, tuple) else value for key, value in self.more},
        }
