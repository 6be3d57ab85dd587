"""Finds the feeds a person means by a title, an address or an id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.errors import ConfigError
from reader.i18n import _
from reader.text.urls import canonical, without_secrets

if TYPE_CHECKING:
    from reader.model import Feed

__all__ = ["chosen_feeds", "find_feed"]

MOST_SHOWN = 8


def chosen_feeds(feeds: Sequence[Feed], names: Sequence[str]) -> frozenset[int] | None:
    """Ids of the feeds named; None, which means all of them, if none is named.

    Raises:
        ConfigError: a name fits no feed, or several.

    """
    return frozenset(find_feed(feeds, name).id for name in names) or None


def find_feed(feeds: Sequence[Feed], name: str) -> Feed:
    """The one feed with this id, address or title, or whose title begins with or contains it.

    Case does not matter. A better fit wins over a worse one; two of the same goodness are one too many.

    Raises:
        ConfigError: none fits, or several do; the message names them.

    """
    wanted = name.strip().casefold()
    address = canonical(name)
    tests = (
        lambda feed: str(feed.id) == wanted,
        lambda feed: name in {feed.config.url, feed.address, without_secrets(feed.config.url)},
        lambda feed: bool(address) and address in {canonical(feed.config.url), canonical(feed.address)},
        lambda feed: feed.title.casefold() == wanted,
        lambda feed: feed.title.casefold().startswith(wanted),
        lambda feed: wanted in feed.title.casefold(),
    )
    for test in tests if wanted else ():
        found = [feed for feed in feeds if test(feed)]
        if len(found) == 1:
            return found[0]
        if found:
            message = _('"{name}" matches several feeds; be more specific, or give the id: {candidates}')
            raise ConfigError(message.format(name=name, candidates=_listed(found)))
    message = _('no feed named "{name}"; `warta feeds` lists them')
    if near := _near(feeds, name):
        message = _('no feed named "{name}"; did you mean {candidates}?')
    raise ConfigError(message.format(name=name, candidates=_listed(near)))


def _near(feeds: Sequence[Feed], name: str) -> list[Feed]:
    from difflib import get_close_matches  # only a mistake needs it

    titles = {feed.title.casefold(): feed for feed in feeds}
    return [titles[title] for title in get_close_matches(name.casefold()[:100], titles, n=3)]


def _listed(feeds: Sequence[Feed]) -> str:
    shown = ", ".join(f"{without_secrets(feed.title)} ({feed.id})" for feed in feeds[:MOST_SHOWN])
    return shown + (" …" if len(feeds) > MOST_SHOWN else "")
