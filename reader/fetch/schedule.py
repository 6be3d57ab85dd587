"""What a feed remembers after a refresh, and whether it may be asked. Pure: clock and dice are parameters."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Literal

from reader.fetch.addresses import parse_address
from reader.fetch.intervals import (
    DAY,
    JITTER,
    LONGEST_WISH,
    Moment,
    wait_after_failure,
    wait_after_success,
    wait_offline,
)
from reader.model.feeds import Validators
from reader.model.fetching import Fetched, FetchFailed, NotModified

if TYPE_CHECKING:
    from reader.model.feeds import Failure, FeedConfig, FeedFacts, FeedState, Health
    from reader.model.fetching import FetchOutcome, Redirect
    from reader.model.parsing import ParsedFeed

__all__ = [
    "ADOPT_AFTER", "FULL_AFTER", "NEVER", "Urgency", "after", "refuse_redirect",
    "validators_to_send", "why_not_due",
]  # fmt: skip

ADOPT_AFTER = timedelta(days=7)
"""How long a permanent redirect must have led to a valid feed before its target is asked instead."""

FULL_AFTER = timedelta(days=8)
"""After so long of nothing but 304, one request goes without validators: some servers say 304 for ever."""

NEVER = datetime(9999, 12, 31, tzinfo=UTC)
"""When a feed that is disabled or gone may be asked."""

Urgency = Literal["due", "polite", "force"]
"""``due``: the schedule decides. ``polite`` (the first ``r``): before its interval has passed, but not within the
server's max-age. ``force`` (the second ``r``, ``--force``): only a Retry-After holds."""

_PERMANENT = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT}
_OVERLOAD = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}

# The feed's server is not at fault and was not asked: no reason to come ever later.
_OUR_SIDE = {"proxy", "command", "storage"}
_CLOCK_TOLERANCE = timedelta(minutes=5)


def why_not_due(config: FeedConfig, state: FeedState, *, now: datetime, urgency: Urgency = "due") -> datetime | None:
    """When the feed may be asked; None: now.

    Args:
        config: What the user wrote.
        state: What is remembered.
        now: The time.
        urgency: How much reason there is to ask.

    Returns:
        None, or the time to tell the user; `NEVER` for a disabled or gone feed. A Retry-After always holds.

    """
    if not config.is_enabled or state.health == "gone":
        return NEVER
    ends = [state.not_before]
    if urgency != "force":
        ends.append(state.next_due if urgency == "due" else state.fresh_until)
    return max((end for end in ends if end is not None and _is_ahead(end, state, now)), default=None)


def validators_to_send(state: FeedState, now: datetime) -> Validators:
    """The validators for the next request; none once `FULL_AFTER` has passed since the last full answer."""
    if state.validated_at is not None and abs(now - state.validated_at) > FULL_AFTER:
        return Validators()
    return state.validators


def refuse_redirect(state: FeedState) -> FeedState:
    """Take back an adopted address, or one about to be adopted: that target is never adopted again."""
    refused = state.adopted_url or state.redirect_to or state.refused_url
    return replace(state, adopted_url="", redirect_to="", redirect_since=None, refused_url=refused)


def after(  # noqa: PLR0913  # all that decides, each by name
    config: FeedConfig,
    state: FeedState,
    outcome: FetchOutcome,
    *,
    default_minutes: int,
    facts: FeedFacts,
    now: datetime,
    random: float,
    parsed: ParsedFeed | None = None,
    failure: Failure | None = None,
    body_hash: bytes = b"",
    rhythm_minutes: int | None = None,
    newest: datetime | None = None,
) -> FeedState:
    """The feed's next state.

    Args:
        config: What the user wrote of it.
        state: What was remembered when it was asked.
        outcome: What the fetch came to.
        default_minutes: ``[settings] refresh_minutes``.
        facts: What it tells of itself, by this document or the last one.
        now: The time.
        random: A random number from 0 up to 1.
        parsed: A `Fetched` body understood. None with no failure either: the same body as last time.
        failure: Why a `Fetched` body could not be understood.
        body_hash: Of the parsed body.
        rhythm_minutes: Its usual gap between articles; None: not known.
        newest: When its newest article came; None: not known.

    """
    moment = Moment(config, default_minutes, now, random)
    if isinstance(outcome, FetchFailed):
        failure = outcome.failure
    if failure is not None:
        return _after_failure(state, outcome, failure, moment)
    if parsed is not None:
        newest = _newest(parsed, newest, now)
    wait = wait_after_success(moment, facts, outcome.wishes, rhythm_minutes=rhythm_minutes, newest=newest)
    state = _with_redirects(state, config.url, outcome, now)
    if isinstance(outcome, Fetched):
        state = _with_body(state, outcome, parsed, body_hash, now)
    elif isinstance(outcome, NotModified):
        state = replace(state, validators=outcome.validators, http_status=HTTPStatus.NOT_MODIFIED.value)
    return replace(
        state,
        next_due=wait.next_due,
        interval_minutes=wait.interval_minutes,
        fresh_until=wait.fresh_until,
        not_before=None,
        last_checked=now,
        last_success=now,
        failures=0,
        failure=None,
        health=_good_health(state, parsed),
        looked_at=None,
        found_url="",
        found_title="",
        found_kind="feed",
    )


