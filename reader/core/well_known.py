"""Where sites keep their feeds, by what their addresses look like. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from reader.text.urls import resolve, web_url

__all__ = ["by_pattern", "usual_places"]

_PATTERNS: tuple[tuple[str, str], ...] = (
    (r"(?:www\.|m\.)?youtube\.com/channel/(UC[\w-]{10,40})", "https://www.youtube.com/feeds/videos.xml?channel_id={0}"),
    (r"(?:www\.|m\.)?youtube\.com/playlist\?(?:.*&)?list=([\w-]{10,60})",
     "https://www.youtube.com/feeds/videos.xml?playlist_id={0}"),
    (r"(?:www\.|m\.)?youtube\.com/user/([\w.-]{1,60})", "https://www.youtube.com/feeds/videos.xml?user={0}"),
    (r"github\.com/([\w.-]{1,60})/([\w.-]{1,120})/(?:commits|tree)/([\w./-]{1,120})",
     "https://github.com/{0}/{1}/commits/{2}.atom"),
    (r"github\.com/([\w.-]{1,60})/([\w.-]{1,120})/tags", "https://github.com/{0}/{1}/tags.atom"),
    (r"github\.com/([\w.-]{1,60})/([\w.-]{1,120}?)(?:\.git)?(?:/.*)?$", "https://github.com/{0}/{1}/releases.atom"),
    (r"github\.com/([\w.-]{1,60})/?$", "https://github.com/{0}.atom"),
    (r"(?:www\.|old\.|new\.)?reddit\.com/((?:r|user|u)/[\w-]{1,60})", "https://www.reddit.com/{0}/.rss"),
    (r"medium\.com/(@?[\w.-]{1,100})", "https://medium.com/feed/{0}"),
)  # fmt: skip
_FEDIVERSE = re.compile(r"/@[\w.-]{1,100}/?")
_NOT_FEDIVERSE = ("youtube.com", "tiktok.com", "threads.net", "threads.com", "medium.com")
_USUAL = ("feed/", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml")


def by_pattern(url: str) -> tuple[str, ...]:
    """The feeds of an address on a site whose rules are known."""
    rest = re.sub(r"(?i)^https?://", "", url)
    for pattern, form in _PATTERNS:
        if found := re.match(pattern, rest, re.IGNORECASE):
            return (form.format(*found.groups()),)
    parts = urlsplit(web_url(url))
    is_person = _FEDIVERSE.fullmatch(parts.path) and not (parts.hostname or "").endswith(_NOT_FEDIVERSE)
    return (url.rstrip("/") + ".rss",) if is_person else ()


def usual_places(url: str) -> tuple[str, ...]:
    """Where publishing systems put their feeds: beneath the address itself, then at the site's root."""
    here = url.partition("?")[0].partition("#")[0].rstrip("/") + "/"
    root = resolve(url, "/")
    beneath = (resolve(here, "feed/"), resolve(here, "rss")) if here != root else ()
    return tuple(dict.fromkeys(filter(None, (*beneath, *(resolve(root, path) for path in _USUAL)))))
