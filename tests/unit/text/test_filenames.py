"""What a stranger names never leaves the folder, hides, or becomes an option or a device."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.text.filenames import MAX_BYTES, download_name, file_name, numbered

WORST = (
    "../../.ssh/authorized_keys", "..", ".", "", "/etc/passwd", "..\\..\\autoexec.bat", "-rf", "--help", "~root",
    ".bashrc", "con", "NUL.txt", "com1", "a\x00b", "a\nb", "a\x1b]52;c;x\x07", "x" * 500, "日本" * 200, "a. . .", "a:b",
    "\u202egpj.exe", "％2e％2e", "\u2215etc\u2215passwd",
)  # fmt: skip


def is_safe(name: str) -> bool:
    stem = name.partition(".")[0].lower()
    return (
        not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f\u202a-\u202e]', name)
        and 0 < len(name.encode()) <= MAX_BYTES
        and name[0] not in "-.~ "
        and name[-1] not in ". "
        and stem not in {"con", "nul", "prn", "aux", "com1", "lpt1"}
    )


@pytest.mark.parametrize("text", WORST, ids=ascii)
def test_the_worst_names_become_harmless(text: str) -> None:
    """Each of these has cost somebody a file."""
    assert is_safe(file_name(text, ".md"))
    assert is_safe(download_name(f"https://contoh.example/{text}"))
    assert is_safe(download_name("https://contoh.example/", disposition=f'attachment; filename="{text}"'))


@settings(max_examples=150)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_name_is_harmless(title: str, disposition: str) -> None:
    """Also those nobody thought of."""
    assert is_safe(file_name(title))
    assert is_safe(download_name(title, disposition=disposition, content_type=disposition))
    assert is_safe(download_name("", disposition=f"attachment; filename*=UTF-8''{title}"))


def test_a_title_stays_readable() -> None:
    """The reader looks for it by its words."""
    assert file_name("Harga ikan: turun 10%/kg", ".md") == "Harga ikan turun 10% kg.md"
    assert file_name("日本語のタイトル", ".md") == "日本語のタイトル.md"


@pytest.mark.parametrize(
    ("url", "disposition", "kind", "name"),
    [
        ("https://a.example/siniar/ep%2012.MP3?x=1", "", "audio/mpeg", "ep 12.mp3"),
        ("https://a.example/play?id=3", "", "audio/mpeg; x=y", "play.mp3"),
        ("https://a.example/", "", "", "file"),
        ("https://a.example/1", 'attachment; filename="Berita pagi.mp3"', "", "Berita pagi.mp3"),
        ("https://a.example/1", "attachment; filename=pagi.mp3; size=3", "", "pagi.mp3"),
        ("https://a.example/1", "attachment; filename=\"x.mp3\"; filename*=UTF-8''caf%C3%A9.mp3", "", "café.mp3"),
        ("https://a.example/1", "attachment; filename*=nonsense''a%20b.mp3", "", "a b.mp3"),
        ("https://a.example/1", "attachment; filename*=idna''%C3%A4.mp3", "", "ä.mp3"),
        ("https://a.example/1", "attachment; filename*=ISO-8859-1''%E4.mp3", "", "ä.mp3"),
        ("https://a.example/1", r'attachment; filename="C:\\temp\\x.mp3"', "", "x.mp3"),
    ],
)
def test_a_download_is_named_as_its_server_says(url: str, disposition: str, kind: str, name: str) -> None:
    """Content-Disposition first, then the address, the suffix by type."""
    assert download_name(url, disposition=disposition, content_type=kind) == name


def test_numbers_stand_before_the_suffix() -> None:
    """Programs choose by suffix."""
    names = numbered("a.md")

    assert [next(names) for _n in range(3)] == ["a.md", "a (2).md", "a (3).md"]
