"""Files put into the reader's own folder: whole or not at all, and never in place of another."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from reader.text.filenames import numbered

__all__ = ["Part", "keep"]

MARK = ".part"
"""Behind the name of what is not whole yet."""


def keep(folder: Path, name: str, content: bytes) -> Path:
    """Write a file into a folder, which is made if absent; under another number if the name is taken.

    Raises:
        OSError: it cannot be written; nothing is left of it.

    """
    part = Part(folder, name)
    try:
        part.write(content)
        return part.finish()
    except BaseException:
        part.drop()
        raise


class Part:
    """A file that grows beside the name it will have."""

    def __init__(self, folder: Path, name: str) -> None:
        """Begin it. Raises: OSError."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self.name = name
        """What it shall be called."""
        self._path, self._file = _begin(folder, name)

    def write(self, content: bytes) -> None:
        """Let it grow. Raises: OSError."""
        self._file.write(content)

    def finish(self) -> Path:
        """Give it its name, which is returned. Raises: OSError."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        for name in numbered(self.name):
            path = self._folder / name
            try:
                _rename_to_new(self._path, path)
            except FileExistsError:
                continue
            return path
        raise FileExistsError(self._folder / self.name)

    def drop(self) -> None:
        """Give it up; nothing stays."""
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self._path.unlink()


def _begin(folder: Path, name: str) -> tuple[Path, BinaryIO]:
    for free in numbered(name):
        path = folder / (free + MARK)
        with suppress(FileExistsError):
            return path, path.open("xb")
    raise FileExistsError(folder / name)


def _rename_to_new(path: Path, new: Path) -> None:
    """Rename a file unless the new name is taken. Raises: FileExistsError, OSError."""
    try:
        os.link(path, new)  # renaming would replace what is there
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: take the name first, then put the file in its place
        new.open("xb").close()
        path.replace(new)
    else:
        path.unlink()
