"""Builds the sidebar's lines from feeds, filters and counts. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Literal

from reader.i18n import N_, _
from reader.light import dataclass
from reader.model import Feed, Source
from reader.text.urls import display_host
from reader.ui.cells import simple
from reader.ui.health_note import HealthNote

if TYPE_CHECKING:
    from reader.model import FilterConfig, SourceCounts
    from reader.model.config import FilterAction

__all__ = ["SidebarLine", "build_lines", "feed_name", "keys_around", "next_unread", "source_label"]

_RULES: dict[FilterAction, str] = {
    "mute": N_("muted"),
    "highlight": N_("highlights"),
    "star": N_("stars"),
    "read": N_("marks read"),
    "tag": N_("tags"),
}
"""What a rule does, beside its name."""

NoteOf = Callable[[Feed], HealthNote]
LineKind = Literal["place", "heading", "folder", "feed", "filter", "tag", "gap"]


@dataclass(frozen=True, slots=True)
class SidebarLine:
    """One line of the sidebar."""

    key: str
    """Stays the same while counts change."""
    kind: LineKind
    """What it stands for."""
    label: str = ""
    """Clean text."""
    source: Source | None = None
    """What it selects; None: nothing."""
    depth: int = 0
    """How far it is set in."""
    count: int = 0
    """Unread articles; for All and Starred, all of them."""
    is_open: bool | None = None
    """Unfolded, folded; None: there is nothing to fold."""
    note: str = ""
    """Why it brings nothing, in a word."""
    is_failing: bool = False
    """The note is a trouble rather than a remark."""

    @property
    def can_rest(self) -> bool:
        """The cursor may stand here."""
        return self.kind != "gap"


@dataclass(slots=True)
class _Folder:
    path: str
    folders: dict[str, _Folder] = field(default_factory=dict)
    feeds: list[Feed] = field(default_factory=list)

    @property
    def unread(self) -> int:
        return sum(feed.unread for feed in self.feeds) + sum(folder.unread for folder in self.folders.values())


def _no_note(_feed: Feed) -> HealthNote:
    return HealthNote("")


def build_lines(
    feeds: Sequence[Feed],
    counts: SourceCounts,
    filters: Sequence[FilterConfig],
    *,
    folded: Collection[str] = (),
    note_of: NoteOf = _no_note,
    has_gaps: bool = True,
) -> tuple[SidebarLine, ...]:
    """All lines in order; what lies in a folded folder or section is left out.

    ``folded`` holds keys of folded lines; ``note_of`` tells why a feed brings nothing; without ``has_gaps`` no empty
    line stands between the sections.
    """
    sections = [
        _places(counts),
        _section("filters", _("Filters"), _filters(filters, counts), folded),
        _section("tags", _("Tags"), _tags(counts), folded),
        *_feeds(feeds, folded, note_of),
    ]
    lines: list[SidebarLine] = []
    for index, section in enumerate(filter(None, sections)):
        if index and has_gaps:
            lines.append(SidebarLine(f"gap:{index}", "gap"))
        lines += section
    return tuple(lines)


def next_unread(lines: Sequence[SidebarLine], cursor: int, step: Literal[1, -1]) -> int | None:
    """Index of the next feed, filter or folded folder with something unread; None if there is none further on."""
    index = cursor + step
    while 0 <= index < len(lines):
        line = lines[index]
        if line.count and (line.kind in {"feed", "filter"} or (line.kind == "folder" and line.is_open is False)):
            return index
        index += step
    return None


def keys_around(source: Source, feeds: Sequence[Feed]) -> frozenset[str]:
    """Keys of the lines that must be open for a source's own line to be there."""
    match source.name:
        case "filter" | "tag":
            return frozenset({f"section:{source.name}s"})
        case "feed":
            names = next((_folder_names(feed) for feed in feeds if feed.id == source.value), [])
        case "folder":
            names = str(source.value).split("/")[:-1]
        case _:
            names = []
    return frozenset(f"folder:{'/'.join(names[:depth])}" for depth in range(1, len(names) + 1))


