"""Saved filters and rules: written to feeds.toml, looked at before they are saved, applied to what is stored."""

from __future__ import annotations

import re
from array import array
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.core.feeds_file import FeedsFile
from reader.core.rules import is_in_force, trouble_of, verdict_of
from reader.core.turns import in_turn
from reader.errors import NotFoundError, QueryError
from reader.i18n import _
from reader.light import dataclass
from reader.model import Question, Source, Step
from reader.query import describe
from reader.query.tree import And, Check, Not

if TYPE_CHECKING:
    from reader.config.edit import Removed, Target
    from reader.core.reader import Reader
    from reader.model import FilterConfig
    from reader.storage.store import Store

__all__ = ["Alert", "FilterPreview", "FilterSaved", "Filters"]

PREVIEWED = 4
"""Titles a preview shows."""
TOLD = 3
"""Titles an alert names."""

Undo = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class FilterPreview:
    """What a filter would find if it were saved now."""

    count: int = 0
    """Articles it matches; for a mute rule, those it would hide."""
    population: int = 0
    """All articles that are not hidden."""
    titles: tuple[str, ...] = ()
    """The newest of them."""
    meaning: str = ""
    """The query in words."""
    problem: str = ""
    """What is wrong with the query, in words; a rule that has one would be off."""
    column: int = 0
    """Where, from 1; 0: nowhere."""


@dataclass(frozen=True, slots=True)
class FilterSaved:
    """What came of saving a filter."""

    sentence: str
    """What was done."""
    applied: Step | None = None
    """What it did to stored articles; None: nothing."""


@dataclass(frozen=True, slots=True)
class Alert:
    """New articles that a filter with ``notify`` matches."""

    filter: str
    """Its name."""
    count: int
    """How many."""
    titles: tuple[str, ...]
    """The first of them."""


