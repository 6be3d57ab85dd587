"""The fields of the filter language, one row each: name, help, how a value is read, what it means.

Every row also has a meaning in SQL (`storage.search.compiling`); a test demands it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, cast

from reader.i18n import N_, _, ngettext, number
from reader.light import dataclass, late_pattern
from reader.query.moments import age_seconds, period_named, stretch
from reader.query.names import feed_address, feed_fits, folder_fits, tag_fits
from reader.query.tree import Value
from reader.text.fold import fold, words
from reader.text.urls import host

if TYPE_CHECKING:
    from reader.query.facts import ArticleFacts
    from reader.query.moments import Stretch
    from reader.query.names import Names
    from reader.query.tree import Check, Scope

__all__ = [
    "ALIASES",
    "FIELDS",
    "TEXT_FIELDS",
    "Context",
    "Field",
    "ValueProblemError",
]


@dataclass(frozen=True, slots=True)
class Context:
    """What values are read against."""

    now: datetime
    """The clock. Aware."""
    zone: tzinfo
    """Where days begin."""
    names: Names
    """What may be referred to."""


class ValueProblemError(Exception):
    """A value means nothing; ``str()`` says why."""


Parse = Callable[[str, bool, Context], Value | None]
"""Value as typed, whether it may go on, context → what it means; None: nothing yet. Raises `ValueProblemError`."""


@dataclass(frozen=True, slots=True)
class Field:
    """A row of the table."""

    name: str
    """Canonical, as the documentation writes it."""
    help: str
    """What it finds; English msgid."""
    parse: Parse
    """Reads a value."""
    means: Callable[[Value, ArticleFacts], bool]
    """Whether an article fits a value."""
    tells: Callable[[Check], str]
    """The test in words, in the current language."""
    aliases: tuple[str, ...] = ()
    """Other names accepted."""
    values: tuple[str, ...] = ()
    """The values there are, for completion; empty: many."""


TEXT_FIELDS: dict[str, tuple[Scope, str]] = {
    "title": ("title", N_("words in the title")),
    "body": ("body", N_("words in the text")),
    "author": ("author", N_("words in the author")),
}
"""Fields that say where words are looked for, with their help."""

_STATUSES = ("unread", "read", "starred", "muted", "new")
_MEDIA = {"audio": "a", "video": "v", "image": "i", "full": "f"}
_NUMBER = late_pattern(r"#\d{1,18}\Z", re.ASCII)
_COMPARISON = late_pattern(r"(>=|<=|>|<|=)?\s*(\d{1,7})(?:\s*(?:-|\.\.)\s*(\d{1,7}))?\Z")


def _choice(choices: tuple[str, ...], written: str, is_typed: bool) -> str | None:
    value = fold(written).strip()
    if value in choices:
        return value
    if is_typed and any(choice.startswith(value) for choice in choices):
        return None
    raise ValueProblemError(_("“{value}” is not one of {choices}").format(value=written, choices=", ".join(choices)))


def _parse_is(written: str, is_typed: bool, context: Context) -> Value | None:
    value = _choice(_STATUSES, written, is_typed)
    if value != "new":
        return value
    start = context.names.last_start
    return ("new", int(start.timestamp()) if start else 0)


def _means_is(value: Value, facts: ArticleFacts) -> bool:
    match value:
        case "unread":
            return not facts.is_read
        case "read":
            return facts.is_read
        case "starred":
            return facts.is_starred
        case "muted":
            return facts.is_muted
        case _:
            return int(facts.first_seen.timestamp()) >= cast("tuple[str, int]", value)[1]


def _tell_is(test: Check) -> str:
    told = {
        "unread": _("unread"),
        "read": _("read"),
        "starred": _("starred"),
        "muted": _("muted"),
        "new": _("new since the last start"),
    }
    return told[test.value if isinstance(test.value, str) else "new"]


def _parse_has(written: str, is_typed: bool, _context: Context) -> Value | None:
    return _choice(tuple(_MEDIA), written, is_typed)


def _means_has(value: Value, facts: ArticleFacts) -> bool:
    return _MEDIA[str(value)] in facts.media


def _tell_has(test: Check) -> str:
    told = {
        "audio": _("with audio"),
        "video": _("with video"),
        "image": _("with an image"),
        "full": _("full article stored"),
    }
    return told[str(test.value)]


def _parse_named(written: str, is_typed: bool, _context: Context) -> Value | None:
    """Words to be met in a name, and whether the last may go on."""
    found = " ".join(words(written))
    return (found, is_typed) if found else None


def _parse_feed(written: str, is_typed: bool, context: Context) -> Value | None:
    if _NUMBER.match(written.strip()):
        return (written.strip(), False)
    address = feed_address(written)
    return (address.rstrip("/"), is_typed) if address else _parse_named(written, is_typed, context)


def _parse_folder(written: str, is_typed: bool, _context: Context) -> Value | None:
    path = "/".join(" ".join(words(part)) for part in written.split("/"))
    return (path.strip("/"), is_typed and not written.endswith("/")) if path.strip("/") else None


def _means_tag(value: Value, facts: ArticleFacts) -> bool:
    return any(tag_fits(value, tag) for tag in (*facts.tags, *(tag for feed in facts.feeds for tag in feed.tags)))


def _parse_site(written: str, is_typed: bool, _context: Context) -> Value | None:
    name = host(written if "://" in written else f"https://{written}").removeprefix("www.").strip(".")
    if not name:
        return None
    return (name, is_typed) if "." in name else (name if is_typed else name + ".", True)


def _means_site(value: Value, facts: ArticleFacts) -> bool:
    found, is_prefix = cast("tuple[str, bool]", value)
    name = host(facts.url)
    while name:
        if name.startswith(found) if is_prefix else name == found:
            return True
        name = name.partition(".")[2]
    return False


def _parse_url(written: str, _is_typed: bool, _context: Context) -> Value | None:
    return _ascii_lower(written) or None


def _ascii_lower(text: str) -> str:
    """As SQLite's ``lower`` does it."""
    return text.translate(_LOWER)


