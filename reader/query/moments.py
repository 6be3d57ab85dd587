"""Dates and ages as they are written in queries, as stretches of time.

A stretch is a pair of seconds since 1970, the first inclusive, the second exclusive; None is open.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo

from reader.light import late_pattern
from reader.text.fold import fold

__all__ = ["PERIODS", "Stretch", "age_seconds", "day_named", "period_named", "stretch"]

Stretch = tuple[int | None, int | None]

_ISO = late_pattern(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?[-/]?\Z")
_ISO_WHOLE = late_pattern(r"\d{4}(?:[-/]\d\d(?:[-/]\d\d)?)?\Z")
_DAY_FIRST = late_pattern(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\Z")
_AGE = late_pattern(r"(\d{1,4})\s*([a-z]*)\Z")
_DAY_NAMES = {"today": 0, "hariini": 0, "hari ini": 0, "yesterday": 1, "kemarin": 1}
PERIODS: dict[str, tuple[str, int]] = {
    "this-week": ("week", 0), "minggu-ini": ("week", 0), "last-week": ("week", 1), "minggu-lalu": ("week", 1),
    "this-month": ("month", 0), "bulan-ini": ("month", 0), "last-month": ("month", 1), "bulan-lalu": ("month", 1),
    "this-year": ("year", 0), "tahun-ini": ("year", 0), "last-year": ("year", 1), "tahun-lalu": ("year", 1),
}  # fmt: skip
"""Stretches by name: which unit of the calendar, and how many before the present one."""
_UNITS = {
    60: "min menit minute minutes",
    3_600: "h hr hour hours jam",
    86_400: "d day days hari",
    604_800: "w wk week weeks minggu",
    2_592_000: "m mo month months bulan",
    31_536_000: "y yr year years tahun",
}
_SECONDS = {name: seconds for seconds, names in _UNITS.items() for name in names.split()}


def day_named(word: str, now: datetime, zone: tzinfo) -> Stretch | None:
    """The day that today, yesterday or kemarin is; None for other words."""
    back = _DAY_NAMES.get(fold(word).strip())
    return None if back is None else _days(now.astimezone(zone).date() - timedelta(days=back), 1, zone)


def period_named(written: str) -> tuple[str, int] | None:
    """The row of `PERIODS` that is written, with a hyphen or, between quotes, a space; None if none is."""
    return PERIODS.get("-".join(fold(written).replace("-", " ").split()))


def stretch(written: str, now: datetime, zone: tzinfo, *, is_complete: bool = True) -> Stretch | None:
    """The year, month, week or day that is written: 2026, 2026-11, 2026-11-01, 1/11/2026, today, kemarin, last-week.

    Weeks begin on Monday (ISO 8601).

    Args:
        written: The value as typed.
        now: The clock.
        zone: Where days begin.
        is_complete: False: it is being typed, so a last number of one digit may still grow and does not count.
            True: such a date is one that was not typed to its end, and means nothing.

    Returns:
        None if it is no date.

    """
    if (named := day_named(written.replace("-", " "), now, zone)) is not None:
        return named
    if (period := period_named(written)) is not None:
        return _period(*period, now.astimezone(zone).date(), zone)
    if found := _DAY_FIRST.match(written):
        return _day(int(found[3]), int(found[2]), int(found[1]), zone)
    found = _ISO.match(written)
    if found is None or (is_complete and not _ISO_WHOLE.match(written)):
        return None
    year, month, day = found.groups()
    if day is not None and len(day) == 1:
        day = None
    elif day is None and month is not None and len(month) == 1:
        month = None
    if month is None:
        return _stretch(int(year), 1, 1, 366 if _is_leap(int(year)) else 365, zone)
    if day is None:
        return _month(int(year), int(month), zone)
    return _day(int(year), int(month), int(day), zone)


def age_seconds(written: str, *, is_complete: bool = True) -> int | None:
    """How long ago: 30min, 2h, 3d, 1w, 2mo, 1y, also jam, hari, minggu, bulan, tahun. None if it is no age.

    A month has 30 days, a year 365. While it is being typed, a number alone means days, as most go on, but for one
    of four digits, which is a year.
    """
    found = _AGE.match(fold(written).strip())
    if found is None or (not found.group(2) and (is_complete or len(found.group(1)) == 4)):
        return None
    seconds = _SECONDS.get(found.group(2) or "d")
    return None if seconds is None else int(found.group(1)) * seconds


def _period(unit: str, back: int, today: date, zone: tzinfo) -> Stretch | None:
    match unit:
        case "week":
            return _days(today - timedelta(days=today.weekday() + 7 * back), 7, zone)
        case "month":
            months = today.year * 12 + today.month - 1 - back
            return _month(months // 12, months % 12 + 1, zone)
        case _:
            year = today.year - back
            return _stretch(year, 1, 1, 366 if _is_leap(year) else 365, zone)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _month(year: int, month: int, zone: tzinfo) -> Stretch | None:
    if not 1 <= month <= 12 or not 1 <= year <= 9998:
        return None
    from calendar import monthrange  # for dates in a query only

    return _stretch(year, month, 1, monthrange(year, month)[1], zone)


def _day(year: int, month: int, day: int, zone: tzinfo) -> Stretch | None:
    return _stretch(year, month, day, 1, zone)


def _stretch(year: int, month: int, day: int, days: int, zone: tzinfo) -> Stretch | None:
    if not 2 <= year <= 9998:
        return None
    try:
        return _days(date(year, month, day), days, zone)
    except ValueError:
        return None


def _days(first: date, days: int, zone: tzinfo) -> Stretch:
    def midnight(day: date) -> int:
        return int(datetime.combine(day, time(), zone).timestamp())

    return midnight(first), midnight(first + timedelta(days=days))
