"""Every command of the screen: the one table that makes bindings, footer, help, palette and the README's keys.

A command's id is ``noun.verb``. Its bindings call ``command('noun.verb')``; the screen has one
``action_command(id, number=0)`` that dispatches to ``do_noun_verb``. Keys are settled here (preset, then ``[keys]``),
not by Textual's keymap: that one drops a printable default key while an input has the focus even where it was remapped
to a function key.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cached_property
from typing import Literal

from textual.binding import Binding

from reader.i18n import N_, _
from reader.light import dataclass
from reader.ui.keys import display, normal_keys
from reader.ui.presets import PRESETS

__all__ = ["COMMANDS", "GROUPS", "Clash", "Command", "KeyMap", "Where", "bindings", "clashes", "command", "key_table"]

Where = Literal["app", "list", "sidebar", "article", "find", "filter"]
"""Where keys count: ``app`` in every pane, the others only there and first; ``find``: while searching an article."""

GROUPS: tuple[str, ...] = (
    N_("Navigation"), N_("Reading"), N_("Searching"), N_("Marking"), N_("Feeds"), N_("Sharing and saving"),
    N_("Screen"),
)  # fmt: skip
"""Headings of help and README, in order."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can tell the screen to do."""

    id: str
    """``noun.verb``; what ``[keys]`` names and what the screen dispatches on."""
    label: str
    """A word or two for footer and palette (English; translate with `_`)."""
    help: str
    """A sentence without full stop for help, palette and README (English)."""
    keys: str
    """Default keys, comma-separated; empty: only by palette."""
    where: Where = "app"
    """Where the keys count."""
    group: str = "Screen"
    """Its heading in help; one of `GROUPS`."""
    is_shown: bool = False
    """It stands in the footer."""
    is_numbered: bool = False
    """Its n-th key passes n: ``command('link.open', 3)``."""
    opens: bool = False
    """It asks the library, then opens a dialog: what is typed meanwhile is meant for that."""
    is_short: bool = False
    """It asks the library, and no network, and what the next key means depends on what it does: that key waits."""

    @property
    def is_awaited(self) -> bool:
        """The next key waits until it is done."""
        return self.opens or self.is_short


_PLACES: tuple[Where, ...] = ("find", "filter", "sidebar", "article", "list")


def _group(name: str, *rows: tuple[str, str, str, str, str]) -> tuple[Command, ...]:
    """Commands of one heading from (id, keys, label, help, flags).

    Flags: the place, ``!`` footer, ``#`` numbered, ``…`` opens, ``.`` short.
    """
    made = []
    for id_, keys, label, help_, flags in rows:
        where: Where = next((place for place in _PLACES if place in flags), "app")
        shown, numbered, opens, short = (flag in flags for flag in "!#….")
        made.append(Command(id_, label, help_, keys, where, name, shown, numbered, opens, short))
    return tuple(made)


