"""Runs a command of the reader's with a text on its standard input: an argument list, never a shell, within bounds."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import PurePath
from typing import IO

from reader.fetch.threads import in_thread
from reader.i18n import _, number
from reader.light import dataclass
from reader.text.clean import clean, clean_line

__all__ = ["MAX_OUTPUT_BYTES", "SECONDS", "Ran", "run_command"]

SECONDS = 60.0
"""How long a command may take."""
MAX_OUTPUT_BYTES = 1_000_000
"""So much of what a command prints is shown; one that prints more is stopped."""
_MAX_ERROR_BYTES = 20_000
_LEFT_RUNNING_SECONDS = 1.0
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\^_])")
"""Colours and the like: without their first byte they would stand there as text."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of a command."""

    output: str = ""
    """What it printed, clean."""
    errors: str = ""
    """What it printed to standard error, clean."""
    problem: str = ""
    """What went wrong, a sentence; empty: nothing."""


async def run_command(arguments: Sequence[str], text: str, *, seconds: float = SECONDS) -> Ran:
    """Run a command with a text on its standard input. Cancelling kills it and whatever it started."""
    name = clean_line(PurePath(arguments[0]).name, 60)
    try:
        process = subprocess.Popen(  # noqa: S603, ASYNC220  # the reader's own; starting is quick, a thread waits
            list(arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        reason = clean_line(getattr(error, "strerror", "") or str(error))
        return Ran(problem=_("Cannot run {name}: {reason}.").format(name=name, reason=reason))
    try:
        async with asyncio.timeout(seconds):
            output, errors = await in_thread(lambda: _converse(process, text.encode("utf-8", "replace")))
    except TimeoutError:
        problem = _("{name} took longer than {seconds} seconds and was stopped.")
        return Ran(problem=problem.format(name=name, seconds=number(round(seconds))))
    finally:
        _kill(process)
    ran = Ran(_readable(output[:MAX_OUTPUT_BYTES]), _readable(errors[:_MAX_ERROR_BYTES]))
    if len(output) > MAX_OUTPUT_BYTES:
        return Ran(ran.output, ran.errors, _("{name} printed too much and was stopped.").format(name=name))
    if process.returncode:
        problem = _("{name} exited with status {status}.").format(name=name, status=process.returncode)
        return Ran(ran.output, ran.errors, problem)
    return ran


def _converse(process: subprocess.Popen[bytes], text: bytes) -> tuple[bytes, bytes]:
    """Give it the text and take what it says, until it ends or says too much.

    What it left running may hold its output open for ever; only a moment is waited for that.
    """
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    output, errors = bytearray(), bytearray()
    helpers = [
        threading.Thread(target=_feed, args=(process.stdin, text), daemon=True),
        threading.Thread(target=_take, args=(process.stdout, output, process), daemon=True),
        threading.Thread(target=_drain, args=(process.stderr, errors), daemon=True),
    ]
    for helper in helpers:
        helper.start()
    process.wait()
    for helper in helpers:
        helper.join(_LEFT_RUNNING_SECONDS)
    return bytes(output), bytes(errors)


def _feed(stream: IO[bytes], text: bytes) -> None:
    """Give all of it, or as much as is wanted."""
    with suppress(OSError, ValueError):
        stream.write(text)
    with suppress(OSError, ValueError):
        stream.close()


def _take(stream: IO[bytes], into: bytearray, process: subprocess.Popen[bytes]) -> None:
    """Take all of it, or stop the process that says too much."""
    with suppress(OSError, ValueError), stream:
        while piece := os.read(stream.fileno(), 65_536):
            into += piece
            if len(into) > MAX_OUTPUT_BYTES:
                _kill(process)
                return


def _drain(stream: IO[bytes], into: bytearray) -> None:
    """Take all of it, and keep the beginning: a full pipe would hold the command up."""
    with suppress(OSError, ValueError), stream:
        while piece := os.read(stream.fileno(), 65_536):
            into += piece[: max(0, _MAX_ERROR_BYTES - len(into))]


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and those it started; none of them is left to be waited for."""
    if process.poll() is None:
        with suppress(OSError):
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
        with suppress(subprocess.TimeoutExpired):
            process.wait(1.0)


def _readable(output: bytes) -> str:
    return clean(_ESCAPES.sub("", output.decode("utf-8", "replace"))).rstrip()