class Filters:
    """The ``[[filters]]`` of feeds.toml, as the app changes them. Each change can be taken back in its turn."""

    def __init__(self, reader: Reader, store: Store) -> None:
        self._reader = reader
        self._store = store
        self._file = FeedsFile(reader)
        self.turns = reader.turns
        self._undo: list[tuple[int, str, Undo]] = []

    async def preview(self, wish: FilterConfig) -> FilterPreview:
        """What a filter would find, over everything that is not hidden."""
        query = self._reader.understand(wish.query)
        problem = (trouble_of(query) if wish.action else query.problem) if wish.query.strip() else ""
        if problem and wish.action:
            return FilterPreview(meaning=describe(query), problem=problem, column=query.column)
        if wish.action == "mute":
            query = replace(query, tree=And((query.tree, Not(Check("is", "starred")))))
        ids, total, population = array("q"), 0, 0
        async for answer in self._store.ask(Question(), query):
            ids, total, population = answer.ids, answer.total or 0, answer.population or 0
            problem = answer.understood.problem or problem
        rows = await self._store.rows(ids[:PREVIEWED])
        titles = tuple(row.title for row in rows)
        return FilterPreview(
            total, max(total, population), titles, describe(self._reader.understand(wish.query)), problem, query.column
        )

    @in_turn
    async def save(self, wish: FilterConfig, *, old: str = "", apply: bool = False) -> FilterSaved:
        """Write a filter to feeds.toml and obey it.

        Args:
            wish: How it is to be.
            old: The name of the filter to change; empty: a new one.
            apply: Also to what is stored already, as a step of its own; not where only name, end or alert change, which
                ask for nothing to be done to articles.

        Raises:
            ConfigError: the file cannot be changed so; nothing was written.
            NotFoundError: there is no filter called ``old`` any more.

        """
        before = self._find(old) if old else None
        if before is None:
            note = await self._add(wish)
        else:
            note = await self._replace(before, wish)
        is_other = before is None or _effect(before) != _effect(wish)
        step = await self.apply(wish.name) if apply and wish.action and is_other else None
        return FilterSaved(" ".join(filter(None, (_("Filter “{name}” saved.").format(name=wish.name), note))), step)

    @in_turn
    async def move(self, name: str, by: int) -> bool:
        """Move a filter up or down; False if it is at the end already. Raises ConfigError, NotFoundError."""
        from reader.config import edit

        names = [filter_.name for filter_ in self._reader.config.filters]
        if name not in names:
            raise _missing(name)
        at = names.index(name)
        to = max(0, min(len(names) - 1, at + by))
        if to == at:
            return False
        behind = _behind(names, at)
        before = _behind(names, to) if to > at else names[to]
        await self._change(lambda target: edit.move_filter(target, name, before=before))

        async def undo() -> None:
            await self._change(lambda target: edit.move_filter(target, name, before=behind))

        self._remember(_("filter “{name}” moved").format(name=name), undo)
        return True

    @in_turn
    async def delete(self, name: str) -> str:
        """Take a filter out of feeds.toml; what it hid comes back. A sentence tells what was done.

        Raises:
            ConfigError: the file cannot be changed; nothing was written.
            NotFoundError: there is no such filter any more.

        """
        from reader.config import edit

        rule = self._find(name)
        removed: list[Removed] = []
        restore: list[Undo] = []

        async def withdraw() -> None:
            restore.append(await self._withdraw(rule))

        def take_out(target: Target) -> None:
            removed.append(edit.remove_filter(target, name)[0])

        note = await self._change(take_out, then=withdraw)

        async def undo() -> None:
            await self._change(lambda target: edit.restore(target, removed[0]))
            await restore[0]()

        self._remember(_("filter “{name}” deleted").format(name=name), undo)
        users = [other.name for other in self._reader.config.filters if _reference(name).search(other.query)]
        used = _("“{user}” refers to it by name.").format(user=users[0]) if users else ""
        return " ".join(filter(None, (_("Filter “{name}” deleted.").format(name=name), used, note)))

    async def apply(self, name: str) -> Step | None:
        """Apply a rule to all stored articles, as one step; None if nothing changed.

        Raises:
            NotFoundError: there is no such filter.
            QueryError: its query is not wholly understood, or takes too long; nothing was changed.

        """
        rule = self._find(name)
        query = self._reader.understand(rule.query)
        if not rule.action:
            raise QueryError(_("“{name}” is a saved filter with no action.").format(name=name))
        if problem := trouble_of(query):
            raise QueryError(problem, column=query.column)
        ids = array("q")
        async for answer in self._store.ask(Question(), query):
            if answer.understood.problem:
                raise QueryError(answer.understood.problem)
            ids = answer.ids
        verdicts = dict.fromkeys(ids, verdict_of(rule))
        return self._reader.count_step(await self._store.judge(verdicts, kind=rule.action, label=rule.name))

    async def alerts(self, ids: Sequence[int]) -> tuple[Alert, ...]:
        """What the filters with ``notify`` match among new articles; those that match nothing are left out."""
        reader = self._reader
        found = []
        for filter_ in reader.config.filters:
            if not (filter_.notify and ids and is_in_force(filter_, now=reader.now(), zone=reader.zone)):
                continue
            query = reader.understand(filter_.query)
            matched = () if trouble_of(query) else await self._store.matching(ids, query)
            if matched:
                rows = await self._store.rows(matched[:TOLD])
                found.append(Alert(filter_.name, len(matched), tuple(row.title for row in rows)))
        return tuple(found)

    @in_turn
    async def take_back(self, steps: int) -> Step | None:
        """Take the last change back if no mark was made after it; None: there is nothing to take back here.

        Raises:
            ConfigError: the file cannot be changed any more; the change is forgotten.

        """
        if not self._undo or self._undo[-1][0] != steps:
            return None
        _steps, what, undo = self._undo.pop()
        await undo()
        return Step(0, "filter", 0, what)

    async def _add(self, wish: FilterConfig) -> str:
        from reader.config import edit

        note = await self._change(lambda target: edit.add_filter(target, _values(wish)))

        async def undo() -> None:
            await self.delete(wish.name)
            self._undo.pop()

        self._remember(_("filter “{name}” saved").format(name=wish.name), undo)
        return note

    async def _replace(self, before: FilterConfig, wish: FilterConfig) -> str:
        """Change a filter in the file, in the queries that name it, and in what it did."""
        restore: list[Undo] = []
        is_other = _effect(before) != _effect(wish)

        async def withdraw() -> None:
            if is_other:
                restore.append(await self._withdraw(before))
            elif before.name != wish.name:
                await self._store.rename_rule(before.name, wish.name)

        note = await self._change(lambda target: _rewrite(target, before, wish), then=withdraw)

        async def rename_back() -> None:
            await self._store.rename_rule(wish.name, before.name)

        async def undo() -> None:
            await self._change(lambda target: _rewrite(target, wish, before), then=None if is_other else rename_back)
            for back in restore:
                await back()

        self._remember(_("filter “{name}” changed").format(name=wish.name), undo)
        return note

    async def _withdraw(self, rule: FilterConfig) -> Undo:
        """Take back what a rule did that is not the reader's own mark; how to do it again."""
        store = self._store
        ids: tuple[int, ...] = ()
        color = _color(rule)
        if rule.action == "mute":
            ids = await store.release_muted(rule.name)
        elif rule.action == "highlight" and not trouble_of(query := self._reader.understand(rule.query)):
            found = array("q")
            async for answer in store.ask(Question(Source()), query):
                found = answer.ids
            ids = await store.recolor(found, old=color, new="")
        taken_over = await self._hand_over(rule, ids)

        async def again() -> None:
            for other, theirs in taken_over:
                await store.recolor(theirs, old=_color(other), new="")
            if rule.action == "mute":
                await store.hide_again(ids, rule.name)
            elif ids:
                await store.recolor(ids, old="", new=color)

        return again

    async def _hand_over(self, rule: FilterConfig, ids: Sequence[int]) -> list[tuple[FilterConfig, tuple[int, ...]]]:
        """Let the other rules have what a rule gave up; which of them highlight what now.

        An article tells only one rule that hides it, and of a highlight only the colour.
        """
        reader, given = self._reader, []
        for other in reader.config.filters if ids else ():
            is_other = other.name != rule.name and other.action == rule.action
            query = reader.understand(other.query)
            if not is_other or trouble_of(query) or not is_in_force(other, now=reader.now(), zone=reader.zone):
                continue
            matched = tuple(await self._store.matching(ids, query))
            if other.action == "mute":
                await self._store.hide_again(matched, other.name)
            elif other.action == "highlight":
                given.append((other, await self._store.recolor(matched, old="", new=_color(other))))
        return given

    async def _change(self, edit: Callable[[Target], object], *, then: Undo | None = None) -> str:
        return (await self._file.change(edit, then=then)).note

    def _find(self, name: str) -> FilterConfig:
        for filter_ in self._reader.config.filters:
            if filter_.name == name:
                return filter_
        raise _missing(name)

    def _remember(self, what: str, undo: Undo) -> None:
        self._undo = [*self._undo[-19:], (self._reader.steps, what, undo)]


