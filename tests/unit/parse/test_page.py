"""The whole article from its page: the text, and nothing of what stands around it."""

from __future__ import annotations

import sys

import pytest

from reader.model import PageJob, PageText, Paragraph, ParseFailed, unpack
from reader.parse.page import parse_page

TEXT = "KBRN, Natuna: Hujan deras mengguyur Ranai sejak pagi hingga siang hari."
PAGE = f"""<!DOCTYPE html><html><head><title>Hujan - RRI</title><style>p {{}}</style></head><body>
<nav><a href="/">Beranda berita terkini dan terpopuler hari ini</a></nav>
<div id="news-content" class="isi"><h1>Hujan di Natuna</h1>
<figure><img src="/foto.jpg"><figcaption>Jalan tergenang. (RRI Ranai/Contoh)</figcaption></figure>
<p>{TEXT}</p><script>var x</script>
<div class="baca-juga">Baca juga: <a href="/lain">Berita lain</a></div>
<p>“Kami siaga,” kata warga. <a href="/sumber">Sumber</a></p></div>
<aside>Terpopuler</aside></body></html>"""


def take(page: str = PAGE, **options: object) -> PageText:
    found = parse(page, **options)
    assert isinstance(found, PageText), found
    return found


def parse(page: str = PAGE, **options: object) -> PageText | ParseFailed:
    values: dict[str, object] = {"content": ("#news-content",), "remove": (".baca-juga",), "title": "Hujan di Natuna"}
    values.update(options)
    return parse_page(PageJob(page.encode(), "https://www.rri.co.id/daerah/1/x", "text/html", **values))  # type: ignore[arg-type]  # given by name


def test_takes_what_stands_under_the_selector() -> None:
    """Caption and dateline belong to the article; menus and teasers do not."""
    found = take()

    assert TEXT in found.text
    assert "Jalan tergenang." in found.text
    assert "RRI Ranai/Contoh" in found.text
    assert "Sumber" in found.text
    for other in ("Beranda", "Terpopuler", "Baca juga", "var x"):
        assert other not in found.text
    assert (found.selector, found.words) == ("#news-content", len(found.text.split()))
    assert found.place == "Natuna"


def test_the_title_is_not_repeated() -> None:
    """The article pane shows it already."""
    paragraphs = [block for block in unpack(take().document).blocks if isinstance(block, Paragraph)]

    assert "Hujan di Natuna" not in take().text
    assert paragraphs[0].text.text == TEXT


def test_links_are_absolute() -> None:
    """They are opened from the terminal, where there is no page."""
    assert "https://www.rri.co.id/sumber" in unpack(take().document).links


def test_selectors_are_tried_in_order_until_one_has_text() -> None:
    """Sites change their classes; the next in line serves then."""
    assert take(content=(".gone", "p:::bad", "nav ul", ".isi")).selector == ".isi"


def test_several_finds_are_one_article() -> None:
    """Some pages have a box for each paragraph; a box inside a box is not taken twice."""
    inner = "<div class=b><p>Enam tujuh.</p></div>"
    boxes = f"<div class=b><p>Satu dua tiga empat lima.</p>{inner}</div><div class=b><p>Delapan.</p></div>"

    assert take(boxes, content=(".b",)).text == "Satu dua tiga empat lima.\n\nEnam tujuh.\n\nDelapan."


def test_removing_what_is_inside_what_is_removed() -> None:
    """One selector may find an element and its child."""
    assert "dalam" not in take(PAGE.replace("Baca juga:", "<p class=baca-juga>dalam</p>")).text


def test_without_selectors_the_usual_places_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A feed without `content` in feeds.toml has pages too; where there is no extractor, this is what is left."""
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    page = f"<body><div>Menu satu dua tiga empat lima</div><article><p>{TEXT}</p></article></body>"

    found = take(page, content=())

    assert (found.text, found.selector) == (TEXT, "article")


@pytest.mark.parametrize(
    ("page", "kind"),
    [("", "empty_body"), ("<html><title>Masuk</title><form>Nama</form></html>", "parse_error"), ("\0\0", "empty_body")],
)
def test_a_page_without_article_fails(page: str, kind: str) -> None:
    """The feed's text stays then; nothing must pass for an article that is none."""
    found = parse(page)

    assert isinstance(found, ParseFailed)
    assert found.failure.kind == kind


def test_absurd_nesting_costs_nothing() -> None:
    """Tens of thousands of nested elements hold an HTML parser for half a minute."""
    assert isinstance(parse("<div>" * 20_000 + TEXT, content=("div",)), PageText)
