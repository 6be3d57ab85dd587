"""Which program fills the clipboard, and when the terminal alone is not to be trusted."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.ui.clipboard import Copier, copy_by_program, find_copier, terminal_takes

X11 = {"DISPLAY": ":0"}
WAYLAND = {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}


@pytest.mark.parametrize(
    ("environ", "system", "release", "there", "expected"),
    [
        (WAYLAND, "linux", "6.1", "wl-copy xclip", "wl-copy"),
        (WAYLAND, "linux", "6.1", "xsel", "xsel"),
        (X11, "linux", "6.1", "wl-copy xclip", "xclip"),
        ({}, "linux", "6.1", "wl-copy xclip", ""),
        ({}, "linux", "5.15.90.1-microsoft-standard-WSL2", "clip.exe", "clip.exe"),
        ({}, "darwin", "23.1", "pbcopy", "pbcopy"),
        ({}, "win32", "10", "clip.exe", "clip.exe"),
        ({**X11, "SSH_TTY": "/dev/pts/1"}, "linux", "6.1", "xclip", ""),
        ({"SSH_CONNECTION": "1"}, "darwin", "23.1", "pbcopy", ""),
    ],
)
def test_the_program_is_the_sessions_own(
    environ: dict[str, str], system: str, release: str, there: str, expected: str
) -> None:
    """Over SSH a program would fill the clipboard of the wrong machine."""
    found = find_copier(
        environ, system=system, release=release, which=lambda name: name if name in there.split() else None
    )

    assert (found.arguments[0] if found else "") == expected


def test_terminals_known_not_to_take_it_are_known() -> None:
    """“Copied” must be true."""
    assert terminal_takes("x", {"TERM": "xterm-256color"})
    assert not terminal_takes("x", {"TERM": "linux"})
    assert not terminal_takes("x", {"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"})
    assert not terminal_takes("é" * 40_000, {"TERM": "xterm"})


def test_the_text_arrives_as_it_is(tmp_path: Path) -> None:
    """Through no shell, in the program's encoding."""
    script = tmp_path / "copy"
    script.write_text(f"#!/bin/sh\ncat > {tmp_path}/clipboard\n")
    script.chmod(0o755)

    assert copy_by_program("berita $(id) é", Copier((str(script),), "utf-16"))
    assert (tmp_path / "clipboard").read_bytes().decode("utf-16") == "berita $(id) é"
    assert not copy_by_program("x", Copier(("/nowhere/xclip",)))
    assert not copy_by_program("x", Copier(("false",)))
