"""Where a query's words stand in a text, to be marked in lists and articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from reader.query.patterns import compiled
from reader.query.tree import Family, Regex, Text, leaves, variants
from reader.text.families import forms
from reader.text.fold import tokens

if TYPE_CHECKING:
    from reader.query.parser import Query

__all__ = ["hits"]

Spans = list[tuple[int, int]]


def hits(query: Query) -> Callable[[str], Spans]:
    """A function that gives the stretches of a text to mark: in order, none touching the next.

    What is excluded is not marked. Clitics, the rest of a prefixed word and all members of a family are.
    """
    asked = [leaf for leaf, is_positive in leaves(query.tree) if is_positive]
    texts = [leaf for leaf in asked if isinstance(leaf, Text)]
    whole = {word for leaf in texts if len(leaf.words) == 1 and not leaf.is_prefix for word in variants(leaf)}
    whole = whole.union(*(forms(leaf.root) for leaf in asked if isinstance(leaf, Family)))
    prefixes = tuple(leaf.words[0] for leaf in texts if len(leaf.words) == 1 and leaf.is_prefix)
    phrases = [leaf for leaf in texts if len(leaf.words) > 1]
    patterns = [compiled(leaf) for leaf in asked if isinstance(leaf, Regex)]
    if not asked:
        return lambda _text: []

    def spans(text: str) -> Spans:
        found: Spans = []
        if whole or prefixes or phrases:
            cut = list(tokens(text))
            found += [(start, end) for word, start, end in cut if word in whole or word.startswith(prefixes)]
            for phrase in phrases:
                found += _phrase_spans(phrase, cut)
        for pattern in patterns:
            found += pattern.spans(text)
        return _merged(found)

    return spans


def _phrase_spans(phrase: Text, cut: list[tuple[str, int, int]]) -> Iterator[tuple[int, int]]:
    first, last = phrase.words[:-1], variants(phrase)
    length = len(first)
    for at in range(len(cut) - length):
        if cut[at][0] == first[0] and all(cut[at + offset][0] == word for offset, word in enumerate(first)):
            word, _start, end = cut[at + length]
            if word.startswith(last[0]) if phrase.is_prefix else word in last:
                yield cut[at][1], end


def _merged(found: Spans) -> Spans:
    """The stretches in order, overlapping ones as one."""
    merged: Spans = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
