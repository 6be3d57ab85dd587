"""What each outlet of the Indonesian press sends, and what Warta makes of it.

The documents in `tests/outlets` are of our own writing; what is taken from each outlet is how it builds them. The
TOML beside a document says what must come of it, and only what it names is compared: add an outlet by adding both.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from reader.core.catalogue import named
from reader.model import Document, FeedConfig, Figure, PageJob, PageText, Paragraph, ParsedFeed, ParseJob, unpack, walk
from reader.parse.kinds import parse
from reader.parse.page import parse_page

OUTLETS = Path(__file__).resolve().parents[2] / "outlets"
WISHES = sorted(OUTLETS.glob("*.toml"))
ROLES = ("body", "related")


def outlet(name: str) -> list[dict[str, Any]]:
    """What comes of an outlet's document, by the names its TOML uses."""
    wish = tomllib.loads((OUTLETS / f"{name}.toml").read_text(encoding="utf-8"))
    (path,) = (path for path in OUTLETS.glob(f"{name}.*") if path.suffix != ".toml")
    source = named(wish["catalogue"])[0] if "catalogue" in wish else None
    more = dict(source.more) if source else {}
    if wish.get("is_page"):
        title = wish["articles"][0]["title"]
        options = {key: more.get(key, ()) for key in ("content", "remove")}
        page = parse_page(PageJob(path.read_bytes(), wish["url"], "text/html", title=title, **options))  # type: ignore[arg-type]  # given by name
        assert isinstance(page, PageText), page
        told = {"title": title, "place": page.place, "author": page.author}
        return [told | told_of(unpack(page.document))]
    config = FeedConfig(wish["url"], kind=source.kind if source else "feed", **more)  # type: ignore[arg-type]  # as feeds.toml has it
    found = parse(ParseJob(path.read_bytes(), wish["url"], "", config))
    assert isinstance(found, ParsedFeed), found
    return [
        {
            "title": entry.title,
            "key": entry.key,
            "merge_key": entry.merge_key,
            "place": entry.place,
            "author": entry.author,
            "summary": entry.summary,
            "image": entry.image_url,
            "categories": list(entry.categories),
            "published": f"{entry.published:%Y-%m-%dT%H:%M:%SZ}" if entry.published else "",
            **told_of(unpack(entry.document)),
        }
        for entry in found.entries
    ]


def told_of(document: Document) -> dict[str, Any]:
    """A document's parts: caption and credit of the first picture that has any, dateline, lines by role."""
    figures = [block for block in document.blocks if isinstance(block, Figure) and (block.caption.text or block.credit)]
    lines = [block for block in walk(document.blocks) if isinstance(block, Paragraph)]
    return {
        "caption": figures[0].caption.text if figures else "",
        "credit": figures[0].credit if figures else "",
        "dateline": next((line.text.text[: line.dateline] for line in lines if line.dateline), ""),
        **{role: [line.text.text for line in lines if line.role == role] for role in ROLES},
    }


@pytest.mark.parametrize("name", [path.stem for path in WISHES])
def test_an_outlet_is_read_as_it_writes(name: str) -> None:
    """Each has habits of its own, and a reader should see none of them."""
    wished: Sequence[dict[str, Any]] = tomllib.loads((OUTLETS / f"{name}.toml").read_text(encoding="utf-8"))["articles"]
    found = outlet(name)

    assert [article["title"] for article in found] == [article["title"] for article in wished]
    for article, wish in zip(found, wished, strict=True):
        body = "\n".join(article["body"])
        assert [text for text in wish.pop("holds", []) if text not in body] == []
        assert {key: article[key] for key in wish} == wish


def test_the_same_article_is_known_across_sources() -> None:
    """RRI's feed and its search page name one article at two addresses."""
    assert outlet("rri")[0]["merge_key"] == outlet("rri-search")[0]["merge_key"]


def test_each_document_has_its_wishes() -> None:
    """One that is compared with nothing proves nothing."""
    documents = {path.stem for path in OUTLETS.iterdir() if path.suffix in {".xml", ".html"}}

    assert documents == {path.stem for path in WISHES}
