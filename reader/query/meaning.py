"""What a query means for one article, in Python: for arriving articles, and to judge the SQL meaning by."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, assert_never

from reader.query.fields import FIELDS
from reader.query.patterns import PatternTooSlowError, compiled
from reader.query.tree import And, Check, Family, Not, Or, Regex, Saved, Text, variants
from reader.text.families import forms

if TYPE_CHECKING:
    from reader.query.facts import ArticleFacts
    from reader.query.parser import Query
    from reader.query.tree import Node, Scope

__all__ = ["TextTest", "fits", "matches", "text_test"]

TextTest = Callable[[str, str, str], bool]
"""Whether title, body and author fit."""


def matches(query: Query, facts: ArticleFacts) -> bool:
    """Whether an article matches a query; not if a pattern in it takes too long: then the whole query is off."""
    try:
        return fits(query.tree, facts)
    except PatternTooSlowError:
        return False


def fits(node: Node, facts: ArticleFacts) -> bool:
    """Whether an article fits a node.

    Raises:
        PatternTooSlowError: a pattern took too long.

    """
    match node:
        case And(parts=parts):
            return all(fits(part, facts) for part in parts)
        case Or(parts=parts):
            return any(fits(part, facts) for part in parts)
        case Not(part=part):
            return not fits(part, facts)
        case Saved(part=part):
            return fits(part, facts)
        case Text():
            return any(_has_words(node, *column) for column in _columns(node.scope, facts))
        case Family():
            members = forms(node.root)
            return any(not members.isdisjoint(there) for _words, there in _columns(node.scope, facts))
        case Regex():
            pattern = compiled(node)
            return any(pattern.found_in(text) for text in texts(node.scope, facts.title, facts.body, facts.author))
        case Check():
            return FIELDS[node.name].means(node.value, facts)
        case _:
            assert_never(node)


def text_test(node: Node) -> TextTest | None:
    """A quick form of `fits` for a tree of patterns only; None for other trees. Raises as `fits` does."""
    match node:
        case And(parts=parts) | Or(parts=parts):
            tests = [test for part in parts if (test := text_test(part)) is not None]
            if len(tests) < len(parts):
                return None
            if len(tests) == 1:
                return tests[0]
            join = all if isinstance(node, And) else any
            return lambda title, body, author: join(test(title, body, author) for test in tests)
        case Not(part=part):
            inner = text_test(part)
            return None if inner is None else lambda title, body, author: not inner(title, body, author)
        case Saved(part=part):
            return text_test(part)
        case Regex(scope="title"):
            found_in = compiled(node).found_in
            return lambda title, _body, _author: found_in(title)
        case Regex(scope="any"):
            found_in = compiled(node).found_in
            return lambda title, body, author: found_in(body) or found_in(title) or found_in(author)
        case _:
            return None


def texts(scope: Scope, title: str, body: str, author: str) -> tuple[str, ...]:
    """The texts a pattern is searched in."""
    match scope:
        case "title":
            return (title,)
        case "body":
            return (body,)
        case "author":
            return (author,)
        case _:
            return title, body, author


def _columns(scope: Scope, facts: ArticleFacts) -> Iterable[tuple[tuple[str, ...], frozenset[str]]]:
    """The words to look through: in order, and each once."""
    if scope in {"any", "title"}:
        yield facts.title_words, facts.title_set
    if scope in {"any", "body"}:
        yield facts.body_words, facts.body_set
    if scope in {"any", "author"}:
        yield facts.author_words, facts.author_set


def _has_words(text: Text, words: tuple[str, ...], there: frozenset[str]) -> bool:
    """Whether the words stand in a row."""
    first, last = text.words[:-1], variants(text)
    if not there.issuperset(first):
        return False
    if not first:
        return _is_there(text, last, there)
    length = len(first)
    for at in range(len(words) - length):
        if words[at : at + length] == first:
            following = words[at + length]
            if following.startswith(last[0]) if text.is_prefix else following in last:
                return True
    return False


def _is_there(text: Text, last: tuple[str, ...], there: frozenset[str]) -> bool:
    if text.is_prefix:
        return any(word.startswith(last[0]) for word in there)
    return not there.isdisjoint(last)
