"""What holds of every schedule, whatever servers say and however clocks run."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.fetch.schedule import after, why_not_due
from reader.model.feeds import Failure, FailureKind, FeedConfig, FeedFacts, FeedState, Validators
from reader.model.fetching import Fetched, FetchFailed, FetchOutcome, NotModified, Redirect, ServerWishes
from reader.model.parsing import ParsedFeed
from tests.unit.fetch.conftest import NOON

URL = "http://news.example/feed"
DAY = timedelta(days=1)

seconds = st.none() | st.integers(0, 10**10)
wishes = st.builds(ServerWishes, seconds, seconds)
randoms = st.floats(0, 1, exclude_max=True)
facts = st.builds(
    FeedFacts,
    ttl_minutes=st.none() | st.integers(-5, 10**8),
    skip_hours=st.frozensets(st.integers(0, 24)),
    skip_days=st.frozensets(st.integers(0, 6)),
)
kinds: st.SearchStrategy[FailureKind] = st.sampled_from(["timeout", "http_status", "rate_limited", "proxy", "dns"])
statuses = st.sampled_from([None, 404, 429, 503])
hops = st.lists(
    st.builds(
        Redirect,
        st.sampled_from([301, 302, 307, 308]),
        st.sampled_from([URL, "https://news.example/feed", "http://b.example/"]),
    ),
    max_size=3,
).map(tuple)
outcomes: st.SearchStrategy[FetchOutcome] = st.one_of(
    st.builds(lambda w, r: NotModified(URL, Validators(b"1"), w, NOON, r), wishes, hops),
    st.builds(lambda w, r: Fetched(URL, URL, b"", "", Validators(b"2"), w, NOON, redirects=r), wishes, hops),
    st.builds(lambda k, s, w: FetchFailed(URL, Failure(k), NOON, s, w), kinds, statuses, wishes),
)  # fmt: skip


def step(
    state: FeedState, outcome: FetchOutcome, minutes: int | None, hints: FeedFacts, random: float, rhythm: int | None
) -> FeedState:
    return after(
        FeedConfig(URL, refresh_minutes=minutes), state, outcome, default_minutes=60, facts=hints, now=NOON,
        random=random, parsed=ParsedFeed(hints, ()), rhythm_minutes=rhythm,
    )  # fmt: skip


@settings(max_examples=150)
@given(
    st.lists(outcomes, min_size=1, max_size=6), st.none() | st.integers(0, 20_160), facts, randoms,
    st.none() | st.integers(0, 10**7),
)  # fmt: skip
def test_no_wait_is_too_short_or_too_long(
    answers: list[FetchOutcome], minutes: int | None, hints: FeedFacts, random: float, rhythm: int | None
) -> None:
    """Whatever comes: at least a quarter hour (an hour unless the user wants less), at most what somebody asked for."""
    state = FeedState()
    for outcome in answers:
        state = step(state, outcome, minutes, hints, random, rhythm)
    last = answers[-1]
    assert state.next_due is not None
    wait = state.next_due - NOON

    least = timedelta(minutes=60 if minutes is None else min(max(minutes, 15), 60))
    most = max(timedelta(days=7), timedelta(minutes=minutes or 0)) * 1.1 + timedelta(days=7)
    assert least <= wait <= most
    asked_for = last.wishes.max_age_seconds or 0
    is_overload = isinstance(last, FetchFailed) and last.status in {429, 503}
    assert wait >= timedelta(seconds=min(asked_for, 604_800 if is_overload else 18_000))
    if is_overload:
        assert wait >= timedelta(seconds=min(last.wishes.retry_after_seconds or 0, 604_800))
    elif not isinstance(last, FetchFailed) and len(hints.skip_hours - {24}) < 24 and len(hints.skip_days) < 7:
        assert state.next_due.hour not in hints.skip_hours
        assert state.next_due.weekday() not in hints.skip_days


@settings(max_examples=100)
@given(outcomes, st.integers(-4_000, 4_000), facts, randoms)
def test_no_clock_keeps_a_feed_waiting_for_ever(
    outcome: FetchOutcome, days: int, hints: FeedFacts, random: float
) -> None:
    """Wherever the clock jumps, the feed may be asked within the longest wait there is."""
    state = step(FeedState(), outcome, None, hints, random, None)
    jumped = NOON + days * DAY

    assert why_not_due(FeedConfig(URL), state, now=jumped + 16 * DAY) is None or days < 0
    assert any(
        why_not_due(FeedConfig(URL), state, now=jumped + hours * timedelta(hours=1)) is None for hours in range(17 * 24)
    )


@settings(max_examples=100)
@given(st.lists(outcomes, min_size=1, max_size=8), randoms)
def test_only_a_permanent_chain_is_ever_adopted(answers: list[FetchOutcome], random: float) -> None:
    """A temporary hop anywhere leaves the address as it was."""
    state = FeedState()
    for outcome in answers:
        before, state = state, step(state, outcome, None, FeedFacts(), random, None)
        if any(hop.status in {302, 307} for hop in outcome.redirects):
            assert state.adopted_url == before.adopted_url


@settings(max_examples=100)
@given(st.lists(st.tuples(kinds, st.sampled_from([None, 404, 500, 503])), min_size=1, max_size=8), randoms)
def test_no_failure_touches_what_a_good_answer_left(
    failures: list[tuple[FailureKind, int | None]], random: float
) -> None:
    """Validators, hashes and the last success survive any number of bad days."""
    good = step(
        FeedState(), Fetched(URL, URL, b"", "", Validators(b"2"), ServerWishes(), NOON), None, FeedFacts(), random, None
    )
    state = good
    for kind, status in failures:
        state = step(state, FetchFailed(URL, Failure(kind), NOON, status), None, FeedFacts(), random, None)

    for name in ("validators", "validated_at", "body_hash", "item_hashes", "last_success", "adopted_url"):
        assert getattr(state, name) == getattr(good, name)
