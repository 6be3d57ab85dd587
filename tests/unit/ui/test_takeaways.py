"""Lists of links and files say what each really is."""

from __future__ import annotations

from datetime import UTC

import pytest

from reader.model import Article, Enclosure
from reader.ui.article.header import article_card
from reader.ui.article.layout import Page
from reader.ui.article.linking import named_links
from reader.ui.dialogs.takeaways import file_kind, size_text, time_text
from tests.unit.ui.article.documents import EVERYTHING
from tests.unit.ui.making import NOW, row


def page(*files: Enclosure) -> Page:
    article = Article(row(), EVERYTHING, enclosures=files)
    return Page(article_card(article, zone=UTC, now=NOW), EVERYTHING)


def test_every_link_has_its_number_words_and_real_host() -> None:
    """The words may name another host than the link."""
    links = named_links(page(Enclosure("https://suara.example/1.mp3", "audio/mpeg", title="Episode 1")))

    assert [link.number for link in links] == [1, 2, 3, 4]
    assert links[0].host == "contoh.example"
    assert (links[1].words, links[1].host) == ("kapal putih", "penipu.example")
    assert links[2].host == "redaksi@contoh.example"
    assert (links[3].words, links[3].url) == ("Episode 1", "https://suara.example/1.mp3")


@pytest.mark.parametrize(
    ("size", "seconds", "shown"),
    [(1, 5, ("1 KB", "0:05")), (43_000_000, 2712, ("43 MB", "45:12")), (1_500_000_000, 3723, ("1.5 GB", "1:02:03"))],
)
def test_sizes_and_times_are_short(size: int, seconds: int, shown: tuple[str, str]) -> None:
    """They stand beside a name."""
    assert (size_text(size), time_text(seconds)) == shown


def test_a_file_is_named_by_its_kind() -> None:
    """What is no sound and no picture is named by its type."""
    assert [file_kind(Enclosure("", kind)) for kind in ("audio/mpeg", "video/mp4", "application/pdf", "")] == [
        "audio", "video", "application/pdf", "",
    ]  # fmt: skip
