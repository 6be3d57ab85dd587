"""Untrusted text made harmless: what is left can be painted, logged and copied.

Textual writes ESC, OSC and C1 bytes straight to the terminal and lets bidi overrides reorder neighbouring panes, so
everything from outside goes through here before it is stored and again where it is painted.
"""

from __future__ import annotations

import unicodedata

from reader.light import late_pattern

__all__ = ["MAX_LINE", "clean", "clean_line", "clip"]

MAX_LINE = 1_000
"""Longest one-line field kept, in characters."""

# Kept on purpose: U+200C and U+200D (they join letters and emoji), variation selectors, tab and newline.
_HARMFUL = late_pattern(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 and C1 controls, DEL
    "\xad\u180e\u200b\u2060-\u2065\ufeff"  # invisible: soft hyphen, zero-width space, word joiner, BOM, operators
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # bidi marks, embeddings, overrides, isolates, shaping
    "\ufffe\uffff\U0001d173-\U0001d17a"  # not characters; musical controls
    "\u2028\u2029\ufff9-\ufffb"  # separators and interlinear annotation
    "\U000e0000-\U000e007f"  # the tags block
    "\ud800-\udfff]"  # lone surrogates
)
_BREAKS = late_pattern("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# More marks than any script stacks on one letter: they would paint over the rows above and below.
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_STACKED = late_pattern(f"([{_MARKS}]{{4}})[{_MARKS}]+")
_MARK = late_pattern(f"[{_MARKS}]")


def clean(text: str) -> str:
    """The text in NFC without anything a terminal obeys; newlines and tabs stay."""
    if text.isascii() and text.isprintable():
        return text
    if _is_printable(text) and not _MARK.search(text) and unicodedata.is_normalized("NFC", text):
        return text
    text = unicodedata.normalize("NFC", _HARMFUL.sub("", _BREAKS.sub("\n", text)))
    # A mark that goes may let two others meet and compose.
    while (thinned := unicodedata.normalize("NFC", _STACKED.sub(r"\1", text))) != text:
        text = thinned
    return text


def _is_printable(text: str) -> bool:
    """Whether nothing harmful is in it: Python takes no control or format character for printable."""
    return text.isprintable() or text.replace("\n", "").replace("\t", "").isprintable()


def clean_line(text: str, limit: int = MAX_LINE) -> str:
    """The text as one clean line, white space folded, at most ``limit`` characters."""
    return clip(" ".join(clean(text[: limit * 8]).split()), limit)


def clip(text: str, limit: int) -> str:
    """At most ``limit`` characters, with an ellipsis where something was cut off."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
