"""A feed's own headers, login, name and proxy: sent where they belong and nowhere else."""

from __future__ import annotations

import base64
import socketserver
import sys
import threading
from collections.abc import Iterator

import pytest

from reader.fetch.addresses import parse_address
from reader.fetch.client import Fetcher
from reader.fetch.proxies import ProxyAddress, choose_proxy
from reader.fetch.stopping import FetchStoppedError
from reader.model.feeds import FeedConfig
from tests.loopback import Answer, Loopback, feed, redirect
from tests.unit.fetch.conftest import Clock, Town, at, fail, get


def prints(*lines: str) -> tuple[str, ...]:
    return sys.executable, "-c", ";".join(f"print({line!r})" for line in lines)


class TestLogin:
    @pytest.mark.parametrize(("auth", "expected"), [
        ("user:pä ss", b"Basic " + base64.b64encode("user:pä ss".encode())),
        ("bearer TOKEN.123", b"Bearer TOKEN.123"),
        ("Bearer  T ", b"Bearer T"),
    ])  # fmt: skip
    async def test_basic_and_bearer_are_sent(
        self, fetcher: Fetcher, server: Loopback, auth: str, expected: bytes
    ) -> None:
        """As the file has them."""
        server.answer("*", Answer(body=feed()))

        await get(fetcher, FeedConfig(server.url("/feed"), auth=auth))

        assert server.requests[0].all("Authorization") == [expected]

    async def test_a_login_in_the_address_is_sent_as_one(self, fetcher: Fetcher, server: Loopback) -> None:
        """And never in the request line, nor in what is remembered."""
        server.answer("*", Answer(body=feed()))

        outcome = await get(fetcher, server.url("/feed").replace("//", "//us%40er:secret@"))

        assert server.requests[0].header("Authorization") == b"Basic " + base64.b64encode(b"us@er:secret")
        assert (server.requests[0].path, outcome.url) == ("/feed", server.url("/feed"))

    async def test_a_command_prints_the_login_once(self, fetcher: Fetcher, server: Loopback) -> None:
        """It may ask for a password each time it runs."""
        server.answer("*", Answer(body=feed()))
        config = FeedConfig(server.url("/feed"), auth_command=prints("bearer T1", "a note"))

        for _ in range(2):
            await get(fetcher, config)

        assert [request.header("Authorization") for request in server.requests] == [b"Bearer T1"] * 2

    async def test_a_login_that_was_turned_down_is_asked_for_anew(
        self, fetcher: Fetcher, server: Loopback, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        """Tokens run out."""
        counter = tmp_path_factory.mktemp("auth") / "count"
        program = f"open({str(counter)!r}, 'a').write('x'); print('bearer T' + open({str(counter)!r}).read())"
        server.answer("*", Answer(401), Answer(body=feed()))
        config = FeedConfig(server.url("/feed"), auth_command=(sys.executable, "-c", program))

        assert (await fail(fetcher, config)).failure.kind == "unauthorized"
        await get(fetcher, config)

        assert [request.header("Authorization") for request in server.requests] == [b"Bearer Tx", b"Bearer Txx"]

    @pytest.mark.parametrize("command", [
        ("/nowhere/at-all",), (sys.executable, "-c", "import sys; print('secret'); sys.exit(3)"),
        (sys.executable, "-c", ""),
    ])  # fmt: skip
    async def test_a_command_that_fails_is_that_feeds_error(
        self, fetcher: Fetcher, server: Loopback, command: tuple[str, ...]
    ) -> None:
        """Nothing is sent, and nothing it printed is told."""
        outcome = await fail(fetcher, FeedConfig(server.url("/feed"), auth_command=command))

        assert outcome.failure.kind == "command"
        assert "secret" not in repr(outcome)
        assert server.requests == []

    async def test_a_command_that_hangs_does_not_hold_the_feed_longer_than_its_time(
        self, fetcher: Fetcher, server: Loopback
    ) -> None:
        """The total time includes it; the process is ended."""
        command = (sys.executable, "-c", "import time; time.sleep(20)")

        outcome = await fail(fetcher, FeedConfig(server.url("/feed"), auth_command=command, timeout_seconds=0.5))

        assert outcome.failure.kind == "timeout"


class TestHeaders:
    async def test_own_headers_and_name_are_sent(self, fetcher: Fetcher, server: Loopback) -> None:
        """A site may want a key, or another name than ours."""
        server.answer("*", Answer(body=feed()))
        own = (("X-Key", "kunci é"), ("Accept", "application/xml"), ("Cookie", "consent=1"))

        await get(fetcher, FeedConfig(server.url("/feed"), headers=own, user_agent="Tamu/1.0"))

        (request,) = server.requests
        assert request.header("X-Key") == "kunci é".encode()
        assert (request.all("Accept"), request.all("Cookie")) == ([b"application/xml"], [b"consent=1"])
        assert request.all("User-Agent") == [b"Tamu/1.0"]

    async def test_what_would_break_the_message_stays_ours(self, fetcher: Fetcher, server: Loopback) -> None:
        """Bounded decoding and validators rest on these."""
        server.answer("*", Answer(body=feed()))
        own = tuple((name, "x") for name in ("Host", "Accept-Encoding", "Content-Length", "If-None-Match", "Range"))

        await get(fetcher, FeedConfig(server.url("/feed"), headers=own))

        (request,) = server.requests
        assert request.all("Host") == [f"127.0.0.1:{server.port}".encode()]
        assert request.all("Accept-Encoding") == [b"gzip"]
        assert request.header("Content-Length") is request.header("If-None-Match") is request.header("Range") is None

    @pytest.mark.parametrize(
        "field", [("X\nY", "a"), ("X", "a\r\nHost: b"), ("X", "\x00"), ("", "a"), ("é", "a"), ("X", "\ud800")]
    )
    async def test_a_header_that_cannot_be_sent_is_that_feeds_error(
        self, fetcher: Fetcher, server: Loopback, field: tuple[str, str]
    ) -> None:
        """A line break would be a second header."""
        outcome = await fail(fetcher, FeedConfig(server.url("/feed"), headers=(field,)))

        assert outcome.failure.kind == "bad_url"
        assert server.requests == []

    async def test_login_and_headers_stay_with_the_subscribed_server(
        self, fetcher: Fetcher, public: Loopback, town: Town
    ) -> None:
        """A redirect elsewhere takes nothing along; nor does an article's page on another host."""
        with Loopback(host="127.0.0.3") as other:
            town.names["other.example"] = ["127.0.0.3"]
            public.answer("/old", redirect("/moved"))
            public.answer("/moved", redirect(at(other, host="other.example")))
            other.answer("*", Answer(body=feed()))
            config = FeedConfig(at(public, "/old"), auth="user:pass", headers=(("X-Key", "k"),), user_agent="Tamu/1.0")

            await get(fetcher, config)
            await fetcher.page(at(other, "/article", host="other.example"), config=config)

        assert all(request.header("Authorization") and request.header("X-Key") for request in public.requests)
        assert len(other.requests) == 2
        for request in other.requests:
            assert request.header("Authorization") is None
            assert request.header("X-Key") is None
            assert request.header("User-Agent") == b"Tamu/1.0"


class _Socks(socketserver.BaseRequestHandler):
    """A SOCKS5 proxy that knows one thing: to answer as the feed itself."""

    def handle(self) -> None:
        self.request.recv(100)
        self.request.sendall(b"\x05\x00")
        greeting = self.request.recv(300)
        self.server.asked.append(greeting)  # type: ignore[attr-defined]  # ours, set below
        self.request.sendall(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        self.request.recv(65_536)
        body = feed()
        self.request.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))


