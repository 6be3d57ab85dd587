"""From a site's address to its feed, over real HTTP."""

from __future__ import annotations

import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.core.discover import MAX_REQUESTS, discover_alone
from reader.fetch.network import SystemNetwork
from tests.hostile import item, rss
from tests.loopback import Answer, Loopback, redirect

from .test_command_line import Place

FEED = Answer(body=rss(item(1), item(2), item(3)))
OTHER = Answer(body=rss(item(4)))


def page(head: str = "", body: str = "") -> Answer:
    """A web page."""
    return Answer(
        body=f"<!doctype html><html><head><title>Situs</title>{head}</head><body>{body}</body></html>".encode()
    )


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as running:
        running.answer("*", Answer(status=404))
        yield running


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


async def found(server: Loopback, path: str = "/") -> list[tuple[str, str]]:
    """Path and kind of what is found."""
    discovery = await discover_alone(server.url(path))
    assert bool(discovery.candidates) != bool(discovery.sentence)
    assert len(server.requests) <= MAX_REQUESTS
    return [(candidate.url.removeprefix(server.url("")), candidate.kind) for candidate in discovery.candidates]


async def test_a_feed_is_found_at_once(server: Loopback) -> None:
    """Nothing but the address itself is asked."""
    server.answer("/rss", FEED)

    assert await found(server, "/rss") == [("/rss", "feed")]
    assert len(server.requests) == 1


async def test_what_the_page_names_is_found(server: Loopback) -> None:
    """The same feed in two formats is one; comments come last; what is dead is left out."""
    names = [("atom", "/atom"), ("rss", "/comments/feed"), ("rss", "/rss"), ("rss", "/mati")]
    links = "".join(f'<link rel="alternate" type="application/{kind}+xml" href="{path}">' for kind, path in names)
    server.answer("/", page(links))
    server.answer("/rss", FEED)
    server.answer("/atom", FEED)
    server.answer("/comments/feed", OTHER)

    assert await found(server) == [("/atom", "feed"), ("/comments/feed", "feed")]


async def test_code_before_the_links_hides_nothing(server: Loopback) -> None:
    """Publishing systems put styles and scripts of hundreds of KB into the head, some with tags in their text."""
    code = "<style>" + "a{}" * 100_000 + "</style><script>var x = '<body>'</script>"
    server.answer("/", page(code + '<link rel="alternate" type="application/rss+xml" href="/umpan-kami">'))
    server.answer("/umpan-kami", FEED)

    assert await found(server) == [("/umpan-kami", "feed")]


class Town(SystemNetwork):
    """A network in which 127.0.0.2 is a public address, ``news.example``, and every other name is this machine's."""

    async def resolve(self, host: str, port: int) -> tuple[str, ...]:
        return ("127.0.0.2",) if host == "news.example" else ("127.0.0.1",)

    def is_public(self, address: str) -> bool:
        return address == "127.0.0.2"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "nas.lan", "rebound.example"])
@pytest.mark.parametrize("way", ["link", "footer", "sitemap"])
async def test_a_public_site_leads_nobody_into_his_own_network(server: Loopback, host: str, way: str) -> None:
    """Else any page could have a router's buttons pressed by naming them as its feed."""
    server.answer("*", FEED)
    inside = server.url("/rss-reboot", host=host)
    head, body = f'<link rel="alternate" type="application/rss+xml" href="{inside}">', f'<a href="{inside}">RSS</a>'
    with Loopback(host="127.0.0.2") as public:
        public.answer("*", Answer(status=404))
        public.answer("/", page(head * (way == "link"), body * (way == "footer")))
        public.answer("/robots.txt", Answer(body=f"Sitemap: {inside}\n".encode() * (way == "sitemap")))

        discovery = await discover_alone(public.url("/", host="news.example"), network=Town())

    assert (server.requests, discovery.candidates) == ([], ())


