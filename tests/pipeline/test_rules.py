"""Saved filters and rules, from feeds.toml to what a list shows, on the demo's articles."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reader.config.load import load
from reader.core import Reader
from reader.demo.configuration import Demo, demo
from reader.errors import ConfigError, NotFoundError, QueryError
from reader.model import FilterConfig, Question, Source

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
MUTE = FilterConfig("Laut", "kapal OR nelayan", action="mute")


@pytest.fixture(scope="module")
def demonstration() -> Iterator[Demo]:
    with demo(NOW) as running:
        yield running


@pytest.fixture
def feeds(demonstration: Demo, tmp_path: Path) -> Path:
    """A feeds.toml of the test's own, with a comment that must live."""
    path = tmp_path / "feeds.toml"
    write(path, content(demonstration.config.path).replace("[[filters]]", "# mine\n[[filters]]"))
    return path


def content(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


async def opened(path: Path) -> Reader:
    return await Reader.open(load(path), path.parent / "data", now=lambda: NOW)


@pytest.fixture
async def reader(feeds: Path) -> AsyncIterator[Reader]:
    found = await opened(feeds)
    yield found
    await found.close()


async def ids(reader: Reader, query: str = "", source: Source | None = None) -> list[int]:
    found: list[int] = []
    async for answer in reader.ask(Question(source or Source(), query, is_complete_word=True)):
        found = list(answer.ids)
    return found


async def test_a_saved_filter_stands_in_the_file_and_is_obeyed_at_once(reader: Reader, feeds: Path) -> None:
    """What is typed once need not be typed again, and the file stays the reader's own."""
    await reader.refresh()

    saved = await reader.filters.save(FilterConfig("Laut", "kapal OR nelayan"))

    text = content(feeds)
    assert saved.sentence == "Filter “Laut” saved."
    assert '[[filters]]\nname = "Laut"\nquery = "kapal OR nelayan"' in text
    assert "# mine" in text
    assert await ids(reader, source=Source("filter", "Laut")) == await ids(reader, "kapal OR nelayan") != []
    assert "Laut" in (await reader.counts()).filters


async def test_a_mute_rule_hides_what_arrives_and_deleting_it_brings_that_back(reader: Reader) -> None:
    """Hidden is not dropped."""
    await reader.filters.save(MUTE)
    results = await reader.refresh()

    hidden = await ids(reader, "is:muted")
    assert hidden
    assert sum(result.muted for result in results) == len(hidden)
    assert sum(result.new for result in results) == len(await ids(reader))
    assert not await ids(reader, "kapal OR nelayan")
    assert {row.muted_by for row in await reader.rows(hidden)} == {"Laut"}
    assert await ids(reader, source=Source("filter", "Laut")) == hidden

    await reader.filters.delete("Laut")
    assert await ids(reader, "is:muted") == []
    assert await ids(reader, "kapal OR nelayan") == hidden


async def test_a_preview_tells_exactly_what_saving_would_hide(reader: Reader) -> None:
    """Nobody should find out afterwards."""
    await reader.refresh()
    starred = (await ids(reader, MUTE.query))[0]
    await reader.mark([starred], "star")

    preview = await reader.filters.preview(MUTE)
    saved = await reader.filters.save(MUTE, apply=True)

    assert saved.applied is not None
    assert preview.count == saved.applied.count > 0
    assert preview.population == 61
    assert len(preview.titles) == min(4, preview.count)
    assert await ids(reader, MUTE.query) == [starred]


async def test_starred_beats_muted_whichever_comes_first(reader: Reader) -> None:
    """A star says: keep this in my sight."""
    await reader.filters.save(MUTE)
    await reader.filters.save(FilterConfig("Bintang", "kapal", action="star"))
    await reader.refresh()

    starred = await ids(reader, "is:starred")
    assert starred
    assert await ids(reader, MUTE.query) == starred

    hidden = (await ids(reader, "is:muted"))[0]
    await reader.mark([hidden], "star")
    assert hidden in await ids(reader, MUTE.query)


async def test_a_rule_ends_after_its_last_day(reader: Reader) -> None:
    """A tournament is over some day."""
    await reader.filters.save(FilterConfig("Kemarin", "kapal", action="mute", until=date(2026, 11, 21)))
    await reader.filters.save(FilterConfig("Hari ini", "nelayan", action="mute", until=date(2026, 11, 22)))
    await reader.refresh()

    assert {row.muted_by for row in await reader.rows(await ids(reader, "is:muted"))} == {"Hari ini"}


async def test_each_action_does_what_it_says_to_arriving_and_to_stored_articles(reader: Reader) -> None:
    """The past is judged as the future is."""
    rules = [
        FilterConfig("Warna", "kapal", action="highlight", color="accent"),
        FilterConfig("Dibaca", "kapal", action="read"),
        FilterConfig("Label", "kapal", action="tag", tag="laut"),
    ]
    for rule in rules[:2]:
        await reader.filters.save(rule)
    await reader.refresh()

    applied = await reader.filters.save(rules[2], apply=True)

    rows = await reader.rows(await ids(reader, "kapal"))
    assert rows
    assert {(row.highlight, row.is_read, row.tags) for row in rows} == {("accent", True, ("laut",))}
    assert applied.applied is not None
    assert (applied.applied.kind, applied.applied.count, applied.applied.label) == ("tag", len(rows), "Label")

    await reader.filters.delete("Warna")
    assert {row.highlight for row in await reader.rows([row.id for row in rows])} == {""}


async def test_changes_and_marks_are_taken_back_in_their_order(reader: Reader, feeds: Path) -> None:
    """Undo is one key, whatever the last thing was."""
    await reader.refresh()
    before = content(feeds)
    await reader.filters.save(MUTE, apply=True)
    hidden = await ids(reader, "is:muted")
    await reader.filters.delete("Laut")
    await reader.mark(hidden[:1], "read")

    kinds = []
    for _n in range(2):
        step = await reader.undo()
        kinds.append(step and step.kind)
    assert kinds == ["read", "filter"]
    assert await ids(reader, "is:muted") == hidden

    for _n in range(2):
        step = await reader.undo()
        kinds.append(step and step.kind)
    assert kinds[2:] == ["mute", "filter"]
    assert await ids(reader, "is:muted") == []
    assert content(feeds) == before


async def test_a_rule_applied_to_the_past_is_taken_back_after_a_restart(feeds: Path) -> None:
    """The journal outlives the evening."""
    reader = await opened(feeds)
    await reader.refresh()
    await reader.filters.save(MUTE, apply=True)
    hidden = await ids(reader, "is:muted")
    await reader.close()

    reader = await opened(feeds)
    step = await reader.undo()

    assert step is not None
    assert (step.kind, step.count, await ids(reader, "is:muted")) == ("mute", len(hidden), [])
    await reader.close()


async def test_renaming_takes_along_what_it_hid_and_who_asks_for_it(reader: Reader) -> None:
    """A name is only a name."""
    await reader.refresh()
    await reader.filters.save(MUTE, apply=True)
    await reader.filters.save(FilterConfig("Dua", 'search:"laut" OR ranai'))
    hidden = await ids(reader, "is:muted")

    await reader.filters.save(FilterConfig("Samudra raya", MUTE.query, action="mute"), old="Laut")

    assert [row.muted_by for row in await reader.rows(hidden)] == ["Samudra raya"] * len(hidden)
    assert reader.config.filters[-1].query == 'search:"Samudra raya" OR ranai'
    await reader.undo()
    assert [row.muted_by for row in await reader.rows(hidden)] == ["Laut"] * len(hidden)
    assert reader.config.filters[-1].query == 'search:"Laut" OR ranai'


async def test_another_query_brings_back_what_the_old_one_hid(reader: Reader) -> None:
    """A rule hides what it says, not what it once said."""
    await reader.refresh()
    await reader.filters.save(MUTE, apply=True)

    await reader.filters.save(FilterConfig("Laut", "nelayan", action="mute"), old="Laut", apply=True)

    hidden = await ids(reader, "is:muted nelayan")
    assert hidden
    assert await ids(reader, "is:muted") == hidden


async def test_another_name_alone_does_nothing_to_what_is_stored(reader: Reader) -> None:
    """“Stored articles too: no” was said when the rule was made; mending its name does not say yes."""
    await reader.refresh()
    await reader.filters.save(MUTE)

    saved = await reader.filters.save(replace(MUTE, name="Samudra"), old="Laut", apply=True)

    assert saved.applied is None
    assert await ids(reader, "is:muted") == []


async def test_filters_move_and_stay_whole(reader: Reader) -> None:
    """The sidebar shows them in the file's order."""
    for name in ("A", "B", "C"):
        await reader.filters.save(FilterConfig(name, "kapal"))

    assert await reader.filters.move("C", -1)
    assert [found.name for found in reader.config.filters] == ["Natuna", "A", "C", "B"]
    assert await reader.filters.move("A", 1)
    assert [found.name for found in reader.config.filters] == ["Natuna", "C", "A", "B"]
    assert not await reader.filters.move("Natuna", -1)
    await reader.undo()
    await reader.undo()
    assert [found.name for found in reader.config.filters] == ["Natuna", "A", "B", "C"]


async def test_a_rule_deleted_in_an_editor_hides_nothing_any_more(feeds: Path) -> None:
    """The file is the only place where rules are."""
    before = content(feeds)
    reader = await opened(feeds)
    await reader.refresh()
    await reader.filters.save(MUTE, apply=True)
    hidden = await ids(reader, "is:muted")

    write(feeds, content(feeds).replace('"Laut"', '""'))
    await reader.use_config(load(feeds))
    assert await ids(reader, "is:muted") == hidden, "a slip in the file must not undo a rule"

    write(feeds, before)
    await reader.use_config(load(feeds))
    assert await ids(reader, "is:muted") == []
    await reader.close()


async def test_a_deleted_rule_leaves_what_another_one_marks_too(reader: Reader) -> None:
    """An article tells only the colour: with two rules of one colour, one deleted once took the other's marks."""
    await reader.refresh()
    for name, query in (("Kapal", "kapal"), ("Natuna 2", "natuna")):
        await reader.filters.save(FilterConfig(name, query, action="highlight", color="accent"), apply=True)
    both = set(await ids(reader, "kapal natuna"))
    only = set(await ids(reader, "kapal")) - both
    assert both
    assert only

    await reader.filters.delete("Kapal")

    colours = {row.id: row.highlight for row in await reader.rows([*both, *only])}
    assert {colours[number] for number in both} == {"accent"}
    assert {colours[number] for number in only} == {""}

    await reader.undo()
    assert {row.highlight for row in await reader.rows([*both, *only])} == {"accent"}


async def test_an_article_names_the_rule_that_highlights_it(reader: Reader) -> None:
    """“By a rule” sends one through all of them; the first in the file that has the colour and finds it is the one."""
    await reader.refresh()
    for name, query, color in (
        ("Lain", "kapal", "success"), ("Rusak", "/(/", "accent"), ("Rupiah", "rupiah -kapal", "accent"),
        ("Lama", "kapal", "accent"), ("Lambat", "/kapal/i", "accent"), ("Kapal", "kapal", "accent"),
        ("Kapal lagi", "kapal", "accent"),
    ):  # fmt: skip
        rule = FilterConfig(name, query, action="highlight", color=color)
        rule = replace(rule, until=date(2020, 1, 1)) if name == "Lama" else rule
        reader.config = replace(reader.config, filters=(*reader.config.filters, rule))
    await reader.filters.apply("Kapal")
    (number, *_others) = await ids(reader, "kapal")
    (plain, *_rest) = await ids(reader, "-kapal")

    assert (await reader.article(number)).highlighted_by == "Kapal"
    assert (await reader.article(plain)).highlighted_by == ""


async def test_what_two_rules_hide_stays_hidden_by_the_one_that_is_left(reader: Reader) -> None:
    """Who deletes one of two filters against the same thing does not want to see it."""
    await reader.refresh()
    for name, query in (("Kapal", "kapal"), ("Natuna 2", "natuna")):
        await reader.filters.save(FilterConfig(name, query, action="mute"), apply=True)
    hidden = set(await ids(reader, "is:muted kapal natuna"))
    assert hidden

    await reader.filters.delete("Kapal")

    assert {row.muted_by for row in await reader.rows(list(hidden))} == {"Natuna 2"}
    assert await ids(reader, "is:muted -natuna") == []


async def test_what_an_editor_wrote_meanwhile_is_kept_and_told(reader: Reader, feeds: Path) -> None:
    """Two hands on one file."""
    with feeds.open("a", encoding="utf-8") as file:
        file.write('\n[[filters]]\nname = "Dari luar"\nquery = "nelayan"\n')

    saved = await reader.filters.save(MUTE)

    assert "changed meanwhile" in saved.sentence
    assert [found.name for found in reader.config.filters] == ["Natuna", "Dari luar", "Laut"]


async def test_a_taken_name_and_a_broken_file_are_refused(reader: Reader, feeds: Path) -> None:
    """Nothing is written that could not be read again."""
    with pytest.raises(ConfigError, match="already used"):
        await reader.filters.save(FilterConfig("natuna", "kapal"))
    with pytest.raises(NotFoundError):
        await reader.filters.delete("Tiada")

    write(feeds, "[[filters]\n")
    with pytest.raises(ConfigError, match=r"feeds\.toml: "):
        await reader.filters.save(MUTE)
    assert content(feeds) == "[[filters]\n"


@pytest.mark.parametrize("query", [r"/(.*?,?)*[^\w\s]{9}/", "/(/", "kapal (", "search:Tiada"])
async def test_a_rule_that_cannot_be_understood_hides_nothing_and_says_so(reader: Reader, query: str) -> None:
    """What was left out of a query would make it match more."""
    await reader.filters.save(FilterConfig("Aneh", query, action="mute"))
    await reader.refresh()

    assert await ids(reader, "is:muted") == []
    assert [sentence.startswith("The rule “Aneh” is off: ") for sentence in reader.rule_troubles] == [True]
    with pytest.raises(QueryError):
        await reader.filters.apply("Aneh")
    assert await ids(reader, "is:muted") == []


async def test_alerts_name_what_is_new_in_one_go(reader: Reader) -> None:
    """Told once, not once for each."""
    await reader.filters.save(FilterConfig("Laut", "kapal OR nelayan", notify=True))
    results = await reader.refresh()

    new = [article_id for result in results for article_id in result.new_ids]
    (alert,) = await reader.filters.alerts(new)

    assert alert.filter == "Laut"
    assert alert.count == len(await ids(reader, "kapal OR nelayan"))
    assert len(alert.titles) == 3
    assert await reader.filters.alerts([]) == ()
