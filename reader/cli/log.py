"""The log file: rotated, bounded, without secrets."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from reader.text.redacting import redact

__all__ = ["start_log"]

MAX_BYTES = 1_000_000


def start_log(path: Path, level: str) -> None:
    """Write to a log file from now on; nothing at all where that cannot be done.

    The file appears with the first line. Warnings of other packages are written too, their chatter is not.
    """
    root = logging.getLogger()
    if any(isinstance(handler, RotatingFileHandler) for handler in root.handlers):
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = _Handler(path, maxBytes=MAX_BYTES, backupCount=2, encoding="utf-8", errors="replace", delay=True)
    except OSError:
        root.addHandler(logging.NullHandler())
        return
    handler.setFormatter(_Formatter("{asctime} {process} {levelname} {name}: {message}", style="{"))
    root.addHandler(handler)
    root.setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level.upper()]))
    logging.getLogger("reader").setLevel(level.upper())


class _Handler(RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk must not fill the terminal with tracebacks as well."""


class _Formatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))
