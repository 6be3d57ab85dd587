"""What a query's tree means in SQL: a `Condition` for each node, one row of `FIELD_MEANINGS` for each field."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING, assert_never, cast

from reader.query.literals import needed_words
from reader.query.names import feed_fits, folder_fits, tag_fits
from reader.query.tree import And, Check, Family, Not, Or, Regex, Saved, Text, Value, variants
from reader.storage.search.conditions import (
    EVERYTHING,
    NOTHING,
    Condition,
    Feeds,
    Match,
    Unknown,
    Where,
    Within,
    any_feed,
    both,
    either,
    quoted,
)
from reader.storage.search.index import WORD_STEPS, host_label, length_label, media_label, place_label
from reader.storage.search.terms import existing
from reader.storage.values import PLACE_BITS
from reader.text.families import forms

if TYPE_CHECKING:
    from reader.query.literals import Needed
    from reader.query.names import FeedName, Names
    from reader.query.tree import Node, Scope

__all__ = ["FIELD_MEANINGS", "FIRST_PLACE", "LAST_PLACE", "Compiler", "feeds_condition", "tags_condition"]

FIRST_PLACE = -(2**63) + 1
LAST_PLACE = 2**63 - 1


class Compiler:
    """Turns trees into conditions, against one database and one set of names."""

    def __init__(self, connection: sqlite3.Connection, names: Names) -> None:
        self.connection = connection
        """Asked for the words and tags there are."""
        self.names = names
        """The subscribed feeds."""

    def condition(self, node: Node, *, is_positive: bool = True) -> Condition:
        """What a node means, or its opposite."""
        match node:
            case And(parts=parts) | Or(parts=parts):
                join = both if isinstance(node, And) == is_positive else either
                return join(self.condition(part, is_positive=is_positive) for part in parts)
            case Not(part=part):
                return self.condition(part, is_positive=not is_positive)
            case Saved(part=part):
                return self.condition(part, is_positive=is_positive)
            case Text():
                return self._text(node, is_positive)
            case Family():
                return self._family(node, is_positive)
            case Regex():
                needed = needed_words(node.pattern) if is_positive else ()
                return both([Unknown(), *(Match(_in_scope(_any_word(words), node.scope)) for words in needed)])
            case Check(name=name, value=value):
                return FIELD_MEANINGS[name](self, value, is_positive)
            case _:
                assert_never(node)

    def _text(self, node: Text, is_positive: bool) -> Condition:
        if node.is_prefix:
            return _signed(Match(_in_scope(quoted(node.words) + " *", node.scope)), is_positive)
        found = existing(self.connection, variants(node))
        if not found:
            return NOTHING if is_positive else EVERYTHING
        phrases = " OR ".join(quoted((*node.words[:-1], last)) for last in found)
        return _signed(Match(_in_scope(phrases, node.scope)), is_positive)

    def _family(self, node: Family, is_positive: bool) -> Condition:
        found = existing(self.connection, forms(node.root))
        if not found:
            return NOTHING if is_positive else EVERYTHING
        return _signed(Match(_in_scope(" OR ".join(quoted((word,)) for word in found), node.scope)), is_positive)


def _any_word(words: Needed) -> str:
    return " OR ".join(quoted((word,)) + (" *" if goes_on else "") for word, goes_on in words)


def _signed(condition: Match, is_positive: bool) -> Condition:
    return condition if is_positive else Match(condition.expression, is_negative=True)


def _in_scope(expression: str, scope: Scope) -> str:
    return expression if scope == "any" else f"{scope} : ({expression})"


def feeds_condition(feeds: list[FeedName], is_positive: bool = True) -> Condition:
    """Articles of these feeds, or all others."""
    if not feeds:
        return NOTHING if is_positive else EVERYTHING
    ids = tuple(sorted(feed.id for feed in feeds))
    if is_positive:
        return Feeds(ids)
    return Match(any_feed(ids), is_negative=True)


Meaning = Callable[[Compiler, Value, bool], Condition]


def _feed(compiler: Compiler, value: Value, is_positive: bool) -> Condition:
    return feeds_condition([feed for feed in compiler.names.feeds if feed_fits(value, feed)], is_positive)


def _folder(compiler: Compiler, value: Value, is_positive: bool) -> Condition:
    return feeds_condition([feed for feed in compiler.names.feeds if folder_fits(value, feed.folder)], is_positive)


def tags_condition(tags: list[str], is_positive: bool = True) -> Condition:
    """Articles the reader gave one of these tags, or all others."""
    if not tags:
        return NOTHING if is_positive else EVERYTHING
    marks = ", ".join("?" * len(tags))
    sql = f"EXISTS (SELECT 1 FROM article_tags AS t WHERE t.tag IN ({marks}) AND t.place = s.place)"  # noqa: S608 - marks
    return Where(sql, tuple(tags), "tag") if is_positive else Where(f"NOT {sql}", tuple(tags))


def _tag(compiler: Compiler, value: Value, is_positive: bool) -> Condition:
    tags = [tag for tag in _all_tags(compiler.connection) if tag_fits(value, tag)]
    feeds = [feed for feed in compiler.names.feeds if any(tag_fits(value, tag) for tag in feed.tags)]
    join = either if is_positive else both
    return join([tags_condition(tags, is_positive), feeds_condition(feeds, is_positive)])


def _all_tags(connection: sqlite3.Connection) -> list[str]:
    """The tags there are, leaping from one to the next."""
    found: list[str] = []
    last = ""
    while row := connection.execute(
        "SELECT tag FROM article_tags WHERE tag > ? ORDER BY tag LIMIT 1", (last,)
    ).fetchone():
        last = row[0]
        found.append(last)
    return found


def _site(_compiler: Compiler, value: Value, is_positive: bool) -> Condition:
    name, is_prefix = cast("tuple[str, bool]", value)
    return _signed(Match(quoted((host_label(name),)) + (" *" if is_prefix else "")), is_positive)


def _url(_compiler: Compiler, value: Value, is_positive: bool) -> Condition:
    sign = ">" if is_positive else "="
    return Where(f"instr(lower(a.url), ?) {sign} 0", (str(value),), needs_articles=True)


def _is(_compiler: Compiler, value: Value, is_positive: bool) -> Condition:
    match value:
        case "unread" | "read" if (value == "unread") == is_positive:
            return Where("s.is_read = 0", (), "unread")
        case "unread" | "read":
            return Where("s.is_read = 1")
        case "starred":
            return Where("s.is_starred = 1", (), "starred") if is_positive else Where("s.is_starred = 0")
        case "muted":
            return Where("s.muted_by <> ''", (), "muted") if is_positive else Where("s.muted_by = ''")
        case _:
            start = cast("tuple[str, int]", value)[1]
            return Where("s.first_seen >= ?", (start,), "new") if is_positive else Where("s.first_seen < ?", (start,))


def _has(_compiler: Compiler, value: Value, is_positive: bool) -> Condition:
    letter = {"audio": "a", "video": "v", "image": "i", "full": "f"}[str(value)]
    return _signed(Match(quoted((media_label(letter),))), is_positive)


def _between(_compiler: Compiler, value: Value, is_positive: bool) -> Condition:
    start, end = cast("tuple[int | None, int | None]", value)
    first = FIRST_PLACE if start is None else start << PLACE_BITS
    last = LAST_PLACE if end is None else end << PLACE_BITS
    if is_positive:
        return Within(first, last) if first < last else NOTHING
    if first >= last:
        return EVERYTHING
    outside = [(FIRST_PLACE, first), (last, LAST_PLACE)]
    return either(Within(low, high) for low, high in outside if low < high)


def _words(_compiler: Compiler, value: Value, is_positive: bool) -> Condition:
    low, high = cast("tuple[int | None, int | None]", value)
    low = low or 0
    if is_positive:
        return _length(low, high)
    return either([_length(0, low), *([_length(high, None)] if high is not None else [])])


def _length(low: int, high: int | None) -> Condition:
    """Articles of so many words: the index knows them roughly, the table exactly."""
    if high is not None and high <= low:
        return NOTHING
    edges = (0, *WORD_STEPS)
    labels = {length_label(edge) for edge in edges if edge >= low and (high is None or edge < high)}
    roughly = Match(" OR ".join(quoted((label,)) for label in sorted({length_label(low), *labels})))
    if low in edges and (high is None or high in edges):
        return roughly
    if high is None:
        return both([roughly, Where("a.words >= ?", (low,), needs_articles=True)])
    return both([roughly, Where("a.words >= ? AND a.words < ?", (low, high), needs_articles=True)])


def _place(_compiler: Compiler, value: Value, is_positive: bool) -> Condition:
    words, is_prefix = cast("tuple[tuple[str, ...], bool]", value)
    labels = [quoted((place_label(word),)) for word in words]
    if is_prefix:
        labels[-1] += " *"
    expression = " AND ".join(labels)
    return _signed(Match(expression), is_positive)


FIELD_MEANINGS: dict[str, Meaning] = {
    "feed": _feed,
    "folder": _folder,
    "tag": _tag,
    "site": _site,
    "url": _url,
    "is": _is,
    "has": _has,
    "after": _between,
    "before": _between,
    "date": _between,
    "newer": _between,
    "older": _between,
    "words": _words,
    "place": _place,
}
"""Field to its meaning: the compiler, the value, and whether it is asked for or excluded."""
