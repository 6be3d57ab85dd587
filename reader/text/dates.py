"""The dates of feeds and news pages read as the instant that was meant.

feedparser takes every zone it does not know (WIB, JST, even ``UTC+07:00``) silently for UTC and knows no Indonesian
month, so dates are read here, from the text as it stood in the feed.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta

__all__ = ["FIRST_YEAR", "LAST_YEAR", "parse_date"]

FIRST_YEAR = 1970
"""Years before it are taken for nonsense: feeds carry years 0 and 1, and the web has no older news."""
LAST_YEAR = 2199
"""Years after it are taken for nonsense: feeds carry year 9999 to stay on top."""

_LONGEST = 160
_WIDEST_OFFSET = timedelta(hours=15)

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januari",
            "feb february februari peb pebruari",
            "mar march maret mrt",
            "apr april",
            "may mei",
            "jun june juni",
            "jul july juli",
            "aug august agu ags agt agustus agst",
            "sep sept september",
            "oct october okt oktober",
            "nov november nop nopember",
            "dec december des desember",
        ),
        start=1,
    )
    for name in names.split()
}
_INDONESIAN = re.compile(
    r"\b(?:januari|februari|pebruari|maret|mei|juni|juli|agu|ags|agt|agst|agustus|okt|oktober|nop|nopember|des|desember"
    r"|senin|selasa|rabu?|kamis|jum'?at|sabtu|minggu|ahad|pukul|diperbarui)\b"
)

_ZONE_HOURS: dict[str, float] = {
    "wib": 7, "wita": 8, "wit": 9,
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0,
    "bst": 1, "cet": 1, "met": 1, "mez": 1, "wat": 1, "west": 1,
    "cest": 2, "mest": 2, "mesz": 2, "eet": 2, "sast": 2, "cat": 2,
    "eest": 3, "msk": 3, "trt": 3, "eat": 3, "irst": 3.5, "gst": 4, "msd": 4, "aft": 4.5,
    "pkt": 5, "uzt": 5, "ist": 5.5, "npt": 5.75, "mmt": 6.5, "ict": 7,
    "sgt": 8, "myt": 8, "hkt": 8, "pht": 8, "awst": 8, "jst": 9, "kst": 9, "tlt": 9, "acst": 9.5, "acdt": 10.5,
    "aest": 10, "pgt": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
    "nst": -3.5, "ndt": -2.5, "brt": -3, "art": -3, "adt": -3, "ast": -4, "at": -4, "clt": -4,
    "edt": -4, "est": -5, "et": -5, "cot": -5, "pet": -5, "cdt": -5, "cst": -6, "ct": -6,
    "mdt": -6, "mst": -7, "mt": -7, "pdt": -7, "pst": -8, "pt": -8, "akdt": -8, "akst": -9, "hst": -10,
    "a": -1, "m": -12, "n": 1, "y": 12,
}  # fmt: skip
"""The zones of RFC 822, Indonesia's, and the common ones; of names with several meanings the one the press uses."""

# Every repetition is bounded, so each search is linear in the (bounded) text.
_YEAR_FIRST = re.compile(r"(?<!\d)(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(
    r"(?<![\d.:/-])(?P<day>\d{1,2})(?:(?P<mark>[./-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})"
    r"|(?P<short>[/-])(?P<month2>\d{1,2})(?P=short)(?P<year2>\d{2}))(?![\d:/-])"
)
_NAMED = re.compile(
    r"(?<![\d.:])(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s,./-]{0,4}(?P<month>[a-z]{3,9})\b[\s,./'-]{0,4}"
    r"(?P<year>\d{4}(?!\d)|\d{2}(?![\d:]|\.\d)|)"
)
_NAMED_MONTH_FIRST = re.compile(
    r"\b(?P<month>[a-z]{3,9})\b[\s,./-]{1,4}(?P<day>\d{1,2})(?![\d:])(?:st|nd|rd|th)?(?:[\s,./-]{1,4}(?P<year>\d{4})(?!\d)|)"
)
_COMPACT = re.compile(
    r"(?<![\d+-])(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?:t?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?)?(?!\d)"
)
_MONTH_ONLY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2}))?")
_ORDINAL = re.compile(r"(?P<year>\d{4})-(?P<ordinal>\d{3})(?!\d)")
_NO_YEAR = re.compile(r"(?<![\d.:/-])(?P<day>\d{1,2})/(?P<month>\d{1,2})(?![\d:/.-])")
_LONE_YEAR = re.compile(r"(?<![\d:.+/-])(?P<year>\d{4})(?!\d)")

_TIME = re.compile(
    r"(?<![\d.:])(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d{1,12})?)?(?![\d:])"
    r"\s{0,2}(?P<half>[ap]\.?m\b\.?)?"
)
_BARE_ISO_TIME = re.compile(r"t(?P<hour>\d{2})(?:(?P<minute>\d{2})(?P<second>\d{2})?)?(?![\d:])")
_OFFSET = re.compile(
    r"\s{0,3}\(?\s?(?:utc|gmt|ut)?\s?(?P<sign>[+-])(?P<hours>\d{1,2})(?:[:.]?(?P<minutes>\d{2}))?(?!\d)"
)
_ZONE_NAME = re.compile(r"\s{0,3}\(?\s?(?P<name>[a-z]{1,4})\b")
_INDONESIAN_ZONE = re.compile(r"\b(?P<name>wib|wita|wit)\b")


