"""What a server sees of Warta: one honest, conditional GET."""

from __future__ import annotations

import re

import pytest

from reader.fetch.client import Fetcher
from reader.fetch.schedule import after
from reader.model.feeds import FeedConfig, FeedFacts, FeedState, Validators
from reader.model.fetching import FetchOutcome
from reader.model.parsing import ParsedFeed
from tests.loopback import Answer, Loopback, conditional, feed, gzipped, redirect
from tests.unit.fetch.conftest import Clock, ask, fail, get, unchanged

ODD_DATE = b"Tuesday the 3rd, some time after lunch"


def remembered(state: FeedState, outcome: FetchOutcome, clock: Clock, *, is_feed: bool = True) -> FeedState:
    """The state after an outcome whose body, if it has one, is a feed."""
    return after(
        FeedConfig("http://127.0.0.1/"), state, outcome,
        default_minutes=60, facts=FeedFacts(), now=clock(), random=0.5,
        parsed=ParsedFeed(FeedFacts(), ()) if is_feed else None,
    )  # fmt: skip


async def test_a_new_feed_is_asked_for_once_and_without_conditions(fetcher: Fetcher, server: Loopback) -> None:
    """An invented validator is the classic sin: the server can only say 200 or, worse, 304."""
    server.answer("/feed", Answer(body=feed()))

    outcome = await get(fetcher, server.url("/feed"))

    (request,) = server.requests
    assert outcome.body == feed()
    assert request.method == "GET"
    assert request.header("If-None-Match") is None
    assert request.header("If-Modified-Since") is None


async def test_validators_go_back_byte_for_byte(fetcher: Fetcher, server: Loopback, clock: Clock) -> None:
    """Many servers compare strings; a date parsed and written again is another string."""
    server.answer("/feed", conditional(feed(), etag=b'W/"a\\b"', last_modified=ODD_DATE))
    first = await get(fetcher, server.url("/feed"))

    await unchanged(fetcher, server.url("/feed"), remembered(FeedState(), first, clock))

    second = server.requests[1]
    assert second.all("If-None-Match") == [b'W/"a\\b"']
    assert second.all("If-Modified-Since") == [ODD_DATE]


@pytest.mark.parametrize(("name", "asked", "absent"), [
    ("ETag", "If-None-Match", "If-Modified-Since"),
    ("Last-Modified", "If-Modified-Since", "If-None-Match"),
])  # fmt: skip
async def test_a_validator_that_never_came_is_never_sent(
    fetcher: Fetcher, server: Loopback, clock: Clock, name: str, asked: str, absent: str
) -> None:
    """Neither our clock nor the string ``null`` is a validator."""
    server.answer("/feed", Answer(headers=((name, '"only"'),), body=feed()))
    first = await get(fetcher, server.url("/feed"))

    await ask(fetcher, server.url("/feed"), remembered(FeedState(), first, clock))

    assert server.requests[1].all(asked) == [b'"only"']
    assert server.requests[1].all(absent) == []


async def test_an_etag_beyond_ascii_survives(fetcher: Fetcher, server: Loopback, clock: Clock) -> None:
    """RFC 9110 allows any byte above 0x7f in an ETag; as text it would raise when sent."""
    etag = b'"\xe2\x82\xac-\xff"'
    server.answer("/feed", conditional(feed(), etag=etag))
    first = await get(fetcher, server.url("/feed"))

    await unchanged(fetcher, server.url("/feed"), remembered(FeedState(), first, clock))

    assert server.requests[1].all("If-None-Match") == [etag]


async def test_a_304_may_bring_a_new_etag(fetcher: Fetcher, server: Loopback, clock: Clock) -> None:
    """Who drops it asks with the old one for ever and gets the whole feed each time."""
    state = FeedState(validators=Validators(b'"1"', b"then"), validated_at=clock())
    server.answer("/feed", Answer(304, (("ETag", '"2"'),)))

    outcome = await unchanged(fetcher, server.url("/feed"), state)
    await ask(fetcher, server.url("/feed"), remembered(state, outcome, clock))

    assert server.requests[1].all("If-None-Match") == [b'"2"']
    assert server.requests[1].all("If-Modified-Since") == [b"then"]


async def test_a_200_replaces_validators_as_a_pair(fetcher: Fetcher, server: Loopback, clock: Clock) -> None:
    """A date of one version beside the ETag of another matches neither."""
    state = FeedState(validators=Validators(b'"1"', b"then"), validated_at=clock())
    server.answer(
        "/feed",
        Answer(headers=(("ETag", '"2"'), ("Last-Modified", "then")), body=feed()),
        Answer(headers=(("ETag", '"3"'),), body=feed()),
    )

    for expected in (Validators(b'"2"', b"then"), Validators(b'"3"', None)):
        outcome = await get(fetcher, server.url("/feed"), state)
        state = remembered(state, outcome, clock)
        assert state.validators == expected


