"""Everyday words by which help and palette find a command, beside its label and help.

Both languages' words always match: one often knows a command by the other's.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["SEARCH_WORDS"]

_RELOAD = "reload update sync fetch muat ulang perbarui sinkronkan ambil"

SEARCH_WORDS: Mapping[str, str] = {
    "app.quit": "exit close leave tutup selesai",
    "article.browse": "web original website peramban situs asli",
    "article.copy_link": "share url clipboard bagikan papan klip",
    "article.fetch": "whole complete content text utuh penuh isi teks",
    "article.files": "podcast audio video play download attachment putar unduh lampiran",
    "article.pipe": "command shell script send kirim perintah skrip",
    "article.save": "export download file ekspor unduh berkas",
    "article.tag": "label category keyword kategori",
    "article.toggle_read": "seen done unread sudah belum dibaca",
    "article.toggle_star": "favourite favorite bookmark flag keep favorit markah bintang",
    "feed.add": "subscribe follow new source langganan berlangganan ikuti baru",
    "feed.details": "info health statistics stats status error informasi kesehatan statistik",
    "feed.move": "category kategori",
    "feed.refresh": _RELOAD,
    "feed.rename": "title name judul nama ganti",
    "feed.toggle": "disable enable pause stop resume off on nonaktifkan aktifkan matikan hidupkan jeda",
    "feeds.begin": "import opml newsboat starter migrate impor awal pindahan",
    "feeds.refresh": _RELOAD,
    "filter.apply": "mute highlight bungkam sorot",
    "filter.focus": "search find query cari",
    "filter.save": "mute hide block ignore silence highlight rule notify bungkam blokir abaikan sorot aturan kabari",
    "find.open": "search page cari laman",
    "help.open": "shortcuts manual keys pintasan panduan tombol",
    "language.switch": "language english bahasa inggris locale",
    "list.group": "date headings tanggal",
    "list.mark_read": "catch up all seen semua",
    "list.rows": "compact comfortable dense density height lines ringkas lega rapat longgar padat baris",
    "list.sort": "order arrange urutan urutkan",
    "list.toggle_read": "unread only show belum dibaca saja tampilkan",
    "menu.open": "context actions konteks klik kanan",
    "problems.show": "errors warnings trouble mistakes galat kesalahan peringatan",
    "sidebar.toggle": "panel tree sources bilah samping sumber",
    "source.edit": "change settings properties configure setelan atur ubah",
    "source.jump": "go switch open pergi lompat pindah",
    "source.remove": "delete unsubscribe unfollow drop hapus buang berhenti langganan",
    "step.undo": "revert restore batalkan kembalikan urungkan",
    "theme.choose": "colors colours dark light appearance skin warna gelap terang tampilan",
    "view.zen": "fullscreen distraction fokus layar penuh",
}
"""Command id to words."""
