"""`warta completion`, in the real shells where they are installed."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from reader.cli.commands import COMMANDS
from reader.cli.completion import query_words, words_of_commands
from reader.cli.main import main
from tests.terminal import Terminal

FEEDS = "\n".join(f'[[feeds]]\nurl = "https://{n}.example/"\ntitle = "{name}"\nfolder = "Kepri/Natuna"\n' for n, name in
                  enumerate(("Antara Kepri", "RRI: Natuna", "RRI")))  # fmt: skip


def need(shell: str) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")


def script(shell: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["completion", shell]) == 0
    return capsys.readouterr().out


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Where `warta` is this one, and has feeds."""
    (tmp_path / "feeds.toml").write_text(FEEDS)
    program = tmp_path / "warta"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m reader "$@"\n')
    program.chmod(0o700)
    return {
        "PATH": f"{tmp_path}:/usr/bin:/bin:/usr/local/bin", "HOME": str(tmp_path), "LC_ALL": "C.UTF-8",
        "WARTA_FEEDS": str(tmp_path / "feeds.toml"), "WARTA_DATA": str(tmp_path / "data"),
    }  # fmt: skip


def output(command: list[str], environment: Mapping[str, str]) -> str:
    return subprocess.run(
        command, capture_output=True, text=True, check=True, timeout=60, env=environment, cwd=environment["HOME"]
    ).stdout


BASH = r"""
try() {
    COMP_LINE=$1 COMP_POINT=${#1} COMPREPLY=()
    shift
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    _warta
    printf '%s|' "${COMPREPLY[@]}"
    echo
}
"""


def test_bash_completes_commands_options_names_and_fields(
    tmp_path: Path, environment: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """bash cuts words at colons, and wants blanks masked: names of feeds have both."""
    need("bash")
    tries = {
        ("warta re", "warta", "re"): "refresh|remove|",
        ("warta --language id li", "warta", "--language", "id", "li"): "list|",
        ("warta refresh --fo", "warta", "refresh", "--fo"): "--force|",
        ("warta show --format m", "warta", "show", "--format", "m"): "markdown|",
        ("warta refresh an", "warta", "refresh", "an"): r"Antara\ Kepri|",
        (r"warta refresh RRI:\ N", "warta", "refresh", "RRI", ":", r"\ N"): r"\ Natuna|",
        ('warta refresh "RRI: N', "warta", "refresh", '"RRI: N'): "RRI: Natuna|",
        ("warta list is:unr", "warta", "list", "is", ":", "unr"): "unread|",
        ("warta mark re", "warta", "mark", "re"): "read|",
        ("warta mark read is:s", "warta", "mark", "read", "is", ":", "s"): "starred|",
        ("warta export o", "warta", "export", "o"): "opml|",
        ("warta export opml fee", "warta", "export", "opml", "fee"): "feeds.toml|",
        ("warta add --folder K", "warta", "add", "--folder", "K"): "Kepri/Natuna|",
        ("warta catalogue antara\\ k", "warta", "catalogue", "antara\\ k"): None,
        ("warta undo x", "warta", "undo", "x"): "|",
    }  # fmt: skip
    lines = [" ".join(["try", *map(shlex.quote, words)]) for words in tries]
    path = tmp_path / "try.bash"
    path.write_text("\n".join([script("bash", capsys), BASH, *lines]))

    said = output(["bash", "--norc", str(path)], environment).splitlines()

    assert len(said) == len(tries)
    for (line, *_words), expected, told in zip(tries, tries.values(), said, strict=True):
        assert told == expected if expected is not None else r"Antara\ Kepri" in told, line


def test_fish_completes_commands_options_names_and_fields(
    tmp_path: Path, environment: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """fish tells what each is for."""
    need("fish")
    tries = {
        "warta re": {
            "refresh\tfetch the feeds that are due",
            "remove\tremove a feed from feeds.toml; its articles are kept",
        },
        "warta refresh An": {"Antara Kepri"},
        "warta list is:unr": {"is:unread"},
        "warta export o": {"opml"},
        "warta show --format m": {"markdown\tdefault: text"},
    }
    path = tmp_path / "warta.fish"
    asked = "\n".join(f"complete -C {shlex.quote(line)}; echo ==" for line in tries)
    path.write_text(f"{script('fish', capsys)}\n{asked}\n")

    said = output(["fish", "--no-config", str(path)], environment).split("==\n")

    assert [set(part.splitlines()) for part in said[:-1]] == list(tries.values())


@pytest.mark.parametrize(
    ("shell", "start"),
    [
        (["bash", "--norc", "--noprofile", "-i"], "source {script}"),
        (["zsh", "-f", "-i"], "autoload -U compinit; compinit -D -u; source {script}"),
    ],
    ids=["bash", "zsh"],
)
def test_tab_completes_in_a_terminal(
    shell: list[str],
    start: str,
    tmp_path: Path,
    environment: dict[str, str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As a person uses it: half a command, half a feed's name."""
    need(shell[0])
    path = tmp_path / "script"
    path.write_text(script(shell[0], capsys))
    begin = start.format(script=shlex.quote(str(path)))

    with Terminal(["env", "-i", *(f"{k}={v}" for k, v in environment.items()), "TERM=xterm", *shell]) as terminal:
        terminal.send(f"PS1='> '; {begin}; echo re''ady\r")
        terminal.wait_for("ready")
        terminal.send("warta refr\t")
        terminal.wait_for("warta refresh")
        terminal.send("Ant\t")
        terminal.wait_for(r"Antara\ Kepri")
        terminal.send("\x15warta list is:unr\t")
        terminal.wait_for("warta list is:unread")
        terminal.send("\x15exit\r")


def test_every_command_and_option_is_offered() -> None:
    """The scripts are made of the arguments themselves, so none can be forgotten."""
    offered = words_of_commands()

    assert [words.name for words in offered] == list(COMMANDS)
    assert all(option.help for words in offered for option in words.options)
    assert {kind for words in offered for kind in words.takes if " " not in kind} <= {
        "feeds", "files", "catalogue", "query", "any",
    }  # fmt: skip
    assert "is:unread" in query_words()


def test_names_are_asked_for_without_a_trace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Tab must not make a feeds.toml or a database, nor print a message into the line being typed."""
    places = ["--feeds", str(tmp_path / "feeds.toml"), "--data", str(tmp_path / "data")]

    for wanted in ("feeds", "shelves", "catalogue"):
        assert main(["completion", wanted, *places]) == 0

    assert not list(tmp_path.iterdir())
    assert capsys.readouterr().err == ""
