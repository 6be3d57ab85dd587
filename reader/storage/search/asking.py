"""Answering a question step by step: a screenful at once, the rest as it is found, the exact count at the end."""

from __future__ import annotations

import json
import sqlite3
import time
from array import array
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from reader.model import Answer, Understood
from reader.query import describe
from reader.query.describing import describe_node
from reader.query.meaning import fits, text_test
from reader.query.patterns import PatternTooSlowError
from reader.query.tree import ALL, And, Family, Not, Or, Regex, Saved, Text, leaves
from reader.storage.search.conditions import both
from reader.storage.search.facts import load_facts, load_texts
from reader.storage.search.meanings import Compiler
from reader.storage.search.plans import Page, Plan, plan_for
from reader.storage.search.prefixes import roughly
from reader.storage.search.ranking import ranked
from reader.storage.search.sources import is_muted_asked, source_condition, source_tree
from reader.storage.search.terms import prepare

if TYPE_CHECKING:
    from reader.model import Question
    from reader.query import Names, Query
    from reader.query.tree import Node
    from reader.storage.search.conditions import Condition

__all__ = ["ask", "count"]

T = TypeVar("T")
Run = Callable[[Callable[[sqlite3.Connection], T]], Awaitable[T]]
"""Runs a function on the connection's thread; cancelling it interrupts the SQL."""

SCREENFUL = 128
"""Ids of the first answer."""
CHUNK = 200_000
"""Ids of each further answer."""
STEP_SECONDS = 0.1
"""How long Python looks at articles before it tells what it has."""
GLANCE_SECONDS = 0.03
"""The same, before SQL is asked."""
ENOUGH = 40
"""Ids that are worth an answer of their own."""
MAX_COUNTED_TERMS = 8
"""Words of a query that are counted one by one when nothing matched."""
_PARSED_AT_ONCE = 1 << 19
"""Characters of a list of ids that are read in one go, so that the screen gets its turn between."""


async def ask(run: Run[tuple[array[int], bool]], question: Question, query: Query) -> AsyncGenerator[Answer, None]:
    """Answers to a question, each with all ids so far; the last one is final.

    Args:
        run: Runs a function on the searching thread.
        question: What is asked for.
        query: Its query, read.

    """
    search = Search(question, query)
    ids: array[int] = array("q")
    while True:
        found, is_done = await run(search.step)
        ids = ids + found
        understood = Understood(describe(query), search.problem or query.problem, query.column)
        if is_done:
            total = search.total if search.total is not None else len(ids)
            population = search.population if search.population is not None else total
            counts = search.term_counts
            yield Answer(question, ids, total, population, understood, counts, is_final=True, order=search.order)
            return
        yield Answer(question, ids, None, search.population, understood, order=search.order)


def count(connection: sqlite3.Connection, question: Question, query: Query) -> int:
    """How many articles a question finds."""
    search = Search(question, query)
    return search.count(connection)


