"""What each HTML element and class means to the converter, as tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.model.document import SpanKind

__all__ = [
    "BLOCKS",
    "CAPTION_CLASSES",
    "CREDIT_CLASSES",
    "HIDDEN",
    "HIDDEN_CLASSES",
    "POST_CLASSES",
    "SPANS",
    "is_hidden",
    "language_of",
]


def _names(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


BLOCKS = _names(
    "address article aside dd details div dl dt figcaption figure footer header hgroup main p section summary",
)
"""Elements that only set what they hold apart from what is around."""

HIDDEN = _names(
    "head script style template noscript input select textarea button option optgroup datalist label legend progress",
    "meter nav dialog canvas map area rp param track col colgroup title meta link base annotation annotation-xml",
)
"""Elements whose content is no part of an article."""

HIDDEN_CLASSES = _names(
    "sharedaddy jp-relatedposts addtoany_share_save_container a2a_kit feedflare sd-block social-share share-buttons",
    "screen-reader-text sr-only visually-hidden adsbygoogle advertisement parallax-ads gutter lineno linenos",
    "line-numbers-rows blob-num newsletter-signup mc_embed_signup post-views wpulike",
)
"""Classes of share buttons, advertisements, line numbers and text for screen readers only."""

CAPTION_CLASSES = _names(
    "wp-caption-text image-caption photo-caption img-caption media-caption pic-caption foto-caption caption-text",
    "detail__media-caption read-page--photo-gallery--item__caption photo__caption caption",
)
"""Classes of a caption that stands beside its image instead of in a ``figcaption``."""

CREDIT_CLASSES = _names("credit credits photo-credit image-credit img-credit media-credit wp-caption-credit copyright")
"""Classes of who made an image."""

POST_CLASSES = {
    "twitter-tweet": "X", "twitter-video": "X", "instagram-media": "Instagram", "tiktok-embed": "TikTok",
    "fb-post": "Facebook", "fb-video": "Facebook", "bluesky-embed": "Bluesky", "mastodon-embed": "Mastodon",
    "reddit-embed-bq": "Reddit", "reddit-card": "Reddit", "text-post-media": "Threads",
}  # fmt: skip
"""Classes of block quotes that stand for a post elsewhere, and the name of that place."""

SPANS: dict[str, SpanKind] = {
    "em": "emphasis", "i": "emphasis", "cite": "emphasis", "dfn": "emphasis", "var": "emphasis",
    "strong": "strong", "b": "strong", "code": "code", "kbd": "code", "samp": "code",
    "s": "strike", "del": "strike", "mark": "mark", "small": "small", "sub": "sub", "sup": "super",
}  # fmt: skip
"""Elements that give a stretch of text a meaning."""

_HIDING = frozenset({"hidden", "aria-hidden", "class", "style"})
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"(?:^|\s)(?:lang(?:uage)?-|highlight-(?:source|text)-|brush:\s*|sourceCode\s+|prettyprint\s+lang-)([\w+#.-]{1,30})",
    re.IGNORECASE,
)


def is_hidden(tag: str, attributes: dict[str, str | None]) -> bool:
    """Whether an element is not meant to be read as part of the article."""
    if tag in HIDDEN:
        return True
    if _HIDING.isdisjoint(attributes):
        return False
    if attributes.get("hidden", "x") != "x" and attributes.get("hidden") != "until-found":
        return True
    if attributes.get("aria-hidden") == "true" and tag not in {"img", "figure", "table"}:
        return True
    if not HIDDEN_CLASSES.isdisjoint((attributes.get("class") or "").split()):
        return True
    return _HIDDEN_STYLE.search((attributes.get("style") or "")[:500]) is not None


def language_of(attributes: dict[str, str | None]) -> str:
    """The programming language an element's attributes tell, in lower case; empty if none."""
    told = attributes.get("data-lang") or attributes.get("data-language") or ""
    if not told and (found := _LANGUAGE.search((attributes.get("class") or "")[:500])):
        told = found[1]
    told = told.strip().lower()
    return told if re.fullmatch(r"[\w+#.-]{1,30}", told, re.ASCII) and told not in {"none", "plaintext"} else ""