def _missing(name: str) -> NotFoundError:
    return NotFoundError(_("The filter “{name}” no longer exists.").format(name=name))


def _behind(names: Sequence[str], at: int) -> str:
    """The name behind a place; empty at the end."""
    return names[at + 1] if at + 1 < len(names) else ""


def _color(rule: FilterConfig) -> str:
    return verdict_of(rule).highlight


def _effect(rule: FilterConfig) -> tuple[str, ...]:
    """What of a rule decides what it does to articles."""
    return rule.query, rule.action, rule.tag, _color(rule)


def _values(filter_: FilterConfig) -> dict[str, object]:
    """A filter's keys as feeds.toml has them; None leaves one out."""
    return {
        "name": filter_.name,
        "query": filter_.query,
        "action": (f"tag:{filter_.tag}" if filter_.action == "tag" else filter_.action) or None,
        "notify": filter_.notify or None,
        "until": filter_.until,
        "color": filter_.color or None,
    }


def _rewrite(target: Target, before: FilterConfig, wish: FilterConfig) -> None:
    """Change a filter's entry, and its name where other filters ask for it."""
    from reader.config import edit
    from reader.config.load import load

    stamp = edit.edit_filter(target, before.name, _values(wish))
    if before.name == wish.name:
        return
    reference = _reference(before.name)
    named = f'search:"{wish.name}"'
    for other in load(target.path, may_run_commands=target.may_run_commands).filters:
        if other.name != wish.name and reference.search(other.query):
            query = reference.sub(lambda _match: named, other.query)
            stamp = edit.edit_filter(replace(target, stamp=stamp), other.name, {"query": query})


def _reference(name: str) -> re.Pattern[str]:
    """Where a query asks for a filter by its name."""
    word = re.escape(name)
    return re.compile(rf"(?<!\w)search:(?:\"{word}\"|“{word}”|{word}(?=[\s()]|$))", re.IGNORECASE)
