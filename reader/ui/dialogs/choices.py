"""Things to choose from, and which of them a few typed letters mean. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from reader.light import dataclass
from reader.text.fold import fold
from reader.ui.article.finding import places, same_length
from reader.ui.cells import simple

__all__ = ["Choice", "Kind", "Ranked", "ranked"]

Kind = Literal[
    "command", "feed", "file", "filter", "folder", "group", "link", "offer", "place", "sort", "tag", "theme",
]  # fmt: skip

Places = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One line to choose."""

    kind: Kind
    """What it is; with `value` it says what to do."""
    value: str | int
    """Command id, feed id, filter name, theme name, sort order."""
    label: str
    """What it is called. May come from outside; shown literally."""
    note: str = ""
    """Said beside it, dim."""
    also: str = ""
    """Other words it is found by; not shown."""
    key: str = ""
    """Its keys, as a person reads them."""
    group: str = ""
    """The heading it stands under while nothing is typed."""
    is_current: bool = False
    """It is the one in force now."""
    lead: str = ""
    """Painted before the label, of one width in all lines; ours."""


class Ranked(NamedTuple):
    """A choice that matches, and where in its label."""

    choice: Choice
    """The choice."""
    places: Places = ()
    """Characters of the label that matched."""


def ranked(query: str, choices: Iterable[Choice]) -> list[Ranked]:
    """The choices that match all words of a query, best first; all of them, in their order, for an empty one.

    A label that begins with a word comes before one with a word that begins so, before one that holds it, before one
    with only its letters in order; note, heading and key count last.
    """
    words = fold(query).split() or ([query.strip()] if query.strip() else [])
    if not words:
        return [Ranked(choice) for choice in choices]
    found = []
    for order, choice in enumerate(choices):
        ranks = [_rank(word, choice) for word in words]
        if None not in ranks:
            found.append(
                (sum(rank for rank in ranks if rank is not None), order, Ranked(choice, _places(words, choice)))
            )
    return [match for _score, _order, match in sorted(found, key=lambda item: item[:2])]


def _rank(word: str, choice: Choice) -> int | None:
    if word == choice.key.lower():
        return 0
    label = fold(choice.label)
    if label.strip().startswith(word):
        return 1
    if any(part.startswith(word) for part in label.split()):
        return 2
    if word in label:
        return 3
    if word in fold(f"{choice.note} {choice.also} {choice.group}"):
        return 5
    if len(word) > 1 and _in_order(word, label):
        return 8
    return None


def _in_order(word: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in word)


def _places(words: Sequence[str], choice: Choice) -> Places:
    label = simple(choice.label)
    found = {place for word in words for place in places(same_length(word), label)[:1]}
    return tuple(sorted(found))
