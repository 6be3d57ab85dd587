"""Every key feeds.toml may have, with the check its value must pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.config.values import (
    arguments,
    choice,
    credentials,
    day,
    encoding,
    flag,
    folder,
    header_table,
    line,
    lines,
    number,
    one_line,
    pattern,
    proxy,
    seconds,
    selectors,
    tails,
    time_zone,
    web_address,
)

if TYPE_CHECKING:
    from reader.config.values import (
        Check,
    )

__all__ = ["COMMANDS", "FEED", "FILTER", "OTHER_NAMES", "SECRETS", "SETTINGS", "TABLES"]

TABLES = ("settings", "feeds", "filters", "keys")
"""The tables at the top."""

_MONTH_MINUTES = 31 * 24 * 60
_CENTURY_DAYS = 36_500

SETTINGS: dict[str, Check] = {
    "language": choice("auto", "id", "en"),
    "theme": line,
    "timezone": time_zone,
    "refresh_minutes": number(15, _MONTH_MINUTES),
    "mark_read": choice("open", "end", "manual"),
    "rows": choice("comfortable", "compact"),
    "keys": choice("default", "newsboat", "emacs"),
    "animation": choice("auto", "off"),
    "keep_days": number(0, _CENTURY_DAYS),
    "max_articles": number(0, 10_000_000),
    "merge": flag,
    "browser": arguments,
    "player": arguments,
    "pipe": arguments,
    "downloads": one_line,
}

FEED: dict[str, Check] = {
    "url": web_address,
    "kind": choice("feed", "sitemap", "page"),
    "title": line,
    "folder": folder,
    "tags": lines,
    "title_strip": tails,
    "content": selectors,
    "remove": selectors,
    "item": one_line,
    "link": one_line,
    "link_pattern": pattern,
    "item_title": one_line,
    "summary": one_line,
    "date": one_line,
    "author": one_line,
    "image": one_line,
    "refresh_minutes": number(1, _MONTH_MINUTES),
    "full_text": flag,
    "headers": header_table,
    "user_agent": one_line,
    "auth": credentials,
    "auth_command": arguments,
    "proxy": proxy,
    "timeout_seconds": seconds(1, 600),
    "max_articles": number(0, 10_000_000),
    "keep_days": number(0, _CENTURY_DAYS),
    "enabled": flag,
    "encoding": encoding,
}

FILTER: dict[str, Check] = {
    "name": line,
    "query": line,
    "action": line,
    "notify": flag,
    "until": day,
    "color": line,
}

COMMANDS = frozenset({"auth_command", "pipe", "player", "browser"})
"""Keys whose value is run."""

SECRETS = frozenset({"auth", "headers", "proxy"})
"""Keys whose value is never shown."""

OTHER_NAMES = {
    "address": "url",
    "category": "folder",
    "interval": "refresh_minutes",
    "label": "title",
    "link_regex": "link_pattern",
    "name": "title",
    "password": "auth",
    "selector": "content",
    "tag": "tags",
    "timeout": "timeout_seconds",
    "type": "kind",
    "url_pattern": "link_pattern",
}
"""What other programs call a feed's keys."""
