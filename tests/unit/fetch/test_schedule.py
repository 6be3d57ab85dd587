"""When a feed is asked again: one test for each rule."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from reader.core.health import health_now
from reader.fetch.schedule import NEVER, after, validators_to_send, why_not_due
from reader.model.feeds import Failure, FailureKind, Feed, FeedConfig, FeedFacts, FeedState, Validators
from reader.model.fetching import Fetched, FetchFailed, NotModified, ServerWishes
from reader.model.parsing import ParsedEntry, ParsedFeed
from tests.unit.fetch.conftest import NOON

URL = "https://news.example/feed"
NO_WISHES = ServerWishes()
NO_FACTS = FeedFacts()
ASKED = FeedState(
    validators=Validators(b'"1"', b"then"), validated_at=NOON, next_due=NOON + timedelta(hours=1), last_checked=NOON,
    last_success=NOON, health="ok", body_hash=b"hash", interval_minutes=60, http_status=200,
)  # fmt: skip


def succeed(
    state: FeedState = ASKED, *, now: datetime = NOON, random: float = 0.5, minutes: int | None = None,
    default_minutes: int = 60, wishes: ServerWishes = NO_WISHES, facts: FeedFacts = NO_FACTS,
    rhythm: int | None = None, newest: datetime | None = None,
) -> FeedState:  # fmt: skip
    """The state after a 304."""
    return after(
        FeedConfig(URL, refresh_minutes=minutes), state, NotModified(URL, state.validators, wishes, at=now),
        default_minutes=default_minutes, facts=facts, now=now, random=random, rhythm_minutes=rhythm, newest=newest,
    )  # fmt: skip


def stumble(
    kind: FailureKind = "http_status", status: int | None = 500, state: FeedState = ASKED, *, now: datetime = NOON,
    random: float = 0.5, wishes: ServerWishes = NO_WISHES, minutes: int | None = None,
) -> FeedState:  # fmt: skip
    """The state after a failed fetch."""
    return after(
        FeedConfig(URL, refresh_minutes=minutes), state, FetchFailed(URL, Failure(kind), now, status, wishes),
        default_minutes=60, facts=FeedFacts(), now=now, random=random,
    )  # fmt: skip


def read(
    parsed: ParsedFeed | None = None,
    failure: Failure | None = None,
    state: FeedState = ASKED,
    *,
    newest: datetime | None = None,
) -> FeedState:
    """The state after a 200 with that in its body."""
    outcome = Fetched(URL, URL, b"", "", Validators(b'"2"', None), ServerWishes(), at=NOON)
    return after(
        FeedConfig(URL), state, outcome, default_minutes=60, facts=FeedFacts(), now=NOON, random=0.5,
        parsed=parsed, failure=failure, body_hash=b"new hash", newest=newest,
    )  # fmt: skip


def waits(state: FeedState, now: datetime = NOON) -> timedelta:
    assert state.next_due is not None
    return state.next_due - now


def minutes(state: FeedState, now: datetime = NOON) -> float:
    return waits(state, now) / timedelta(minutes=1)


class TestIntervals:
    @pytest.mark.parametrize("random", [0.0, 0.5, 0.999])
    def test_without_hints_no_feed_is_asked_within_an_hour(self, random: float) -> None:
        """59 minutes count as too early with those who measure."""
        assert 60 <= minutes(succeed(random=random)) <= 66

    @pytest.mark.parametrize(("wanted", "least", "most"), [(30, 30, 33), (5, 15, 16.5), (60, 60, 66), (120, 108, 132)])
    def test_the_users_interval_is_kept_from_a_quarter_hour_up(self, wanted: int, least: float, most: float) -> None:
        """What the user writes for a feed is his to answer for, but for a floor."""
        found = [minutes(succeed(minutes=wanted, random=random, rhythm=10_000)) for random in (0.0, 0.999)]

        assert found[0] == least
        assert found[1] == pytest.approx(most, rel=0.001)

    def test_the_general_interval_is_the_users_too(self) -> None:
        """`[settings] refresh_minutes` holds where a feed has none of its own."""
        assert 30 <= minutes(succeed(default_minutes=30)) <= 33
        assert 15 <= minutes(succeed(default_minutes=1)) <= 16.5

    @pytest.mark.parametrize(("rhythm", "hours"), [(5, 1), (240, 1), (1_440, 6), (10_080, 24), (100_000, 24)])
    def test_a_feed_that_posts_rarely_is_asked_rarely(self, rhythm: int, hours: int) -> None:
        """A weekly feed asked hourly is 167 requests for nothing; a daily one still shows within hours."""
        state = succeed(rhythm=rhythm)

        assert state.interval_minutes == hours * 60
        assert 0.9 * hours <= waits(state) / timedelta(hours=1) <= 1.1 * hours

    @pytest.mark.parametrize(("days", "hours"), [(0.1, 1), (3, 6), (60, 24)])
    def test_a_feed_that_fell_silent_is_asked_rarely(self, days: float, hours: int) -> None:
        """A dead feed's articles may once have come hourly."""
        assert succeed(rhythm=60, newest=NOON - timedelta(days=days)).interval_minutes == hours * 60

    def test_new_articles_end_the_silence(self) -> None:
        """The answer that breaks a pause of a month says: I am back."""
        entry = ParsedEntry("key", "Berita", published=NOON - timedelta(hours=1))

        assert read(ParsedFeed(FeedFacts(), (entry,)), newest=NOON - timedelta(days=60)).interval_minutes == 60

    def test_ten_per_cent_are_left_to_chance(self) -> None:
        """Else all readers of a feed come together at the full hour."""
        found = [minutes(succeed(rhythm=1_440, random=random)) for random in (0.0, 0.5, 0.999)]

        assert found == pytest.approx([324, 360, 396], rel=0.001)