@pytest.fixture
def socks() -> Iterator[socketserver.ThreadingTCPServer]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Socks) as server:
        server.asked = []  # type: ignore[attr-defined]  # what was asked of it
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


class TestProxies:
    async def test_an_http_proxy_is_asked_for_the_whole_address(self, fetcher: Fetcher, server: Loopback) -> None:
        """It resolves the name itself; its own login goes to it alone."""
        server.answer("*", Answer(body=feed()))
        proxy = server.url("").replace("//", "//me:hush@")

        await get(fetcher, FeedConfig("http://news.example/feed?a=/../b", proxy=proxy))

        (request,) = server.requests
        assert request.path == "http://news.example/feed?a=/../b"
        assert request.header("Proxy-Authorization") == b"Basic " + base64.b64encode(b"me:hush")
        assert request.header("Host") == b"news.example"

    async def test_a_socks_proxy_resolves_the_name(
        self, fetcher: Fetcher, socks: socketserver.ThreadingTCPServer, town: Town
    ) -> None:
        """As an onion service needs it."""
        proxy = f"socks5://127.0.0.1:{socks.server_address[1]}"

        assert (await get(fetcher, FeedConfig("http://hidden.onion/feed", proxy=proxy))).body == feed()

        assert b"hidden.onion" in socks.asked[0]  # type: ignore[attr-defined]  # ours
        assert town.asked == []

    @pytest.mark.parametrize(
        "proxy", ["ftp://127.0.0.1:1", "http://127.0.0.1:1", "socks5://127.0.0.1:1", "http://[", "x:y:z"]
    )
    async def test_a_proxy_that_does_not_serve_is_told(self, fetcher: Fetcher, proxy: str) -> None:
        """And not taken for the feed's failure."""
        outcome = await fail(fetcher, FeedConfig("http://news.example/feed", proxy=proxy))

        assert outcome.failure.kind == "proxy"

    async def test_a_socks_proxy_that_talks_nonsense_is_told(self, fetcher: Fetcher, server: Loopback) -> None:
        """The library below checks its words with assert."""
        outcome = await fail(
            fetcher, FeedConfig("http://news.example/", proxy=f"socks5://127.0.0.1:{server.port}", timeout_seconds=2)
        )

        assert outcome.failure.kind in {"proxy", "timeout"}

    async def test_through_a_proxy_too_nothing_leads_inside(self, fetcher: Fetcher, server: Loopback) -> None:
        """What can be told from the address is refused before the proxy hears of it."""
        server.answer("*", redirect("http://127.0.0.1/admin"))

        outcome = await fail(fetcher, FeedConfig("http://news.example/feed", proxy=server.url("")))

        assert outcome.failure.kind == "forbidden_address"
        assert len(server.requests) == 1

    async def test_the_environments_proxy_is_obeyed_on_purpose(
        self, town: Town, clock: Clock, server: Loopback, public: Loopback
    ) -> None:
        """But for this machine, and what NO_PROXY names."""
        server.answer("*", Answer(body=feed()))
        public.answer("*", Answer(body=feed()))
        environ = {"HTTP_PROXY": server.url(""), "no_proxy": "news.example"}
        fetcher = Fetcher(now=clock, network=town, environ=environ)

        for url in ("http://far.example/feed", at(public), server.url("/own")):
            await get(fetcher, url)

        assert [request.path for request in server.requests] == ["http://far.example/feed", "/own"]
        assert len(public.requests) == 1

    @pytest.mark.parametrize(("environ", "expected"), [
        ({}, None),
        ({"http_proxy": "proxy:3128"}, ProxyAddress("http", "proxy", 3128)),
        ({"HTTPS_PROXY": "http://proxy"}, None),
        ({"ALL_PROXY": "socks5h://u:p%40@proxy"}, ProxyAddress("socks5", "proxy", 1080, ("u", "p@"))),
        ({"http_proxy": "a", "HTTP_PROXY": "b"}, ProxyAddress("http", "a", 80)),
        ({"http_proxy": "a", "NO_PROXY": "*"}, None),
        ({"http_proxy": "a", "NO_PROXY": " .example , x"}, None),
        ({"http_proxy": "a", "NO_PROXY": "news.example:80"}, None),
        ({"http_proxy": "a", "NO_PROXY": "news.example:81,ews.example,10.0.0.0/8"}, ProxyAddress("http", "a", 80)),
    ])  # fmt: skip
    def test_the_environment_is_read_as_others_read_it(
        self, environ: dict[str, str], expected: ProxyAddress | None
    ) -> None:
        """Small letters before capitals, suffixes by whole labels."""
        address = parse_address("http://news.example/")
        assert address is not None

        assert choose_proxy("", address, environ) == expected

    def test_networks_may_be_exempt(self) -> None:
        """``NO_PROXY=192.168.0.0/16`` is what people write for their own."""
        address = parse_address("http://192.168.3.4/")
        assert address is not None

        assert choose_proxy("", address, {"all_proxy": "a", "no_proxy": "192.168.0.0/16"}) is None
        with pytest.raises(FetchStoppedError):
            choose_proxy("ftp://x", address, {})
