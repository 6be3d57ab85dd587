"""Addresses: what is let through, what counts as the same, what is shown."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.text import urls
from reader.text.sites import SITE_RULES, SiteRule

WORDS = """
    http https HTTPS :// : // / \\ ? # #! & = @ % %41 %zz %2e .. . www. rri.co.id xn-- xn--a [::1 [::1] ]
    :80 :443 :99999 amp index.php page=all utm_source=x b=2 a=1 é ß 。 \u2100 \ud800 javascript: data: a 😀
"""
PIECES = [*WORDS.split(), "\x1b", "\n", "\t", " "]

urlish = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
anything = st.text(max_size=60) | urlish | urlish.map("https://".__add__) | urlish.map("http://example.com/".__add__)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("https://www.rri.co.id/rss", "https://www.rri.co.id/rss"),
        ("  \n https://a.example/x \t", "https://a.example/x"),
        ("HTTP://A.Example/X", "http://a.example/X"),
        ("https://a.example", "https://a.example"),
        ("https://a.example/berkas suara.mp3", "https://a.example/berkas%20suara.mp3"),
        ("https://a.example/é?q=ü#ö", "https://a.example/%C3%A9?q=%C3%BC#%C3%B6"),
        ("https://a.example/%C3%A9", "https://a.example/%C3%A9"),
        ("https://Bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("https://ｅｘａｍｐｌｅ。com/", "https://example.com/"),
        ("https://a.example:8080/", "https://a.example:8080/"),
        ("https://[2001:DB8::1]:8080/x", "https://[2001:db8::1]:8080/x"),
        ("https://u:p@a.example/", "https://u:p@a.example/"),
        ("https://bank.example\\@evil.example/", "https://bank.example/@evil.example/"),
        ('https://a.example/"><b>', "https://a.example/%22%3E%3Cb%3E"),
    ],
)
def test_web_addresses_come_out_clean(raw: str, expected: str) -> None:
    """The result may stand in an OSC 8 sequence and in an argument list, and still leads to the same page."""
    assert expected == urls.web_url(raw)


@pytest.mark.parametrize(
    "raw",
    [
        "", " ", "--version", "-x", "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "%action", "ftp://a.example/",
        "gopher://a.example", "//a.example/x", "/x", "a.example", "http:a.example", "https:///x", "http://", "http://[::1",
        "http://[::1]x/", "http://[fe80::1%25eth0]/", "http://a b/", "http://a.example:99999/", "http://a.example:x/", "http://-a.example/",
        "http://a..example/", "http://\u2100.example/", "http://a\u202e.example/", "https://a.example/\x1b]0;x\x07", "https://a.example/x\n--y",
        "https://" + "a" * 64 + ".example/", "https://a.example/" + "x" * 100_000, "view-source:https://a.example",
    ],
)  # fmt: skip
def test_what_is_no_clean_web_address_becomes_nothing(raw: str) -> None:
    """Such text must never reach a browser's command line."""
    assert urls.web_url(raw) == ""


@given(anything)
@example("HTTP://WWW.WWW.0.0")
@settings(max_examples=300, deadline=None)
def test_nothing_raises_and_results_are_safe(text: str) -> None:
    """Feeds hold anything; one bad address must not cost the feed."""
    web = urls.web_url(text)
    assert web == "" or (web.startswith(("http://", "https://")) and set(web) <= set(string.printable[:94]))
    assert urls.web_url(web) == web

    same = urls.canonical(text)
    assert urls.canonical(same) == same
    assert bool(same) <= bool(web)
    assert urls.canonical(web) == same

    urls.resolve("https://a.example/x/y", text)
    urls.resolve(text, "../z?q#f")
    urls.resolve(text, text)
    urls.site_key(text)
    urls.display_host(text)
    urls.mail_url("mailto:" + text)
    assert urls.host(text).isascii()
    authority = re.split(r"[/\\?#]", urls.without_credentials("https://" + text)[8:])[0]
    assert "@" not in authority
    urls.without_secrets(text)
    urls.is_tracker_pixel(text)