def feed_name(feed: Feed) -> str:
    """A feed's name in one line; the host where it has told none yet, because an address says little in 20 cells."""
    return simple(feed.config.title or feed.facts.title) or display_host(feed.config.url) or simple(feed.config.url)


def source_label(source: Source, feeds: Sequence[Feed] = ()) -> str:
    """What a source is called where only its name is shown."""
    match source.name:
        case "all":
            return _("All")
        case "unread":
            return _("Unread")
        case "today":
            return _("Today")
        case "starred":
            return _("Starred")
        case "feed":
            return next((feed_name(feed) for feed in feeds if feed.id == source.value), _("Feed"))
        case "folder":
            return simple(str(source.value).replace("/", " / "))
        case "tag":
            return f"#{simple(str(source.value))}"
        case "filter":
            return simple(str(source.value))


def _places(counts: SourceCounts) -> list[SidebarLine]:
    rows: tuple[tuple[Literal["all", "unread", "today", "starred"], int], ...] = (
        ("all", counts.total),
        ("unread", counts.unread),
        ("today", counts.today),
        ("starred", counts.starred),
    )
    return [
        SidebarLine(f"place:{name}", "place", source_label(Source(name)), Source(name), count=count)
        for name, count in rows
    ]


def _section(key: str, label: str, inside: list[SidebarLine], folded: Collection[str]) -> list[SidebarLine]:
    if not inside:
        return []
    key = f"section:{key}"
    is_open = key not in folded
    return [SidebarLine(key, "heading", label, is_open=is_open), *(inside if is_open else [])]


def _filters(filters: Sequence[FilterConfig], counts: SourceCounts) -> list[SidebarLine]:
    return [
        SidebarLine(
            f"filter:{filter_.name}",
            "filter",
            simple(filter_.name),
            Source("filter", filter_.name),
            depth=1,
            count=0 if filter_.action == "mute" else counts.filters.get(filter_.name, 0),
            note=_(_RULES.get(filter_.action, "")) if filter_.action else "",
        )
        for filter_ in filters
    ]


def _tags(counts: SourceCounts) -> list[SidebarLine]:
    return [
        SidebarLine(f"tag:{tag}", "tag", f"#{simple(tag)}", Source("tag", tag), depth=1, count=count)
        for tag, count in sorted(counts.tags.items(), key=lambda item: item[0].casefold())
    ]


def _feeds(feeds: Sequence[Feed], folded: Collection[str], note_of: NoteOf) -> tuple[list[SidebarLine], ...]:
    """The folders, and apart from them the feeds that lie in none."""
    root = _Folder("")
    for feed in feeds:
        folder = root
        for name in _folder_names(feed):
            path = f"{folder.path}/{name}" if folder.path else name
            folder = folder.folders.setdefault(name, _Folder(path))
        folder.feeds.append(feed)
    loose, root.feeds = _Folder("", feeds=root.feeds), []
    return _folder_lines(root, 0, folded, note_of), _folder_lines(loose, 0, folded, note_of)


def _folder_names(feed: Feed) -> list[str]:
    return [name for name in feed.config.folder.split("/") if name]


def _folder_lines(folder: _Folder, depth: int, folded: Collection[str], note_of: NoteOf) -> list[SidebarLine]:
    lines: list[SidebarLine] = []
    for name, inner in folder.folders.items():
        key = f"folder:{inner.path}"
        is_open = key not in folded
        source = Source("folder", inner.path)
        lines.append(SidebarLine(key, "folder", simple(name), source, depth, inner.unread, is_open))
        if is_open:
            lines += _folder_lines(inner, depth + 1, folded, note_of)
    for feed in folder.feeds:
        note = note_of(feed)
        lines.append(
            SidebarLine(
                f"feed:{feed.config.url}",
                "feed",
                feed_name(feed),
                Source("feed", feed.id),
                depth,
                feed.unread,
                note=note.text,
                is_failing=note.is_trouble,
            )
        )
    return lines