COMMANDS: tuple[Command, ...] = (
    *_group(
        "Navigation",
        ("cursor.down", "j,down", N_("Down"), N_("Move down"), ""),
        ("cursor.up", "k,up", N_("Up"), N_("Move up"), ""),
        ("cursor.first", "g,home", N_("First"), N_("Go to the first line"), ""),
        ("cursor.last", "G,end", N_("Last"), N_("Go to the last line"), ""),
        ("cursor.half_down", "ctrl+d", N_("Half page down"), N_("Move half a page down"), ""),
        ("cursor.half_up", "ctrl+u", N_("Half page up"), N_("Move half a page up"), ""),
        ("cursor.page_down", "ctrl+f,pagedown", N_("Page down"), N_("Move a page down"), ""),
        ("cursor.page_up", "ctrl+b,pageup", N_("Page up"), N_("Move a page up"), ""),
        ("pane.next", "tab", N_("Next pane"), N_("Go to the next pane"), ""),
        ("pane.previous", "shift+tab", N_("Previous pane"), N_("Go to the previous pane"), ""),
        ("pane.out", "h,left", N_("Out"), N_("Go one pane out; in the sidebar: fold"), ""),
        ("pane.in", "l,right", N_("In"), N_("Go one pane in; in the sidebar: unfold"), ""),
    ),
    *_group(
        "Reading",
        ("article.unfold", "enter", N_("Unfold"), N_("In an article: show or hide related links"), "article"),
        ("article.open", "enter", N_("Open"), N_("Open the selected item"), "!"),
        ("view.back", "q", N_("Back"), N_("Go back one level; at the top: quit"), "!."),
        ("article.page_on", "space", N_("Read on"), N_("Page down; at the end: the next unread article"), "!."),
        ("article.page_back", "b", N_("Page back"), N_("Page up in the article"), ""),
        ("article.next_unread", "n", N_("Next unread"), N_("Open the next unread article"), "."),
        ("article.previous_unread", "p", N_("Previous unread"), N_("Open the previous unread article"), "."),
        ("article.next", "J,]", N_("Next article"), N_("Open the next article"), ""),
        ("article.previous", "K,[", N_("Previous article"), N_("Open the previous article"), ""),
        ("article.fetch", "x", N_("Full article"), N_("Full article from its page, or the feed's text"), ""),
    ),
    *_group(
        "Searching",
        ("filter.focus", "/", N_("Filter"), N_("Filter the list by words"), "!"),
        ("filter.widen", "W,ctrl+g", N_("Search all"), N_("Filter everything, or the selected source"), ""),
        ("filter.save", "F,ctrl+s", N_("Save filter"), N_("Save the filter, or turn it into a rule"), ""),
        ("filter.complete", "tab", N_("Complete"), N_("Complete the word; again: next suggestion"), "filter"),
        ("filter.complete_back", "shift+tab", N_("Back"), N_("Previous suggestion in the filter"), "filter"),
        ("filter.older", "up", N_("Filter history"), N_("In an empty filter: earlier filters"), "filter"),
        ("filter.newer", "down", N_("To the list"), N_("Go to the list, or to a later filter"), "filter"),
        ("filter.apply", "", N_("Apply rule"), N_("Apply the selected rule to stored articles"), "…"),
        ("view.escape", "escape", N_("Leave"), N_("Leave filter or search; again: clear it"), ""),
        ("find.next", "n", N_("Next match"), N_("While searching an article: next match"), "find"),
        ("find.previous", "N", N_("Previous match"), N_("While searching an article: previous match"), "find"),
        ("find.open", "f", N_("Find in article"), N_("Find in the open article"), ""),
        ("source.next_unread", "}", N_("Next source"), N_("Go to the next source with unread"), ""),
        (
            "source.previous_unread",
            "{",
            N_("Previous source"),
            N_("Go to the previous source with unread"),
            "",
        ),
        ("source.jump", "'", N_("Jump"), N_("Jump to a feed or filter by typing its name"), ""),
    ),
    *_group(
        "Marking",
        ("article.toggle_read", "m,N", N_("Read"), N_("Mark the article read or unread"), "."),
        ("article.toggle_star", "s", N_("Star"), N_("Star or unstar the article"), "!."),
        ("list.mark_read", "A", N_("All read"), N_("Mark everything in the list as read"), "."),
        ("list.pick", "v", N_("Range"), N_("Start or end a range of articles to mark"), ""),
        ("article.tag", "t", N_("Tag"), N_("Tag the article or the range"), "…"),
        ("list.star", "", N_("Star all"), N_("Star everything in the list"), "."),
        ("list.tag", "", N_("Tag all"), N_("Tag everything in the list"), "…"),
        ("step.undo", "u", N_("Undo"), N_("Undo the last change"), "!."),
        ("list.toggle_read", ".", N_("Hide read"), N_("Hide or show read articles"), ""),
        ("list.group", "d", N_("By day"), N_("Show or hide day headings"), ""),
        ("list.sort", ",", N_("Sort"), N_("Choose the sort order"), ""),
    ),
    *_group(
        "Feeds",
        ("feed.refresh", "r", N_("Refresh"), N_("Refresh the selected source"), ""),
        ("feeds.refresh", "R", N_("Refresh all"), N_("Refresh all feeds"), ""),
        ("feeds.begin", "I", N_("Import a list"), N_("Import the starter list or another reader's"), "…"),
        ("feed.details", "i", N_("Details"), N_("Show the feed's details and health"), "…"),
        ("feed.add", "a", N_("Add"), N_("Add a feed by address or from the catalogue"), ""),
        ("source.edit", "E", N_("Edit"), N_("Edit the selected feed, filter or folder"), "…"),
        ("source.remove", "D", N_("Remove"), N_("Remove the feed or filter from feeds.toml"), "…"),
        ("source.move_up", "alt+k,alt+up", N_("Move up"), N_("Move the selected feed or filter up"), "sidebar"),
        ("source.move_down", "alt+j,alt+down", N_("Move down"), N_("Move the selected feed or filter down"), "sidebar"),
        ("problems.show", "!", N_("Problems"), N_("Show problems with feeds and feeds.toml"), ""),
        ("feed.rename", "", N_("Rename feed"), N_("Rename the feed"), "…"),
        ("feed.move", "", N_("Move to folder"), N_("Move the feed to another folder"), "…"),
        ("feed.toggle", "", N_("Enable or disable feed"), N_("Stop refreshing the feed, or resume it"), ""),
        ("feed.follow_found", "", N_("Use the feed found"), N_("Use the feed found for a page"), ""),
        ("folder.rename", "", N_("Rename folder"), N_("Rename the selected folder"), ""),
    ),
    *_group(
        "Sharing and saving",
        ("feed.open_site", "o", N_("Open site"), N_("Open the feed's site in the browser"), "sidebar"),
        ("article.browse", "o", N_("Browser"), N_("Open the article's page in the browser"), ""),
        ("article.copy_link", "y", N_("Copy link"), N_("Copy the article's address"), ""),
        ("article.copy_markdown", "Y", N_("Copy Markdown"), N_("Copy the article as Markdown"), ""),
        ("article.copy_title", "", N_("Copy title"), N_("Copy the article's title"), ""),
        ("article.save", "S", N_("Save"), N_("Save the article as a Markdown file"), ""),
        ("article.pipe", "|", N_("Pipe"), N_("Pipe the article to your command"), ""),
        ("article.files", "e", N_("Enclosures"), N_("Play or download the article's enclosures"), "…"),
        ("link.list", "L", N_("List links"), N_("List the links and their addresses"), "…"),
        ("link.hint", ";", N_("Links"), N_("Label each link with a letter to open it"), ""),
        ("link.open", "1,2,3,4,5,6,7,8,9", N_("Open link"), N_("Open the article's link with this number"), "#"),
    ),
    *_group(
        "Screen",
        ("sidebar.toggle", "\\", N_("Sidebar"), N_("Show or hide the sidebar"), ""),
        ("pane.wider", ">", N_("Wider"), N_("Make the pane wider"), ""),
        ("pane.narrower", "<", N_("Narrower"), N_("Make the pane narrower"), ""),
        ("pane.usual", "=", N_("Reset widths"), N_("Reset the pane widths"), ""),
        ("view.redraw", "ctrl+l", N_("Redraw"), N_("Draw the screen again"), ""),
        ("view.zen", "z", N_("Zen"), N_("Show only the article, or all panes again"), ""),
        ("menu.open", "M,shift+f10", N_("Menu"), N_("Open a menu, like a right click"), ""),
        ("list.rows", "", N_("Row height"), N_("Switch between compact and comfortable rows"), ""),
        ("theme.choose", "", N_("Theme"), N_("Choose a theme"), ""),
        ("language.switch", "", N_("Language: Bahasa Indonesia"), N_("Switch to Indonesian"), ""),
        ("palette.open", ":,ctrl+p", N_("Commands"), N_("Find any command, feed, filter or theme"), ""),
        ("help.open", "?", N_("Help"), N_("Show all keys"), "!"),
        ("app.quit", "Q", N_("Quit"), N_("Quit Warta"), "."),
    ),
)
"""The table. Where a key stands twice, the row with the narrower `Command.where` comes first and wins."""

