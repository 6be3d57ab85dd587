"""Saying in words what a query was taken to mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.i18n import _
from reader.query.fields import FIELDS
from reader.query.tree import And, Check, Family, Not, Or, Regex, Saved, Text
from reader.text.clean import clean_line

if TYPE_CHECKING:
    from reader.query.parser import Query
    from reader.query.tree import Node, Scope

__all__ = ["describe", "describe_node"]


def describe(query: Query) -> str:
    """The query in words, in the current language; empty if it asks for nothing."""
    parts = [describe_node(query.tree)] if query.tree != And() else []
    match query.sort:
        case "old":
            parts.append(_("oldest first"))
        case "new":
            parts.append(_("newest first"))
        case "rank":
            parts.append(_("best first"))
    return " · ".join(parts)


def describe_node(node: Node) -> str:
    """A node in words: what is looked for, then how it is narrowed down, then what is left out."""
    match node:
        case And(parts=parts):
            return _all_of(parts)
        case Or(parts=parts):
            return _(" or ").join(_grouped(part, And) for part in _shown(parts))
        case Not(part=part):
            return _("without {what}").format(what=_excluded(part))
        case Saved(name=name):
            return _("saved “{name}”").format(name=name)
        case Check():
            return FIELDS[node.name].tells(node)
        case Text(scope=scope):
            return _in_scope(_words(node), scope)
        case Family(root=root, scope=scope):
            return _in_scope(_("the word family of {root}").format(root=root), scope)
        case Regex(pattern=pattern, flags=flags, scope=scope):
            return _in_scope(f"/{pattern}/{flags}", scope)


def _shown(parts: tuple[Node, ...]) -> list[Node]:
    """Without the prefix that stands in for a family whose root is still being typed."""
    roots = {part.root for part in parts if isinstance(part, Family)}
    return [p for p in parts if not (isinstance(p, Text) and p.is_prefix and len(p.words) == 1 and p.words[0] in roots)]


def _all_of(parts: tuple[Node, ...]) -> str:
    wanted = [part for part in parts if isinstance(part, Text | Family | Regex | Or | Saved)]
    narrowed = [part for part in parts if isinstance(part, Check | And)]
    excluded = [part for part in parts if isinstance(part, Not)]
    told = [_(" and ").join(_grouped(part, Or) for part in wanted)] if wanted else []
    return " · ".join(told + [describe_node(part) for part in narrowed + excluded])


def _grouped(part: Node, kind: type[And] | type[Or]) -> str:
    told = describe_node(part)
    return f"({told})" if isinstance(part, kind) else told


def _excluded(part: Node) -> str:
    if isinstance(part, Text) and part.scope == "any" and not part.is_prefix:
        return f"“{_words(part).strip('“”')}”"
    told = describe_node(part)
    return f"({told})" if isinstance(part, And | Or) else told


def _words(text: Text) -> str:
    told = clean_line(text.written.strip().rstrip("*"), 80) or " ".join(text.words)
    if text.is_prefix:
        return f"{told}…"
    return f"“{told}”" if text.is_exact else told


def _in_scope(told: str, scope: Scope) -> str:
    match scope:
        case "title":
            return _("{words} in the title").format(words=told)
        case "body":
            return _("{words} in the text").format(words=told)
        case "author":
            return _("{words} as author").format(words=told)
        case _:
            return told