async def test_a_redirect_out_of_ones_own_network_leads_not_back(server: Loopback) -> None:
    """What a public page names is a stranger's word, however one came to it."""
    with Loopback(host="127.0.0.2") as public:
        head = f'<link rel="alternate" type="application/rss+xml" href="{server.url("/rss")}">'
        public.answer("*", Answer(status=404))
        public.answer("/", page(head))
        server.answer("/", redirect(public.url("/", host="news.example")))
        server.answer("/rss", FEED)

        discovery = await discover_alone(server.url("/"), network=Town())

    assert discovery.candidates == ()
    assert [request.path for request in server.requests] == ["/"]


async def test_ones_own_site_may_name_a_feed_of_ones_own(server: Loopback) -> None:
    """A page at home, typed, leads to the box beside it."""
    other = server.url("/rss", host="localhost")
    server.answer("/", page(f'<link rel="alternate" type="application/rss+xml" href="{other}">'))
    server.answer("/rss", FEED)

    assert [one.url for one in (await discover_alone(server.url("/"))).candidates] == [other]


async def test_usual_places_are_tried(server: Loopback) -> None:
    """A redirect to the front page, which is what many sites answer to anything, is no feed."""
    server.answer("/", page())
    server.answer("/feed/", redirect("/"))
    server.answer("/rss.xml", FEED)

    assert await found(server) == [("/rss.xml", "feed")]


async def test_sitemaps_of_robots_are_found(server: Loopback) -> None:
    """Kompas and Suara have nothing else. The one with the news goes first."""
    server.answer("/", page())
    lines = "".join(f"Sitemap: {server.url(path)}\n" for path in ("/tags.xml", "/news.xml"))
    server.answer("/robots.txt", Answer(body=lines.encode()))
    server.answer("/news.xml", Answer(body=b"<urlset><url><loc>https://a.example/kabar-baru</loc></url></urlset>"))

    assert await found(server) == [("/news.xml", "sitemap")]


async def test_links_that_speak_of_feeds_are_the_last_resort(server: Loopback) -> None:
    """Some sites name their feed only in the footer."""
    server.answer("/", page(body="<a href=/tentang>Tentang</a><footer><a href=/umpan/berita>RSS</a></footer>"))
    server.answer("/umpan/berita", FEED)

    assert await found(server) == [("/umpan/berita", "feed")]


async def test_a_site_without_any_is_told_within_the_bound(server: Loopback) -> None:
    """However many addresses it names."""
    links = "".join(f'<link rel=alternate type=application/rss+xml href="/f{n}">' for n in range(50))
    server.answer("/", page(links, "".join(f"<a href=/rss{n}>RSS</a>" for n in range(50))))
    server.answer("/robots.txt", Answer(body="".join(f"Sitemap: /s{n}.xml\n" for n in range(50)).encode()))

    assert await found(server) == []


async def test_a_page_of_articles_is_offered_itself(server: Loopback) -> None:
    """The stations of RRI have no feed, but their pages list what is new."""
    links = "".join(f"<a href=/ranai/daerah/70003{n}/judul>Nelayan Ranai melaut lagi {n}</a>" for n in range(5))
    server.answer("/ranai", page(body=f"<a href=/tentang>Tentang</a>{links}"))

    found = await discover_alone(server.url("/ranai"))

    assert (found.candidates, found.was_page) == ((), True)
    assert found.page is not None
    assert (found.page.kind, found.page.items, found.page.url) == ("page", 5, server.url("/ranai"))
    assert found.link_pattern.endswith(r"/ranai/daerah/\d+/judul")


async def test_a_dead_site_is_told_in_a_sentence(server: Loopback) -> None:
    """Why, in words."""
    assert await found(server, "/tidak-ada") == []
    assert (await discover_alone("tidak ada")).sentence == "Not an address: tidak ada"


def run(place: Place, *arguments: str) -> subprocess.CompletedProcess[str]:
    return place.run(*arguments)


