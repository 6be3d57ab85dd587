"""An inline text with spans made into runs: links numbered, false hosts told, hits marked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reader.light import dataclass, late_pattern
from reader.text.clean import clean
from reader.text.urls import display_host, host
from reader.ui.article.lines import Mark, Run
from reader.ui.cells import steady

if TYPE_CHECKING:
    from reader.model.document import Inline, SpanKind
    from reader.ui.article.lines import Role

__all__ = ["Finder", "Marker", "misleading_host", "superscript"]

Finder = Callable[[str], Sequence[tuple[int, int]]]
"""Where in a text something was found: first character and one past the last, in order."""

_MARKS: dict[SpanKind, Mark] = {
    "emphasis": Mark.EMPHASIS,
    "strong": Mark.STRONG,
    "code": Mark.CODE,
    "strike": Mark.STRIKE,
    "mark": Mark.MARK,
    "small": Mark.SMALL,
    "sub": Mark.NONE,
    "super": Mark.NONE,
    "link": Mark.LINK,
}

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

_HOST_NAME = late_pattern(r"(?<![\w@.-])(?:[a-z0-9-]+\.)+([a-z]{2,})(?![\w-])", re.IGNORECASE)
_GENERIC = frozenset(
    ("com", "org", "net", "edu", "gov", "mil", "info", "biz", "app", "dev", "news", "xyz", "site", "online", "shop")
)
_NO_COUNTRY = frozenset(("js", "ts", "db", "vb", "vs"))

_JOINER = "\u200d"


def superscript(number: int) -> str:
    """A number in small raised digits."""
    return str(number).translate(_SUPERSCRIPT)


def misleading_host(text: str, url: str) -> str:
    """The host a link really leads to, if its text names another one; else empty.

    A name of the same site (``antaranews.com`` for ``kepri.antaranews.com``) does not mislead.
    """
    real = host(url)
    if not real:
        return ""
    for match in _HOST_NAME.finditer(text):
        named = match[0].lower().removeprefix("www.")
        ending = match[1].lower()
        if (
            (len(ending) != 2 or ending in _NO_COUNTRY)
            and ending not in _GENERIC
            and not match[0].lower().startswith("www.")
        ):
            continue
        site = real.removeprefix("www.")
        if named != site and not site.endswith("." + named) and not named.endswith("." + site):
            return display_host(url) or real
    return ""


@dataclass(slots=True)
class Marker:
    """Makes runs of inline texts; counts the hits of the search inside the article as it goes."""

    links: tuple[str, ...] = ()
    """The document's links; a span's ``link`` is an index into it."""
    hits: Finder | None = None
    """Finds what the list's filter matched."""
    find: Finder | None = None
    """Finds what is searched for inside the article."""
    found: int = field(default=0)
    """Hits of `find` so far."""

    def runs(self, inline: Inline | str, role: Role = "body", *, dateline: int = 0) -> list[Run]:
        """The runs of a text. Control characters that came past the worker are dropped here, with the spans."""
        text, spans = (inline, ()) if isinstance(inline, str) else (inline.text, inline.spans)
        safe = clean(text)
        if safe != text:
            text, spans, dateline = safe, (), 0
        if "\t" in text:
            text = text.replace("\t", " ")
        changes = _Changes()
        for span in spans:
            if span.start < span.end and (span.kind != "link" or 0 <= span.link < len(self.links)):
                changes.add(span.start, span.end, _MARKS[span.kind], span.link + 1 if span.kind == "link" else 0)
        if dateline:
            changes.add(0, dateline, Mark.DATELINE)
        for start, end in self.hits(text) if self.hits else ():
            changes.add(start, end, Mark.HIT)
        for start, end in self.find(text) if self.find else ():
            changes.add(start, end, Mark.NONE, find=self.found)
            self.found += 1
        if not changes:
            return [Run(steady(text), role)] if text else []
        return self._cut(text, role, changes)

    def _cut(self, text: str, role: Role, changes: _Changes) -> list[Run]:
        runs: list[Run] = []
        link_start = 0
        stretches = list(changes.stretches(text))
        for (start, end, state), (*_next, following) in pairwise([*stretches, (0, 0, _NOTHING)]):
            runs.append(Run(steady(text[start:end]), role, state.marks, state.link, state.find))
            if (state.link, state.link_ends) == (following.link, following.link_ends):
                continue
            if state.link:
                if real := misleading_host(text[link_start:end], self.links[state.link - 1]):
                    runs.append(Run(f" ({real})", role, Mark.HOST, state.link))
                runs.append(Run(superscript(state.link), role, Mark.NUMBER, state.link))
            link_start = end
        return runs


class _State(NamedTuple):
    """What holds over one stretch."""

    marks: Mark
    link: int
    link_ends: int
    find: int


_NOTHING = _State(Mark.NONE, 0, -1, -1)


class _Change(NamedTuple):
    start: int
    end: int
    marks: Mark
    link: int
    find: int


@dataclass(slots=True)
class _Changes:
    """Spans on their way to stretches over which the same holds."""

    items: list[_Change] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.items)

    def add(self, start: int, end: int, marks: Mark, link: int = 0, *, find: int = -1) -> None:
        self.items.append(_Change(start, end, marks, link, find))

    def stretches(self, text: str) -> Iterator[tuple[int, int, _State]]:
        """Each stretch with what holds over it; a cluster of joined characters is never cut."""
        size = len(text)
        cuts = {0, size}
        for item in self.items:
            cuts.update((min(item.start, size), min(item.end, size)))
        places = sorted(cut for cut in cuts if cut in {0, size} or not _is_joined(text, cut))
        pending = sorted(self.items, reverse=True)
        active: list[_Change] = []
        for start, end in pairwise(places):
            while pending and pending[-1].start < end:
                active.append(pending.pop())
            active = [item for item in active if item.end > start]
            yield start, end, _state(active)


def _state(active: Sequence[_Change]) -> _State:
    marks, link, link_ends, find = _NOTHING
    for item in active:
        marks |= item.marks
        if item.link and not link:
            link, link_ends = item.link, item.end
        find = max(find, item.find)
    return _State(marks, link, link_ends, find)


def _is_joined(text: str, cut: int) -> bool:
    """Whether the characters on both sides of a place are drawn as one."""
    after = text[cut]
    return (
        text[cut - 1] == _JOINER
        or after == _JOINER
        or "\U0001f3fb" <= after <= "\U0001f3ff"
        or unicodedata.category(after) in {"Mn", "Me"}
    )
