"""A feed's health in a sentence."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from reader.fetch.reasons import reason
from reader.i18n import _, ngettext
from reader.i18n import number as shown

if TYPE_CHECKING:
    from reader.model import Feed, Health

__all__ = ["health_sentence"]


def health_sentence(feed: Feed, health: Health, *, now: datetime) -> str:
    """What a person should know of a feed's health, and what to do about it.

    Args:
        feed: The feed.
        health: Its health as of now.
        now: The time.

    """
    match health:
        case "new":
            return _("Not asked yet.")
        case "ok":
            return _("All is well.")
        case "disabled":
            return _("Switched off in feeds.toml (enabled = false).")
        case "empty":
            return _("A valid feed without articles. What was stored stays.")
        case "stale":
            days = (now - feed.newest).days if feed.newest else 0
            text = ngettext("Nothing new for {days} day.", "Nothing new for {days} days.", days)
            return text.format(days=shown(days))
        case _:
            failure = feed.state.failure
            return reason(failure, feed.state.http_status) if failure else _("It failed; no reason is known.")
