"""A feed's health as of now, and in a sentence."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from reader.i18n import _, ngettext
from reader.i18n import number as shown
from reader.text.urls import without_secrets

if TYPE_CHECKING:
    from reader.model import Feed, Health

__all__ = ["health_now", "health_sentence"]

STALE_AFTER = timedelta(days=30)
"""A feed without a new article for so long is shown as stale."""


def health_now(feed: Feed, now: datetime) -> Health:
    """The health to show: as of the last refresh, with what only clock and settings know."""
    if not feed.config.is_enabled:
        return "disabled"
    if feed.state.health == "ok" and feed.newest is not None and now - feed.newest > STALE_AFTER:
        return "stale"
    return feed.state.health


def health_sentence(feed: Feed, health: Health, *, now: datetime) -> str:
    """What a person should know of a feed's health, and what to do about it.

    Args:
        feed: The feed.
        health: Its health as of now.
        now: The time.

    """
    from reader.fetch.reasons import reason  # only where something went wrong

    failure = feed.state.failure
    match health:
        case "new":
            return reason(failure, feed.state.http_status) if failure else _("Not fetched yet.")
        case "ok":
            return _("All is well.")
        case "disabled":
            return _("Disabled in feeds.toml (enabled = false).")
        case "empty":
            return _("A valid feed with no articles. Stored articles are kept.")
        case "stale":
            days = (now - feed.newest).days if feed.newest else 0
            text = ngettext("Nothing new for {days} day.", "Nothing new for {days} days.", days)
            return text.format(days=shown(days))
        case "not_a_feed" if feed.state.found_url:
            return _("This is a web page, not a feed. Feed found for it: {title}, {url}").format(
                title=feed.state.found_title, url=without_secrets(feed.state.found_url)
            )
        case _:
            return reason(failure, feed.state.http_status) if failure else _("It failed for an unknown reason.")
