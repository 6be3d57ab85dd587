"""Bodies and headers meant to hurt: each becomes one recorded error, in bounded memory and time."""

from __future__ import annotations

import asyncio
import gzip
import json
import subprocess
import sys
import textwrap
import zlib
from collections.abc import Iterator

import pytest

from reader.fetch.client import Fetcher
from reader.fetch.decoding import BodyDecoder
from reader.fetch.stopping import FetchStoppedError
from reader.model.feeds import FailureKind, FeedConfig
from tests.loopback import Answer, Loopback, bomb, endless, feed, trickle
from tests.unit.fetch.conftest import ask, fail, get

BOMB = bomb(220)
MANY_FIELDS = tuple((f"X-{number}", "a") for number in range(5_000))


def encoded(coding: str, body: bytes) -> Answer:
    return Answer(headers=(("Content-Encoding", coding),), body=body)


@pytest.mark.parametrize(("answer", "kind"), [
    pytest.param(encoded("gzip", BOMB), "too_large", id="gzip bomb"),
    pytest.param(Answer(body=BOMB), "too_large", id="gzip bomb that does not say so"),
    pytest.param(encoded("br", b"\xcf\xff\xff" + b"\x7f" * 314), "bad_encoding", id="brotli"),
    pytest.param(encoded("zstd", b"\x28\xb5\x2f\xfd" + b"\x00" * 6_000), "bad_encoding", id="zstd"),
    pytest.param(encoded("gzip, gzip", gzip.compress(BOMB)), "bad_encoding", id="nested gzip"),
    pytest.param(
        Answer(headers=(("Content-Encoding", "gzip"), ("content-encoding", "gzip")), body=gzip.compress(BOMB)),
        "bad_encoding", id="nested gzip in two fields",
    ),
    pytest.param(encoded("deflate", zlib.compress(feed())), "bad_encoding", id="deflate, not asked for"),
    pytest.param(Answer(body=b"a" * (17 << 20)), "too_large", id="17 MiB"),
    pytest.param(endless(), "too_large", id="endless"),
    pytest.param(Answer(headers=MANY_FIELDS, body=feed()), "too_large", id="5,000 header fields"),
    pytest.param(Answer(headers=(("X", "a" * 200_000),), body=feed()), "too_large", id="one field of 200 KB"),
    pytest.param(Answer(headers=(("X", "a" * 80_000),), body=feed()), "too_large", id="one field of 80 KB"),
    pytest.param(encoded("gzip", b"this is no gzip at all"), "bad_encoding", id="bad gzip"),
    pytest.param(encoded("gzip", gzip.compress(feed() * 99)[:-20]), "truncated", id="gzip that breaks off"),
    pytest.param(
        Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<rss>"), "truncated", id="Content-Length too long"
    ),
    pytest.param(
        Answer(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n"), "truncated",
        id="chunks without an end",
    ),
    pytest.param(
        Answer(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n<rss>"), "truncated",
        id="chunks that are none",
    ),
    pytest.param(
        Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n<rss/>"), "connection",
        id="two lengths",
    ),
    pytest.param(Answer(raw=b"<rss></rss>\r\n\r\n"), "connection", id="no HTTP at all"),
    pytest.param(Answer(raw=b"HTTP/1.1 200 OK\r\nX: \x00\r\n\r\n"), "connection", id="NUL in a field"),
    pytest.param(Answer(raw=b""), "connection", id="no answer"),
    pytest.param(Answer(raw=b"HTTP/1.1 999 What\r\n\r\n"), "http_status", id="odd status"),
])  # fmt: skip
async def test_each_trick_is_one_error(fetcher: Fetcher, server: Loopback, answer: Answer, kind: FailureKind) -> None:
    """No traceback, no hang, and the message says which."""
    server.answer("/feed", answer)

    async with asyncio.timeout(10):
        outcome = await fail(fetcher, server.url("/feed"))

    assert outcome.failure.kind == kind
    assert outcome.failure.detail.isprintable()


async def test_a_length_too_short_cuts_the_body_where_it_says(fetcher: Fetcher, server: Loopback) -> None:
    """What follows belongs to no answer; the connection is not used again."""
    server.answer("/feed", Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<rss>EXTRA"))

    assert (await get(fetcher, server.url("/feed"))).body == b"<rss>"


async def test_a_trickle_ends_at_the_deadline_while_others_go_on(fetcher: Fetcher, server: Loopback) -> None:
    """A byte now and then keeps every time-out but the total one from firing; the event loop stays free."""
    server.answer("/slow", trickle(pause_seconds=0.05))
    server.answer("/silent", Answer(delay_seconds=30))
    server.answer("/feed", Answer(body=feed()))
    turns = 0
    await get(fetcher, server.url("/feed"))  # what is loaded late is loaded now

    async def watch() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0.01)
            turns += 1

    watcher = asyncio.create_task(watch())
    slow, silent, good = await asyncio.gather(
        fail(fetcher, FeedConfig(server.url("/slow"), timeout_seconds=1)),
        fail(fetcher, FeedConfig(server.url("/silent"), timeout_seconds=1)),
        get(fetcher, server.url("/feed")),
    )
    watcher.cancel()

    assert (slow.failure.kind, silent.failure.kind, good.body) == ("timeout", "timeout", feed())
    assert turns > 10  # of a hundred; waiting for either server would leave one or two


async def test_a_slow_chain_of_redirects_has_one_deadline(fetcher: Fetcher, server: Loopback) -> None:
    """Ten hops of 59 seconds would be ten minutes."""
    for number in range(10):
        server.answer(f"/{number}", Answer(302, (("Location", f"/{number + 1}"),), delay_seconds=0.2))

    outcome = await fail(fetcher, FeedConfig(server.url("/0"), timeout_seconds=0.5))

    assert outcome.failure.kind == "timeout"
    assert len(server.requests) < 5


async def test_an_endless_error_page_is_read_no_further_than_its_beginning(fetcher: Fetcher, server: Loopback) -> None:
    """Of an error the first line is enough."""
    server.answer("/feed", Answer(500, pieces=_lines))

    outcome = await fail(fetcher, server.url("/feed"))

    assert (outcome.failure.kind, outcome.status, outcome.failure.snippet) == ("http_status", 500, "Sorry!")


def _lines() -> Iterator[bytes]:
    while True:
        yield b"\n  Sorry!\x1b \n" + b"x" * 50_000


async def test_other_feeds_finish_beside_a_bomb(fetcher: Fetcher, server: Loopback) -> None:
    """One publisher's trick is no other's trouble."""
    server.answer("/bomb", encoded("gzip", BOMB))
    server.answer("*", Answer(body=feed()))

    outcomes = await asyncio.gather(*(ask(fetcher, server.url(path)) for path in ("/bomb", "/1", "/2", "/bomb", "/3")))

    assert [type(outcome).__name__ for outcome in outcomes] == [
        "FetchFailed", "Fetched", "Fetched", "FetchFailed", "Fetched",
    ]  # fmt: skip


def test_bombs_are_stopped_early() -> None:
    """Measured in a process of its own: memory grows by less than 50 MB, and each bomb takes well under a second."""
    program = textwrap.dedent("""
        import asyncio, json, resource, time
        from reader.fetch.client import Fetcher
        from reader.model.feeds import FeedConfig, FeedState
        from tests.loopback import Answer, Loopback, bomb, endless, feed
        import gzip

        def peak_mb():
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

        async def main():
            packed = bomb(220)
            nested = gzip.compress(packed)
            coded = lambda name, body: Answer(headers=(("Content-Encoding", name),), body=body)
            with Loopback() as server:
                answers = {"/gzip": coded("gzip", packed), "/plain": Answer(body=packed), "/endless": endless(),
                           "/nested": coded("gzip, gzip", nested), "/once": coded("gzip", nested),
                           "/br": coded("br", nested), "/zstd": coded("zstd", nested)}
                server.answer("/feed", Answer(body=feed()))
                for path, answer in answers.items():
                    server.answer(path, answer)
                fetcher = Fetcher(environ={})
                ask = lambda path: fetcher.fetch(FeedConfig(server.url(path)), FeedState(), address=server.url(path))
                await ask("/feed")
                before, found = peak_mb(), {}
                for path in answers:
                    outcome = await ask(path)
                    kind = outcome.failure.kind if hasattr(outcome, "failure") else "fetched"
                    found[path] = kind
                print(json.dumps([peak_mb() - before, found]))

        asyncio.run(main())
    """)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    grown, found = json.loads(done.stdout)

    assert found == {
        "/gzip": "too_large", "/plain": "too_large", "/endless": "too_large", "/nested": "bad_encoding",
        "/once": "fetched", "/br": "bad_encoding", "/zstd": "bad_encoding",
    }  # fmt: skip
    assert grown < 50


class TestDecoder:
    def test_any_cut_of_the_stream_decodes_to_the_same(self) -> None:
        """A network delivers bytes in whatever pieces it likes."""
        body = feed(*map(str, range(50)))
        for packed in (gzip.compress(body), body, gzip.compress(body[:100]) + gzip.compress(body[100:]) + b"\0" * 9):
            for size in (1, 2, 3, 7, 4_096):
                decoder = BodyDecoder("" if packed is body else "gzip")
                for start in range(0, len(packed), size):
                    decoder.feed(packed[start : start + size])
                assert decoder.finish() == body

    @pytest.mark.parametrize("body", [b"", b"\x1f", b"<"])
    def test_the_shortest_bodies_are_bodies(self, body: bytes) -> None:
        """The first byte of gzip's mark alone is no gzip."""
        decoder = BodyDecoder("")
        decoder.feed(body)

        assert decoder.finish() == body

    def test_a_thousand_members_are_enough(self) -> None:
        """An empty member costs 20 bytes on the wire and a new decoder here."""
        decoder = BodyDecoder("gzip")

        with pytest.raises(FetchStoppedError):
            decoder.feed(gzip.compress(b"") * 2_000)


async def test_provisional_answers_without_end_are_cut(fetcher: Fetcher, server: Loopback) -> None:
    """Each is a head of its own, so that no bound on heads holds; reading them would go on for a minute."""
    early = b"HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n"
    server.answer("/many", Answer(raw=early * 100_000 + b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>"))
    server.answer("/some", Answer(raw=early * 10 + b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>"))

    assert (await fail(fetcher, server.url("/many"))).failure.kind == "too_large"
    assert (await get(fetcher, server.url("/some"))).body == b"<rss/>"
