"""Changes of feeds.toml can be taken back, and touch nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.config import edit
from reader.config.changing import Target
from reader.config.entries import Source
from reader.config.load import load
from reader.config.steps import FileChange, difference, take_back
from reader.errors import ConfigError, NotFoundError
from tests.unit.config.test_edit import ONE, SOURCE, THREE, TWO

FOUR = "https://four.example/feed"
Step = Callable[[Target], object]

STEPS: tuple[Step, ...] = (
    lambda target: edit.add_feed(target, {"url": FOUR, "folder": "Dunia", "title_strip": [" - Empat"]}),
    lambda target: edit.add_feeds(target, [{"url": FOUR}, {"url": FOUR + "2", "tags": ["x"]}]),
    lambda target: edit.edit_feed(target, ONE, {"url": FOUR, "title": "Satu", "folder": None}),
    lambda target: edit.edit_feed(target, THREE, {"headers": {"A": "b"}, "enabled": False}),
    lambda target: edit.remove_feed(target, ONE),
    lambda target: edit.remove_feed(target, THREE),
    lambda target: edit.move_feed(target, THREE, before=ONE),
    lambda target: edit.rename_folder(target, "Nasional", "Indonesia/Umum"),
    lambda target: edit.remove_filter(target, "Natuna"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "feeds.toml"
    path.write_text(SOURCE)
    return path


def done(path: Path, step: Step) -> FileChange:
    before = path.read_bytes()
    step(Target(path))
    change = difference(before, path.read_bytes())
    return FileChange.unpacked(change.packed())


def entries(path: Path) -> dict[str, str]:
    """The text of each feed's entry, by its address."""
    source = Source.of(path.read_text())
    texts = ["".join(source.lines[entry.start : entry.end]) for entry in source.entries("feeds")]
    return {feed.url: text for feed, text in zip(load(path).feeds, texts, strict=True)}


@pytest.mark.parametrize("number", range(len(STEPS)))
def test_a_change_is_taken_back_to_the_letter(path: Path, number: int) -> None:
    """Blank lines and comments included: `u` must not leave a trace."""
    change = done(path, STEPS[number])
    assert path.read_text() != SOURCE

    take_back(Target(path), change)

    assert path.read_text() == SOURCE


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 5, 7, 8])
def test_a_change_is_taken_back_around_what_others_wrote(path: Path, number: int) -> None:
    """The file is open in an editor all day."""
    change = done(path, STEPS[number])
    path.write_text('# added by hand\n[[feeds]]\nurl = "https://hand.example"\n\n' + path.read_text())

    take_back(Target(path), change)

    config = load(path)
    assert config.problems == ()
    assert {feed.url for feed in config.feeds} == {ONE, TWO, THREE, "https://hand.example"}
    assert [filter_.name for filter_ in config.filters] == ["Natuna"]
    lines = path.read_text().splitlines()
    assert [line for line in SOURCE.splitlines() if line.strip() and line not in lines] == []


def test_what_was_changed_since_at_that_place_stays(path: Path) -> None:
    """The editor in the other window wins."""
    change = done(path, STEPS[2])
    text = path.read_text().replace('"Satu"', '"Uno"')
    path.write_text(text)

    with pytest.raises(NotFoundError):
        take_back(Target(path), change)

    assert path.read_text() == text


def test_a_mistake_that_stood_in_a_removed_entry_may_come_back(path: Path) -> None:
    """It was the reader's own, and he wants it back."""
    path.write_text(SOURCE + 'titel = "x"\n')
    before = path.read_text()
    change = done(path, lambda target: edit.remove_feed(target, THREE))

    take_back(Target(path), change)

    assert path.read_text() == before


def test_a_file_that_is_no_toml_now_is_left_alone(path: Path) -> None:
    """It is being typed."""
    change = done(path, STEPS[4])
    path.write_text(path.read_text() + "[[feeds\n")

    with pytest.raises(ConfigError):
        take_back(Target(path), change)

    assert path.read_text().endswith("[[feeds\n")


_names = st.sampled_from(["one", "two", "three", "four", "five"])
_values = st.dictionaries(
    st.sampled_from(["title", "folder", "user_agent", "tags"]),
    st.none() | st.text(max_size=12) | st.lists(st.text(max_size=5), max_size=2),
    max_size=3,
)
_steps = st.lists(
    st.tuples(st.sampled_from(["add", "edit", "move", "remove", "readdress"]), _names, _names, _values),
    min_size=1,
    max_size=6,
)


def _carry_out(path: Path, step: tuple[str, str, str, dict[str, object]]) -> set[str]:
    """Do it; the addresses it may have touched."""
    kind, name, other, values = step
    url, beside = f"https://{name}.example/feed", f"https://{other}.example/feed"
    match kind:
        case "add":
            edit.add_feed(Target(path), {"url": url, **values})
        case "edit":
            edit.edit_feed(Target(path), url, values)
        case "readdress":
            edit.edit_feed(Target(path), url, {"url": beside})
            return {url, beside}
        case "move":
            edit.move_feed(Target(path), url, before=beside)
            return set()
        case _:
            edit.remove_feed(Target(path), url)
    return {url}


@settings(max_examples=50, deadline=None)
@given(steps=_steps)
def test_any_row_of_changes_leaves_the_rest_to_the_letter_and_can_be_taken_back(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, str, dict[str, object]]]
) -> None:
    """Entries nobody touched are the same bytes; taken back one after the other, so is the file."""
    path = tmp_path_factory.mktemp("steps") / "feeds.toml"
    path.write_text(SOURCE)
    texts, changes = [SOURCE], []
    for step in steps:
        before, text = entries(path), path.read_bytes()
        try:
            touched = _carry_out(path, step)
        except (ConfigError, NotFoundError):
            assert path.read_bytes() == text
            continue
        assert load(path).problems == ()
        now = entries(path)
        for url in before.keys() - touched:
            assert now[url] == before[url]
        changes.append(difference(text, path.read_bytes()))
        texts.append(path.read_text())
    for change in reversed(changes):
        assert path.read_text() == texts.pop()
        take_back(Target(path), change)

    assert path.read_text() == SOURCE
