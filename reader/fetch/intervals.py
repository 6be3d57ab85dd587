"""How long to wait before a feed is asked again. Pure: the clock and the dice are parameters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from reader.light import dataclass

if TYPE_CHECKING:
    from reader.model.feeds import FeedConfig, FeedFacts
    from reader.model.fetching import ServerWishes

__all__ = [
    "DAY", "FLOOR", "HOUR", "JITTER", "LONGEST_WISH", "MAX_AGE_CLAMP", "OFFLINE_RETRY", "Moment", "Wait",
    "wait_after_failure", "wait_after_success", "wait_offline",
]  # fmt: skip

FLOOR = timedelta(minutes=15)
"""No interval is shorter, whatever the user writes."""

HOUR = timedelta(hours=1)
"""What servers' owners ask of readers: not more often than this, unless the user wants it."""

DAY = timedelta(days=1)
"""The longest interval that rhythm, hints or failures lead to."""

MAX_AGE_CLAMP = timedelta(hours=5)
"""How much of a max-age is believed: servers have been seen to send 16 years."""

LONGEST_WISH = timedelta(days=7)
"""How much of a Retry-After is obeyed, and of a max-age that comes with a 429 or 503."""

OFFLINE_RETRY = timedelta(minutes=5)
"""When to look whether the network is back."""

JITTER = 0.1
"""By how much of itself an interval varies."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What every decision about a next time takes in."""

    config: FeedConfig
    """What the user wrote of the feed."""
    default_minutes: int
    """The general interval."""
    now: datetime
    """The time."""
    random: float
    """A random number from 0 up to 1."""

    @property
    def base(self) -> timedelta:
        """The user's interval for the feed, else the general one; from `FLOOR` to a year."""
        own = self.config.refresh_minutes
        return max(timedelta(minutes=min(self.default_minutes if own is None else own, 525_600)), FLOOR)


@dataclass(frozen=True, slots=True)
class Wait:
    """How long to wait, and who wants it."""

    next_due: datetime
    """When to ask next."""
    interval_minutes: int
    """The interval it comes from, before jitter and skipped hours."""
    fresh_until: datetime | None = None
    """Until when the server holds its answer for fresh."""
    not_before: datetime | None = None
    """Until when the server forbids asking."""


def wait_after_success(
    moment: Moment, facts: FeedFacts, wishes: ServerWishes, *, rhythm_minutes: int | None, newest: datetime | None
) -> Wait:
    """The wait after a good answer.

    The user's interval for the feed if he gave one; else the general one stretched to a quarter of the feed's usual
    gap between articles, and to a twelfth of its present silence, up to a day. On top the server's max-age and the
    feed's ttl; its skipped hours and days at last.

    Args:
        moment: Settings, clock, dice.
        facts: The feed's own hints.
        wishes: The server's.
        rhythm_minutes: The usual gap between articles; None: not known.
        newest: When the newest article came; None: not known.

    """
    interval = moment.base
    if moment.config.refresh_minutes is None:
        gap = timedelta(minutes=rhythm_minutes or 0)
        silence = max(moment.now - newest, timedelta()) if newest is not None else timedelta()
        interval = max(interval, min(max(gap / 4, silence / 12), DAY))
    fresh = min(timedelta(seconds=wishes.max_age_seconds or 0), MAX_AGE_CLAMP)
    wish = max(fresh, min(timedelta(minutes=facts.ttl_minutes or 0), DAY))
    interval = max(interval, wish)
    due = moment.now + _jittered(moment, interval, wish)
    return Wait(_past_skipped(due, moment, facts), _minutes(interval), moment.now + fresh if fresh else None)


def wait_after_failure(moment: Moment, wishes: ServerWishes, *, failures: int, is_overload: bool) -> Wait:
    """The wait after so many failures in a row: doubled each time, up to a day.

    Args:
        moment: Settings, clock, dice.
        wishes: What the answer said about asking again.
        failures: With this one; at least 1.
        is_overload: A 429 or 503: doubled from the first time, the server's wishes in full up to `LONGEST_WISH`.

    """
    doublings = min(failures if is_overload else failures - 1, 16)
    interval = max(moment.base, min(moment.base * 2**doublings, DAY))
    fresh = min(timedelta(seconds=wishes.max_age_seconds or 0), LONGEST_WISH if is_overload else MAX_AGE_CLAMP)
    forbidden = min(timedelta(seconds=wishes.retry_after_seconds or 0), LONGEST_WISH) if is_overload else timedelta()
    wish = max(fresh, forbidden)
    interval = max(interval, wish)
    return Wait(
        next_due=moment.now + _jittered(moment, interval, wish),
        interval_minutes=_minutes(interval),
        fresh_until=moment.now + fresh if fresh else None,
        not_before=moment.now + forbidden if forbidden else None,
    )


def wait_offline(moment: Moment) -> datetime:
    """When to look for the network again."""
    return moment.now + OFFLINE_RETRY * (1 + JITTER * moment.random)


def _jittered(moment: Moment, interval: timedelta, wish: timedelta) -> timedelta:
    """The interval ±10 %, but never below what a server wishes, nor below an hour unless the user wants less."""
    start = max(interval * (1 - JITTER), wish, min(moment.base, HOUR))
    end = interval * (1 + JITTER)
    if interval <= DAY and start < interval:
        end = min(end, DAY)
    return start + (max(end, start) - start) * moment.random


def _past_skipped(due: datetime, moment: Moment, facts: FeedFacts) -> datetime:
    """The first time from ``due`` on that is in no skipped hour or day of UTC.

    A feed that skips everything is asked once a day.
    """
    if not facts.skip_hours and not facts.skip_days:
        return due
    if facts.skip_hours >= set(range(24)) or facts.skip_days >= set(range(7)):
        return max(due, moment.now + DAY)
    moved = due.astimezone(UTC)
    while moved.hour in facts.skip_hours or moved.weekday() in facts.skip_days:
        moved = moved.replace(minute=0, second=0, microsecond=0) + HOUR
    # Not every reader of the feed at the stroke of the hour.
    return moved if moved <= due else moved + timedelta(minutes=10) * moment.random


def _minutes(interval: timedelta) -> int:
    return round(interval / timedelta(minutes=1))
