"""What a file is replaced with, and what is no file to replace."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from reader.config.files import replace_file


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes")
def test_a_pipe_is_written_into_and_stays_one(tmp_path: Path) -> None:
    """``warta export json /dev/stdout`` must not put a file in a device's place."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reading = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        replace_file(path, b"everything")
        assert os.read(reading, 100) == b"everything"
    finally:
        os.close(reading)
    assert stat.S_ISFIFO(path.stat().st_mode)
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    """It is told as it is, and nothing is left beside it."""
    path = tmp_path / "folder"
    path.mkdir()
    with pytest.raises(OSError, match=r"irectory|denied"):
        replace_file(path, b"everything")
    assert list(tmp_path.iterdir()) == [path]
