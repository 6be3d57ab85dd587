"""Every way a fetch fails is a value with a kind, and a secret is in none of them."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from pathlib import Path

import pytest

from reader.fetch.client import Fetcher
from reader.fetch.network import SystemNetwork
from reader.fetch.threads import in_thread
from reader.model.feeds import FailureKind, FeedConfig, FeedState
from tests.loopback import Answer, Loopback, Received, feed
from tests.unit.fetch.conftest import Clock, Town, ask, at, fail, get

CERTIFICATE = Path(__file__).with_name("certificate.pem")


@pytest.mark.parametrize("url", [
    "", "feed.xml", "http://", "http://[::1", "http://a\x1b[31m/", "http://a b/", "file:///etc/passwd", "http://a:0x1/",
    "http://" + "a" * 300 + ".example/", "https://a.example/" + "b" * 100_000, "http://a..b/", "ftp://a.example/",
    "http://\ud800.example/", "javascript:alert(1)", "http://a.example:99999/",
])  # fmt: skip
async def test_an_impossible_address_is_that_feeds_error(fetcher: Fetcher, url: str) -> None:
    """httpx raises four unrelated exceptions for these; one bad line must not end the batch."""
    outcome = await fail(fetcher, url)

    assert outcome.failure.kind == "bad_url"
    assert outcome.url.isprintable()


async def test_a_batch_with_impossible_addresses_completes(fetcher: Fetcher, server: Loopback) -> None:
    """The good feed comes through."""
    server.answer("/feed", Answer(body=feed()))
    urls = ["http://xn--a/", "http://[::1", "http://\x1b/", "", "http://a/" + "b" * 100_000, server.url("/feed")]

    outcomes = await asyncio.gather(*(ask(fetcher, url) for url in urls))

    assert [type(outcome).__name__ for outcome in outcomes] == ["FetchFailed"] * 5 + ["Fetched"]


@pytest.mark.parametrize(("status", "kind"), [
    (400, "http_status"), (401, "unauthorized"), (403, "blocked"), (404, "not_found"), (410, "gone"),
    (429, "rate_limited"), (500, "http_status"), (503, "http_status"), (204, "http_status"), (206, "http_status"),
    (300, "http_status"), (304, "http_status"), (451, "http_status"),
])  # fmt: skip
async def test_each_status_has_its_kind(fetcher: Fetcher, server: Loopback, status: int, kind: FailureKind) -> None:
    """What to do next differs: wait, log in, remove, look for another address."""
    server.answer("/feed", Answer(status, body=b"" if status in {204, 304} else b"\n\n No.\x1b[31m\nmore"))

    outcome = await fail(fetcher, server.url("/feed"))

    assert (outcome.failure.kind, outcome.status) == (kind, status)
    assert outcome.failure.detail.startswith(str(status))
    assert outcome.failure.snippet in {"No.[31m", ""}


@pytest.mark.parametrize(("status", "headers", "body"), [
    (403, (("cf-mitigated", "challenge"),), b""),
    (503, (("Server", "cloudflare"),), b"<html><title>Just a moment...</title>"),
    (403, (), b"<!DOCTYPE html><title>Attention Required! | Cloudflare</title>"),
    (429, (), b"<script src='/cdn-cgi/challenge-platform/h/b'>"),
])  # fmt: skip
async def test_a_cloudflare_challenge_is_told_as_such(
    fetcher: Fetcher, server: Loopback, status: int, headers: tuple[tuple[str, str], ...], body: bytes
) -> None:
    """It is neither an outage nor a matter of patience."""
    server.answer("/feed", Answer(status, headers, body))

    outcome = await fail(fetcher, server.url("/feed"))

    assert outcome.failure.kind == "blocked"
    assert outcome.failure.detail == f"Cloudflare challenge ({status})"


async def test_of_a_web_page_the_title_is_told(fetcher: Fetcher, server: Loopback) -> None:
    """``<!DOCTYPE html>`` tells nobody anything."""
    server.answer("/feed", Answer(500, body=b"<!DOCTYPE html>\n<html><head><title>\n Wartung\t</title>"))

    assert (await fail(fetcher, server.url("/feed"))).failure.snippet == "Wartung"


class TestNetwork:
    async def test_an_unknown_name_is_told(self, fetcher: Fetcher, town: Town) -> None:
        """The domain is gone, or mistyped."""
        outcome = await fail(fetcher, "http://nowhere.example/feed")

        assert (outcome.failure.kind, outcome.failure.detail) == ("dns", "nowhere.example")

    async def test_a_closed_port_is_told(self, fetcher: Fetcher) -> None:
        """Nobody listens there."""
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]

        assert (await fail(fetcher, f"http://127.0.0.1:{port}/")).failure.kind == "refused"

    async def test_without_a_way_out_we_are_offline(self, fetcher: Fetcher, town: Town) -> None:
        """Then no feed is to blame."""
        town.route = False

        assert (await fail(fetcher, "http://news.example/")).failure.kind == "offline"

    async def test_when_no_name_resolves_we_are_offline(self, fetcher: Fetcher, town: Town, public: Loopback) -> None:
        """A name server out of reach looks like a broken name, until a good name fails too."""
        public.answer("/feed", Answer(body=feed()))
        await get(fetcher, at(public))
        town.no_server = True

        assert (await fail(fetcher, "http://other.example/")).failure.kind == "offline"

    async def test_a_name_whose_server_fails_is_its_own_trouble(
        self, fetcher: Fetcher, town: Town, public: Loopback
    ) -> None:
        """Else a dead domain would count as no network for ever."""

        class Half(Town):
            async def resolve(self, host: str, port: int) -> list[str]:
                if host == "broken.example":
                    raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
                return ["127.0.0.2"]

        fetcher = Fetcher(network=Half(), environ={})
        public.answer("/feed", Answer(body=feed()))
        await get(fetcher, at(public))

        assert (await fail(fetcher, "http://broken.example/")).failure.kind == "dns"

    async def test_a_second_address_serves_when_the_first_does_not(
        self, fetcher: Fetcher, town: Town, public: Loopback
    ) -> None:
        """As with a host whose IPv6 is broken."""
        public.answer("/feed", Answer(body=feed()))
        town.names["news.example"] = ["2606:4700::1111", "127.0.0.9", "127.0.0.2"]

        async with asyncio.timeout(5):
            await get(fetcher, at(public))

    async def test_a_host_with_addresses_out_of_reach_is_told(self, fetcher: Fetcher, town: Town) -> None:
        """IPv6 only, from a machine without: a way out there is, but none to there."""
        town.names["six.example"] = ["2606:4700::1111"]

        outcome = await fail(fetcher, FeedConfig("http://six.example/", timeout_seconds=2))

        assert outcome.failure.kind in {"connection", "timeout", "refused"}
        assert "six.example" in outcome.failure.detail

    async def test_the_systems_own_network_answers(self) -> None:
        """The real implementation keeps the same promises."""
        network = SystemNetwork()

        assert set(await network.resolve("localhost", 80)) <= {"127.0.0.1", "::1"}
        with pytest.raises(socket.gaierror):
            await network.resolve("nowhere.invalid", 80)
        assert isinstance(network.has_route(), bool)
        assert not network.is_public("127.0.0.1")


def trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(CERTIFICATE))


@pytest.fixture
def secure(town: Town) -> Loopback:
    """A public server with a certificate for ``news.example``."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    town.names.update({"news.example": ["127.0.0.4"], "other.example": ["127.0.0.4"]})
    return Loopback(host="127.0.0.4", tls=context)


