"""Entries of feeds.toml as a file from outside tells them: what passes the checks is taken, the rest is not."""

from __future__ import annotations

from collections.abc import Mapping

from reader.config.keys import FEED, FILTER
from reader.config.values import BadValueError, Check
from reader.text.urls import web_url

__all__ = ["AT_HOME", "feed_values", "filter_values"]

AT_HOME = frozenset({"headers", "user_agent", "auth", "auth_command", "proxy"})
"""Keys of a feed that are neither given away nor taken: they may be secrets, and a stranger names no command."""


def feed_values(told: Mapping[str, object]) -> dict[str, object] | None:
    """A feed by the keys of feeds.toml; None if it is no source of the web."""
    url = web_url(str(told.get("url", "")))
    if not url:
        return None
    values = {"url": url, **_checked(told, {key: FEED[key] for key in FEED if key not in AT_HOME | {"url"}})}
    is_blind = values.get("kind") == "page" and not (values.get("item") or values.get("link_pattern"))
    return None if is_blind else values


def filter_values(told: Mapping[str, object]) -> dict[str, object] | None:
    """A filter by the keys of feeds.toml; None if it has no name or asks nothing."""
    values = _checked(told, FILTER)
    action = str(values.get("action", ""))
    is_known = action in {"", "mute", "highlight", "star", "read"} or (action.startswith("tag:") and action[4:].strip())
    return values if values.get("name") and values.get("query") and is_known else None


def _checked(told: Mapping[str, object], checks: Mapping[str, Check]) -> dict[str, object]:
    checked: dict[str, object] = {}
    for key, value in told.items():
        try:
            right = checks[key](value)
        except (KeyError, BadValueError, RecursionError):
            continue
        if right not in ("", ()):
            checked[key] = list(right) if isinstance(right, tuple) else right
    return checked
