"""The reader's rules: filters with an action, applied to what arrives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from reader.core.names import feed_name
from reader.errors import QueryError
from reader.model import Feed, FilterConfig, ParsedEntry, Verdict
from reader.query import ArticleFacts, Names, Query, matches, parse
from reader.storage.entries import media_letters, text_of

__all__ = ["ReadyRules", "Rules"]


@dataclass(frozen=True, slots=True)
class ReadyRules:
    """Rules with their queries read, for one refresh."""

    rules: tuple[tuple[FilterConfig, Query], ...] = ()
    """Those in force, in file order."""

    def verdicts(self, feed: Feed, entries: Iterable[ParsedEntry], *, now: datetime) -> dict[str, Verdict]:
        """What the rules say about arriving entries, by key; entries no rule matches are left out.

        Args:
            feed: Where they come from.
            entries: New entries.
            now: When they arrived. A rule whose pattern takes too long is passed over: it hides nothing.

        """
        if not self.rules:
            return {}
        found = {}
        for entry in entries:
            facts = _facts(feed, entry, now)
            verdict = Verdict()
            for rule, query in self.rules:
                if _matches(query, facts):
                    verdict = _with(verdict, rule)
            if verdict != Verdict():
                found[entry.key] = replace(verdict, muted_by="") if verdict.is_starred else verdict
        return found


class Rules:
    """The filters of feeds.toml that have an action."""

    def __init__(self, filters: Iterable[FilterConfig]) -> None:
        self._filters = tuple(filter_ for filter_ in filters if filter_.action)

    def ready(self, names: Names, *, now: datetime, zone: tzinfo) -> ReadyRules:
        """Read the queries of the rules in force now.

        Args:
            names: What they may refer to.
            now: The time.
            zone: The reader's zone: ``until`` is the rule's last day there.

        """
        today = now.astimezone(zone).date()
        return ReadyRules(
            tuple(
                (rule, parse(rule.query, now=now, zone=zone, names=names))
                for rule in self._filters
                if rule.until is None or today <= rule.until
            )
        )


def _matches(query: Query, facts: ArticleFacts) -> bool:
    try:
        return matches(query, facts)
    except QueryError:
        return False


def _with(verdict: Verdict, rule: FilterConfig) -> Verdict:
    match rule.action:
        case "mute":
            return replace(verdict, muted_by=verdict.muted_by or rule.name)
        case "highlight":
            return replace(verdict, highlight=verdict.highlight or rule.color or "warning")
        case "star":
            return replace(verdict, is_starred=True)
        case "read":
            return replace(verdict, is_read=True)
        case "tag":
            return replace(verdict, tags=(*verdict.tags, rule.tag))
        case _:
            return verdict


def _facts(feed: Feed, entry: ParsedEntry, now: datetime) -> ArticleFacts:
    return ArticleFacts(
        title=entry.title,
        body=text_of(entry),
        author=entry.author,
        date=min(entry.published or now, now),
        first_seen=now,
        url=entry.url,
        dateline=entry.place,
        feeds=(feed_name(feed),),
        words=entry.words,
        media=media_letters(entry, has_full=False),
    )
