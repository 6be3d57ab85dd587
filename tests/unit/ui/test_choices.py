"""A few letters find the right line first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ui.commands import COMMANDS, KeyMap
from reader.ui.dialogs.choices import Choice, ranked
from reader.ui.dialogs.feed_facts import bars
from reader.ui.dialogs.menus import command_choices, help_choices
from reader.ui.search_words import SEARCH_WORDS
from tests.unit.ui.making import HOSTILE

NAMES = ("Antara", "Antara Kepri", "RRI", "RRI Ranai", "Berita Antara", "Kantara", "Tempo", "日本語", "Café Kota")
CHOICES = tuple(
    Choice("feed", number, name, note="Nasional" if number < 3 else "") for number, name in enumerate(NAMES)
)


def labels(query: str) -> list[str]:
    """Labels found, best first."""
    return [match.choice.label for match in ranked(query, CHOICES)]


def test_begin_comes_before_word_before_inside() -> None:
    """What one types first is usually the beginning."""
    assert labels("antara") == ["Antara", "Antara Kepri", "Berita Antara", "Kantara"]


def test_all_words_count_in_any_order() -> None:
    """`kep ant` is how people abbreviate."""
    assert labels("kep ant") == ["Antara Kepri"]


def test_letters_in_order_find_what_nothing_else_does() -> None:
    """Initials and slips."""
    assert labels("tmp") == ["Tempo"]


def test_initials_and_beginnings_come_before_what_holds_the_letters() -> None:
    """`ak` and `ankep` are how people abbreviate; letters from the middle of several words are nobody's."""
    assert labels("ak") == ["Antara Kepri"]
    assert labels("ankep") == ["Antara Kepri"]
    assert labels("tkp") == []


@pytest.mark.parametrize(
    ("word", "command"),
    [
        ("delete", "source.remove"), ("hapus", "source.remove"), ("unsubscribe", "source.remove"),
        ("mute", "filter.save"), ("bungkam", "filter.save"), ("disable", "feed.toggle"), ("matikan", "feed.toggle"),
        ("reload", "feed.refresh"), ("muat ulang", "feed.refresh"), ("import", "feeds.begin"), ("opml", "feeds.begin"),
        ("impor", "feeds.begin"), ("export", "article.save"), ("compact", "list.rows"), ("ringkas", "list.rows"),
    ],
)  # fmt: skip
def test_everyday_words_find_commands(word: str, command: str) -> None:
    """Nobody knows what Warta calls a thing before he found it; both languages' words count."""
    for choices in (help_choices(KeyMap()), command_choices(KeyMap())):
        found = [match.choice.value for match in ranked(word, choices)]

        assert found[0] == command
        assert "menu.open" not in found


def test_search_words_are_of_commands_there_are() -> None:
    """A command that goes takes its words along."""
    assert set(SEARCH_WORDS) <= {row.id for row in COMMANDS}


def test_case_accents_and_notes_do_not_hide() -> None:
    """Folded as everywhere else."""
    assert labels("CAFE") == ["Café Kota"]
    assert labels("日本") == ["日本語"]
    assert labels("nasional") == ["Antara", "Antara Kepri", "RRI"]


def test_empty_query_keeps_the_order() -> None:
    """The list as it was given."""
    assert labels("  ") == list(NAMES)
    assert labels("zzz") == []


def test_matched_letters_are_told() -> None:
    """So that one sees why it is there."""
    assert ranked("kota", CHOICES)[0].places == ((5, 9),)


@given(st.text(max_size=12), st.lists(st.one_of(st.text(max_size=20), st.sampled_from(HOSTILE)), max_size=6))
@settings(max_examples=80)
def test_no_input_raises(query: str, names: list[str]) -> None:
    """Anything can be typed, anything can be a name."""
    found = ranked(query, [Choice("feed", number, name) for number, name in enumerate(names)])

    for match in found:
        assert all(0 <= start < end for start, end in match.places)


def test_bars_stand_in_proportion_and_none_is_a_dot() -> None:
    """The highest is full, one article is seen, no article is not a low bar."""
    assert bars((0, 1, 4, 8)) == "·▁▄█"
    assert bars((0, 0)) == "··"
    assert bars(()) == ""
    assert bars((1, 1000)) == "▁█"