class TestWishes:
    @pytest.mark.parametrize(("max_age", "least_minutes"), [(60, 60), (7_200, 120), (18_000, 300), (504_921_600, 300)])
    @pytest.mark.parametrize("random", [0.0, 0.999])
    def test_max_age_holds_up_to_five_hours(self, max_age: int, least_minutes: float, random: float) -> None:
        """A server's cache knows best, but one has been seen to say 16 years."""
        state = succeed(wishes=ServerWishes(max_age_seconds=max_age), random=random)

        assert least_minutes <= minutes(state) <= least_minutes * 1.1
        assert state.fresh_until == NOON + min(timedelta(seconds=max_age), timedelta(hours=5))

    def test_the_servers_wish_beats_the_users_interval(self) -> None:
        """A quarter of an hour is too often for who says two hours."""
        assert minutes(succeed(minutes=15, wishes=ServerWishes(max_age_seconds=7_200))) >= 120

    @pytest.mark.parametrize(("ttl", "least"), [(30, 60), (180, 180), (999_999, 1_440)])
    def test_ttl_holds_up_to_a_day(self, ttl: int, least: int) -> None:
        """RSS 2.0 lets a feed say how long it may be cached."""
        assert least <= minutes(succeed(facts=FeedFacts(ttl_minutes=ttl), random=0.0)) <= least * 1.1

    def test_skipped_hours_are_skipped(self) -> None:
        """12:00 UTC plus an hour falls into the first of them."""
        state = succeed(facts=FeedFacts(skip_hours=frozenset({13, 14, 15})))

        assert state.next_due is not None
        assert NOON.replace(hour=16) <= state.next_due <= NOON.replace(hour=16, minute=10)

    def test_skipped_days_are_skipped(self) -> None:
        """NOON is a Tuesday in UTC; Tuesday to Thursday are skipped."""
        state = succeed(facts=FeedFacts(skip_days=frozenset({1, 2, 3})))

        assert state.next_due is not None
        assert (state.next_due.date() - NOON.date(), state.next_due.hour) == (timedelta(days=3), 0)

    @pytest.mark.parametrize("facts", [
        FeedFacts(skip_hours=frozenset(range(24))), FeedFacts(skip_days=frozenset(range(7))),
    ])  # fmt: skip
    def test_a_feed_that_skips_everything_is_asked_daily(self, facts: FeedFacts) -> None:
        """Generated feeds do list all 24 hours."""
        assert waits(succeed(facts=facts)) == timedelta(days=1)

    @pytest.mark.parametrize("status", [429, 503])
    @pytest.mark.parametrize("seconds", [7_200, 172_800, 604_800])
    def test_retry_after_holds_even_for_the_impatient(self, status: int, seconds: int) -> None:
        """Who asks earlier is blocked by address."""
        state = stumble("rate_limited", status, wishes=ServerWishes(retry_after_seconds=seconds), random=0.0)
        just_before = NOON + timedelta(seconds=seconds - 1)

        assert waits(state) >= timedelta(seconds=seconds)
        for urgency in ("due", "polite", "force"):
            assert why_not_due(FeedConfig(URL), state, now=just_before, urgency=urgency) is not None
        assert why_not_due(FeedConfig(URL), state, now=just_before + timedelta(seconds=2), urgency="force") is None

    def test_retry_after_is_believed_for_a_week(self) -> None:
        """Longer than that is a mistake of the server's."""
        state = stumble("rate_limited", 429, wishes=ServerWishes(retry_after_seconds=10**9))

        assert state.not_before == NOON + timedelta(days=7)

    def test_max_age_of_a_429_holds_in_full(self) -> None:
        """A reader that polled daily was blocked because the 429's max-age said two days."""
        state = stumble("rate_limited", 429, wishes=ServerWishes(max_age_seconds=172_800))

        assert waits(state) >= timedelta(days=2)

    @pytest.mark.parametrize("status", [429, 503])
    def test_a_bare_429_or_503_doubles_the_interval(self, status: int) -> None:
        """Without a time given, slower is the least one can do."""
        assert minutes(stumble("rate_limited", status, random=0.0)) >= 108
        assert stumble("rate_limited", status).interval_minutes == 120


