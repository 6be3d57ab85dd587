"""robots.txt, obeyed for sources that are not feeds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.fetch.client import Fetcher
from reader.fetch.robots import parse_robots
from reader.model.feeds import FeedConfig, FeedState
from reader.model.fetching import Fetched, FetchFailed, FetchOutcome
from tests.loopback import Answer, Loopback, redirect
from tests.unit.fetch.conftest import Clock, Town, at

RULES = b"""\xef\xbb\xbf# for all
User-agent: *
Disallow: /search
Allow: /search/about
Disallow: /*?utm_source=
Disallow: /*.pdf$
Disallow: /caf%C3%A9
Sitemap: https://kabar.example/news.xml

User-agent: Googlebot
User-agent: badbot
Disallow: /
"""


@pytest.mark.parametrize(
    ("target", "is_allowed"),
    [
        ("/", True), ("/search?q=x", False), ("/search/about/us", True), ("/berita/1?utm_source=x", False),
        ("/berita/1?page=1", True), ("/a/b.pdf", False), ("/a/b.pdf?x", True), ("/café/1", False),
        ("/caf%c3%a9", False), ("/robots.txt", True), ("", True),
    ],
)  # fmt: skip
def test_the_longest_rule_decides(target: str, is_allowed: bool) -> None:
    """RFC 9309 §2.2.2, with wildcards; of equal letters however they are written."""
    assert parse_robots(RULES).allows(target) is is_allowed


def test_a_group_of_our_own_goes_before_the_one_for_all() -> None:
    """A site that lets nobody in but us, or all but us, means it."""
    body = b"User-agent: *\nDisallow: /\n\nUser-agent: Warta/2.0\nDisallow: /x\n"

    assert parse_robots(body).allows("/y")
    assert not parse_robots(body).allows("/x")


def test_an_empty_disallow_forbids_nothing() -> None:
    """It is how the standard writes "welcome"."""
    assert parse_robots(b"User-agent: *\nDisallow:\n").allows("/x")


def test_sitemaps_are_told() -> None:
    """Discovery asks them."""
    assert parse_robots(RULES).sitemaps == ("https://kabar.example/news.xml",)


@settings(max_examples=60)
@given(st.binary(max_size=200), st.text(max_size=50))
def test_never_raises(body: bytes, target: str) -> None:
    """What stands there was written by anybody."""
    parse_robots(b"User-agent: *\nDisallow: /" + body).allows(target)


async def ask(fetcher: Fetcher, url: str) -> FetchOutcome:
    return await fetcher.fetch(FeedConfig(url, kind="page", link_pattern="x"), FeedState(), address=url)


def kind_of(outcome: FetchOutcome) -> str:
    return outcome.failure.kind if isinstance(outcome, FetchFailed) else ""


async def test_a_forbidden_page_is_not_asked(fetcher: Fetcher, server: Loopback) -> None:
    """The refusal is said in words; nothing but robots.txt was asked."""
    server.answer("/robots.txt", Answer(body=RULES))

    outcome = await ask(fetcher, server.url("/search?q=natuna"))

    assert isinstance(outcome, FetchFailed)
    assert outcome.failure.kind == "robots"
    assert "/search?q=natuna" in outcome.failure.detail
    assert [request.path for request in server.requests] == ["/robots.txt"]


async def test_robots_is_asked_once_a_day(fetcher: Fetcher, server: Loopback, clock: Clock) -> None:
    """Ten stations of one site cost one request more, not ten."""
    server.answer("/robots.txt", Answer(body=RULES))
    server.answer("*", Answer(body=b"<html>"))

    for _ in range(3):
        assert isinstance(await ask(fetcher, server.url("/berita")), Fetched)
    assert len(server.received("/robots.txt")) == 1

    clock.now += timedelta(hours=25)
    await ask(fetcher, server.url("/berita"))
    assert len(server.received("/robots.txt")) == 2


async def test_feeds_do_not_ask_for_it(fetcher: Fetcher, server: Loopback) -> None:
    """A feed is made for programs."""
    server.answer("/search", Answer(body=b"<rss>"))

    await fetcher.fetch(FeedConfig(server.url("/search")), FeedState(), address=server.url("/search"))

    assert server.received("/robots.txt") == []


@pytest.mark.parametrize(("status", "kind"), [(404, ""), (403, ""), (500, "http_status"), (429, "rate_limited")])
async def test_without_rules_all_is_allowed_in_trouble_nothing(
    fetcher: Fetcher, server: Loopback, status: int, kind: str
) -> None:
    """RFC 9309 §2.3.1: "not there" permits, "cannot say" does not."""
    server.answer("/robots.txt", Answer(status=status))
    server.answer("/berita", Answer(body=b"<html>"))

    assert kind_of(await ask(fetcher, server.url("/berita"))) == kind


async def test_a_redirect_does_not_lead_around_it(fetcher: Fetcher, server: Loopback) -> None:
    """Every hop is looked at before it is asked, those in the middle too."""
    server.answer("/robots.txt", Answer(body=RULES))
    server.answer("/berita", redirect("/search?q=x"))
    server.answer("/search?q=x", redirect("/berita/2"))

    assert kind_of(await ask(fetcher, server.url("/berita"))) == "robots"
    assert [request.path for request in server.requests] == ["/robots.txt", "/berita"]


async def test_a_hop_to_another_site_obeys_its_rules(fetcher: Fetcher, public: Loopback, town: Town) -> None:
    """The other site has a robots.txt of its own, and is asked for it while no turn there is held."""
    town.names["other.example"] = ["127.0.0.2"]
    public.answer("/berita", redirect(at(public, "/lain", host="other.example")))
    public.answer("/robots.txt", Answer(status=404), Answer(body=b"User-agent: *\nDisallow: /lain"))
    public.answer("/lain", Answer(body=b"<html>"))

    outcome = await ask(fetcher, at(public, "/berita"))

    assert kind_of(outcome) == "robots"
    assert public.received("/lain") == []


async def test_a_page_a_person_asks_for_needs_no_leave(fetcher: Fetcher, server: Loopback) -> None:
    """It is what a browser would do for him; what Warta fetches of itself obeys."""
    server.answer("/robots.txt", Answer(body=RULES))
    server.answer("/search?q=x", Answer(body=b"<html>"))
    config = FeedConfig(server.url("/feed"))

    asked_for = await fetcher.page(server.url("/search?q=x"), config=config)
    asked_before = len(server.received("/robots.txt"))
    automatic = await fetcher.page(server.url("/search?q=x"), config=config, is_asked_for=False)

    assert (kind_of(asked_for), asked_before, kind_of(automatic)) == ("", 0, "robots")
