"""Images and embedded things: which address stands for them, and what to call them."""

from __future__ import annotations

import re

from reader.light import dataclass
from reader.text.clean import clean_line
from reader.text.urls import display_host, is_tracker_pixel, resolve, without_credentials

__all__ = [
    "EMBED_RULES",
    "Attributes",
    "EmbedRule",
    "alt_text",
    "embed_address",
    "embed_label",
    "image_address",
    "is_tiny",
    "title_text",
]

Attributes = dict[str, str | None]

_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy")
_PLACEHOLDER = re.compile(
    r"^data:|placeholder|blank\.(?:gif|png)|spacer|1x1|pixel\.(?:gif|png)|lazy[-_]?load|loading\.gif", re.IGNORECASE
)
_CANDIDATES = re.compile(r",\s+|,(?=https?:)")
_SIZE = re.compile(r"(\d{1,6}(?:\.\d{1,4})?)[wx]")
_FILE_NAME = re.compile(
    r"[\w .()@%+-]*\.(?:jpe?g|png|gif|webp|avif|svg|bmp)|(?:img|dsc|image|foto|photo)[-_ ]?\d*", re.IGNORECASE
)
_SAYS_NOTHING = frozenset({"", "iframe", "frame", "video", "audio", "embed", "player", "youtube video player"})
_TINY_STYLE = re.compile(r"(?:^|;)\s*(?:width|height)\s*:\s*[0-2](?:px)?\s*(?:;|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class EmbedRule:
    """How the address in a frame becomes one that a person can open."""

    pattern: re.Pattern[str]
    """Matched from the start of the frame's address."""
    page: str
    """The page's address, with the pattern's groups."""
    label: str
    """What to call it when the source does not say."""
    example: str
    """A frame's address the rule is for."""


EMBED_RULES = (
    EmbedRule(
        re.compile(r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|v|shorts)/(?!videoseries)([\w-]{6,20})"),
        r"https://www.youtube.com/watch?v=\1",
        "YouTube",
        "https://www.youtube-nocookie.com/embed/abcdefghijk?rel=0",
    ),
    EmbedRule(
        re.compile(r"https?://player\.vimeo\.com/video/(\d+)"),
        r"https://vimeo.com/\1",
        "Vimeo",
        "https://player.vimeo.com/video/123456?h=1",
    ),
    EmbedRule(
        re.compile(r"https?://(?:www|geo)\.dailymotion\.com/embed/video/(\w+)"),
        r"https://www.dailymotion.com/video/\1",
        "Dailymotion",
        "https://www.dailymotion.com/embed/video/x123abc",
    ),
    EmbedRule(
        re.compile(r"https?://open\.spotify\.com/embed/(\w+/\w+)"),
        r"https://open.spotify.com/\1",
        "Spotify",
        "https://open.spotify.com/embed/episode/abc123",
    ),
)
"""The first that matches counts; without one the frame's own address stands."""


def image_address(attributes: Attributes, base: str) -> str:
    """The address of the image itself, absolute; empty if there is none or it only counts readers.

    Pages that load images late keep the address in another attribute and a placeholder in ``src``.
    """
    sources = [attributes.get(name) or "" for name in _LAZY]
    sources += [_largest(attributes.get("data-srcset") or ""), attributes.get("src") or ""]
    sources += [_largest(attributes.get("srcset") or "")]
    for source in sources:
        if source and not _PLACEHOLDER.search(source[:300]) and (address := resolve(base, source)):
            return "" if is_tracker_pixel(address) else without_credentials(address)
    return ""


def _largest(srcset: str) -> str:
    """The image of most pixels in a ``srcset``."""
    best, best_size = "", -1.0
    for candidate in _CANDIDATES.split(srcset[:8_192]):
        address, *told = candidate.strip().split()[:2] or [""]
        found = _SIZE.fullmatch(told[0]) if told else None
        size = float(found[1]) if found else 0.0
        if address and size > best_size:
            best, best_size = address.rstrip(","), size
    return best


def is_tiny(attributes: Attributes, pixels: int = 2) -> bool:
    """Whether an image or frame is at most so many pixels wide or high, so nothing to look at."""
    for name in ("width", "height"):
        value = (attributes.get(name) or "").strip().lower().removesuffix("px")
        if value.isascii() and value.isdigit() and len(value) < 6 and int(value) <= pixels:
            return True
    return _TINY_STYLE.search((attributes.get("style") or "")[:500]) is not None


def alt_text(attributes: Attributes) -> str:
    """An image's alternative text, or its title; empty where it is a file's name."""
    for name in ("alt", "title"):
        text = clean_line(attributes.get(name) or "", 500)
        if text and not _FILE_NAME.fullmatch(text):
            return text
    return ""


def title_text(attributes: Attributes) -> str:
    """An image's title where it says more than its alternative text: some comics keep their point there."""
    title = clean_line(attributes.get("title") or "", 1_000)
    alt = clean_line(attributes.get("alt") or "", 1_000)
    is_more = bool(alt) and len(title) > len(alt) and not title.casefold().startswith(alt.casefold())
    return title if is_more and not _FILE_NAME.fullmatch(title) else ""


def embed_address(address: str, base: str) -> tuple[str, str]:
    """The page to open for a frame's or a film's address, and the name of the place if a rule knows it."""
    address = without_credentials(resolve(base, address))
    for rule in EMBED_RULES:
        if found := rule.pattern.match(address):
            return found.expand(rule.page), rule.label
    return address, ""


def embed_label(attributes: Attributes, known_as: str, address: str) -> str:
    """What to call an embedded thing: the place and the source's words, else its host's name."""
    words = clean_line(attributes.get("title") or attributes.get("aria-label") or "", 200)
    name = known_as or display_host(address).removeprefix("www.")
    if words.lower() in _SAYS_NOTHING or words.lower() == name.lower():
        return name
    return f"{name}: {words}" if name else words
