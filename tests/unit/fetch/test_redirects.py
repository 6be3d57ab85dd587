"""Redirects: followed by hand, adopted late and only when permanent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reader.fetch.client import Fetcher
from reader.fetch.schedule import after, refuse_redirect
from reader.model.feeds import Failure, FeedConfig, FeedFacts, FeedState
from reader.model.fetching import Fetched, FetchFailed, FetchOutcome, NotModified, Redirect, ServerWishes
from tests.loopback import Answer, Loopback, feed, redirect
from tests.unit.fetch.conftest import NOON, Town, at, fail, get

OLD, NEW = "http://old.example/feed", "http://new.example/feed"


def found(*hops: Redirect, url: str = OLD) -> NotModified:
    return NotModified(url, FeedState().validators, ServerWishes(), NOON, tuple(hops))


def state_after(
    state: FeedState, outcome: FetchOutcome, *, days: float = 0, failure: Failure | None = None
) -> FeedState:
    return after(
        FeedConfig(OLD), state, outcome, default_minutes=60, facts=FeedFacts(), now=NOON + timedelta(days=days),
        random=0.5, failure=failure,
    )  # fmt: skip


class TestFollowing:
    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    async def test_every_redirect_is_followed_by_get(self, fetcher: Fetcher, server: Loopback, status: int) -> None:
        """The hops are told, so that a permanent one can be adopted."""
        server.answer("/old", redirect("feed?x=1", status))
        server.answer("/feed?x=1", Answer(body=feed()))

        outcome = await get(fetcher, server.url("/old"))

        assert outcome.redirects == (Redirect(status, server.url("/feed?x=1")),)
        assert [request.method for request in server.requests] == ["GET", "GET"]

    async def test_a_circle_ends_at_once(self, fetcher: Fetcher, server: Loopback) -> None:
        """Asking for the same address again brings the same answer."""
        server.answer("/a", redirect("/b"))
        server.answer("/b", redirect("/a"))

        outcome = await fail(fetcher, server.url("/a"))

        assert outcome.failure.kind == "too_many_redirects"
        assert len(server.requests) == 2

    async def test_ten_hops_are_enough(self, fetcher: Fetcher, server: Loopback) -> None:
        """An endless chain costs the server eleven requests and no more."""
        for number in range(30):
            server.answer(f"/{number}", redirect(f"/{number + 1}"))

        outcome = await fail(fetcher, server.url("/0"))

        assert outcome.failure.kind == "too_many_redirects"
        assert len(server.requests) == 11

    async def test_ten_hops_are_followed(self, fetcher: Fetcher, server: Loopback) -> None:
        """The bound itself is allowed."""
        for number in range(10):
            server.answer(f"/{number}", redirect(f"/{number + 1}"))
        server.answer("/10", Answer(body=feed()))

        assert len((await get(fetcher, server.url("/0"))).redirects) == 10

    @pytest.mark.parametrize("location", [
        "file:///etc/passwd", "gopher://127.0.0.1/", "javascript:alert(1)", "http://[::1", "http://", "ftp://a.example/",
        "http://a.example:99999/", "http://a b/", "", "data:text/xml,<rss/>",
    ])  # fmt: skip
    async def test_only_http_addresses_are_followed(self, fetcher: Fetcher, server: Loopback, location: str) -> None:
        """A redirect is a stranger's word."""
        server.answer("/feed", redirect(location))

        outcome = await fail(fetcher, server.url("/feed"))

        assert (outcome.failure.kind, outcome.status) == ("bad_redirect", 302)
        assert len(server.requests) == 1

    async def test_the_target_may_be_of_another_host(self, fetcher: Fetcher, public: Loopback, town: Town) -> None:
        """Feeds move to a new domain."""
        with Loopback(host="127.0.0.3") as other:
            town.names["new.example"] = ["127.0.0.3"]
            public.answer("/feed", redirect(other.url("/feed", host="new.example"), 301))
            other.answer("/feed", Answer(body=feed()))

            outcome = await get(fetcher, at(public))

        assert outcome.final_url == other.url("/feed", host="new.example")

    async def test_a_location_in_utf_8_is_understood(self, fetcher: Fetcher, server: Loopback) -> None:
        """Not allowed, and frequent."""
        server.answer("/feed", Answer(302, (("Location", "/é".encode()),)))
        server.answer("/%C3%A9", Answer(body=feed()))

        await get(fetcher, server.url("/feed"))


