"""docs/press.md is true: each line of its tables is run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reader.model.document import Figure, Paragraph
from reader.text.conventions import apply, strip_title
from reader.text.html import to_document

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "press.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[tuple[str, ...]]:
    """The cells of the table under a heading, without the backquotes."""
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = re.findall(r"^\| (.+) \|$", section, re.MULTILINE)[1:]
    assert lines
    return [tuple(cell.strip().strip("`") for cell in line.split(" | ")) for line in lines]


@pytest.mark.parametrize(("text", "dateline", "place"), rows("Datelines"))
def test_datelines(text: str, dateline: str, place: str) -> None:
    found = apply(to_document(f"<p>{text}</p><p>Isi.</p>", base=""), host="kabar.example")
    first = found.document.blocks[0]

    assert isinstance(first, Paragraph)
    assert (first.text.text[: first.dateline], found.place) == (dateline, place)


@pytest.mark.parametrize(("text", "caption", "credit"), rows("Captions"))
def test_captions(text: str, caption: str, credit: str) -> None:
    first = apply(to_document(f"<p>{text}</p><p>Isi.</p>", base=""), host="kabar.example").document.blocks[0]

    assert isinstance(first, Figure)
    assert (first.caption.text, first.credit) == (caption, credit)


@pytest.mark.parametrize(("line", "becomes"), rows("Lines"))
def test_lines(line: str, becomes: str) -> None:
    found = apply(to_document(f"<p>Isi.</p><p>{line}</p>", base=""), host="kabar.example", language="id")
    block = found.document.blocks[-1]

    assert isinstance(block, Paragraph)
    expected = {
        "folded": ("related", ""),
        "author": ("small", "Siti Contoh"),
        "small": ("small", ""),
        "text": ("body", ""),
    }
    assert (block.role, found.author) == expected[becomes]


@pytest.mark.parametrize(("title", "host", "shown"), rows("Titles"))
def test_titles(title: str, host: str, shown: str) -> None:
    assert strip_title(title, host) == shown
