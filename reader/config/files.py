"""Files read within bounds and replaced whole."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Self

from reader.light import dataclass

__all__ = ["MAX_BYTES", "OWNER_ONLY", "Stamp", "read_bounded", "replace_file", "replacing"]

MAX_BYTES = 8 * 1024 * 1024
"""Largest feeds.toml read or written: 10,000 feeds with every key are less than half of it."""

OWNER_ONLY = 0o600
"""Permissions of a file that may hold passwords."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a file was like when it was read; equal stamps mean that nobody wrote it since."""

    mtime_ns: int
    """Time of the last change, in nanoseconds."""
    digest: bytes
    """Hash of the content."""

    @classmethod
    def of(cls, path: Path) -> Self:
        """The stamp of a file as it is now. Raises OSError."""
        from hashlib import blake2b

        content = read_bounded(path)
        return cls(path.stat().st_mtime_ns, blake2b(content, digest_size=16).digest())


def read_bounded(path: Path, limit: int = MAX_BYTES) -> bytes:
    """At most ``limit + 1`` bytes of a file: a longer answer tells that it is too large. Raises OSError."""
    with path.open("rb") as file:
        return file.read(limit + 1)


def replace_file(path: Path, content: bytes, *, is_private: bool = False) -> None:
    """Put the content in place of the file in one step; a reader sees the old or the new one, never a half.

    A symbolic link stays one, and the file keeps its permissions; a private one is its owner's alone, whatever it was.
    Raises OSError; then the old file is untouched.
    """
    with replacing(path, is_private=is_private) as file:
        file.write(content)


@contextmanager
def replacing(path: Path, *, is_private: bool = False) -> Iterator[BinaryIO]:
    """As `replace_file`, for content that comes piece by piece: it takes the file's place when the block ends well.

    A device or a pipe is written into: it stays what it is. A folder is refused.
    """
    if _is_special(path):
        with path.open("wb") as file:
            yield file
        return
    target = path.resolve()
    # A name of its own for each writing: two at once would take each other's file away.
    beside = target.with_name(f".{target.name}.{os.getpid()}-{os.urandom(4).hex()}.new")
    try:
        with beside.open("xb") as file:
            with suppress(OSError):
                beside.chmod(OWNER_ONLY if is_private else target.stat().st_mode & 0o7777)
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def _is_special(path: Path) -> bool:
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return False