def parse_date(raw: str, *, now: datetime | None = None) -> datetime | None:
    """The instant a date stands for, in UTC; None for nonsense. Never raises.

    Days come first (``02/09/2026`` is in September). Without a zone, a date in Indonesian words is taken for western
    Indonesian time, any other for UTC. Without a time it is midnight.

    Args:
        raw: RFC 822, RFC 2822, RFC 3339, W3CDTF, or what Indonesian and English news pages print.
        now: decides the year of a date that tells none; without it such a date is nonsense.

    Source: RFC 822 §5, RFC 2822 §4.3, RFC 3339 §5.6.

    """
    text = unicodedata.normalize("NFKC", raw[:_LONGEST]).lower().replace("’", "'").replace("−", "-").strip()
    try:
        moment = _read(text, now)
    except (ValueError, OverflowError):
        return None
    return moment if moment is not None and FIRST_YEAR <= moment.year <= LAST_YEAR else None


def _read(text: str, now: datetime | None) -> datetime | None:
    found = _find_date(text, now)
    if found is None:
        return None
    day, match = found
    if match.re is _COMPACT and match["hour"]:
        return _at(day, match, text[match.end() :], text)
    before, after = text[: match.start()], text[match.end() :]
    time = _BARE_ISO_TIME.match(after) or _TIME.search(after)
    rest = after[time.end() :] if time else ""
    if time is None and (time := _TIME.search(before)):
        rest = before[time.end() :]
    return _at(day, time, rest, text)


def _find_date(text: str, now: datetime | None) -> tuple[datetime, re.Match[str]] | None:
    """Midnight (naive) of the first date in the text, with where it stands.

    Raises:
        ValueError: it looks like a date, but there is no such day.

    """
    if match := _YEAR_FIRST.search(text) or _DAY_FIRST.search(text):
        return _day_of(match), match
    for pattern in (_NAMED, _NAMED_MONTH_FIRST):
        for match in pattern.finditer(text):
            if match["month"] in _MONTHS and (day := _named_day(match, text, now)):
                return day, match
    if match := _COMPACT.search(text) or _MONTH_ONLY.fullmatch(text):
        return _day_of(match), match
    if match := _ORDINAL.match(text):
        if not 1 <= int(match["ordinal"]) <= 366:
            raise ValueError("no such day of the year")
        return datetime(int(match["year"]), 1, 1) + timedelta(int(match["ordinal"]) - 1), match  # noqa: DTZ001
    if now and (match := _NO_YEAR.search(text)):
        return _latest(int(match["month"]), int(match["day"]), now), match
    return None


def _day_of(match: re.Match[str]) -> datetime:
    parts = match.groupdict()
    year = parts["year"] or parts["year2"]
    month, day = int(parts["month"] or parts.get("month2") or 1), int(parts.get("day") or 1)
    if match.re is _DAY_FIRST and month > 12 >= day:
        month, day = day, month
    return datetime(_full_year(year), month, day)  # noqa: DTZ001


def _named_day(match: re.Match[str], text: str, now: datetime | None) -> datetime | None:
    """The day of a date with a month's name; its year may stand behind the time, as in C's asctime."""
    month, day = _MONTHS[match["month"]], int(match["day"])
    year = match["year"]
    if not year and (behind := _LONE_YEAR.search(text, match.end())):
        year = behind["year"]
    if year:
        return datetime(_full_year(year), month, day)  # noqa: DTZ001
    return _latest(month, day, now) if now else None


def _full_year(year: str) -> int:
    """Source: RFC 2822 §4.3 for years of two digits."""
    number = int(year)
    if len(year) == 2:
        return number + (2000 if number < 50 else 1900)
    return number


def _latest(month: int, day: int, now: datetime) -> datetime:
    """The last such day up to tomorrow."""
    limit = now.replace(tzinfo=None) + timedelta(days=1)
    for year in range(limit.year, limit.year - 8, -1):
        try:
            candidate = datetime(year, month, day)  # noqa: DTZ001
        except ValueError:  # 29 February
            continue
        if candidate <= limit:
            return candidate
    raise ValueError("no such day")


def _at(day: datetime, time: re.Match[str] | None, rest: str, text: str) -> datetime:
    """The instant of a day, a time on it, and the zone that follows the time."""
    if time is None:
        rest = ""
        moment = day
    else:
        moment = day + _time_of_day(time)
    return (moment - _offset(rest, text)).replace(tzinfo=UTC)


def _time_of_day(match: re.Match[str]) -> timedelta:
    parts = match.groupdict()
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    if half := parts.get("half"):
        if not 1 <= hour <= 12:
            raise ValueError("no such hour")
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    is_midnight = (hour, minute, second) == (24, 0, 0)
    if minute > 59 or second > 60 or (hour > 23 and not is_midnight):
        raise ValueError("no such time")
    return timedelta(hours=hour, minutes=minute, seconds=min(second, 59))


def _offset(rest: str, text: str) -> timedelta:
    """How far the date's clock is ahead of UTC, from what follows the time, else from the language of the words."""
    if match := _OFFSET.match(rest):
        offset = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
        if offset > _WIDEST_OFFSET:
            raise ValueError("no such zone")
        return -offset if match["sign"] == "-" else offset
    if (match := _ZONE_NAME.match(rest)) and match["name"] in _ZONE_HOURS:
        return timedelta(hours=_ZONE_HOURS[match["name"]])
    if match := _INDONESIAN_ZONE.search(text):
        return timedelta(hours=_ZONE_HOURS[match["name"]])
    return timedelta(hours=_ZONE_HOURS["wib"]) if _INDONESIAN.search(text) else timedelta()
