"""Dates and ages as a person reads them, in the language in use.

Nothing here raises: a moment without a zone counts as UTC, one that its zone cannot show stays in UTC.
"""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from reader.i18n import current_language

if TYPE_CHECKING:
    from reader.i18n import Language

__all__ = ["age", "ago", "clock", "day", "day_inside", "exact", "is_zone", "local", "today_start", "zone"]

_LOCALTIME = Path("/etc/localtime")
_HOURS_INTO_YESTERDAY = 6
"""So many hours back an age is told in hours although midnight lies between."""
_DAYS_COUNTED = 7
"""From so many days on, the date says more than their number."""


class _Words(NamedTuple):
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    now: str
    minutes: str
    hours: str
    days_short: str
    today: str
    yesterday: str
    tomorrow: str
    just_now: str
    time: str


# Their first three letters are their short names, in both languages.
_BULAN = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember")  # fmt: skip  # noqa: E501
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")  # fmt: skip  # noqa: E501

_WORDS: dict[Language, _Words] = {
    "id": _Words(
        weekdays=("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
        months=_BULAN,
        now="baru",
        minutes="{} mnt",
        hours="{} jam",
        days_short="{} hari",
        today="hari ini",
        yesterday="kemarin",
        tomorrow="besok",
        just_now="baru saja",
        time="{:02}.{:02}",
    ),
    "en": _Words(
        weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        months=_MONTHS,
        now="now",
        minutes="{} min",
        hours="{} h",
        days_short="{} d",
        today="today",
        yesterday="yesterday",
        tomorrow="tomorrow",
        just_now="just now",
        time="{:02}:{:02}",
    ),
}

_UNITS: dict[Language, dict[str, tuple[str, str]]] = {
    "id": {"minute": ("menit", "menit"), "hour": ("jam", "jam"), "day": ("hari", "hari")},
    "en": {"minute": ("minute", "minutes"), "hour": ("hour", "hours"), "day": ("day", "days")},
}


def zone(name: str = "") -> tzinfo:
    """The time zone of an IANA name; the system's for an empty or unknown one."""
    if name and (named := _named(name)):
        return named
    return _system(os.environ.get("TZ", ""))


def is_zone(name: str) -> bool:
    """Whether there is a time zone of this name here."""
    return _named(name) is not None


def local(when: datetime, zone: tzinfo | None) -> datetime:
    """The moment in a zone; without a zone of its own it counts as UTC."""
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    try:
        return aware.astimezone(zone or UTC)
    except (OverflowError, ValueError, OSError):
        return aware


def age(then: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """How old something is, as short as a list can show it: ``12 mnt``, ``kemarin``, ``16 Des``.

    ``zone`` is whose midnight divides the days; without it, that of ``now``. A moment up to an hour ahead is a
    clock that runs fast: it counts as now.
    """
    words = _WORDS[current_language()]
    here, there = _pair(then, now, zone)
    seconds = _seconds(there, here)
    days = (here.date() - there.date()).days
    if seconds < -3600:
        return words.tomorrow if days == -1 else _short_date(there, here)
    if seconds < 60:
        return words.now
    if seconds < 3600:
        return words.minutes.format(int(seconds // 60))
    if days == 0 or seconds < _HOURS_INTO_YESTERDAY * 3600:
        return words.hours.format(int(seconds // 3600))
    if days == 1:
        return words.yesterday
    if days < _DAYS_COUNTED:
        return words.days_short.format(days)
    return _short_date(there, here)


def ago(then: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """How long ago, or in how long, in words for a sentence: ``5 menit lalu``, ``kemarin 17.05``, ``in 2 hours``."""
    language = current_language()
    words = _WORDS[language]
    here, there = _pair(then, now, zone)
    seconds = _seconds(there, here)
    days = (here.date() - there.date()).days
    distance = abs(seconds)
    if distance < 60:
        return words.just_now if seconds >= 0 else _span(language, 1, "minute", ahead=True)
    if distance < 3600:
        return _span(language, int(distance // 60), "minute", ahead=seconds < 0)
    if days == 0 or distance < _HOURS_INTO_YESTERDAY * 3600:
        return _span(language, int(distance // 3600), "hour", ahead=seconds < 0)
    if abs(days) == 1:
        return f"{words.yesterday if days == 1 else words.tomorrow} {_clock(there)}"
    if abs(days) < _DAYS_COUNTED:
        return _span(language, abs(days), "day", ahead=seconds < 0)
    return f"{there.day} {words.months[there.month - 1]} {there.year}"


def exact(when: datetime, zone: tzinfo, *, short: bool = False) -> str:
    """The moment in full: ``Selasa, 16 Desember 2025 17.05 WIB``; ``short``: the month's short name."""
    words = _WORDS[current_language()]
    there = local(when, zone)
    month = words.months[there.month - 1][: 3 if short else None]
    text = f"{words.weekdays[there.weekday()]}, {there.day} {month} {there.year} {_clock(there)}"
    return f"{text} {_zone_name(there)}".rstrip()


def clock(when: datetime, zone: tzinfo) -> str:
    """The time of day: ``17.05`` or ``17:05``."""
    return _clock(local(when, zone))


def day(when: datetime, zone: tzinfo, now: datetime) -> str:
    """The heading of a day: ``Hari ini``, ``Kemarin``, ``Senin, 15 Desember``, with the year if it is another."""
    text = day_inside(when, zone, now)
    return text[:1].upper() + text[1:]


def day_inside(when: datetime, zone: tzinfo, now: datetime) -> str:
    """A day in the middle of a sentence: ``hari ini``, ``besok``, ``Senin, 15 Desember``."""
    words = _WORDS[current_language()]
    here, there = _pair(when, now, zone)
    match (here.date() - there.date()).days:
        case 0:
            return words.today
        case 1:
            return words.yesterday
        case -1:
            return words.tomorrow
    text = f"{words.weekdays[there.weekday()]}, {there.day} {words.months[there.month - 1]}"
    return text if there.year == here.year else f"{text} {there.year}"


def today_start(now: datetime, zone: tzinfo) -> datetime:
    """The reader's last midnight, as a moment in UTC."""
    today: date = local(now, zone).date()
    return local(datetime(today.year, today.month, today.day, tzinfo=zone), UTC)


def _pair(then: datetime, now: datetime, zone: tzinfo | None) -> tuple[datetime, datetime]:
    here = local(now, zone or now.tzinfo)
    return here, local(then, here.tzinfo)


def _seconds(then: datetime, now: datetime) -> float:
    return (now - then).total_seconds()


def _short_date(there: datetime, here: datetime) -> str:
    text = f"{there.day} {_WORDS[current_language()].months[there.month - 1][:3]}"
    return text if there.year == here.year else f"{text} {there.year}"


def _span(language: Language, count: int, unit: str, *, ahead: bool) -> str:
    one, many = _UNITS[language][unit]
    text = f"{count} {one if count == 1 else many}"
    if language == "id":
        return f"dalam {text}" if ahead else f"{text} lalu"
    return f"in {text}" if ahead else f"{text} ago"


def _clock(there: datetime) -> str:
    return _WORDS[current_language()].time.format(there.hour, there.minute)


def _zone_name(there: datetime) -> str:
    """``WIB``, ``CET``; zones which have only a number for a name are told by their distance from UTC."""
    try:
        name = there.tzname() or ""
    except (OverflowError, ValueError):
        return ""
    if name[:1] not in {"+", "-"} and not name.startswith("UTC"):
        return name
    minutes = round((there.utcoffset() or timedelta()).total_seconds() / 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '-'}{hours}" + (f":{rest:02}" if rest else "")


@lru_cache(maxsize=16)
def _named(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):  # ZoneInfoNotFoundError is a KeyError; a folder's name is an OSError
        return None


@lru_cache(maxsize=4)
def _system(environment: str) -> tzinfo:
    """The zone of ``$TZ``, else of the machine; with its rules where they can be found, else today's offset."""
    if named := _named(environment.lstrip(":")) if environment else None:
        return named
    if not environment:
        try:
            target = _LOCALTIME.resolve(strict=True).as_posix()
            if named := _named(target.partition("zoneinfo/")[2]):
                return named
            with _LOCALTIME.open("rb") as file:
                return ZoneInfo.from_file(file)
        except (OSError, ValueError):
            pass
    return datetime.fromtimestamp(time.time(), UTC).astimezone().tzinfo or UTC
