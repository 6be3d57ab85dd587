"""Whom a feed may lead to: the public; the reader's own network only by the reader's own word."""

from __future__ import annotations

import asyncio
import threading

import pytest

from reader.fetch.addresses import Policy, is_own_name, is_public_address, parse_address
from reader.fetch.client import Fetcher
from reader.fetch.connecting import CheckedBackend, Memory
from reader.fetch.network import SystemNetwork
from reader.fetch.stopping import FetchStoppedError
from reader.model.feeds import FeedConfig, FeedState
from reader.model.fetching import Fetched, FetchFailed
from tests.loopback import Answer, Loopback, feed, redirect
from tests.unit.fetch.conftest import Town, ask, at, fail, get

PRIVATE = [
    "127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1", "240.0.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1",
    "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::10.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2002:c0a8:101::1", "100::1", "nonsense", "",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_known_in_all_their_forms(address: str) -> None:
    """An IPv4 address wrapped in an IPv6 one reaches the same machine."""
    assert not is_public_address(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_public(address: str) -> None:
    """Also behind NAT64, where an IPv6-only network sees all of IPv4."""
    assert is_public_address(address)


def test_names_of_ones_own_network_are_known_by_their_form() -> None:
    """No public name is without a dot, and these endings are reserved."""
    assert all(map(is_own_name, ["localhost", "nas", "nas.local", "rss.lan", "a.b.home.arpa", "x.internal", "x.test."]))
    assert not any(map(is_own_name, ["rri.co.id", "local.example", "10.0.0.1", "::1", "localhost.example"]))


@pytest.mark.parametrize("target", [
    "http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://[::1]:{port}/", "http://[::ffff:127.0.0.1]:{port}/",
    "http://10.0.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/", "http://0.0.0.0:{port}/",
    "http://2130706433:{port}/", "http://0x7f.1:{port}/", "http://127.1:{port}/", "http://nas/", "http://nas.lan/",
    "http://inside.example:{port}/", "http://[64:ff9b::7f00:1]:{port}/", "http://a:b@127.0.0.1:{port}/",
])  # fmt: skip
@pytest.mark.parametrize("status", [301, 302])
async def test_a_public_feed_does_not_lead_inside(
    fetcher: Fetcher, public: Loopback, server: Loopback, town: Town, target: str, status: int
) -> None:
    """The services of one's own machine trust whoever can reach them; no connection is even opened."""
    own = ("localhost", "2130706433", "0x7f.1", "127.1", "nas", "nas.lan", "inside.example")
    town.names.update({name: ["127.0.0.1"] for name in own})
    public.answer("/feed", redirect(target.format(port=server.port), status))

    outcome = await fail(fetcher, at(public))

    assert outcome.failure.kind == "forbidden_address"
    assert server.connections == 0


async def test_nor_does_it_through_a_public_hop(fetcher: Fetcher, public: Loopback, server: Loopback) -> None:
    """Every hop is checked, not only the first."""
    public.answer("/feed", redirect("/hop"))
    public.answer("/hop", redirect(server.url("/")))

    assert (await fail(fetcher, at(public))).failure.kind == "forbidden_address"
    assert server.connections == 0


async def test_of_two_addresses_only_the_public_one_is_used(
    fetcher: Fetcher, public: Loopback, server: Loopback, town: Town
) -> None:
    """What is checked is what is connected to, so the private half of a name is out of reach."""
    public.answer("/feed", Answer(body=feed()))
    town.names["news.example"] = ["127.0.0.1", "127.0.0.2"]

    await get(fetcher, at(public))

    assert server.connections == 0


async def test_a_name_that_changes_its_mind_does_not_get_in(
    fetcher: Fetcher, public: Loopback, server: Loopback, town: Town
) -> None:
    """DNS rebinding: public when subscribed, private when asked again, also on a connection of its own."""
    public.answer("/feed", Answer(body=feed()))
    rebinding = f"http://news.example:{server.port}/"
    town.answers["news.example"] = [["127.0.0.2"], ["127.0.0.1"], ["10.0.0.1"]]

    await get(fetcher, at(public))
    outcomes = [await fail(fetcher, rebinding), await fail(fetcher, rebinding)]

    assert [outcome.failure.kind for outcome in outcomes] == ["forbidden_address"] * 2
    assert server.connections == 0


async def test_a_public_looking_name_never_means_this_machine(fetcher: Fetcher, server: Loopback, town: Town) -> None:
    """Nor the metadata service of a cloud, even as subscribed: nobody needs it, attackers do."""
    town.names["metadata.example"] = ["169.254.169.254"]
    town.names["self.example"] = ["127.0.0.1"]

    for host in ("metadata.example", "self.example"):
        outcome = await fail(fetcher, server.url("/", host=host))
        assert outcome.failure.kind == "forbidden_address"
    assert server.connections == 0


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "nas", "nas.lan"])
async def test_what_the_user_typed_himself_is_allowed(
    fetcher: Fetcher, server: Loopback, town: Town, host: str
) -> None:
    """A feed on one's own network is a feed, redirects inside it too."""
    town.names.update({name: ["127.0.0.1"] for name in ("localhost", "nas", "nas.lan")})
    server.answer("/old", redirect(server.url("/feed", host="nas")))
    server.answer("/feed", Answer(body=feed()))

    await get(fetcher, server.url("/old", host=host))


