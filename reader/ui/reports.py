"""Writes down an unexpected error where the reader can find it."""

from __future__ import annotations

import platform
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from reader import __version__
from reader.text.clean import clean

__all__ = ["write_report"]

_LONGEST = 200_000


def write_report(error: BaseException, folder: Path) -> Path | None:
    """Write an error with its traceback into a folder; None if even that is impossible.

    Local values stay out: they may hold what somebody read, or a password from feeds.toml. What the error itself says
    is kept without logins and tokens, and without what a terminal would obey.
    """
    from reader.text.redacting import redact

    now = datetime.now(UTC)
    lines = [
        f"Warta {__version__}, Python {sys.version.split()[0]}, {platform.system()} {platform.machine()}",
        now.isoformat(timespec="seconds"),
        "",
        *traceback.format_exception(error),
    ]
    path = folder / f"report-{now:%Y%m%d-%H%M%S}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(clean(redact("\n".join(lines)[:_LONGEST])), encoding="utf-8")
    except OSError:
        return None
    return path
