"""The press's conventions are recognised, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model.document import Document, Figure, Heading, Inline, ListBlock, Paragraph, pack, unpack
from reader.text.conventions import Conventioned, apply, strip_title
from reader.text.html import to_document
from reader.text.plain import plain_text
from reader.text.presswords import RULES, PressRule


def convention(html: str, host: str = "news.example", language: str = "id") -> Conventioned:
    return apply(to_document(html, base=f"https://{host}/x"), host=host, language=language)


def paragraphs(found: Conventioned, role: str = "body") -> list[str]:
    return [block.text.text for block in found.document.blocks if isinstance(block, Paragraph) and block.role == role]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.kind}: {rule.example}")
def test_every_rule_knows_its_example(rule: PressRule) -> None:
    """The example is what tells the next one what the pattern is for."""
    if rule.kind in {"mark", "tail"}:
        assert rule.pattern.sub("", rule.example) == rule.gives
        return
    found = rule.pattern.search(rule.example) if rule.kind == "credit" else rule.pattern.match(rule.example)

    assert found is not None
    group = {"dateline": "place", "author": "name", "editor": "name", "credit": "credit", "caption": "credit"}
    if rule.gives and rule.kind in group:
        assert rule.gives.casefold() == found[group[rule.kind]].casefold()


DATELINES = [
    ("KBRN, Natuna: Kapal perintis tiba.", "KBRN, Natuna:", "Natuna"),
    ("KBRN, Jakarta : Kapal perintis tiba.", "KBRN, Jakarta :", "Jakarta"),
    ("KBRN, Palangka Raya : Kapal tiba.", "KBRN, Palangka Raya :", "Palangka Raya"),
    ("KBRN. Kapal perintis tiba.", "KBRN.", ""),
    ("Jakarta (ANTARA) - Kapal tiba.", "Jakarta (ANTARA) -", "Jakarta"),
    ("Natuna, Kepri (ANTARA) - Kapal tiba.", "Natuna, Kepri (ANTARA) -", "Natuna"),
    ("Biel (ANTARA News) – Kapal tiba.", "Biel (ANTARA News) –", "Biel"),
    ("TEMPO.CO, Jakarta - Kapal tiba.", "TEMPO.CO, Jakarta -", "Jakarta"),
    ("Liputan6.com, Jakarta - Kapal tiba.", "Liputan6.com, Jakarta -", "Jakarta"),
    ("JAKARTA, KOMPAS.com - Kapal tiba.", "JAKARTA, KOMPAS.com -", "Jakarta"),
    ("KOMPAS.com - Kapal tiba.", "KOMPAS.com -", ""),
    ("REPUBLIKA.CO.ID,&nbsp;JAKARTA -- Kapal tiba.", "REPUBLIKA.CO.ID, JAKARTA --", "Jakarta"),
    ("BANDUNG - Kapal tiba.", "BANDUNG -", "Bandung"),
    ("TANJUNG PINANG – Kapal tiba.", "TANJUNG PINANG –", "Tanjung Pinang"),
    ("Jakarta, CNN Indonesia -- Kapal tiba.", "Jakarta, CNN Indonesia --", "Jakarta"),
    ("RANAI (HK) - Kapal tiba.", "RANAI (HK) -", "Ranai"),
    ("<strong>Jakarta</strong> - Kapal tiba.", "Jakarta -", "Jakarta"),
    ("<b>TEMPO.CO</b>, <b>Jakarta</b> - Kapal tiba.", "TEMPO.CO, Jakarta -", "Jakarta"),
    ("JAKARTA, June 18 (Reuters) - A ferry arrived.", "JAKARTA, June 18 (Reuters) -", "Jakarta"),
    ("LONDON (AP) — A ferry arrived.", "LONDON (AP) —", "London"),
]


@pytest.mark.parametrize(("html", "dateline", "place"), DATELINES)
def test_datelines_are_set_apart(html: str, dateline: str, place: str) -> None:
    """`place:natuna` finds articles by where they were written."""
    found = convention(f"<p>{html}</p><p>Lanjut.</p>")
    first = found.document.blocks[0]

    assert isinstance(first, Paragraph)
    assert first.text.text[: first.dateline] == dateline
    assert found.place == place


@pytest.mark.parametrize(
    "text",
    [
        "Persija - Persib bermain imbang.",
        "KPK - lembaga itu - diam.",
        "Presiden (kiri) - begitu katanya.",
        "Bupati Natuna (PKS) - orang baru.",
        "Jakarta diguyur hujan - lagi.",
        "FOTO - Dermaga saat senja.",
        "Kata dia, Natuna: pulau indah.",
        "Pukul 10.00 - 12.00 WIB jalan ditutup.",
    ],
)
def test_what_is_no_dateline_stays_text(text: str) -> None:
    """A wrong place would be found for ever."""
    found = convention(f"<p>{text}</p><p>Lanjut.</p>")

    assert found.place == ""
    assert all(block.dateline == 0 for block in found.document.blocks if isinstance(block, Paragraph))


def test_a_caption_that_stands_first_becomes_one() -> None:
    """RRI puts the caption of its picture into the text."""
    found = convention(
        "<p>Petugas memeriksa jaring di Ranai, Natuna (RRI Ranai/Contoh)</p><p>KBRN, Natuna: Jaring aman.</p>"
    )

    assert found.document.blocks[0] == Figure(Inline("Petugas memeriksa jaring di Ranai, Natuna"), "RRI Ranai/Contoh")
    assert found.place == "Natuna"


@pytest.mark.parametrize("gap", [" ", ""])
def test_a_caption_in_one_line_with_the_text_is_parted(gap: str) -> None:
    """Feeds often hold the whole text without paragraphs."""
    found = convention(f"Petugas memeriksa jaring (RRI Ranai/Contoh){gap}KBRN, Natuna: Jaring aman.")

    assert found.document.blocks == (
        Figure(Inline("Petugas memeriksa jaring"), "RRI Ranai/Contoh"),
        Paragraph(Inline("KBRN, Natuna: Jaring aman."), dateline=13),
    )


def test_a_caption_goes_to_the_image_above() -> None:
    """The image and what is said of it are one block."""
    found = convention("<img src=a.jpg><p>Foto: Dermaga saat senja (Dok. Contoh)</p><p>JAKARTA - Isi.</p>")

    assert found.document.blocks[0] == Figure(Inline("Dermaga saat senja"), "Dok. Contoh", link=0)
    assert found.document.links == ("https://news.example/a.jpg",)


@pytest.mark.parametrize(
    ("caption", "words", "credit"),
    [
        ("Dermaga saat senja. (ANTARA FOTO/Contoh/foc)", "Dermaga saat senja.", "ANTARA FOTO/Contoh/foc"),
        ("Dermaga saat senja (Dok.Contoh )", "Dermaga saat senja", "Dok.Contoh"),
        ("Dermaga saat senja. (Ist)", "Dermaga saat senja.", "Ist"),
        ("Dermaga saat senja. Foto: Contoh/Kantor", "Dermaga saat senja.", "Contoh/Kantor"),
        ("Bupati (kiri) di dermaga (18/6/2025)", "Bupati (kiri) di dermaga (18/6/2025)", ""),
        ("Kantor Badan Meteorologi (BMKG)", "Kantor Badan Meteorologi (BMKG)", ""),
    ],
)
def test_credits_are_set_apart_from_captions(caption: str, words: str, credit: str) -> None:
    """Who made a picture is not what it shows."""
    found = convention(f"<figure><img src=a.jpg><figcaption>{caption}</figcaption></figure><p>Isi.</p>")

    assert found.document.blocks[0] == Figure(Inline(words), credit, link=0)


def test_no_first_paragraph_is_lost_as_a_caption() -> None:
    """An article that is one paragraph, or a date in brackets, is no caption."""
    for html in ("<p>Hujan lebat turun di Natuna (RRI Ranai/Contoh)</p>", "<p>Hujan turun Rabu (18/6)</p><p>Isi.</p>"):
        assert not any(isinstance(block, Figure) for block in convention(html).document.blocks)


# Lines of our own, labelled by hand: what may be folded, and what must never be.
RELATED = """
Baca juga:Dermaga Baru Dibuka
Baca Juga: Dermaga Baru Dibuka Pekan Depan
BACA JUGA : Dermaga Baru Dibuka
Baca juga
[Baca juga: Dermaga Baru]
» Baca Juga Dermaga Baru Dibuka
Simak juga: Nelayan Kembali Melaut
Simak Juga 'Nelayan Kembali Melaut':
Lihat juga Video: Senja di Pelabuhan
Tonton juga Video Senja di Pelabuhan
Saksikan juga video menarik berikut ini:
Baca pula: Dermaga Baru
Baca: Dermaga Baru Dibuka
Lihat: Foto Dermaga
SCROLL TO CONTINUE WITH CONTENT
Scroll to continue with content
[Gambas:Video 20detik]
[Gambas:Instagram]
Gambas: Twitter
ADVERTISEMENT
Pilihan Editor: Dermaga Baru Dibuka
Artikel ini telah tayang di Contoh.example dengan judul Dermaga
Saksikan Video Pilihan di Bawah Ini:
Saksikan Live Streaming:
Ikuti berita terbaru kami di Google News
Dapatkan kabar pilihan lewat saluran WhatsApp kami
Halaman selanjutnya
Baca selengkapnya
Berita Terkait:
Read also: New pier opened
See also: New pier opened
""".strip().splitlines()
BODY = """
Baca buku juga penting bagi anak, kata guru itu.
Ia membaca juga surat kabar lama di perpustakaan.
Warga bisa baca juga lewat papan pengumuman, ujar kepala desa.
Juga baca doa bersama di dermaga.
Saksikan mata melihat kapal itu miring ke kiri.
Saksi juga melihat kapal itu miring.
Simakan suara dari radio itu jelas terdengar di pulau seberang.
Menurut dia, pembaca juga menyukai rubrik itu.
Lihatlah laut, kata nelayan tua itu.
Gambas tanaman merambat yang mudah ditanam di pekarangan.
Iklan di radio masih didengar warga pulau.
Ikuti arahan petugas saat gelombang tinggi.
Dapatkan bantuan di kantor desa mulai Senin.
Cek kesehatan gratis dibuka di pelabuhan.
Halaman kantor bupati dipenuhi warga.
Pilihan editor jatuh pada foto dermaga.
Artikel ini membahas cara menanam bakau.
Tonton bareng digelar di lapangan Ranai.
Berita terkait kenaikan harga itu dibantah bupati.
Artikel terkait undang-undang itu sedang dibahas.
Read the letter again, she said.
See also how the tide turns at night, he told pupils.
Related costs fell by a third.
Editor radio itu pensiun setelah 30 tahun.
Penulis novel itu lahir di Natuna.
Oleh karena itu, warga diminta waspada.
Oleh-oleh khas Natuna adalah kerupuk atom.
Reporter senior itu meliput banjir.
Copyright office to open in Batam.
Kapal tiba pukul 06.45 WIB, kata petugas (18/6).
(Kapal itu tiba.)
(tertawa) Kapal itu tiba.
""".strip().splitlines()


def test_folding_is_precise(capsys: pytest.CaptureFixture[str]) -> None:
    """What is folded by mistake is lost to most readers, so precision comes first; the figures are printed."""
    folded = [line for line in RELATED + BODY if line in paragraphs(convention(f"<p>{line}</p><p>Isi.</p>"), "related")]
    right = sum(line in RELATED for line in folded)
    precision, recall = right / len(folded), right / len(RELATED)
    with capsys.disabled():
        print(f"\nfolding: precision {precision:.3f}, recall {recall:.3f} on {len(RELATED)} + {len(BODY)} lines")

    assert [line for line in folded if line in BODY] == []
    assert [line for line in RELATED if line not in folded] == []


@pytest.mark.parametrize("line", BODY)
def test_running_text_keeps_its_role(line: str) -> None:
    """Not related, not small, no caption."""
    assert paragraphs(convention(f"<p>{line}</p><p>Isi.</p>")) == [line, "Isi."]


def test_nothing_inside_a_paragraph_is_folded() -> None:
    """Republika writes its pointers into the text."""
    text = "Harga naik dua persen. Baca juga: Dermaga Baru Dibuka Nelayan mengeluh sejak Rabu."

    assert paragraphs(convention(f"<p>{text}</p>")) == [text]
    long = "Baca juga: " + "kata " * 80
    assert paragraphs(convention(f"<p>{long}</p>")) == [long.strip()]
    after = "<p>Baca juga: <a href=/x>Dermaga</a> " + "Nelayan mengeluh sejak hari Rabu karena harga ikan turun. " * 2
    assert paragraphs(convention(after), "related") == []


def test_a_line_between_breaks_is_a_line() -> None:
    """Old pages part their lines with `<br>` only."""
    found = convention("<p>Isi satu.<br>Baca juga: <a href=/x>Dermaga</a><br>Isi dua.</p>")

    assert paragraphs(found) == ["Isi satu.", "Isi dua."]
    assert paragraphs(found, "related") == ["Baca juga: Dermaga"]
    assert plain_text(found.document) == "Isi satu.\n\nIsi dua."


def test_a_bare_heading_takes_its_links_along() -> None:
    """Liputan6 puts a bare "Baca Juga" above one to three titles."""
    html = (
        "<p>Isi.</p><h2>Baca Juga</h2><ul><li><a href=/1>Satu</a><li><a href=/2>Dua</a></ul><p><a href=/3>Tiga</a></p>"
    )
    found = convention(html + "<p>Isi <a href=/4>lagi</a>.</p><p><a href=/5>Empat</a></p>")

    assert paragraphs(found, "related") == ["Baca Juga", "Satu", "Dua", "Tiga"]
    assert paragraphs(found) == ["Isi.", "Isi lagi.", "Empat"]


def test_a_bare_heading_takes_no_text() -> None:
    """What is not only a link is the article's own."""
    found = convention("<p>Baca juga:</p><p>Isi <a href=/1>satu</a> dua.</p><ul><li>Butir</ul>")

    assert paragraphs(found) == ["Isi satu dua."]
    assert isinstance(found.document.blocks[-1], ListBlock)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Oleh - Siti Contoh,", "Siti Contoh"),
        ("Oleh: Siti Contoh", "Siti Contoh"),
        ("Oleh Siti Contoh", "Siti Contoh"),
        ("Pewarta: Siti Contoh", "Siti Contoh"),
        ("Pewarta : Siti Contoh<br>Editor: Budi Contoh<br>Copyright © Contoh 2025", "Siti Contoh"),
        ("Reporter: Siti Contoh | Editor: Budi Contoh", "Siti Contoh"),
        ("Penulis: Siti A. Contoh, S.Pd.", "Siti A. Contoh, S.Pd."),
        ("Editor: Budi Contoh", "Budi Contoh"),
        ("By Siti Contoh", "Siti Contoh"),
        ("(abc/def)", ""),
        ("(H-3)", ""),
    ],
)
def test_bylines_name_the_author(line: str, author: str) -> None:
    """The line steps back, the name goes to the author field."""
    found = convention(f"<p>JAKARTA - Isi satu.</p><p>Isi dua.</p><p>{line}</p>")

    assert found.author == author
    assert paragraphs(found) == ["JAKARTA - Isi satu.", "Isi dua."]


