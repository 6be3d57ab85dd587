"""What is known of news sites' article pages: each rule holds for a page in that site's structure."""

from __future__ import annotations

import pytest

from reader.model import Figure, PageJob, PageText, unpack
from reader.parse.page import parse_page
from reader.parse.sites import PAGE_RULES, PageRule, page_rule, whole_url
from reader.text.urls import canonical, web_url
from tests.unit.parse.site_pages import ARTICLE, MENU, PAGES


@pytest.mark.parametrize("rule", PAGE_RULES, ids=lambda rule: rule.site)
def test_a_rule_is_sound(rule: PageRule) -> None:
    """Its example belongs to it, and is asked as it says."""
    assert page_rule(rule.example) is rule
    assert whole_url(rule.example) == (rule.asked or rule.example)
    assert bool(rule.asked) == bool(rule.whole)
    assert web_url(rule.example) == rule.example
    assert rule.site in PAGES


@pytest.mark.parametrize("rule", [rule for rule in PAGE_RULES if rule.whole], ids=lambda rule: rule.site)
def test_asking_for_all_pages_is_the_same_article(rule: PageRule) -> None:
    """Else the page that came would count as another article; asking twice changes nothing."""
    if rule.whole != ("showpage", "all"):
        assert canonical(rule.asked) == canonical(rule.example.replace("page=2", ""))
    assert whole_url(rule.asked) == rule.asked


def test_sites_stand_in_the_table_once() -> None:
    """The first that fits counts; a second would be dead."""
    assert len({rule.site for rule in PAGE_RULES}) == len(PAGE_RULES)


@pytest.mark.parametrize(
    ("site", "page"), [(site, page) for site, pages in PAGES.items() for page in pages], ids=lambda value: value[:20]
)
def test_the_article_is_taken_and_nothing_around_it(site: str, page: str) -> None:
    """By a selector of the rule, not by luck."""
    rule = next(rule for rule in PAGE_RULES if rule.site == site)

    found = parse_page(PageJob(page.encode(), rule.example, "text/html", title="Kapal sandar"))

    assert isinstance(found, PageText)
    assert found.selector in rule.content
    assert ARTICLE in found.text
    assert MENU not in found.text
    assert "Hak cipta redaksi" not in found.text


def test_the_picture_above_the_text_comes_along() -> None:
    """Its caption is half of a news picture; most sites put it before what their rule names."""
    (page,) = PAGES["detik.com"]
    url = "https://news.detik.com/berita/d-7968123/x"

    found = parse_page(PageJob(page.encode(), url, "text/html", title="Kapal sandar"))

    assert isinstance(found, PageText)
    first = unpack(found.document).blocks[0]
    assert isinstance(first, Figure)
    assert (first.caption.text, first.credit) == ("Kapal bersandar.", "Contoh/detikcom")


def test_the_feeds_own_selectors_go_first() -> None:
    """The reader sees the page; the table is only what was known once."""
    page = (
        f"<div class=read__content><p>Ringkasan dari redaksi lima kata.</p></div><div class=isi><p>{ARTICLE}</p></div>"
    )
    url = "https://nasional.kompas.com/read/2026/11/18/21350041/x"

    own = parse_page(PageJob(page.encode(), url, "text/html", content=(".isi",)))
    changed = parse_page(PageJob(page.encode(), url, "text/html", content=(".gone",)))

    assert isinstance(own, PageText)
    assert isinstance(changed, PageText)
    assert (own.selector, changed.selector) == (".isi", ".read__content")


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://kabar.example/x?page=2&utm_source=rss", "https://kabar.example/x?page=2&utm_source=rss"),
        ("https://notkompas.com/read/1?page=2", "https://notkompas.com/read/1?page=2"),
        ("https://www.kompas.com/read/1?a=b&page=3#isi", "https://www.kompas.com/read/1?a=b&page=all"),
        ("nonsense", "nonsense"),
    ],
)
def test_only_known_sites_are_asked_in_another_way(url: str, asked: str) -> None:
    """Elsewhere nobody knows what a parameter does."""
    assert whole_url(url) == asked