def _newest(parsed: ParsedFeed, newest: datetime | None, now: datetime) -> datetime | None:
    """When the newest article came, with the ones just read; an undated one counts as of now."""
    dates = [min(entry.published or now, now) for entry in parsed.entries]
    return max([*dates, *([newest] if newest is not None else [])], default=None)


def _with_body(
    state: FeedState, outcome: Fetched, parsed: ParsedFeed | None, body_hash: bytes, now: datetime
) -> FeedState:
    """Remember a 200: validators as a pair, a missing one cleared, unless the document broke off."""
    state = replace(state, http_status=outcome.status)
    if parsed is not None and parsed.is_partial:
        # The items that were read need not be read again: a document read in portions goes on with the rest.
        return replace(state, item_hashes=parsed.item_hashes or state.item_hashes)
    state = replace(state, validators=outcome.validators, validated_at=now)
    return state if parsed is None else replace(state, body_hash=body_hash, item_hashes=parsed.item_hashes)


def _good_health(state: FeedState, parsed: ParsedFeed | None) -> Health:
    if parsed is not None:
        return "ok" if parsed.entries or parsed.skipped else "empty"
    return "empty" if state.health == "empty" else "ok"


def _after_failure(state: FeedState, outcome: FetchOutcome, failure: Failure, moment: Moment) -> FeedState:
    if failure.kind == "offline":  # counts against nobody
        return replace(state, failure=failure, next_due=wait_offline(moment))
    status = outcome.status if isinstance(outcome, Fetched | FetchFailed) else None
    wait = wait_after_failure(
        moment,
        outcome.wishes,
        failures=1 if failure.kind in _OUR_SIDE else state.failures + 1,
        is_overload=status in _OVERLOAD,
    )
    is_moved = bool(outcome.redirects)  # to what is no feed, for now
    state = replace(
        state,
        next_due=wait.next_due,
        interval_minutes=wait.interval_minutes,
        fresh_until=wait.fresh_until,
        not_before=wait.not_before,
        last_checked=moment.now,
        failures=state.failures + 1,
        failure=failure,
        http_status=status,
        health=_bad_health(failure),
        redirect_to="" if is_moved else state.redirect_to,
        redirect_since=None if is_moved else state.redirect_since,
    )
    if failure.kind in {"gone", "not_found"} and state.adopted_url:
        # The address a redirect gave us is dead; the user's own may live.
        return replace(state, adopted_url="", health="failing")
    return state


def _bad_health(failure: Failure) -> Health:
    match failure.kind:
        case "gone" | "blocked":
            return failure.kind
        case "not_a_feed" | "html_page" | "empty_body":
            return "not_a_feed"
        case _:
            return "failing"


def _with_redirects(state: FeedState, subscribed: str, outcome: FetchOutcome, now: datetime) -> FeedState:
    """Note a permanent redirect to a valid feed; adopt it after `ADOPT_AFTER`, at once from http to https.

    A chain with a temporary hop adopts nothing, nor does one that gives TLS up.
    """
    target = _permanent_target(outcome.url, outcome.redirects)
    if not target or target == state.refused_url:
        return replace(state, redirect_to="", redirect_since=None)
    since = state.redirect_since if target == state.redirect_to else None
    if since is None or since > now:
        since = now
    if not _is_upgrade(outcome.url, target) and now - since < ADOPT_AFTER:
        return replace(state, redirect_to=target, redirect_since=since)
    return replace(state, redirect_to="", redirect_since=None, adopted_url="" if target == subscribed else target)


def _permanent_target(asked: str, hops: tuple[Redirect, ...]) -> str:
    """Where a wholly permanent chain of redirects ends; empty if there is none."""
    if not hops or any(hop.status not in _PERMANENT for hop in hops):
        return ""
    target = hops[-1].url
    return "" if asked.startswith("https:") and target.startswith("http:") else target


def _is_upgrade(asked: str, target: str) -> bool:
    """Whether only TLS was added: same host, same path and query."""
    old, new = parse_address(asked), parse_address(target)
    return old is not None and new is not None and new.is_upgrade_of(old) and new.target == old.target


def _is_ahead(end: datetime, state: FeedState, now: datetime) -> bool:
    """Whether a wait set at the last check still lasts.

    A clock that was set back must not make a feed wait for a year: a wait with more than twice its length ahead, or
    more than the longest there is, is over.
    """
    if end <= now:
        return False
    ahead, since = end - now, state.last_checked
    longest = timedelta(minutes=state.interval_minutes) * (1 + JITTER) + LONGEST_WISH + DAY
    is_set_back = since is not None and since - now > _CLOCK_TOLERANCE and ahead > 2 * (end - since)
    return ahead <= longest and not is_set_back
