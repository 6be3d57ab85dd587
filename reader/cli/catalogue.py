"""``warta catalogue``, and sources of it picked by number or name."""

from __future__ import annotations

import re
import sys
import textwrap
from typing import TYPE_CHECKING

from reader.cli.output import cells, clip_cells, pad
from reader.core.catalogue import catalogue, checked_sentence, followed, named, search_catalogue, told
from reader.i18n import _, ngettext, number
from reader.text.fold import words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.cli.setting import Setting
    from reader.core.records import Json
    from reader.model.catalogue import CatalogueEntry

__all__ = ["append", "list_catalogue", "meant", "pick"]

NAME_CELLS = 30
_NUMBERS = re.compile(r"\d{1,4}(?:\s*-\s*\d{1,4})?(?:[\s,]+\d{1,4}(?:\s*-\s*\d{1,4})?)*[\s,]*")


def list_catalogue(setting: Setting) -> int:
    """List the sources that fit the query, grouped; 1 if none does."""
    found = search_catalogue(setting.arguments.query)
    known = _followed(setting)
    if setting.arguments.json:
        setting.output.json_array([_record(entry, is_followed=entry.name in known) for entry in found])
    elif found:
        _print_table(setting, found, known)
        count = ngettext("{count} source", "{count} sources", len(found)).format(count=number(len(found)))
        setting.output.message(_("{count} · ✓ in feeds.toml · `warta add NAME` adds one").format(count=count))
    else:
        setting.output.message(_nothing(setting.arguments.query))
    return 0 if found else 1


def meant(name: str) -> tuple[CatalogueEntry, ...] | None:
    """The sources a person may mean by this; None if it is an address, unless a source is called exactly so."""
    found = named(name)
    if len(found) == 1 and words(found[0].name) == words(name):
        return found
    return None if "." in name or "://" in name or name.startswith("localhost") else found


def append(setting: Setting, entries: Sequence[CatalogueEntry]) -> int:
    """Write sources into feeds.toml and tell of each; 1 if one of them was there already or cannot be followed."""
    from reader.config.edit import Target, add_feed

    target = Target(setting.located.path, may_run_commands=setting.located.may_run_commands)
    known = _followed(setting)
    arguments = setting.arguments
    status = 0
    for entry in entries:
        if entry.name in known:
            setting.output.message(_("{name} is already in feeds.toml").format(name=entry.name))
        elif not entry.can_be_followed:
            message = _("{name} cannot be added: {reason}")
            setting.output.message(message.format(name=entry.name, reason=told(entry.note)))
        else:
            title = arguments.title if len(entries) == 1 else ""
            add_feed(target, entry.values(title=title, folder=arguments.folder.strip("/")))
            setting.output.result(_("added {name}: {url}").format(name=title or entry.name, url=entry.url))
            if entry.note is not None:
                _say(setting, told(entry.note), indent=4)
            continue
        status = 1
    return status


def pick(setting: Setting, search: Callable[[str], int]) -> int:
    """Ask on the terminal for addresses, words or numbers until nothing more is wished.

    Args:
        setting: This run.
        search: Finds and adds what stands at an address.

    """
    _say(
        setting,
        _("An address, or words to find in the catalogue (kepri, economy, bmkg …). Just Enter: list everything."),
    )
    answer = _line()
    shown: tuple[CatalogueEntry, ...] = ()
    status = 0
    while answer is not None:
        if shown and _NUMBERS.fullmatch(answer):
            status = append(setting, _numbered(setting, shown, answer))
        elif named_ones := _all_named(answer):
            status = append(setting, named_ones)
        elif answer and meant(answer) is None:
            status = search(answer)
        elif fitting := search_catalogue(answer):
            shown = fitting
            _print_table(setting, shown, _followed(setting), is_numbered=True)
        else:
            _say(setting, _nothing(answer))
        _say(setting, _("Numbers to add (1 3 5-8), an address, or other words to find. Just Enter: done."))
        answer = _line() or None
    return status


def _line() -> str | None:
    """What was typed; None at the end of input."""
    line = sys.stdin.readline(10_000)
    return line.strip() if line else None


def _numbered(setting: Setting, shown: Sequence[CatalogueEntry], answer: str) -> list[CatalogueEntry]:
    wished: dict[int, None] = {}
    for first, last in re.findall(r"(\d+)(?:\s*-\s*(\d+))?", answer):
        wished.update(dict.fromkeys(range(int(first), int(last or first) + 1)))
    absent = [wish for wish in wished if not 1 <= wish <= len(shown)]
    if absent:
        setting.output.message(_("no number {number} in the list").format(number=absent[0]))
    return [shown[wish - 1] for wish in wished if 1 <= wish <= len(shown)]


def _all_named(answer: str) -> list[CatalogueEntry]:
    """The sources of a list of whole names with commas between; empty if any part is none."""
    exact = {tuple(words(entry.name)): entry for entry in catalogue()}
    found = [exact.get(tuple(words(part))) for part in answer.split(",") if part.strip()]
    return [] if None in found else [entry for entry in found if entry is not None]


def _followed(setting: Setting) -> frozenset[str]:
    """Names of what feeds.toml has; a file that is not there yet is not made for it."""
    from reader.config.load import load

    return followed(load(setting.located.path, last_good=setting.located.last_good).feeds)


def _nothing(query: str) -> str:
    return _('nothing in the catalogue for "{query}"; `warta add ADDRESS` searches a site itself').format(query=query)


def _print_table(
    setting: Setting, entries: Sequence[CatalogueEntry], known: frozenset[str], *, is_numbered: bool = False
) -> None:
    names = min(max(cells(entry.name) for entry in entries), NAME_CELLS)
    states = max(cells(checked_sentence(entry)) for entry in entries)
    figures = len(str(len(entries))) if is_numbered else 0
    columns = setting.output.columns
    group, note = "", None
    for position, entry in enumerate(entries, 1):
        if entry.group.key != group:
            setting.output.result(("\n" if group else "") + told(entry.group))
            group = entry.group.key
        mark = "✓" if entry.name in known else " "
        lead = f"{position:>{figures}} {mark} " if is_numbered else f"{mark} "
        place = entry.url if entry.kind == "feed" else f"{entry.url} ({_kind(entry)})"
        line = f"{lead}{pad(entry.name, names)}  {pad(checked_sentence(entry), states)}  {place}".rstrip()
        setting.output.result(clip_cells(line, columns) if columns else line)
        if entry.note is not None and entry.note != note:
            setting.output.result(_wrapped(told(entry.note), columns, indent=len(lead) + 2))
        note = entry.note


def _say(setting: Setting, text: str, *, indent: int = 0) -> None:
    """A message whose lines end between words."""
    setting.output.message(_wrapped(text, setting.output.columns, indent=indent))


def _wrapped(text: str, columns: int, *, indent: int) -> str:
    margin = " " * indent
    lines = textwrap.wrap(text, max(columns - indent, 20)) if columns else [text]
    return "\n".join(margin + line for line in lines)


def _kind(entry: CatalogueEntry) -> str:
    return _("sitemap") if entry.kind == "sitemap" else _("page")


def _record(entry: CatalogueEntry, *, is_followed: bool) -> dict[str, Json]:
    return {
        "name": entry.name,
        "url": entry.url,
        "kind": entry.kind,
        "language": entry.language,
        "group": entry.group.key,
        "regions": [region.key for region in entry.regions],
        "topics": [topic.key for topic in entry.topics],
        "folder": entry.folder,
        "status": entry.status,
        "checked": entry.checked or None,
        "note": told(entry.note) or None,
        "followed": is_followed,
    }