class TestFailures:
    def test_failures_back_off_up_to_a_day(self) -> None:
        """1, 2, 4, 8, 16 and then 24 hours, never given up."""
        state, hours = ASKED, []
        for _ in range(30):
            state = stumble(state=state)
            hours.append(state.interval_minutes / 60)
            assert waits(state) <= timedelta(days=1)

        assert hours[:7] == [1, 2, 4, 8, 16, 24, 24]
        assert hours[-1] == 24
        assert state.failures == 30

    def test_a_success_forgets_the_failures(self) -> None:
        """The next interval is the usual one."""
        state = succeed(stumble(state=stumble()))

        assert (state.failures, state.failure, state.health, state.interval_minutes) == (0, None, "ok", 60)

    def test_the_users_long_interval_is_not_shortened_by_failures(self) -> None:
        """Weekly stays weekly."""
        assert stumble(minutes=10_080).interval_minutes == 10_080

    def test_being_offline_counts_against_no_feed(self) -> None:
        """A train through a tunnel is not the feed's fault; look again soon."""
        failing = stumble()
        state = stumble("offline", None, failing)

        assert (state.failures, state.health, state.last_checked) == (failing.failures, failing.health, NOON)
        assert state.failure == Failure("offline")
        assert timedelta(minutes=5) <= waits(state) <= timedelta(minutes=6)

    def test_our_own_trouble_does_not_back_off(self) -> None:
        """A broken proxy is mended by the reader, who then wants to see his news."""
        state = ASKED
        for _ in range(10):
            state = stumble("proxy", None, state)

        assert state.interval_minutes == 60

    def test_410_ends_the_asking(self) -> None:
        """Gone is gone, also for who insists; the articles are nobody's business here."""
        state = stumble("gone", 410)

        assert state.health == "gone"
        assert why_not_due(FeedConfig(URL), state, now=NOON + timedelta(days=999), urgency="force") == NEVER

    def test_404_backs_off(self) -> None:
        """A page may come back."""
        state = stumble("not_found", 404)

        assert state.health == "failing"
        assert why_not_due(FeedConfig(URL), state, now=NOON + timedelta(hours=2)) is None

    @pytest.mark.parametrize(("kind", "health"), [
        ("not_a_feed", "not_a_feed"), ("html_page", "not_a_feed"), ("empty_body", "not_a_feed"),
        ("parse_error", "failing"), ("parse_deadline", "failing"), ("parse_crash", "failing"),
    ])  # fmt: skip
    def test_a_body_that_is_no_feed_advances_nothing(self, kind: FailureKind, health: str) -> None:
        """A maintenance page with an ETag must not make us miss the feed when it is back."""
        state = read(failure=Failure(kind))

        assert (state.health, state.http_status, state.failures) == (health, 200, 1)
        assert (state.validators, state.body_hash, state.validated_at) == (ASKED.validators, b"hash", NOON)

    def test_a_feed_that_broke_off_advances_nothing_but_is_no_failure(self) -> None:
        """What could be read is stored; the rest must come with the next answer."""
        state = read(ParsedFeed(FeedFacts(), (ParsedEntry("key", "Berita"),), is_partial=True))

        assert (state.health, state.validators, state.body_hash) == ("ok", ASKED.validators, b"hash")

    @pytest.mark.parametrize(("kind", "health"), [("blocked", "blocked"), ("dns", "failing"), ("tls", "failing")])
    def test_health_tells_who_is_turned_away_from_who_fails(self, kind: FailureKind, health: str) -> None:
        """One needs another address, the other patience."""
        assert stumble(kind, None).health == health