@pytest.mark.parametrize(
    "variant",
    [
        "https://news.example.com/a/b-c",
        "http://news.example.com/a/b-c",
        "https://www.news.example.com/a/b-c/",
        "https://NEWS.example.com:443/a/b-c",
        "http://news.example.com:80/a/b-c#komentar",
        "https://news.example.com/a/b-c?utm_source=rss&utm_medium=feed",
        "https://news.example.com/a/b-c?fbclid=1&gclid=2",
        "https://news.example.com/a/b-c?page=all",
        "https://news.example.com/amp/a/b-c",
        "https://news.example.com/a/b-c/amp/",
        "https://news.example.com/a/b-c/amp",
        "https://news.example.com/index.php/a/b-c",
        "https://news.example.com//a/./x/../b-c",
        "https://news.example.com/a/b%2Dc",
        "https://u:p@news.example.com/a/b-c?",
    ],
)
def test_forms_of_one_article_are_equal(variant: str) -> None:
    """The same article in two feeds is one row (issue 8, point 5)."""
    assert urls.canonical(variant) == "https://news.example.com/a/b-c"


def test_what_names_an_article_is_kept() -> None:
    """Two articles must never be merged."""
    different = [
        "https://a.example/",
        "https://a.example/?p=1",
        "https://a.example/?p=2",
        "https://a.example/?page=2",
        "https://a.example/A",
        "https://a.example/a",
        "https://b.a.example/a",
        "https://a.example:8080/a",
        "https://a.example/#!/a",
        "https://a.example/amplop",
        "https://a.example/a%2Fb",
        "https://a.example/a/b",
    ]

    assert len(different) == len({urls.canonical(url) for url in different})


def test_order_of_the_query_does_not_matter() -> None:
    """Servers print parameters in any order."""
    assert urls.canonical("https://a.example/?b=2&a=1") == urls.canonical("https://a.example/?a=1&utm_id=9&b=2")


@pytest.mark.parametrize("rule", SITE_RULES, ids=lambda rule: str(rule.key))
def test_each_site_rule_knows_its_example(rule: SiteRule) -> None:
    """A rule without a true example cannot be mended when the site changes."""
    assert rule.key == urls.site_key(rule.example)


def test_all_forms_of_an_rri_article_have_one_key() -> None:
    """Station, category, index.php and www vary; the number does not."""
    forms = [
        "https://rri.co.id/daerah/700038/judul-satu",
        "https://www.rri.co.id/ranai/daerah/700038/judul-satu",
        "http://rri.co.id/index.php/daerah/700038/judul-diperbaiki",
        "https://rri.co.id/index.php/kepulauan-riau/daerah/700038/judul-satu/?utm_source=x",
    ]

    assert {urls.site_key(form) for form in forms} == {"rri.co.id#700038"}


def test_bureaus_number_for_themselves() -> None:
    """Article 14104 of Antara Kepri is another than article 14104 of Antara."""
    kepri = urls.site_key("https://kepri.antaranews.com/berita/14104/judul")
    amp = urls.site_key("https://kepri.antaranews.com/amp/berita/14104/judul")
    national = urls.site_key("https://www.antaranews.com/berita/14104/judul")

    assert kepri == amp != national == "antaranews.com#14104"


@pytest.mark.parametrize(
    "url",
    [
        "https://rri.co.id/",
        "https://www.rri.co.id/ranai",
        "https://rri.co.id/search?q=700038",
        "https://evilrri.co.id/daerah/700038/judul",
        "https://rri.co.id.example/daerah/700038/judul",
        "https://a.example/daerah/700038/judul",
        "javascript:700038",
        "",
    ],
)
def test_no_key_without_a_rule(url: str) -> None:
    """A guessed key would merge strangers."""
    assert urls.site_key(url) == ""


