"""Small values as feeds write them: counts, playing times, plain text."""

from __future__ import annotations

import html
import math
import re

__all__ = ["duration", "number", "paragraphs"]

_LONGEST = 1 << 50
_DIGITS = re.compile(r"\s{0,20}(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{0,20})?\s{0,20}", re.ASCII)


def number(value: object) -> int | None:
    """A count; None for nonsense, negative or endless numbers included."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return min(int(value), _LONGEST) if math.isfinite(value) and value >= 0 else None
    found = _DIGITS.fullmatch(value) if isinstance(value, str) and len(value) < 80 else None
    return min(int(found[1].replace(",", "")), _LONGEST) if found else None


def duration(value: object) -> int | None:
    """Seconds of ``1:02:03``, ``62:03``, ``3723`` or 3723.5; None for nonsense and for none."""
    parts: list[object] = list(value.strip().split(":")) if isinstance(value, str) and len(value) < 80 else [value]
    if len(parts) > 3:
        return None
    seconds = 0
    for part in parts:
        count = number(part)
        if count is None:
            return None
        seconds = seconds * 60 + count
    return seconds if 0 < seconds < 10_000_000 else None


def paragraphs(text: str) -> str:
    """Plain text as HTML: blank lines part paragraphs, line breaks stay."""
    parts = re.split(r"\n[^\S\n]*\n\s*", html.escape(text.replace("\r\n", "\n"), quote=False).strip())
    return "".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in parts if part)
