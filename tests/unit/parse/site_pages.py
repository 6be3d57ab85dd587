"""Article pages of our own writing, in the structures of the sites `reader.parse.sites` knows."""

from __future__ import annotations

__all__ = ["ARTICLE", "MENU", "PAGES"]

ARTICLE = "Kapal perintis sandar di Pelabuhan Selat Lampa pada Sabtu pagi dengan muatan beras dan obat."
"""The paragraph every page has."""
MENU = "Terpopuler hari ini"
"""What stands around every article, and is none of it."""

_SECOND = "Bongkar muat berlangsung sampai petang, kata petugas pelabuhan."
_TEXT = f"<p>{ARTICLE}</p><p>{_SECOND}</p>"


def _page(body: str) -> str:
    return (
        "<!doctype html><html><head><title>Kapal sandar</title><script>var iklan = 1</script></head><body>"
        f"<header><nav><a href='/'>Beranda</a></nav></header><div class='container'>{body}"
        f"<div class='sidebar'><h3>{MENU}</h3><ul><li><a href='/lain'>Judul lain</a></li></ul></div></div>"
        "<footer>Hak cipta redaksi</footer></body></html>"
    )


PAGES: dict[str, tuple[str, ...]] = {
    "antaranews.com": (
        _page(
            "<div class='wrap__article-detail'><h1 class='wrap__article-detail-title'>Kapal sandar</h1>"
            f"<div class='wrap__article-detail-content post-content'><p>Natuna (ANTARA) - {ARTICLE}</p>"
            f"<p>{_SECOND}</p><p>Pewarta: Contoh<br>Editor: Contoh<br>Copyright © ANTARA 2026</p></div></div>"
        ),
        _page(f"<article><div class='post-content'>{_TEXT}</div></article>"),
    ),
    "rri.co.id": (
        _page(f"<h2 id='news-title'>Kapal sandar</h2><div id='news-content'><p>KBRN, Natuna: {ARTICLE}</p></div>"),
        _page(f"<div class='post_details_inner'>{_TEXT}<a href='/tags/natuna'>{MENU}</a></div>"),
    ),
    "kompas.com": (
        _page(
            f"<h1 class='read__title'>Kapal sandar</h1><div class='read__content'><div class='clearfix'>"
            f"<p><strong>NATUNA, KOMPAS.com</strong> - {ARTICLE}</p><div class='ads-on-body'>{MENU}</div>"
            f"<p><strong>Baca juga: <a class='inner-link-baca-juga' href='/x'>Judul lain</a></strong></p>"
            f"<p>{_SECOND}</p></div></div>"
        ),
    ),
    "detik.com": (
        _page(
            "<article class='detail'><figure class='detail__media-image'><img src='/k.jpg'>"
            "<figcaption>Kapal bersandar. Foto: Contoh/detikcom</figcaption></figure>"
            "<div class='detail__body'><div class='detail__body-text itp_bodycontent'>"
            f"<strong>Natuna</strong> - <p>{ARTICLE}</p><table class='linksisip'><tr><td>Baca juga: <a href='/x'>Lain"
            f"</a></td></tr></table><p>{_SECOND}</p></div></div></article>"
        ),
    ),
    "tempo.co": (
        _page(f"<div id='content-wrapper'>{_TEXT}</div>"),
        _page(f"<div class='detail-konten'>{_TEXT}</div>"),
    ),
    "cnnindonesia.com": (
        _page(f"<div class='detail-wrap'><div class='detail-text text-cnn_black'>{_TEXT}</div></div>"),
    ),
    "cnbcindonesia.com": (
        _page(f"<div class='flex'><div class='detail-text min-w-0'><div class='detail-text'>{_TEXT}</div></div></div>"),
    ),
    "liputan6.com": (
        _page(
            f"<div class='article-content-body'><div class='item'><div class='article-content-body__item-content'>"
            f"<p><b>Liputan6.com, Natuna</b> - {ARTICLE}</p></div></div>"
            f"<div class='item'><div class='article-content-body__item-content'>"
            f"<p>{_SECOND}</p></div></div></div>"
        ),
    ),
    "republika.co.id": (
        _page(
            f"<div class='article-content'><article><p>REPUBLIKA.CO.ID,&nbsp;NATUNA -- {ARTICLE}</p>"
            f"<div class='picked-article'>{MENU}</div><p>{_SECOND}</p></article></div>"
        ),
    ),
    "tribunnews.com": (
        _page(f"<div id='article_con'><div class='side-article txt-article multi-fontsize'>{_TEXT}</div></div>"),
    ),
    "suara.com": (
        _page(f"<div class='article-content'>{_TEXT}</div>"),
        _page(f"<article class='detail-content'>{_TEXT}</article>"),
    ),
    "tirto.id": (_page(f"<div class='content-text-editor'>{_TEXT}</div>"),),
    "kontan.co.id": (
        _page(
            f"<div class='tmpt-desk-kon' itemprop='articleBody'><p>Reporter: Contoh | Editor: Contoh</p>{_TEXT}</div>"
        ),
    ),
    "bisnis.com": (_page(f"<article class='detailsContent force-17 mt40'>{_TEXT}</article>"),),
    "sindonews.com": (_page(f"<div class='detail-desc'><b>NATUNA</b> - {_TEXT}</div>"),),
    "katadata.co.id": (_page(f"<div class='detail-body'>{_TEXT}</div>"),),
}
"""By site, one page for each structure attested."""