class TestHealth:
    def test_a_feed_without_entries_is_empty_and_not_failing(self) -> None:
        """Nothing new is no error; nothing at all is worth a look."""
        empty = read(ParsedFeed(FeedFacts(), ()))

        assert (empty.health, empty.failures) == ("empty", 0)
        assert succeed(empty).health == "empty"
        assert read(ParsedFeed(FeedFacts(), (), skipped=3), state=empty).health == "ok"

    def test_stale_and_disabled_are_matters_of_clock_and_settings(self) -> None:
        """Nothing happens to a feed on the day it becomes stale."""
        feed = Feed(1, FeedConfig(URL), state=ASKED, newest=NOON)

        assert health_now(feed, NOON + timedelta(days=29)) == "ok"
        assert health_now(feed, NOON + timedelta(days=31)) == "stale"
        assert health_now(replace(feed, state=stumble()), NOON + timedelta(days=31)) == "failing"
        assert health_now(replace(feed, config=FeedConfig(URL, is_enabled=False)), NOON) == "disabled"
        assert health_now(Feed(1, FeedConfig(URL)), NOON) == "new"


class TestAsking:
    def test_a_new_feed_may_be_asked_at_once(self) -> None:
        """There is nothing to be polite about yet."""
        assert why_not_due(FeedConfig(URL), FeedState(), now=NOON) is None

    def test_a_disabled_feed_is_never_asked(self) -> None:
        """Not even with --force."""
        assert why_not_due(FeedConfig(URL, is_enabled=False), FeedState(), now=NOON, urgency="force") == NEVER

    def test_a_restart_asks_for_nothing_that_is_not_due(self) -> None:
        """Due times outlive the process, or each start would be a burst."""
        state = pickle.loads(pickle.dumps(succeed()))

        assert why_not_due(FeedConfig(URL), state, now=NOON + timedelta(minutes=59)) == state.next_due
        assert why_not_due(FeedConfig(URL), state, now=NOON + timedelta(minutes=67)) is None

    def test_a_manual_refresh_waits_for_max_age_until_it_is_repeated(self) -> None:
        """The first `r` says when, the second asks."""
        state, soon = succeed(wishes=ServerWishes(max_age_seconds=7_200)), NOON + timedelta(minutes=10)

        assert why_not_due(FeedConfig(URL), state, now=soon, urgency="polite") == NOON + timedelta(hours=2)
        assert why_not_due(FeedConfig(URL), state, now=soon, urgency="force") is None
        assert why_not_due(FeedConfig(URL), succeed(), now=soon, urgency="polite") is None

    def test_a_clock_that_jumps_ahead_asks_once(self) -> None:
        """As after a holiday: one request each, then the usual interval."""
        later = NOON + timedelta(days=366)
        assert why_not_due(FeedConfig(URL), ASKED, now=later) is None

        asked = succeed(now=later)
        assert why_not_due(FeedConfig(URL), asked, now=later + timedelta(minutes=59)) is not None

    def test_a_clock_that_jumps_back_starves_nobody(self) -> None:
        """Due in a year is due now, once."""
        later = NOON + timedelta(days=366)
        ahead = succeed(now=later, wishes=ServerWishes(max_age_seconds=18_000))
        held = stumble("rate_limited", 429, now=later, wishes=ServerWishes(retry_after_seconds=604_800))

        for state in (ahead, held):
            assert why_not_due(FeedConfig(URL), state, now=NOON) is None
        assert why_not_due(FeedConfig(URL), succeed(ahead), now=NOON + timedelta(minutes=59)) is not None

    def test_a_clock_put_right_by_minutes_changes_nothing(self) -> None:
        """Network time moves a clock a little all the time."""
        state = succeed(now=NOON + timedelta(minutes=10))

        assert why_not_due(FeedConfig(URL), state, now=NOON) == state.next_due

    def test_validators_rest_after_eight_days_of_304(self) -> None:
        """Counted from the last full answer, in whatever direction the clock went since."""
        for days, expected in ((7, ASKED.validators), (9, Validators()), (-9, Validators())):
            assert validators_to_send(ASKED, NOON + timedelta(days=days)) == expected

    def test_times_are_aware(self) -> None:
        """A naive time compared with an aware one raises."""
        state = succeed()

        assert state.next_due is not None
        assert state.next_due.tzinfo is UTC