_BY_ID = {row.id: row for row in COMMANDS}


def command(id_: str) -> Command:
    """The command with this id.

    Raises:
        KeyError: there is none.

    """
    return _BY_ID[id_]


@dataclass(frozen=True, slots=True)
class Clash:
    """A key that ``[keys]`` gave to a command although another one had it."""

    key: str
    """The key, in Textual's name."""
    winner: str
    """Id of the command that has it now."""
    loser: str
    """Id of the command that lost it."""

    def __str__(self) -> str:
        return _("{key} is now “{winner}”, no longer “{loser}”.").format(
            key=display(self.key), winner=_(_BY_ID[self.winner].label), loser=_(_BY_ID[self.loser].label)
        )


class KeyMap:
    """Which keys mean which commands: the defaults, a preset over them, the user's ``[keys]`` over both."""

    def __init__(self, preset: str = "default", remap: Mapping[str, str] | None = None) -> None:
        self.preset = preset
        """The preset's name."""
        self._preset = PRESETS.get(preset, {})
        self._remap = {id_: keys for id_, keys in (remap or {}).items() if id_ in _BY_ID}
        self._unknown_ids = tuple(id_ for id_ in (remap or {}) if id_ not in _BY_ID)

    @cached_property
    def _settled(self) -> tuple[dict[str, tuple[str, ...]], tuple[Clash, ...]]:
        """Keys of each command, and who lost what. What the user wrote is settled first, so it wins."""
        keys: dict[str, tuple[str, ...]] = {}
        owners: dict[tuple[Where, str], str] = {}
        lost: list[Clash] = []
        for row in sorted(COMMANDS, key=lambda row: row.id not in self._remap):
            mine = []
            for key in normal_keys(self._remap.get(row.id, self._preset.get(row.id, row.keys)))[0]:
                owner = owners.setdefault((row.where, key), row.id)
                if owner == row.id:
                    mine.append(key)
                else:
                    lost.append(Clash(key, owner, row.id))
            keys[row.id] = tuple(dict.fromkeys(mine))
        return keys, tuple(lost)

    @property
    def clashes(self) -> tuple[Clash, ...]:
        """Keys that were taken from a command."""
        return self._settled[1]

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong with ``[keys]``, in sentences; empty: nothing."""
        found = []
        for id_ in self._unknown_ids:
            near = _nearest(id_)
            sentence = _("[keys]: unknown command “{id}”.").format(id=id_)
            found.append(f"{sentence} {_('Did you mean “{id}”?').format(id=near)}" if near else sentence)
        for id_, keys in self._remap.items():
            found += [
                _("[keys]: “{key}” for {id} is not a key.").format(key=key, id=id_) for key in normal_keys(keys)[1]
            ]
        return (*found, *map(str, self.clashes))

    def keys(self, id_: str) -> tuple[str, ...]:
        """A command's keys, in Textual's names; empty: none."""
        return self._settled[0][id_]

    def shown(self, id_: str) -> str:
        """A command's keys as a person reads them: ``J ]``; ``1–9`` for a run of digits; empty: none."""
        keys = self.keys(id_)
        if len(keys) > 2 and "".join(keys) in "123456789":
            return f"{keys[0]}–{keys[-1]}"
        return " ".join(display(key) for key in keys)

    def bindings(self, where: Where) -> list[Binding]:
        """Textual's bindings for one place, one a key; labels in the current language."""
        made = []
        for row in COMMANDS:
            if row.where != where:
                continue
            for count, key in enumerate(self.keys(row.id), 1):
                call = f"command('{row.id}', {count})" if row.is_numbered else f"command('{row.id}')"
                made.append(
                    Binding(
                        key,
                        call,
                        _(row.label),
                        show=row.is_shown and count == 1,
                        key_display=display(key),
                        tooltip=_(row.help),
                        id=f"{row.id}.{count}",
                    )
                )
        return made


