"""What help, palette, jump, sort menu and theme choice offer. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from reader.i18n import N_, _, number
from reader.model import SourceCounts
from reader.ui.commands import COMMANDS, GROUPS
from reader.ui.dialogs.choices import Choice
from reader.ui.dialogs.picker import Picker
from reader.ui.search_words import SEARCH_WORDS
from reader.ui.widgets.sidebar_model import feed_name

if TYPE_CHECKING:
    from reader.model import Feed, FilterConfig, SortOrder
    from reader.ui.commands import Command, KeyMap

__all__ = [
    "command_choices", "help_choices", "help_picker", "jump_picker", "palette_picker", "sort_picker", "theme_picker",
]  # fmt: skip

_PLACES = (("all", N_("All")), ("unread", N_("Unread")), ("today", N_("Today")), ("starred", N_("Starred")))

_SORTS: tuple[tuple[SortOrder, str], ...] = (
    ("new", N_("Newest first")),
    ("old", N_("Oldest first")),
    ("rank", N_("Best match first")),
)


_WORDS = (
    ("newer:3d", N_("Of the last three days; also 2h, 1w, 6mo")),
    ("older:1w", N_("Older than a week")),
    ("after:2026-11-01", N_("From this day, month or year on")),
    ("before:2026-11-01", N_("Before this day, month or year")),
    ("date:last-week", N_("Of last week; also this-month")),
    ("today", N_("What is dated today")),
    ("kemarin", N_("What is dated yesterday; also yesterday")),
    ("is:unread", N_("Also is:starred, is:muted, is:new")),
    ("has:audio", N_("Also has:video, has:image, has:full")),
    ("feed:", N_("Of a feed, by part of its title")),
    ("place:", N_("From a place, as the report names it")),
    ("title:", N_("Words in the title; also body: and author:")),
    ("~", N_("Its word family: ~tangkap, menangkap")),
)
"""Words of the filter that nobody guesses, with what they find."""


def help_picker(keymap: KeyMap) -> Picker:
    """All commands with their keys and the filter's words, under their headings; choosing one carries it out."""
    return Picker(_("Keys"), help_choices(keymap), placeholder=_("what would you like to do?"), enter=_("run"))


def help_choices(keymap: KeyMap) -> list[Choice]:
    """All commands and the filter's words under their headings, by what they do."""
    choices: list[Choice] = []
    for group in GROUPS:
        choices += [
            Choice("command", row.id, _(row.help), also=_also(row), key=keymap.shown(row.id), group=_(group))
            for row in COMMANDS
            if row.group == group
        ]
        if group == "Searching":
            choices += [Choice("query", text, text, _(told), group=_("Words of the filter")) for text, told in _WORDS]
    return choices


def palette_picker(
    keymap: KeyMap, feeds: Sequence[Feed], filters: Sequence[FilterConfig], themes: Iterable[str], theme: str
) -> Picker:
    """Every command, source and theme in one list."""
    choices = [*command_choices(keymap), *_sources(feeds, filters), *_themes(themes, theme)]
    return Picker(_("Commands, sources, themes"), choices, placeholder=_("type to search"), enter=_("run"))


def command_choices(keymap: KeyMap) -> list[Choice]:
    """The commands that are carried out once, by their labels."""
    return [
        Choice("command", row.id, _(row.label), _(row.help), _also(row), keymap.shown(row.id), _("Commands"))
        for row in sorted(COMMANDS, key=lambda row: row.group == GROUPS[0])  # what everybody knows comes last
        if not row.id.startswith("cursor.") and row.id != "palette.open"
        if row.where != "filter" and not row.is_numbered
    ]


def jump_picker(feeds: Sequence[Feed], filters: Sequence[FilterConfig], counts: SourceCounts | None = None) -> Picker:
    """Every source, to go there."""
    numbers = counts or SourceCounts()
    unread = {"all": numbers.total, "unread": numbers.unread, "today": numbers.today, "starred": numbers.starred}
    places = [Choice("place", name, _(label), _count(unread[name])) for name, label in _PLACES]
    return Picker(
        _("Jump to"),
        [*places, *_sources(feeds, filters)],
        placeholder=_("a feed, folder or filter"),
        enter=_("go there"),
    )


def sort_picker(current: SortOrder, *, has_query: bool, by_day: bool = False) -> Picker:
    """The orders of the list, by match only while there is a filter to match; and whether days are set apart."""
    choices = [
        Choice("sort", order, _(label), is_current=order == current)
        for order, label in _SORTS
        if has_query or order != "rank"
    ]
    if current != "rank":
        choices.append(Choice("group", 0, _("Day headings"), is_current=by_day))
    return Picker(_("Sort order"), choices)


def theme_picker(themes: Iterable[str], current: str, *, on_moved: Callable[[Choice], None] | None = None) -> Picker:
    """All themes, Warta's own first; each the cursor comes to may be tried on."""
    return Picker(
        _("Choose a theme"), _themes(themes, current), placeholder=_("a theme"), enter=_("choose"), on_moved=on_moved
    )


def _also(row: Command) -> str:
    """Words a command is found by beside what is shown of it."""
    return f"{_(row.label)} {row.id} {SEARCH_WORDS.get(row.id, '')}"


def _sources(feeds: Sequence[Feed], filters: Sequence[FilterConfig]) -> list[Choice]:
    saved = [Choice("filter", one.name, one.name, one.query, group=_("Filters")) for one in filters]
    folders = dict.fromkeys(feed.config.folder for feed in feeds if feed.config.folder)
    listed = [Choice("feed", feed.id, feed_name(feed), _feed_note(feed), group=_("Feeds")) for feed in feeds]
    return [*saved, *(Choice("folder", path, path, group=_("Folders")) for path in folders), *listed]


def _themes(themes: Iterable[str], current: str) -> list[Choice]:
    ordered = sorted(themes, key=lambda name: (not name.startswith("warta-"), name))
    return [Choice("theme", name, name, group=_("Themes"), is_current=name == current) for name in ordered]


def _feed_note(feed: Feed) -> str:
    return " · ".join(filter(None, (feed.config.folder, _count(feed.unread))))


def _count(count: int) -> str:
    return number(count) if count else ""
