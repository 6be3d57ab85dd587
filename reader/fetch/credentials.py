"""Who the reader is to a server: what goes into the Authorization field. All of it is secret."""

from __future__ import annotations

import asyncio
import base64
import subprocess
from collections.abc import Sequence
from pathlib import PurePath

from reader.fetch.stopping import FetchStoppedError
from reader.fetch.threads import in_thread

__all__ = ["Keyring", "authorization", "hushed"]

COMMAND_SECONDS = 10.0
"""How long a command may take to print a secret."""

_MAX_OUTPUT = 10_000


def authorization(secret: str) -> bytes:
    """The field's value for ``user:password`` or ``bearer TOKEN``.

    Source: RFC 7617 §2.1 (UTF-8), RFC 6750 §2.1.
    """
    kind, _, token = secret.strip().partition(" ")
    if kind.lower() == "bearer" and token.strip():
        return b"Bearer " + token.strip().encode("utf-8")
    return b"Basic " + base64.b64encode(secret.strip().encode("utf-8"))


def hushed(text: str, secrets: Sequence[str]) -> str:
    """The text with every secret a server may have sent back to us covered."""
    for secret in sorted((secret for secret in secrets if len(secret) > 3), key=len, reverse=True):
        text = text.replace(secret, "…")
    return text


class Keyring:
    """What the feeds' commands printed, each asked once until a server turns it down."""

    def __init__(self) -> None:
        self._printed: dict[tuple[str, ...], str] = {}
        self._one_at_a_time = asyncio.Lock()

    async def ask(self, command: tuple[str, ...]) -> str:
        """The first line a command prints.

        Raises:
            FetchStoppedError: Of kind ``command``, without a word of what it printed.

        """
        async with self._one_at_a_time:
            if command not in self._printed:
                self._printed[command] = await _run(command)
            return self._printed[command]

    def forget(self, command: tuple[str, ...]) -> None:
        """The server did not take it: ask the command anew next time."""
        self._printed.pop(command, None)


async def _run(command: tuple[str, ...]) -> str:
    name = PurePath(command[0]).name
    try:
        process = subprocess.Popen(  # noqa: S603, ASYNC220  # starting is quick; the waiting is done in a thread
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except (OSError, ValueError) as error:
        raise FetchStoppedError("command", f"{name}: cannot be run") from error
    try:
        output, _ = await in_thread(lambda: process.communicate(timeout=COMMAND_SECONDS))
    except subprocess.TimeoutExpired as error:
        raise FetchStoppedError("command", f"{name}: took longer than {COMMAND_SECONDS:g} s") from error
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    if process.returncode:
        raise FetchStoppedError("command", f"{name}: ended with status {process.returncode}")
    line = output[:_MAX_OUTPUT].decode("utf-8", "replace").strip().partition("\n")[0].strip()
    if not line:
        raise FetchStoppedError("command", f"{name}: printed nothing")
    return line
