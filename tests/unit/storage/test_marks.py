"""The reader's marks, and taking them back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from reader.model import FeedConfig, Verdict
from reader.storage.marks import KEPT_STEPS
from tests.unit.storage.making import START, Clock, Shelf, entry, opened


@pytest.fixture
async def ids(shelf: Shelf) -> tuple[int, ...]:
    (rri,) = await shelf.subscribe("rri")
    stored = await shelf.bring(
        rri, *(entry(str(number), published=START - timedelta(hours=number)) for number in range(5))
    )
    return stored.new_ids


async def test_only_real_changes_make_a_step(shelf: Shelf, ids: tuple[int, ...]) -> None:
    """Otherwise undo would seem to do nothing."""
    first = await shelf.store.mark(ids[:2], "read", label="Gempa")
    again = await shelf.store.mark(ids[:2], "read")
    more = await shelf.store.mark(ids, "read")
    nobody = await shelf.store.mark([999, 2**70, -1], "star")

    assert first is not None
    assert more is not None
    assert (first.kind, first.count, first.label, again, more.count, nobody) == ("read", 2, "Gempa", None, 3, None)


async def test_undo_restores_exactly_what_a_step_changed(shelf: Shelf, ids: tuple[int, ...]) -> None:
    """Those that were read before stay read, with their time."""
    await shelf.store.mark(ids[:2], "read", now=START)
    await shelf.store.mark(ids, "read", now=START + timedelta(hours=1))

    undone = await shelf.store.undo()

    read = [row.is_read for row in await shelf.store.rows(ids)]
    assert undone is not None
    assert (undone.count, read) == (3, [True, True, False, False, False])
    assert (await shelf.store.article(ids[0])).read_at == START


async def test_undo_goes_back_step_by_step_also_after_a_restart(tmp_path: Path) -> None:
    """The journal is on the disk."""
    async with opened(tmp_path / "warta.db") as store:
        shelf = Shelf(store, Clock())
        (rri,) = await shelf.subscribe("rri")
        (number,) = (await shelf.bring(rri, entry("1"))).new_ids
        await store.mark([number], "star")
        await store.tag([number], "a")
        await store.mark([number], "unstar")
    async with opened(tmp_path / "warta.db") as store:
        kinds = [step.kind if (step := await store.undo()) else None for _ in range(4)]
        (row,) = await store.rows([number])

    assert kinds == ["unstar", "tag", "star", None]
    assert (row.is_starred, row.tags) == (False, ())


async def test_tags_are_added_removed_and_taken_back(shelf: Shelf, ids: tuple[int, ...]) -> None:
    """A tag that was there before the step stays after undo."""
    await shelf.store.tag(ids[:1], "a")
    step = await shelf.store.tag(ids[:2], "a")
    await shelf.store.tag(ids[:2], "a", remove=True)
    await shelf.store.undo()
    both = [row.tags for row in await shelf.store.rows(ids[:2])]
    await shelf.store.undo()
    one = [row.tags for row in await shelf.store.rows(ids[:2])]

    assert step is not None
    assert (step.count, both, one) == (1, [("a",), ("a",)], [("a",), ()])


async def test_starring_shows_a_muted_article_and_undo_hides_it_again(shelf: Shelf, ids: tuple[int, ...]) -> None:
    """Starred beats muted."""
    await shelf.store.judge({number: Verdict(muted_by="Bola") for number in ids}, label="Bola")
    hidden = await shelf.store.counts(today_start=START)
    await shelf.store.mark(ids[:1], "star")
    starred = await shelf.store.counts(today_start=START)
    await shelf.store.undo()
    undone = await shelf.store.counts(today_start=START)
    await shelf.store.unmute("Bola")
    back = await shelf.store.counts(today_start=START)

    assert [count.total for count in (hidden, starred, undone, back)] == [0, 1, 0, 5]


async def test_rules_on_the_past_are_one_step(shelf: Shelf, ids: tuple[int, ...]) -> None:
    """Whatever they do, one undo takes it back; they never take a mark away."""
    await shelf.store.mark(ids[1:2], "star")
    before = await shelf.store.rows(ids)
    everything = Verdict("Bola", "warning", is_read=True, tags=("a", "b"))

    step = await shelf.store.judge({**dict.fromkeys(ids[:3], everything), ids[3]: Verdict(is_starred=True)}, label="r")
    judged = await shelf.store.rows(ids)
    await shelf.store.undo()

    assert step is not None
    assert step.count == 4
    assert (judged[0].muted_by, judged[0].highlight, judged[0].is_read, judged[0].tags) == (
        "Bola",
        "warning",
        True,
        ("a", "b"),
    )
    assert (judged[1].muted_by, judged[1].is_starred, judged[3].is_starred) == ("", True, True)
    assert await shelf.store.rows(ids) == before


async def test_a_note_is_kept_and_taken_back(shelf: Shelf, ids: tuple[int, ...]) -> None:
    """Notes are the reader's, like marks."""
    await shelf.store.annotate(ids[0], "satu")
    await shelf.store.annotate(ids[0], "dua")
    same = await shelf.store.annotate(ids[0], "dua")
    await shelf.store.undo()

    assert same is None
    assert (await shelf.store.article(ids[0])).note == "satu"


async def test_a_hundred_steps_are_kept(shelf: Shelf, ids: tuple[int, ...]) -> None:
    """Older ones are let go."""
    for _ in range(KEPT_STEPS // 2 + 2):
        await shelf.store.mark(ids[:1], "read")
        await shelf.store.mark(ids[:1], "unread")

    undone = 0
    while await shelf.store.undo():
        undone += 1
    assert undone == KEPT_STEPS


async def test_marks_of_two_processes_share_one_journal(tmp_path: Path) -> None:
    """`warta undo` takes back what the app did."""
    async with opened(tmp_path / "warta.db") as app, opened(tmp_path / "warta.db") as command:
        shelf = Shelf(app, Clock())
        (feed,) = await app.sync_feeds([FeedConfig("https://a.example/")])
        (number,) = (await shelf.bring(feed.id, entry("1"))).new_ids
        await app.mark([number], "read")
        await command.mark([number], "star")

        steps = [await command.undo(), await command.undo()]

        assert [step.kind for step in steps if step] == ["star", "read"]
        assert not (await app.rows([number]))[0].is_read


async def test_tags_put_on_and_taken_off_together_are_one_step(shelf: Shelf, ids: tuple[int, ...]) -> None:
    """One dialog, one key to take it back."""
    await shelf.store.retag(ids[:1], add=["lama"])
    step = await shelf.store.retag(ids[:2], add=["a", "b"], remove=["lama", "tiada"], label="#a #b #lama")

    assert step is not None
    assert (step.kind, step.count, step.label) == ("tag", 2, "#a #b #lama")
    assert [row.tags for row in await shelf.store.rows(ids[:2])] == [("a", "b"), ("a", "b")]
    undone = await shelf.store.undo()
    assert undone is not None
    assert [row.tags for row in await shelf.store.rows(ids[:2])] == [("lama",), ()]
    taken = await shelf.store.retag(ids[:2], remove=["lama"])
    assert taken is not None
    assert (taken.kind, taken.count) == ("untag", 1)
    assert await shelf.store.retag(ids[:2], remove=["lama"]) is None