class TestAdopting:
    def test_a_permanent_redirect_is_adopted_after_a_week(self) -> None:
        """Maintenance pages are moved to permanently by mistake; for days, not for weeks."""
        moved = found(Redirect(301, NEW))
        state = state_after(FeedState(), moved)
        assert (state.redirect_to, state.redirect_since, state.adopted_url) == (NEW, NOON, "")

        state = state_after(state, moved, days=6.9)
        assert (state.redirect_to, state.adopted_url) == (NEW, "")

        state = state_after(state, moved, days=7)
        assert (state.redirect_to, state.redirect_since, state.adopted_url) == ("", None, NEW)

    @pytest.mark.parametrize("hops", [
        (Redirect(302, NEW),), (Redirect(301, "http://b.example/"), Redirect(302, NEW)),
        (Redirect(307, "http://b.example/"), Redirect(308, NEW)), (Redirect(303, NEW),),
    ])  # fmt: skip
    def test_a_chain_with_a_temporary_hop_is_never_adopted(self, hops: tuple[Redirect, ...]) -> None:
        """The server says itself that it will end."""
        state = FeedState()
        for days in range(0, 60, 3):
            state = state_after(state, found(*hops), days=days)

        assert (state.redirect_to, state.adopted_url) == ("", "")

    def test_a_wholly_permanent_chain_is_adopted_at_its_end(self) -> None:
        """301 to 308 to the feed is as good as one hop."""
        state = FeedState()
        for days in (0, 8):
            state = state_after(state, found(Redirect(301, "http://b.example/"), Redirect(308, NEW)), days=days)

        assert state.adopted_url == NEW

    def test_another_target_begins_the_week_anew(self) -> None:
        """It must be the same answer for seven days."""
        state = state_after(FeedState(), found(Redirect(301, NEW)))
        state = state_after(state, found(Redirect(301, "http://c.example/")), days=6)
        state = state_after(state, found(Redirect(301, NEW)), days=8)

        assert (state.redirect_since, state.adopted_url) == (NOON + timedelta(days=8), "")

    def test_a_day_without_the_redirect_begins_the_week_anew(self) -> None:
        """The feed answering at its old place is the best proof that it has not moved."""
        state = state_after(FeedState(), found(Redirect(301, NEW)))
        state = state_after(state, found(), days=3)
        state = state_after(state, found(Redirect(301, NEW)), days=8)

        assert state.adopted_url == ""

    def test_a_target_that_is_no_feed_is_not_adopted(self) -> None:
        """Least of all a login page."""
        page = Fetched(OLD, NEW, b"", "", FeedState().validators, ServerWishes(), NOON, redirects=(Redirect(301, NEW),))
        gone = FetchFailed(OLD, Failure("not_found"), NOON, 404, redirects=(Redirect(301, NEW),))
        state = FeedState()
        for days in (0, 8, 16):
            state = state_after(state, page, days=days, failure=Failure("html_page"))
            state = state_after(state, gone, days=days + 1)

        assert (state.redirect_to, state.adopted_url) == ("", "")

    def test_a_network_failure_in_between_does_not_matter(self) -> None:
        """It says nothing about where the feed is."""
        state = state_after(FeedState(), found(Redirect(301, NEW)))
        state = state_after(state, FetchFailed(OLD, Failure("timeout"), NOON), days=3)
        state = state_after(state, found(Redirect(301, NEW)), days=8)

        assert state.adopted_url == NEW

    def test_https_of_the_same_address_is_adopted_at_once(self) -> None:
        """Nobody moves a feed to TLS by mistake, and each day less in the clear is a good one."""
        same, other = "https://old.example/feed", "https://old.example/other"

        assert state_after(FeedState(), found(Redirect(301, same))).adopted_url == same
        assert state_after(FeedState(), found(Redirect(301, other))).adopted_url == ""
        assert state_after(FeedState(), found(Redirect(302, same))).adopted_url == ""

    def test_tls_is_not_given_up(self) -> None:
        """A permanent redirect down to http is followed and never made one's own."""
        secure, state = "https://old.example/feed", FeedState()
        for days in (0, 8, 16):
            state = state_after(state, found(Redirect(301, NEW), url=secure), days=days)

        assert state.adopted_url == ""

    def test_what_the_user_takes_back_is_never_adopted_again(self) -> None:
        """His word stands above the server's."""
        state = refuse_redirect(FeedState(adopted_url=NEW))
        assert (state.adopted_url, state.refused_url) == ("", NEW)

        for days in (0, 8, 16):
            state = state_after(state, found(Redirect(301, NEW)), days=days)
        assert (state.redirect_to, state.adopted_url) == ("", "")

    def test_an_adopted_address_that_dies_is_given_up(self) -> None:
        """A 410 there is no word of the subscribed address."""
        state = state_after(FeedState(adopted_url=NEW, health="ok"), FetchFailed(NEW, Failure("gone"), NOON, 410))

        assert (state.adopted_url, state.health) == ("", "failing")

    def test_a_redirect_back_ends_the_adoption(self) -> None:
        """Then the subscribed address is the right one."""
        state = FeedState(adopted_url=NEW)
        for days in (0, 8):
            state = state_after(state, found(Redirect(301, OLD), url=NEW), days=days)

        assert state.adopted_url == ""