_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def _means_url(value: Value, facts: ArticleFacts) -> bool:
    return str(value) in _ascii_lower(facts.url)


def _parse_date(written: str, is_typed: bool, context: Context) -> Value | None:
    for mark in ("..", ","):
        first, found, last = written.partition(mark)
        if found:
            start, end = _a_date(first, False, context), _a_date(last, is_typed, context)
            return (start[0] if start else None, end[1] if end else None) if start or end else None
    return _a_date(written, is_typed, context)


def _a_date(written: str, is_typed: bool, context: Context) -> Stretch | None:
    found = stretch(written, context.now, context.zone, is_complete=not is_typed)
    if found is None and written and not is_typed:
        raise ValueProblemError(_("“{value}” is not a date like 2026-11-01 or 2026-11").format(value=written))
    return found


def _parse_after(written: str, is_typed: bool, context: Context) -> Value | None:
    found = _a_date(written, is_typed, context)
    return (found[0], None) if found else None


def _parse_before(written: str, is_typed: bool, context: Context) -> Value | None:
    found = _a_date(written, is_typed, context)
    return (None, found[0]) if found else None


def _parse_newer(written: str, is_typed: bool, context: Context) -> Value | None:
    moment = _ago(written, is_typed, context)
    return None if moment is None else (moment, None)


def _parse_older(written: str, is_typed: bool, context: Context) -> Value | None:
    moment = _ago(written, is_typed, context)
    return None if moment is None else (None, moment)


def _ago(written: str, is_typed: bool, context: Context) -> int | None:
    age = age_seconds(written, is_complete=not is_typed)
    if age is not None:
        return max(int(context.now.timestamp()) - age, -(2**40))
    if (found := stretch(written, context.now, context.zone, is_complete=not is_typed)) is not None:
        return found[0]
    if is_typed:
        return None
    raise ValueProblemError(_("“{value}” is not an age like 3d, 2w or 6mo").format(value=written))


def _means_between(value: Value, facts: ArticleFacts) -> bool:
    start, end = cast("Stretch", value)
    moment = int(facts.date.timestamp())
    return (start is None or moment >= start) and (end is None or moment < end)


def _tell_age(test: Check) -> str:
    found = re.fullmatch(r"(\d{1,3}|\d{4}(?=\s*[a-z]))\s*([a-z]*)", fold(test.written).strip())
    if not found:
        return _("since {date}").format(date=test.written)
    count, unit = int(found.group(1)), age_seconds("1" + found.group(2)) or 86_400
    match unit:
        case 60:
            return ngettext("last {count} minute", "last {count} minutes", count).format(count=count)
        case 3_600:
            return ngettext("last {count} hour", "last {count} hours", count).format(count=count)
        case 604_800:
            return ngettext("last {count} week", "last {count} weeks", count).format(count=count)
        case 2_592_000:
            return ngettext("last {count} month", "last {count} months", count).format(count=count)
        case 31_536_000:
            return ngettext("last {count} year", "last {count} years", count).format(count=count)
        case _:
            return ngettext("last {count} day", "last {count} days", count).format(count=count)


def _tell_date(test: Check) -> str:
    match fold(test.written):
        case "today" | "hariini" | "hari ini":
            return _("today")
        case "yesterday" | "kemarin":
            return _("yesterday")
    match period_named(test.written):
        case ("week", back):
            return _("last week") if back else _("this week")
        case ("month", back):
            return _("last month") if back else _("this month")
        case ("year", back):
            return _("last year") if back else _("this year")
    return _("dated {date}").format(date=test.written)


