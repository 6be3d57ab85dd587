"""Whole articles from any site, where the extra ``warta[full]`` is installed."""

from __future__ import annotations

import sys

import pytest

from reader.model import PageJob, PageText, ParseFailed, unpack
from reader.parse.extraction import extracted, is_installed
from reader.parse.page import parse_page

needs_extra = pytest.mark.skipif(not is_installed(), reason="trafilatura is not installed: pip install 'warta[full]'")

TEXT = "Kapal perintis nomor {n} sandar di Ranai pada hari Senin, kata petugas pelabuhan kepada wartawan."
PARAGRAPHS = "".join(f"<p>{TEXT.format(n=n)} <a href='/kapal/{n}'>Jadwal</a></p>" for n in range(8))
PAGE = (
    "<html><head><title>Kapal</title></head><body><div class=m><a href=/>Beranda</a> <a href=/bola>Olahraga</a></div>"
    f"<div class=xy12><h1>Kapal sandar</h1>{PARAGRAPHS}<div class=zz>Iklan baris</div></div>"
    "<div class=q><h4>Terpopuler</h4><ul><li><a href=/a>Judul lain</a></li></ul></div></body></html>"
)


@needs_extra
def test_finds_the_article_of_a_site_nobody_knows() -> None:
    """No selector names it; what stands around it stays out, links stay and are absolute."""
    found = parse_page(PageJob(PAGE.encode(), "https://kabar.example/1", "text/html", title="Kapal sandar"))

    assert isinstance(found, PageText)
    assert TEXT.format(n=0) in found.text
    assert TEXT.format(n=7) in found.text
    assert "Terpopuler" not in found.text
    assert found.selector == ""
    assert "https://kabar.example/kapal/3" in unpack(found.document).links


@needs_extra
def test_what_is_removed_by_feeds_toml_is_removed_before() -> None:
    """`remove` means the page, whoever reads it."""
    found = parse_page(PageJob(PAGE.encode(), "https://kabar.example/1", "text/html", remove=("p:first-of-type",)))

    assert isinstance(found, PageText)
    assert TEXT.format(n=0) not in found.text
    assert TEXT.format(n=1) in found.text


@needs_extra
@pytest.mark.parametrize(
    "page", ["<p>", "<html></html>", "<table>" * 400, "&#0;<a href='http://['>x</a>" * 50, "\ufeff"]
)
def test_odd_pages_are_no_errors(page: str) -> None:
    """Whatever the library makes of them, the page is that article's failure at most."""
    assert isinstance(extracted(page, "https://kabar.example/1"), str)
    assert isinstance(parse_page(PageJob(page.encode(), "https://kabar.example/1", "")), PageText | ParseFailed)


def test_without_it_a_page_fails_as_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """The base install has none; a page of no usual structure gives nothing then."""
    monkeypatch.setitem(sys.modules, "trafilatura", None)

    found = parse_page(PageJob(PAGE.encode(), "https://kabar.example/1", "text/html"))

    assert not is_installed()
    assert isinstance(found, ParseFailed)