def bindings(where: Where, *, preset: str = "default", remap: Mapping[str, str] | None = None) -> list[Binding]:
    """Textual's bindings for one place under a preset and the user's ``[keys]``."""
    return KeyMap(preset, remap).bindings(where)


def clashes(*, preset: str = "default", remap: Mapping[str, str] | None = None) -> tuple[Clash, ...]:
    """Keys that ``[keys]`` took from a command."""
    return KeyMap(preset, remap).clashes


def key_table(preset: str = "default") -> str:
    """The commands and their keys as a Markdown table, in the current language."""
    keymap = KeyMap(preset)
    lines = [f"| {_('keys')} | {_('what they do')} | {_('name in [keys]')} |", "|---|---|---|"]
    for group in GROUPS:
        lines.append(f"| **{_(group)}** | | |")
        for row in COMMANDS:
            if row.group == group:
                # A bar would end the cell, in code too.
                keys = " ".join(f"`{part}`" for part in keymap.shown(row.id).split()).replace("|", "\\|")
                lines.append(f"| {keys} | {_(row.help)} | `{row.id}` |")
    return "\n".join(lines) + "\n"


def _nearest(written: str) -> str:
    """The command that an unknown name most likely means: all its words, else nearly its letters; empty: none."""
    words = _words(written.lower())
    holding = (id_ for id_ in _BY_ID if words <= _words(id_))
    return next(holding, "") or next(iter(get_close_matches(written, _BY_ID, 1)), "")


def _words(id_: str) -> set[str]:
    return set(id_.replace(".", "_").split("_"))
