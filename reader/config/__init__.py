"""feeds.toml: found, loaded, checked, edited."""

from __future__ import annotations

from reader.config.load import load
from reader.config.locate import Located, create_first, locate, starter_path

__all__ = ["Located", "create_first", "load", "locate", "starter_path"]
