"""Tells what a terminal obeyed of what it was sent: only sequences that Textual writes itself may be among it."""

from __future__ import annotations

import re

__all__ = ["intruders", "literal"]

_ALLOWED = re.compile(
    r"\x1b\[[\d;:]*m"  # colours
    r"|\x1b\[\d+;\d+H"  # cursor to a place
    r"|\x1b\[\?(?:7|25|1000|1002|1003|1004|1006|1015|1016|1049|2004|2026|2048)[hl]"  # modes: mouse, focus, paste, sync
    r"|\x1b\[\?(?:2026|2048)\$p"  # questions about modes
    r"|\x1b\[>\d+u|\x1b\[<u"  # keyboard protocol
    r"|\x1b\]22;[a-z-]+\x07"  # shape of the mouse pointer
)
_OBEYED = re.compile(
    r"\x1b\[[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]?"
    r"|\x1b[\]P_^X][^\x1b\x07]*(?:\x07|\x1b\\)?|\x1b."
    r"|[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]"
    r"|[\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]",
    re.DOTALL,
)


def intruders(received: bytes | bytearray) -> list[str]:
    """What of the bytes a terminal would obey, or draw in another order, although Textual never writes it.

    Bytes that are no UTF-8 count too: as C1 controls some terminals obey them.
    """
    text = received.decode("utf-8", "surrogateescape")
    rest = _ALLOWED.sub("", text)
    return [ascii(found[0]) for found in _OBEYED.finditer(rest)] + re.findall("[\ud800-\udfff]+", rest)


def literal(received: bytes | bytearray) -> str:
    """The bytes without what Textual writes itself."""
    return _ALLOWED.sub("", received.decode("utf-8", "surrogateescape"))
