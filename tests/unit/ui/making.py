"""Rows and feeds for the screen's tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from rich.style import Style

from reader.model import ArticleRow, Feed, FeedConfig, FeedState
from reader.ui.widgets.article_row import PARTS

NOW = datetime(2025, 12, 16, 10, 5, tzinfo=UTC)

STYLES: dict[str, Style] = {
    **{part: Style(italic=index % 2 == 0) for index, part in enumerate(PARTS)},
    "warning": Style(color="yellow"),
    "hit": Style(underline=True),
}

HOSTILE = (
    "[/",
    "x [/] y",
    "[@click=app.quit]x[/]",
    "price [$5]",
    "[b",
    "a\x1b]52;c;AA==\x07b",
    "\u202eabc\x9b31m",
    "👩‍👩‍👧‍👦 keluarga 🇮🇩 ❤️ 👍🏽",
    "日本語のタイトルはとても長いので二行になるかもしれません",
    "العنوان العربي هنا طويل جدا",
    "e\u0301\u0302\u0303\u0304\u0305\u0306 zalgo",
    "क्षत्रिय हिन्दी समाचार",
    "",
    "tanpa" * 40,
)
"""Titles that broke other readers."""


def row(article_id: int = 1, title: str = "Kapal perintis berlayar lagi", **changes: object) -> ArticleRow:
    """An unread article of ten minutes ago."""
    values: dict[str, object] = {
        "id": article_id,
        "feed_id": 1,
        "feed": "RRI",
        "title": title,
        "url": f"https://contoh.example/{article_id}",
        "date": NOW - timedelta(minutes=10),
        "first_seen": NOW,
    }
    return ArticleRow(**(values | changes))  # type: ignore[arg-type]  # the values fit the fields by name


def feed(feed_id: int, title: str, folder: str = "", unread: int = 0, state: FeedState | None = None) -> Feed:
    """A feed with a name."""
    return Feed(
        id=feed_id,
        config=FeedConfig(url=f"https://contoh.example/{feed_id}.xml", title=title, folder=folder),
        state=state or FeedState(health="ok"),
        articles=unread * 2,
        unread=unread,
    )