class TestTls:
    async def test_the_name_is_verified_and_not_the_address(self, town: Town, clock: Clock, secure: Loopback) -> None:
        """We connect to a checked address; the certificate must still be the host's."""
        fetcher = Fetcher(now=clock, network=town, environ={}, spacing_seconds=0, make_tls=trusting)
        with secure as server:
            server.answer("/feed", Answer(body=feed()))

            await get(fetcher, server.url("/feed", host="news.example"))
            wrong = await fail(fetcher, server.url("/feed", host="other.example"))

        assert wrong.failure.kind == "tls"
        assert "other.example" in wrong.failure.detail

    async def test_a_certificate_nobody_vouches_for_is_refused(self, fetcher: Fetcher, secure: Loopback) -> None:
        """Self-signed: told with the library's words."""
        with secure as server:
            outcome = await fail(fetcher, server.url("/feed", host="news.example"))

        assert outcome.failure.kind == "tls"
        assert "self-signed" in outcome.failure.detail

    async def test_a_server_without_tls_is_told(self, fetcher: Fetcher, public: Loopback) -> None:
        """https in the address, http on the wire."""
        outcome = await fail(fetcher, at(public).replace("http:", "https:"))

        assert outcome.failure.kind in {"tls", "connection"}


class TestCancelling:
    @pytest.mark.parametrize("path", ["/silent", "/trickle"])
    async def test_a_fetch_ends_at_once_and_leaves_nothing(
        self, fetcher: Fetcher, server: Loopback, town: Town, path: str
    ) -> None:
        """Quitting waits for no server; no task and no connection stays behind."""
        server.answer("/silent", Answer(delay_seconds=30))
        server.answer("/trickle", Answer(pieces=lambda: iter([b"x"] * 1_000), pause_seconds=0.05))
        before = asyncio.all_tasks()
        fetches = [asyncio.create_task(ask(fetcher, server.url(path))) for _ in range(20)]
        await asyncio.sleep(0.2)

        begun = asyncio.get_running_loop().time()
        for fetch in fetches:
            fetch.cancel()
        outcomes = await asyncio.gather(*fetches, return_exceptions=True)

        assert asyncio.get_running_loop().time() - begun < 5  # of 30
        assert {type(outcome) for outcome in outcomes} == {asyncio.CancelledError}
        await asyncio.sleep(0)
        assert asyncio.all_tasks() == before

    async def test_a_name_server_that_does_not_answer_holds_nobody_up(self, clock: Clock) -> None:
        """The system's resolver cannot be interrupted, so it is left behind."""

        released = threading.Event()

        class Deaf(SystemNetwork):
            async def resolve(self, host: str, port: int) -> tuple[str, ...]:
                await in_thread(lambda: released.wait(10))
                return ()

        fetcher = Fetcher(now=clock, network=Deaf(), environ={})
        fetch = asyncio.create_task(ask(fetcher, "http://news.example/"))
        await asyncio.sleep(0.3)
        fetch.cancel()

        async with asyncio.timeout(5):
            with pytest.raises(asyncio.CancelledError):
                await fetch
        released.set()

    async def test_after_a_cancel_the_fetcher_still_serves(self, fetcher: Fetcher, public: Loopback) -> None:
        """The turn at the host is given back."""
        public.answer("/slow", Answer(delay_seconds=30))
        public.answer("/feed", Answer(body=feed()))
        fetch = asyncio.create_task(ask(fetcher, at(public, "/slow")))
        await asyncio.sleep(0.1)
        fetch.cancel()

        async with asyncio.timeout(15):
            await get(fetcher, at(public))


