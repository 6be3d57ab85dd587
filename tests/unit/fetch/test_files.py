"""Files that come with an article: streamed, however large, under the rules all requests obey."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from reader.fetch.client import Fetcher
from reader.fetch.receiving import Beginning
from reader.model.feeds import FeedConfig
from reader.model.fetching import Fetched, FetchFailed
from tests.loopback import Answer, Loopback, gzipped, redirect
from tests.unit.fetch.conftest import at


class Box:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.beginning: Beginning | None = None
        self.content = b""
        self.came = asyncio.Event()

    async def begin(self, beginning: Beginning) -> None:
        self.beginning = beginning

    async def take(self, piece: bytes) -> None:
        self.content += piece
        self.came.set()


async def test_a_file_comes_piece_by_piece_as_it_is(fetcher: Fetcher, public: Loopback) -> None:
    """Larger than any feed may be; a gzip file stays one."""
    body = b"\x1f\x8b" + b"suara" * 4_000_000
    public.answer("/ep.mp3", redirect("/cdn/ep.mp3"))
    headers = (("Content-Type", "audio/mpeg"), ("Content-Disposition", 'attachment; filename="pagi.mp3"'))
    public.answer("/cdn/ep.mp3", Answer(headers=headers, body=body))
    box = Box()

    outcome = await fetcher.file(at(public, "/ep.mp3"), box)

    assert isinstance(outcome, Fetched)
    assert outcome.body == b""
    assert box.content == body
    assert box.beginning == Beginning(
        at(public, "/cdn/ep.mp3"), "audio/mpeg", 'attachment; filename="pagi.mp3"', len(body)
    )
    request = public.received("/cdn/ep.mp3")[0]
    assert (request.header("Accept"), request.header("Accept-Encoding")) == (b"*/*", b"identity")


async def test_an_error_is_no_file(fetcher: Fetcher, public: Loopback) -> None:
    """“Not found” in place of an episode would be saved as one."""
    public.answer("/ep.mp3", Answer(404, body=b"<h1>not here</h1>"))
    box = Box()

    outcome = await fetcher.file(at(public, "/ep.mp3"), box)

    assert isinstance(outcome, FetchFailed)
    assert outcome.failure.kind == "not_found"
    assert box.beginning is None


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer(headers=(("Content-Length", "9"),), body=b"half", is_bare=True), "truncated"),
        (gzipped(Answer(body=b"x" * 99)), "bad_encoding"),
    ],
)
async def test_what_is_not_whole_is_told(fetcher: Fetcher, public: Loopback, answer: Answer, kind: str) -> None:
    """Half an episode must not look like one."""
    public.answer("/ep.mp3", answer)

    outcome = await fetcher.file(at(public, "/ep.mp3"), Box())

    assert isinstance(outcome, FetchFailed)
    assert outcome.failure.kind == kind


async def test_a_file_of_a_stranger_lies_in_no_private_network(
    fetcher: Fetcher, public: Loopback, server: Loopback
) -> None:
    """A feed could have the reader's own router asked."""
    server.answer("/secret", Answer(body=b"x"))
    public.answer("/ep.mp3", redirect(server.url("/secret")))
    for url in (server.url("/secret"), at(public, "/ep.mp3")):
        outcome = await fetcher.file(url, Box(), config=FeedConfig(at(public)))
        assert isinstance(outcome, FetchFailed)
        assert outcome.failure.kind == "forbidden_address"
    assert server.requests == []

    box = Box()
    assert isinstance(await fetcher.file(server.url("/secret"), box, config=FeedConfig(server.url("/feed"))), Fetched)
    assert box.content == b"x"


async def test_a_long_file_holds_nobody_up(fetcher: Fetcher, public: Loopback) -> None:
    """An article's page is wanted while an episode of the same host comes in."""
    more = threading.Event()

    def pieces() -> Iterator[bytes]:
        yield b"one"
        more.wait(20)
        yield b"two"

    public.answer("/ep.mp3", Answer(pieces=pieces))
    public.answer("/page", Answer(body=b"page"))
    box = Box()
    task = asyncio.create_task(fetcher.file(at(public, "/ep.mp3"), box))
    await box.came.wait()

    assert isinstance(await fetcher.page(at(public, "/page")), Fetched)
    more.set()
    assert isinstance(await task, Fetched)
    assert box.content == b"onetwo"


async def test_what_the_receiver_raises_ends_it(fetcher: Fetcher, public: Loopback) -> None:
    """The disk is full: no use to go on."""

    class Full(Box):
        async def take(self, piece: bytes) -> None:
            raise InterruptedFileError

    public.answer("/ep.mp3", Answer(body=b"x"))
    with pytest.raises(InterruptedFileError):
        await fetcher.file(at(public, "/ep.mp3"), Full())


class InterruptedFileError(Exception):
    """Something of the receiver's own."""
