"""The store against a model of a few lines, over random histories of refreshes, marks, undo and purges."""

from __future__ import annotations

import copy
import functools
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from reader.model import FeedConfig, FeedFacts, FeedState, MarkKind, RefreshPlan, Step, Stored, Verdict
from reader.storage import articles, feeds, indexing, marks, retention
from reader.storage.opening import open_database
from reader.storage.values import seconds
from tests.unit.storage.checking import assert_indexed, assert_sound
from tests.unit.storage.making import START, entry

T = TypeVar("T")

NUMBERS = st.integers(0, 3)
"""What an article is about; entries about the same thing are one article, whichever feed brings them."""
SOME = st.sets(NUMBERS, min_size=1, max_size=4)


@dataclass
class Marks:
    """The reader's side of an article."""

    is_read: bool = False
    is_starred: bool = False
    muted_by: str = ""
    tags: set[str] = field(default_factory=set)


@dataclass
class Known:
    """An article of the model."""

    id: int
    first_seen: int
    marks: Marks = field(default_factory=Marks)
    feeds: set[int] = field(default_factory=set)
    """Where it stands; empty: purged."""


class StoreMachine(RuleBasedStateMachine):
    """Does to the store and to the model the same."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="warta-"))
        self.path = self.folder / "warta.db"
        self.now = START
        self.db, _opened = open_database(self.path, now=START)
        self.db.execute("PRAGMA synchronous = OFF")
        self.configs = [FeedConfig(f"https://{name}.example/") for name in "ab"]
        self.listed = {0, 1}
        self.known: dict[int, Known] = {}
        self.versions: dict[tuple[int, int], int] = {}
        self.steps: list[dict[int, Marks]] = []
        self.write(lambda db: feeds.sync_feeds(db, self.configs))

    def teardown(self) -> None:
        while self.steps:
            self.undo()
            self.marks_are_as_made()
        self.counters_are_exact()
        while self.write(lambda db: indexing.rebuild_step(db, 2)):
            pass
        self.db.close()
        assert_sound(self.path)
        assert_indexed(self.path)
        shutil.rmtree(self.folder)

    def write(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """A transaction, as the writer runs it."""
        self.db.execute("BEGIN IMMEDIATE")
        result = function(self.db)
        self.db.execute("COMMIT")
        return result

    @initialize()
    def start(self) -> None:
        """Most of what can go wrong needs articles."""
        self.bring([(0, {0, 1, 2}, 0), (1, {2, 3}, 1)])

    @rule(documents=st.lists(st.tuples(st.sampled_from([0, 1]), SOME, st.integers(0, 2)), min_size=1, max_size=3))
    def bring(self, documents: list[tuple[int, set[int], int]]) -> None:
        """Refreshes in one transaction: entries come, come again, come changed, come from the other feed."""
        works = [self.work(*document) for document in documents]
        results = self.write(lambda db: articles.in_turn(db, works))

        news = [self.learn(*document) for document in documents]
        rows = self.db.execute("SELECT id, title FROM articles").fetchall()
        ids = {title: number for number, title in rows}
        for number in set().union(*news):
            self.known[number].id = ids[f"Berita {number}"]
        for new, stored in zip(news, results, strict=True):
            assert set(stored.new_ids) == {self.known[number].id for number in new}

    def work(self, feed: int, numbers: set[int], version: int) -> articles.Work[Stored]:
        """What a feed brings."""
        entries = [
            entry(f"{feed}-{number}", f"Berita {number}", f"isi {version} " * (version + 1), merge_key=f"m{number}")
            for number in numbers
        ]
        plan = RefreshPlan(feed + 1, FeedFacts(), tuple(entries))
        return functools.partial(articles.carry_out, plan=plan, state=FeedState(), now=self.now)

    def learn(self, feed: int, numbers: set[int], version: int) -> set[int]:
        """The model's half of it; which articles are new."""
        new = set()
        for number in numbers:
            before = self.versions.get((feed, number))
            if number not in self.known:
                self.known[number] = Known(0, seconds(self.now) or 0)
                new.add(number)
            if before != version:
                self.known[number].feeds.add(feed)
                self.versions[feed, number] = version
        return new

    def step(self, made: Step | None, change: Callable[[Known], None], numbers: set[int]) -> None:
        """The model's half of a step: change what the step means and remember what was before."""
        before = {}
        for number in numbers & self.known.keys():
            known = self.known[number]
            was = copy.deepcopy(known.marks)
            change(known)
            if known.marks != was:
                before[number] = was
        assert (made.count if made else 0) == len(before)
        if before:
            self.steps.append(before)

    def ids(self, numbers: set[int]) -> list[int]:
        """Their ids, and one that does not exist."""
        return [*(self.known[number].id for number in numbers & self.known.keys()), 10**9]

    @rule(numbers=SOME)
    def star(self, numbers: set[int]) -> None:
        """Twice as often as the other marks: it undoes a rule."""
        self.mark(numbers, "star")

    @rule(numbers=SOME, kind=st.sampled_from(["read", "unread", "star", "unstar"]))
    def mark(self, numbers: set[int], kind: MarkKind) -> None:
        """Read, unread, star, unstar."""
        made = self.write(lambda db: marks.mark(db, self.ids(numbers), kind, label="", now=0))

        def change(known: Known) -> None:
            match kind:
                case "read" | "unread":
                    known.marks.is_read = kind == "read"
                case "star" if not known.marks.is_starred:
                    known.marks.is_starred, known.marks.muted_by = True, ""
                case "unstar":
                    known.marks.is_starred = False

        self.step(made, change, numbers)

    @rule(numbers=SOME, name=st.sampled_from("xy"), remove=st.booleans())
    def tag(self, numbers: set[int], name: str, remove: bool) -> None:
        """Tags."""
        made = self.write(lambda db: marks.tag(db, self.ids(numbers), name, remove=remove, label="", now=0))
        self.step(made, lambda known: (known.marks.tags.discard if remove else known.marks.tags.add)(name), numbers)

    @rule(numbers=SOME, name=st.sampled_from(["Bola", "Gosip"]))
    def mute(self, numbers: set[int], name: str) -> None:
        """A rule on the past."""
        verdicts = dict.fromkeys(self.ids(numbers), Verdict(muted_by=name))
        made = self.write(lambda db: marks.judge(db, verdicts, kind="mute", label="", now=0))

        def change(known: Known) -> None:
            if not known.marks.is_starred:
                known.marks.muted_by = name

        self.step(made, change, numbers)

    @rule(name=st.sampled_from(["Bola", "Gosip"]))
    def unmute(self, name: str) -> None:
        """The rule is deleted."""
        made = self.write(lambda db: marks.unmute(db, name, label="", now=0))

        def change(known: Known) -> None:
            if known.marks.muted_by == name:
                known.marks.muted_by = ""

        self.step(made, change, set(self.known))

    @rule()
    def undo(self) -> None:
        """Exactly what the last step changed is as it was."""
        undone = self.write(lambda db: marks.undo(db, now=0))
        before = self.steps.pop() if self.steps else {}
        for number, was in before.items():
            self.known[number].marks = was
        assert (undone.count if undone else 0) == len(before)

    @rule(days=st.sampled_from([0, 5, 40]), unlisted_too=st.booleans())
    def purge(self, days: int, unlisted_too: bool) -> None:
        """Time passes, old articles go."""
        self.now += timedelta(days=days)
        keep = retention.Retention(self.now, keep_days=30, unlisted_too=unlisted_too)
        found = retention.purgeable(self.db, keep)
        gone = self.write(lambda db: retention.purge(db, keep, found))

        old = (seconds(self.now) or 0) - 30 * 86_400
        expected = 0
        for number, known in self.known.items():
            said = known.marks
            is_old = known.first_seen < old and said.is_read
            let_go = all(is_old if feed in self.listed else unlisted_too for feed in known.feeds)
            if known.feeds and let_go and not said.is_starred and not said.tags:
                known.feeds = set()
                expected += 1
                for feed in {0, 1} - self.listed:
                    self.versions.pop((feed, number), None)
        assert gone == expected

    @rule(listed=st.sampled_from([{0}, {1}, {0, 1}]))
    def edit_feeds(self, listed: set[int]) -> None:
        """Lines vanish from feeds.toml and come back."""
        self.write(lambda db: feeds.sync_feeds(db, [self.configs[feed] for feed in sorted(listed)]))
        self.listed = listed

    @rule()
    def reindex(self) -> None:
        """Folding has changed; the index is built anew in small steps."""
        self.db.execute("DELETE FROM meta")
        self.write(indexing.begin_rebuild)
        self.write(lambda db: indexing.rebuild_step(db, 2))

    @rule()
    def reindex_on(self) -> None:
        """One more step of it."""
        self.write(lambda db: indexing.rebuild_step(db, 3))

    @invariant()
    def counters_are_exact(self) -> None:
        """By trigger as by counting, whatever happened."""
        for feed in (0, 1):
            there = [known.marks for known in self.known.values() if feed in known.feeds]
            unread = sum(not said.is_read and not said.muted_by for said in there)
            counted = self.db.execute("SELECT articles, unread FROM feed_counts WHERE feed_id = ?", (feed + 1,))
            assert counted.fetchone() == (len(there), unread)
        shown = [known.marks for known in self.known.values() if known.feeds & self.listed and not known.marks.muted_by]
        starred = sum(known.marks.is_starred for known in self.known.values())
        totals = self.db.execute("SELECT listed, unread, starred FROM totals").fetchone()
        assert totals == (len(shown), sum(not said.is_read for said in shown), starred)

    @invariant()
    def marks_are_as_made(self) -> None:
        """Each article's, also of purged ones."""
        tags: dict[int, set[str]] = {}
        for number, name in self.db.execute("SELECT article_id, tag FROM article_tags"):
            tags.setdefault(number, set()).add(name)
        stored = {
            number: Marks(bool(is_read), bool(is_starred), muted_by, tags.get(number, set()))
            for number, is_read, is_starred, muted_by in self.db.execute(
                "SELECT id, is_read, is_starred, muted_by FROM statuses"
            )
        }
        assert stored == {known.id: known.marks for known in self.known.values()}


TestStore = StoreMachine.TestCase
TestStore.settings = settings(
    max_examples=30, stateful_step_count=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