def test_reading_marks_are_removed() -> None:
    """They tell the one who reads aloud when to pause."""
    html = "<p>KBRN, Ranai: Wakil bupati// hari ini <b>membuka// dermaga</b>//</p><p>Kapal tiba//Penumpang turun/</p>"
    found = convention(html, host="rri.co.id")

    assert paragraphs(found) == [
        "KBRN, Ranai: Wakil bupati hari ini membuka dermaga",
        "Kapal tiba Penumpang turun",
    ]
    first = found.document.blocks[0]
    assert isinstance(first, Paragraph)
    assert [first.text.text[span.start : span.end] for span in first.text.spans] == ["membuka dermaga"]
    assert paragraphs(convention("<p>Lihat https://a.example//x dan/atau</p><p>y//</p>")) == [
        "Lihat https://a.example//x dan/atau",
        "y//",
    ]


@pytest.mark.parametrize(
    ("title", "host", "expected"),
    [
        ("Dermaga dibuka - RRI.co.id", "www.rri.co.id", "Dermaga dibuka"),
        ("Dermaga dibuka - RRI Ranai", "rri.co.id", "Dermaga dibuka"),
        ("Dermaga dibuka - detikNews", "news.detik.com", "Dermaga dibuka"),
        ("Dermaga dibuka | tempo.co", "nasional.tempo.co", "Dermaga dibuka"),
        ("Dermaga dibuka - ANTARA News Kepulauan Riau", "kepri.antaranews.com", "Dermaga dibuka"),
        ("Dermaga dibuka | Republika Online", "republika.co.id", "Dermaga dibuka"),
        ("Dermaga dibuka - Kompas.com", "www.kompas.com", "Dermaga dibuka"),
        ("Dermaga dibuka - Suara.com", "www.suara.com", "Dermaga dibuka"),
        ("Dermaga dibuka – Batam Pos", "batampos.co.id", "Dermaga dibuka"),
        ("Natuna - Anambas dibuka", "rri.co.id", "Natuna - Anambas dibuka"),
        ("RRI.co.id", "rri.co.id", "RRI.co.id"),
        ("Dermaga dibuka - detikNews", "a.example", "Dermaga dibuka - detikNews"),
        ("", "", ""),
    ],
)
def test_title_tails_are_removed(title: str, host: str, expected: str) -> None:
    """The list shows the site already."""
    assert expected == strip_title(title, host)