class TestEdges:
    """What changed by one sign would pass every other test here."""

    def test_a_feed_may_be_asked_the_moment_it_is_due(self) -> None:
        """Not a scheduler's minute later."""
        due = NOON + timedelta(hours=1)

        assert why_not_due(FeedConfig(URL), ASKED, now=due) is None
        assert why_not_due(FeedConfig(URL), ASKED, now=due - timedelta(seconds=1)) == due

    def test_a_whole_document_is_remembered_whole(self) -> None:
        """Its validators, its hash and those of its items: else the next refresh reads it all again."""
        parsed = ParsedFeed(FeedFacts(), (ParsedEntry("key", "Berita"),), item_hashes=b"items")
        state = read(parsed)

        assert (state.validators, state.validated_at) == (Validators(b'"2"', None), NOON)
        assert (state.body_hash, state.item_hashes) == (b"new hash", b"items")

    @pytest.mark.parametrize(
        ("back", "wait", "is_over"),
        [(5, 4, False), (6, 5, True), (10, 10, False), (10, 9, True)],
        ids=["within the tolerance", "beyond it", "twice as long", "more than twice"],
    )
    def test_a_clock_is_set_back_from_a_point_on(self, back: int, wait: int, is_over: bool) -> None:
        """Minutes that the clock went back; minutes of the wait. Below that it is only a clock being put right."""
        state = replace(ASKED, next_due=NOON + timedelta(minutes=wait))
        told = why_not_due(FeedConfig(URL), state, now=NOON - timedelta(minutes=back))

        assert (told is None) == is_over
