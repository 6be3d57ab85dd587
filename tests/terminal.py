"""A program in a real pseudo-terminal, with a model of its screen: what tests and benchmarks look at."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Self

import pyte

__all__ = ["Terminal"]


class Terminal:
    """Runs a command on a pseudo-terminal of a given size; use as a context manager."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 120,
        lines: int = 36,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, lines)
        self.received = bytearray()
        """Every byte the program wrote."""
        self._stream = pyte.ByteStream(self.screen)
        self.started = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            # Before anything looks at it: a change of size that comes too early is not heard.
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
            os.environ.update({"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"})
            os.environ.update(environment or {})
            # Without the size of the terminal that the tests run in, which readline, which pytest loads, puts there.
            known = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}
            os.execvpe(command[0], list(command), known)
        self._status: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def resize(self, columns: int, lines: int) -> None:
        """Change the size, as a window manager would."""
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        if (self.screen.columns, self.screen.lines) != (columns, lines):
            self.screen.resize(lines, columns)

    def send(self, keys: str | bytes) -> None:
        """Type."""
        os.write(self._fd, keys.encode() if isinstance(keys, str) else keys)

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    def read(self, seconds: float) -> bool:
        """Take in what the program writes within a time; False once it has ended."""
        data = self._take(seconds)
        if data:
            self.show(data)
        return data is not None

    def show(self, data: bytes) -> None:
        """Have the model of the screen catch up with what `answer` took."""
        # pyte does not know the private mode reports and kitty keyboard sequences that begin with CSI > and CSI <.
        self._stream.feed(_without_private(data))

    def answer(self, keys: str, quiet_seconds: float = 0.3) -> list[tuple[float, bytes]]:
        """Type, and take in what the program writes until it is quiet: seconds since the keys, and the bytes.

        The model of the screen is left behind: keeping it takes longer than painting, and the program would be waited
        for all the while.
        """
        began = time.perf_counter()
        self.send(keys)
        pieces: list[tuple[float, bytes]] = []
        while data := self._take(quiet_seconds):
            pieces.append((time.perf_counter() - began, data))
        return pieces

    def _take(self, seconds: float) -> bytes | None:
        """What the program writes next; empty if it writes nothing within a time, None once it has ended."""
        ready, _, _ = select.select([self._fd], [], [], max(0.0, seconds))
        if not ready:
            return b""
        try:
            data = os.read(self._fd, 65_536)
        except OSError:
            return None
        self.received += data
        return data or None

    def wait(self, condition: Callable[[str], bool], seconds: float = 20.0) -> float:
        """Read until the screen's text meets a condition; the seconds that took since the call.

        Raises:
            TimeoutError: it did not in time, or the program ended; with what the screen showed.
        """
        start = time.perf_counter()
        while not condition(self.text):
            left = start + seconds - time.perf_counter()
            if left <= 0 or not self.read(min(left, 0.2)):
                raise TimeoutError(f"after {time.perf_counter() - start:.1f} s the screen shows:\n{self.text}")
        return time.perf_counter() - start

    def wait_for(self, text: str, seconds: float = 20.0) -> float:
        """Read until a text stands on the screen; the seconds that took."""
        return self.wait(lambda screen: text in screen, seconds)

    def first_sight(self, text: str, seconds: float = 60.0) -> float:
        """Seconds from the start of the program until it has written a text.

        The model of the screen is left behind: keeping it takes longer than painting, and the program would go on.

        Raises:
            TimeoutError: it did not in time, or the program ended.

        """
        wanted = text.encode()
        while wanted not in self.received:
            left = self.started + seconds - time.perf_counter()
            ready, _, _ = select.select([self._fd], [], [], max(0.0, left))
            data = os.read(self._fd, 65_536) if ready else b""
            if not data:
                raise TimeoutError(f"{text!r} was not written")
            self.received += data
        return time.perf_counter() - self.started

    def wait_gone(self, text: str, seconds: float = 20.0) -> None:
        """Read until a text stands on the screen no more, and nothing else is being painted."""
        end = time.perf_counter() + seconds
        while True:
            self.wait(lambda screen: text not in screen, end - time.perf_counter())
            self.settle(seconds=2.0)
            if text not in self.text:
                return

    def settle(self, quiet_seconds: float = 0.3, seconds: float = 20.0) -> None:
        """Read until the program has written nothing for a while."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            before = len(self.received)
            if not self.read(quiet_seconds) or len(self.received) == before:
                return

    @property
    def text(self) -> str:
        """What the screen shows, trailing blanks cut."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def ended(self, seconds: float = 15.0) -> int | None:
        """The exit status once the program has ended; None if it has not within the time."""
        end = time.perf_counter() + seconds
        while self._status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._status = os.waitstatus_to_exitcode(status)
                self.settle()  # what it wrote last may still be on its way
            elif time.perf_counter() > end:
                return None
            else:
                self.read(0.02)
        return self._status

    def close(self) -> None:
        """End the program whatever it does."""
        if self.ended(0.0) is None:
            os.kill(self.pid, signal.SIGKILL)
            self.ended(5.0)
        os.close(self._fd)


def _without_private(data: bytes) -> bytes:
    out, start = bytearray(), 0
    while (at := data.find(b"\x1b[", start)) != -1:
        out += data[start:at]
        end = at + 2
        if end < len(data) and data[end] in b"<>=":
            while (end < len(data) and not 0x40 <= data[end] <= 0x7E) or data[end] in b"<>=":
                end += 1
            start = end + 1
        else:
            out += b"\x1b["
            start = at + 2
    return bytes(out + data[start:])