def test_the_readers_own_tails_are_removed_first() -> None:
    """`title_strip` in feeds.toml is literal."""
    assert strip_title("Dermaga dibuka :: Contoh", "a.example", [" :: Contoh"]) == "Dermaga dibuka"
    assert strip_title(" :: Contoh", "a.example", [" :: Contoh"]) == ":: Contoh"


PARTS = """
<p>KBRN, Natuna: Isi// satu</p>
<p>JAKARTA - Isi</p>
<p>Baca juga: <a href=/x>X</a></p>
<h2>Baca Juga</h2>
<ul><li><a href=/y>Y</a></ul>
<p>Foto: Kapal (RRI Ranai/Contoh)</p>
<img src=a.jpg>
<p>Oleh Siti Contoh</p>
<p>Isi<br>Baca juga<br>Isi</p>
<blockquote><p>Baca juga: X</p></blockquote>
<p>Kapal (RRI Ranai/Contoh) KBRN, Ranai: Isi</p>
<p>Editor: B</p>
<b>//
</b>//
<br>
Pewarta:
( )
""".strip().splitlines()
parts = st.lists(st.sampled_from(PARTS) | st.text(max_size=10), max_size=12).map("".join)


@given(parts, st.sampled_from(["", "rri.co.id"]))
@settings(max_examples=200, deadline=None)
def test_any_document_stays_sound(html: str, host: str) -> None:
    """Spans and links still fit, whatever the rules met."""
    once = apply(to_document(html, base="https://a.example/"), host=host)
    for block in once.document.blocks:
        if isinstance(block, Paragraph | Heading):
            assert all(0 <= span.start < span.end <= len(block.text.text) for span in block.text.spans)
            assert all(span.link < len(once.document.links) for span in block.text.spans)
        if isinstance(block, Paragraph):
            assert block.dateline <= len(block.text.text)

    assert unpack(pack(once.document)) == once.document
    apply(once.document, host=host)


def test_an_empty_document_stays_empty() -> None:
    """Titles without text are common."""
    assert apply(Document(), host="") == Conventioned(Document())