def _parse_words(written: str, is_typed: bool, _context: Context) -> Value | None:
    found = _COMPARISON.match(written.strip())
    if found is None:
        if is_typed:
            return None
        raise ValueProblemError(_("“{value}” is not a word count like >800").format(value=written))
    sign, first, last = found.group(1), int(found.group(2)), found.group(3)
    if last is not None:
        return (first, int(last) + 1)
    match sign:
        case ">":
            return (first + 1, None)
        case "<":
            return (None, first)
        case "<=":
            return (None, first + 1)
        case "=":
            return (first, first + 1)
        case _:
            return (first, None)


def _means_words(value: Value, facts: ArticleFacts) -> bool:
    low, high = cast("Stretch", value)
    return (low is None or facts.words >= low) and (high is None or facts.words < high)


def _tell_words(test: Check) -> str:
    low, high = cast("Stretch", test.value)
    if low is None:
        return _("under {count} words").format(count=number(high or 0))
    if high is None:
        return _("from {count} words").format(count=number(low))
    return _("{low} to {high} words").format(low=number(low), high=number(high - 1))


def _parse_place(written: str, is_typed: bool, _context: Context) -> Value | None:
    found = tuple(words(written))
    return (found, is_typed) if found else None


def _means_place(value: Value, facts: ArticleFacts) -> bool:
    found, is_prefix = cast("tuple[tuple[str, ...], bool]", value)
    there = set(words(facts.dateline))
    if not is_prefix:
        return there.issuperset(found)
    return there.issuperset(found[:-1]) and any(word.startswith(found[-1]) for word in there)


def _telling(message: str) -> Callable[[Check], str]:
    return lambda test: _(message).format(value=test.written)


FIELDS: dict[str, Field] = {
    field.name: field
    for field in (
        Field(
            "feed", N_("part of a feed's title, or its address"), _parse_feed,
            lambda value, facts: any(feed_fits(value, feed) for feed in facts.feeds),
            _telling(N_("feed {value}")), ("f", "source", "sumber"),
        ),
        Field(
            "folder", N_("a folder and its subfolders"), _parse_folder,
            lambda value, facts: any(folder_fits(value, feed.folder) for feed in facts.feeds),
            _telling(N_("folder {value}")), ("in",),
        ),
        Field("tag", N_("a tag; also #tag"), _parse_named, _means_tag, _telling(N_("tag {value}")), ("label",)),
        Field("site", N_("the article's site"), _parse_site, _means_site, _telling(N_("on {value}")), ("host",)),
        Field(
            "url", N_("part of the article's address"), _parse_url, _means_url,
            _telling(N_("address has “{value}”")), ("inurl", "link"),
        ),
        Field("is", N_("unread, read, starred, muted, new"), _parse_is, _means_is, _tell_is, values=_STATUSES),
        Field("has", N_("audio, video, image, full"), _parse_has, _means_has, _tell_has, values=tuple(_MEDIA)),
        Field("after", N_("on or after this day: 2026-11-01, 2026-11, 2026"), _parse_after, _means_between,
              _telling(N_("since {value}")), ("since",)),
        Field("before", N_("before this day: 2026-11-01, 2026-11, 2026"), _parse_before, _means_between,
              _telling(N_("before {value}"))),
        Field("date", N_("on this day, in this month or year; also last-week"), _parse_date, _means_between, _tell_date,
              ("pubdate", "tanggal")),
        Field("newer", N_("not older than 3d, 2w, 6mo"), _parse_newer, _means_between, _tell_age, ("newer_than",)),
        Field("older", N_("older than 3d, 2w, 6mo"), _parse_older, _means_between,
              _telling(N_("older than {value}")), ("older_than",)),
        Field("words", N_("length: >800, <200, 100-300"), _parse_words, _means_words, _tell_words, ("word_count",)),
        Field("place", N_("place in the dateline"), _parse_place, _means_place,
              _telling(N_("place {value}")), ("dateline", "tempat")),
    )
}  # fmt: skip
"""The table: fields that are tests."""

ALIASES: dict[str, str] = {
    **{alias: field.name for field in FIELDS.values() for alias in (field.name, *field.aliases)},
    **{name: name for name in (*TEXT_FIELDS, "sort", "search")},
    **dict.fromkeys(("intitle", "subject", "judul"), "title"),
    **dict.fromkeys(("content", "intext", "isi"), "body"),
    **dict.fromkeys(("by", "penulis"), "author"),
}
"""Every name accepted before a colon, to the canonical one."""
