"""What the sidebar's entries mean as conditions."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from reader.query import parse
from reader.query.tree import ALL, And, Check, leaves
from reader.storage.search.conditions import EVERYTHING, NOTHING, Feeds, Where, Within, both, either
from reader.storage.search.meanings import feeds_condition, tags_condition
from reader.storage.values import PLACE_BITS, ids_json
from reader.text.fold import fold

if TYPE_CHECKING:
    from reader.model import Question
    from reader.query import Query
    from reader.query.names import FeedName
    from reader.query.tree import Node
    from reader.storage.search.conditions import Condition
    from reader.storage.search.meanings import Compiler

__all__ = ["is_muted_asked", "source_condition", "source_tree"]

_UNREAD = Where("s.is_read = 0", (), "unread")


def source_tree(question: Question, query: Query) -> Node:
    """The saved filter that is selected; everything for other sources, or if there is no such filter.

    A filter that hides what it matches shows what is hidden.
    """
    if question.source.name != "filter":
        return ALL
    context = query.context
    name = str(question.source.value)
    text = context.names.filters.get(name, "")
    tree = parse(text, now=context.now, zone=context.zone, names=context.names).tree
    return And((Check("is", "muted"), tree)) if name in context.names.muting else tree


def source_condition(question: Question, query: Query, compiler: Compiler) -> Condition:
    """What the selected source shows, without the query: muted articles and hidden feeds are left out elsewhere."""
    parts = [_source(question, query, compiler)]
    if not question.show_read or question.source.name == "unread":
        sticky = [Where("s.id IN (SELECT value FROM json_each(?))", (ids_json(question.sticky),), "ids")]
        parts.append(either([_UNREAD, *(sticky if question.sticky else [])]))
    return both(parts)


def is_muted_asked(*trees: Node) -> bool:
    """Whether a query asks for muted articles; then they are not hidden."""
    return any(
        is_positive and isinstance(leaf, Check) and leaf.name == "is" and leaf.value == "muted"
        for tree in trees
        for leaf, is_positive in leaves(tree)
    )


def _source(question: Question, query: Query, compiler: Compiler) -> Condition:
    names = query.context.names
    value = question.source.value
    match question.source.name:
        case "today":
            return Within(*_today(query))
        case "starred":
            return Where("s.is_starred = 1", (), "starred")
        case "feed":
            return Feeds((int(value),)) if str(value).isdecimal() else NOTHING
        case "folder":
            return feeds_condition([feed for feed in names.feeds if _is_inside(feed, str(value))])
        case "tag":
            tagged = [feed for feed in names.feeds if any(fold(tag) == fold(str(value)) for tag in feed.tags)]
            return either([tags_condition([str(value)]), feeds_condition(tagged)])
        case "filter":
            return compiler.condition(source_tree(question, query))
        case _:
            return EVERYTHING


def _is_inside(feed: FeedName, folder: str) -> bool:
    return feed.folder == folder or feed.folder.startswith(folder + "/")


def _today(query: Query) -> tuple[int, int]:
    now = query.context.now.astimezone(query.context.zone)
    first = datetime.combine(now.date(), time(), query.context.zone)
    last = datetime.combine(now.date() + timedelta(days=1), time(), query.context.zone)
    return int(first.timestamp()) << PLACE_BITS, int(last.timestamp()) << PLACE_BITS
