"""One bounded, polite GET, with the decisions around it as pure functions."""

from __future__ import annotations

from reader import __version__

__all__ = ["PROJECT_URL", "USER_AGENT"]

PROJECT_URL = "https://github.com/warta-reader/warta"
"""Where a server's owner learns who asked."""

USER_AGENT = f"Warta/{__version__} (+{PROJECT_URL})"
"""The one name Warta gives itself."""
