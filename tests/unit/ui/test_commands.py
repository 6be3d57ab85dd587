"""The command table makes every key, footer entry, help line and README row."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ui.commands import COMMANDS, GROUPS, KeyMap, bindings, clashes, command, key_table
from reader.ui.keys import display, normal_key, normal_keys
from reader.ui.presets import PRESETS


def test_every_command_is_complete() -> None:
    """Help, palette and README read these fields; a hole shows there. `[` would be markup in Textual's own panels."""
    for row in COMMANDS:
        assert re.fullmatch(r"[a-z]+\.[a-z_]+", row.id)
        assert row.label
        assert row.help
        assert not row.help.endswith(".")
        assert "[" not in row.label + row.help
        assert row.group in GROUPS
    assert len({row.id for row in COMMANDS}) == len(COMMANDS)


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_preset_gives_each_key_one_meaning(preset: str) -> None:
    """A preset that clashes with itself would hide a command."""
    assert clashes(preset=preset) == ()
    assert set(PRESETS[preset]) <= {row.id for row in COMMANDS}
    for row in COMMANDS:
        assert normal_keys(PRESETS[preset].get(row.id, row.keys))[1] == ()


def test_narrow_commands_stand_before_those_of_every_pane() -> None:
    """The screen tries bindings of one key in order; `n` is the next hit while finding, else the next unread."""
    order = [row.id for row in COMMANDS]

    assert order.index("find.previous") < order.index("article.toggle_read")
    assert order.index("article.unfold") < order.index("article.open")
    assert [b.key for b in bindings("find")] == ["n", "N"]


def test_binding_calls_the_screens_one_action() -> None:
    """One action, one dispatcher: no command is forgotten in a second list."""
    made = {binding.key: binding for binding in bindings("app")}

    assert made["question_mark"].action == "command('help.open')"
    assert made["3"].action == "command('link.open', 3)"
    assert made["comma"].action == "command('list.sort')"
    assert made["slash"].show


def test_remapped_key_is_the_binding_itself() -> None:
    """Textual drops printable default keys while an input has the focus, even remapped ones; ours are no defaults."""
    made = {binding.action: binding.key for binding in bindings("app", remap={"feed.refresh": "ctrl+r"})}

    assert made["command('feed.refresh')"] == "ctrl+r"


def test_users_key_wins_and_the_loss_is_told() -> None:
    """A silent theft of a key would look like a broken program."""
    keymap = KeyMap("default", {"article.toggle_star": "s,f", "articl.open": "z", "list.sort": "hyper-nonsense"})

    assert keymap.keys("article.toggle_star") == ("s", "f")
    assert keymap.keys("find.open") == ()
    assert [(clash.key, clash.winner, clash.loser) for clash in keymap.clashes] == [
        ("f", "article.toggle_star", "find.open")
    ]
    assert any("article.open" in problem for problem in keymap.problems)
    assert any("hyper-nonsense" in problem for problem in keymap.problems)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("article.star", "article.toggle_star"), ("list.read", "list.mark_read"), ("help", "help.open"),
        ("articl.open", "article.open"),
    ],
)  # fmt: skip
def test_a_command_half_named_is_found(written: str, meant: str) -> None:
    """Who writes what he wants to do to what, and is told another command, looks it up after all."""
    (problem,) = KeyMap("default", {written: "z"}).problems

    assert f"Did you mean “{meant}”?" in problem


def test_swapping_two_commands_is_no_clash() -> None:
    """Both were written by the user; nothing is lost."""
    assert clashes(remap={"feed.refresh": "R", "feeds.refresh": "r"}) == ()


@pytest.mark.parametrize(
    ("written", "key", "shown"),
    [
        ("?", "question_mark", "?"),
        ("Ctrl+R", "ctrl+r", "Ctrl+R"),
        ("PgDn", "pagedown", "PgDn"),
        ("esc", "escape", "Esc"),
        ("]", "right_square_bracket", "]"),
        ("\\", "backslash", "\\"),
        ("enter", "enter", "⏎"),
        (" ", "space", "Space"),
        ("G", "G", "G"),
        ("f5", "f5", "F5"),
        ("shift+f10", "shift+f10", "Shift+F10"),
        ("Ctrl+PgDn", "ctrl+pagedown", "Ctrl+PgDn"),
        ("del", "delete", "Del"),
        ("ctrl+", "", ""),
        ("no_such_key", "", ""),
    ],
)
def test_keys_are_read_as_people_write_them(written: str, key: str, shown: str) -> None:
    """`[keys]` is written by hand."""
    assert normal_key(written) == key
    if key:
        assert display(key) == shown


@given(st.text(max_size=20))
def test_no_spelling_of_a_key_raises(written: str) -> None:
    """A slip in feeds.toml must not stop the start."""
    good, _bad = normal_keys(written)

    for key in good:
        assert display(key)


def test_readme_table_names_every_command() -> None:
    """The README's table is made, never typed."""
    table = key_table()

    for row in COMMANDS:
        assert f"`{row.id}`" in table
    assert "`1–9`" in table
    assert command("app.quit").help in table
