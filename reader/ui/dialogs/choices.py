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
    "command", "feed", "file", "filter", "folder", "group", "link", "offer", "place", "query", "sort", "tag", "theme",
]  # fmt: skip

Places = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One line to choose."""

    kind: Kind
    """What it is; with `value` it says what to do."""
    value: str | int
    """Command id, feed id, filter name, text for the filter, theme name, sort order."""
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

    What is meant exactly comes first: a key, the label or a word of it. Then beginnings of words and initials, then
    what merely holds the word; a slip of letters within one word counts last.
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
    label = fold(choice.label).strip()
    parts = label.split()
    also = fold(choice.also).split()
    ranks = (
        label.startswith(word),
        word in parts or word in also,
        any(part.startswith(word) for part in parts),
        any(part.startswith(word) for part in also) or _begins_words(word, parts),
        word in label,
        word in fold(f"{choice.note} {choice.also} {choice.group}"),
        len(word) > 2 and any(_is_slip(word, part) for part in parts),
    )
    return next((rank for rank, is_so in enumerate(ranks, 1) if is_so), None)


def _begins_words(word: str, parts: Sequence[str]) -> bool:
    """Whether it is made of beginnings of words that follow each other: ``ak`` and ``ankep`` of ``antara kepri``."""
    reached: set[int] = set()
    for part in parts:
        ends = set()
        for start in {0, *reached}:
            for end in range(start + 1, len(word) + 1):
                if not part.startswith(word[start:end]):
                    break
                ends.add(end)
        reached = ends
        if len(word) in reached:
            return len(word) > 1
    return False


def _is_slip(word: str, part: str) -> bool:
    """Whether it is a word of about that length with letters left out, the first one there."""
    rest = iter(part)
    return part[:1] == word[:1] and 2 * len(word) >= len(part) and all(letter in rest for letter in word)


def _places(words: Sequence[str], choice: Choice) -> Places:
    label = simple(choice.label)
    found = {place for word in words for place in places(same_length(word), label)[:1]}
    return tuple(sorted(found))