class Search:
    """One question on its way; every method but the constructor runs on the searching thread."""

    def __init__(self, question: Question, query: Query) -> None:
        self._question = question
        self._query = query
        self._tree = query.tree
        self.order = query.sort or question.sort
        """The order of the ids."""
        self._stage = "begin"
        self._after: int | None = None
        self._left = question.limit or -1
        self._plan = Plan()
        self._scan: _Scan | None = None
        self.problem = ""
        """What went wrong on the way, in words."""
        self.total: int | None = None
        """The exact count, if it is not the number of ids."""
        self.population: int | None = None
        """How many the source holds."""
        self.term_counts: tuple[tuple[str, int], ...] = ()
        """When nothing matched: each word's own count."""
        self._found = 0
        self._glanced: array[int] = array("q")

    def step(self, connection: sqlite3.Connection) -> tuple[array[int], bool]:
        """The next ids, and whether that was all."""
        if self._stage == "begin":
            self._begin(connection)
        if self._stage == "end":
            self._end(connection)
            return array("q"), True
        if self._stage == "rank":
            found = self._rank(connection)
        elif self._scan:
            found = self._looked_at(connection, self._scan)
        else:
            found = self._page(connection)
        self._found += len(found)
        return found, False

    def count(self, connection: sqlite3.Connection) -> int:
        """How many there are in all."""
        self._begin(connection)
        if self._scan is None:
            return self._plan.count(connection)
        self._left = -1
        while self._stage != "end":
            self._found += len(self._looked_at(connection, self._scan))
        return self._found

    def _begin(self, connection: sqlite3.Connection) -> None:
        prepare(connection)
        plan = self._planned(connection, self._tree)
        self._stage = "page"
        if plan is None or not plan.is_exact:
            candidates = plan or self._planned(connection, ALL) or Plan()
            self._scan = _Scan(candidates, self._residue(plan), is_oldest_first=self.order == "old")
        else:
            self._plan = plan
            if self.order == "rank":
                self._stage = "rank"
            elif rough := roughly(connection, self._tree):
                self._glance(connection, *rough)

    def _glance(self, connection: sqlite3.Connection, rough: Node, residue: Node) -> None:
        """Find what can be found at once of a query whose plan takes a while to get going."""
        plan = self._planned(connection, rough)
        if plan is None or not plan.is_exact:
            return
        scan = _Scan(plan, residue, is_oldest_first=self.order == "old")
        limit = SCREENFUL if self._left < 0 else min(SCREENFUL, self._left)
        self._glanced = scan.step(connection, self._query, limit, seconds=GLANCE_SECONDS)
        self._after = scan.after

    def _planned(self, connection: sqlite3.Connection, tree: Node | None) -> Plan | None:
        """The plan for the source with a tree; None if SQL cannot tell, not even roughly."""
        compiler = Compiler(connection, self._query.context.names)
        parts: list[Condition] = [source_condition(self._question, self._query, compiler)]
        trees = [source_tree(self._question, self._query)]
        if tree is not None:
            parts.append(compiler.condition(tree))
            trees.append(tree)
        return plan_for(connection, both(parts), is_muted_shown=is_muted_asked(*trees))

    def _residue(self, plan: Plan | None) -> Node:
        """What Python has to look at: all of it, or only what SQL could not tell."""
        tree = And((source_tree(self._question, self._query), self._tree))
        if plan is None:
            return tree
        parts = [inner for part in tree.parts for inner in (part.parts if isinstance(part, And) else (part,))]
        return And(tuple(part for part in parts if any(isinstance(leaf, Regex) for leaf, _wanted in leaves(part))))

    def _page(self, connection: sqlite3.Connection) -> array[int]:
        glanced, self._glanced = self._glanced, array("q")
        if self._left >= 0:
            self._left -= len(glanced)
        if len(glanced) >= ENOUGH:
            self._stage = "end" if self._left == 0 else self._stage
            return glanced
        wanted = CHUNK if self._found else SCREENFUL
        limit = wanted if self._left < 0 else min(wanted, self._left)
        found, last = fetch(connection, self._plan, Page(limit, self.order == "old", self._after))
        self._after = self._after if last is None else last
        if self._left >= 0:
            self._left -= len(found)
        if len(found) < limit or self._left == 0:
            self._stage = "end"
        return glanced + found

    def _rank(self, connection: sqlite3.Connection) -> array[int]:
        compiler = Compiler(connection, self._query.context.names)
        now = int(self._query.context.now.timestamp())
        found, self._after = ranked(connection, compiler, self._plan, self._tree, now)
        self._stage = "page" if self._after is not None else "end"
        if self._left >= 0:
            found = found[: self._left]
            self._left -= len(found)
            self._stage = "end" if self._left == 0 else self._stage
        return found

    def _looked_at(self, connection: sqlite3.Connection, scan: _Scan) -> array[int]:
        wanted = SCREENFUL if not self._found else CHUNK
        limit = wanted if self._left < 0 else min(wanted, self._left)
        try:
            found = scan.step(connection, self._query, limit)
        except PatternTooSlowError as error:
            self.problem = str(error)
            found = scan.found
            self._without_patterns(connection, scan)
        if self._left >= 0:
            self._left -= len(found)
        if self._stage == "page" and (scan.is_done or self._left == 0):
            self._stage = "end"
        return found

    def _without_patterns(self, connection: sqlite3.Connection, scan: _Scan) -> None:
        """Go on from here as if the patterns were not there: a failure hides no article."""
        self._tree = without_patterns(self._tree) or ALL
        plan = self._planned(connection, self._tree)
        if plan is not None and plan.is_exact:
            self._plan, self._scan, self._after = plan, None, scan.after
        else:
            everything = self._planned(connection, None) or Plan()
            self._scan = _Scan(everything, self._tree, is_oldest_first=self.order == "old", after=scan.after)

    def _end(self, connection: sqlite3.Connection) -> None:
        if self._question.limit and self._scan is None and self._left == 0:
            self.total = self._plan.count(connection)
        if self._query.tree != ALL:
            source = self._planned(connection, None)
            self.population = source.count(connection) if source else None
        if not self._found:
            self.term_counts = tuple(self._terms(connection))

    def _terms(self, connection: sqlite3.Connection) -> Iterable[tuple[str, int]]:
        """Each word of the query with its own count in the source."""
        asked = [leaf for leaf, wanted in leaves(self._query.tree) if wanted and isinstance(leaf, Text | Family)]
        if len(asked) < 2 and len(list(leaves(self._query.tree))) < 2:
            return
        for leaf in list(dict.fromkeys(asked))[:MAX_COUNTED_TERMS]:
            plan = self._planned(connection, leaf)
            if plan is not None:
                yield describe_node(leaf), plan.count(connection)


