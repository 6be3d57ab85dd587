"""Reading a query: text to tree. Never raises; every text means something, and the first problem is told.

query   = or
or      = and { OR and }
and     = { [AND] not }                 next to each other means both
not     = { "-" | NOT } atom
atom    = "(" or ")" | field ":" (atom) | "quote" | /pattern/flags | ~root | #tag | word | word*
"""

from __future__ import annotations

from dataclasses import field
from datetime import datetime, tzinfo
from difflib import get_close_matches
from typing import TYPE_CHECKING

from reader.i18n import _
from reader.light import dataclass
from reader.query import patterns
from reader.query.fields import ALIASES, FIELDS, TEXT_FIELDS, Context, ValueProblemError
from reader.query.moments import day_named
from reader.query.scanner import MAX_LENGTH, MAX_PIECES, scan
from reader.query.tree import (
    ALL,
    MAX_DEPTH,
    MAX_TERMS,
    And,
    Check,
    Family,
    Or,
    Regex,
    Saved,
    Text,
    negated,
)
from reader.text.fold import fold, words

if TYPE_CHECKING:
    from reader.model import SortOrder
    from reader.query.names import Names
    from reader.query.scanner import Piece
    from reader.query.tree import (
        Node,
        Scope,
    )

__all__ = ["Query", "parse"]