class TestSecrets:
    async def test_what_a_server_repeats_is_covered(self, fetcher: Fetcher, server: Loopback) -> None:
        """Some error pages print the whole request."""

        def echo(request: Received) -> Answer:
            return Answer(500, body=b" ".join(value for _, value in request.headers[::-1]) + request.path.encode())

        server.answer("*", echo)
        config = FeedConfig(
            server.url("/feed?token=hush-query").replace("//", "//user:hush-url@"), headers=(("X-Key", "hush-header"),),
            auth="bearer hush-bearer",
        )  # fmt: skip

        outcome = await fail(fetcher, config)

        assert "Warta" in outcome.failure.snippet
        assert "hus" not in repr(outcome.failure)
        assert "hush-url" not in repr(outcome)

    async def test_the_log_tells_no_address(
        self, fetcher: Fetcher, server: Loopback, caplog: pytest.LogCaptureFixture
    ) -> None:
        """httpx logs each address, httpcore each field; both stay silent."""
        caplog.set_level("DEBUG")
        server.answer("*", Answer(body=feed()))

        await get(fetcher, FeedConfig(server.url("/feed?token=hush"), auth="user:hush"))

        assert [record for record in caplog.records if record.name.startswith(("http", "reader"))] == []


async def test_no_failure_is_an_exception(fetcher: Fetcher) -> None:
    """Whatever a state or an address holds, the batch goes on."""
    outcome = await fetcher.fetch(FeedConfig("http://nowhere.example/"), FeedState(), address="http://[")

    assert type(outcome).__name__ == "FetchFailed"
