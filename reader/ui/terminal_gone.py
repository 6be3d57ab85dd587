"""A terminal that goes away without a word.

The kernel tells it only to the programs that belong to the terminal. In a session of its own, as under ``su -c`` or in
a container, a program just reads nothing from then on, at once and without end.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import time
from contextlib import suppress
from typing import IO, TYPE_CHECKING

from textual.drivers._writer_thread import WriterThread

if TYPE_CHECKING:
    from textual.driver import Driver

__all__ = ["Gone", "outlive_the_terminal"]

GRACE_SECONDS = 1.0
"""The signal may still come by itself."""
PAUSE_SECONDS = 0.1
_GONE = {errno.EIO, errno.ENXIO}


class Gone:
    """Looks whether the terminal is gone; then sends what the kernel would have sent, once."""

    def __init__(self) -> None:
        self._since: float | None = None
        self._is_told = False

    def look(self) -> None:
        """Look; where it is gone, in no hurry, for there is nothing to read any more."""
        if sys.platform == "win32" or sys.__stdin__ is None:
            return
        try:
            os.get_terminal_size(sys.__stdin__.fileno())
        except OSError as error:
            if error.errno not in _GONE:
                return
        else:
            self._since = None
            return
        now = time.monotonic()
        self._since = now if self._since is None else self._since
        if not self._is_told and now - self._since >= GRACE_SECONDS:
            self._is_told = True
            os.kill(os.getpid(), signal.SIGHUP)
        time.sleep(PAUSE_SECONDS)


class _Writer(WriterThread):
    """Goes on taking what is to be written when nobody takes it any more.

    Ended by the error, Textual's leaves its full queue to whoever wants to write the terminal's good-bye, for ever.
    """

    def __init__(self, file: IO[str]) -> None:
        super().__init__(_Endured(file))  # type: ignore[arg-type]  # all of a file that is used


class _Endured:
    """A file that cannot fail."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._file.flush()

    def fileno(self) -> int:
        return self._file.fileno()


def outlive_the_terminal(driver: type[Driver]) -> None:
    """Let a driver write with this thread: each makes its own by the name it has for it in its module."""
    module = sys.modules[driver.__module__]
    if getattr(module, "WriterThread", None) is WriterThread:
        module.WriterThread = _Writer  # type: ignore[attr-defined]  # a module's own name, replaced
