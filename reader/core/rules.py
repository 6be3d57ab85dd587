"""The reader's rules: filters with an action, applied to what arrives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field, replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from reader.core.names import feed_name
from reader.fetch.threads import in_thread
from reader.i18n import _
from reader.light import dataclass
from reader.model import Verdict
from reader.query import ArticleFacts, parse
from reader.query.meaning import fits
from reader.query.patterns import PatternTooSlowError
from reader.query.tree import ALL, Regex, leaves
from reader.storage.entries import media_letters, text_of

if TYPE_CHECKING:
    from reader.model import Feed, FilterConfig, ParsedEntry
    from reader.query import Names, Query

__all__ = ["ReadyRules", "Rules", "is_in_force", "trouble_of", "verdict_of"]


@dataclass(frozen=True, slots=True)
class ReadyRules:
    """Rules with their queries read, for one refresh."""

    rules: tuple[tuple[FilterConfig, Query], ...] = ()
    """Those in force, in file order."""
    slow: set[str] = field(default_factory=set)
    """Names of those that are off because a pattern in them takes too long."""

    async def judged(self, feed: Feed, entries: Sequence[ParsedEntry], *, now: datetime) -> dict[str, Verdict]:
        """`verdicts`, off the event loop where patterns are searched for: each may take its deadline."""
        if not any(isinstance(leaf, Regex) for _rule, query in self.rules for leaf, _is in leaves(query.tree)):
            return self.verdicts(feed, entries, now=now)
        return await in_thread(lambda: self.verdicts(feed, entries, now=now))

    def verdicts(self, feed: Feed, entries: Iterable[ParsedEntry], *, now: datetime) -> dict[str, Verdict]:
        """What the rules say about arriving entries, by key; entries no rule matches are left out.

        Args:
            feed: Where they come from.
            entries: New entries.
            now: When they arrived. A rule whose pattern takes too long is off: it hides nothing.

        """
        if not self.rules:
            return {}
        found = {}
        for entry in entries:
            facts = _facts(feed, entry, now)
            verdict = Verdict()
            for rule, query in self.rules:
                if self._matches(rule, query, facts):
                    verdict = _with(verdict, rule)
            if verdict != Verdict():
                found[entry.key] = replace(verdict, muted_by="") if verdict.is_starred else verdict
        return found

    def _matches(self, rule: FilterConfig, query: Query, facts: ArticleFacts) -> bool:
        if rule.name in self.slow:
            return False
        try:
            return fits(query.tree, facts)
        except PatternTooSlowError:
            self.slow.add(rule.name)
            return False


class Rules:
    """The filters of feeds.toml that have an action."""

    def __init__(self, filters: Iterable[FilterConfig]) -> None:
        self._filters = tuple(filter_ for filter_ in filters if filter_.action)
        self._slow: set[str] = set()

    def ready(self, names: Names, *, now: datetime, zone: tzinfo) -> ReadyRules:
        """Read the queries of the rules in force now; a query that is not wholly understood does nothing.

        Args:
            names: What they may refer to.
            now: The time.
            zone: The reader's zone: ``until`` is the rule's last day there.

        """
        read = [(rule, parse(rule.query, now=now, zone=zone, names=names)) for rule in self._filters]
        in_force = [
            (rule, query)
            for rule, query in read
            if is_in_force(rule, now=now, zone=zone) and not trouble_of(query) and rule.name not in self._slow
        ]
        return ReadyRules(tuple(in_force), self._slow)

    def troubles(self, names: Names, *, now: datetime, zone: tzinfo) -> tuple[str, ...]:
        """Which rules are off, and why, in sentences."""
        told = []
        for rule in self._filters:
            if rule.name in self._slow:
                reason = _("it has a pattern that takes too long")
            else:
                reason = trouble_of(parse(rule.query, now=now, zone=zone, names=names)).rstrip(".")
            if reason and is_in_force(rule, now=now, zone=zone):
                told.append(_("The rule “{name}” is off: {reason}.").format(name=rule.name, reason=reason))
        return tuple(told)


def is_in_force(rule: FilterConfig, *, now: datetime, zone: tzinfo) -> bool:
    """Whether a rule's last day has not passed in a zone."""
    return rule.until is None or now.astimezone(zone).date() <= rule.until


def trouble_of(query: Query) -> str:
    """Why a rule with this query must do nothing; empty if it may.

    What was not understood is left out of a query, which then finds more: good for a search, not for a rule.
    """
    if query.problem:
        return query.problem
    return _("its query is empty, so it would match every article") if query.tree == ALL else ""


def verdict_of(rule: FilterConfig) -> Verdict:
    """What a rule says about an article it matches."""
    return _with(Verdict(), rule)


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
