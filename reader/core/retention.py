"""Whether and how often old articles are taken out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.model import Config

__all__ = ["PURGE_EVERY", "REWRITTEN_FROM", "keeps_for_a_time"]

PURGE_EVERY = timedelta(days=1)
"""How often articles are taken out while the app is open, where feeds.toml sets a retention."""

REWRITTEN_FROM = 10
"""The search index is written anew when the articles that went are at least this part (a tenth) of those left."""


def keeps_for_a_time(config: Config) -> bool:
    """Whether feeds.toml sets a retention anywhere; without one everything is kept for ever."""
    settings = config.settings
    return bool(settings.keep_days or settings.max_articles) or any(
        feed.keep_days or feed.max_articles for feed in config.feeds
    )
