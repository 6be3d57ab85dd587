"""Text for logs and reports, without what only its owner may know."""

from __future__ import annotations

import re

from reader.light import late_pattern
from reader.text.urls import without_secrets

__all__ = ["redact"]

_URL = late_pattern(r"\b[a-z][a-z0-9+.-]{0,20}://[^\s'\"<>]+", re.IGNORECASE)
_FIELD = late_pattern(
    r"""((?:proxy-)?authorization|(?:set-)?cookie|x-[\w-]*(?:key|token))(\W{1,6})(?:(?:basic|bearer|token)\s+)?[^\s,'")]+""",
    re.IGNORECASE,
)


def redact(text: str) -> str:
    """The text without passwords in addresses, token-like parameters and credentials in header fields."""
    text = _URL.sub(lambda found: without_secrets(found[0]), text)
    return _FIELD.sub(r"\1\2…", text)
