"""What a query means, as a tree.

A leaf is a `Text`, a `Family`, a `Regex`, or a `Check` of one field; everything else joins leaves. Trees are small
(`MAX_TERMS` leaves, `MAX_DEPTH` levels of brackets), so functions over them may recurse.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Literal

from reader.light import dataclass

__all__ = [
    "ALL",
    "MAX_DEPTH",
    "MAX_TERMS",
    "And",
    "Check",
    "Family",
    "Node",
    "Not",
    "Or",
    "Regex",
    "Saved",
    "Scope",
    "Text",
    "Value",
    "leaves",
    "negated",
    "variants",
    "walk",
]  # fmt: skip

from reader.text.fold import CLITICS

MAX_TERMS = 64
"""Leaves a query may have, saved queries inside it included; what follows is passed over."""
MAX_DEPTH = 12
"""Levels of brackets; deeper ones are passed over."""

Scope = Literal["any", "title", "body", "author"]
"""Where words are looked for; ``any``: in all three."""

Value = str | int | tuple["str | int | bool | tuple[str, ...] | None", ...]
"""What a `Check` compares with: made by the field's own parser, read by its own meaning."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words next to each other."""

    words: tuple[str, ...]
    """Folded; at least one."""
    scope: Scope = "any"
    """Where they must stand."""
    is_prefix: bool = False
    """The last word may go on."""
    is_exact: bool = False
    """Written in quotes: the last word has no clitic."""
    written: str = field(default="", compare=False)
    """As typed."""


@dataclass(frozen=True, slots=True)
class Family:
    """Any word built on a root."""

    root: str
    """Folded."""
    scope: Scope = "any"
    """Where it must stand."""


@dataclass(frozen=True, slots=True)
class Regex:
    """A regular expression found in the text as it stands."""

    pattern: str
    """In the syntax of the ``regex`` package; it compiles."""
    flags: str = ""
    """Letters out of ``ims``, sorted."""
    scope: Scope = "any"
    """Where it is searched."""


@dataclass(frozen=True, slots=True)
class Check:
    """A field compared with a value."""

    name: str
    """Name of a row in `fields.FIELDS`."""
    value: Value
    """What that field's parser made of the words."""
    written: str = field(default="", compare=False)
    """The value as typed."""


@dataclass(frozen=True, slots=True)
class Not:
    """What the part does not match."""

    part: Node
    """What is excluded."""


@dataclass(frozen=True, slots=True)
class And:
    """What all parts match; without parts: everything."""

    parts: tuple[Node, ...] = ()
    """In the order they were written."""


@dataclass(frozen=True, slots=True)
class Or:
    """What at least one part matches; without parts: nothing."""

    parts: tuple[Node, ...]
    """In the order they were written."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved query by name, with what it means."""

    name: str
    """As in feeds.toml."""
    part: Node
    """Its meaning."""


Leaf = Text | Family | Regex | Check
Node = Text | Family | Regex | Check | Not | And | Or | Saved

ALL = And()
"""What an empty query means."""


def negated(node: Node) -> Node:
    """The opposite of a node."""
    return node.part if isinstance(node, Not) else Not(node)


def walk(node: Node, *, is_positive: bool = True) -> Iterator[tuple[Node, bool]]:
    """Every node below this one and itself, each with whether it is asked for rather than excluded."""
    yield node, is_positive
    match node:
        case Not(part=part):
            yield from walk(part, is_positive=not is_positive)
        case Saved(part=part):
            yield from walk(part, is_positive=is_positive)
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from walk(part, is_positive=is_positive)


def leaves(node: Node) -> Iterator[tuple[Leaf, bool]]:
    """Every leaf, each with whether it is asked for rather than excluded."""
    for inner, is_positive in walk(node):
        if isinstance(inner, Text | Family | Regex | Check):
            yield inner, is_positive


def variants(text: Text) -> tuple[str, ...]:
    """The forms the last word may have: with the clitics, unless it was quoted, goes on anyway, or is too short."""
    last = text.words[-1]
    if text.is_exact or text.is_prefix or len(last) < 3 or not (last.isascii() and last.isalpha()):
        return (last,)
    return (last, *(last + clitic for clitic in CLITICS))
