"""`Reader`: the one place that joins configuration, network, parsing and the store. Async; knows no screen."""

from __future__ import annotations

from reader.core.reader import Reader, utc_now
from reader.core.refresh import Listener
from reader.core.whole import WholeArticle

__all__ = ["Listener", "Reader", "WholeArticle", "utc_now"]
