"""What stays in force of a feeds.toml that was saved with mistakes in it while it is running. Pure.

A value that cannot be obeyed leaves the one before in force; so does an address, and a file that cannot be read at all.
Only a value that is taken away, or a good one, changes anything.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

from reader.model import FeedConfig

if TYPE_CHECKING:
    from reader.model import Config, ConfigProblem

__all__ = ["kept"]


def kept(new: Config, old: Config) -> Config:
    """The configuration to obey.

    Args:
        new: As just read.
        old: As obeyed until now.

    """
    if new.origin != "file":
        return replace(old, problems=new.problems, origin=new.origin, is_unusable=new.is_unusable) if old.feeds else new
    if not new.problems:
        return new
    settings, keys, feeds = new.settings, dict(new.keys), list(new.feeds)
    lost = {problem.at[1] for problem in new.problems if _is_of_feed(problem) and problem.key == "url"}
    for problem in new.problems:
        match problem.at:
            case ("settings", str(key)) if key in {field.name for field in fields(settings)}:
                settings = replace(settings, **{key: getattr(old.settings, key)})
            case ("keys", str(id_)) if id_ in old.keys:
                keys[id_] = old.keys[id_]
            case ("feeds", int(number), str(key)) if number not in lost:
                _keep_value(feeds, problem, key, old)
    _keep_address(feeds, len(lost), old)
    return replace(new, settings=settings, keys=keys, feeds=tuple(feeds))


def _is_of_feed(problem: ConfigProblem) -> bool:
    return len(problem.at) > 1 and problem.at[0] == "feeds"


def _keep_value(feeds: list[FeedConfig], problem: ConfigProblem, key: str, old: Config) -> None:
    """Give the entry the problem stands in the value it had."""
    name = "is_enabled" if key == "enabled" else key
    if name not in {field.name for field in fields(FeedConfig)}:
        return
    at = max((index for index, feed in enumerate(feeds) if feed.line <= problem.line), default=None)
    before = next((feed for feed in old.feeds if at is not None and feed.url == feeds[at].url), None)
    if at is not None and before is not None:
        feeds[at] = replace(feeds[at], **{name: getattr(before, name)})


def _keep_address(feeds: list[FeedConfig], lost: int, old: Config) -> None:
    """Keep the one feed whose address was spoilt, if it is plain which one that is."""
    known = {feed.url for feed in feeds}
    missing = [index for index, feed in enumerate(old.feeds) if feed.url not in known]
    if lost == 1 and len(missing) == 1:
        feeds.insert(min(missing[0], len(feeds)), old.feeds[missing[0]])