@pytest.mark.parametrize(
    ("base", "href", "expected"),
    [
        ("https://a.example/x/y", "z", "https://a.example/x/z"),
        ("https://a.example/x/y", "//b.example/z", "https://b.example/z"),
        ("https://a.example/x/y", "?q=1", "https://a.example/x/y?q=1"),
        ("https://a.example/x/y", "#f", "https://a.example/x/y#f"),
        ("https://a.example/x/y", " https://b.example/ ", "https://b.example/"),
        ("https://a.example/x/y", "javascript:alert(1)", ""),
        ("https://a.example/x/y", "data:image/png;base64,AA", ""),
        ("https://a.example/x/y", "mailto:a@b.example", ""),
        ("https://a.example/x/y", "", ""),
        ("", "z", ""),
        ("", "https://b.example/", "https://b.example/"),
        ("javascript:x", "z", ""),
        ("https://a.example", "z", "https://a.example/z"),
    ],
)
def test_links_resolve_against_the_page(base: str, href: str, expected: str) -> None:
    """Relative links are useful only with the base of the document that held them."""
    assert expected == urls.resolve(base, href)


def test_mail_addresses_keep_only_the_address() -> None:
    """A mailto link may carry headers and a body of somebody else's choosing."""
    assert urls.mail_url("MAILTO:redaksi@a.example?subject=x&body=y") == "mailto:redaksi@a.example"
    assert urls.mail_url("mailto:a@b.example,c@d.example") == ""
    assert urls.mail_url("mailto:") == ""
    assert urls.mail_url("mailto:a%0d@b.example") == ""


def test_names_that_could_deceive_are_shown_in_punycode() -> None:
    """`раypal` in Cyrillic letters looks like another bank."""
    assert urls.display_host("https://www.rri.co.id/x") == "www.rri.co.id"
    assert urls.display_host("https://bücher.example/") == "bücher.example"
    assert urls.display_host("https://例え.example/") == "例え.example"
    assert urls.display_host("https://новости.example/") == "новости.example"
    assert urls.display_host("https://раypal.example/").startswith("xn--")
    assert urls.display_host("https://аррӏе.example/").startswith("xn--")
    assert urls.display_host("https://xn--zzzzzzzz99999/") == "xn--zzzzzzzz99999"


def test_secrets_do_not_reach_logs() -> None:
    """Private feeds carry passwords and tokens in their address."""
    assert urls.without_credentials("https://u:p@a.example/@x?y=1@2") == "https://a.example/@x?y=1@2"
    assert urls.without_credentials("https://a.example/x") == "https://a.example/x"
    assert urls.without_credentials("nonsense u:p@x") == "nonsense u:p@x"
    assert (
        urls.without_secrets("https://u:p@a.example/x?access_token=abc&q=1&key=9")
        == "https://a.example/x?access_token=…&q=1&key=…"
    )


def test_secrets_are_dots_where_the_place_of_each_character_counts() -> None:
    """A field that is not typed into shows an address, not what it lets in with."""
    url = "https://budi:p%40s@a.example/x?access_token=abc&q=1#key=9"

    assert urls.with_dotted_secrets(url) == "https://••••••••••@a.example/x?access_token=•••&q=1#key=•"
    assert urls.with_dotted_secrets("https://a.example/x?q=1") == "https://a.example/x?q=1"
    assert urls.with_dotted_secrets("") == ""


@given(st.text(max_size=40))
def test_dots_change_no_length(text: str) -> None:
    """The cursor stands where it would without them."""
    url = "https://" + text + "?token=" + text

    assert len(urls.with_dotted_secrets(url)) == len(url)


def test_counting_images_are_known() -> None:
    """They are no pictures."""
    assert urls.is_tracker_pixel("https://pixel.wp.com/g.gif?x=1")
    assert not urls.is_tracker_pixel("https://cdn.rri.co.id/berita/Ranai/o/1/contoh.jpeg")
    assert not urls.is_tracker_pixel("")
