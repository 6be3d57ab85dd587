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

__all__ = ["Gone"]

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
            return
        now = time.monotonic()
        self._since = self._since or now
        if not self._is_told and now - self._since >= GRACE_SECONDS:
            self._is_told = True
            os.kill(os.getpid(), signal.SIGHUP)
        time.sleep(PAUSE_SECONDS)
