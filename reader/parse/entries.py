"""feedparser's entries as drafts.

feedparser's dictionaries answer for keys they do not hold (``updated`` for ``published``, with a warning), so they
are read as the plain dictionaries they also are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from reader.model import Enclosure
from reader.parse.drafts import Draft, line_of_html
from reader.parse.values import duration, number, paragraphs
from reader.text.urls import web_url

__all__ = ["draft_of", "links_of"]

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "html", "xhtml", "text/xml", "application/xml"})
_ADDRESS = re.compile(r"[(<\[]?\s{0,3}[^\s()<>\[\]@]{1,64}@[^\s()<>\[\]@]{1,255}\s{0,3}[)>\]]?")

Entry = Mapping[str, Any]


def draft_of(entry: Entry) -> Draft:
    """What feedparser read of one entry."""
    content, summary = _texts(entry)
    picture = _picture(entry)
    return Draft(
        guid=_text(entry, "id"),
        link=_link(entry),
        base=_base(entry),
        title=_title(entry),
        author=_author(entry),
        published=_text(entry, "published") or _text(entry, "created"),
        updated=_text(entry, "updated"),
        content=content,
        summary=summary,
        categories=tuple(_categories(entry)),
        enclosures=tuple(_enclosures(entry)),
        image=picture,
        caption=_caption(entry, picture),
        credit=next((_text(each, "content") for each in _dicts(entry, "media_credit") if _text(each, "content")), ""),
        comments=_text(entry, "comments"),
    )


def links_of(holder: Entry, rel: str) -> list[Entry]:
    """The links of one relation that have an address."""
    return [link for link in _dicts(holder, "links") if link.get("rel") == rel and link.get("href")]


def _text(holder: Entry, key: str) -> str:
    value = dict.get(holder, key) if isinstance(holder, dict) else None
    return value if isinstance(value, str) else ""


def _dicts(holder: Entry, key: str) -> list[Entry]:
    value = dict.get(holder, key) if isinstance(holder, dict) else None
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _dict(holder: Entry, key: str) -> Entry:
    value = dict.get(holder, key) if isinstance(holder, dict) else None
    return value if isinstance(value, dict) else {}


def _link(entry: Entry) -> str:
    """The address of the article: not of a counting service that redirects to it, if the feed tells both."""
    for key in ("feedburner_origlink", "link"):
        if web_url(link := _text(entry, key)):
            return link
    for rel in ("alternate", "related", "via"):
        if links := links_of(entry, rel):
            return _text(links[0], "href")
    return _text(entry, "link") or web_url(_text(entry, "id"))


def _base(entry: Entry) -> str:
    for detail in (*_dicts(entry, "content"), _dict(entry, "summary_detail"), _dict(entry, "title_detail")):
        if base := _text(detail, "base"):
            return base
    return ""


def _title(entry: Entry) -> str:
    title = _text(entry, "title") or _text(entry, "media_title")
    is_html = _text(_dict(entry, "title_detail"), "type") in _HTML_TYPES
    return line_of_html(title) if is_html else title


def _author(entry: Entry) -> str:
    """Names rather than addresses; feedparser's own parting of the two fails for top domains longer than four."""
    names = [_text(author, "name") for author in _dicts(entry, "authors")[:20]]
    several = list(dict.fromkeys(_name(name) for name in names if name.strip()))
    return ", ".join(several) if len(several) > 1 else _name(_text(entry, "author")) or "".join(several)


def _name(author: str) -> str:
    line = line_of_html(author[:2000])
    return _ADDRESS.sub("", line).strip(" ()<>,;") or line


def _texts(entry: Entry) -> tuple[str, str]:
    """Text and summary as HTML; the summary is empty if it is the text.

    The longest counts as the text: feedparser files a caption (``media:description``) under content too.
    """
    found = [
        _as_html(_text(detail, "value"), _text(detail, "type") or "text/html")
        for detail in _dicts(entry, "content")
        if not _text(detail, "src")
    ]
    summary = _as_html(_text(entry, "summary"), _text(_dict(entry, "summary_detail"), "type") or "text/html")
    content = max([*found, summary], key=len)
    if summary == content or not summary.strip():
        return content, ""
    return content, summary


def _as_html(value: str, mime: str) -> str:
    mime = mime.lower()
    if mime in _HTML_TYPES:
        return value
    if not mime.startswith("text"):
        return ""
    return paragraphs(value)


def _categories(entry: Entry) -> Iterator[str]:
    for tag in _dicts(entry, "tags"):
        yield line_of_html(_text(tag, "label") or _text(tag, "term"))


def _enclosures(entry: Entry) -> Iterator[Enclosure]:
    seconds = duration(_text(entry, "itunes_duration"))
    for link in links_of(entry, "enclosure"):
        is_playable = _text(link, "type").lower().startswith(("audio", "video"))
        yield Enclosure(
            _text(link, "href"),
            type=_text(link, "type"),
            length=number(link.get("length")),
            duration_seconds=seconds if is_playable else None,
            title=_text(link, "title"),
        )
    for media in _dicts(entry, "media_content"):
        if _text(media, "url"):
            yield Enclosure(
                _text(media, "url"),
                type=_text(media, "type") or _type_of(_text(media, "medium")),
                length=number(media.get("filesize")),
                duration_seconds=duration(media.get("duration")),
            )


def _type_of(medium: str) -> str:
    return f"{medium}/*" if medium in {"image", "audio", "video"} else ""


def _picture(entry: Entry) -> str:
    """Address of the entry's picture."""
    pictures = [media for media in _dicts(entry, "media_content") if _is_picture(media)]
    widest = max(pictures, key=lambda media: number(media.get("width")) or 0, default={})
    candidates = [_text(widest, "url")]
    candidates += [_text(thumbnail, "url") for thumbnail in _dicts(entry, "media_thumbnail")]
    candidates += [_text(link, "href") for link in links_of(entry, "enclosure") if _is_picture(link)]
    candidates.append(_text(_dict(entry, "image"), "href"))
    return next(filter(None, candidates), "")


def _caption(entry: Entry, picture: str) -> str:
    """What is said about that picture (``media:title``), or about all of them."""
    titles = {_text(media, "url"): _text(media, "title") for media in _dicts(entry, "media_content")}
    return line_of_html(titles.get(picture, "") or _text(entry, "media_title")) if picture else ""


def _is_picture(media: Entry) -> bool:
    kind = _text(media, "type").lower()
    if kind or _text(media, "medium"):
        return kind.startswith("image") or _text(media, "medium").lower() == "image"
    address = (_text(media, "url") or _text(media, "href")).lower().partition("?")[0]
    return address.endswith((".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"))
