"""`Reader`: the one place that joins configuration, network, parsing and the store. Async; knows no screen."""

from __future__ import annotations

from reader.core.reader import Reader, utc_now

__all__ = ["Reader", "utc_now"]
