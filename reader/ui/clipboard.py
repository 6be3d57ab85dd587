"""Puts a text where it can be pasted: by the terminal (OSC 52), and by a program of the system where there is one.

No terminal answers OSC 52, and some do not know it; so a program that can tell whether it worked is asked too. Over SSH
there is none: it would fill the clipboard of the wrong machine.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping

from reader.light import dataclass

__all__ = ["MOST_CHARACTERS", "Copier", "copy_by_program", "find_copier", "terminal_takes"]

MOST_CHARACTERS = 74_000
"""xterm's bound for what stands in base64 in one sequence; others take more."""
_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Copier:
    """A program that fills the clipboard from its standard input."""

    arguments: tuple[str, ...]
    """How it is called."""
    encoding: str = "utf-8"
    """What it wants."""


def find_copier(
    environ: Mapping[str, str],
    *,
    system: str = sys.platform,
    release: str = "",
    which: Callable[[str], str | None] = shutil.which,
) -> Copier | None:
    """The program for this session; None if there is none.

    Args:
        environ: The process's environment.
        system: As `sys.platform` has it.
        release: The kernel's name, which tells WSL; empty: ask.
        which: Finds a program.

    """
    if environ.get("SSH_TTY") or environ.get("SSH_CONNECTION"):
        return None
    candidates: list[Copier] = []
    if system == "darwin":
        candidates.append(Copier(("pbcopy",)))
    elif system == "win32" or "microsoft" in (release or platform.release()).lower():
        candidates.append(Copier(("clip.exe",), "utf-16"))
    if system not in {"darwin", "win32"}:
        if environ.get("WAYLAND_DISPLAY"):
            candidates.append(Copier(("wl-copy",)))
        if environ.get("DISPLAY"):
            candidates += [
                Copier(("xclip", "-selection", "clipboard", "-in")),
                Copier(("xsel", "--clipboard", "--input")),
            ]
        if environ.get("TERMUX_VERSION"):
            candidates.append(Copier(("termux-clipboard-set",)))
    return next((copier for copier in candidates if which(copier.arguments[0])), None)


def terminal_takes(text: str, environ: Mapping[str, str]) -> bool:
    """Whether the terminal may be expected to take a text by OSC 52."""
    if environ.get("TERM") in {"dumb", "linux"} or environ.get("TERM_PROGRAM") == "Apple_Terminal":
        return False
    return 4 * -(-len(text.encode("utf-8", "replace")) // 3) <= MOST_CHARACTERS


def copy_by_program(text: str, copier: Copier) -> bool:
    """Fill the clipboard; False if the program could not."""
    try:
        done = subprocess.run(  # noqa: S603  # an argument list, never a shell
            copier.arguments,
            input=text.encode(copier.encoding, "replace"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
            start_new_session=True,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