_SORTS: dict[str, SortOrder] = {
    "new": "new", "newest": "new", "desc": "new", "baru": "new",
    "old": "old", "oldest": "old", "asc": "old", "lama": "old",
    "rank": "rank", "relevance": "rank", "best": "rank",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Query:
    """A query understood."""

    text: str
    """As typed."""
    tree: Node
    """What it means."""
    context: Context
    """What it was read against."""
    sort: SortOrder | None = None
    """The order it asks for; None: none."""
    problem: str = ""
    """The first problem, in the language in use; empty: none."""
    column: int = 0
    """Where the problem stands, from 1; 0: nowhere."""


def parse(text: str, *, complete: bool = True, now: datetime, zone: tzinfo, names: Names) -> Query:
    """Read a query.

    Args:
        text: Any text.
        complete: False: it is being typed, so its last word may go on.
        now: The clock, for dates and ages. Aware.
        zone: Where days begin.
        names: What it may refer to.

    """
    context = Context(now, zone, names)
    state = _State(context)
    parser = _Parser(text, state, is_complete=complete)
    tree = parser.read()
    return Query(text, tree or ALL, context, state.sort, state.problem, state.column)


@dataclass(slots=True)
class _State:
    """What a query shares with the saved queries inside it."""

    context: Context
    terms: int = 0
    problem: str = ""
    column: int = 0
    sort: SortOrder | None = None
    inside: list[str] = field(default_factory=list)

    def complain(self, message: str, column: int) -> None:
        if not self.problem:
            self.problem, self.column = message, column


class _Parser:
    """One text on its way to a tree."""

    def __init__(self, text: str, state: _State, *, is_complete: bool, column: int = 0) -> None:
        self._pieces = list(scan(text))
        self._state = state
        self._column = column
        self._at = 0
        self._depth = 0
        # The piece that is being typed: the last one, if the text ends with it.
        self._typed = self._pieces[-1] if self._pieces and not is_complete else None
        if self._typed and (self._typed.end < len(text) or not self._typed.text):
            self._typed = None
        end = self._pieces[-1].end if self._pieces else 0
        is_cut = len(text) > MAX_LENGTH or (len(self._pieces) == MAX_PIECES and bool(text[end:].strip()))
        self._cut_at = end + 1 if is_cut else 0
        # What a cut leaves open, such as a minus with nothing behind it, is no mistake of the reader's.
        self._is_complete = is_complete and not is_cut
        self._length = len(text)

    def read(self) -> Node | None:
        """The tree; None for a text that asks for nothing."""
        parts: list[Node] = []
        while self._at < len(self._pieces):
            if (part := self._or("any", is_negated=False)) is not None:
                parts.append(part)
            if self._at < len(self._pieces):
                self._complain(_("This bracket was never opened."), self._pieces[self._at])
                self._at += 1
        if self._cut_at:
            self._state.complain(_("Too long: the rest is ignored."), self._column or self._cut_at)
        return _joined(And, parts)

    def _complain(self, message: str, piece: Piece) -> None:
        self._state.complain(message, self._column or piece.start + 1)

    def _complain_of_nothing(self, written: str, piece: Piece) -> None:
        """What asks for nothing would stand for everything, also in ``mark`` and in a rule."""
        if self._is_complete:
            self._complain(_("“{text}” has no letter or digit to search for.").format(text=written), piece)

    def _peek(self) -> Piece | None:
        return self._pieces[self._at] if self._at < len(self._pieces) else None

    def _or(self, scope: Scope | str, *, is_negated: bool) -> Node | None:
        parts = []
        is_wanted = False
        while True:
            part = self._and(scope, is_negated=is_negated)
            if part is not None:
                parts.append(part)
            elif is_wanted and self._is_complete:
                self._complain(_("OR goes between two words."), self._pieces[self._at - 1])
            piece = self._peek()
            if piece is None or piece.kind != "or":
                return _joined(Or, parts)
            if part is None and not is_wanted:
                self._complain(_("OR goes between two words."), piece)
            is_wanted = True
            self._at += 1

    def _and(self, scope: Scope | str, *, is_negated: bool) -> Node | None:
        parts: list[Node] = []
        while (piece := self._peek()) is not None and piece.kind not in {"or", "close"}:
            if piece.kind == "and":
                if not parts or (self._at + 1 == len(self._pieces) and self._is_complete):
                    self._complain(_("AND goes between two words."), piece)
                self._at += 1
            elif (part := self._not(scope, is_negated=is_negated)) is not None:
                parts.append(part)
        return _joined(And, parts)

    def _not(self, scope: Scope | str, *, is_negated: bool) -> Node | None:
        count = 0
        last: Piece | None = None
        while (piece := self._peek()) is not None and piece.kind == "not":
            last = piece
            count += 1
            self._at += 1
        is_turned = count % 2 == 1
        if piece is None or piece.kind in {"or", "and", "close"}:
            if last and self._is_complete:
                self._complain(_("Nothing to exclude after the minus."), last)
            return None
        part = self._atom(scope, is_negated=is_negated != is_turned)
        return negated(part) if part is not None and is_turned else part

    def _atom(self, scope: Scope | str, *, is_negated: bool) -> Node | None:
        piece = self._pieces[self._at]
        self._at += 1
        if piece.kind == "open":
            return self._group(scope, piece, is_negated=is_negated)
        if piece.kind == "field":
            return self._field(piece, is_negated=is_negated)
        if self._state.terms >= MAX_TERMS:
            self._complain(_("Too long: only the first {count} words are used.").format(count=MAX_TERMS), piece)
            return None
        leaf = self._leaf(scope, piece, is_negated=is_negated)
        if leaf is not None:
            self._state.terms += 1
        return leaf

    def _group(self, scope: Scope | str, opening: Piece, *, is_negated: bool) -> Node | None:
        if self._depth >= MAX_DEPTH:
            self._complain(_("Brackets nested too deeply."), opening)
            return None
        self._depth += 1
        closing = self._peek()
        if closing is not None and closing.kind == "close":
            self._complain_of_nothing("()", opening)
        part = self._or(scope, is_negated=is_negated)
        self._depth -= 1
        closing = self._peek()
        if closing is not None:
            self._at += 1
        elif self._is_complete:
            self._complain(_("This bracket is not closed."), opening)
        return part

    def _field(self, piece: Piece, *, is_negated: bool) -> Node | None:
        """What follows a field's name and colon, without a space between."""
        following = self._peek()
        if following is None or following.start != piece.end or following.kind in {"close", "or", "and", "not"}:
            if self._is_complete or following is not None:
                self._complain(_("Nothing after {field}:").format(field=piece.text), piece)
            return None
        scope = TEXT_FIELDS[piece.text][0] if piece.text in TEXT_FIELDS else piece.text
        return self._atom(scope, is_negated=is_negated)

    def _leaf(self, scope: Scope | str, piece: Piece, *, is_negated: bool) -> Node | None:
        # While it is typed, an excluded word is not yet a prefix: "-b" would take away half of the list.
        is_typed = piece is self._typed and not is_negated
        if piece.kind in {"family", "tag"} and not piece.text.strip():
            self._complain_of_nothing("~" if piece.kind == "family" else "#", piece)
            return None
        if scope in {"any", "title", "body", "author"}:
            return self._text(scope, piece, is_typed=is_typed)
        if scope == "sort":
            self._sort(piece)
            return None
        if scope == "search":
            return self._saved(piece)
        return self._test(scope, piece, piece.text, is_open=is_typed)

    def _text(self, scope: Scope, piece: Piece, *, is_typed: bool) -> Node | None:
        match piece.kind:
            case "pattern":
                return self._regex(scope, piece)
            case "tag":
                return self._test("tag", piece, piece.text, is_open=is_typed)
            case "family":
                return self._family(scope, piece, is_typed=is_typed)
        if piece.kind == "word" and scope == "any" and (named := self._day(piece)):
            return named
        found = tuple(words(piece.text))
        if not found:
            if self._is_complete or piece.end < self._length:
                self._complain(_("“{text}” has no letter or digit to search for.").format(text=piece.text), piece)
            return None
        if piece.kind == "quote":
            if not piece.is_closed and self._is_complete:
                self._complain(_("This quote is not closed."), piece)
            return Text(found, scope, is_prefix=is_typed and not piece.is_closed, is_exact=True, written=piece.text)
        self._hint(piece)
        return Text(found, scope, is_prefix=is_typed or piece.text.endswith("*"), written=piece.text)

    def _day(self, piece: Piece) -> Node | None:
        context = self._state.context
        day = day_named(piece.text, context.now, context.zone)
        return Check("date", day, piece.text) if day else None

    def _hint(self, piece: Piece) -> None:
        """A word like ``tittle:x`` is text, but probably not meant so."""
        name, colon, rest = piece.text.partition(":")
        if colon and rest and name.isalpha() and not rest.startswith("/"):
            near = get_close_matches(name.lower(), [known for known in ALIASES if len(known) > 3], n=1, cutoff=0.8)
            if near:
                message = _("“{name}:” is not a field, so it is searched as text; did you mean {near}: ?")
                self._complain(message.format(name=name, near=near[0]), piece)

    def _regex(self, scope: Scope, piece: Piece) -> Node | None:
        if not piece.is_closed:
            if self._is_complete:
                self._complain(_("This pattern has no closing /."), piece)
            return None
        flags = "".join(sorted(set(piece.flags)))
        if unknown := "".join(letter for letter in flags if letter not in "ims"):
            self._complain(_("Unknown pattern flag {letters}; use i, m or s.").format(letters=unknown), piece)
            flags = "".join(letter for letter in flags if letter in "ims")
        if trouble := patterns.problem(piece.text, flags):
            self._complain(trouble, piece)
            return None
        return Regex(piece.text, flags, scope)

    def _family(self, scope: Scope, piece: Piece, *, is_typed: bool) -> Node | None:
        found = tuple(words(piece.text))
        if not found:
            if self._is_complete:
                self._complain(_("“{text}” has no letter or digit to search for.").format(text="~" + piece.text), piece)
            return None
        if len(found) > 1:
            return Text(found, scope)
        if is_typed:
            return Or((Family(found[0], scope), Text(found, scope, is_prefix=True)))
        return Family(found[0], scope)

    def _test(self, name: str, piece: Piece, written: str, *, is_open: bool) -> Node | None:
        """A field's test; with ``is_open`` it may match what it is the beginning of."""
        try:
            value = FIELDS[name].parse(written, is_open, self._state.context)
        except ValueProblemError as problem:
            if piece is not self._typed:
                self._complain(str(problem), piece)
            return None
        if value is None:
            if piece is not self._typed:
                self._complain(_("Nothing after {field}:").format(field=name), piece)
            return None
        return Check(name, value, written)

    def _sort(self, piece: Piece) -> None:
        order = _SORTS.get(fold(piece.text))
        if order:
            self._state.sort = order
        elif piece is not self._typed:
            message = _("“{value}” is not a sort order; use new, old or rank.")
            self._complain(message.format(value=piece.text), piece)

    def _saved(self, piece: Piece) -> Node | None:
        """The saved query of that name, read in its turn."""
        filters = self._state.context.names.filters
        name = next((name for name in filters if fold(name).strip() == fold(piece.text).strip()), None)
        if name is None:
            if piece is not self._typed:
                self._complain(_("No saved filter “{name}”.").format(name=piece.text), piece)
            return None
        inside = self._state.inside
        if name in inside or len(inside) >= MAX_DEPTH:
            path = " → ".join([*inside, name])
            self._complain(_("These saved filters include each other: {path}.").format(path=path), piece)
            return None
        inside.append(name)
        order = self._state.sort
        part = _Parser(filters[name], self._state, is_complete=True, column=self._column or piece.start + 1).read()
        self._state.sort = order
        inside.pop()
        return Saved(name, part) if part is not None else None


def _joined(kind: type[And] | type[Or], parts: list[Node]) -> Node | None:
    """The parts as one node; those of the same kind are taken apart first."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else (part,))
    if len(flat) > 1:
        return kind(tuple(flat))
    return flat[0] if flat else None
