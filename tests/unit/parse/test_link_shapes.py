"""From the links of a listing page to the pattern of its articles' addresses."""

from __future__ import annotations

import re

import pytest

from reader.parse.link_shapes import article_pattern

HEADLINE = "Nelayan Ranai kembali melaut hari ini"
MENU = [(f"https://www.rri.example/{name}", name) for name in ("nasional", "daerah", "olahraga", "tentang-kami")]
FORMS = {
    "rri": ["/ranai/daerah/700038/nelayan", "/ranai/ekonomi/700039/ikan", "/natuna/daerah/700040/kapal"],
    "antara": ["/berita/4567/nelayan-ranai-melaut", "/berita/4568/harga-ikan-naik", "/berita/4569/kapal-sandar"],
    "dated": ["/2026/11/21/nelayan-ranai-melaut/", "/2026/11/20/harga-ikan-naik/", "/2026/10/01/kapal-lama-sandar/"],
    "slugs": ["/nelayan-ranai-kembali-melaut", "/harga-ikan-di-ranai-naik", "/kapal-perintis-sandar-lagi"],
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("www", ["", "www."])
def test_articles_are_told_from_menus(form: str, www: str) -> None:
    """Whether the site says www or not; the same article twice counts once."""
    articles = [f"https://{www}rri.example{path}" for path in FORMS[form]]
    links = [*MENU, *((url, HEADLINE) for url in articles), (articles[0], HEADLINE)]

    pattern = re.compile(article_pattern("https://www.rri.example/search?q=natuna", links))

    assert [url for url in articles if not pattern.search(url)] == []
    assert [url for url, _text in MENU if pattern.search(url)] == []


@pytest.mark.parametrize(
    "links",
    [
        [],
        MENU * 3,
        [(f"https://other.example/berita/{n}/judul-berita-lain", HEADLINE) for n in range(9)],
        [("https://rri.example/berita/1/x", HEADLINE), ("https://rri.example/berita/2/y", HEADLINE)],
        [(f"https://rri.example/berita/{n}", "Foto") for n in range(9)],
    ],
    ids=["none", "menu", "elsewhere", "two", "wordless"],
)
def test_nothing_is_made_up(links: list[tuple[str, str]]) -> None:
    """A pattern for a menu would fill the list with menus."""
    assert article_pattern("https://rri.example/", links) == ""


def test_letters_of_addresses_are_taken_literally() -> None:
    """A dot in a path is a dot."""
    links = [(f"https://a.example/c++/berita.html/{n}0/", HEADLINE) for n in range(1, 5)]

    pattern = article_pattern("https://a.example/", links)

    assert re.search(pattern, "https://a.example/c++/berita.html/70/")
    assert not re.search(pattern, "https://a.example/cc/beritaxhtml/70/")