async def test_a_feed_of_ones_own_may_lead_out_but_not_back_in(
    fetcher: Fetcher, public: Loopback, server: Loopback
) -> None:
    """Once a public server has spoken, its word counts no more than any other's."""
    server.answer("/feed", redirect(at(public)))
    public.answer("/feed", redirect(server.url("/inside")))

    assert (await fail(fetcher, server.url("/feed"))).failure.kind == "forbidden_address"
    assert [request.path for request in server.requests] == ["/feed"]


async def test_a_connection_of_a_trusted_feed_serves_no_other(
    fetcher: Fetcher, public: Loopback, server: Loopback
) -> None:
    """A redirect to a host that happens to have an open connection would need no new one to be checked."""
    server.answer("*", Answer(body=feed()))
    public.answer("/feed", redirect(server.url("/secret")))
    under_way = threading.Event()
    server.answer("/slow", Answer(body=feed(), hold=under_way))
    slow = asyncio.create_task(ask(fetcher, server.url("/slow")))  # while it lasts, connections stay open
    await get(fetcher, server.url("/feed"))

    outcome = await fail(fetcher, at(public))

    under_way.set()
    await slow
    assert outcome.failure.kind == "forbidden_address"
    assert server.received("/secret") == []


async def test_an_adopted_address_is_a_servers_word(fetcher: Fetcher, server: Loopback, public: Loopback) -> None:
    """What the database says about where to ask came from outside."""
    outcome = await fetcher.fetch(FeedConfig(at(public)), FeedState(), address=server.url("/feed"))

    assert isinstance(outcome, FetchFailed)
    assert outcome.failure.kind == "forbidden_address"


class TestPages:
    async def test_a_page_of_a_public_feed_must_be_public(
        self, fetcher: Fetcher, public: Loopback, server: Loopback
    ) -> None:
        """An article's link is a stranger's word too."""
        public.answer("/article", Answer(body=b"<html>"))
        server.answer("/article", Answer(body=b"<html>"))
        config = FeedConfig(at(public))

        assert isinstance(await fetcher.page(at(public, "/article"), config=config), Fetched)
        for outcome in (
            await fetcher.page(server.url("/article"), config=config),
            await fetcher.page(server.url("/article")),
        ):
            assert isinstance(outcome, FetchFailed)
            assert outcome.failure.kind == "forbidden_address"
        assert server.connections == 0

    async def test_a_page_of_ones_own_feed_may_stand_beside_it(self, fetcher: Fetcher, server: Loopback) -> None:
        """The same host the user wrote himself."""
        server.answer("/article", Answer(body=b"<html>"))

        outcome = await fetcher.page(server.url("/article"), config=FeedConfig(server.url("/feed")))

        assert isinstance(outcome, Fetched)
        assert server.requests[0].header("Accept") == b"text/html, application/xhtml+xml, */*;q=0.5"


class TestParsing:
    def test_an_address_comes_apart(self) -> None:
        """The pieces a request is made of, secrets apart."""
        address = parse_address(" HTTPS://us%40er:pass@News.Example/a%2Fb?q#x ")

        assert address is not None
        assert address.url == "https://news.example/a%2Fb?q"
        assert address.origin == ("https", "news.example", 443)
        assert (address.target, address.credentials) == (b"/a%2Fb?q", "us@er:pass")

    @pytest.mark.parametrize(
        "url", ["", "http://", "http://[::1", "feed.xml", "http://\x1b[31m/", "http://a/" + "b" * 100_000]
    )
    def test_what_cannot_be_asked_is_no_address(self, url: str) -> None:
        """None, not an exception."""
        assert parse_address(url) is None


class TestPolicies:
    """The check itself, on addresses no test can connect to."""

    @staticmethod
    def admitted(policy: Policy, addresses: list[str], memory: Memory | None = None) -> list[str]:
        return CheckedBackend(SystemNetwork(), policy, memory or Memory())._admitted("news.example", addresses)

    def test_a_name_server_of_ones_own_may_know_a_name_as_private(self) -> None:
        """Companies and homes do so; but never for what was public before."""
        memory = Memory()
        assert self.admitted("typed", ["10.0.0.5", "192.168.0.5"], memory) == ["10.0.0.5", "192.168.0.5"]

        memory.reached("news.example")
        with pytest.raises(FetchStoppedError):
            self.admitted("typed", ["10.0.0.5"], memory)

    @pytest.mark.parametrize(
        "address", ["127.0.0.1", "169.254.169.254", "0.0.0.0", "::1", "fe80::1", "::ffff:127.0.0.1"]
    )
    @pytest.mark.parametrize("policy", ["typed", "guarded"])
    def test_nobody_but_the_user_means_this_machine(self, policy: Policy, address: str) -> None:
        """Nor the link it hangs on, where clouds keep their secrets."""
        with pytest.raises(FetchStoppedError):
            self.admitted(policy, [address])

    def test_families_take_turns(self) -> None:
        """A broken IPv6 costs a quarter of a second, not ten (RFC 8305 §4)."""
        found = self.admitted("guarded", ["2606:4700::1", "2606:4700::2", "8.8.8.8", "10.0.0.1", "8.8.4.4"])

        assert found == ["2606:4700::1", "8.8.8.8", "2606:4700::2", "8.8.4.4"]


@pytest.mark.parametrize("login", ["siti:pa[ss", "siti:pa]ss", "[", "siti:[::1]"])
def test_a_login_may_have_brackets(login: str) -> None:
    """One such address in feeds.toml must not end the whole refresh."""
    address = parse_address(f"http://{login}@kabar.example/rss")

    assert address is not None
    assert (address.host, address.url, address.credentials) == ("kabar.example", "http://kabar.example/rss", login)
