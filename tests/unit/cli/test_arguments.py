"""Arguments, before anything is loaded."""

from __future__ import annotations

import shlex
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from reader.cli.arguments import parse
from reader.cli.commands import COMMANDS
from reader.cli.feed_names import chosen_feeds, find_feed
from reader.cli.main import main, to_open
from reader.errors import ConfigError
from reader.model import Feed, FeedConfig


def test_places_may_stand_before_or_after_the_command() -> None:
    """People put options where they think of them."""
    before = parse(["--feeds", "f", "--data", "d", "--language", "id", "list", "x"])
    after = parse(["list", "x", "--feeds=f", "--data", "d", "--language", "id"])
    between = parse(["export", "opml", "--feeds", "f", "file"])
    bare = parse([])

    assert (before.feeds, before.data, before.language) == ("f", "d", "id")
    assert (after.feeds, after.data, after.language) == ("f", "d", "id")
    assert (between.feeds, between.file) == ("f", "file")
    assert (bare.command, bare.feeds, bare.no_refresh) == ("", "", False)


@pytest.mark.parametrize(
    ("words", "query"),
    [
        (["bpjs", "natuna"], "bpjs natuna"),
        (["-politik", "a"], "-politik a"),
        (["--limit", "3", "a", "-hasil", "-b"], "a -hasil -b"),
        (["a -b"], "a -b"),
        (["-5"], "-5"),
        (["--", "--json"], "--json"),
        (["--", "-natuna"], "-natuna"),
        (["--count", "a", "--", "-b", "c", "--"], "a -b c --"),
        (["--feeds", "list", "-x"], "-x"),
        ([], ""),
    ],
)
def test_a_query_may_begin_with_a_dash(words: list[str], query: str) -> None:
    """Without quotation marks and without `--`: -politik is the language's own."""
    assert parse(["list", *words]).query == query


@pytest.mark.parametrize(
    "argv",
    [["nonsense"], ["list", "--nonsense"], ["list", "--limit", "0"], ["list", "--limit", "x"], ["show"], ["show", "x"],
     ["mark", "reed", "x"], ["mark", "read"], ["list", "--json", "--tsv"], ["--language", "fr"], ["list", "--lim", "3"],
     ["show", "99999999999999999999"]],
)  # fmt: skip
def test_wrong_arguments_are_status_2(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """On standard error, and nothing on standard output."""
    assert main(argv) == 2

    said = capsys.readouterr()
    assert said.out == ""
    assert "warta" in said.err
    assert "\0" not in said.err


def test_completion_names_only_the_shells(capsys: pytest.CaptureFixture[str]) -> None:
    """What the scripts ask for is between them and Warta."""
    assert main(["completion", "tcsh"]) == 2

    said = capsys.readouterr().err
    assert "fish" in said
    assert not any(inner in said for inner in ("feeds'", "catalogue", "shelves"))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--help` is the manual."""
    assert main([command, "--help"] if command else ["--help"]) == 0

    assert f"warta {command or 'COMMAND'}" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["--version", "where", "--help"])
def test_small_questions_load_little(command: str, tmp_path: Path) -> None:
    """A status bar asks them often."""
    code = (
        "import sys\nfrom reader.cli.main import main\n"
        f"main([{command!r}])\n"
        "print(*(name for name in sys.modules if '.' not in name), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True)

    loaded = set(done.stderr.split()) - set(sys.stdlib_module_names)
    assert {name for name in loaded if not name.startswith("_")} <= {"reader", "sitecustomize"}
    assert not {"asyncio", "logging", "sqlite3", "tomllib"} & set(done.stderr.split())


FEEDS = tuple(
    Feed(number, FeedConfig(url, title=title))
    for number, url, title in [
        (1, "https://www.rri.co.id/rss", "RRI"),
        (2, "https://rri.co.id/search?q=natuna", "RRI: Natuna"),
        (3, "https://me:secret@kepri.example/rss?token=secret", "Antara Kepri"),
        (4, "https://example.org/4", "12"),
    ]
)


@pytest.mark.parametrize(
    ("name", "feed_id"),
    [
        ("rri", 1),
        ("RRI: n", 2),
        ("https://www.rri.co.id/rss", 1),
        ("http://rri.co.id/rss/", 1),
        ("antara", 3),
        ("kepri", 3),
        ("https://me:secret@kepri.example/rss?token=secret", 3),
        ("2", 2),
        ("12", 4),
    ],
)
def test_a_feed_is_found_by_what_a_person_types(name: str, feed_id: int) -> None:
    """A whole title beats a beginning, a beginning beats a part."""
    assert find_feed(FEEDS, name).id == feed_id


@pytest.mark.parametrize(("name", "said"), [("r", "RRI: Natuna (2)"), ("", "warta feeds"), ("antara kepry", "Antara Kepri (3)")])  # fmt: skip  # noqa: E501
def test_an_unclear_name_is_answered_with_candidates(name: str, said: str) -> None:
    """So that the second try succeeds; without a secret."""
    with pytest.raises(ConfigError) as refused:
        find_feed(FEEDS, name)

    assert said in str(refused.value)
    assert "secret" not in str(refused.value)


def test_no_name_means_all_feeds() -> None:
    """`warta refresh` alone."""
    assert chosen_feeds(FEEDS, []) is None
    assert chosen_feeds(FEEDS, ["1", "rri", "kepri"]) == frozenset({1, 3})


def test_every_row_names_a_function_that_is_there() -> None:
    """Commands are loaded when they are run, so a wrong name would be found by a reader only."""
    for row in COMMANDS.values():
        module, _colon, function = row.place.partition(":")
        assert callable(getattr(import_module(f"reader.cli.{module}"), function)), row


@pytest.mark.parametrize("name", [name for name in COMMANDS if name])
def test_every_example_is_one(name: str) -> None:
    """What the help shows must be accepted as it stands."""
    program, *argv = shlex.split(COMMANDS[name].example)

    assert program == "warta"
    assert parse(argv).command == name


@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["--no-refresh"],
        ["--feeds", "a b.toml", "--data", "d", "--no-refresh"],
        ["--language", "id"],
        ["--feeds", "a", "--feeds", "b"],
    ],
)
def test_the_short_way_to_the_screen_understands_what_the_parser_does(argv: list[str]) -> None:
    """It is taken at each start, so a difference would be seen by everybody and found by nobody."""
    assert vars(to_open(argv) or parse(["list"])) == vars(parse(argv))


@pytest.mark.parametrize(
    "argv",
    [
        ["list"],
        ["--help"],
        ["--feeds"],
        ["--feeds", "--data"],
        ["--feeds=a"],
        ["--language", "xx"],
        ["--data", ""],
        ["x"],
    ],
)
def test_all_else_goes_to_the_parser(argv: list[str]) -> None:
    """It knows what to say."""
    assert to_open(argv) is None


def test_what_is_wrong_is_told_without_what_a_terminal_obeys(capsys: pytest.CaptureFixture[str]) -> None:
    """Arguments come from other programs' lists, too."""
    with pytest.raises(SystemExit):
        parse(["where", "\x1b[31mx\u202e\x9b"])

    assert not set(capsys.readouterr().err) & set("\x1b\u202e\x9b")