class _Scan:
    """Looking at candidates one by one with the Python meaning."""

    def __init__(self, plan: Plan, tree: Node, *, is_oldest_first: bool, after: int | None = None) -> None:
        self._plan = plan
        self._tree = tree
        self._text_test = text_test(tree)
        self._is_oldest_first = is_oldest_first
        self._candidates: list[tuple[int, int]] = []
        self._chunk = 256
        self._reached = after
        self.after = after
        """Place of the last candidate that was looked at."""
        self.found: array[int] = array("q")
        """What the step under way has found."""
        self.is_done = False
        """No candidate is left."""

    def step(
        self, connection: sqlite3.Connection, query: Query, limit: int, *, seconds: float = STEP_SECONDS
    ) -> array[int]:
        """The next that fit, at most so many; fewer when time is up.

        Raises:
            PatternTooSlowError: a pattern took too long; `found` and `after` tell how far this came.

        """
        self.found = array("q")
        until = time.monotonic() + seconds
        while len(self.found) < limit and time.monotonic() < until:
            if not self._candidates:
                self._candidates = self._next_candidates(connection)
            if not self._candidates:
                self.is_done = True
                break
            batch = self._candidates[: min(64, limit - len(self.found))]
            places = dict(batch)
            for number, is_fit in self._judged(connection, places, query.context.names):
                self.after = places[number]
                if is_fit:
                    self.found.append(number)
            del self._candidates[: len(batch)]
        return self.found

    def _judged(self, connection: sqlite3.Connection, ids: Iterable[int], names: Names) -> Iterator[tuple[int, bool]]:
        test = self._text_test
        if test is not None:
            for number, title, text, author in load_texts(connection, ids):
                yield number, test(title, text, author)
        else:
            for number, facts in load_facts(connection, ids, names):
                yield number, fits(self._tree, facts)

    def _next_candidates(self, connection: sqlite3.Connection) -> list[tuple[int, int]]:
        if not self._plan.statements:
            return []
        sql, values = self._plan.select(Page(self._chunk, self._is_oldest_first, self._reached))
        rows = connection.execute(sql, values).fetchall()
        self._chunk = min(self._chunk * 4, 16_384)
        self._reached = rows[-1][1] if rows else self._reached
        return rows


def fetch(connection: sqlite3.Connection, plan: Plan, page: Page) -> tuple[array[int], int | None]:
    """Ids of a part of a result, in order, and the place of the last one; None if there is none.

    SQLite makes one text of them: a row at a time would take and give back Python's lock for each.
    """
    if not plan.statements:
        return array("q"), None
    sql, values = plan.select(page)
    last = "max" if page.is_oldest_first else "min"
    text, place = connection.execute(f"SELECT group_concat(id), {last}(place) FROM ({sql})", values).fetchone()  # noqa: S608
    found: array[int] = array("q")
    start = 0
    while text and start < len(text):
        end = text.find(",", start + _PARSED_AT_ONCE)
        end = len(text) if end < 0 else end
        found.extend(json.loads(f"[{text[start:end]}]"))
        start = end + 1
    return found, place


def without_patterns(node: Node) -> Node | None:
    """The tree without its regular expressions; None if nothing is left."""
    match node:
        case Regex():
            return None
        case Not(part=part):
            inner = without_patterns(part)
            return None if inner is None else Not(inner)
        case Saved(name=name, part=part):
            inner = without_patterns(part)
            return None if inner is None else Saved(name, inner)
        case And(parts=parts) | Or(parts=parts):
            left = tuple(inner for part in parts if (inner := without_patterns(part)) is not None)
            return type(node)(left) if left else None
        case _:
            return node