@pytest.mark.parametrize("answer", [
    Answer(429), Answer(500, (("ETag", '"error"'),), b"no"), Answer(503), Answer(404), Answer(410),
    Answer(raw=b"HTTP/1.1 200 OK\r\nETag: \"new\"\r\nContent-Length: 999\r\n\r\n<rss"), redirect("/nowhere"),
    Answer(headers=(("Content-Encoding", "br"), ("ETag", '"new"')), body=b"x"),
])  # fmt: skip
async def test_no_failure_touches_the_validators(
    fetcher: Fetcher, server: Loopback, clock: Clock, answer: Answer
) -> None:
    """Forgetting them after an error turns one bad hour of a server into a flood of full answers."""
    state = FeedState(validators=Validators(b'"1"', b"then"), validated_at=clock())
    server.answer("/feed", answer)

    outcome = await fail(fetcher, server.url("/feed"), state)

    assert remembered(state, outcome, clock, is_feed=False).validators == state.validators


async def test_after_eight_days_of_304_one_request_is_unconditional(
    fetcher: Fetcher, server: Loopback, clock: Clock
) -> None:
    """Some servers answer 304 for ever to a validator they once gave."""
    server.answer("/feed", conditional(feed(), etag=b'"1"'))
    state = remembered(FeedState(), await get(fetcher, server.url("/feed")), clock)
    for _ in range(3):
        clock.forward(days=4)
        state = remembered(state, await ask(fetcher, server.url("/feed"), state), clock)

    conditions = [request.header("If-None-Match") for request in server.requests]
    assert conditions == [None, b'"1"', b'"1"', None]
    assert state.validators == Validators(b'"1"', None)


async def test_a_request_says_who_asks_and_nothing_about_the_reader(fetcher: Fetcher, server: Loopback) -> None:
    """One honest name with version and address; no cookie even after Set-Cookie, no referrer, no HEAD."""
    server.answer("/old", Answer(302, (("Location", "/feed"), ("Set-Cookie", "a=1"))))
    server.answer("/feed", Answer(headers=(("Set-Cookie", "sid=1; Path=/"),), body=feed()))

    for _ in range(2):
        await get(fetcher, server.url("/old"))

    assert len(server.requests) == 4
    for request in server.requests:
        assert request.method == "GET"
        assert re.fullmatch(rb"Warta/\d+\.\d+\.\d+ \(\+https://[\w./-]+\)", request.header("User-Agent") or b"")
        assert request.all("Accept-Encoding") == [b"gzip"]
        assert {name.lower() for name, _ in request.headers} == {
            b"host", b"user-agent", b"accept", b"accept-encoding",
        }  # fmt: skip


@pytest.mark.parametrize("path", [
    "/", "/feed?b=2&a=1&utm_source=x", "/a/../b//c/", "/%7euser/%2f?q=%20", "/rss?", "/[x]|{y}\"<z>`^?|",
])  # fmt: skip
async def test_the_address_is_asked_exactly_as_subscribed(fetcher: Fetcher, server: Loopback, path: str) -> None:
    """Sorting, cleaning or encoding an address makes it another one to the server and its caches."""
    server.answer("*", Answer(body=feed()))

    await get(fetcher, server.url(path) + "#fragment")

    assert server.requests[0].path == path


async def test_an_address_with_letters_beyond_ascii_is_encoded(fetcher: Fetcher, server: Loopback) -> None:
    """The request line has no other way."""
    server.answer("*", Answer(body=feed()))

    await get(fetcher, server.url("/berita/é?q=ü b"))

    assert server.requests[0].path == "/berita/%C3%A9?q=%C3%BC%20b"


async def test_gzip_is_asked_for_and_decoded(fetcher: Fetcher, server: Loopback) -> None:
    """Compression saves the server four fifths of its traffic."""
    body = feed(*map(str, range(500)))
    server.answer("/feed", gzipped(Answer(body=body)))

    assert (await get(fetcher, server.url("/feed"))).body == body


async def test_what_stands_at_a_gzip_file_is_decoded_too(fetcher: Fetcher, server: Loopback) -> None:
    """News sitemaps are often files named ``.xml.gz`` sent without Content-Encoding."""
    server.answer("/sitemap.xml.gz", Answer(body=gzipped(Answer(body=feed())).body))

    assert (await get(fetcher, server.url("/sitemap.xml.gz"))).body == feed()


async def test_the_answer_tells_type_end_and_time(fetcher: Fetcher, server: Loopback, clock: Clock) -> None:
    """The parser needs the charset and the base of relative links."""
    server.answer("/old", redirect("/feed"))
    server.answer("/feed", Answer(headers=(("Content-Type", "text/xml;\x80 charset=utf-8"),), body=feed()))

    outcome = await get(fetcher, server.url("/old"))

    assert (outcome.url, outcome.final_url) == (server.url("/old"), server.url("/feed"))
    assert outcome.content_type == "text/xml; charset=utf-8"
    assert (outcome.at, outcome.status) == (clock(), 200)
