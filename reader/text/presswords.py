"""How the press writes, as one table of rules.

A rule is one row: what it is for, a pattern, an example of our own, and what the example comes to; the tests check
every row against its example. To teach Warta another site or language, add a row.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from reader.light import dataclass

__all__ = ["RULES", "PressRule", "RuleKind", "rules_for"]

RuleKind = Literal["dateline", "caption", "credit", "related", "heading", "author", "editor", "note", "mark", "tail"]
"""What a rule recognises.

``dateline``: the start of the first paragraph; group ``place``. ``caption``: a first paragraph that belongs to an
image; groups ``caption``, ``credit``. ``credit``: who made an image, at the end of its caption; group ``credit``.
``related``: a line that points to other articles. ``heading``: such a line that takes the next ones along if they are
only links. ``author``, ``editor``: a line that names one; group ``name``. ``note``: a line about rights and origin.
``mark``: signs to remove from the text. ``tail``: the site's name behind a title.
"""


@dataclass(frozen=True, slots=True)
class PressRule:
    """One convention."""

    kind: RuleKind
    """What it recognises."""
    pattern: re.Pattern[str]
    """Matched from the start (``credit``, ``mark``, ``tail``: searched)."""
    example: str
    """A text it is for, of our own writing."""
    gives: str = ""
    """What the example comes to: place, name, credit, or the text that is left."""
    hosts: tuple[str, ...] = ()
    """Sites it is for, subdomains included; empty: all."""
    languages: tuple[str, ...] = ()
    """Two-letter languages it is for; empty: all. An article of unknown language counts as all."""
    is_strong: bool = False
    """Whether the group ``place`` must be set in bold."""


_U = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİĶĻŁŃŅŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽ"
_PLACE = rf"(?P<place>[{_U}][\w.'’]*(?:[ -][{_U}][\w.'’]*){{0,3}})"
_NO_PLACE = r"(?!(?:FOTO|VIDEO|OPINI|UPDATE|BREAKING|LIVE|CATATAN|INFOGRAFIS|SPOILER)\b)"
_CAPITALS = rf"(?P<place>{_NO_PLACE}(?:[{_U}]{{4}}[{_U}.'’]*(?:[ -][{_U}.'’]+){{0,2}}|SOLO|WASHINGTON D\.C\.))"
_DASH = "[-–—]{1,2}"
_SITE = r"(?i:(?:[\w-]{2,30}\.)+(?:com|co|id|net|tv|news|org|info|press)\b)"
_BRAND = rf"(?:{_SITE}|CNN Indonesia|CNBC Indonesia|BBC Indonesia|VOA Indonesia|ANTARA|RRI)"
_AGENCY = (
    rf"(?:{_SITE}|(?i:antara)(?: [A-Z]\w+)*|RRI(?: \w+)?|Reuters|REUTERS|AFP|AP|dpa|DPA|EPA|Xinhua|XINHUA|Kyodo"
    r"|Yonhap|Bernama|BERNAMA|Anadolu|AA|TASS|Sputnik|UPI|PTI|Bloomberg|VOA|BBC)"
)
_MAKER = (
    r"(?:[Dd]ok(?:umen(?:tasi)?)?\b|[Ff]oto\b|[Ii]st(?:imewa)?\b|ANTARA|Antara\b|RRI|AFP|AP\b|Reuters|REUTERS|Getty"
    r"|EPA|Xinhua|Bloomberg|Shutterstock|Unsplash|Pexels|Pixabay|Instagram|Humas|(?:Disk|K)ominfo"
    rf"|Biro Pers|BPMI|{_SITE})"
)
# Organisation and name: (RRI Ranai/Contoh); a date or a pair of acronyms is none.
_MAKER_AND_NAME = rf"[{_U}][^()/\d]{{1,40}}/\s?(?=[^()/]*[a-z])[{_U}][^()/\d]{{1,40}}(?:/[^()/]{{1,30}})?"
_NAME = rf"(?P<name>[{_U}][\w.'’-]*\.?(?:,? (?:[{_U}(&][\w.'’)-]*|dan|bin|binti|van|de)){{0,7}})"
_NAME_END = r",?\s*(?=$|\||/|\b(?:[Ee]ditor|EDITOR|[Pp]enulis|[Rr]eporter)\s*:)"
_JUGA = r"(?:baca|simak|lihat|tonton|saksikan|dengarkan)\s+(?:juga|pula)"


_ID = ("id", "in", "ms")


def _rule(
    kind: RuleKind,
    pattern: str,
    example: str,
    gives: str = "",
    *,
    hosts: tuple[str, ...] = (),
    languages: tuple[str, ...] = (),
    is_strong: bool = False,
) -> PressRule:
    """A row. Patterns for related lines, notes and tails do not mind case."""
    flags = re.IGNORECASE if kind in {"related", "heading", "note", "tail"} else 0
    return PressRule(kind, re.compile(pattern, flags), example, gives, hosts, languages, is_strong)


RULES: tuple[PressRule, ...] = (
    # Datelines: the first that fits counts.
    _rule("dateline", rf"KBRN\s*,\s*{_PLACE}\s*(?:[:.]|{_DASH})", "KBRN, Natuna: Kapal tiba.", "Natuna"),
    _rule("dateline", r"KBRN\s*[.,:](?=\s)", "KBRN. Kapal tiba."),
    _rule(
        "dateline", rf"{_SITE}\s*,\s*{_PLACE}\s*(?:{_DASH}|:)(?=\s|$)", "Liputan6.com, Jakarta - Kapal tiba.", "Jakarta"
    ),
    _rule(
        "dateline", rf"{_PLACE}\s*,\s*{_BRAND}\s*(?:{_DASH}|:)(?=\s|$)", "JAKARTA, KOMPAS.com - Kapal tiba.", "Jakarta"
    ),
    _rule(
        "dateline",
        rf"{_PLACE}(?:,[^()]{{2,25}})?\s*\({_AGENCY}\)\s*(?:{_DASH}|:)",
        "Biel (ANTARA News) – Kapal tiba.",
        "Biel",
    ),
    _rule(
        "dateline",
        rf"{_CAPITALS}(?:,[^()]{{2,25}})?\s*\([{_U}][\w .]{{1,25}}\)\s*(?:{_DASH}|:)",
        "RANAI (HK) - Kapal tiba.",
        "Ranai",
    ),
    _rule("dateline", rf"{_SITE}\s+{_DASH}(?=\s)", "KOMPAS.com - Kapal tiba."),
    _rule("dateline", rf"{_CAPITALS}\s+{_DASH}(?=\s+[\"“‘{_U}\d])", "BANDUNG - Kapal tiba.", "Bandung"),
    _rule("dateline", rf"{_PLACE}\s*{_DASH}(?=\s)", "Jakarta - Kapal tiba.", "Jakarta", is_strong=True),
    # Captions that stand in the text.
    _rule(
        "caption",
        r"(?:Foto|FOTO|Keterangan foto|Ket\. ?foto|Photo)\s*:\s*(?P<caption>.{3,400})",
        "Foto: Dermaga saat senja.",
    ),
    _rule(
        "caption",
        r"(?P<caption>Ilustrasi\b.{0,200}?)\s*\((?P<credit>[^()]{2,80})\)\.?$",
        "Ilustrasi dermaga. (Dok. Contoh)",
        "Dok. Contoh",
    ),
    _rule(
        "caption",
        rf"(?P<caption>.{{10,400}}?)\s*\((?P<credit>{_MAKER_AND_NAME})\)\.?$",
        "Dermaga saat senja (RRI Ranai/Contoh)",
        "RRI Ranai/Contoh",
    ),
    # Credits at the end of a caption.
    _rule(
        "credit",
        rf"\s*\((?:[Ff]oto\s*:\s*)?(?P<credit>{_MAKER_AND_NAME})\s*\)\.?$",
        "Dermaga. (ANTARA FOTO/Contoh/foc.)",
        "ANTARA FOTO/Contoh/foc.",
    ),
    _rule(
        "credit",
        rf"\s*\((?:[Ff]oto\s*:\s*)?(?P<credit>{_MAKER}[^()]{{0,60}}?)\s*\)\.?$",
        "Dermaga. (Dok.Contoh )",
        "Dok.Contoh",
    ),
    _rule(
        "credit",
        r"(?:(?<=[.!?)])|\s/)\s*(?:Foto|FOTO|Photo|Sumber [Ff]oto|Kredit [Ff]oto)\s*:\s*(?P<credit>[^()]{2,80})$",
        "Dermaga. Foto: Contoh/Kantor",
        "Contoh/Kantor",
    ),
    # Lines that point to other articles.
    _rule("heading", rf"\W*(?:{_JUGA}|baca selengkapnya|(?:berita|artikel) (?:terkait|lainnya))\W*$", "Baca Juga:"),
    _rule(
        "heading",
        r"\W*(?:read (?:also|more)|see also|also read|related(?: (?:articles?|stories|news|coverage))?)\W*$",
        "See also:",
    ),
    _rule("related", rf"\W*{_JUGA}\b", "Baca juga:Dermaga Baru Dibuka"),
    _rule("related", r"\W*(?:baca|simak|lihat|tonton)\s*:\s*\S", "Baca: Dermaga Baru Dibuka", languages=_ID),
    _rule(
        "related",
        r"\W*(?:baca|simak|lihat)\s+(?:selengkapnya|artikel|berita)\s+(?:di|lainnya|selengkapnya|terkait)\b",
        "Baca berita lainnya di sini",
    ),
    _rule("related", r"\W*scroll\s+to\s+(?:continue|resume)\b", "SCROLL TO CONTINUE WITH CONTENT"),
    _rule("related", r"\W*gambas\s*:", "[Gambas:Video 20detik]"),
    _rule("related", r"\W*(?:advertisement|iklan|advertorial)\W*$", "ADVERTISEMENT"),
    _rule("related", r"\W*pilihan\s+editor\s*:", "Pilihan Editor: Dermaga Baru Dibuka"),
    _rule(
        "related", r"\W*artikel\s+ini\s+(?:telah|sudah)\s+tayang\s+di\b", "Artikel ini telah tayang di contoh.example"
    ),
    _rule(
        "related",
        r"\W*(?:saksikan|tonton|simak)\s+(?:video|live|siaran)\b.{0,100}(?:ini|sini|berikut|pilihan|streaming)\W*(?:$|:)",
        "Saksikan Video Pilihan di Bawah Ini:",
    ),
    _rule(
        "related",
        r"\W*(?:ikuti|dapatkan|cek|gabung|follow)\b.{0,90}\b(?:google\s+news|whatsapp|telegram)\b",
        "Ikuti berita kami di Google News",
    ),
    _rule(
        "related",
        r"\W*(?:halaman|lanjut ke halaman)\s+(?:selanjutnya|berikutnya)\b.{0,30}$",
        "Halaman selanjutnya",
        languages=_ID,
    ),
    _rule(
        "related",
        r"\W*(?:read\s+(?:also|more)|see\s+also|also\s+read|watch\s+also|related)\s*[:–—-]\s*\S",
        "Read also: New pier opened",
    ),
    # Who wrote it.
    _rule(
        "author",
        rf"\W*(?i:pewarta|reporter|wartawan|penulis|kontributor|koresponden|jurnalis|oleh|laporan)\s*[:–—-]\s*{_NAME}{_NAME_END}",
        "Pewarta : Siti Contoh | Editor: B. Contoh",
        "Siti Contoh",
    ),
    _rule("author", rf"(?:Oleh|OLEH|By|BY)\s+(?!karena|sebab){_NAME}{_NAME_END}$", "Oleh Siti Contoh", "Siti Contoh"),
    _rule(
        "editor",
        rf"(?:.*[|/]\s*|.*\s)?\W*(?i:editor|penyunting|redaktur)\s*[:–—-]\s*{_NAME}{_NAME_END}",
        "Editor: Budi Contoh",
        "Budi Contoh",
    ),
    # Rights and origin.
    _rule(
        "note", r"\W*(?:copyright|hak cipta)\b.{0,40}(?:©|\(c\)|\d{4}).{0,80}$|©.{0,120}$", "Copyright © Contoh 2025"
    ),
    _rule(
        "note",
        r"dilarang (?:keras )?(?:mengambil|mengutip|menyalin|memperbanyak)\b.{0,300}$",
        "Dilarang keras mengambil konten tanpa izin.",
    ),
    _rule(
        "note",
        r"the post .{1,300} (?:appeared first on|first appeared on) .{1,80}$",
        "The post Pier opened appeared first on Contoh.",
    ),
    _rule(
        "note",
        r"(?:artikel|pos) .{1,300} (?:pertama kali tampil pada|ditampilkan lebih awal di) .{1,80}$",
        "Artikel Dermaga pertama kali tampil pada Contoh.",
    ),
    _rule("note", r"\((?-i:[a-z]{2,6}(?:[/ ][a-z]{2,6}){0,3}|[A-Z]-\d{1,2})\)$", "(abc/def)", languages=_ID),
    # Marks for the one who reads aloud.
    _rule(
        "mark",
        rf"(?<![:/\s])\s?//+(?=\s|$|[{_U}])|(?<=[\w.,”\"])/$",
        "Kapal tiba// penumpang turun/",
        "Kapal tiba penumpang turun",
        hosts=("rri.co.id",),
    ),
    # Site names behind titles; `strip_title` also knows a tail that is the host's own name.
    _rule("tail", r"\s*[-|–—]\s*detik\w{0,12}$", "Dermaga dibuka - detikNews", "Dermaga dibuka", hosts=("detik.com",)),
    _rule(
        "tail",
        r"\s*[-|–—]\s*(?:lembaga )?(?:radio republik indonesia|rri(?: [\w ]{2,25})?)$",
        "Dermaga dibuka - RRI Ranai",
        "Dermaga dibuka",
        hosts=("rri.co.id",),
    ),
    _rule(
        "tail",
        r"\s*[-|–—]\s*antara ?news(?: [\w ]{2,30}|\.com)?$",
        "Dermaga dibuka - ANTARA News Kepulauan Riau",
        "Dermaga dibuka",
        hosts=("antaranews.com",),
    ),
    _rule(
        "tail",
        r"\s*[-|–—]\s*(?:\w+ )?(?:tempo(?:\.co)?)$",
        "Dermaga dibuka | tempo.co",
        "Dermaga dibuka",
        hosts=("tempo.co",),
    ),
    _rule(
        "tail",
        r"\s*[-|–—]\s*republika(?: online|\.co\.id)?$",
        "Dermaga dibuka | Republika Online",
        "Dermaga dibuka",
        hosts=("republika.co.id",),
    ),
    _rule(
        "tail",
        r"\s*[-|–—]\s*tribun\w*(?:\.com|\.id|\.co\.id)?$",
        "Dermaga dibuka - Tribunbatam.id",
        "Dermaga dibuka",
        hosts=("tribunnews.com",),
    ),
    _rule(
        "tail",
        r"\s*[-|–—]\s*(?:news|bola|tekno|lifestyle|bisnis) liputan6\.com$",
        "Dermaga dibuka - News Liputan6.com",
        "Dermaga dibuka",
        hosts=("liputan6.com",),
    ),
    _rule(
        "tail",
        r"\s*:\s*okezone \w{2,15}$",
        "Dermaga dibuka : Okezone Nasional",
        "Dermaga dibuka",
        hosts=("okezone.com",),
    ),
    _rule(
        "tail",
        r"\s*[-|–—]\s*(?:all )?kompas(?:\.com|iana| tv)?$",
        "Dermaga dibuka - Kompas.com",
        "Dermaga dibuka",
        hosts=("kompas.com",),
    ),
)
"""All rules; of one kind, the first that fits counts."""


@lru_cache(maxsize=256)  # asked for every article of a feed
def rules_for(kind: RuleKind, *, host: str = "", language: str = "") -> tuple[PressRule, ...]:
    """The rules of a kind for an article of this site and language."""
    name = host.removeprefix("www.")
    return tuple(
        rule
        for rule in RULES
        if rule.kind == kind
        and (not rule.hosts or any(name == site or name.endswith("." + site) for site in rule.hosts))
        and (not rule.languages or not language or language[:2].lower() in rule.languages)
    )