def test_add_and_remove_keep_the_rest_of_the_file(server: Loopback, place: Place) -> None:
    """Comments and order are the user's; removing takes out just what was added."""
    server.answer("/", page('<link rel="alternate" type="application/rss+xml" href="/rss">'))
    server.answer("/rss", FEED)
    before = '# mine\n[[feeds]]\nurl = "https://a.example/rss"  # first\nfolder = "X"\n'
    place.feeds.write_text(before)

    added = run(place, "add", server.url("/"), "--title", "Kabar", "--folder", "A/B")

    assert added.returncode == 0, added.stderr
    assert server.url("/rss") in added.stdout
    text = place.feeds.read_text()
    assert text.startswith(before)
    assert tomllib.loads(text)["feeds"][1] == {"url": server.url("/rss"), "title": "Kabar", "folder": "A/B"}

    again = run(place, "add", server.url("/rss"))
    assert again.returncode == 1
    removed = run(place, "remove", "Kabar")
    assert removed.returncode == 0, removed.stderr
    assert place.feeds.read_text().strip() == before.strip()


def test_a_login_in_the_address_is_kept_and_told(server: Loopback, place: Place) -> None:
    """It was dropped without a word once, and the feed then asked for a login for ever."""
    server.answer("/rss", FEED)
    place.feeds.write_text("")

    added = run(place, "add", server.url("/rss").replace("http://", "http://budi:rahasia@"))

    assert added.returncode == 0, added.stderr
    assert tomllib.loads(place.feeds.read_text())["feeds"] == [{"url": server.url("/rss"), "auth": "budi:rahasia"}]
    assert "auth" in added.stderr
    assert "rahasia" not in added.stdout + added.stderr


def test_add_and_remove_are_steps_that_undo_takes_back(server: Loopback, place: Place) -> None:
    """The journal is one, for screen and command line."""
    server.answer("/rss", FEED)
    place.feeds.write_text(before := '# mine\n[[feeds]]\nurl = "https://a.example/rss"\n')

    run(place, "add", server.url("/rss"), "--title", "Kabar")
    run(place, "remove", "Kabar")
    undone = [run(place, "undo").stdout.strip() for _ in range(2)]

    assert undone == ["undone: “Kabar” removed", "undone: “Kabar” added"]
    assert place.feeds.read_text() == before


def test_of_several_none_is_taken_without_leave(server: Loopback, place: Place) -> None:
    """They are listed with what they bring; --yes takes the best."""
    names = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{name}">' for name in ("satu", "dua"))
    server.answer("/", page(names))
    server.answer("/satu", OTHER)
    server.answer("/dua", FEED)
    place.feeds.write_text("")

    listed = run(place, "add", server.url("/"))

    assert listed.returncode == 1
    assert listed.stdout.index("/dua") < listed.stdout.index("/satu")
    assert place.feeds.read_text() == ""
    assert run(place, "add", server.url("/"), "--yes").returncode == 0
    assert tomllib.loads(place.feeds.read_text())["feeds"] == [{"url": server.url("/dua")}]


def test_a_file_with_mistakes_is_left_alone(server: Loopback, place: Place) -> None:
    """What is no TOML cannot be added to; nothing is lost."""
    server.answer("/rss", FEED)
    place.feeds.write_text("[[feeds]\nurl=")

    done = run(place, "add", server.url("/rss"))

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert place.feeds.read_text() == "[[feeds]\nurl="


def test_nothing_found_is_status_one(server: Loopback, place: Place) -> None:
    """And remove knows what is not there."""
    server.answer("/", page())
    place.feeds.write_text("")

    done = run(place, "add", server.url("/"))

    assert (done.returncode, done.stdout) == (1, "")
    assert "page" in done.stderr
    assert run(place, "remove", "Antah").returncode == 2


async def test_the_address_that_answered_is_told(server: Loopback) -> None:
    """A page on a server without https is followed as it was reached."""
    server.answer("/sepi", page())

    discovery = await discover_alone(server.url("/sepi").removeprefix("http://"))

    assert discovery.was_page
    assert discovery.page_url == server.url("/sepi")
